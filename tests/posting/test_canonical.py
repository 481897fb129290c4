from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache_service.posting.canonical import clean, clean_block, fold, fold_set, forbidden_control, printable


@given(st.text())
def test_every_form_is_idempotent(text: str) -> None:
    """Canonicalising what is canonical changes nothing."""
    for form in (clean, clean_block, fold, printable):
        assert form(form(text)) == form(text)


@given(st.lists(st.text(max_size=8), max_size=6), st.randoms())
def test_a_set_has_no_order_and_no_repeats(items: list[str], random: object) -> None:
    """Order and repeats of a list carry no meaning."""
    shuffled = [*items, *items]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold_set(shuffled) == fold_set(items)


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("  누리\u200b페이 ", "누리페이"),
        ("ＡＢＣ\u00a0㈜", "ABC (주)"),
        ("가\u1161", "가\u1161"),
        ("한\u1100\u1161", "한가"),
        ("a\tb\r\nc", "a b c"),
        ("\ufeff\u202e끝\u3164", "끝"),
        ("e\u200b\u0301", "é"),
    ],
)
def test_clean(given_text: str, wanted: str) -> None:
    """NFKC, nothing invisible, white space folded; what becomes adjacent is composed."""
    assert clean(given_text) == wanted


def test_fold_keeps_confusable_skills_apart() -> None:
    """Folding loses case and spaces, never a sign that tells two skills apart."""
    assert fold("Spring Boot") == fold("spring  boot")
    assert len({fold(text) for text in ("C", "C++", "C#", "Java", "JavaScript", "SQL", "NoSQL", ".NET")}) == 8


def test_printable_keeps_wording() -> None:
    """What people wrote is shown as they wrote it: no compatibility forms, only the invisible goes."""
    assert printable("① ㈜누리\u200b페이\r\n…") == "① ㈜누리페이\n…"


@pytest.mark.parametrize(
    ("text", "found"), [("a\x00", "\x00"), ("\x1b[0m", "\x1b"), ("a\x7f", "\x7f"), ("탭\t줄\n", None)]
)
def test_forbidden_control(text: str, found: str | None) -> None:
    """Control characters other than tab and line ends are found."""
    assert forbidden_control(text) == found


@given(st.text(st.sampled_from("가a é\n\t\u3164\u200b\u00ad\u034f\ufeff\u202e\u00a0\u3000\x07\ud800\ue000\u0378")))
def test_what_nobody_sees_is_taken_out_letter_by_letter(text: str) -> None:
    """The short way for plain texts leaves nothing in that the long way takes out."""
    for letter in text:
        assert printable(letter) in printable(text)
    assert printable(text) == "".join(map(printable, text))
