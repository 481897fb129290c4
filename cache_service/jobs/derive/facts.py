"""The typed facts of the job on offer, from a posting's short fields first and its texts second."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from cache_service.jobs.derive.fields import line_of, names_of
from cache_service.jobs.derive.stated import one_value
from cache_service.jobs.derive.values import education_of, employment_type_of, seniority_of
from cache_service.posting.request import (
    MAX_LINE_CHARS,
    MAX_NAME_CHARS,
    MAX_SKILL_ITEMS,
    MAX_YEARS,
)

_MAX_PROBATION_MONTHS: Final = 60


def job_facts(
    record: Mapping[str, Any], *, title: str, requirements: str | None, conditions: Sequence[str]
) -> dict[str, Any]:
    """The fields of ``requirements`` of a request that are values. ``conditions``: texts on conditions and hiring."""
    seniority = line_of(record, "seniority")
    least, most = _years([title, seniority or "", requirements or ""])
    location = line_of(record, "location")
    facts: dict[str, Any] = {
        "title": title,
        "seniority": seniority_of(seniority, title),
        "years_min": least,
        "years_max": most,
        "employment_type": employment_type_of(line_of(record, "employment_type"), title),
        "location": location if location and len(location) <= MAX_LINE_CHARS else None,
        "education": education_of(requirements or ""),
        "skills": _skills(record),
        "probation_months": _months(one_value(conditions, "probation_months")),
        "work_mode": one_value(conditions, "work_mode"),
        "deadline": _date(one_value(conditions, "deadline")),
    }
    if facts["employment_type"] is None and line_of(record, "employment_type") is None:
        facts["employment_type"] = one_value(conditions, "employment_type")
    return {name: value for name, value in facts.items() if value is not None}


def _years(sources: Sequence[str]) -> tuple[int | None, int | None]:
    """From the first source that states years; none where it states several."""
    for source in sources:
        least, most = one_value([source], "years_min"), one_value([source], "years_max")
        if (
            isinstance(least, int)
            and not 0 <= least <= MAX_YEARS
            or isinstance(most, int)
            and not 0 <= most <= MAX_YEARS
        ):
            return None, None
        if isinstance(least, int) and isinstance(most, int) and least > most:
            return None, None
        if least is not None or most is not None:
            return (least if isinstance(least, int) else None, most if isinstance(most, int) else None)
    return None, None


def _skills(record: Mapping[str, Any]) -> list[str] | None:
    skills = names_of(record, "skills")
    if not skills or len(skills) > MAX_SKILL_ITEMS or any(len(skill) > MAX_NAME_CHARS for skill in skills):
        return None
    return list(skills)


def _months(value: int | str | None) -> int | None:
    return value if isinstance(value, int) and 0 <= value <= _MAX_PROBATION_MONTHS else None


def _date(value: int | str | None) -> dt.date | None:
    """Only a full date: the request has no place for "until filled" or a day without its year."""
    if not isinstance(value, str):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None
