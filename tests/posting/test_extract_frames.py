"""Facts told by the words around a plain noun or name, in sentences of no special kind."""

from __future__ import annotations

import pytest

from cache_service.posting.extract import extract_facts

STATED = [
    ("We pay for your bus pass and half of your childcare.", "benefit", "child care"),
    ("Lunch is on us every day.", "benefit", "lunch"),
    ("Every employee receives twenty days of paid leave, dental cover and a laptop.", "benefit", "laptop"),
    ("우리는 자격수당, 위험수당을 드립니다.", "benefit", "hazard pay"),
    ("유니폼과 신발은 회사에서 드려요.", "benefit", "uniform"),
    ("Our bakery in Totnes needs a baker.", "location", "Totnes"),
    ("Location: Rotherhithe", "location", "Rotherhithe"),
    ("Based in Cork, Rathmore Dairy supplies 200 shops.", "company", "Rathmore Dairy"),
    ("안녕하세요, 모아빵집입니다.", "company", "모아빵집"),
    ("You need to operate a combi oven.", "skill", "combi oven"),
    ("Hiring: Crane Operator x 3", "headcount", 3),
]
NOT_STATED = [
    ("You order snacks and drinks for the office and look after the coffee machines.", "benefit"),
    ("Our product helps companies run benefits, payroll and equity.", "benefit"),
    ("보험금 지급 심사", "benefit"),
    ("복지\n- 정규직\n- 사무실 출근 근무", "benefit"),
    ("Bachelor in Business", "location"),
    ("Join us in Spring.", "location"),
    ("개발팀과 함께 일합니다.", "company"),
]


@pytest.mark.parametrize(("text", "kind", "value"), STATED)
def test_what_the_words_around_it_tell_is_read(text: str, kind: str, value: str | int) -> None:
    """A plain noun, name or number is a fact where its sentence says so."""
    assert value in {
        form for one in extract_facts(text, "ko") if one.type == kind for form in (one.value, one.canonical)
    }


@pytest.mark.parametrize(("text", "kind"), NOT_STATED)
def test_the_same_words_said_of_duties_and_products_are_no_fact(text: str, kind: str) -> None:
    """The noun alone says nothing: duties, products, seasons and other facts stay what they are."""
    assert [one.value for one in extract_facts(text, "ko") if one.type == kind] == []
