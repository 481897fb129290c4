"""The stems of a text before synonyms, as they are gathered word by word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NUMBER: Final = "#"
BREAK: Final = "\n"
OR: Final = "∨"
CONJUNCTIONS: Final = frozenset("및 그리고 and".split())
ALTERNATIVES: Final = frozenset("또는 혹은 or".split())
_LONGEST_SUBJECT: Final = 12


@dataclass(slots=True)
class RawStems:
    """Stems before synonyms; ``sources`` and ``goals``: where stems of a source and of a goal stand; ``roles``: what the
    stem at a place does; ``governed``: the preposition that English stems stand after, until another; ``joined_at``: where the
    stems after a joining ending begin."""

    stems: list[str]
    sources: set[int]
    goals: set[int]
    roles: dict[int, str]
    governed: str = ""
    joined_at: int = -1

    def subject(self) -> range:
        """Where the words stand that begin the clause that is being read."""
        first = max(len(self.stems) - _LONGEST_SUBJECT, 0)
        breaks = (at + 1 for at in range(len(self.stems) - 1, first - 1, -1) if self.stems[at] == BREAK)
        return range(next(breaks, first), len(self.stems))
