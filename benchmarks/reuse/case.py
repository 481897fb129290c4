"""A case: a stored posting, a request that differs from its own in one respect, and what the answer must be like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from benchmarks.reuse.base import Base, Request
from cache_service.posting.sections import SECTIONS, SectionKind

Source = Literal["control", "trap", "rewording", "neighbour"]
_COMPANY: Final = frozenset({"name", "industry", "about", "size", "founded", "culture", "benefits", "hiring_process"})


@dataclass
class Case:
    """``path``: the field that was changed. ``fact``: the type it counts under; ``change``: how it was changed.

    A trap: no served section may hold one of ``forbidden`` (``None``: of any kind of section), nor, by the
    project's own extractor, state ``old`` as ``typed``; a section of one of the kinds of ``home`` that is served
    has to hold one of ``needed`` if there are any. A rewording: ``served`` lists the sections that must be reused.
    ``mirrored``: what was wanted of another case is stored here, and the other way round.
    """

    source: Source
    base: Base
    wanted: Request
    path: str
    fact: str
    change: str
    old: Any = None
    new: Any = None
    typed: str | None = None
    forbidden: list[tuple[str | None, str]] = field(default_factory=list)
    home: tuple[str, ...] = ()
    needed: list[str] = field(default_factory=list)
    served: tuple[str, ...] = ()
    mirrored: bool = False


_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """NFKC, lower case, single spaces: how the benchmark compares what a text says."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def holds(text: str, words: str) -> bool:
    """Whether ``text`` says ``words``: as a whole number, a whole Latin word, or a Hangul word with no letter before
    it (particles may follow). Independent of the project's extractor."""
    body, sought = plain(text), plain(words)
    start = body.find(sought)
    while start >= 0:
        before, after = body[start - 1 : start], body[start + len(sought) : start + len(sought) + 2]
        if _edge(before, sought[0]) and _edge(after[:1], sought[-1], following=after):
            return True
        start = body.find(sought, start + 1)
    return False


def _edge(neighbour: str, letter: str, following: str = "") -> bool:
    if not neighbour or neighbour.isspace():
        return True
    if letter.isdigit():
        # 4,000 does not hold 4 or 000; 3. at the end of a sentence holds 3.
        joined = following[:1] in {",", "."} and following[1:2].isdigit()
        return not (neighbour.isdigit() or (neighbour in {",", "."} and not following) or joined)
    if "가" <= letter <= "힣":
        return bool(following) or not "가" <= neighbour <= "힣"
    if letter.isascii() and letter.isalpha():
        return not (neighbour.isascii() and (neighbour.isalnum() or neighbour in {"+", "#"}))
    return True


def path_of(field: str) -> str:
    """``company.size``, ``requirements.title`` ..."""
    return f"{'company' if field in _COMPANY else 'requirements'}.{field}"


def dependents(path: str, sections: Mapping[str, str]) -> tuple[SectionKind, ...]:
    """The written sections of a stored posting that depend on the field at ``path`` by the contract's table."""
    return tuple(
        kind
        for kind, spec in SECTIONS.items()
        if path in spec.depends_on and kind in sections and kind not in {"headline", "conditions", "process"}
    )
