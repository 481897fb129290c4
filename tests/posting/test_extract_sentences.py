from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache_service.posting.sentences import SentenceSplitter, split_sentences

_PIECES = st.sampled_from(
    [
        "결제를 만듭니다",
        ". ",
        ".",
        "! ",
        "?",
        "\n",
        "3.5",
        "Node.js",
        "Co., Ltd. ",
        "U.S. ",
        "1. ",
        "…",
        '"',
        ") ",
        " ",
        "\r\n",
        "가",
    ]
)
_TEXTS = st.lists(_PIECES, max_size=25).map("".join) | st.text(max_size=60)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("하나입니다. 둘입니다! 셋?", ["하나입니다. ", "둘입니다! ", "셋?"]),
        ("첫 줄\n둘째 줄\n", ["첫 줄\n", "둘째 줄\n"]),
        ("평점 3.5점. 끝", ["평점 3.5점. ", "끝"]),
        ("Node.js를 씁니다. 끝", ["Node.js를 씁니다. ", "끝"]),
        ("Nuri Co., Ltd. is here. End", ["Nuri Co., Ltd. is here. ", "End"]),
        ("The U.S. team. End", ["The U.S. team. ", "End"]),
        ("1. 결제\n2. 정산", ["1. 결제\n", "2. 정산"]),
        ('"좋아요!" 라고 합니다. 끝', ['"좋아요!" ', "라고 합니다. ", "끝"]),
        ("기다려요… 네", ["기다려요… ", "네"]),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    """Endings with white space and newlines end a sentence; decimals, names and list markers do not."""
    assert split_sentences(text) == sentences


@given(_TEXTS, st.data())
def test_sentences_do_not_depend_on_how_the_text_is_cut(text: str, data: st.DataObject) -> None:
    """Fed in any pieces, the sentences are the same and together they are the text."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    splitter = SentenceSplitter()
    found: list[str] = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        found += splitter.feed(text[start:end])
    rest = splitter.flush()
    found += [rest] if rest else []
    assert found == split_sentences(text)
    assert "".join(found) == text


def test_a_splitter_is_empty_after_a_flush() -> None:
    """What is left is given once."""
    splitter = SentenceSplitter()
    assert splitter.feed("반쯤") == []
    assert (splitter.flush(), splitter.flush()) == ("반쯤", "")
