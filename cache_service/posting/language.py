"""Which language a text is in, by its letters: Korean postings hold many Latin names, English ones no Hangul."""

from __future__ import annotations

import re
from typing import Final, Literal

_HANGUL: Final = re.compile(r"[가-힣]")
_LATIN: Final = re.compile(r"[A-Za-z]")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_HANGUL_SHARE: Final = 0.15
# English words that no list of names or skills holds; a Korean text with this many of them in a row is not Korean.
_FUNCTION_WORDS: Final = frozenset(
    """the a an of and to in for with you your our we will is are be this that on as by or from have has their who
    what can must should""".split()
)
_FOREIGN_RUN: Final = 3


def language_of(text: str) -> Literal["ko", "en"]:
    """Korean or English, by the share of Hangul among the letters of both scripts."""
    hangul, latin = len(_HANGUL.findall(text)), len(_LATIN.findall(text))
    return "ko" if hangul and hangul >= _HANGUL_SHARE * (hangul + latin) else "en"


def speaks(text: str, language: str) -> bool:
    """Whether ``text`` can stand in a posting in ``language``.

    A Korean text may be all Latin if it holds names alone (a list of skills) and no English sentence; an English one
    holds no more Hangul than a name or two.
    """
    hangul, latin = len(_HANGUL.findall(text)), len(_LATIN.findall(text))
    if language == "en":
        return hangul <= max(12, 0.15 * latin)
    if hangul >= _HANGUL_SHARE * (hangul + latin):
        return True
    return sum(word.lower() in _FUNCTION_WORDS for word in _WORD.findall(text)) < _FOREIGN_RUN
