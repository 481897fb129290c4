"""Names of jobs and industries lose the words around them, and nothing else."""

from __future__ import annotations

import pytest

from cache_service.posting.equality import same_title
from cache_service.posting.wording.names import in_full, plain_culture, plain_industry, without_hiring, without_level


@pytest.mark.parametrize(
    ("worded", "title"),
    [
        ("백엔드 개발자 모집", "백엔드 개발자"),
        ("[긴급] 백엔드 개발자", "백엔드 개발자"),
        ("★ 백엔드 개발자를 찾습니다!", "백엔드 개발자"),
        ("Hiring: Line Cook", "Line Cook"),
        ("We're looking for a Line Cook", "Line Cook"),
        ("C++ Developer", "C++ Developer"),
        ("채용", "채용"),
    ],
)
def test_words_of_hiring_come_off(worded: str, title: str) -> None:
    """What is left is the title as worded; a title of nothing else stays."""
    assert without_hiring(worded, is_role=True) == title


def test_a_field_named_after_hiring_keeps_its_name() -> None:
    """Recruiting is a job of its own."""
    assert not same_title("인사 채용", "인사")
    assert not same_title("채용 담당자", "담당자 채용")
    assert same_title("채용 담당자 모집", "채용 담당자")


def test_levels_are_told_apart_from_titles() -> None:
    """Words of level are named, in both languages; a word that only begins so is none."""
    assert without_level("[경력] 백엔드 개발자") == ("백엔드 개발자", frozenset({"experienced"}))
    assert without_level("Sr. Nurse") == ("Nurse", frozenset({"senior"}))
    assert without_level("경력관리 상담사") == ("경력관리 상담사", frozenset())


@pytest.mark.parametrize(
    ("worded", "language", "plain"),
    [
        ("도매업", "ko", "도매"),
        ("물류 산업", "ko", "물류"),
        ("창업", "ko", "창업"),
        ("The logistics industry", "en", "logistics"),
        ("Financial services", "en", "Financial services"),
    ],
)
def test_words_for_industry_come_off(worded: str, language: str, plain: str) -> None:
    """The name of what is done stays, services among it."""
    assert plain_industry(worded, language) == plain


def test_other_words_around_names_come_off() -> None:
    """Nicknames are given in full; what a company values is named without saying that it does."""
    assert in_full("RN") == "registered nurse"
    assert plain_culture("We value ideas over titles") == "ideas over titles"
