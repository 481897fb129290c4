"""Sections set to other facts by lines: ``python -m benchmarks.recast [--pairs N]``.

Stored: the sections of bases made of real postings of the half that nothing was tuned on, worded as people word them.
Wanted: another base's request for the same title, of another company where the data have one, with fields drawn anew.
Of each pair and section: whether it can be adapted in place, else set by lines, else is left to a model; whether the
facts of what would be sent are right by the oracle of ``benchmarks.adapt``; how much prose is kept of the stored text
and of the one that rules compose beside it; how long it takes. Results go to ``results/recast.json``.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections import defaultdict
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final

from benchmarks.adapt import is_right, kept
from benchmarks.machine import quantiles, save
from benchmarks.reuse.base import Base, make_base
from benchmarks.reuse.postings import SEED, SHARED, materials
from benchmarks.reuse.wording import Lang
from cache_service.cache.adapt import RECAST, Adapted, adapt, recast
from cache_service.cache.guard import Evidence
from cache_service.models.composer import compose
from cache_service.posting.canonical import fold
from cache_service.posting.facts import Facts, facts_of
from cache_service.posting.request import PostingRequest
from cache_service.posting.sections import SECTIONS

LANGUAGES: Final[tuple[Lang, ...]] = ("ko", "en")


@dataclass
class Tally:
    """What became of the pairs of one kind of section."""

    pairs: int = 0
    in_place: int = 0
    by_lines: int = 0
    right: int = 0
    kept: list[float] = field(default_factory=list)
    composed_kept: list[float] = field(default_factory=list)
    took_ms: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def as_json(self) -> dict[str, Any]:
        """Shares of the pairs, and means."""
        return {
            "pairs": self.pairs,
            "in_place": round(self.in_place / self.pairs, 3),
            "by_lines": round(self.by_lines / self.pairs, 3),
            "right_of_by_lines": round(self.right / self.by_lines, 4) if self.by_lines else None,
            "prose_kept": round(statistics.fmean(self.kept), 3) if self.kept else None,
            "prose_kept_composed": round(statistics.fmean(self.composed_kept), 3) if self.composed_kept else None,
            "ms": quantiles(self.took_ms),
            "refused": dict(sorted(self.refused.items(), key=lambda pair: -pair[1])[:6]),
        }


def pairs(language: Lang, count: int) -> list[tuple[Base, Base]]:
    """Two bases of one title each, of the half that was not tuned on; titles as often as real postings have them."""
    chance = random.Random(SEED)
    by_title = defaultdict(list)
    for material in materials(language):
        if material.half == "test":
            by_title[material.title].append(material)
    titles = sorted(by_title)
    weights = [len(by_title[title]) for title in titles]
    found = []
    for turn in range(count):
        title = chance.choices(titles, weights)[0]
        of_title = by_title[title]
        stored = chance.choice(of_title)
        others = [one for one in of_title if one.company != stored.company]
        wanted = chance.choice(others or of_title)
        bases = make_base(stored, 2 * turn, chance), make_base(wanted, 2 * turn + 1, chance)
        bases[1].request["requirements"]["title"] = bases[0].request["requirements"][
            "title"
        ]  # drawn with a level or not
        found.append(bases)
    return found


def measure(stored: Base, wanted: Base, kind: str, tally: Tally) -> None:
    """Add one section of one pair."""
    text = stored.sections.get(kind)
    before, after = _facts(stored), _facts(wanted)
    composed = compose(kind, after, stored.language)  # type: ignore[arg-type]
    if text is None or composed is None:
        return
    tally.pairs += 1
    evidence = Evidence.of(after, language=stored.language, certain_names=[str(before.text("company.name"))])
    asked: dict[str, Any] = {"kind": kind, "language": stored.language, "stored": before, "wanted": after}
    if isinstance(adapt("", text, evidence=evidence, **asked), Adapted):
        tally.in_place += 1
        return
    started = perf_counter()
    made = recast("", text, evidence=evidence, **asked)
    tally.took_ms.append((perf_counter() - started) * 1e3)
    if not isinstance(made, Adapted):
        tally.refused[made.reason.partition(":")[0]] += 1
        return
    tally.by_lines += 1
    right = _is_right(kind, text, made.text, before, after, stored.language)
    tally.right += right
    if not right:
        tally.wrong.append(f"{text}\n  -> {made.text}\n  {after}")
    tally.kept.append(kept(text, made.text))
    tally.composed_kept.append(kept(text, composed.text))


def _is_right(kind: str, text: str, made: str, before: Facts, after: Facts, language: str) -> bool:
    """The oracle on what the section is about, and no stored value of anything else left in words.

    What a stored text said in passing and other sections are about (where, by when) may go unsaid, and so may the
    notes, which stand in one section of a posting.
    """
    inputs = set(SECTIONS[kind].depends_on) - {"requirements.notes"}  # type: ignore[index]
    if not is_right(text, made, before.only(inputs), after, language):
        return False
    own, now = fold(" ".join(_texts(after))), fold(made)
    others = [fold(value) for path in before if path not in inputs for value in _texts(before.only([path]))]
    return not any(len(value) > 2 and value in now and value not in own for value in others if not value.isascii())


def _texts(facts: Facts) -> list[str]:
    return [text for value in facts.values() for text in (value if isinstance(value, tuple) else (str(value),))]


def _facts(base: Base) -> Facts:
    return facts_of(PostingRequest.model_validate(base.request))


def main() -> None:
    """Run, print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=400, help="pairs of each language")
    parser.add_argument("--wrong", action="store_true", help="show texts that the oracle finds wrong")
    asked = parser.parse_args()
    if not SHARED.exists():
        print(f"{SHARED} is not there: nothing measured")
        return
    results: dict[str, Any] = {}
    for language in LANGUAGES:
        tallies = {kind: Tally() for kind in sorted(RECAST)}
        for stored, wanted in pairs(language, asked.pairs):
            for kind, tally in tallies.items():
                measure(stored, wanted, kind, tally)
        for kind, tally in tallies.items():
            if asked.wrong:
                print(*tally.wrong, sep="\n\n")
            if tally.pairs:
                results[f"{language} {kind}"] = tally.as_json()
                print(language, kind, results[f"{language} {kind}"], flush=True)
    save("recast", {"seed": SEED, "pairs": asked.pairs, "sections": results})


if __name__ == "__main__":
    main()
