"""Words that a family looks for before it tries its patterns: all families' words are found in one search of a text.

A pattern of many branches costs most where it matches nothing. ``Cues`` are words, in lower case, one of which stands
where such a pattern can match; ``Scan.has``, ``Scan.around`` and ``Scan.begun`` ask for them. The words of all
``Cues`` are found together with those of the lists (see ``terms``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Final


@dataclass(slots=True)
class Places:
    """Where words of cues begin in a text, each in order, by the number of the word; ``mask``: whose words they are."""

    by_number: dict[int, list[int]]
    mask: int
    merged: dict[int, list[int]] = field(default_factory=dict)  # by the bit of cues: where any of them begins


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
        if (merged := places.merged.get(self.bit)) is None:
            found = [starts for number, starts in places.by_number.items() if number in self.numbers]
            merged = found[0] if len(found) == 1 else sorted(chain.from_iterable(found))
            places.merged[self.bit] = merged
        return merged


_SETS: Final[list[Cues]] = []
_MASKS: Final[list[int]] = []  # by the number of a word, the bits of the cues that have it
_NUMBERS: Final[dict[str, int]] = {}


def cue_words() -> dict[str, int]:
    """The words of all cues that were made so far, each with its number."""
    return _NUMBERS


def mask_of(numbers: Iterable[int]) -> int:
    """The bits of the cues that have any of the words with these ``numbers``."""
    mask = 0
    for number in numbers:
        mask |= _MASKS[number]
    return mask


def _numbered(word: str) -> int:
    number = _NUMBERS.setdefault(word, len(_NUMBERS))
    if number == len(_MASKS):
        _MASKS.append(0)
    return number
