"""The kinds of section and the facts each declares as its inputs, as data.

``SECTIONS`` is the dependency table: the least a section of that kind depends on. A text may state more; what it
states more is found when it is stored (``cache.guard``) and checked before it is reused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

SectionKind = Literal[
    "headline", "company", "responsibilities", "requirements", "preferred", "conditions", "benefits", "process"
]
KINDS: Final[tuple[SectionKind, ...]] = get_args(SectionKind)

# The facts of a request by field path, in the order in which they are rendered.
COMPANY_FIELDS: Final = (
    "name", "industry", "about", "size", "founded", "location", "culture", "benefits", "hiring_process",
)  # fmt: skip
JOB_FIELDS: Final = (
    "title", "seniority", "years_min", "years_max", "employment_type", "work_mode", "location", "salary_min",
    "salary_max", "salary_period", "currency", "headcount", "deadline", "education", "probation_months",
    "responsibilities", "skills", "preferred", "contact", "notes",
)  # fmt: skip
FactPath = str
PATHS: Final[tuple[FactPath, ...]] = (
    *(f"company.{field}" for field in COMPANY_FIELDS),
    *(f"requirements.{field}" for field in JOB_FIELDS),
)
# Compared by meaning when the wording differs; every other field is compared as a value.
FREE_TEXT: Final[frozenset[FactPath]] = frozenset(
    {
        "company.about",
        "company.culture",
        "requirements.responsibilities",
        "requirements.preferred",
        "requirements.notes",
    }
)
LIST_PATHS: Final[frozenset[FactPath]] = frozenset(
    {
        "company.culture",
        "company.benefits",
        "company.hiring_process",
        "requirements.responsibilities",
        "requirements.skills",
        "requirements.preferred",
    }
)


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """What one kind of section is made of.

    ``depends_on``: its inputs. ``present_if``: it is left out unless one of these is stated. ``prose``: people
    expect it written, so rules alone are its last resort. ``headings``: what stands over it, by language.
    """

    kind: SectionKind
    depends_on: tuple[FactPath, ...]
    present_if: tuple[FactPath, ...]
    prose: bool
    headings: dict[str, str]


def _job(*names: str) -> tuple[FactPath, ...]:
    return tuple(f"requirements.{name}" for name in names)


def _company(*names: str) -> tuple[FactPath, ...]:
    return tuple(f"company.{name}" for name in names)


# Notes to the writer are about the job: they go to the two sections that describe it, which depend on them therefore.
_NOTES = _job("notes")
_LOCATION = ("requirements.location", "company.location")
_SALARY = _job("salary_min", "salary_max", "salary_period", "currency")
_CONDITIONS = (
    *_job("employment_type"), *_LOCATION, *_job("work_mode"), *_SALARY, *_job("headcount", "probation_months"),
)  # fmt: skip

SECTIONS: Final[dict[SectionKind, SectionSpec]] = {
    spec.kind: spec
    for spec in (
        SectionSpec(
            "headline",
            ("company.name", *_job("title", "seniority", "employment_type"), *_LOCATION),
            ("requirements.title",),
            prose=False,
            headings={"ko": "채용 공고", "en": "Job posting"},
        ),
        SectionSpec(
            "company",
            _company("name", "industry", "about", "size", "founded", "culture"),
            ("company.name",),
            prose=True,
            headings={"ko": "회사 소개", "en": "About the company"},
        ),
        SectionSpec(
            "responsibilities",
            (*_job("title", "seniority"), "company.industry", *_job("responsibilities"), *_NOTES),
            ("requirements.title",),
            prose=True,
            headings={"ko": "주요 업무", "en": "Responsibilities"},
        ),
        SectionSpec(
            "requirements",
            (*_job("title", "seniority", "years_min", "years_max", "education", "skills"), *_NOTES),
            ("requirements.title",),
            prose=True,
            headings={"ko": "자격 요건", "en": "Requirements"},
        ),
        SectionSpec(
            "preferred",
            _job("title", "preferred"),
            _job("preferred"),
            prose=True,
            headings={"ko": "우대 사항", "en": "Preferred qualifications"},
        ),
        SectionSpec(
            "conditions",
            _CONDITIONS,
            _CONDITIONS,
            prose=False,
            headings={"ko": "근무 조건", "en": "Conditions"},
        ),
        SectionSpec(
            "benefits",
            ("company.benefits", *_job("work_mode", "employment_type")),
            ("company.benefits",),
            prose=False,
            headings={"ko": "복리후생", "en": "Benefits"},
        ),
        SectionSpec(
            "process",
            ("company.hiring_process", *_job("deadline", "contact")),
            ("company.hiring_process", *_job("deadline", "contact")),
            prose=False,
            headings={"ko": "채용 절차", "en": "Hiring process"},
        ),
    )
}

_ALIASES: Final[dict[str, tuple[FactPath, ...]]] = {
    "salary": _SALARY,
    "years": _job("years_min", "years_max"),
    "location": _LOCATION,
    "probation": _job("probation_months"),
    **{field: (f"company.{field}",) for field in COMPANY_FIELDS if field not in {"name", "location"}},
    **{field: (f"requirements.{field}",) for field in JOB_FIELDS if field not in {"title", "location"}},
}
# What ``options.exclude`` may name: a section, a request field, or a group of fields.
EXCLUDABLE: Final[frozenset[str]] = frozenset({*_ALIASES, *KINDS})


def excluded_paths(names: tuple[str, ...]) -> frozenset[FactPath]:
    """The fact paths that ``names`` (from ``options.exclude``) take out of the posting."""
    return frozenset(path for name in names for path in _ALIASES.get(name, ()))
