"""Adapting stored sections against writing them anew by rules: ``python -m benchmarks.adapt [--real N]``.

Cases: every hand-written section of ``tests/cache/adapt`` with every change that ``variations`` makes of its request,
and sections of real postings with the requests that ``jobs/derive`` reads off them. Of each case: is it adapted as a
whole, with a sentence to be rewritten, or refused; are the facts right (an oracle of its own: typed values read off the
result, the words of what came and of what went, and the guard); are the particles right at the changed places; how much
of the stored prose is kept word for word; how long it takes. "Plain regeneration" is the composer writing the section
from the wanted request; it is given the same oracle. Results go to ``results/adapt.json``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.machine import RESULTS, machine, quantiles
from cache_service.cache.adapt import Adapted, adapt
from cache_service.cache.adapt.grammar import particle_faults
from cache_service.cache.guard import Evidence, unsupported
from cache_service.jobs.derive import RecordError, derive
from cache_service.models.composer import compose
from cache_service.posting.canonical import fold
from cache_service.posting.extract import extract_facts
from cache_service.posting.facts import Facts
from tests.cache.adapt.templates import Template, Variation, variations
from tests.cache.adapt.templates_en import ENGLISH
from tests.cache.adapt.templates_ko import KOREAN

REAL = Path("../shared/data")
_CODES = {"seniority", "currency"}  # values that are no words of a text
_UNNAMED = "Unnamed Company"
_TYPED = {
    "years_min", "years_max", "salary_min", "salary_max", "salary_period", "headcount", "employment_type", "work_mode",
    "deadline", "probation_months",
}  # fmt: skip


@dataclass
class Tally:
    """What became of the cases of one kind."""

    cases: int = 0
    whole: int = 0
    rewrite: int = 0
    right: int = 0
    particles: int = 0
    wrong: list[str] = field(default_factory=list)
    kept: list[float] = field(default_factory=list)
    took_ms: list[float] = field(default_factory=list)
    composed: int = 0
    composed_right: int = 0
    composed_kept: list[float] = field(default_factory=list)
    composed_ms: list[float] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Shares and means."""
        return {
            "cases": self.cases,
            "adapted": round(self.whole / self.cases, 3),
            "to_rewrite": round(self.rewrite / self.cases, 3),
            "right_of_adapted": round(self.right / self.whole, 4) if self.whole else None,
            "particles_right": round(self.particles / self.whole, 4) if self.whole else None,
            "prose_kept": round(statistics.fmean(self.kept), 3) if self.kept else None,
            "ms": quantiles(self.took_ms),
            "composer": {
                "right": round(self.composed_right / self.composed, 3) if self.composed else None,
                "prose_kept": round(statistics.fmean(self.composed_kept), 3) if self.composed_kept else None,
                "ms": round(statistics.fmean(self.composed_ms), 3) if self.composed_ms else None,
            },
        }


def main() -> None:
    """Run, print and store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--real", type=int, default=150, help="real postings of each language; 0: none")
    parser.add_argument("--wrong", action="store_true", help="show adapted texts that the oracle finds wrong")
    arguments = parser.parse_args()
    results: dict[str, Any] = {
        "machine": machine(),
        "cases": "tests/cache/adapt/templates*.py; real postings: ../shared/data",
    }
    for name, templates, derived in (
        ("hand_written", [*KOREAN, *ENGLISH], False),
        ("real", list(_real(arguments.real)), True),
    ):
        if not templates:
            print(f"{name}: no data, left out")
            continue
        by_fact, by_kind = run(templates, derived=derived)
        results[name] = {
            "by_fact": {key: tally.as_json() for key, tally in sorted(by_fact.items())},
            "by_section": {key: tally.as_json() for key, tally in sorted(by_kind.items())},
        }
        _print(name, by_fact)
        _print(name, by_kind)
        if arguments.wrong:
            for tally in by_fact.values():
                print(*tally.wrong, sep="\n")
    (RESULTS / "adapt.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")


def run(templates: list[Template], *, derived: bool) -> tuple[dict[str, Tally], dict[str, Tally]]:
    """Tallies by ``language fact operation`` and by ``language section``."""
    by_fact: dict[str, Tally] = {}
    by_kind: dict[str, Tally] = {}
    for template in templates:
        for variation in variations(template):
            if derived and variation.operation == "add":
                continue  # what a derived entry leaves open is never added
            tallies = (
                by_fact.setdefault(f"{template.language} {variation.fact} {variation.operation}", Tally()),
                by_kind.setdefault(f"{template.language} {template.kind}", Tally()),
            )
            for tally, measured in zip(tallies, (_measure(template, variation, derived=derived),) * 2, strict=True):
                _add(tally, *measured)
    return by_fact, by_kind


def _measure(template: Template, variation: Variation, *, derived: bool) -> tuple[Any, ...]:
    stored, wanted = template.facts, variation.wanted
    started = perf_counter()
    result = adapt(
        template.heading, template.text, kind=template.kind, language=template.language, stored=stored, wanted=wanted,
        derived=derived,
    )  # fmt: skip
    took = (perf_counter() - started) * 1e3
    started = perf_counter()
    composed = compose(template.kind, wanted, template.language)
    composed_took = (perf_counter() - started) * 1e3
    return template, stored, wanted, result, took, composed, composed_took


def _add(
    tally: Tally, template: Template, stored: Facts, wanted: Facts, result: Any, took: float, composed: Any, ms: float
) -> None:
    tally.cases += 1
    tally.took_ms.append(took)
    if isinstance(result, Adapted) and result.rewrite:
        tally.rewrite += 1
    elif isinstance(result, Adapted):
        tally.whole += 1
        right = is_right(template.text, result.text, stored, wanted, template.language)
        tally.right += right
        if not right:
            tally.wrong.append(f"{template.text!r}\n  -> {result.text!r}\n  {result.changes}")
        tally.particles += _particles_right(result, template.language)
        tally.kept.append(kept(template.text, result.text))
    if composed is not None:
        tally.composed += 1
        tally.composed_ms.append(ms)
        tally.composed_right += is_right(template.text, composed.text, stored, wanted, template.language)
        tally.composed_kept.append(kept(template.text, composed.text))


def is_right(before: str, after: str, stored: Facts, wanted: Facts, language: str) -> bool:
    """The oracle: nothing unsupported, no differing stored value left, what was stated and differs is stated anew."""
    if unsupported(after, Evidence.of(wanted, language=language), language):
        return False
    was = {(one.type, one.value) for one in extract_facts(before, language)}
    now = {(one.type, one.value) for one in extract_facts(after, language)}
    own = "\n".join(fold(" ".join(value) if isinstance(value, tuple) else str(value)) for value in wanted.values())
    for path in {*stored, *wanted}:
        name = path.partition(".")[2]
        if name in _TYPED and path.startswith("requirements."):
            if not _typed_right(name, stored.get(path), wanted.get(path), was, now):
                return False
        elif name not in _CODES and not _words_right(before, after, own, stored.get(path), wanted.get(path)):
            return False
    return True


def _typed_right(name: str, old: Any, new: Any, was: set[Any], now: set[Any]) -> bool:
    if old == new:
        return True
    if old is not None and (name, old) in now and (name, old) in was and name != "work_mode":
        return False
    stated = old is not None and (name, old) in was
    short = f"--{new[5:]}" if name == "deadline" and isinstance(new, str) else new
    equal_bounds = name == "years_max" and ("years_min", new) in now
    agreeing = name == "work_mode" and ("work_mode", "hybrid") in now
    return not stated or new is None or bool({(name, new), (name, short)} & now) or equal_bounds or agreeing


def _words_right(before: str, after: str, own: str, old: Any, new: Any) -> bool:
    if old == new or isinstance(old, int) or isinstance(new, int):
        return True
    olds = old if isinstance(old, tuple) else (old,) if old else ()
    news = new if isinstance(new, tuple) else (new,) if new else ()
    was, now = fold(before), fold(after)
    for item in olds:
        if item not in news and fold(item) in now and fold(item) not in own:
            return False
    stated = [item for item in olds if fold(item) in was and fold(item) not in own]
    return not stated or all(fold(item) in now for item in news if item not in olds)


def _particles_right(result: Adapted, language: str) -> bool:
    if language != "ko":
        return True
    for change in result.changes:
        if not isinstance(change.wanted, str):
            continue
        at = result.text.find(change.wanted)
        while at >= 0:
            if particle_faults(result.text, at, at + len(change.wanted)):
                return False
            at = result.text.find(change.wanted, at + 1)
    return True


def kept(before: str, after: str) -> float:
    """The share of the words of ``before`` that stand in ``after`` in the same order."""
    old, new = before.split(), after.split()
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(1, len(old))


def _real(count: int) -> Iterator[Template]:
    for name in ("postings_ko.jsonl.gz", "postings_en.jsonl.gz") if count else ():
        path = REAL / name
        if not path.exists():
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line, _ in zip(lines, range(count), strict=False)]
        # Most English postings are published without their company's name.
        yield from _sections([{**one, "company": one.get("company") or _UNNAMED} for one in records])


def _sections(records: list[dict[str, Any]]) -> Iterator[Template]:
    for record in records:
        try:
            draft = derive(record)
        except RecordError:
            continue
        company = draft.request.company.model_dump(mode="json", exclude_none=True)
        job = draft.request.requirements.model_dump(mode="json", exclude_none=True)
        for section in draft.sections:
            yield Template(section.kind, section.text, company, job, draft.request.language)


def _print(name: str, tallies: dict[str, Tally]) -> None:
    print(f"\n{name:34}{'cases':>6} {'adapt':>6} {'rewr.':>6} {'right':>6} {'part.':>6} {'kept':>5} {'ms':>6}"
          f" | {'composer right':>14} {'kept':>5} {'ms':>6}")  # fmt: skip
    for key, tally in sorted(tallies.items()):
        row = tally.as_json()
        other = row["composer"]
        print(
            f"{key:34}{row['cases']:6} {row['adapted']:6.2f} {row['to_rewrite']:6.2f} {_cell(row['right_of_adapted'])}"
            f" {_cell(row['particles_right'])} {_cell(row['prose_kept'], 5)} {row['ms']['mean']:6.2f}"
            f" | {_cell(other['right'], 14)} {_cell(other['prose_kept'], 5)} {_cell(other['ms'])}"
        )


def _cell(value: float | None, width: int = 6) -> str:
    return f"{'-':>{width}}" if value is None else f"{value:{width}.2f}"


if __name__ == "__main__":
    main()
