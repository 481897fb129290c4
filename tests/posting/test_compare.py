from __future__ import annotations

import pytest

from cache_service.posting.compare import compare, read_ahead
from cache_service.posting.facts import Facts, FactValue

PATH = "requirements.responsibilities"


def outcome(want: FactValue, have: FactValue, path: str = PATH) -> tuple[bool, bool]:
    """Whether the two differ, and whether they count as reworded."""
    found = compare(
        (path,), Facts({path: want}), Facts({path: have}), text="", language="ko", unknown_if_unstated=False
    )
    return bool(found.differing), bool(found.reworded)


@pytest.mark.parametrize(
    ("want", "have"),
    [(("결제 API 설계, 운영",), ("결제 API 설계 · 운영.",)), (("API 설계", "운영"), ("운영", "- API 설계"))],
)
def test_marks_and_order_are_wording(want: FactValue, have: FactValue) -> None:
    """Free text that differs in punctuation alone is the same text reworded."""
    assert outcome(want, have) == (False, True)


@pytest.mark.parametrize(
    ("want", "have"),
    [
        (("C++ 서비스 개발",), ("C# 서비스 개발",)),
        (("C 서비스 개발",), ("C++ 서비스 개발",)),
        (("Java를 Kotlin으로 전환",), ("Kotlin을 Java로 전환",)),
        (("3.5톤 운전",), ("35톤 운전",)),
        (("3~5명 관리",), ("35명 관리",)),
        (("재택 가능",), ("재택 불가",)),
        (("결제 API 설계",), ("정산 API 설계",)),
    ],
)
def test_words_numbers_and_signs_are_facts(want: FactValue, have: FactValue) -> None:
    """One other word, number or sign is another fact."""
    assert outcome(want, have) == (True, False)


def test_typed_facts_are_compared_as_values() -> None:
    """Numbers and names equal or not; case and spaces of a skill do not count."""
    assert outcome(("Java", "Spring Boot"), ("spring boot", "JAVA"), "requirements.skills") == (False, False)
    assert outcome(("Java",), ("JavaScript",), "requirements.skills") == (True, False)
    assert outcome(3, 5, "requirements.years_min") == (True, False)


def test_unknown_is_not_absent() -> None:
    """What a derived entry leaves open counts as stated only if its text says it."""
    path = "company.industry"
    for text, differs in (("핀테크 기업입니다", False), ("게임 회사입니다", True)):
        found = compare((path,), Facts({path: "핀테크"}), Facts(), text=text, language="ko", unknown_if_unstated=True)
        assert bool(found.differing) is differs
    found = compare(
        (path,), Facts({path: "핀테크"}), Facts(), text="핀테크 기업", language="ko", unknown_if_unstated=False
    )
    assert found.differing[0].stored is None


@pytest.mark.parametrize(
    ("path", "want", "have", "text", "differs"),
    [
        ("company.about", "소개 줄\n[채용 절차]\n서류 - 면접", "소개 줄", "소개 줄", False),
        ("company.about", "다른 소개", "소개 줄", "소개 줄", True),
        ("company.benefits", ("[복지]", "• 식대 지원"), ("식대 지원",), "[복지]\n• 식대 지원", False),
        ("company.benefits", ("식대 지원", "기숙사"), ("식대 지원",), "• 식대 지원", True),
        ("company.benefits", ("식대 지원",), ("식대 지원", "기숙사"), "• 식대 지원\n• 기숙사", True),
    ],
)
def test_a_request_that_quotes_the_posting(
    path: str, want: FactValue, have: FactValue, text: str, differs: bool
) -> None:
    """Facts given as the posting words them, marks and headings included, equal those read off the posting."""
    found = compare(
        (path,), Facts({path: want}), Facts({path: have}), text=text, language="ko", unknown_if_unstated=True
    )
    assert bool(found.differing) is differs


def test_the_first_difference_is_found_before_any_wording_is_compared() -> None:
    """Not in full, one differing value is enough, whatever stands before it; what is the same stays the same."""
    paths = (PATH, "requirements.seniority", "requirements.years_min")
    wanted = Facts({PATH: ("API 설계",), "requirements.years_min": 3})
    other = Facts({PATH: ("화면 설계",), "requirements.years_min": 5})
    same = Facts({PATH: ("- API 설계.",), "requirements.years_min": 3})

    def differing(stored: Facts, *, in_full: bool) -> list[str]:
        found = compare(paths, wanted, stored, text="", language="ko", unknown_if_unstated=False, in_full=in_full)
        return [one.fact for one in found.differing]

    assert differing(other, in_full=True) == ["responsibilities", "years_min"]
    assert differing(other, in_full=False) == ["years_min"]
    assert differing(same, in_full=False) == differing(same, in_full=True) == []


def test_reading_ahead_changes_no_outcome() -> None:
    """What was read before it is compared is compared as it would have been."""
    wanted = Facts({PATH: ("결제 API 설계와 운영", "장애 대응 3회")})
    read_ahead((PATH, "requirements.notes"), wanted, "ko")
    assert outcome(wanted[PATH], ("결제 API 설계 및 운영", "장애 대응 3회")) == (False, True)
    assert outcome(wanted[PATH], ("결제 API 설계 및 운영", "장애 대응 4회")) == (True, False)
