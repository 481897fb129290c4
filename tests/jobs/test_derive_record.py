"""Records that hold a request and a posting, and records of any shape at all."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cache_service.jobs.derive import RecordError, derive
from cache_service.posting.facts import canonical, facts_of
from cache_service.posting.request import PostingRequest
from cache_service.posting.sections import KINDS

REQUEST: dict[str, Any] = {
    "company": {"name": "파도소리", "benefits": ["식대 지원"]},
    "requirements": {"title": "음향 기획자", "deadline": "2027-03-15"},
}
POSTING: dict[str, Any] = {"sections": [{"kind": "benefits", "text": "식대를 지원합니다.", "heading": "복지"}]}


def test_a_request_and_its_posting_are_taken_as_they_are() -> None:
    """The request is stated, not derived, unless the record says so."""
    draft = derive({"request": REQUEST, "posting": POSTING, "tags": ["2027", "2027"]})
    assert draft.request == PostingRequest.model_validate(REQUEST)
    assert [(one.kind, one.heading, one.text) for one in draft.sections] == [("benefits", "복지", "식대를 지원합니다.")]
    assert (draft.derived, draft.tags) == (False, ("2027",))
    assert derive({"request": REQUEST, "posting": POSTING, "derived": True}).derived


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"request": REQUEST}, "/posting: required"),
        ({"posting": POSTING}, "/request: required"),
        ({"request": REQUEST, "posting": POSTING, "note": 1}, "/note: unknown field"),
        ({"request": {**REQUEST, "company": {"name": ""}}, "posting": POSTING}, "/request/company/name"),
        ({"request": REQUEST, "posting": {"sections": []}}, "/posting/sections"),
        ({"request": REQUEST, "posting": {"sections": [{"kind": "poem", "text": "x"}]}}, "/posting/sections/0/kind"),
        ({"request": REQUEST, "posting": POSTING, "tags": [1]}, "/tags/0"),
        ({"request": REQUEST, "posting": POSTING, "a\u200b~/\n": 1}, "unknown field"),
    ],
)
def test_a_bad_record_has_the_pointer_of_what_is_wrong(record: dict[str, Any], reason: str) -> None:
    """The same rules and words as the interface's, and always printable."""
    with pytest.raises(RecordError) as caught:
        derive(record)
    assert reason in str(caught.value)
    assert str(caught.value).encode().decode().isprintable()


_TEXTS = st.text(max_size=60) | st.lists(
    st.sampled_from(
        ["[채용 절차]", "■ 근무조건", "• 식대 지원", "서류 > 면접 > 합격", "고용형태 : 정규직", "3년 이상 경력",
         "회사 소개", "", "----", "파도소리는 음향 회사입니다.", "기획자를 모십니다.", "About us:",
         "Build itShip themTest them well", "1. 서류", "#태그 #둘"]
    ),
    max_size=12,
).map("\n".join)  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
_FIELDS = (
    "company", "title", "industry", "seniority", "employment_type", "location", "responsibilities", "requirements",
    "preferred", "benefits", "about", "skills", "raw_text", "request", "posting", "tags", "derived",
)  # fmt: skip
_NAMES = st.sampled_from(["파도소리", "Wavesound (주)", "\ufdfa" * 12, "a((", "()", "기획자"])
plain_records = st.fixed_dictionaries(
    {"company": _NAMES | st.text(max_size=30), "title": _NAMES | st.text(max_size=30)},
    optional={name: st.none() | _TEXTS | st.lists(_TEXTS, max_size=3) for name in _FIELDS[2:13]},
)


@given(st.dictionaries(st.sampled_from(_FIELDS) | st.text(max_size=8), _JSON, max_size=8))
def test_any_object_is_derived_or_refused(record: dict[str, Any]) -> None:
    """Nothing but RecordError ever leaves."""
    with contextlib.suppress(RecordError):
        derive(record)


@settings(max_examples=300)
@given(plain_records)
def test_a_derived_entry_is_what_the_interface_would_take(record: dict[str, Any]) -> None:
    """The request validates again unchanged, facts are canonical, each kind of section is there once with text."""
    try:
        draft = derive(record)
    except RecordError:
        return
    dumped = draft.request.model_dump(mode="json", exclude_none=True)
    again = derive({"request": dumped, "posting": {"sections": [
        {"kind": one.kind, "text": one.text} for one in draft.sections]}, "derived": True})  # fmt: skip
    assert again.request == draft.request
    assert again.sections == draft.sections
    facts = facts_of(draft.request)
    assert {path: canonical(value) for path, value in facts.items()} == {
        path: canonical(value) for path, value in facts_of(again.request).items()
    }
    kinds = [one.kind for one in draft.sections]
    assert kinds == [kind for kind in KINDS if kind in kinds]
    assert draft == derive(record)
