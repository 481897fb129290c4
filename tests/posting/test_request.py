from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from cache_service.posting.facts import facts_of
from cache_service.posting.request import MAX_LIST_ITEMS, PostingRequest
from cache_service.posting.sections import EXCLUDABLE, KINDS, PATHS
from tests.posting.strategies import requests

FULL: dict[str, Any] = {
    "company": {
        "name": "누리페이", "industry": "핀테크", "about": "간편결제 인프라를 만드는 회사입니다.", "size": "51-200",
        "founded": 2016, "location": "경기 성남시 분당구", "culture": ["수평적 호칭", "자율 출퇴근"],
        "benefits": ["점심 식대 지원", "재택근무 주 2회"],
        "hiring_process": ["서류 전형", "코딩 테스트", "기술 면접", "최종 합격"],
    },
    "requirements": {
        "title": "백엔드 개발자", "seniority": "mid", "years_min": 3, "years_max": 7, "employment_type": "full_time",
        "work_mode": "hybrid", "location": "판교", "salary_min": 50000000, "salary_max": 80000000,
        "salary_period": "year", "currency": "KRW", "headcount": 2, "deadline": "2026-12-31", "education": "무관",
        "probation_months": 3, "responsibilities": ["결제 API 설계와 운영"], "skills": ["Java", "Spring Boot", "Kafka"],
        "preferred": ["대규모 트래픽 운영 경험"], "contact": "recruit@example.com", "notes": "free text, optional",
    },
    "options": {
        "language": "ko", "tone": "friendly", "priority": "interactive", "max_error": 0.01, "fresh": False,
        "cache_only": False, "session_id": "s-123", "exclude": ["salary"],
    },
}  # fmt: skip


def with_(path: str, value: object) -> dict[str, Any]:
    """``FULL`` with one field set."""
    group, name = path.split(".")
    return FULL | {group: FULL[group] | {name: value}}


def test_the_contract_s_example_is_accepted() -> None:
    """Every field of the published example is known, and each states a fact unless excluded."""
    request = PostingRequest.model_validate(FULL)
    facts = facts_of(request)
    assert set(PATHS) - set(facts) == {
        f"requirements.{name}" for name in ("salary_min", "salary_max", "salary_period", "currency")
    }
    assert facts["requirements.deadline"] == "2026-12-31"


def test_only_name_and_title_are_required() -> None:
    """Null, missing and empty state nothing."""
    request = PostingRequest.model_validate(
        {
            "company": {"name": "A", "benefits": [], "about": None},
            "requirements": {"title": "B", "skills": None},
        }
    )
    assert dict(facts_of(request)) == {"company.name": "A", "requirements.title": "B"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("company.name", ""), ("company.name", "\u200b\u3164"), ("company.name", 7), ("company.name", "a" * 201),
        ("company.name", "a\x00b"), ("company.culture", "not a list"), ("company.culture", [None]),
        ("company.benefits", ["x"] * (MAX_LIST_ITEMS + 1)), ("company.founded", "2016"), ("company.color", "red"),
        ("requirements.years_min", -1), ("requirements.years_min", 3.5), ("requirements.years_min", True),
        ("requirements.years_min", 61), ("requirements.seniority", "chief"), ("requirements.deadline", "31.12.2026"),
        ("requirements.deadline", "2026-02-30"), ("requirements.deadline", 20261231),
        ("requirements.salary_min", float("nan")), ("requirements.currency", "won"), ("requirements.headcount", 0),
        ("options.language", "fr"), ("options.max_error", 0), ("options.exclude", ["nonsense"]),
        ("options.fresh", "yes"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_at_its_place(path: str, value: object) -> None:
    """Wrong types, ranges and unknown fields are refused, and the error names the field."""
    with pytest.raises(ValidationError) as caught:
        PostingRequest.model_validate(with_(path, value))
    assert [".".join(map(str, error["loc"]))[: len(path)] for error in caught.value.errors()] == [path]


@pytest.mark.parametrize(("low", "high"), [("years_min", "years_max"), ("salary_min", "salary_max")])
def test_a_range_that_ends_before_it_begins_is_refused(low: str, high: str) -> None:
    """An impossible range is the client's to mend."""
    body = FULL | {"requirements": FULL["requirements"] | {low: 9, high: 3}}
    with pytest.raises(ValidationError) as caught:
        PostingRequest.model_validate(body)
    assert caught.value.errors()[0]["ctx"]["pointer"] == low  # type: ignore[typeddict-item]


@given(requests)
def test_validation_is_idempotent(body: dict[str, Any]) -> None:
    """What was accepted is accepted again, unchanged: validation cleans once and for all."""
    once = PostingRequest.model_validate(body)
    assert PostingRequest.model_validate(once.model_dump(mode="json")) == once


def test_what_may_be_excluded_covers_sections_and_fields() -> None:
    """Each section and each optional field can be left out by name."""
    assert set(KINDS) <= EXCLUDABLE
    assert {"salary", "location", "benefits", "deadline", "years"} <= EXCLUDABLE
    assert not {"name", "title"} & EXCLUDABLE


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ({"company": {"name": "누리페이"}, "requirements": {"title": "Developer"}}, "ko"),
        ({"company": {"name": "Acme"}, "requirements": {"title": "Nurse", "skills": ["한국어"]}}, "ko"),
        ({"company": {"name": "Acme"}, "requirements": {"title": "Nurse"}}, "en"),
        ({"company": {"name": "Acme"}, "requirements": {"title": "Nurse"}, "options": {"language": "ko"}}, "ko"),
        ({"company": {"name": "누리페이"}, "requirements": {"title": "x"}, "options": {"language": "en"}}, "en"),
    ],
)
def test_the_language_follows_the_request(body: dict[str, Any], language: str) -> None:
    """As asked for; else Korean if any of the request is in Hangul."""
    assert PostingRequest.model_validate(body).language == language
