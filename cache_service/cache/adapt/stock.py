"""Words that say nothing of a job by themselves: what is left of a line without its facts and without these is content.

Used for two questions: may a whole line go with the fact it states, and does a text say more than the request that it
is to be sent for. Korean words are compared by how they begin (endings and particles follow), English ones whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final

Stems = frozenset[str]
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z+#'’]*|[가-힣]+")


def listed(name: str) -> list[str]:
    """The words of ``data/<name>.txt``."""
    file = resources.files("cache_service.cache.adapt") / "data" / f"{name}.txt"
    return file.read_text("utf-8").split()


_POSSESSIVE: Final = re.compile(r"['’]s?$")
_SHORTEST_STEM: Final = 2
_LONGEST_BEHIND_ONE: Final = 4
_ENGLISH_STEM: Final = 6
_PARTICLES: Final = "이가을를은는의에도와과로만께"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Korean words by how they begin, grouped by length; English ones whole.

    ``strict``: a word of one syllable counts only if it is listed, and one that is followed by another only if that is
    a particle; else every word of one syllable does, and every one of two that begins with a listed one.
    """

    prefixes: Mapping[int, frozenset[str]]
    words: frozenset[str]
    strict: bool = False

    @classmethod
    def of(cls, korean: Iterable[str], english: Iterable[str], *, strict: bool = False) -> Lexicon:
        """The lexicon of two lists."""
        begun = list(korean)
        by_length = {n: frozenset(w for w in begun if len(w) == n) for n in range(1, 1 + max(map(len, begun)))}
        return cls(by_length, frozenset(english), strict)

    def __contains__(self, word: str) -> bool:
        if word.isascii():
            lower = word.lower().replace("’", "'")
            return lower in self.words or lower.removesuffix("'s") in self.words or len(lower) == 1
        if any(word[:length] in prefixes for length, prefixes in self.prefixes.items() if length > 1):
            return True
        if self.strict:
            return word[:1] in self.prefixes[1] and (
                len(word) == 1 or (len(word) == len("수를") and word[1] in _PARTICLES)
            )
        return len(word) == 1 or (len(word) <= _SHORTEST_STEM and word[:1] in self.prefixes[1])


STOCK: Final = Lexicon.of(listed("stock_ko"), listed("stock_en"))
# Words of attitude, manner and talk that real postings of all kinds of jobs share, and of stock those in which nothing
# is told of a job ("연봉", "required" are stock: where a fact is told, its words say no more than it).
GENERAL: Final = Lexicon.of(
    [*(set(listed("stock_ko")) - set(listed("telling_ko"))), *listed("general_ko")],
    [*(set(listed("stock_en")) - set(listed("telling_en"))), *listed("general_en")],
    strict=True,
)


def content_words(text: str, known: Iterable[str] | Stems = (), stock: Lexicon = STOCK) -> list[str]:
    """The words of ``text`` that are neither in ``stock`` nor begin like a word of ``known``."""
    stems = known if isinstance(known, frozenset) else stems_of(known)
    return [word for word in _words(text) if word not in stock and not _is_known(word, stems)]


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
