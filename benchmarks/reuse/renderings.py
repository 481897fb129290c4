"""The wordings in which a value of a typed field may stand in a text, written down without the project's extractor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Final

from benchmarks.reuse.base import MONTHS, Request
from benchmarks.reuse.wording import Wording

_NUMBERS: Final = "zero one two three four five six seven eight nine ten eleven twelve".split()


def renderings(field: str, value: Any, request: Request, wording: Wording) -> list[str]:
    """Wordings of ``value`` of ``field``; short ones too: whoever uses them drops those that prove nothing."""
    korean = wording.currency == "KRW"
    if field in _MAKERS:
        return _MAKERS[field](value, korean)
    match field:
        case "salary_min" | "salary_max":
            return _money(value, request["requirements"]["salary_period"], korean)
        case "salary_period":
            return [] if korean else list(wording.words["salary_period"][value])
        case "employment_type" | "seniority":
            return list(wording.words[field][value])
        case "work_mode":
            return list(wording.words["work_mode"][value])
        case _:
            return list(dict.fromkeys([value, *_spelled(field, value, wording)]))


def _spelled(field: str, value: str, wording: Wording) -> Sequence[str]:
    return next((group for group in wording.spellings.get(field, ()) if value in group), ())


def _years(value: int, korean: bool) -> list[str]:
    if korean:
        return [f"{value}년", f"{value}~", f"{value}년차", f"{value} 년"]
    word = _NUMBERS[value] if value < len(_NUMBERS) else str(value)
    return [
        f"{value}+ years",
        f"{value} years",
        f"{value} year",
        f"{value} to",
        f"{value}-",
        f"{word} years",
        f"{word} year",
        f"{value} or more",
        f"between {value}",
    ]


def _years_max(value: int, korean: bool) -> list[str]:
    return (
        [f"{value}년", f"~{value}년", f"-{value}년"] if korean else [f"{value} years", f"to {value}", f"-{value} years"]
    )


def _headcount(value: int, korean: bool) -> list[str]:
    return (
        [f"{value}명"]
        if korean
        else [f"{value} people", f"openings: {value}", f"{value} positions", f"{value} openings"]
    )


def _probation(value: int, korean: bool) -> list[str]:
    return [f"{value}개월"] if korean else [f"{value}-month", f"{value} months", f"{value} month"]


def _founded(value: int, korean: bool) -> list[str]:
    return [f"{value}년"] if korean else [str(value)]


def _deadline(value: str, korean: bool) -> list[str]:
    day = dt.date.fromisoformat(value)
    if korean:
        return [f"{day.month}월 {day.day}일", f"{day:%Y.%m.%d}", f"~{day.month}/{day.day}", value]
    month = MONTHS[day.month - 1]
    return [f"{month} {day.day}", f"{day.day} {month}", value, f"{month[:3]} {day.day}"]


def _money(value: int, period: str, korean: bool) -> list[str]:
    if not korean:
        return [f"${value:,}", f"${value // 1000}k"]
    if period in {"year", "month"}:
        units = value // 10_000
        return [f"{units:,}만", f"{units}만", f"{value:,}원"]
    return [f"{value:,}원", f"{value:,}"]


_MAKERS: Final[dict[str, Callable[[Any, bool], list[str]]]] = {
    "years_min": _years, "years_max": _years_max, "headcount": _headcount, "probation_months": _probation,
    "founded": _founded, "deadline": _deadline,
}  # fmt: skip
