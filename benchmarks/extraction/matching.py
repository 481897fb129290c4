"""When a found fact is the labelled one: same type, spans that overlap, and values that mean the same."""

from __future__ import annotations

import re
from typing import Final

from benchmarks.extraction.labelled import TEXTS, Label
from cache_service.posting.canonical import fold
from cache_service.posting.company_names import company_key
from cache_service.posting.facts import StatedFact

# Names that stand inside other names: "React" found in "React Native" is another skill, not a shorter wording of it.
_WHOLE_NAMES: Final = frozenset("java c react sql go r spring excel script net asp node swift vue git".split())
_DIGITS: Final = re.compile(r"\D")
_SCHEME: Final = re.compile(r"^(?:https?://)?(?:www\.)?")
_LEAST_DIGITS: Final = 7


def same_fact(label: Label, fact: StatedFact) -> bool:
    """Whether ``fact`` is what ``label`` says."""
    if label.type != fact.type or max(label.start, fact.start) >= min(label.end, fact.end):
        return False
    if label.type == "polarity":
        return label.value == fact.value and _same_subject(label.of or "", fact)
    if label.type not in TEXTS:
        return label.value == fact.value
    wordings = [str(fact.value)] + ([fact.canonical] if fact.canonical else [])
    return any(_same_text(label.type, str(label.value), wording) for wording in wordings)


def _same_text(kind: str, labelled: str, found: str) -> bool:
    if kind == "company":
        return company_key(labelled) == company_key(found)
    if kind == "phone":
        one, other = _DIGITS.sub("", labelled), _DIGITS.sub("", found)
        return min(len(one), len(other)) >= _LEAST_DIGITS and (one in other or other in one)
    if kind == "email":
        return fold(labelled) == fold(found)
    if kind == "url":
        return _address(labelled) == _address(found)
    shorter, longer = sorted((fold(labelled), fold(found)), key=len)
    if shorter == longer:
        return True
    return bool(shorter) and shorter in longer and not (kind == "skill" and shorter in _WHOLE_NAMES)


def _address(url: str) -> str:
    return _SCHEME.sub("", fold(url)).rstrip("/")


def _same_subject(labelled: str, fact: StatedFact) -> bool:
    """Whether two wordings of what a polarity is about overlap: one within the other, or words in common."""
    one = fold(labelled)
    for wording in (fact.of, fact.canonical):
        other = fold(wording or "")
        if other and (one in other or other in one or _common_words(labelled, wording or "")):
            return True
    return False


def _common_words(one: str, other: str) -> bool:
    # Two characters are a word's stem in Korean, where particles follow; in English, words are compared whole.
    return bool(_stems(one) & _stems(other))


def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9+#]+|[가-힣]{2,}", text.casefold())
    return frozenset(word[:2] if word[0] >= "가" else word for word in words if len(word) > 1)
