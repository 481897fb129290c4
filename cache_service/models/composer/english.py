"""The sections in English: full forms, or contractions and "you" for a friendly register."""

from __future__ import annotations

from typing import Final

from cache_service.models.composer.layout import (
    SectionWriter,
    bullets,
    fits_inline,
    lines,
    paragraphs,
    sentences,
)
from cache_service.models.composer.register import Register
from cache_service.models.composer.values import (
    Places,
    Range,
    grouped,
    headline_place,
    is_bare_number,
    iso_date,
    says_already,
)
from cache_service.posting.facts import Facts
from cache_service.posting.grammar.articles import counted, listed, with_article
from cache_service.posting.sections import SectionKind

_LEVELS: Final = {
    "intern": "Intern", "entry": "Entry-level", "junior": "Junior", "mid": "Mid-level", "senior": "Senior",
    "lead": "Lead", "executive": "Executive", "any": "All levels",
}  # fmt: skip
_EMPLOYMENT: Final = {
    "full_time": "Full-time", "contract": "Contract", "part_time": "Part-time", "intern": "Internship",
    "freelance": "Freelance",
}  # fmt: skip
_WORK_MODES: Final = {
    "onsite": "On-site", "hybrid": "Hybrid (a mix of on-site and remote work)", "remote": "Fully remote",
}  # fmt: skip
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def headline(facts: Facts, _: Register) -> str:
    """One line: title, level, company, employment type, place."""
    employment = _EMPLOYMENT.get(facts.text("requirements.employment_type") or "")
    title = _titled(facts, already=employment)
    parts = (f"{title} at {_company(facts)}", employment, headline_place(facts))
    return " · ".join(part for part in parts if part)


def company(facts: Facts, register: Register) -> str:
    """What the company is, its own words about itself, its culture."""
    name, about = _company(facts), facts.text("company.about")
    culture = facts.items_of("company.culture")
    introduction = _introduction(facts)
    if about and not introduction and name not in about:
        introduction = f"{register.choose('Introducing', 'Meet')} {name}."
    if not culture:
        return paragraphs(introduction, about) or f"{_we_are(register)} hiring at {name}."
    where = "" if introduction or about else f" at {name}"
    whose = register.choose("The culture", "Our culture")
    return paragraphs(introduction, about, lines(f"{whose}{where}:", bullets(culture)))


def responsibilities(facts: Facts, register: Register) -> str:
    """The given duties under a line naming the job; without duties, a sentence that names only the job."""
    industry = facts.text("company.industry")
    role = f"{_titled(facts)} role{_in_sector(industry)}"
    duties = facts.items_of("requirements.responsibilities")
    if not duties:
        return f"This is {with_article(role)}."
    lead_in = register.choose(f"The responsibilities of the {role} are:", f"In this {role}, you'll take on:")
    return lines(lead_in, bullets(duties))


def requirements(facts: Facts, register: Register) -> str:
    """Level, years, education and skills, one a line; without any, a sentence that asks for nothing."""
    role = f"{facts.text('requirements.title')} role"
    asked = (*_experience(facts), *_education(facts), *_skills(facts))
    if not asked:
        return f"{_we_are(register)} accepting applications for the {role}."
    lead_in = register.choose(f"The requirements for the {role} are:", f"For the {role}, we're looking for:")
    return lines(lead_in, bullets(asked))


def preferred(facts: Facts, register: Register) -> str:
    """What is preferred, under a line that says it is."""
    role = f"{facts.text('requirements.title')} role"
    return lines(
        register.choose(f"The following are preferred for the {role}:", f"Nice to have for the {role}:"),
        bullets(facts.items_of("requirements.preferred")),
    )


def conditions(facts: Facts, _: Register) -> str:
    """The terms of the job, a labelled line each."""
    places = Places.of(facts)
    headcount, months = facts.number("requirements.headcount"), facts.number("requirements.probation_months")
    probation = None if months is None else counted(months, "month")
    return lines(
        _labelled("Employment type", _EMPLOYMENT.get(facts.text("requirements.employment_type") or "")),
        _labelled("Work mode", _WORK_MODES.get(facts.text("requirements.work_mode") or "")),
        _labelled("Work location", places.work),
        _labelled("Company location", places.company),
        _pay(facts),
        _labelled("Openings", None if headcount is None else grouped(headcount)),
        "No probation period" if months == 0 else _labelled("Probation period", probation),
    )


def benefits(facts: Facts, register: Register) -> str:
    """The given benefits and no other."""
    return lines(
        register.choose("The following benefits are provided:", "Here's what we offer:"),
        bullets(facts.items_of("company.benefits")),
    )


def process(facts: Facts, _: Register) -> str:
    """The steps in the order given, the deadline, whom to ask."""
    steps = facts.items_of("company.hiring_process")
    deadline = facts.text("requirements.deadline")
    return lines(
        _labelled("Steps", " → ".join(steps)) if fits_inline(steps) else lines("Steps:", bullets(steps)),
        None if deadline is None else f"Apply by {_date(deadline)}",
        _labelled("Contact", facts.text("requirements.contact")),
    )


WRITERS: Final[dict[SectionKind, SectionWriter]] = {
    "headline": headline,
    "company": company,
    "responsibilities": responsibilities,
    "requirements": requirements,
    "preferred": preferred,
    "conditions": conditions,
    "benefits": benefits,
    "process": process,
}


def _company(facts: Facts) -> str:
    return facts.text("company.name") or ""


def _we_are(register: Register) -> str:
    return register.choose("We are", "We're")


def _labelled(label: str, value: str | None) -> str | None:
    return f"{label}: {value}" if value else None


def _titled(facts: Facts, already: str | None = None) -> str:
    """The title with its level: "Nurse (Senior)"; without, where title or text says it already."""
    title = facts.text("requirements.title") or ""
    level = _LEVELS.get(facts.text("requirements.seniority") or "")
    if level is None or says_already(title, level) or (level == "Intern" and already == "Internship"):
        return title
    return f"{title} ({level})"


def _in_sector(industry: str | None) -> str:
    if industry is None:
        return ""
    named = industry.casefold().endswith(("industry", "sector"))
    return f" in the {industry}" if named else f" in the {industry} sector"


def _introduction(facts: Facts) -> str:
    """Nuri Pay is a company in the fintech sector, founded in 2016. It has 51-200 employees."""
    identity = _identity(facts)
    size = facts.text("company.size")
    if size is None:
        return sentences(identity)
    if not is_bare_number(size):
        whose = "" if identity else f" of {_company(facts)}"
        return sentences(identity, f"Company size{whose}: {size}.")
    who = "It" if identity else _company(facts)
    return sentences(identity, f"{who} has {size} {'employee' if size == '1' else 'employees'}.")


def _identity(facts: Facts) -> str | None:
    founded, industry = facts.number("company.founded"), facts.text("company.industry")
    if industry is not None:
        since = "" if founded is None else f", founded in {founded}"
        return f"{_company(facts)} is a company{_in_sector(industry)}{since}."
    return None if founded is None else f"{_company(facts)} was founded in {founded}."


def _experience(facts: Facts) -> tuple[str, ...]:
    level = _LEVELS.get(facts.text("requirements.seniority") or "")
    years = Range.of(facts, "years")
    return tuple(part for part in (_labelled("Level", level), years and _years(years)) if part)


def _years(years: Range) -> str:
    match years.low, years.high:
        case 0, None:
            return "0+ years of experience"
        case int(low), None:
            return f"At least {counted(low, 'year')} of experience"
        case None, int(high):
            return f"Up to {counted(high, 'year')} of experience"
        case low, int(high) if low == high:
            return f"{counted(high, 'year')} of experience"
        case low, high:
            return f"{low}–{high} years of experience"


def _education(facts: Facts) -> tuple[str, ...]:
    education = facts.text("requirements.education")
    return () if education is None else (f"Education: {education}",)


def _skills(facts: Facts) -> tuple[str, ...]:
    skills = facts.items_of("requirements.skills")
    return (f"Skills: {listed(skills)}",) if skills and fits_inline(skills) else skills


def _pay(facts: Facts) -> str | None:
    salary = Range.of(facts, "salary")
    period, currency = facts.text("requirements.salary_period"), facts.text("requirements.currency")
    per = f"per {period}" if period else None
    if salary is None:
        return lines(_labelled("Pay basis", per), _labelled("Pay currency", currency)) or None
    label = "Pay" if period in ("day", "hour") else "Salary"
    return f"{label}: {sentences(_bound(salary), currency, '–'.join(map(grouped, salary.bounds)), per)}"


def _bound(salary: Range) -> str | None:
    if salary.high is None:
        return "at least"
    return "up to" if salary.low is None else None


def _date(text: str) -> str:
    date = iso_date(text)
    return text if date is None else f"{_MONTHS[date.month - 1]} {date.day}, {date.year}"
