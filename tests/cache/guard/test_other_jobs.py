"""What a company's own record may not say again of its next job."""

from __future__ import annotations

import pytest

from cache_service.cache.guard import Evidence, of_another_job
from cache_service.posting.facts import Facts
from cache_service.posting.sections import SectionKind

JOB = {"company.name": "누리페이", "requirements.title": "개발자", "requirements.location": "동대문구 왕산로 22"}


def _found(text: str, kind: SectionKind = "benefits", **more: str) -> set[str]:
    facts = Facts(JOB | {f"requirements.{name}": value for name, value in more.items()})
    return {one.fact.type for one in of_another_job(text, kind, Evidence.of(facts, language="ko"), "ko")}


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("• 근로관계: 정규직\n• 점심 식대 지원", {"employment_type"}),
        ("• 연봉 2,800~3,000만원", {"salary_min", "salary_max", "salary_period"}),
        ("• 급여 100% 지급 (수습기간 3개월)", {"probation_months"}),
        ("또는, 동대문 지점 1층 (서울시 중구 퇴계로 334)", {"location"}),
        ("• 강남역 8분 역세권", {"location"}),
    ],
)
def test_what_was_about_one_job_is_found(text: str, types: set[str]) -> None:
    """Contract, pay, probation and place of work of a job that the request does not state."""
    assert _found(text) == types


@pytest.mark.parametrize(
    "text",
    [
        "• 점심 식대 지원\n• 연 20일 연차",
        "• 휴양소 제공 (제주도, 강릉)",
        "• 왕산로 22 1층 카페 무료 (동대문구)",
        "• 재택근무 주 1회",
        "• 근속 3년마다 2주 유급휴가",
    ],
)
def test_what_serves_every_job_is_not(text: str) -> None:
    """Benefits, places that are offered, and the request's own place of work."""
    assert _found(text) == set()


def test_what_the_request_says_too_may_be_told() -> None:
    """The same contract is the request's own."""
    assert _found("• 근로관계: 정규직", employment_type="full_time") == set()
    assert _found("• 근로관계: 정규직", employment_type="contract") == {"employment_type"}


def test_where_a_company_is_may_be_told_of_it() -> None:
    """The section about the company says where it is, wherever the job is."""
    assert _found("본사는 강남구 신사동에 있습니다.", "company") == set()


def test_what_is_near_the_same_place_stays_true() -> None:
    """A station near the office serves the next job there; another branch's address does not, nor a job elsewhere."""
    evidence = Evidence.of(Facts(JOB), language="ko")
    near, branch = "• 신설동역 도보 3분", "또는 동대문 지점 (서울시 중구 퇴계로 334)"
    assert of_another_job(near, "benefits", evidence, "ko", published_at="동대문구 왕산로 22") == ()
    assert of_another_job(near, "benefits", evidence, "ko", published_at="부산 해운대구 센텀로 9")
    assert of_another_job(branch, "benefits", evidence, "ko", published_at="동대문구 왕산로 22")
