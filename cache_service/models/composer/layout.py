"""How a text is laid out, in any language: bullets, labelled lines, paragraphs, a sentence over a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from cache_service.models.composer.register import Register
from cache_service.posting.facts import Facts

# Writes one kind of section from the facts it depends on; called only where something is to be said.
SectionWriter = Callable[[Facts, Register], str]

_OWN_BULLET: Final = re.compile(r"[-*•·∙‣◦▪■●○▶–—] \S")
_MAX_INLINE_ITEM_CHARS: Final = 40
_MAX_INLINE_CHARS: Final = 160
_SEPARATORS: Final = (",", ";", "→", "·")


def bullet(item: str) -> str:
    """``item`` as a bullet; one that brings its own mark keeps it."""
    return item if _OWN_BULLET.match(item) else f"- {item}"


def bullets(items: Iterable[str]) -> str:
    """One line an item."""
    return "\n".join(map(bullet, items))


def lines(*parts: str | None) -> str:
    """The parts that there are, each starting on a line of its own."""
    return "\n".join(part for part in parts if part)


def paragraphs(*parts: str | None) -> str:
    """The parts that there are, with a blank line between two."""
    return "\n\n".join(part for part in parts if part)


def sentences(*parts: str | None) -> str:
    """The parts that there are, one after another on one line."""
    return " ".join(part for part in parts if part)


def fits_inline(items: tuple[str, ...]) -> bool:
    """Whether the items can stand in one line, separated by marks that none of them holds."""
    return (
        sum(map(len, items)) <= _MAX_INLINE_CHARS
        and all(len(item) <= _MAX_INLINE_ITEM_CHARS for item in items)
        and not any(mark in item for item in items for mark in _SEPARATORS)
    )
