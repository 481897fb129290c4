"""The degree that is asked for, with the words that go with it: 학위, 이상, 졸업, "degree", "diploma", "or higher"."""

from __future__ import annotations

import re
from typing import Final

from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.grammar import cased_like
from cache_service.cache.adapt.outcome import Change, Span
from cache_service.cache.adapt.removal import stands_alone

_TAIL: Final = re.compile(
    r"\s?(?:학위|졸업(?:자|예정자)?|졸|소지(?:자)?|이상|이하|학력)(?:\s?(?:이상|이하|소지자|졸업자|보유자|필수|우대))*"
    r"|\s(?:degree|diploma|graduates?|qualification|school|level|education)\b(?:\s(?:or|and)\s(?:higher|above|equivalent))?"
    r"|,?\s(?:or|and)\s(?:higher|above|equivalent)\b",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(r"\s(?:in|of)\s|\s?\(|\s?(?:전공|계열|학과|이상의)")
_DEGREE: Final = re.compile(r"(?:전문)?(?:학사|석사|박사)")
_ABOVE: Final = re.compile(r"이상$")
_HIGHEST: Final = re.compile(r"박사|ph\.?\s?d|doctor", re.IGNORECASE)
_ENGLISH_NAMES: Final = re.compile(
    r"(?:High|Bachelor|Master|Associate|Doctorate|University|College|Secondary|Diploma|Degree)"
)
_PLAIN_BEHIND: Final = re.compile(
    r"\s*(?:$|[.,;·/|)(])|\s(?:is|required|preferred|or\s(?:higher|above|equivalent)|필수|우대)\b|(?:인|을|를|이|가|은|는|의)(?=\s)"
)


def substitute_degree(draft: Draft, span: Span, change: Change, wanted: str) -> None:
    """Plan another degree at ``span``; where the words around it may not go with it the sentence is to be rewritten."""
    text = draft.text
    line = draft.layout.line_at(span[0])
    tail = _TAIL.match(text, span[1], line.end)
    whole = (span[0], tail.end() if tail else span[1])
    old = text[slice(*span)]
    if stands_alone(draft, whole) and not _stance(tail[0] if tail else ""):
        draft.replace(*whole, _cased(wanted, old), change)
    elif _fits(text[span[1] : line.end], tail, old, wanted):
        draft.replace(*span, _cased(wanted, old), change)
    else:
        draft.give_up(span[0], change.fact)


def _fits(behind: str, tail: re.Match[str] | None, old: str, wanted: str) -> bool:
    if tail is None:
        return _PLAIN_BEHIND.match(behind) is not None and (_ABOVE.search(old) is None) == (
            _ABOVE.search(wanted) is None
        )
    return _goes_with(old, tail[0], wanted) and _FIELD.match(behind, len(tail[0])) is None


def _goes_with(old: str, tail: str, wanted: str) -> bool:
    """Whether the words behind the old degree may follow the new one."""
    plain = tail.strip().lower()
    if plain.startswith(("이상", "이하")):
        return _ABOVE.search(wanted) is None and _HIGHEST.search(wanted) is None
    if plain.startswith("학위"):
        return _DEGREE.fullmatch(old) is not None and _DEGREE.fullmatch(wanted) is not None
    if re.match(r",?\s?(?:or|and)\s", tail):
        return _HIGHEST.search(wanted) is None
    return False


def _stance(tail: str) -> bool:
    return re.search(r"필수|우대", tail) is not None


def _cased(wanted: str, old: str) -> str:
    if old[:1].islower() and _ENGLISH_NAMES.match(wanted):
        return wanted[:1].lower() + wanted[1:]
    return cased_like(wanted, old)
