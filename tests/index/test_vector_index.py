"""The contract of every vector index, against the numpy oracle."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.exact import ExactIndex
from index.faiss_index import FaissIndex
from index.vector_index import VectorIndex, Vectors

DIMENSION = 16
Make = Callable[[int], VectorIndex]


@pytest.fixture(params=[ExactIndex, FaissIndex])
def make(request: pytest.FixtureRequest) -> Make:
    return request.param  # type: ignore[no-any-return]


def vectors(count: int, seed: int = 7) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)  # type: ignore[no-any-return]


def test_each_vector_finds_itself_first(make: Make) -> None:
    """A stored vector is its own nearest neighbour, at similarity one."""
    index, rows = make(DIMENSION), vectors(50)
    index.add("a", list(range(50)), rows)
    for id_, row in enumerate(rows):
        best = index.search("a", row, 3)
        assert best[0].id == id_
        assert best[0].similarity == pytest.approx(1.0, abs=2e-3)
        assert [one.similarity for one in best] == sorted((one.similarity for one in best), reverse=True)


def test_partitions_never_mix(make: Make) -> None:
    """A search sees its own partition alone; an unknown one is empty."""
    index, rows = make(DIMENSION), vectors(4)
    index.add("a", [1, 2], rows[:2])
    index.add("b", [3, 4], rows[2:])
    assert {one.id for one in index.search("a", rows[3], 10)} == {1, 2}
    assert index.search("c", rows[0], 10) == []
    assert index.remove("a", [3, 4, 9]) == 0
    assert len(index) == 4


def test_what_is_removed_is_never_found(make: Make) -> None:
    """Removing takes effect at once, and an id can come back with another vector."""
    index, rows = make(DIMENSION), vectors(10)
    index.add("a", list(range(10)), rows)
    assert index.remove("a", [3, 3, 99]) == 1
    assert 3 not in {one.id for one in index.search("a", rows[3], 10)}
    index.add("a", [3], rows[4:5])
    assert {one.id for one in index.search("a", rows[4], 2)} == {3, 4}
    index.add("a", [3], rows[5:6])
    assert len(index) == 10


def test_wrong_shapes_are_refused(make: Make) -> None:
    """Ids and vectors must match, in number and dimension."""
    index = make(DIMENSION)
    with pytest.raises(ValueError, match="expected"):
        index.add("a", [1], vectors(2))
    with pytest.raises(ValueError, match="expected"):
        index.add("a", [1], vectors(1)[:, :3])
    index.add("a", [], np.empty((0, DIMENSION), dtype=np.float32))
    assert index.search("a", vectors(1)[0], 0) == []


_OPERATIONS = st.lists(st.tuples(st.booleans(), st.integers(0, 12), st.integers(0, 30)), max_size=40)


@given(_OPERATIONS)
@settings(max_examples=60)
def test_faiss_agrees_with_the_oracle(operations: list[tuple[bool, int, int]]) -> None:
    """After any adds, replacements and removals both hold the same ids and rank them alike."""
    oracle, index, rows = ExactIndex(DIMENSION), FaissIndex(DIMENSION), vectors(31)
    for adding, id_, row in operations:
        for one in (oracle, index):
            if adding:
                one.add("a", [id_], rows[row : row + 1])
            else:
                one.remove("a", [id_])
    assert len(oracle) == len(index)
    wanted, found = oracle.search("a", rows[0], 20), index.search("a", rows[0], 20)
    assert {one.id for one in wanted} == {one.id for one in found}
    assert [one.similarity for one in found] == pytest.approx([one.similarity for one in wanted], abs=5e-3)
