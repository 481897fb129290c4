"""The word lists of ``data/``: groups of synonyms, light words, antonyms, nouns and verb roots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Final

_COMMENT: Final = "//"

Reader = Callable[[str], tuple[str, ...]]


def lines(name: str) -> Iterator[str]:
    """The lines of the list ``name`` that are neither empty nor a comment."""
    text = resources.files(__package__).joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if (line := line.strip()) and not line.startswith(_COMMENT):
            yield line


def words(name: str) -> Iterator[str]:
    """The words of a list of words parted by spaces."""
    for line in lines(name):
        yield from line.split()


def groups(name: str) -> Iterator[tuple[str, ...]]:
    """The groups of a list of groups parted by ``|``."""
    for line in lines(name):
        yield tuple(part.strip() for part in line.split("|"))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Wordings of one or more stems and the stem that stands for each: by first stem, the longest first."""

    by_first: dict[str, tuple[tuple[tuple[str, ...], str], ...]]

    @classmethod
    def of(cls, synonyms: Iterable[tuple[str, ...]], read: Reader) -> Phrases:
        """``read``: the raw stems of a wording. A wording that is in two groups belongs to the first."""
        known: dict[tuple[str, ...], str] = {}
        for group in synonyms:
            stems = [read(wording) for wording in group]
            canonical = known.get(stems[0]) or "".join(stems[0])
            for wording in stems:
                if wording:
                    known.setdefault(wording, canonical)
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for wording, canonical in known.items():
            by_first.setdefault(wording[0], []).append((wording, canonical))
        return cls({first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in by_first.items()})

    def match(self, stems: list[str], at: int) -> tuple[str, int]:
        """The stem that stands for the longest wording at ``at``, and how many stems it is of."""
        for wording, canonical in self.by_first.get(stems[at], ()):
            size = len(wording)
            if size == 1 or tuple(stems[at : at + size]) == wording:
                return canonical, size
        return stems[at], 1

    def canonical(self, stems: tuple[str, ...]) -> str:
        """The stem that stands for a wording as a whole."""
        parts, at, source = [], 0, list(stems)
        while at < len(source):
            stem, size = self.match(source, at)
            parts.append(stem)
            at += size
        return "".join(parts)
