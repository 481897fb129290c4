"""What holds for every text and every pair of requests."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cache_service.cache.adapt import Adapted, Unadaptable, adapt
from cache_service.cache.adapt.grammar import particle_faults
from cache_service.cache.guard import Evidence, unsupported
from cache_service.models.composer import compose
from cache_service.posting.extract import extract_facts
from cache_service.posting.facts import Facts
from cache_service.posting.sections import KINDS, SectionKind
from tests.cache.adapt.templates import Template, Variation, facts, variations
from tests.cache.adapt.templates_en import ENGLISH
from tests.cache.adapt.templates_ko import KOREAN

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


_SKILLS = ("Java", "엑셀", "Kafka", "회계", "SQL", "Figma")


@st.composite
def _jobs(draw: st.DrawFn) -> dict[str, object]:
    job: dict[str, object] = {"title": draw(st.sampled_from(["간호사", "백엔드 개발자", "Driver"]))}
    low = draw(st.none() | st.integers(1, 9))
    high = draw(st.none() | st.integers(10, 20))
    pay = draw(st.none() | st.integers(250, 900))
    optional: dict[str, object | None] = {
        "years_min": low,
        "years_max": high,
        "salary_min": None if pay is None else pay * 100_000,
        "salary_max": None if pay is None else pay * 100_000 + 5_000_000,
        "salary_period": None if pay is None else "year",
        "currency": None if pay is None else "KRW",
        "headcount": draw(st.none() | st.integers(1, 30)),
        "probation_months": draw(st.none() | st.integers(1, 12)),
        "deadline": draw(
            st.none() | st.dates().map(lambda day: day.replace(year=2027, day=min(day.day, 28)).isoformat())
        ),
        "employment_type": draw(st.none() | st.sampled_from(["full_time", "contract", "part_time", "freelance"])),
        "work_mode": draw(st.none() | st.sampled_from(["onsite", "hybrid", "remote"])),
        "skills": draw(st.lists(st.sampled_from(_SKILLS), unique=True, max_size=4)) or None,
        "location": draw(st.none() | st.sampled_from(["판교", "부산 해운대구", "Leeds"])),
    }
    return {**job, **{name: value for name, value in optional.items() if value is not None}}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stored=_jobs(), wanted=_jobs(), kind=st.sampled_from(KINDS), language=st.sampled_from(["ko", "en"]))
def test_composed_texts_are_adapted_right_or_not_at_all(
    stored: dict[str, object], wanted: dict[str, object], kind: SectionKind, language: str
) -> None:
    """Whatever differs, a text of the composer that is served states the wanted facts alone."""
    company = {"name": "누리페이", "benefits": ["식대 지원"]}
    old, new = facts(company, stored), facts(company, wanted)
    section = compose(kind, old, language)
    if section is None:
        return
    result = adapt(section.heading, section.text, kind=kind, language=language, stored=old, wanted=new)
    if isinstance(result, Adapted) and not result.rewrite:
        _states_only(result.text, new, language)


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
    ],
)
def test_a_hundred_kilobytes_take_under_a_second(piece: str) -> None:
    """No text makes it slow (time of the processor, whatever else runs beside it)."""
    text = piece * (100_000 // len(piece.encode()))
    pay = {"salary_min": 50_000_000, "salary_period": "year", "currency": "KRW", "seniority": "senior"}
    stored = facts({"name": "누리페이"}, {"title": "개발자", "years_min": 3, "skills": ["Java", "Kafka"], **pay})
    wanted = facts({"name": "다온"}, {"title": "개발자", "years_min": 5, "skills": ["Go", "Kafka"]})
    started = process_time()
    adapt("", text, kind="requirements", language="ko", stored=stored, wanted=wanted)
    assert process_time() - started < 3.0
