"""What the words around a fact say of it: denial, days of remote work, who gets a benefit, what stands to what."""

from __future__ import annotations

import pytest

from cache_service.cache.guard import Evidence, unsupported
from cache_service.posting.facts import Facts

_KOREAN = Facts(
    {
        "company.name": "누리페이", "company.benefits": ("점심 식대 지원", "재택근무 주 2회"),
        "requirements.title": "백엔드 개발자", "requirements.years_min": 3, "requirements.work_mode": "hybrid",
        "requirements.location": "판교", "requirements.probation_months": 3, "requirements.salary_min": 50_000_000,
        "requirements.salary_max": 80_000_000, "requirements.salary_period": "year", "requirements.currency": "KRW",
        "requirements.skills": ("Java",), "requirements.preferred": ("대규모 트래픽 운영 경험", "한식 조리 기능사"),
        "requirements.notes": "운전면허 필수",
    }
)  # fmt: skip
_ENGLISH = Facts(
    {
        "company.name": "Larkspur Analytics", "company.benefits": ("dental insurance", "a book budget"),
        "requirements.title": "Data Analyst", "requirements.years_min": 3, "requirements.years_max": 6,
        "requirements.work_mode": "onsite", "requirements.employment_type": "full_time",
        "requirements.location": "Portland, Oregon", "requirements.probation_months": 3,
    }
)  # fmt: skip


def _refused(text: str, facts: Facts, language: str) -> list[str]:
    evidence = Evidence.of(facts, language=language)
    return [one.fact.type for one in unsupported(text, evidence, language)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("근무지: 판교가 아닌 수원", "location"),
        ("수습 기간은 석 달이 아닌 여섯 달입니다.", "probation_months"),
        ("재택근무는 주 3회 가능합니다.", "work_mode"),
        ("재택근무 주 세 번 가능합니다.", "work_mode"),
        ("급여 5,000만 원 ~ 8,000만 원 (월)", "salary_period"),
        ("Java는 우대 사항일 뿐 필수는 아닙니다.", "polarity"),
        ("운전면허는 우대합니다.", "polarity"),
        ("한식 조리 기능장 우대", "polarity"),
        ("경력 3.5년 이상", "years_min"),
        ("경력 九년 이상", "years_min"),
    ],
)
def test_a_korean_text_that_turns_a_fact_round_is_refused(text: str, kind: str) -> None:
    """Denied, counted, moved to another period, degree or year: the value alone would look right."""
    assert kind in _refused(text, _KOREAN, "ko")


@pytest.mark.parametrize(
    "text",
    [
        "근무지는 수원이 아닌 판교입니다.",
        "경력 三년 이상",
        "재택근무는 주 2회 가능합니다.",
        "신입은 지원할 수 없습니다.",
        "대규모 트래픽을 운영해 본 경험이 있으면 좋습니다.",
        "대규모 트래픽 운영 경험이 있는 개발자를 우대합니다.",
        "한식 조리 기능사 자격이 있으면 우대합니다.",
        "운전면허 필수",
    ],
)
def test_a_korean_text_that_says_it_in_other_words_is_supported(text: str) -> None:
    """Honest sentences that older rules refused."""
    assert _refused(text, _KOREAN, "ko") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("You need 3-6 years; ten years is the minimum.", "years_min"),
        ("Half a year of probation.", "probation_months"),
        ("The job is not in Portland, Oregon.", "location"),
        ("Hybrid employees get a book budget.", "work_mode"),
        ("Contractors who work remotely get a book budget.", "employment_type"),
        ("Part-time staff on site get dental insurance.", "employment_type"),
        ("Dental insurance for contractors", "employment_type"),
    ],
)
def test_an_english_text_that_turns_a_fact_round_is_refused(text: str, kind: str) -> None:
    """So in English, with those whom a benefit is for."""
    assert kind in _refused(text, _ENGLISH, "en")


@pytest.mark.parametrize(
    "text",
    ["Full-time. Probation is 3 months.", "Support remote employees and mentor contractors.",
     "Full-time employees get dental insurance.", "3 to 6 years, not less than three years."],
)  # fmt: skip
def test_an_english_text_that_names_others_states_nothing_of_the_job(text: str) -> None:
    """Whom a job is about is no contract, a label no company."""
    assert _refused(text, _ENGLISH, "en") == []


def test_remote_role_is_remote_alone() -> None:
    """A remote role is not hybrid; remote work may be a part of one."""
    hybrid = Facts({**dict(_ENGLISH.items()), "requirements.work_mode": "hybrid"})
    assert _refused("This is a remote role.", hybrid, "en") == ["work_mode"]
    assert _refused("Remote work is part of the week.", hybrid, "en") == []


def test_a_count_of_things_is_no_pay() -> None:
    """하루 100만 건 is what a system handles in a day."""
    assert "salary_min" not in _refused("누리페이의 결제는 하루 100만 건 처리됩니다.", _KOREAN, "ko")


def test_towns_of_one_province_differ() -> None:
    """제주시 is not 서귀포시, both lie in 제주."""
    facts = Facts({"company.name": "누리페이", "company.location": "제주 서귀포시"})
    assert _refused("제주시에 있는 회사입니다.", facts, "ko") == ["location"]
    assert _refused("제주에 있는 회사입니다.", facts, "ko") == []


def test_what_an_item_of_the_request_says_word_for_word_is_supported() -> None:
    """Even where a typed field says otherwise: the contradiction is the request's own."""
    facts = Facts({"company.name": "누리페이", "requirements.location": "경력:신입 자리", "requirements.years_min": 1})
    assert _refused("근무지는 경력:신입 자리입니다.", facts, "ko") == []
    assert "years_min" in _refused("경력: 신입", facts, "ko")


def test_the_contract_that_a_text_denies_is_not_the_requests() -> None:
    """정규직이 아니다 is wrong of a 정규직, and true of every other contract."""
    full_time = Facts({"requirements.title": "간호사", "requirements.employment_type": "full_time"})
    assert _refused("정규직이 아닙니다.", full_time, "ko") == ["employment_type"]
    assert _refused("계약직이 아닙니다.", full_time, "ko") == []
    assert _refused("This is not a permanent position.", full_time, "en") == ["employment_type"]


def test_where_the_company_is_its_earlier_texts_do_not_say_against_the_request() -> None:
    """A company that has moved: what it published before names the old place."""
    facts = Facts({"company.name": "해든", "company.location": "부산 해운대구", "requirements.title": "간호사"})
    old = "해든은 대전 서구에 문을 열었습니다."
    evidence = Evidence.of(facts, language="ko", record=(old,))
    assert [one.fact.type for one in unsupported(old, evidence, "ko")] == ["location"]
    open_ = Facts({"company.name": "해든", "requirements.title": "간호사"})
    assert not unsupported(old, Evidence.of(open_, language="ko", record=(old,)), "ko")


def test_people_are_counted_without_a_counter() -> None:
    """둘을 찾습니다 is two people; an address goes on to its end."""
    facts = Facts({"requirements.title": "간호사", "requirements.headcount": 3, "requirements.contact": "a@b.example"})
    assert _refused("함께할 분 둘을 찾습니다.", facts, "ko") == ["headcount"]
    assert _refused("네 사람을 모십니다.", facts, "ko") == ["headcount"]
    assert _refused("셋을 찾습니다.", facts, "ko") == []
    assert _refused("문의: a@b.examp1e", facts, "ko") == ["email"]
