"""Precision and recall of the extractor on the labelled texts.

A found fact is right if a label of the text is the same fact; a labelled fact is found if a found fact is the same.
What matches nothing but an optional label counts neither for nor against. ``number`` and ``date`` are not scored:
they are facts of no type of the contract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.extraction.labelled import SCORED, Label, LabelledText
from benchmarks.extraction.matching import same_fact
from cache_service.posting.extract import extract_facts
from cache_service.posting.facts import StatedFact


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of facts: ``right`` of ``found``, ``recalled`` of ``stated``."""

    right: int = 0
    found: int = 0
    recalled: int = 0
    stated: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.found + other.found,
            self.recalled + other.recalled,
            self.stated + other.stated,
        )

    @property
    def precision(self) -> float | None:
        """The share of found facts that are right, None where none was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of stated facts that were found, None where none is stated."""
        return self.recalled / self.stated if self.stated else None


@dataclass(frozen=True, slots=True)
class Misses:
    """What went wrong with one text: facts found that it does not state, and facts stated that were not found."""

    text: LabelledText
    wrong: tuple[StatedFact, ...]
    missed: tuple[Label, ...]


Tallies = dict[tuple[str, str], Tally]
"""By (language, type)."""


def score(texts: Iterable[LabelledText]) -> tuple[Tallies, list[Misses]]:
    """Tallies by language and type, and every text with something wrong."""
    tallies: Tallies = defaultdict(Tally)
    misses = []
    for one in texts:
        found = [fact for fact in extract_facts(one.text, one.language) if fact.type in SCORED]
        by_text, miss = compare(one, found)
        for kind, tally in by_text.items():
            tallies[one.language, kind] += tally
        if miss.wrong or miss.missed:
            misses.append(miss)
    return dict(tallies), misses


def compare(text: LabelledText, found: Sequence[StatedFact]) -> tuple[dict[str, Tally], Misses]:
    """The tallies of one text by type, and what went wrong with it."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    wrong = []
    for fact in found:
        same = [label for label in text.labels if same_fact(label, fact)]
        if same and all(label.optional for label in same):
            continue
        tallies[fact.type] += Tally(right=int(bool(same)), found=1)
        if not same:
            wrong.append(fact)
    missed = []
    for label in text.labels:
        if label.optional:
            continue
        recalled = any(same_fact(label, fact) for fact in found)
        tallies[label.type] += Tally(recalled=int(recalled), stated=1)
        if not recalled:
            missed.append(label)
    return dict(tallies), Misses(text, tuple(wrong), tuple(missed))


def total(tallies: Tallies, *, language: str | None = None, kind: str | None = None) -> Tally:
    """The tallies of a language, of a type, or of all, added up."""
    return sum(
        (
            tally
            for (of_language, of_kind), tally in tallies.items()
            if language in {None, of_language} and kind in {None, of_kind}
        ),
        Tally(),
    )
