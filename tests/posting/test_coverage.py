from __future__ import annotations

import pytest
from hypothesis import given

from cache_service.models.composer import compose
from cache_service.posting.coverage import left_out
from cache_service.posting.facts import Facts, facts_of
from cache_service.posting.request import PostingRequest
from cache_service.posting.sections import SECTIONS, SectionKind
from tests.posting.strategies import requests

REQUIREMENTS = Facts(
    {"requirements.years_min": 3, "requirements.education": "학사 이상", "requirements.skills": ("Java", "Kafka")}
)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("경력 3년 이상, 학사 이상, Java와 Kafka 경험", set()),
        ("경력 3년 이상, Java 경험", {"requirements.education", "requirements.skills"}),
        ("JavaScript와 Kafka를 씁니다. 학사 이상", {"requirements.years_min", "requirements.skills"}),
        ("함께 일할 분을 찾습니다.", set(REQUIREMENTS)),
    ],
)
def test_what_a_text_does_not_state_is_left_out(text: str, missing: set[str]) -> None:
    """Years, education and every skill are owed by the requirements."""
    assert set(left_out(text, "requirements", REQUIREMENTS, "ko")) == missing


def test_only_the_items_that_are_missing_are_named() -> None:
    """A list is owed item by item; a duty told with other endings is told."""
    duties = Facts({"requirements.responsibilities": ("환자 상태 관찰", "투약 기록 작성")})
    missing = left_out("환자의 상태를 관찰합니다.", "responsibilities", duties, "ko")
    assert missing["requirements.responsibilities"] == ("투약 기록 작성",)


@given(requests)
def test_rules_leave_nothing_out(body: dict[str, object]) -> None:
    """What the composer writes states all that the section owes."""
    request = PostingRequest.model_validate(body)
    facts = facts_of(request)
    kinds: tuple[SectionKind, ...] = ("responsibilities", "requirements", "preferred")
    for kind in kinds:
        made = compose(kind, facts, request.language)
        if made is not None:
            assert not left_out(made.text, kind, facts.only(SECTIONS[kind].depends_on), request.language), made.text
