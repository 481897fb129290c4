"""A text in the course of being adapted: what it states, and the edits that are planned for it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Final

from cache_service.cache.adapt.grammar import article_before, particle_after
from cache_service.cache.adapt.layout import Layout
from cache_service.cache.adapt.outcome import Change, Rewrite, Span
from cache_service.cache.adapt.wording import Wording
from cache_service.posting.extract import Finding, recall_facts
from cache_service.posting.facts import FactType

_START: Final = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Edit:
    """``[start, end)`` becomes ``new``."""

    start: int
    end: int
    new: str


class Draft:
    """One text (a heading or a section's text) with planned edits. Edits are in offsets of the text as it came.

    ``subject``: what it is about anyway (the title of the job), so that a line which says it says nothing more.
    """

    def __init__(self, text: str, language: str, subject: tuple[str, ...] = ()) -> None:
        self.subject = subject
        self.text = text
        self.language = language
        self.edits: list[Edit] = []
        self.changes: dict[Change, None] = {}
        self.broken: dict[Span, list[str]] = {}
        self.additions: dict[int, list[str]] = {}
        self.protected: list[Span] = []

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the text states."""
        return recall_facts(self.text, self.language)

    def findings_in(self, start: int, end: int) -> tuple[Finding, ...]:
        """The findings that begin within ``[start, end)``."""
        return self.findings[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def _starts(self) -> list[int]:
        return [one.fact.start for one in self.findings]

    @cached_property
    def wording(self) -> Wording:
        """The text folded for finding words in it."""
        return Wording(self.text)

    @cached_property
    def layout(self) -> Layout:
        """Its lines and sentences."""
        return Layout(self.text)

    @cached_property
    def ends_formal(self) -> bool:
        """Whether its Korean sentences end in 합니다체 rather than 해요체."""
        return self.text.count("니다") >= len(
            re.findall(r"(?<![필수개중주])요\s*(?:[.!?~]|$)", self.text, re.MULTILINE)
        )

    def of_type(self, *kinds: FactType) -> list[Finding]:
        """The findings of ``kinds``, in order, outside of what is protected."""
        return [one for one in self.findings if one.fact.type in kinds and not self.is_protected(one.fact.start)]

    def protect(self, spans: Collection[Span]) -> None:
        """Items of lists: the words and numbers in them are no statements about the job's own fields."""
        self.protected = sorted({*self.protected, *spans})

    def is_protected(self, position: int) -> bool:
        """Whether ``position`` is in an item of a list."""
        at = bisect_left(self.protected, (position + 1, 0))
        return any(start <= position < end for start, end in self.protected[max(0, at - 4) : at])

    def replace(self, start: int, end: int, new: str, change: Change) -> None:
        """Plan ``[start, end)`` -> ``new`` with the particle behind and the article before it."""
        old = self.text[start:end]
        length, particle = particle_after(self.text, end, old, new)
        if self._add(Edit(start, end + length, new + particle), change):
            article = article_before(self.text, start, new)
            if article is not None:
                self._add(Edit(*article), change)

    def edit(self, start: int, end: int, new: str, change: Change) -> None:
        """Plan ``[start, end)`` -> ``new`` as it is."""
        self._add(Edit(start, end, new), change)

    def append(self, position: int, added: str, change: Change) -> None:
        """Plan ``added`` at ``position``, behind what was added there before."""
        self.additions.setdefault(position, []).append(added)
        self.changes[change] = None

    def give_up(self, position: int, why: str) -> None:
        """The sentence at ``position`` has to be rewritten, on account of the fact ``why``."""
        self.broken.setdefault(self.layout.sentence_at(position), []).append(why)

    def apply(self) -> tuple[str, tuple[Rewrite, ...]]:
        """The text with all edits, and the sentences in it that are to be rewritten. Those have no edits."""
        broken = sorted(self.broken)
        pieces: list[str] = []
        rewrite: list[Rewrite] = []
        at = length = 0
        steps = [*self._edits_outside(broken), *(Edit(start, end, self.text[start:end]) for start, end in broken)]
        steps += [Edit(position, position, "".join(added)) for position, added in self.additions.items()]
        for step in sorted(steps, key=lambda step: (step.end, step.start)):
            if step.start < at:
                continue
            before = self.text[at : step.start]
            pieces += [before, step.new]
            length += len(before)
            if (step.start, step.end) in self.broken:
                why = tuple(dict.fromkeys(self.broken[step.start, step.end]))
                rewrite.append(Rewrite(length, length + len(step.new), why))
            length += len(step.new)
            at = step.end
        pieces.append(self.text[at:])
        return "".join(pieces), tuple(rewrite)

    def _edits_outside(self, broken: list[Span]) -> list[Edit]:
        kept = []
        for edit in self.edits:
            at = bisect_left(broken, (edit.start + 1, 0))
            inside = any(start <= edit.start < end or edit.start <= start < edit.end for start, end in
                         broken[max(0, at - 1) : at + 1])  # fmt: skip
            if not inside:
                kept.append(edit)
        return kept

    def _add(self, edit: Edit, change: Change) -> bool:
        if edit.new == self.text[edit.start : edit.end]:
            return True
        at = bisect_left(self.edits, edit.start, key=_START)
        for other in self.edits[max(0, at - 1) : at + 2]:
            if other == edit:
                self.changes[change] = None
                return True
            if other.start < edit.end and edit.start < other.end:
                self.give_up(edit.start, change.fact)
                return False
        self.edits.insert(at, edit)
        self.changes[change] = None
        return True
