"""Labelled pairs of a stored section and a wanted request: what policies are compared and tuned on."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from benchmarks.reuse.base import Base, Request, stated
from benchmarks.reuse.case import Case
from benchmarks.reuse.judge import Outcome
from benchmarks.reuse.labels import wrong_sections
from benchmarks.reuse.postings import SEED
from benchmarks.reuse.suite import Suite
from cache_service.posting.canonical import fold
from cache_service.posting.facts import facts_of, same_value
from cache_service.posting.needs import represent
from cache_service.posting.request import PostingRequest
from cache_service.posting.sections import SECTIONS, SectionKind

PairSource = Literal["trap", "rewording", "neighbour"]
LOOKED_AT: Final = 60
_WRITTEN: Final[tuple[SectionKind, ...]] = ("company", "responsibilities", "requirements", "preferred", "benefits")


@dataclass(frozen=True)
class Pair:
    """``label``: 1 if serving the stored text for the wanted request would be right. ``outcome``: what the service
    made of it, where it was asked."""

    kind: SectionKind
    base: Base
    wanted: Request
    label: int
    source: PairSource
    fact: str
    outcome: Outcome | None = None

    @property
    def represented(self) -> tuple[str, str]:
        """The texts that the service embeds for the stored and for the wanted section."""
        spec = SECTIONS[self.kind]
        return represent(spec, facts_of(_request(self.base.request))), represent(spec, facts_of(_request(self.wanted)))

    @property
    def served(self) -> bool:
        """Whether the service reused a section of this kind."""
        return self.outcome is not None and self.kind in self.outcome.served

    @property
    def served_wrong(self) -> bool:
        """Whether what it reused was wrong: an adapted text that states the new facts is not."""
        return self.outcome is not None and self.kind in self.outcome.wrong

    def as_json(self) -> dict[str, Any]:
        """A line for ``gonggo tune --pairs``."""
        return {
            "kind": self.kind, "language": self.base.language, "group": self.base.group, "stored": self.base.request,
            "wanted": self.wanted, "text": self.base.sections[self.kind],
            "heading": SECTIONS[self.kind].headings[self.base.language], "label": self.label, "source": self.source,
        }  # fmt: skip


def _request(request: Request) -> PostingRequest:
    return PostingRequest.model_validate_json(json.dumps(request))


def pairs_of(case: Case, outcome: Outcome | None = None) -> Iterator[Pair]:
    """The sections of a trap that may not be served, of a rewording those that must be."""
    if case.source == "trap":
        for kind in _WRITTEN:
            if kind in wrong_sections(case):
                yield Pair(kind, case.base, case.wanted, 0, "trap", case.fact, outcome)
    elif case.source == "rewording":
        for kind in _WRITTEN:
            if kind in case.served:
                yield Pair(kind, case.base, case.wanted, 1, "rewording", case.fact, outcome)


def neighbours(bases: Sequence[Base], chance: random.Random) -> Iterator[Pair]:
    """Each base against another posting of its own company and against the likest of some others by shared words:
    right to serve only if all that the section depends on and all that it states are the same."""
    by_company: dict[str, list[Base]] = defaultdict(list)
    for base in bases:
        by_company[f"{base.language}:{base.request['company']['name']}"].append(base)
    for base in bases:
        own = [one for one in by_company[f"{base.language}:{base.request['company']['name']}"] if one is not base]
        looked_at = [one for one in chance.sample(list(bases), min(LOOKED_AT, len(bases)))
                     if one.language == base.language and one not in own and one is not base]  # fmt: skip
        likest = sorted(looked_at, key=lambda one: _overlap(base, one))[-1:]
        for other in [*own[:1], *likest]:
            for kind in _WRITTEN:
                if kind in base.sections and kind in other.sections:
                    yield Pair(
                        kind, base, other.request, int(_interchangeable(base, other, kind)), "neighbour", "neighbour"
                    )


def _overlap(one: Base, other: Base) -> float:
    first, second = ({*" ".join(base.sections.values()).split()} for base in (one, other))
    return len(first & second) / (len(first | second) or 1)


def _interchangeable(base: Base, other: Base, kind: SectionKind) -> bool:
    stored, wanted = facts_of(_request(base.request)), facts_of(_request(other.request))
    if not all(same_value(stored.get(path), wanted.get(path)) for path in SECTIONS[kind].depends_on):
        return False
    first, second = stated(base.request), stated(other.request)
    said = {fact for fact, sentences in base.phrases.items() if any(where == kind for where, _ in sentences)}
    return all(first.get(fact) == second.get(fact) for fact in said if fact in first or fact in second)


def all_pairs(suite: Suite) -> list[Pair]:
    """Every labelled pair of a suite, natural neighbours among them."""
    made = [pair for case in suite.cases for pair in pairs_of(case)]
    return [*made, *neighbours(suite.bases, random.Random(SEED))]


def export(path: Path, pairs: Iterable[Pair]) -> dict[str, int]:
    """Write the pairs as JSON lines, the same pair once; how many of each source and label. The file holds real
    text: it is not for the repository."""
    counts: dict[str, int] = defaultdict(int)
    seen: set[str] = set()
    with path.open("w", encoding="utf-8") as file:
        for pair in pairs:
            line = json.dumps(pair.as_json(), ensure_ascii=False)
            if (key := fold(line)) not in seen:
                seen.add(key)
                counts[f"{pair.source}:{pair.label}"] += 1
                file.write(line + "\n")
    return dict(counts)
