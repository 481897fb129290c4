"""The typed facts of the job on offer, from a posting's short fields first and its texts second."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from cache_service.jobs.derive.fields import line_of, names_of
from cache_service.jobs.derive.stated import stated_values
from cache_service.jobs.derive.values import education_of, employment_type_of, seniority_of
from cache_service.posting.request import (
    MAX_LINE_CHARS,
    MAX_NAME_CHARS,
    MAX_SKILL_ITEMS,
    MAX_YEARS,
    Language,
)

_MAX_PROBATION_MONTHS: Final = 60
_MAX_HEADCOUNT: Final = 1_000_000


def job_facts(
    record: Mapping[str, Any],
    *,
    title: str,
    requirements: str | None,
    conditions: Sequence[str],
    language: Language,
) -> dict[str, Any]:
    """The fields of ``requirements`` of a request that are values. ``conditions``: texts on conditions and hiring."""
    seniority, employment = line_of(record, "seniority"), line_of(record, "employment_type")
    location = line_of(record, "location")
    least, most = _years([title, seniority or "", requirements or ""], language)
    stated = stated_values(conditions, language)
    facts: dict[str, Any] = {
        "title": title,
        "seniority": seniority_of(seniority, title),
        "years_min": least,
        "years_max": most,
        "employment_type": employment_type_of(employment, title),
        "work_mode": stated.get("work_mode"),
        "location": location if location and len(location) <= MAX_LINE_CHARS else None,
        "education": education_of(requirements or ""),
        "skills": _skills(record),
        "deadline": _date(stated.get("deadline")),
        "probation_months": _number(stated.get("probation_months"), _MAX_PROBATION_MONTHS),
        "headcount": _number(stated.get("headcount"), _MAX_HEADCOUNT) or None,
    }
    if facts["employment_type"] is None and employment is None:
        facts["employment_type"] = stated.get("employment_type")
    return {name: value for name, value in facts.items() if value is not None}


def _years(sources: Sequence[str], language: Language) -> tuple[int | None, int | None]:
    """From the first source that states years; none where it states several."""
    for source in sources:
        stated = stated_values([source], language)
        least, most = _number(stated.get("years_min"), MAX_YEARS), _number(stated.get("years_max"), MAX_YEARS)
        if least is not None and most is not None and least > most:
            return None, None
        if least is not None or most is not None:
            return least, most
    return None, None


def _skills(record: Mapping[str, Any]) -> list[str] | None:
    skills = names_of(record, "skills")
    if not skills or len(skills) > MAX_SKILL_ITEMS or any(len(skill) > MAX_NAME_CHARS for skill in skills):
        return None
    return list(skills)


def _number(value: int | str | None, most: int) -> int | None:
    return value if isinstance(value, int) and 0 <= value <= most else None


def _date(value: int | str | None) -> dt.date | None:
    """Only a full date: the request has no place for "until filled" or a day without its year."""
    if not isinstance(value, str):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None
