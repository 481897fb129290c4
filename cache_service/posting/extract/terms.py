"""Words that name something, looked up all at once: skills, places, benefits, degrees and what else has a list.

Each list is a file of ``data/``, one canonical form a line with its other wordings after ``|``. All of them are one
Aho-Corasick automaton (Aho and Corasick 1975), so that a text is read once, however long the lists are.

A wording matches in any case; one in double quotes only as written (``"Go"``). A Latin wording is a word of its own:
no letter or digit on either side (a Korean particle may follow). A Hangul wording begins a word; ``~wording`` may
stand inside one, and what may follow it is for the family to judge. Spaces in a wording match one space or none, in a Latin one a hyphen
too.
Of wordings that overlap the one that begins first wins, then the longest. A first entry ``=Name`` names the
canonical form without being a wording itself.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

_COMMENT: Final = "//"
_LATIN: Final = frozenset(string.ascii_letters + string.digits)


@dataclass(frozen=True, slots=True)
class Term:
    """A wording of ``canonical`` in the list ``family``; ``exact``: the case counts; ``inside``: may stand in a word."""

    family: str
    canonical: str
    wording: str
    exact: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found at ``[start, end)`` of a text."""

    term: Term
    start: int
    end: int

    @property
    def canonical(self) -> str:
        """The canonical form of what was found."""
        return self.term.canonical


class Lexicon:
    """All lists as one automaton. Made once; safe to use from many threads."""

    def __init__(self, terms: list[Term]) -> None:
        by_wording: dict[str, list[Term]] = {}
        for term in terms:
            wording = term.wording.lower()
            hyphened = {wording.replace(" ", "-")} if wording.isascii() else set()
            for variant in {wording, wording.replace(" ", ""), *hyphened}:
                by_wording.setdefault(variant, []).append(term)
        patterns = list(by_wording)
        self._candidates = list(by_wording.values())
        # Patterns that are words of Latin letters from end to end, and of which no term may stand inside another word.
        self._latin = [
            pattern[0] in _LATIN and pattern[-1] in _LATIN and not any(term.inside for term in by_wording[pattern])
            for pattern in patterns
        ]
        self._automaton = AhoCorasick(patterns, matchkind=MatchKind.Standard)

    def find(self, text: str) -> dict[str, list[Hit]]:
        """The hits in ``text`` by family, each family's in order and without overlap. Offsets in code points."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a letter whose lower case is two
            lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
        found: dict[str, list[Hit]] = {}
        size = len(text)
        for pattern, start, end in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            latin = self._latin[pattern]
            if latin and ((start and text[start - 1] in _LATIN) or (end < size and text[end] in _LATIN)):
                continue  # most of what is found: short words inside longer ones
            for term in self._candidates[pattern]:
                if _fits(text, term, start, end):
                    found.setdefault(term.family, []).append(Hit(term, start, end))
        return {family: _without_overlap(hits) for family, hits in found.items()}


def _fits(text: str, term: Term, start: int, end: int) -> bool:
    if term.exact and text[start:end] != term.wording:
        return False
    first, last = text[start], text[end - 1]
    if start and _joined(text[start - 1], first) and not (term.inside and _hangul(first)):
        return False
    return end == len(text) or not (_latin(last) and _latin(text[end]))


def _joined(before: str, first: str) -> bool:
    return (_latin(before) and _latin(first)) or (_hangul(before) and _hangul(first))


def _latin(char: str) -> bool:
    return char in _LATIN


def _hangul(char: str) -> bool:
    return "가" <= char <= "힣"


def _without_overlap(hits: list[Hit]) -> list[Hit]:
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    kept: list[Hit] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def read_list(family: str, lines: str) -> list[Term]:
    """The terms of one file; ``//`` begins a comment."""
    terms = []
    for line in lines.splitlines():
        wordings = [part.strip() for part in line.partition(_COMMENT)[0].split("|") if part.strip()]
        if not wordings:
            continue
        canonical = wordings[0].strip('="~')
        terms += [_term(family, canonical, wording) for wording in wordings if not wording.startswith("=")]
    return terms


def _term(family: str, canonical: str, wording: str) -> Term:
    inside, exact = wording.startswith("~"), wording.strip("~").startswith('"')
    return Term(family, canonical, wording.strip('~"'), exact, inside)


def _load() -> Lexicon:
    folder = resources.files("cache_service.posting.extract") / "data"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".txt")), key=lambda file: file.name)
    return Lexicon(
        [term for file in files for term in read_list(file.name.removesuffix(".txt"), file.read_text("utf-8"))]
    )


LEXICON: Final = _load()


_NAMED: Final = ("skill", "skill_shy", "skill_tongue", "benefit", "benefit_shy")


@lru_cache(maxsize=4096)
def terms_of(item: str) -> tuple[tuple[str, str], ...]:
    """The skill or benefit that ``item`` is from end to end, as (list, canonical form): "R", 자율 출퇴근."""
    whole = item.strip().lower().replace(" ", "")
    return tuple(
        (family, hit.canonical)
        for family, hits in LEXICON.find(item).items()
        if family in _NAMED
        for hit in hits
        if item[hit.start : hit.end].lower().replace(" ", "") == whole
    )
