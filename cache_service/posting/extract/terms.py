"""Words that name something, looked up all at once: skills, places, benefits, degrees and what else has a list.

Each list is a file of ``data/``, one canonical form a line with its other wordings after ``|``. All of them are one
Aho-Corasick automaton (Aho and Corasick 1975), so that a text is read once, however long the lists are.

A wording matches in any case; one in double quotes only as written (``"Go"``). A Latin wording is a word of its own:
no letter or digit on either side (a Korean particle may follow). A Hangul wording begins a word; ``~wording`` may
stand inside one, and what may follow it is for the family to judge. Spaces in a wording match one space or none, in a Latin one a hyphen
too.
Of wordings that overlap the one that begins first wins, then the longest. A first entry ``=Name`` names the
canonical form without being a wording itself; behind a first entry ``*`` each wording is a canonical form of its own.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from cache_service.posting.extract.cues import Places, cue_words, mask_of

_COMMENT: Final = "//"
_EACH: Final = "*"
_LATIN: Final = frozenset(string.ascii_letters + string.digits)
_SHORT: Final = re.compile(r"[a-z0-9]{1,2}")
_IS_LATIN: Final = 1
_IS_HANGUL: Final = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A wording of ``canonical`` in the list ``family``; ``exact``: the case counts; ``inside``: may stand in a word."""

    family: str
    canonical: str
    wording: str
    exact: bool = False
    inside: bool = False


class Hit(NamedTuple):
    """A term found at ``[start, end)`` of a text; ``canonical`` is the canonical form of the term."""

    term: Term
    start: int
    end: int
    canonical: str


# Where a term was found, so that the first and of these the longest comes first: start, -end, order, term.
_Found = tuple[int, int, int, Term]


class _Candidate:
    """A term that a pattern of the automaton may be, and what it asks of the text around it."""

    __slots__ = ("exact", "family", "inside", "term")

    def __init__(self, term: Term) -> None:
        self.term, self.family, self.inside = term, term.family, term.inside
        self.exact = term.wording if term.exact else None

    def note(self, text: str, start: int, end: int, found: dict[str, list[_Found]]) -> None:
        """Add it to what was found at ``[start, end)``, unless the case counts and is another."""
        if self.exact is not None and text[start:end] != self.exact:
            return
        if (hits := found.get(self.family)) is None:
            found[self.family] = [(start, -end, 0, self.term)]
        else:
            hits.append((start, -end, len(hits), self.term))


class Lexicon:
    """All lists as one automaton, with the words of all cues. Made once; safe to use from many threads."""

    def __init__(self, terms: list[Term]) -> None:
        by_wording: dict[str, list[Term]] = {}
        for term in terms:
            wording = term.wording.lower()
            hyphened = {wording.replace(" ", "-")} if wording.isascii() else set()
            for variant in {wording, wording.replace(" ", ""), *hyphened}:
                by_wording.setdefault(variant, []).append(term)
        # Words of one or two Latin letters stand inside most words: an automaton would find little else.
        self._short = {
            wording: _candidates(terms) for wording, terms in by_wording.items() if _SHORT.fullmatch(wording)
        }
        self._long = {
            wording: _candidates(terms) for wording, terms in by_wording.items() if wording not in self._short
        }
        self._vocabulary: _Vocabulary | None = None
        # The set of characters that a search begins with decides how fast it is.
        first = "".join(sorted({short[0] for short in self._short}))
        second = "".join(sorted({short[1:] for short in self._short}))
        self._ascii_short = re.compile(rf"[\x00-/:-`{{-\x7f]({'|'.join(sorted(self._short))})(?![a-z0-9])")
        self._other_short = re.compile(rf"([{first}](?<![a-z0-9].)[{second}]?)(?![a-z0-9])")

    def find(self, text: str) -> dict[str, list[Hit]]:
        """The hits in ``text`` by family, each family's in order and without overlap. Offsets in code points."""
        return self.search(text, lower_case(text))[0]

    def search(self, text: str, lowered: str) -> tuple[dict[str, list[Hit]], Places]:
        """As ``find``, and where the words of cues begin; ``lowered`` is the text in ``lower_case``."""
        found: dict[str, list[_Found]] = {}
        words = cue_words()
        vocabulary = self._vocabulary
        if vocabulary is None or vocabulary.cues != len(words):  # several threads may make the same one
            vocabulary = self._vocabulary = _Vocabulary(self._long, words)
        places = vocabulary.search(text, lowered, found)
        if self._short:
            self._find_short(text, lowered, found)
        return {family: _without_overlap(hits) for family, hits in found.items()}, places

    def _find_short(self, text: str, lowered: str, found: dict[str, list[_Found]]) -> None:
        pattern, lead = (self._ascii_short, " ") if lowered.isascii() else (self._other_short, "")
        for match in pattern.finditer(lead + lowered):
            for candidate in self._short.get(match[1], ()):
                start = match.start(1) - len(lead)
                candidate.note(text, start, start + len(match[1]), found)


class _Vocabulary:
    """An automaton of the wordings of terms and of the words of cues."""

    def __init__(self, terms: dict[str, list[_Candidate]], cues: dict[str, int]) -> None:
        patterns = list({**terms, **cues})
        self.cues = len(cues)
        self._cue = [cues.get(pattern, -1) for pattern in patterns]
        self._candidates = [terms.get(pattern, []) for pattern in patterns]
        self._first = [_script(pattern[0]) for pattern in patterns]
        self._latin_last = [pattern[-1] in _LATIN for pattern in patterns]
        self._automaton = AhoCorasick(patterns, matchkind=MatchKind.Standard)

    def search(self, text: str, lowered: str, found: dict[str, list[_Found]]) -> Places:
        """Add the terms in ``text`` to ``found``; give where the cues are."""
        size = len(text)
        firsts, latin_last, candidates, cues = self._first, self._latin_last, self._candidates, self._cue
        places: dict[int, list[int]] = {}
        for pattern, start, end in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            if (cue := cues[pattern]) >= 0:
                if cue in places:
                    places[cue].append(start)
                else:
                    places[cue] = [start]
            if latin_last[pattern] and end < size and text[end] in _LATIN:
                continue  # most of what is found: short words inside longer ones
            glued = False
            if start and (script := firsts[pattern]):
                before = text[start - 1]
                if script == _IS_LATIN:
                    if before in _LATIN:
                        continue
                else:
                    glued = "가" <= before <= "힣"
            for candidate in candidates[pattern]:
                if candidate.inside or not glued:
                    candidate.note(text, start, end, found)
        return Places(places, mask_of(places))


def lower_case(text: str) -> str:
    """``text`` in lower case, letter for letter: a letter whose lower case is two stays."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _candidates(terms: list[Term]) -> list[_Candidate]:
    return [_Candidate(term) for term in terms]


def _script(char: str) -> int:
    return _IS_LATIN if char in _LATIN else _IS_HANGUL if "가" <= char <= "힣" else 0


def _without_overlap(found: list[_Found]) -> list[Hit]:
    if len(found) > 1:
        found.sort()
    kept: list[Hit] = []
    last = 0
    for start, minus_end, _, term in found:
        if start >= last:
            last = -minus_end
            kept.append(Hit(term, start, last, term.canonical))
    return kept


def read_list(family: str, lines: str) -> list[Term]:
    """The terms of one file; ``//`` begins a comment."""
    terms = []
    for line in lines.splitlines():
        wordings = [part.strip() for part in line.partition(_COMMENT)[0].split("|") if part.strip()]
        if not wordings:
            continue
        if wordings[0] == _EACH:
            terms += [_term(family, wording.strip('"'), wording) for wording in wordings[1:]]
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
