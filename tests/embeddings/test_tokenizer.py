import json
from pathlib import Path
from typing import Any

import pytest
import tokenizers
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.errors import ModelBuildError
from embeddings.tokenizer import UnigramTokenizer, write_tables

PIECES = ["▁", "▁ab", "a", "b", "ab", "abc", "c", "bc", "가", "가나", "나다", "다", "▁가", "é", "🙂", "aaaa", "aa"]
ODD = [
    "",
    "  two  spaces  ",
    "<s> x </s>",
    "a<mask>b<unk>",
    "▁▁a ▁",
    "tab\tline\nreturn\r",
    "ｆｕｌｌ　ｗｉｄｔｈ ㈜ ½ Ⅷ",
    "\u1112\u1161\u11ab",
    "a\u0301\u0301",
    "\U00012345\U00012346 가",
    "漢字かな交じり文です",
    "👩‍👩‍👧‍👦🙂",
    "-" * 300,
    "x" * 300,
    "\x00\x01\u200b\ufeff",
]


class Pair:
    """Ours and the reference, with a short repr: that of the real one is 300 kB."""

    def __init__(self, tables: Path, tokenizer_json: Path) -> None:
        self._ours = UnigramTokenizer(tables)
        self._theirs = tokenizers.Tokenizer.from_file(str(tokenizer_json))

    def agree(self, text: str) -> bool:
        return bool(self._ours.encode(text) == self._theirs.encode(text, add_special_tokens=False).ids)


def spec(pieces: list[str]) -> dict[str, Any]:
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    vocabulary = [[text, 0.0] for text in special]
    # Equal scores on purpose: segmentations that tie must be resolved alike.
    vocabulary += [[text, -1.0 - position % 3] for position, text in enumerate(pieces)]
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {
        "version": "1.0",
        "added_tokens": [{"id": number, "content": text, **flags} for number, text in enumerate(special)],
        "normalizer": {"type": "NFKC"},
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True},
        "model": {"type": "Unigram", "unk_id": 3, "vocab": vocabulary},
    }


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    folder = tmp_path_factory.mktemp("tokenizer")
    path = folder / "tokenizer.json"
    path.write_text(json.dumps(spec(PIECES)), encoding="utf-8")
    write_tables(path, folder / "tables")
    return Pair(folder / "tables", path)


@pytest.fixture(scope="module")
def real(bundled: Path) -> Pair:
    return Pair(bundled / "onnx" / "tokenizer", bundled / "tokenizer.json")


@given(text=st.text(st.sampled_from("abc가나다é🙂 x▁<s>"), max_size=40))
@settings(max_examples=500)
def test_ids_are_those_of_tokenizers(text: str, small: Pair) -> None:
    """On a small vocabulary made of overlaps, ties and gaps."""
    assert small.agree(text)


@pytest.mark.model
@given(text=st.text(max_size=60))
@settings(max_examples=500, deadline=None)
def test_ids_of_the_model_are_those_of_tokenizers(text: str, real: Pair) -> None:
    """On the real vocabulary and any text whatever."""
    assert real.agree(text)


@pytest.mark.model
@pytest.mark.parametrize("text", ODD)
def test_odd_texts_have_the_same_ids(text: str, real: Pair) -> None:
    """Special tokens, control characters, composed and full-width forms, runs without an end."""
    assert real.agree(text)
    assert real.agree(f"query: {text}")


def test_another_kind_of_tokenizer_is_refused(tmp_path: Path) -> None:
    """Rather than made into wrong tables."""
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps(spec(PIECES) | {"model": {"type": "BPE"}}), encoding="utf-8")
    with pytest.raises(ModelBuildError, match="unigram"):
        write_tables(path, tmp_path / "tables")
