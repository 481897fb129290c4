"""How many people are hired. The size of a team or of the company is a plain number."""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.extract.reading import Scan

_LABEL: Final = re.compile(
    r"(?:(?:채용|모집|선발) ?(?:예정 ?)?인원(?:수)?|인원(?= ?:)|(?-i:TO)|head ?count|openings?|vacanc(?:y|ies)"
    r"|positions? available|number of (?:hires|openings|positions))"
    r" ?(?:은|는|:|-|\||\()? ?(?:총|약|of)? ?$",
    re.IGNORECASE,
)
_PERSONS: Final = re.compile(r" ?(?:명|분|인(?![가-힣])|名)")
_HIRED: Final = re.compile(
    r" ?(?:명|분|인) ?(?:\)|을|를|의|정도|내외|이상|\s){0,3}(?:[가-힣A-Za-z]{1,10}(?:을|를)\s)?(?:신규 ?|추가 ?|추가로 ?)?(?:채용|모집|선발|뽑"
    r"|구인|충원|모십|모시|찾습|찾고)"
)
_HIRING_BEFORE: Final = re.compile(r"(?:채용|모집|선발) ?(?:\(|:|-|은|을)? ?(?:총|약)? ?$")
_ENGLISH_BEFORE: Final = re.compile(
    r"\b(?:hiring|recruiting|hire|recruit|looking for|seeking)\s(?:for\s)?(?:up to\s|another\s)?$", re.IGNORECASE
)
_ENGLISH_AFTER: Final = re.compile(
    r" (?:\(\d{1,3}\)\s)?(?:(?:full-time|part-time|open|available|new)\s)?(?:openings?|vacanc(?:y|ies)"
    r"|positions?(?! (?:in|of))|headcount|hires)\b",
    re.IGNORECASE,
)
_NOT_PEOPLE: Final = re.compile(
    r" ?(?:\+|%|-|(?:\w+\s){0,2}?(?:years?|yrs?|months?|days?|hours?|percent)\b)", re.IGNORECASE
)
_PAST: Final = re.compile(
    r"(?:누적|지난|작년|팀원|직원|구성원|임직원|고객|사용자|회원|규모|평균|퇴사|이직|매년|매월)[^\n]{0,14}$"
)
_UNSPECIFIED: Final = re.compile(r"(?<![\d가-힣A-Za-z,.○◯])(?:0{1,3}|[OoＯ○◯]{1,3}|N) ?명(?![확예칭함시단령])")


_GATE: Final = re.compile(
    r"명|분|인|채용|모집|TO|open|vacan|position|head|hir|recruit|looking|seeking"
    r"|number of",
    re.IGNORECASE,
)


def find(scan: Scan) -> None:
    """Find how many people are hired, ``unspecified`` for 0명 and OO명."""
    text = scan.text
    if "명" in text:
        for match in _UNSPECIFIED.finditer(text):
            if _PAST.search(scan.line_before(match.start(), 28)):
                continue
            scan.add("headcount", "unspecified", *match.span())
            scan.claim(*match.span())
    for numeral in scan.numerals if _GATE.search(text) else ():
        if numeral.taken or numeral.idle or numeral.name or not isinstance(numeral.value, int):
            continue
        if numeral.value > 1_000_000:
            continue
        if (end := _end(scan, numeral.start, numeral.end)) is not None:
            if _PAST.search(scan.line_before(numeral.start, 28)):
                continue
            scan.add("headcount", numeral.value, numeral.start, end)
            scan.claim(numeral.start, end)


def _end(scan: Scan, start: int, end: int) -> int | None:
    text = scan.text
    before = scan.line_before(start, 28)
    persons = _PERSONS.match(text, end)
    if _LABEL.search(before):
        return None if _NOT_PEOPLE.match(text, end) else (persons.end() if persons else end)
    if persons is not None:
        if _HIRED.match(text, end) or _HIRING_BEFORE.search(before):
            return persons.end()
        return None
    if (after := _ENGLISH_AFTER.match(text, end)) is not None:
        return after.end()
    if _ENGLISH_BEFORE.search(before) and not _NOT_PEOPLE.match(text, end):
        return end
    return None
