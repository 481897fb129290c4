"""Content words of free text: what two wordings are compared by before anyone asks what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cache_service.posting.canonical import clean

# "C++", "C#" and "Node.js" are words; a full stop at the end of one is not part of it.
_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[.+#](?=[\w+#]|$)|[+#])*", re.UNICODE)
_HANGUL: Final = re.compile(r"[가-힣]+$")
# Particles and endings that change no word's meaning, the longest first.
_ENDINGS: Final = tuple(
    sorted(
        "은 는 이 가 을 를 의 에 에서 에게 으로 로 와 과 도 만 및 하는 합니다 입니다 한다 하며 하고 하여 해 함 "
        "된 되는 인 들 이며 이고 해요 예요 이에요 하는데 으로서 로서 으로써 로써 까지 부터 한 할 하기 하세요".split(),
        key=lambda ending: (-len(ending), ending),
    )
)
_EMPTY: Final = frozenset(
    "a an the and or of to in on at for with by from as is are be we our you your it this that will "
    "및 등 그 또는 그리고 위한 위해 대한 통해 있는 있습니다 하는 합니다".split()
)
_PLURALS: Final = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
_SHORTEST_STEM: Final = 2


@dataclass(frozen=True, slots=True)
class Overlap:
    """``share`` of all content words that both have (Dice, 0 to 1; 1 where neither has any), and how many only one
    side has."""

    share: float
    unmatched: int


def content_words(text: str) -> frozenset[str]:
    """The words of ``text`` that carry meaning, folded, without particles and plain endings."""
    found = {_stem(word.rstrip(".")) for word in _WORD.findall(clean(text).casefold())}
    return frozenset(word for word in found if word and word not in _EMPTY)


def overlap(one: frozenset[str], other: frozenset[str]) -> Overlap:
    """How far two sets of words agree."""
    total = len(one) + len(other)
    return Overlap(2 * len(one & other) / total if total else 1.0, len(one ^ other))


def _stem(word: str) -> str:
    if _HANGUL.search(word):
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
                return word[: -len(ending)]
        return word
    if word.isascii() and word.isalpha() and not word.endswith("ss"):
        for ending, instead in _PLURALS:
            if word.endswith(ending) and len(word) - len(ending) > _SHORTEST_STEM:
                return word[: -len(ending)] + instead
    return word
