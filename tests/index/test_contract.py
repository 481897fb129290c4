"""The contract of every vector index; the numpy one is the oracle."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from index.durable import DurableIndex
from index.exact import ExactIndex
from index.faiss_index import FaissIndex
from index.vector_index import VectorIndex
from tests.index.conftest import DIMENSION, Make, unit_rows

ROUNDING = 1e-2  # of 8 bits a component, at 16 dimensions


def test_each_vector_finds_itself_first(make: Make) -> None:
    """A stored vector is its own nearest neighbour, at similarity one; the rest follow by similarity."""
    index, rows = make(), unit_rows(120)
    index.add("a", list(range(120)), rows)
    for id_, row in enumerate(rows):
        best = index.search("a", row, 3)
        assert best[0].id == id_
        assert best[0].similarity == pytest.approx(1.0, abs=ROUNDING)
        assert [one.similarity for one in best] == sorted((one.similarity for one in best), reverse=True)
        assert all(-1 <= one.similarity <= 1 for one in best)


def test_partitions_never_mix(make: Make) -> None:
    """A search sees its own partition alone; an unknown one is empty; one id may stand in two."""
    index, rows = make(), unit_rows(5)
    index.add("a", [1, 2], rows[:2])
    index.add("b", [3, 1], rows[2:4])
    assert {one.id for one in index.search("a", rows[3], 10)} == {1, 2}
    assert index.search("b", rows[3], 1)[0].id == 1
    assert index.search("한국어 {c}", rows[0], 10) == []
    assert index.remove("a", [3, 9]) == 0
    assert index.remove("c", [1]) == 0
    assert index.remove("a", [1]) == 1
    assert index.search("b", rows[3], 1)[0].similarity == pytest.approx(1.0, abs=ROUNDING)
    assert len(index) == 3


def test_what_is_removed_is_never_found(make: Make) -> None:
    """Removing takes effect at once, and an id can come back with another vector."""
    index, rows = make(), unit_rows(10)
    index.add("a", list(range(10)), rows)
    assert index.remove("a", [3, 3, 99]) == 1
    assert 3 not in {one.id for one in index.search("a", rows[3], 10)}
    index.add("a", [3], rows[4:5])
    assert {one.id for one in index.search("a", rows[4], 2)} == {3, 4}
    index.add("a", [3], rows[5:6])
    assert len(index) == 10
    assert index.remove("a", list(range(10))) == 10
    assert index.search("a", rows[0], 5) == []
    assert len(index) == 0


def test_it_says_what_it_holds(make: Make) -> None:
    """The ids that a search can find, by partition."""
    index, rows = make(), unit_rows(30)
    index.add("a", list(range(30)), rows)
    index.add("b", [-1], rows[:1])
    index.remove("a", [4, 5])
    index.add("a", [6], rows[:1])
    assert {name: sorted(ids.tolist()) for name, ids in index.held().items()} == {
        "a": [one for one in range(30) if one not in {4, 5}],
        "b": [-1],
    }


def test_of_an_id_given_twice_the_last_vector_counts(make: Make) -> None:
    """One call may name an id twice; it is held once, with the later vector."""
    index, rows = make(), unit_rows(3)
    index.add("a", [7, 8, 7], rows)
    assert len(index) == 2
    best = index.search("a", rows[2], 2)[0]
    assert (best.id, best.similarity) == (7, pytest.approx(1.0, abs=ROUNDING))


def test_large_and_negative_ids(make: Make) -> None:
    """Ids are any 64-bit integers."""
    index, rows = make(), unit_rows(2)
    index.add("a", [2**62, -5], rows)
    assert [index.search("a", row, 1)[0].id for row in rows] == [2**62, -5]
    assert index.remove("a", [-5, 2**62]) == 2


def test_wrong_shapes_are_refused(make: Make) -> None:
    """Ids and vectors must match, in number and dimension; nothing asked is nothing found."""
    index = make()
    with pytest.raises(ValueError, match="expected"):
        index.add("a", [1], unit_rows(2))
    with pytest.raises(ValueError, match="expected"):
        index.add("a", [1], unit_rows(1)[:, :3])
    index.add("a", [], np.empty((0, DIMENSION), dtype=np.float32))
    assert index.remove("a", []) == 0
    assert index.search("a", unit_rows(1)[0], 0) == []
    index.add("a", [1], unit_rows(1))
    with pytest.raises(ValueError):  # noqa: PT011 - each says it in its own words
        index.search("a", unit_rows(1)[0][:3], 1)


def test_the_caller_may_reuse_its_arrays(make: Make) -> None:
    """What was added is a copy."""
    index, rows = make(), unit_rows(2)
    given = rows[:1].copy()
    index.add("a", [1], given)
    given[:] = rows[1]
    assert index.search("a", rows[0], 1)[0].similarity == pytest.approx(1.0, abs=ROUNDING)


class Model(RuleBasedStateMachine):
    """Does to an index and to the oracle the same, and compares."""

    def __init__(self, index: VectorIndex) -> None:
        super().__init__()
        self.index, self.oracle, self.rows = index, ExactIndex(DIMENSION), unit_rows(40)

    @rule(
        partition=st.sampled_from("ab"),
        entries=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 39)), max_size=30),
    )
    def add(self, partition: str, entries: list[tuple[int, int]]) -> None:
        ids, rows = [id_ for id_, _ in entries], self.rows[[row for _, row in entries]].reshape(-1, DIMENSION)
        for one in (self.index, self.oracle):
            one.add(partition, ids, rows)

    @rule(partition=st.sampled_from("ab"), ids=st.lists(st.integers(0, 60), max_size=20))
    def remove(self, partition: str, ids: list[int]) -> None:
        assert self.index.remove(partition, ids) == self.oracle.remove(partition, ids)

    @rule(partition=st.sampled_from("ab"), row=st.integers(0, 39), k=st.integers(1, 80))
    def search(self, partition: str, row: int, k: int) -> None:
        found = self.index.search(partition, self.rows[row], k)
        wanted = self.oracle.search(partition, self.rows[row], k)
        similarity = {one.id: one.similarity for one in self.oracle.search(partition, self.rows[row], 100)}
        assert len({one.id for one in found}) == len(found) == len(wanted)
        assert [one.similarity for one in found] == pytest.approx([similarity[one.id] for one in found], abs=ROUNDING)
        assert [one.similarity for one in found] == pytest.approx([one.similarity for one in wanted], abs=ROUNDING)

    @rule()
    def merge(self) -> None:
        if isinstance(self.index, FaissIndex | DurableIndex):
            self.index.merge()

    @rule()
    def checkpoint(self) -> None:
        if isinstance(self.index, DurableIndex):
            self.index.checkpoint()

    @rule()
    def reopen(self) -> None:
        if isinstance(self.index, DurableIndex):
            path, tuning = self.index.path, self.index.tuning
            self.index.close()
            self.index = DurableIndex.open(path, DIMENSION, "test", tuning=tuning, checkpoint_bytes=4000)

    @invariant()
    def same_size(self) -> None:
        assert len(self.index) == len(self.oracle)

    def teardown(self) -> None:
        if isinstance(self.index, FaissIndex | DurableIndex):
            self.index.close()


def test_any_history_agrees_with_the_oracle(make: Make) -> None:
    """After any adds, replacements, removals, merges, snapshots and restarts it answers as the oracle does."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: Model(make()),
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_threads_see_every_id_with_its_newest_vector(make: Make) -> None:
    """While others add, replace and remove: what stays is always found, what is gone never, no id by an old vector.

    Each writer owns its ids. It moves them between two far vectors; a reader that saw the later one once must not
    see the earlier again, and ids that nobody touches are found at every moment.
    """
    index, rows = make(), unit_rows(64)
    still = list(range(1000, 1032))
    index.add("a", still, rows[:32])
    stop, faults = threading.Event(), list[str]()

    def write(number: int) -> None:
        for turn in range(40):
            ids, at = list(range(number * 10, number * 10 + 10)), 32 + turn % 30
            index.add("a", ids, np.repeat(rows[at : at + 1], 10, axis=0))
            near = {one.id: one.similarity for one in index.search("a", rows[at], 200)}
            faults.extend(f"{id_} not at its new vector" for id_ in ids if near.get(id_, -1) < 1 - ROUNDING)
            if index.remove("a", ids[:5]) != 5:
                faults.append("a remove lost count")
            near = {one.id: one.similarity for one in index.search("a", rows[at], 200)}
            faults.extend(f"{id_} found though removed" for id_ in ids[:5] if id_ in near)
            faults.extend(f"{id_} lost" for id_ in ids[5:] if near.get(id_, -1) < 1 - ROUNDING)

    def read() -> None:
        at = 0
        while not stop.is_set():
            at = (at + 1) % 32
            best = index.search("a", rows[at], 1)
            if not best or best[0].id != 1000 + at:
                faults.append(f"{1000 + at} lost from sight")

    with ThreadPoolExecutor(6) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        writers = [pool.submit(write, number) for number in range(3)]
        for writer in writers:
            writer.result(100)
        stop.set()
        for reader in readers:
            reader.result(100)
    assert faults == []
    assert len(index) == 32 + 15
