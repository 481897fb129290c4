"""What holds for every text and every pair of requests."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cache_service.cache.adapt import Adapted, Unadaptable, adapt
from cache_service.cache.adapt.additions import GROUPS
from cache_service.cache.adapt.fluency import faults
from cache_service.cache.adapt.grammar import particle_faults
from cache_service.cache.guard import Evidence, unsupported
from cache_service.models.composer import compose
from cache_service.posting.extract import extract_facts
from cache_service.posting.facts import Facts
from cache_service.posting.sections import KINDS, PATHS, SectionKind
from tests.cache.adapt.templates import Template, Variation, facts, variations
from tests.cache.adapt.templates_en import ENGLISH
from tests.cache.adapt.templates_ko import KOREAN
from tests.timing import grows_linearly

TEMPLATES = (*KOREAN, *ENGLISH)
CASES = [(template, variation) for template in TEMPLATES for variation in variations(template)]
_NUMBERS = ("years_min", "years_max", "salary_min", "salary_max", "headcount", "probation_months")


def _adapt(template: Template, text: str, stored: Facts, wanted: Facts) -> Adapted | Unadaptable:
    return adapt(template.heading, text, kind=template.kind, language=template.language, stored=stored, wanted=wanted)


def _states_only(text: str, wanted: Facts, language: str) -> None:
    assert not unsupported(text, Evidence.of(wanted, language=language), language), text
    for fact in extract_facts(text, language):
        if fact.type in _NUMBERS and f"requirements.{fact.type}" in wanted:
            assert fact.value == wanted[f"requirements.{fact.type}"], (text, fact)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.text[:24])
def test_nothing_changes_where_nothing_differs(template: Template) -> None:
    """Adapting to the same facts gives the same text."""
    same = _adapt(template, template.text, template.facts, template.facts)
    assert isinstance(same, Adapted), same
    assert (same.text, same.changes, same.rewrite) == (template.text, (), ())


def test_every_served_text_states_the_wanted_facts_and_says_what_changed() -> None:
    """Over all templates and changes: the guard supports all, the numbers are the wanted ones, most are served."""
    served = 0
    for template, variation in CASES:
        result = _adapt(template, template.text, template.facts, variation.wanted)
        if isinstance(result, Unadaptable) or result.rewrite:
            continue
        served += 1
        _states_only(result.text, variation.wanted, template.language)
        assert (result.text == template.text) == (not result.changes), result
    assert served / len(CASES) > 0.85


def test_particles_are_right_behind_what_changed() -> None:
    """A new name or title is followed by the particle that it asks for."""
    for template, variation in CASES:
        result = _adapt(template, template.text, template.facts, variation.wanted)
        if template.language == "en" or not isinstance(result, Adapted):
            continue
        for change in result.changes:
            if isinstance(change.wanted, str) and (at := result.text.find(change.wanted)) >= 0:
                assert not particle_faults(result.text, at, at + len(change.wanted)), result.text


def test_there_and_back_states_the_first_facts_again() -> None:
    """adapt(adapt(text, a -> b), b -> a) states a's facts, wherever both are served."""
    both = 0
    for template, variation in CASES:
        there = _adapt(template, template.text, template.facts, variation.wanted)
        if isinstance(there, Unadaptable) or there.rewrite or variation.operation == "remove":
            continue
        back = _adapt(template, there.text, variation.wanted, template.facts)
        if isinstance(back, Adapted) and not back.rewrite:
            both += 1
            _states_only(back.text, template.facts, template.language)
    assert both > len(CASES) / 2


_POOLS: dict[str, dict[str, tuple[Any, ...]]] = {
    "ko": {
        "title": ("간호사", "백엔드 개발자", "물류 매니저"),
        "location": ("판교", "부산 해운대구", "대전 유성구"),
        "education": ("학사 이상", "고등학교 졸업", "석사 이상", "무관"),
        "skills": ("Java", "엑셀", "Kafka", "회계", "SQL", "Figma", "운전면허"),
        "responsibilities": ("결제 API 설계와 운영", "고객 응대", "장애에 대응합니다.", "보고서 작성", "재고 관리"),
        "preferred": ("영어 능통자 우대", "인근 거주자", "해외 근무 경험", "바리스타 자격증"),
        "benefits": ("식대 지원", "인센티브 연 300%", "연차 20일", "재택근무 주 2회", "격년 건강검진", "명절 선물"),
        "hiring_process": ("서류 전형", "1차 면접", "과제 전형", "최종 합격"),
        "contact": ("jobs@nuri.kr", "02-555-0188", "https://nuri.kr/jobs"),
        "name": ("누리페이", "다온", "한빛소프트랩"),
    },
    "en": {
        "title": ("Nurse", "Backend Developer", "Account Manager"),
        "location": ("Leeds", "Austin, TX", "Portland"),
        "education": ("Bachelor's degree", "High school diploma", "Master's degree"),
        "skills": ("Java", "Excel", "Kafka", "SQL", "Figma", "driving licence"),
        "responsibilities": ("Prepare reports", "Serving customers", "You train new staff.", "Keep records"),
        "preferred": ("Spanish", "Experience abroad", "a forklift licence", "Open source contributions"),
        "benefits": ("Free lunch", "25 days of holiday", "Bonus of 10%", "Health insurance", "staff discount"),
        "hiring_process": ("Application", "Phone screen", "Interview", "Offer"),
        "contact": ("jobs@acme.com", "+1 415 555 0188", "https://acme.com/jobs"),
        "name": ("Acme", "Orchard", "Bluebird Works"),
    },
}  # fmt: skip
_LISTS = ("skills", "responsibilities", "preferred", "benefits", "hiring_process")
_COMPANY = ("name", "benefits", "hiring_process")
_TYPED = (
    "years_min", "years_max", "salary_min", "salary_max", "headcount", "probation_months", "employment_type",
    "deadline",
)  # fmt: skip


@st.composite
def _requests(draw: st.DrawFn, language: str) -> Facts:
    """Any request of a language, each field stated or not."""
    pool = _POOLS[language]
    low, high = draw(st.none() | st.integers(0, 9)), draw(st.none() | st.integers(10, 20))
    pay = draw(st.none() | st.integers(25, 90))
    scale = 1_000_000 if language == "ko" else 1_000
    values: dict[str, object | None] = {
        "years_min": low,
        "years_max": high,
        "salary_min": None if pay is None else pay * scale,
        "salary_max": None if pay is None else (pay + 5) * scale,
        "salary_period": None if pay is None else "year",
        "currency": None if pay is None else {"ko": "KRW", "en": "USD"}[language],
        "headcount": draw(st.none() | st.integers(1, 30)),
        "probation_months": draw(st.none() | st.integers(1, 12)),
        "deadline": draw(
            st.none() | st.dates().map(lambda day: day.replace(year=2027, day=min(day.day, 28)).isoformat())
        ),
        "employment_type": draw(st.none() | st.sampled_from(["full_time", "contract", "part_time", "freelance"])),
        "work_mode": draw(st.none() | st.sampled_from(["onsite", "hybrid", "remote"])),
        "seniority": draw(st.none() | st.sampled_from(["junior", "mid", "senior", "lead"])),
        "title": draw(st.sampled_from(pool["title"])),
        "name": draw(st.sampled_from(pool["name"])),
    }
    for name in ("location", "education", "contact"):
        values[name] = draw(st.none() | st.sampled_from(pool[name]))
    for name in _LISTS:
        values[name] = draw(st.lists(st.sampled_from(pool[name]), unique=True, max_size=4)) or None
    stated = {name: value for name, value in values.items() if value is not None}
    company = {name: value for name, value in stated.items() if name in _COMPANY}
    return facts(company, {name: value for name, value in stated.items() if name not in _COMPANY})


def _states_exactly(text: str, wanted: Facts, kind: SectionKind, language: str) -> None:
    """Every typed fact that is stated is the wanted one, and what the section is for is stated."""
    _states_only(text, wanted, language)
    stated = {(fact.type, fact.value) for fact in extract_facts(text, language)}
    for name, value in stated:
        if name in _TYPED:
            own = wanted.get(f"requirements.{name}")
            assert own == value or (name == "deadline" and str(own)[4:] == str(value)[1:]) or own is None, (text, name)
    composed = compose(kind, wanted, language)
    owed = set() if composed is None else {fact.type for fact in extract_facts(composed.text, language)}
    for name in owed & set(_TYPED) & {path.partition(".")[2] for group in GROUPS.get(kind, ()) for path in group}:
        assert name in {one for one, _ in stated}, (text, name)
    own_list = {"benefits": "company.benefits", "process": "company.hiring_process"}.get(kind)
    for item in wanted.items_of(own_list) if own_list else ():
        assert item.lower() in text.lower(), (text, item)


def _particles_and_grammar(before: str, result: Adapted, language: str) -> None:
    assert not faults(before, result.text, language), (before, result.text)
    for change in result.changes if language == "ko" else ():
        if isinstance(change.wanted, str) and (at := result.text.find(change.wanted)) >= 0:
            assert not particle_faults(result.text, at, at + len(change.wanted)), result.text


def _served(heading: str, text: str, kind: SectionKind, language: str, stored: Facts, wanted: Facts) -> Adapted | None:
    result = adapt(heading, text, kind=kind, language=language, stored=stored, wanted=wanted)
    return result if isinstance(result, Adapted) and not result.rewrite else None


_SLOW = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_SLOW
@given(data=st.data(), kind=st.sampled_from(KINDS), language=st.sampled_from(["ko", "en"]))
def test_composed_texts_are_adapted_there_and_back_or_not_at_all(
    data: st.DataObject, kind: SectionKind, language: str
) -> None:
    """adapt(text, a -> b) states exactly b's facts, adapt(adapt(text, a -> b), b -> a) exactly a's; grammar is kept."""
    first, second = data.draw(_requests(language)), data.draw(_requests(language))
    section = compose(kind, first, language)
    if section is None or (there := _served(section.heading, section.text, kind, language, first, second)) is None:
        return
    _states_exactly(there.text, second, kind, language)
    _particles_and_grammar(section.text, there, language)
    back = _served(there.heading, there.text, kind, language, second, first)
    if back is not None:
        _states_exactly(back.text, first, kind, language)
        _particles_and_grammar(there.text, back, language)


@_SLOW
@given(data=st.data(), template=st.sampled_from(TEMPLATES))
def test_written_texts_are_adapted_there_and_back_or_not_at_all(data: st.DataObject, template: Template) -> None:
    """The same for texts by hand, with any of the fields of their requests changed at once."""
    language, kind = template.language, template.kind
    other = data.draw(_requests(language))
    changed = data.draw(st.sets(st.sampled_from(sorted({*template.facts, *other})), min_size=1, max_size=4))
    mixed = {path: (other if path in changed else template.facts).get(path) for path in {*template.facts, *other}}
    for path in ("company.name", "requirements.title"):
        mixed[path] = mixed[path] or template.facts[path]
    wanted = Facts({path: mixed[path] for path in PATHS if mixed.get(path) is not None})  # type: ignore[misc]
    there = _served(template.heading, template.text, kind, language, template.facts, wanted)
    if there is None:
        return
    _states_only(there.text, wanted, language)
    _particles_and_grammar(template.text, there, language)
    back = _served(there.heading, there.text, kind, language, wanted, template.facts)
    if back is not None:
        _states_only(back.text, template.facts, language)
        _particles_and_grammar(there.text, back, language)


_PIECES = st.sampled_from(
    ["경력 3년 이상", "3~5년", "누리페이", "는 ", "\n- ", "Java", ", ", "5 years", "연봉 5,000만원", "(", ")", "재택",
     "12/31", ".", " ", "㈜", "\u3000", "2명", "\ud7a3", "é", "🙂", "1. ", "·", "Kafka와 "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    text=st.lists(_PIECES, max_size=30).map("".join) | st.text(max_size=120),
    heading=st.text(max_size=20),
    case=st.sampled_from(CASES),
)
def test_it_never_raises(text: str, heading: str, case: tuple[Template, Variation]) -> None:
    """Any text, however odd, is adapted or refused."""
    template, variation = case
    for kind in (template.kind, "requirements"):
        result = adapt(
            heading, text, kind=kind, language=template.language, stored=template.facts, wanted=variation.wanted
        )
        assert isinstance(result, Adapted | Unadaptable)


@pytest.mark.parametrize(
    "piece",
    [
        "경력 3년 이상, ",
        "누리페이는 ",
        "- Java\n",
        "Java, ",
        "(3년 이상) ",
        "연봉 5,000만원~",
        "a",
        "가",
        "1. Java\n",
        "(" * 8,
        "시니어 ",
        "We care. - Java and Kafka, 3+ years\n",
        "팀과 함께 성장합니다. Java와 Kafka를 다룹니다.\n",
    ],
)
def test_a_hundred_kilobytes_take_under_a_second(piece: str) -> None:
    """No text makes it slow (time of the processor), or on a slow machine grows with its length and no faster."""
    text = piece * (100_000 // len(piece.encode()))
    pay = {"salary_min": 50_000_000, "salary_period": "year", "currency": "KRW", "seniority": "senior"}
    stored = facts({"name": "누리페이"}, {"title": "개발자", "years_min": 3, "skills": ["Java", "Kafka"], **pay})
    wanted = facts({"name": "다온"}, {"title": "개발자", "years_min": 5, "skills": ["Go", "Kafka"]})

    def run(part: str) -> None:
        adapt("", part, kind="requirements", language="ko", stored=stored, wanted=wanted)

    assert grows_linearly(run, text)


@pytest.mark.parametrize(
    ("first", "filler", "language"),
    [
        ("경력 3년 이상의 개발자를 찾습니다.", "저희와 함께 성장할 분을 기다립니다. 꼼꼼한 분을 환영합니다.", "ko"),
        ("- 경력 3년 이상", "- 꼼꼼한 분\n- 함께 일하고 싶은 분", "ko"),
        ("You have 3+ years of experience.", "We are a friendly team. You are welcome to apply.", "en"),
    ],
)
def test_a_hundred_kilobytes_that_are_adapted_take_under_a_second(first: str, filler: str, language: str) -> None:
    """One change in a long text: it is read once as it was and once as it is to be sent."""
    text = "\n".join([first, *[filler] * (100_000 // len(filler.encode()))])
    name = {"name": "누리페이"}
    stored, wanted = (facts(name, {"title": "개발자", "years_min": years}) for years in (3, 5))
    results = []

    def run(part: str) -> None:
        results.append(adapt("", part, kind="requirements", language=language, stored=stored, wanted=wanted))

    assert grows_linearly(run, text)
    assert isinstance(results[0], Adapted)
    assert results[0].text == text.replace("3", "5", 1)
