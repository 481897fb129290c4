from __future__ import annotations

import pytest

from cache_service.posting.company_names import company_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("누리페이", "(주)누리페이"), ("누리페이", "㈜ 누리페이"), ("누리페이", "주식회사 누리페이"),
        ("위메이드", "위메이드(WEMADE)"), ("Acme", "Acme, Inc."), ("Acme", "ACME Co., Ltd."), ("Acme", "Acme LLC"),
    ],
)  # fmt: skip
def test_forms_of_one_name(one: str, other: str) -> None:
    """Corporate form, case, spaces and an alias in the other script do not make another company."""
    assert company_key(one) == company_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("누리페이", "누리페이먼츠"), ("누리페이", "누리"), ("삼성(전자)", "삼성(물산)"), ("삼성", "삼성(물산)"),
        ("Acme", "Acme Labs"), ("Incline", "Line"), ("코딩", "(주)"),
    ],
)  # fmt: skip
def test_different_companies(one: str, other: str) -> None:
    """A near name is another company."""
    assert company_key(one) != company_key(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tideform Software B.V.", "Tideform Software", True),
        ("Hartwell Foods Public Limited Company", "Hartwell Foods", True),
        ("The Fairhaven Museum", "Fairhaven Museum", True),
        ("Studio AB", "Studio ABC", False),
        ("Theatro", "atro", False),
    ],
)
def test_forms_at_the_end_and_the_article_are_no_part_of_a_name(one: str, other: str, same: bool) -> None:
    """Legal forms of more countries, and "the"; letters within a word are no form."""
    assert (company_key(one) == company_key(other)) is same
