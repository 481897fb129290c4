import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.encoder import to_unit
from embeddings.errors import EncodingError
from embeddings.windows import merge_windows, split_evenly
from tests.embeddings.conftest import LoadEncoder

DUTIES = "데이터 파이프라인을 설계하고 안정적으로 운영합니다. 품질 지표를 정의하고 개선합니다. "
CARE = "Registered nurse for night shifts in intensive care, working closely with the physicians. "


@given(st.integers(0, 5000), st.integers(1, 600))
def test_windows_cover_everything_once(length: int, limit: int) -> None:
    """In order, without gap or overlap, none too long, sizes as even as can be, and no more than needed."""
    windows = split_evenly(length, limit)
    covered = [position for window in windows for position in range(length)[window]]
    assert covered == list(range(length))
    sizes = [window.stop - window.start for window in windows]
    assert max(sizes) <= limit
    assert max(sizes) - min(sizes) <= 1
    assert len(windows) == max(1, -(-length // limit))


def test_windows_count_by_their_tokens() -> None:
    """The mean is weighted, the result of unit length, and texts are kept apart."""
    vectors = np.array([[1, 0], [0, 1], [0, 1]], np.float32)
    merged = merge_windows(vectors, [0, 0, 1], [3, 1, 7], 2)
    np.testing.assert_allclose(merged, to_unit(np.array([[3.0, 1.0], [0.0, 1.0]])), atol=1e-6)


def test_windows_that_cancel_out_are_an_error() -> None:
    """Not a row of zeros."""
    with pytest.raises(EncodingError):
        merge_windows(np.array([[1, 0], [-1, 0]], np.float32), [0, 0], [1, 1], 1)


@pytest.mark.model
@pytest.mark.parametrize("name", ["bundled", "sentence_transformer"])
def test_the_end_of_a_long_text_counts(name: str, load: LoadEncoder) -> None:
    """Beyond 512 tokens too: texts of one beginning and different ends differ, towards what the ends say."""
    encoder = load(name)
    beginning = DUTIES * 40
    same, other = encoder.encode([beginning + DUTIES * 40, beginning + CARE * 40])
    about_care = encoder.encode([CARE])[0]
    assert same @ other < 0.985
    assert other @ about_care > same @ about_care + 0.02


@pytest.mark.model
def test_a_long_text_is_the_mean_of_its_windows(load: LoadEncoder) -> None:
    """A text of one sentence over and over is about what one window of it is."""
    encoder = load("bundled")
    once, often = encoder.encode([DUTIES * 15, DUTIES * 100])
    assert once @ often > 0.99
