from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Serve
from tests.posting.test_request import FULL

TEXT = "누리페이에서 경력 5년 이상의 백엔드 개발자를 찾습니다. 월 300만 원"
KNOWN = {key: FULL[key] for key in ("company", "requirements")}


def test_every_fact_has_its_span_and_verdict(serve: Serve) -> None:
    """A wrong number is not supported and the right one is given; spans are those of the text as sent."""
    client = serve()
    answer = client.post("/v1/check", json={"request": KNOWN, "text": TEXT}).json()
    years = next(fact for fact in answer["facts"] if fact["type"] == "years_min")
    assert (years["value"], years["supported"], years["expected"]) == (5, False, 3)
    assert TEXT[years["start"] : years["end"]] == "5년 이상"
    assert answer["ok"] is False
    assert client.post("/v1/check", json={"request": KNOWN, "text": "누리페이의 백엔드 개발자"}).json()["ok"] is True


def test_a_supported_text_is_ok(serve: Serve) -> None:
    """Nothing but what the request states."""
    text = "누리페이에서 경력 3년 이상의 백엔드 개발자를 찾습니다. 마감은 2026년 12월 31일입니다."
    answer = serve().post("/v1/check", json={"request": KNOWN, "text": text}).json()
    assert answer["ok"] is True, answer
    assert {"years_min", "deadline"} <= {fact["type"] for fact in answer["facts"]}


def test_white_space_before_the_text_moves_no_span(serve: Serve) -> None:
    """The text is read as it came."""
    answer = serve().post("/v1/check", json={"language": "ko", "text": f"\n  {TEXT}"}).json()
    years = next(fact for fact in answer["facts"] if fact["type"] == "years_min")
    assert f"\n  {TEXT}"[years["start"] : years["end"]] == "5년 이상"


def test_without_a_request_facts_are_listed_and_nothing_is_judged(serve: Serve) -> None:
    """Text and language alone: what does it state?"""
    answer = serve().post("/v1/check", json={"text": TEXT, "language": "ko"}).json()
    assert answer["ok"] is None
    assert answer["facts"]
    assert all(fact["supported"] is None for fact in answer["facts"])


def test_a_posting_is_checked_section_by_section(serve: Serve) -> None:
    """Each fact says in which section, and whether in its heading or its text."""
    posting = {"sections": [
        {"kind": "requirements", "heading": "자격 요건", "text": "- 경력 9년 이상"},
        {"kind": "company", "heading": "한빛커머스㈜ 소개", "text": "누리페이는 간편결제 인프라를 만듭니다."},
    ]}  # fmt: skip
    answer = serve().post("/v1/check", json={"request": KNOWN, "posting": posting}).json()
    wrong = {(one["type"], one["section"], one["part"]) for one in answer["facts"] if not one["supported"]}
    assert ("years_min", "requirements", "text") in wrong
    assert ("company", "company", "heading") in wrong


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"language": "ko"},
        {"text": "", "language": "ko"},
        {"text": "\u200b", "language": "ko"},
        {"text": "x", "language": "fr"},
        {"text": "x\u0000", "language": "ko"},
        {"text": "x", "posting": {"sections": [{"kind": "company", "text": "x"}]}},
        {"posting": {"sections": []}},
        {"posting": {"sections": [{"kind": "nothing", "text": "x"}]}},
        {"text": "x", "request": {"company": {}, "requirements": {"title": "x"}}},
        {"text": "x", "more": 1},
        {"text": "x" * 20_001, "language": "en"},
    ],
)
def test_bad_bodies_are_refused_with_a_pointer(serve: Serve, body: dict[str, Any]) -> None:
    """422 with what is wrong."""
    answer = serve().post("/v1/check", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_half_a_surrogate_pair_is_refused(serve: Serve) -> None:
    """JSON can name it, UTF-8 cannot hold it."""
    headers = {"Content-Type": "application/json"}
    answer = serve().post("/v1/check", content=b'{"text": "a \\ud800", "language": "ko"}', headers=headers)
    assert answer.status_code == 422
