from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cache_service.posting.extract import extract_facts, read_facts, recall_facts
from cache_service.posting.extract.education import same_education
from cache_service.posting.extract.places import same_place
from tests.posting.extract_cases import CASES, PIECES, SILENT
from tests.posting.extract_cases_spoken import NAMED, SPOKEN
from tests.posting.extract_cases_worded import SILENT_WORDED, WORDED
from tests.timing import grows_linearly

BODY_CHARS = 100_000
WORDS = {
    "skill",
    "benefit",
    "polarity",
    "title",
    "seniority",
    "location",
    "education",
    "claim",
}  # these have tables of their own


def _stated(text: str) -> set[tuple[str, int | str]]:
    return {(fact.type, fact.value) for fact in extract_facts(text, "ko") if fact.type not in WORDS}


@pytest.mark.parametrize(("text", "expected"), [*CASES, *WORDED, *SPOKEN])
def test_a_text_states_exactly_these_facts(text: str, expected: set[tuple[str, int | str]]) -> None:
    """Every typed fact is found and no other; plain numbers stand beside them where the table says so."""
    assert _stated(text) == expected


@pytest.mark.parametrize(("text", "kinds"), [*SILENT, *SILENT_WORDED])
def test_near_misses_state_no_such_fact(text: str, kinds: set[str]) -> None:
    """Words of the same family about something else state nothing of it."""
    assert not {fact for fact in _stated(text) if fact[0] in kinds}


def test_spans_are_those_of_the_text_as_it_came() -> None:
    """Full-width digits, zero-width spaces and decomposed Hangul are read, and spans point into the original."""
    wide = "경력 ３년 이상"
    assert [(f.type, f.value, wide[f.start : f.end]) for f in extract_facts(wide, "ko")] == [
        ("years_min", 3, "３년 이상")
    ]
    hidden = "연\u200b봉 5,0\u200b00만원"
    fact = next(f for f in extract_facts(hidden, "ko") if f.type == "salary_min")
    assert (fact.value, hidden[fact.start : fact.end]) == (50_000_000, "5,0\u200b00만원")
    jamo = "재택 불가".replace("불", "\u1107\u116e\u11af")
    assert ("work_mode", "onsite") in _stated(jamo)


def test_a_spelled_address_has_its_plain_form_beside_it() -> None:
    """What is worded to hide an address can be compared by what it means."""
    (fact,) = extract_facts("hr [at] acme [dot] com", "en")
    assert fact.canonical == "hr@acme.com"


def test_spans_of_joined_letters_and_marks_are_those_of_the_text() -> None:
    """Letters spelled apart, tags and emphasis are read through; the span holds all of them."""
    for text, worded in (
        ("\u00b7 재 택 근 무", "재 택 근 무"),
        ("경력 **5**년 이상", "5**년 이상"),
        ("경력 5<b>년</b> 이상", "5<b>년</b> 이상"),
    ):
        fact = next(one for one in extract_facts(text, "ko") if one.type in {"work_mode", "years_min"})
        assert text[fact.start : fact.end] == worded


def test_facts_come_sorted_by_where_they_begin() -> None:
    """The order is that of the text."""
    facts = extract_facts("정규직 · 판교 · 연봉 5,000만원 · 2명 채용 · 12/31까지", "ko")
    assert [fact.start for fact in facts] == sorted(fact.start for fact in facts)


@pytest.mark.parametrize(("text", "kind", "value"), NAMED)
def test_what_is_named_in_a_sentence_is_found(text: str, kind: str, value: str) -> None:
    """Places, degrees, titles and levels as sentences name them."""
    assert (kind, value) in {(fact.type, fact.value) for fact in extract_facts(text, "ko")}


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=30).map("".join))
def test_any_text_is_read_without_an_error_and_spans_are_whole(text: str) -> None:
    """Never raises; every span lies within the text and holds something."""
    for fact in extract_facts(text, "ko"):
        assert 0 <= fact.start < fact.end <= len(text)
        assert text[fact.start : fact.end].strip()


@pytest.mark.parametrize("piece", PIECES)
def test_reading_takes_linear_time(piece: str) -> None:
    """100 kB of one repeated piece is read in under a second: twice the text takes no more than about twice as long."""
    text = (piece * (BODY_CHARS // len(piece) + 1))[:BODY_CHARS]
    assert grows_linearly(lambda part: extract_facts(part, "ko"), text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("약학대학 졸업", "한의과대학 졸업", False),
        ("컴퓨터공학 학사", "기계공학 학사", False),
        ("BSc Nursing", "BSc Chemistry", False),
        ("대졸 이상 (졸업예정자 가능)", "학사 학위 소지자", True),
        ("4년제 대학교 졸업", "대졸", True),
        ("College degree", "Bachelor's degree or higher", True),
    ],
)
def test_a_degree_is_of_its_field(one: str, other: str, same: bool) -> None:
    """Degrees of a level in two fields are two degrees; words of asking are no field."""
    assert same_education(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Springfield, Illinois", "Springfield, IL", True),
        ("Hamilton, NZ", "Hamilton, New Zealand", True),
        ("Rotterdam, The Netherlands", "Rotterdam, Netherlands", True),
        ("Berlin", "Berlin, Germany", True),
        ("광주광역시 북구", "광주 북구", True),
        ("Portland, ME", "Portland, OR", False),
        ("London, Ontario", "London, UK", False),
    ],
)
def test_a_town_lies_in_its_state_or_country(one: str, other: str, same: bool) -> None:
    """Codes and names of states and countries are one; towns of one name in two are two."""
    assert same_place(one, other) is same


def test_positions_of_a_contract_are_counted() -> None:
    """Where they are does not matter."""
    found = extract_facts("- 5 contract positions in Hamilton", "en")
    assert ("headcount", 5) in {(one.type, one.value) for one in found}


@pytest.mark.parametrize("text", ["경력 3년 이상, 재택 불가", "5+ years of Java. " * 1000])
def test_a_text_that_comes_again_states_the_same(text: str) -> None:
    """What is remembered of a text is what it states, short or long."""
    assert recall_facts(text, "ko") == recall_facts(text, "ko") == read_facts(text, "ko")
