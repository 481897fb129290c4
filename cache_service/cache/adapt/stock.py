"""Words that say nothing of a job by themselves: what is left of a line without its facts and without these is content.

Used for two questions: may a whole line go with the fact it states, and does a text say more than the request that it
is to be sent for. Korean words are compared by how they begin (endings and particles follow), English ones whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import resources
from typing import Final

Stems = frozenset[str]
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z+#'’]*|[가-힣]+")


def listed(name: str) -> list[str]:
    """The words of ``data/<name>.txt``."""
    file = resources.files("cache_service.cache.adapt") / "data" / f"{name}.txt"
    return file.read_text("utf-8").split()


_POSSESSIVE: Final = re.compile(r"['’]s?$")
_KOREAN: Final = tuple(listed("stock_ko"))
_ENGLISH: Final = frozenset(listed("stock_en"))
_KOREAN_PREFIXES: Final = {length: frozenset(w for w in _KOREAN if len(w) == length) for length in range(1, 6)}
_SHORTEST_STEM: Final = 2
_LONGEST_BEHIND_ONE: Final = 4
_ENGLISH_STEM: Final = 6


def content_words(text: str, known: Iterable[str] | Stems = ()) -> list[str]:
    """The words of ``text`` that are neither stock nor begin like a word of ``known``."""
    stems = known if isinstance(known, frozenset) else stems_of(known)
    return [word for word in _words(text) if not _is_stock(word) and not _is_known(word, stems)]


def _words(text: str) -> list[str]:
    return [_POSSESSIVE.sub("", word) for word in _WORD.findall(text)]


def stems_of(texts: Iterable[str]) -> Stems:
    """How the words of ``texts`` begin: ``known`` made once, for many texts."""
    return frozenset(stem for text in texts for word in _words(text) for stem in [_stem(word)] if stem)


def _stem(word: str) -> str:
    lower = word.lower()
    return lower.removesuffix("s")[:_ENGLISH_STEM] if lower.isascii() else lower[:_SHORTEST_STEM]


def _is_known(word: str, stems: frozenset[str]) -> bool:
    stem = _stem(word)
    return (
        stem in stems
        or (len(word) <= _LONGEST_BEHIND_ONE and word[:1] in stems)
        or (len(word) == 1 and any(one.startswith(word) for one in stems))
    )


def _is_stock(word: str) -> bool:
    if word.isascii():
        lower = word.lower().replace("’", "'")
        return lower in _ENGLISH or lower.removesuffix("'s") in _ENGLISH or len(lower) == 1
    if len(word) == 1:
        return True
    return any(word[:length] in prefixes for length, prefixes in _KOREAN_PREFIXES.items() if length > 1) or (
        len(word) <= _SHORTEST_STEM and word[:1] in _KOREAN_PREFIXES[1]
    )
