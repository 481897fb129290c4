"""Words that a family looks for before it tries its patterns: all families' words are found in one search of a text.

A pattern of many branches costs most where it matches nothing. ``Cues`` are words, in lower case, one of which stands
where such a pattern can match; ``Scan.has``, ``Scan.around`` and ``Scan.begun`` ask for them. The words of all
``Cues`` are one Aho-Corasick automaton, made when the first text is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

Places = dict[int, list[int]]


class Cues:
    """Some words, each known by its number in the automaton. Immutable; made while the families are imported."""

    __slots__ = ("numbers", "words")

    def __init__(self, *words: str) -> None:
        self.words: Final = words
        self.numbers: Final = frozenset(_numbered(word) for word in words)

    def among(self, places: Places) -> bool:
        """Whether any of the words is among ``places``."""
        return not self.numbers.isdisjoint(places)

    def starts(self, places: Places) -> list[int]:
        """Where the words begin, in order; a place where two begin counts twice."""
        found = [places[number] for number in self.numbers if number in places]
        return found[0] if len(found) == 1 else sorted(start for starts in found for start in starts)


def places_of(lowered: str) -> Places:
    """Where the words of all cues begin in a text in lower case, each in order, by the number of the word."""
    places: Places = {}
    for number, start, _ in _automaton().find_matches_as_indexes(lowered, overlapping=True):
        if number in places:
            places[number].append(start)
        else:
            places[number] = [start]
    return places


_NUMBERS: Final[dict[str, int]] = {}
_MADE: Final[dict[int, AhoCorasick]] = {}


def _numbered(word: str) -> int:
    return _NUMBERS.setdefault(word, len(_NUMBERS))


def _automaton() -> AhoCorasick:
    size = len(_NUMBERS)
    if size not in _MADE:  # several threads may make the same one
        _MADE[size] = _of(_NUMBERS)
    return _MADE[size]


def _of(words: Iterable[str]) -> AhoCorasick:
    return AhoCorasick(list(words), matchkind=MatchKind.Standard)
