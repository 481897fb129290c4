"""What every encoder promises, whoever it is."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from embeddings.cached import CachedEncoder
from embeddings.encoder import Encoder, digest, to_unit
from embeddings.errors import EncodingError
from tests.embeddings.conftest import LoadEncoder

TEXTS = (
    "백엔드 개발자를 모집합니다. 경력 3년 이상, 서울 강남구.",
    "We are looking for a registered nurse.",
    "",
    "간호사",
    "데이터 파이프라인 설계 및 운영 경험이 있는 분을 찾습니다. " * 6,
    "🙂",
    "  \n\t ",
)


@pytest.fixture(
    params=[
        "hashing",
        "cached hashing",
        pytest.param("bundled", marks=pytest.mark.model),
        pytest.param("cached bundled", marks=pytest.mark.model),
        pytest.param("sentence_transformer", marks=pytest.mark.model),
    ]
)
def encoder(request: pytest.FixtureRequest, load: LoadEncoder) -> Encoder:
    name: str = request.param
    plain = load(name.removeprefix("cached "))
    return CachedEncoder(plain, 100) if name.startswith("cached") else plain


def closest(vectors: np.ndarray, others: np.ndarray) -> float:
    return float((vectors * others).sum(axis=1).min())


def test_rows_have_unit_length(encoder: Encoder) -> None:
    """One float32 row a text, each of length one, for empty texts too."""
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)


def test_nothing_gives_no_rows(encoder: Encoder) -> None:
    """An empty list gives shape (0, d)."""
    vectors = encoder.encode([])
    assert vectors.shape == (0, encoder.dimension)
    assert vectors.dtype == np.float32


def test_a_vector_depends_on_its_text_alone(encoder: Encoder) -> None:
    """Order, neighbours and batch size change nothing: each row is what the text gives by itself."""
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert closest(alone, encoder.encode(TEXTS)) > 0.99999
    assert closest(alone[::-1], encoder.encode(TEXTS[::-1])) > 0.99999
    many = encoder.encode([*TEXTS] * 12)
    assert closest(np.tile(alone, (12, 1)), many) > 0.99999


def test_different_texts_have_different_vectors(encoder: Encoder) -> None:
    """The nearest of the encoded texts to a text is itself."""
    distinct = TEXTS[:2] + TEXTS[3:5]
    similarity = encoder.encode(distinct) @ encoder.encode(distinct).T
    assert similarity.argmax(axis=1).tolist() == list(range(len(distinct)))


def test_encoding_is_deterministic(encoder: Encoder) -> None:
    """The same call gives the same bits."""
    np.testing.assert_array_equal(encoder.encode(TEXTS), encoder.encode(TEXTS))


def test_threads_may_share_an_encoder(encoder: Encoder) -> None:
    """Eight callers at once each get the rows of their own texts."""
    expected = encoder.encode(TEXTS)

    def shifted(shift: int) -> float:
        order = [(position + shift) % len(TEXTS) for position in range(len(TEXTS))]
        return closest(expected[order], encoder.encode([TEXTS[position] for position in order]))

    with ThreadPoolExecutor(8) as pool:
        assert min(pool.map(shifted, range(24))) > 0.99999


def test_text_that_is_no_utf8_is_encoded(encoder: Encoder) -> None:
    """A lone surrogate, which JSON can spell, stops nobody."""
    assert encoder.encode(["a\ud800b"]).shape == (1, encoder.dimension)


def test_the_fingerprint_follows_from_the_description(encoder: Encoder) -> None:
    """Sixteen hexadecimal digits of what decides the vectors; the description is the caller's own copy."""
    description = encoder.describe()
    assert {"model", "prefix", "pooling", "dimension", "quantisation"} <= description.keys()
    assert description["dimension"] == encoder.dimension
    assert encoder.fingerprint == digest(description)
    assert len(encoder.fingerprint) == 16
    description["dimension"] = -1
    assert encoder.describe()["dimension"] == encoder.dimension


@pytest.mark.model
def test_encoders_have_fingerprints_of_their_own(load: LoadEncoder) -> None:
    """Vectors of the int8 and of the float model are not mixed up, near as they are."""
    names = ("hashing", "bundled", "sentence_transformer")
    assert len({load(name).fingerprint for name in names}) == len(names)


@pytest.mark.parametrize("bad", [[[0.0, 0.0]], [[1.0, 0.0], [np.nan, 1.0]], [[np.inf, 1.0]]])
def test_what_has_no_direction_is_refused(bad: Sequence[Sequence[float]]) -> None:
    """Zeros and values that are not finite never become unit vectors."""
    with pytest.raises(EncodingError):
        to_unit(np.array(bad))


def test_to_unit_wants_a_matrix() -> None:
    """A single vector is a programming error, said as such."""
    with pytest.raises(ValueError, match="shape"):
        to_unit(np.ones(3))


def test_to_unit_leaves_its_argument_alone() -> None:
    """Even what is float32 already is copied."""
    given = np.array([[3.0, 4.0]], np.float32)
    np.testing.assert_allclose(to_unit(given), [[0.6, 0.8]])
    np.testing.assert_array_equal(given, [[3.0, 4.0]])
