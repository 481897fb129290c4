"""Sections as people write them, each with the request that it was written for, and what may change in a request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cache_service.posting.extract import extract_facts
from cache_service.posting.facts import Facts, facts_of
from cache_service.posting.request import PostingRequest
from cache_service.posting.sections import SECTIONS, SectionKind


@dataclass(frozen=True)
class Template:
    """A section's text and the request that it was written for."""

    kind: SectionKind
    text: str
    company: dict[str, Any]
    job: dict[str, Any]
    language: str
    heading: str = ""

    @property
    def facts(self) -> Facts:
        """What its request states."""
        return facts(self.company, self.job)


@dataclass(frozen=True)
class Variation:
    """A request that differs from a template's in one matter. ``fact``: what; ``operation``: swap, remove, add."""

    fact: str
    operation: str
    wanted: Facts


def facts(company: dict[str, Any], job: dict[str, Any]) -> Facts:
    """The facts of a request."""
    return facts_of(PostingRequest.model_validate({"company": company, "requirements": job}))


_YEARS: tuple[dict[str, int], ...] = (
    {"years_min": 5},
    {"years_min": 2},
    {"years_min": 4, "years_max": 8},
    {"years_min": 1},
    {},
)
_PAY: dict[str, tuple[dict[str, int], ...]] = {
    "year": ({"salary_min": 36_000_000, "salary_max": 45_000_000}, {"salary_min": 90_000_000, "salary_max": 110_000_000},
             {"salary_min": 42_000_000}),
    "month": ({"salary_min": 2_800_000, "salary_max": 3_400_000}, {"salary_min": 3_100_000}),
    "hour": ({"salary_min": 11_500, "salary_max": 14_000}, {"salary_min": 13_000}),
    "day": ({"salary_min": 140_000, "salary_max": 180_000}, {"salary_min": 160_000}),
}  # fmt: skip
_OTHER: dict[str, dict[str, Any]] = {
    "ko": {
        "name": ("한빛소프트랩", "모두의식탁"), "title": ("회계 담당자", "물류 매니저"), "location": ("대전 유성구", "부산 해운대구"),
        "education": ("석사 이상", "전문학사 이상"), "contact": ("apply@example.org",),
        "skills": ("엑셀 고급 활용", "Terraform"), "preferred": ("해외 근무 경험", "관련 자격증 보유자"),
        "responsibilities": ("월간 성과 보고서 작성", "협력사 관리"), "benefits": ("생일 반차", "도서 구입비 지원"),
        "hiring_process": ("컬처핏 면접", "처우 협의"), "culture": ("자율 출퇴근", "정시 퇴근"), "industry": ("물류", "의료 기기"),
    },
    "en": {
        "name": ("Bluebird Works", "Orchard"), "title": ("Account Manager", "Electrician"), "location": ("Portland, OR", "Leeds"),
        "education": ("Master's degree", "High school diploma"), "contact": ("apply@example.org",),
        "skills": ("Tableau", "Salesforce"), "preferred": ("Experience abroad", "A relevant certification"),
        "responsibilities": ("Prepare monthly performance reports", "Coordinate with suppliers"),
        "benefits": ("Birthday leave", "Learning stipend"), "hiring_process": ("Team interview", "Reference check"), "culture": ("No meetings on Fridays", "Open salaries"), "industry": ("logistics", "aerospace"),
    },
}  # fmt: skip
_WORDS = {
    "employment_type": ("full_time", "contract", "part_time"),
    "work_mode": ("onsite", "hybrid", "remote"),
    "seniority": ("junior", "senior", "mid"),
}
_NUMBERS = {"headcount": (1, 4), "probation_months": (6, 1)}
_LISTS = ("skills", "preferred", "responsibilities", "benefits", "hiring_process", "culture")


def variations(template: Template) -> Iterator[Variation]:
    """Requests that differ from the template's in one fact that its section depends on or its text states."""
    job = template.job
    depends = {path.partition(".")[2] for path in SECTIONS[template.kind].depends_on}
    depends |= {fact.type for fact in extract_facts(template.text, template.language)}
    if "name" in depends or template.company["name"] in template.text:
        for name in _OTHER[template.language]["name"]:
            yield Variation("company", "swap", facts({**template.company, "name": name}, job))
    if job["title"] in template.text:
        for title in _OTHER[template.language]["title"]:
            yield Variation("title", "swap", facts(template.company, {**job, "title": title}))
    yield from _years(template, depends)
    yield from _pay(template, depends)
    for name in ("location", "education", "contact"):
        yield from _single(template, depends, name, _OTHER[template.language][name])
    yield from _single(template, depends, "deadline", ("2027-03-05", "2026-11-30"))
    for name, values in (*_WORDS.items(), *_NUMBERS.items()):
        yield from _single(template, depends, name, values)
    yield from _industry(template)
    for name in _LISTS:
        yield from _list(template, depends, name)


def _without(job: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in job.items() if name not in names}


def _years(template: Template, depends: set[str]) -> Iterator[Variation]:
    job = template.job
    stated = {name: job[name] for name in ("years_min", "years_max") if name in job}
    if depends.isdisjoint({"years_min", "years_max"}):
        return
    for years in _YEARS:
        if years != stated:
            operation = "add" if not stated else "swap" if years else "remove"
            wanted = {**_without(job, "years_min", "years_max"), **years}
            yield Variation("years", operation, facts(template.company, wanted))


def _pay(template: Template, depends: set[str]) -> Iterator[Variation]:
    job = template.job
    if depends.isdisjoint({"salary_min", "salary_max"}):
        return
    if "salary_min" not in job and "salary_max" not in job:
        for period, currency in (("year", "KRW"), ("month", "KRW")):
            added = {**_PAY[period][0], "salary_period": period, "currency": currency}
            yield Variation("salary", "add", facts(template.company, {**job, **added}))
        return
    if "salary_period" not in job:
        return
    rest = _without(job, "salary_min", "salary_max")
    dollars = job.get("currency") != "KRW"
    for pay in _PAY[job["salary_period"]]:
        scale = 1000 if dollars and job["salary_period"] == "year" else 1
        converted = {
            name: (value // 1000 if scale == 1000 else value // 500 if dollars else value)
            for name, value in pay.items()
        }
        yield Variation("salary", "swap", facts(template.company, {**rest, **converted}))
    yield Variation("salary", "remove", facts(template.company, _without(rest, "salary_period", "currency")))


def _single(template: Template, depends: set[str], name: str, values: tuple[Any, ...]) -> Iterator[Variation]:
    job = template.job
    value = job.get(name)
    if name not in depends and not (isinstance(value, str) and value in template.text):
        return
    if value is None and name == "seniority":
        return
    for other in values:
        if other != value:
            yield Variation(name, "swap" if name in job else "add", facts(template.company, {**job, name: other}))
    if name in job and len(_without(job, name)) > 1:
        yield Variation(name, "remove", facts(template.company, _without(job, name)))


def _industry(template: Template) -> Iterator[Variation]:
    company = template.company
    if "industry" not in company or company["industry"] not in template.text:
        return
    for industry in _OTHER[template.language]["industry"]:
        yield Variation("industry", "swap", facts({**company, "industry": industry}, template.job))


def _list(template: Template, depends: set[str], name: str) -> Iterator[Variation]:
    where = "company" if name in {"benefits", "hiring_process", "culture"} else "job"
    fields = template.company if where == "company" else template.job
    items = list(fields.get(name, ()))
    if not items or name not in depends:
        return
    fact = {"skills": "skill", "benefits": "benefit"}.get(name, name)
    new = list(_OTHER[template.language][name])
    for operation, wanted in (
        ("swap", [new[0], *items[1:]]),
        ("swap", [*items[:-1], new[1]]),
        ("remove", items[1:]),
        ("remove", items[:-1]),
        ("add", [*items, new[0]]),
    ):
        if wanted:
            company = {**template.company, name: wanted} if where == "company" else template.company
            job = {**template.job, name: wanted} if where == "job" else template.job
            yield Variation(fact, operation, facts(company, job))
