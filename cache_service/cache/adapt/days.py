"""The deadline, written as the text writes it: "2026-12-31", "12/31(수)까지", "December 31, 2026"."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.outcome import Change, Terms
from cache_service.cache.adapt.removal import remove

PATH: Final = "requirements.deadline"
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip
_NAMES: Final = "|".join(f"{name}|{name[:3]}" for name in _MONTHS)
_KOREAN: Final = re.compile(
    r"(?:(?P<y>\d{4}|\d{2})(?P<s1>\s?(?:년|[./-])\s?))?(?P<m>\d{1,2})(?P<s2>\s?(?:월|[./-])\s?)(?P<d>\d{1,2})(?P<s3>\s?일)?"
)
_MONTH_FIRST: Final = re.compile(
    rf"(?P<m>{_NAMES}|Sept)(?P<s1>\.?\s)(?P<d>\d{{1,2}})(?P<nth>st|nd|rd|th)?(?:(?P<s2>,?\s)(?P<y>\d{{4}}))?",
    re.IGNORECASE,
)
_DAY_FIRST: Final = re.compile(
    rf"(?P<d>\d{{1,2}})(?P<nth>st|nd|rd|th)?(?P<s1>\s(?:of\s)?)(?P<m>{_NAMES}|Sept)\.?(?:(?P<s2>,?\s)(?P<y>\d{{4}}))?",
    re.IGNORECASE,
)
_KO_DAYS: Final = "월화수목금토일"
_EN_DAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WEEKDAY_AFTER: Final = re.compile(rf"(?P<open>\s?\(\s?|\s)(?P<day>[{_KO_DAYS}])(?P<close>요일\s?\)?|\s?\))")
_WEEKDAY_AFTER_EN: Final = re.compile(
    rf"(?P<open>,?\s\(?)(?P<day>{'|'.join(_EN_DAYS)}|Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?P<close>\)?)\b"
)
_WEEKDAY_BEFORE_EN: Final = re.compile(rf"(?P<day>{'|'.join(_EN_DAYS)}|Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?P<close>,?\s)$")


def adapt_deadline(draft: Draft, terms: Terms) -> bool:
    """Plan the deadline. Returns whether the text names it."""
    stored, wanted = terms.stored.text(PATH), terms.wanted.text(PATH)
    found = False
    for finding in draft.of_type("deadline"):
        if stored is None or finding.fact.value not in {stored, f"--{stored[5:]}"}:
            continue
        found = True
        if stored != wanted:
            _substitute(draft, (finding.fact.start, finding.fact.end), Change(PATH, stored, wanted))
    return found


def _substitute(draft: Draft, span: tuple[int, int], change: Change) -> None:
    start, end = span
    if not isinstance(change.wanted, str):
        weekday = _WEEKDAY_AFTER.match(draft.text, end)
        remove(draft, (start, weekday.end() if weekday else end), (change,))
        return
    day = dt.date.fromisoformat(change.wanted)
    new = _written(draft.text[start:end], day)
    if new is None:
        draft.give_up(start, change.fact)
        return
    weekday = _WEEKDAY_AFTER.match(draft.text, end)
    if weekday is not None:
        new += f"{weekday['open']}{_KO_DAYS[day.weekday()]}{weekday['close']}"
        draft.edit(start, weekday.end(), new, change)
        return
    english = _WEEKDAY_AFTER_EN.match(draft.text, end)
    if english is not None:
        new += f"{english['open']}{_english_day(english['day'], day)}{english['close']}"
        end = english.end()
    before = _WEEKDAY_BEFORE_EN.search(draft.text, max(0, start - 12), start)
    if before is not None:
        new = f"{_english_day(before['day'], day)}{before['close']}{new}"
        start = before.start("day")
    draft.edit(start, end, new, change)


def _english_day(old: str, day: dt.date) -> str:
    name = _EN_DAYS[day.weekday()]
    return name if len(old) > 3 else name[:3]


def _written(old: str, day: dt.date) -> str | None:
    if (match := _KOREAN.fullmatch(old)) is not None:
        year = "" if match["y"] is None else f"{day.year if len(match['y']) == 4 else day.year % 100}{match['s1']}"
        padded = match["m"].startswith("0") or match["d"].startswith("0") or "-" in match["s2"]
        month, number = (f"{day.month:02}", f"{day.day:02}") if padded else (str(day.month), str(day.day))
        return f"{year}{month}{match['s2']}{number}{match['s3'] or ''}"
    match = _MONTH_FIRST.fullmatch(old) or _DAY_FIRST.fullmatch(old)
    if match is None:
        return None
    name = _MONTHS[day.month - 1]
    month = name if len(match["m"]) > 4 or match["m"].lower() in {"may", "june", "july"} else name[:3]
    number = f"{day.day}{_nth(day.day) if match['nth'] else ''}"
    year = "" if match["y"] is None else f"{match['s2']}{day.year}"
    if match.re is _MONTH_FIRST:
        return f"{month}{match['s1']}{number}{year}"
    return f"{number}{match['s1']}{month}{year}"


def _nth(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
