from collections.abc import Sequence

import numpy as np
import pytest

from embeddings.cached import CachedEncoder
from embeddings.encoder import UnitVectors
from embeddings.hashing import HashingEncoder


class Counting(HashingEncoder):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[list[str]] = []

    def encode(self, texts: Sequence[str]) -> UnitVectors:
        self.calls.append(list(texts))
        return super().encode(texts)


@pytest.fixture
def inner() -> Counting:
    return Counting()


def test_a_text_is_encoded_once(inner: Counting) -> None:
    """Neither repeats within a call nor later calls reach the encoder, and the rows stay in order."""
    cached = CachedEncoder(inner, 10)
    first = cached.encode(["a", "b", "a", "a"])
    second = cached.encode(["c", "a", "b"])
    assert inner.calls == [["a", "b"], ["c"]]
    np.testing.assert_array_equal(first[[0, 1]], second[[1, 2]])
    np.testing.assert_array_equal(first[0], first[2])
    assert (cached.hits, cached.misses) == (4, 3)


def test_the_least_recently_used_goes_first(inner: Counting) -> None:
    """Using a vector keeps it."""
    cached = CachedEncoder(inner, 2)
    cached.encode(["a"])
    cached.encode(["b"])
    cached.encode(["a"])
    cached.encode(["c"])
    inner.calls.clear()
    cached.encode(["a", "c"])
    cached.encode(["b"])
    assert inner.calls == [["b"]]


def test_a_call_may_be_larger_than_the_cache(inner: Counting) -> None:
    """Every row is right even when most are forgotten at once, or nothing is kept at all."""
    texts = [str(number) for number in range(20)] * 2
    for capacity in (0, 3):
        np.testing.assert_array_equal(CachedEncoder(inner, capacity).encode(texts), HashingEncoder().encode(texts))


def test_the_result_is_the_callers_own(inner: Counting) -> None:
    """Writing into a result changes no later one."""
    cached = CachedEncoder(inner, 10)
    expected = cached.encode(["a"]).copy()
    cached.encode(["a"])[:] = 0
    np.testing.assert_array_equal(cached.encode(["a"]), expected)


def test_a_cache_changes_no_fingerprint(inner: Counting) -> None:
    """The vectors are the encoder's."""
    cached = CachedEncoder(inner, 10)
    assert (cached.fingerprint, cached.dimension) == (inner.fingerprint, inner.dimension)
    assert cached.describe() == inner.describe()


def test_a_negative_capacity_is_refused(inner: Counting) -> None:
    """It would forget for ever."""
    with pytest.raises(ValueError, match="negative"):
        CachedEncoder(inner, -1)


def test_recalling_never_encodes(inner: Counting) -> None:
    """It gives what is remembered and leaves the rest out; what it gave counts as used and as a hit."""
    cached = CachedEncoder(inner, 2)
    cached.encode(["a", "b"])
    found = cached.recall(["a", "unknown", "a"])
    assert found.keys() == {"a"}
    np.testing.assert_array_equal(found["a"], HashingEncoder().encode(["a"])[0])
    assert (inner.calls, cached.hits, cached.misses) == ([["a", "b"]], 1, 2)
    cached.encode(["c"])  # takes the place of b
    assert cached.recall(["a", "b", "c"]).keys() == {"a", "c"}


def test_closing_closes_what_holds_something_open(inner: Counting) -> None:
    """And asks nothing of an encoder that has nothing to close."""
    closed = []

    class Open(Counting):
        def close(self) -> None:
            closed.append(self)

    CachedEncoder(inner, 1).close()
    CachedEncoder(Open(), 1).close()
    assert len(closed) == 1
