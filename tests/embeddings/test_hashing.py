import subprocess
import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.hashing import HashingEncoder

ENCODER = HashingEncoder()


def similarity(first: str, second: str) -> float:
    vectors = ENCODER.encode([first, second])
    return float(vectors[0] @ vectors[1])


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("백엔드 개발자 채용", "백엔드 개발자를 채용합니다", "간호사 모집 3교대 근무"),
        ("backend engineer wanted", "We want backend engineers", "registered nurse, night shifts"),
    ],
)
def test_texts_that_share_wording_are_closer(text: str, near: str, far: str) -> None:
    """In Korean and in English."""
    assert similarity(text, near) > 0.4
    assert abs(similarity(text, far)) < 0.25


@given(st.text())
def test_case_width_and_spacing_do_not_count(text: str) -> None:
    """Folding twice is folding once: case, full width and runs of white space make no difference."""
    folded = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    if unicodedata.normalize("NFKC", folded).lower() == folded:
        assert similarity(text, f"  {folded}\n") == pytest.approx(1.0, abs=1e-6)


@given(st.lists(st.text(max_size=20), max_size=8))
def test_neighbours_do_not_leak(texts: list[str]) -> None:
    """No n-gram reaches from one text into the next: a row is bit for bit what the text gives alone."""
    together = ENCODER.encode(texts)
    for position, text in enumerate(texts):
        np.testing.assert_array_equal(together[position], ENCODER.encode([text])[0])


def test_vectors_are_the_same_in_every_process() -> None:
    """Nothing depends on Python's randomised hashes."""
    code = "from embeddings.hashing import HashingEncoder as E; print(E().encode(['공고']).tobytes().hex())"
    outputs = {
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
        for _ in range(2)
    }
    assert outputs == {ENCODER.encode(["공고"]).tobytes().hex()}


def test_the_dimension_is_part_of_the_fingerprint() -> None:
    """Two sizes are two encoders; too small a size is refused."""
    small = HashingEncoder(64)
    assert small.encode(["공고"]).shape == (1, 64)
    assert small.fingerprint != ENCODER.fingerprint
    with pytest.raises(ValueError, match="at least 16"):
        HashingEncoder(8)
