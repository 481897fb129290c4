"""A request whose list says otherwise than its fields: the fields are believed."""

from __future__ import annotations

from typing import Any

import pytest

from cache_service.cache.guard import Evidence
from cache_service.cache.guard.consistent import without_contradictions
from tests.cache.adapt.templates import facts
from tests.conftest import Serve


@pytest.mark.parametrize(
    ("job", "items", "kept"),
    [
        ({"work_mode": "remote"}, ["점심 식대 지원", "전원 사무실로 출근합니다"], ["점심 식대 지원"]),
        ({"work_mode": "onsite"}, ["전원 사무실로 출근합니다"], ["전원 사무실로 출근합니다"]),
        ({"work_mode": "onsite"}, ["전면 재택근무", "도서비 지원"], ["도서비 지원"]),
        ({"work_mode": "hybrid"}, ["재택근무 주 2회", "도서비 지원"], ["재택근무 주 2회", "도서비 지원"]),
        ({}, ["전면 재택근무", "도서비 지원"], ["전면 재택근무", "도서비 지원"]),
    ],
)
def test_an_item_that_contradicts_a_field_is_left_out(job: dict[str, Any], items: list[str], kept: list[str]) -> None:
    """Only what contradicts goes; without a field there is nothing to contradict."""
    wanted = facts({"name": "가람", "benefits": items}, {"title": "백엔드 개발자", **job})
    told = without_contradictions("benefits", wanted, Evidence.of(wanted, language="ko"))
    assert list(told.items_of("company.benefits")) == kept


def test_a_posting_does_not_state_both(serve: Serve) -> None:
    """Through the service: what is sent passes the check, and says no word of the item."""
    client = serve()
    request = {
        "company": {"name": "가람", "benefits": ["전원 사무실로 출근합니다", "점심 식대 지원"]},
        "requirements": {"title": "백엔드 개발자", "work_mode": "remote"},
    }
    posting = client.post("/v1/postings", json=request).json()["posting"]
    text = next(one["text"] for one in posting["sections"] if one["kind"] == "benefits")
    assert "점심 식대 지원" in text
    assert "출근" not in text
    assert client.post("/v1/check", json={"request": request, "posting": posting}).json()["ok"]
