"""The stems of English words: inflection off by rule, derivation (management, manage) by list.

Lighter than Porter's stemmer (Porter 1980), which takes ``manager`` and ``manage`` for one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cache_service.posting.wording.words import groups, lines, words

NOT: Final = "¬"
NEGATIVE: Final = frozenset("no not never without except excluding neither nor non cannot unable".split())
_SHORTEST_ADVERB: Final = 6
_NO_ADVERBS: Final = frozenset(
    """friendly quarterly monthly biweekly fortnightly assembly elderly orderly multiply butterfly shortly hardly nearly
    lately partly mostly solely possibly probably family anomaly homily bodily steadily daily readily""".split()
)
_VOWEL: Final = re.compile("[aeiouy]")
_DOUBLE: Final = re.compile(r"([bdfgmnprtlk])\1$")
_WANTS_E: Final = re.compile(r"(?:[vcu]|[^aeiou]s|[aeiou]s|[iy]z|[^n]g|at|ur|[bcdfgkpt]l|[^aeo]ir|[aeiou]k|rg|ng)$")


def _families() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines("forms_en"):
        family = line.split()
        base = next((found[form] for form in family if form in found), family[0])
        for form in family:
            found.setdefault(form, base)
    return found


def _vocabulary() -> frozenset[str]:
    listed = {
        word for name in ("synonyms_en", "antonyms") for group in groups(name) for word in " ".join(group).split()
    }
    listed.update(words("forms_en"))
    listed.update(words("verbs_en"))
    return frozenset(word.replace("ise", "ize") for word in listed) | listed


_ACTS: Final = frozenset(words("verbs_en")) | frozenset(words("acts_en"))
_ENDING_IN_E: Final = frozenset(words("verbs_en"))
_FAMILIES: Final = _families()
_VOCABULARY: Final = _vocabulary()


def is_act(word: str) -> bool:
    """Whether a word in lower case is known as a verb, so that "to" before it leads to no place."""
    return word in _ACTS


def _base(word: str) -> str:
    """The base of a form in -ing or -ed, whose ending is off already."""
    if word + "e" in _ENDING_IN_E:
        return word + "e"
    for base in (word, word + "e"):
        if base in _VOCABULARY:
            return base
    undoubled = word[:-1] if _DOUBLE.search(word) else word
    if undoubled != word and (undoubled in _VOCABULARY or word[-2:] != "ll"):
        return undoubled
    return word + "e" if _WANTS_E.search(word) else word


def _uninflected(word: str) -> str:
    if word.endswith("ly") and len(word) > _SHORTEST_ADVERB and word not in _NO_ADVERBS:
        return word[:-3] + "y" if word.endswith("ily") else word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and len(word) > 3 and word[-2] not in "sui":
        return word[:-1]
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 3 and _VOWEL.search(rest):
            return _base(rest)
    return word


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word in lower case, with the forms of one word and both spellings (organise, organize) alike."""
    if word in NEGATIVE:
        return NOT
    if (base := _FAMILIES.get(word)) is not None:
        return _spelled(base)
    bare = _uninflected(word)
    return _spelled(_FAMILIES.get(bare, bare))


def _spelled(word: str) -> str:
    if len(word) > 5:
        word = word.replace("isation", "ization").replace("yse", "yze")
        if word.endswith("ise"):
            word = word[:-3] + "ize"
        if word.endswith("our"):
            word = word[:-3] + "or"
    return word
