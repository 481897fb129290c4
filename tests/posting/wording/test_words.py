"""The word lists agree with each other, and words lose what carries nothing."""

from __future__ import annotations

import pytest

from cache_service.posting.wording import english, korean
from cache_service.posting.wording.conjugation import forms
from cache_service.posting.wording.statements import ANTONYMS
from cache_service.posting.wording.words import groups


@pytest.mark.parametrize("name", ["synonyms_ko", "synonyms_en"])
def test_there_are_enough_groups(name: str) -> None:
    """Each language has at least 350 groups of two wordings or more."""
    found = list(groups(name))
    assert len(found) >= 350
    assert all(len(group) > 1 and all(group) for group in found)


def test_no_antonyms_are_synonyms() -> None:
    """No list takes for one what must differ."""
    assert [pair for pair in ANTONYMS if pair[0] == pair[1]] == []


@pytest.mark.parametrize(
    ("root", "irregular", "expected"),
    [
        ("만들", "", "만드는 만듭니다 만들어 만든 만들고 만듦"),
        ("돕", "b", "돕는 도와 도우며 도운 돕습니다"),
        ("듣", "d", "듣는 들어 들으며 들은"),
        ("짓", "s", "짓는 지어 지으며 지은"),
        ("빠르", "", "빠른 빨라 빠르게"),
        ("원하", "", "원하는 원해요 원하여 원합니다 원한"),
        ("키우", "", "키우는 키워 키웁니다 키운"),
    ],
)
def test_native_verbs_are_conjugated(root: str, irregular: str, expected: str) -> None:
    """Regular and irregular classes take the forms of the standard grammar."""
    assert set(expected.split()) <= set(forms(root, irregular))


@pytest.mark.parametrize("ending", "하고 하며 합니다 함 하기 하는 를 했던 하여 됩니다".split())
def test_endings_come_off(ending: str) -> None:
    """Whatever its ending, a verb made with 하다 has one stem."""
    assert korean.stems("설계" + ending)[0] == ("설계",)


@pytest.mark.parametrize("noun", "평가 회의 성과 휴가 경로 제도 효과 문의".split())
def test_nouns_that_end_like_particles_stay_whole(noun: str) -> None:
    """The last syllable of a noun is no particle."""
    assert korean.stems(noun)[0] == (noun,)
    assert korean.stems(noun + "를")[0] == (noun,)


@pytest.mark.parametrize(
    ("one", "other"),
    [("managing", "management"), ("writes", "written"), ("organisation", "organizing"), ("baking", "bake")],
)
def test_forms_of_an_english_word_are_one(one: str, other: str) -> None:
    """Inflection, derivation and both spellings come together."""
    assert english.stem(one) == english.stem(other)


@pytest.mark.parametrize(("one", "other"), [("manager", "manage"), ("designer", "design"), ("account", "accounting")])
def test_who_does_it_is_another_word(one: str, other: str) -> None:
    """A person is not what the person does."""
    assert english.stem(one) != english.stem(other)
