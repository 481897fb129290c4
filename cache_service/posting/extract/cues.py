"""Words that a family looks for before it tries its patterns: all families' words are found in one search of a text.

A pattern of many branches costs most where it matches nothing. ``Cues`` are words, in lower case, one of which stands
where such a pattern can match; ``Scan.has``, ``Scan.around`` and ``Scan.begun`` ask for them. The words of all
``Cues`` are one Aho-Corasick automaton, made when the first text is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind


@dataclass(slots=True)
class Places:
    """Where words of cues begin in a text, each in order, by the number of the word; ``mask``: whose words they are."""

    by_number: dict[int, list[int]]
    mask: int


class Cues:
    """Some words, each known by its number in the automaton. Immutable; made while the families are imported."""

    __slots__ = ("bit", "numbers")

    def __init__(self, *words: str) -> None:
        self.numbers: Final = frozenset(_numbered(word) for word in words)
        self.bit: Final = 1 << len(_SETS)
        _SETS.append(self)
        for number in self.numbers:
            _MASKS[number] |= self.bit

    def starts(self, places: Places) -> list[int]:
        """Where the words begin, in order; a place where two begin counts twice."""
        if not places.mask & self.bit:
            return []
        found = [starts for number, starts in places.by_number.items() if number in self.numbers]
        return found[0] if len(found) == 1 else sorted(chain.from_iterable(found))


def places_of(lowered: str) -> Places:
    """Where the words of all cues begin in a text in lower case, each in order, by the number of the word."""
    places: dict[int, list[int]] = {}
    mask = 0
    for number, start, _ in _automaton().find_matches_as_indexes(lowered, overlapping=True):
        if number in places:
            places[number].append(start)
        else:
            places[number] = [start]
            mask |= _MASKS[number]
    return Places(places, mask)


_SETS: Final[list[Cues]] = []
_MASKS: Final[list[int]] = []  # by the number of a word, the bits of the cues that have it
_NUMBERS: Final[dict[str, int]] = {}
_MADE: Final[dict[int, AhoCorasick]] = {}


def _numbered(word: str) -> int:
    number = _NUMBERS.setdefault(word, len(_NUMBERS))
    if number == len(_MASKS):
        _MASKS.append(0)
    return number


def _automaton() -> AhoCorasick:
    size = len(_NUMBERS)
    if size not in _MADE:  # several threads may make the same one
        _MADE[size] = _of(_NUMBERS)
    return _MADE[size]


def _of(words: Iterable[str]) -> AhoCorasick:
    return AhoCorasick(list(words), matchkind=MatchKind.Standard, implementation=Implementation.DFA)
