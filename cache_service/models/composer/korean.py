"""The sections in Korean: 합니다체, or 해요체 for a friendly register.

Names and titles are followed by words that need no particle wherever the sentence allows it ("... 직무의"), and
by ``particles.attach`` where it does not.
"""

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
from cache_service.posting.canonical import fold
from cache_service.posting.facts import Facts
from cache_service.posting.grammar.particles import Particle, attach
from cache_service.posting.sections import SectionKind

_LEVELS: Final = {
    "intern": "인턴", "entry": "신입", "junior": "주니어", "mid": "미들", "senior": "시니어", "lead": "리드",
    "executive": "임원", "any": "직급 무관",
}  # fmt: skip
_EMPLOYMENT: Final = {
    "full_time": "정규직", "contract": "계약직", "part_time": "파트타임", "intern": "인턴",
    "freelance": "프리랜서",
}  # fmt: skip
_WORK_MODES: Final = {
    "onsite": "출근 근무", "hybrid": "하이브리드 근무(출근과 재택 병행)", "remote": "전면 재택근무(원격 근무)",
}  # fmt: skip
_PERIODS: Final = {"year": "연봉", "month": "월급", "day": "일급", "hour": "시급"}
_MAN, _EOK = 10_000, 100_000_000


def headline(facts: Facts, _: Register) -> str:
    """One line: company, title, level, employment type, place."""
    employment = _EMPLOYMENT.get(facts.text("requirements.employment_type") or "")
    title, level = facts.text("requirements.title"), _level(facts)
    ranked = f"{title} ({level})" if level and level != employment else title
    parts = (f"[{_company(facts)}] {ranked}", employment, headline_place(facts))
    return " · ".join(part for part in parts if part)


def company(facts: Facts, register: Register) -> str:
    """What the company is, its own words about itself, its culture."""
    name, about = _company(facts), facts.text("company.about")
    culture = facts.items_of("company.culture")
    introduction = _introduction(facts, register)
    if about and not introduction and name not in about:
        introduction = f"{attach(name, Particle.OBJECT)} {register.choose('소개합니다', '소개할게요')}."
    if not culture:
        alone = f"{name}에서 함께할 동료를 {register.choose('찾습니다', '찾아요')}."
        return paragraphs(introduction, about) or alone
    whose = "" if introduction or about else f"{name}의 "
    like_this = register.choose("같습니다", "같아요")
    return paragraphs(introduction, about, lines(f"{whose}조직 문화는 다음과 {like_this}.", bullets(culture)))


def responsibilities(facts: Facts, register: Register) -> str:
    """The given duties under a sentence naming the job; without duties, a sentence that names only the job."""
    industry = facts.text("company.industry")
    job = f"{industry} 분야의 {_job(facts)}" if industry else _job(facts)
    duties = facts.items_of("requirements.responsibilities")
    if not duties:
        return f"{attach(job, Particle.OBJECT)} {register.choose('담당합니다', '담당해요')}."
    return lines(f"{job}에서 담당할 {register.choose('업무입니다', '업무예요')}.", bullets(duties))


def requirements(facts: Facts, register: Register) -> str:
    """Level, years, education and skills, one a line; without any, a sentence that asks for nothing."""
    job = _position(facts.text("requirements.title") or "")
    asked = (*_experience(facts), *_education(facts), *_skills(facts))
    if not asked:
        return f"{job}에 지원할 분을 {register.choose('찾습니다', '찾아요')}."
    return lines(f"{job}의 자격 {register.choose('요건입니다', '요건이에요')}.", bullets(asked))


def preferred(facts: Facts, register: Register) -> str:
    """What is preferred, under a sentence that says it is."""
    job = _position(facts.text("requirements.title") or "")
    return lines(
        f"{job}에서는 다음에 해당하는 분을 {register.choose('우대합니다', '우대해요')}.",
        bullets(facts.items_of("requirements.preferred")),
    )


def conditions(facts: Facts, _: Register) -> str:
    """The terms of the job, a labelled line each."""
    places = Places.of(facts)
    headcount, months = facts.number("requirements.headcount"), facts.number("requirements.probation_months")
    return lines(
        _labelled("고용 형태", _EMPLOYMENT.get(facts.text("requirements.employment_type") or "")),
        _labelled("근무 방식", _WORK_MODES.get(facts.text("requirements.work_mode") or "")),
        _labelled("근무지", places.work),
        _labelled("회사 소재지", places.company),
        _pay(facts),
        _labelled("모집 인원", None if headcount is None else f"{grouped(headcount)}명"),
        "수습 기간 없음" if months == 0 else _labelled("수습 기간", f"{months}개월" if months else None),
    )


def benefits(facts: Facts, register: Register) -> str:
    """The given benefits and no other."""
    offered = bullets(facts.items_of("company.benefits"))
    return lines(f"다음 복리후생을 {register.choose('제공합니다', '제공해요')}.", offered)


def process(facts: Facts, _: Register) -> str:
    """The steps in the order given, the deadline, whom to ask."""
    steps = facts.items_of("company.hiring_process")
    deadline = facts.text("requirements.deadline")
    return lines(
        _labelled("전형 절차", " → ".join(steps)) if fits_inline(steps) else lines("전형 절차", bullets(steps)),
        _labelled("지원 마감", None if deadline is None else _date(deadline)),
        _labelled("문의", facts.text("requirements.contact")),
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


def _labelled(label: str, value: str | None) -> str | None:
    return f"{label}: {value}" if value else None


def _level(facts: Facts) -> str | None:
    """The word for the level, unless the title says it already ("시니어 개발자")."""
    level = _LEVELS.get(facts.text("requirements.seniority") or "")
    return None if level is None or says_already(facts.text("requirements.title") or "", level) else level


def _position(title: str) -> str:
    return title if title.endswith(("직무", "포지션")) else f"{title} 직무"


def _job(facts: Facts) -> str:
    title, level = facts.text("requirements.title") or "", _level(facts)
    position = _position(title)
    if level is None:
        return position
    return f"{position}({level})" if position == title or title.endswith(")") else f"{title}({level}) 직무"


def _introduction(facts: Facts, register: Register) -> str:
    """누리페이는 2016년에 설립된 핀테크 분야의 기업입니다. 기업 규모는 51-200명입니다."""
    identity = _identity(facts, register)
    size = facts.text("company.size")
    if size is None:
        return sentences(identity)
    whose = "" if identity else f"{_company(facts)}의 "
    worded = f"{size}명" if is_bare_number(size) else size
    is_so = register.choose("입니다", Particle.COPULA.after(worded))
    return sentences(identity, f"{whose}기업 규모는 {worded}{is_so}.")


def _identity(facts: Facts, register: Register) -> str | None:
    founded, industry = facts.number("company.founded"), facts.text("company.industry")
    subject = attach(_company(facts), Particle.TOPIC)
    a_company = register.choose("기업입니다", "기업이에요")
    match founded, industry:
        case None, None:
            return None
        case None, str():
            return f"{subject} {industry} 분야의 {a_company}."
        case _, None:
            return f"{subject} {founded}년에 설립된 {a_company}."
        case _:
            return f"{subject} {founded}년에 설립된 {industry} 분야의 {a_company}."


def _experience(facts: Facts) -> tuple[str, ...]:
    seniority, years = facts.text("requirements.seniority"), Range.of(facts, "years")
    if seniority == "any":
        return ("경력 무관",) if years is None else (_LEVELS["any"], _years(years))
    if years == Range(0, 0) and seniority in (None, "entry"):
        return ("신입 (경력 0년)",)
    level = _labelled("직급", _LEVELS.get(seniority or ""))
    return tuple(part for part in (level, years and _years(years)) if part)


def _years(years: Range) -> str:
    match years.low, years.high:
        case int(low), None:
            return f"경력 {low}년 이상"
        case None, high:
            return f"경력 {high}년 이하"
        case low, high if low == high:
            return f"경력 {low}년"
        case low, high:
            return f"경력 {low}년 이상 {high}년 이하"


def _education(facts: Facts) -> tuple[str, ...]:
    education = facts.text("requirements.education")
    if education is None:
        return ()
    if fold(education) == "무관":
        return ("학력 무관",)
    return (education if education.startswith("학력") else f"학력: {education}",)


def _skills(facts: Facts) -> tuple[str, ...]:
    skills = facts.items_of("requirements.skills")
    return (f"필요 역량: {', '.join(skills)}",) if skills and fits_inline(skills) else skills


def _pay(facts: Facts) -> str | None:
    salary = Range.of(facts, "salary")
    period, currency = facts.text("requirements.salary_period"), facts.text("requirements.currency")
    per = _PERIODS.get(period or "")
    if salary is None:
        basis = _labelled("급여 기준", per)
        return lines(basis, _labelled("급여 통화", currency)) or None
    return f"급여: {sentences(per, _money_range(salary, currency))}"


def _money_range(salary: Range, currency: str | None) -> str:
    amounts = _amounts(salary.bounds, currency)
    if len(amounts) == 1 and salary.low != salary.high:
        return f"{amounts[0]} {'이상' if salary.high is None else '이하'}"
    return " ~ ".join(amounts)


def _amounts(amounts: tuple[int, ...], currency: str | None) -> list[str]:
    """The amounts of one range in one form: 만 원 where all of them are whole 만 원, else all digits."""
    if currency == "KRW":
        in_man = all(amount % _MAN == 0 for amount in amounts)
        return [_in_man(amount) if in_man else f"{grouped(amount)}원" for amount in amounts]
    first, *rest = map(grouped, amounts)
    return [sentences(currency, first), *rest]


def _in_man(amount: int) -> str:
    """120000000 -> "1억 2,000만 원"."""
    eok, rest = divmod(amount, _EOK)
    if amount == 0:
        return "0원"
    parts = (f"{grouped(eok)}억" if eok else None, f"{grouped(rest // _MAN)}만" if rest else None)
    return f"{sentences(*parts)} 원"


def _date(text: str) -> str:
    date = iso_date(text)
    return text if date is None else f"{date.year}년 {date.month}월 {date.day}일"
