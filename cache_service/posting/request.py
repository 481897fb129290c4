"""The request for a posting, as it comes from outside: ``PostingRequest`` and its limits.

The fields are the contract with clients. Every text is cleaned here once (see ``canonical.tidy``); every limit
is enforced here and nowhere else, and every violation names the JSON pointer of what is wrong.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from cache_service.posting.canonical import forbidden_control, tidy, tidy_block
from cache_service.posting.sections import EXCLUDABLE

MAX_NAME_CHARS = 200
MAX_LINE_CHARS = 1_000
MAX_BLOCK_CHARS = 10_000
MAX_LIST_ITEMS = 200
MAX_SKILL_ITEMS = 100
MAX_MONEY = 10**13
MAX_YEARS = 60

Seniority = Literal["intern", "entry", "junior", "mid", "senior", "lead", "executive", "any"]
EmploymentType = Literal["full_time", "contract", "part_time", "intern", "freelance"]
WorkMode = Literal["onsite", "hybrid", "remote"]
SalaryPeriod = Literal["year", "month", "day", "hour"]
Language = Literal["ko", "en"]
Priority = Literal["urgent", "interactive", "batch"]
RouteWanted = Literal["fast", "quality", "hybrid", "composed"]


def forbid_control(value: object) -> object:
    """Refuse a text that holds a control character; anything else passes."""
    if isinstance(value, str) and (found := forbidden_control(value)) is not None:
        raise PydanticCustomError(
            "control_character", "control character U+{code} is not allowed", {"code": f"{ord(found):04X}"}
        )
    return value


def _not_blank(value: str) -> str:
    if not value:
        raise PydanticCustomError("blank", "must hold at least one visible character")
    return value


def _iso_date(value: object) -> object:
    if value is None or isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("date_type", "must be an ISO 8601 date such as 2026-12-31")
    try:
        return dt.date.fromisoformat(value)
    except ValueError as exc:
        raise PydanticCustomError("date_value", "must be an ISO 8601 date such as 2026-12-31") from exc


def _drop_repeats(items: list[str]) -> list[str]:
    return list(dict.fromkeys(items))


Name = Annotated[
    str,
    BeforeValidator(forbid_control),
    Field(max_length=MAX_NAME_CHARS),
    AfterValidator(tidy),
    AfterValidator(_not_blank),
]
Line = Annotated[
    str,
    BeforeValidator(forbid_control),
    Field(max_length=MAX_LINE_CHARS),
    AfterValidator(tidy),
    AfterValidator(_not_blank),
]
Block = Annotated[str, BeforeValidator(forbid_control), Field(max_length=MAX_BLOCK_CHARS), AfterValidator(tidy_block)]
Lines = Annotated[list[Line], Field(max_length=MAX_LIST_ITEMS), AfterValidator(_drop_repeats)]
Skills = Annotated[list[Name], Field(max_length=MAX_SKILL_ITEMS), AfterValidator(_drop_repeats)]
IsoDate = Annotated[dt.date, BeforeValidator(_iso_date)]
Money = Annotated[int, Field(ge=0, le=MAX_MONEY)]
Years = Annotated[int, Field(ge=0, le=MAX_YEARS)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


class _Strict(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


class Company(_Strict):
    """The profile of the company. Only ``name`` is required; null or missing states nothing."""

    name: Name
    industry: Name | None = None
    """As the company words it, for example 핀테크."""
    about: Block | None = None
    """What the company is and does, in its own words; quoted as given."""
    size: Name | None = None
    """Number of people as text, for example 51-200."""
    founded: Annotated[int, Field(ge=1000, le=2200)] | None = None
    """Year."""
    location: Line | None = None
    """Where the company is."""
    culture: Lines | None = None
    """Ways of working, one an item."""
    benefits: Lines | None = None
    """What people get beside pay, one an item. Nothing else is ever offered in a posting."""
    hiring_process: Lines | None = None
    """Steps, in order of appearance."""


class Requirements(_Strict):
    """The job on offer. Only ``title`` is required; null or missing states nothing."""

    title: Name
    """Of the job, for example 백엔드 개발자."""
    seniority: Seniority | None = None
    """any: open to all levels."""
    years_min: Years | None = None
    """Whole years of experience asked for, at least."""
    years_max: Years | None = None
    """Whole years of experience, at most."""
    employment_type: EmploymentType | None = None
    work_mode: WorkMode | None = None
    location: Line | None = None
    """Where the work is; the company's location if left out."""
    salary_min: Money | None = None
    """Whole units of `currency`."""
    salary_max: Money | None = None
    """Whole units of `currency`."""
    salary_period: SalaryPeriod | None = None
    currency: Currency | None = None
    """ISO 4217, for example KRW."""
    headcount: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """How many people are wanted."""
    deadline: IsoDate | None = None
    """Last day for applications, ISO 8601."""
    education: Line | None = None
    """As worded, for example 학사 이상; 무관 for none."""
    probation_months: Annotated[int, Field(ge=0, le=60)] | None = None
    """Whole months; 0: none."""
    responsibilities: Lines | None = None
    """Duties, one an item."""
    skills: Skills | None = None
    """One an item."""
    preferred: Lines | None = None
    """What is welcome but not required, one an item."""
    contact: Line | None = None
    """E-mail address, telephone number or page for questions."""
    notes: Block | None = None
    """To the writer; not quoted, and part of what a written section depends on."""

    @model_validator(mode="after")
    def _ranges(self) -> Self:
        for low, high in (("years_min", "years_max"), ("salary_min", "salary_max")):
            least, most = getattr(self, low), getattr(self, high)
            if least is not None and most is not None and least > most:
                raise PydanticCustomError(
                    "range",
                    "{low} ({least}) is greater than {high} ({most})",
                    {"low": low, "high": high, "least": least, "most": most, "pointer": low},
                )
        return self


def _known_exclusion(value: str) -> str:
    if value not in EXCLUDABLE:
        raise PydanticCustomError(
            "exclude",
            "is neither a section nor a request field; known are: {known}",
            {"known": ", ".join(sorted(EXCLUDABLE))},
        )
    return value


class Options(_Strict):
    """How to answer: language, tone, priority, how much risk of wrong reuse, and what to leave out."""

    language: Language | None = None
    """ko or en; left out, Korean if any of the request is in Hangul, else English."""
    tone: Name | None = None
    """For example friendly or formal, 친근한 or 격식."""
    priority: Priority = "interactive"
    """batch gives way to interactive, interactive to urgent."""
    max_error: Annotated[float, Field(gt=0, le=1)] | None = None
    """Highest share of wrong reuse among served hits; the setting of the service if left out."""
    fresh: bool = False
    """Reuse nothing."""
    route: RouteWanted | None = None
    """What writes the sections that the cache cannot supply; left out, that is weighed section by section."""
    cache_only: bool = False
    """Call no model; what the cache lacks is listed in `missing`."""
    session_id: Name | None = None
    """Groups the requests of one person filling one form."""
    exclude: Annotated[list[Annotated[str, AfterValidator(_known_exclusion)]], Field(max_length=64)] | None = None
    """Sections or fields that the posting must not state, for example salary."""


class PostingRequest(_Strict):
    """What a client asks for: write a posting for this company and these requirements."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "company": {
                        "name": "누리페이",
                        "industry": "핀테크",
                        "about": "간편결제 인프라를 만드는 회사입니다.",
                        "benefits": ["점심 식대 지원", "재택근무 주 2회"],
                        "hiring_process": ["서류 전형", "코딩 테스트", "기술 면접", "최종 합격"],
                    },
                    "requirements": {
                        "title": "백엔드 개발자",
                        "years_min": 3,
                        "years_max": 7,
                        "employment_type": "full_time",
                        "work_mode": "hybrid",
                        "location": "판교",
                        "skills": ["Java", "Spring Boot", "Kafka"],
                    },
                    "options": {"language": "ko"},
                }
            ]
        }
    )

    company: Company
    requirements: Requirements
    options: Options = Options()

    @property
    def language(self) -> Language:
        """The language to write in: as asked for, else Korean if any of the request is in Hangul, else English."""
        if self.options.language is not None:
            return self.options.language
        return "ko" if _HANGUL.search(self.model_dump_json(exclude={"options"})) else "en"
