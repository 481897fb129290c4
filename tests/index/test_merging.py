"""Flat and inverted main parts, and what happens while they are made."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from index import partition as partition_module
from index.exact import ExactIndex
from index.faiss_index import FaissIndex
from index.ivf_main import lists_for
from index.partition import Main, Snapshot, Tuning
from index.vector_index import Vectors
from tests.index.conftest import DIMENSION, unit_rows

ROWS = unit_rows(500)
BY_HAND = Tuning(merge_at=1_000_000, flat_below=100, nprobe=1_000_000)


def clustered(count: int, dimension: int = 64, seed: int = 3) -> Vectors:
    chance = np.random.default_rng(seed)
    centres = unit_rows(count // 100, seed, dimension)
    rows = centres[chance.integers(0, len(centres), count)]
    rows = rows + chance.standard_normal(rows.shape, dtype=np.float32) * np.float32(0.7 / dimension**0.5)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)  # type: ignore[no-any-return]


def test_a_large_partition_finds_what_the_oracle_finds() -> None:
    """Clustered vectors behind an inverted file, with the probes that it chose itself: recall@1 of 0.99."""
    rows, chance = clustered(30_000), np.random.default_rng(5)
    oracle = ExactIndex(64)
    oracle.add("a", range(30_000), rows)
    with FaissIndex(64) as index:
        for start in range(0, 30_000, 5000):
            index.add("a", range(start, start + 5000), rows[start : start + 5000])
        index.merge()
        stats = index.stats()["a"]
        assert (stats.kind, stats.pending, stats.vectors) == ("ivf", 0, 30_000)
        assert 4 <= stats.nprobe <= 64
        queries = rows[chance.integers(0, 30_000, 200)] + chance.normal(0, 0.4 / 8, (200, 64)).astype(np.float32)
        queries /= np.linalg.norm(queries, axis=1, keepdims=True)
        same = [index.search("a", one, 1)[0].id == oracle.search("a", one, 1)[0].id for one in queries]
        assert np.mean(same) >= 0.99
        assert all(index.search("a", rows[id_], 1)[0].id == id_ for id_ in range(0, 30_000, 300))


def test_a_partition_changes_its_kind_with_its_size() -> None:
    """Flat while small, inverted when large, trained again when it has grown, flat again when it has shrunk."""
    with FaissIndex(DIMENSION, BY_HAND) as index:
        kinds = []
        for first, last in ((0, 90), (90, 110), (110, 500)):
            index.add("a", range(first, last), ROWS[first:last])
            index.merge()
            stats = index.stats()["a"]
            kinds.append((stats.kind, stats.nlist))
            assert {one.id for one in index.search("a", ROWS[0], 1000)} == set(range(last))
        assert kinds == [("flat", 0), ("ivf", lists_for(110)), ("ivf", lists_for(500))]
        index.remove("a", list(range(40, 500)))
        index.merge()
        assert index.stats()["a"].kind == "flat"
        assert [index.search("a", ROWS[id_], 1)[0].id for id_ in range(40)] == list(range(40))


def test_vectors_that_fit_no_range_are_stored_anew() -> None:
    """8-bit codes span what was there; much that lies outside of it makes the main part be built again."""
    narrow = ROWS[:200].copy()
    narrow[:, 0] = 0.01
    narrow /= np.linalg.norm(narrow, axis=1, keepdims=True)
    wide = ROWS[200:260].copy()
    wide[:, 0] = 2.0
    wide /= np.linalg.norm(wide, axis=1, keepdims=True)
    with FaissIndex(DIMENSION, BY_HAND) as index:
        index.add("a", range(200), narrow)
        index.merge()
        index.add("a", range(200, 260), wide)
        index.merge()
        for id_, row in enumerate([*narrow, *wide]):
            best = index.search("a", row, 1)[0]
            assert best.id == id_
            assert best.similarity == pytest.approx(1.0, abs=1e-2)


def test_lists_trained_anew_leave_the_codes_as_they_are() -> None:
    """Rounding twice would lose more than rounding once: a vector's similarity does not change as others come."""
    with FaissIndex(DIMENSION, replace(BY_HAND, retrain_growth=1.5)) as index:
        index.add("a", range(250), ROWS[:250])
        index.merge()
        before = {one.id: one.similarity for one in index.search("a", ROWS[3], 250)}
        lists = index.stats()["a"].nlist
        index.add("a", range(1000, 1250), ROWS[:250])
        index.merge()
        assert index.stats()["a"].nlist > lists
        after = {one.id: one.similarity for one in index.search("a", ROWS[3], 500)}
        assert all(after[id_] == pytest.approx(similarity, abs=1e-6) for id_, similarity in before.items())


def test_many_removed_near_the_query_hide_nobody() -> None:
    """Though everything nearest was removed from the main part, the next living ones are found."""
    for tuning in (BY_HAND, replace(BY_HAND, flat_below=10_000)):
        with FaissIndex(DIMENSION, tuning) as index:
            index.add("a", range(300), ROWS[:300])
            index.merge()
            order = [one.id for one in index.search("a", ROWS[7], 300)]
            index.remove("a", order[:250])
            assert index.stats()["a"].pending == 250
            assert [one.id for one in index.search("a", ROWS[7], 10)] == order[250:260]


def test_what_was_removed_since_the_last_merge_hides_nobody() -> None:
    """Most of the delta was replaced or removed: the living are found, closest first, and nothing else."""
    with FaissIndex(DIMENSION, BY_HAND) as index:
        index.add("a", range(300), ROWS[:300])
        order = [one.id for one in index.search("a", ROWS[7], 300)]
        index.remove("a", order[:250])
        index.add("a", [order[299]], ROWS[7:8])
        expected = [order[299], *order[250:299]]
        assert [one.id for one in index.search("a", ROWS[7], 10)] == expected[:10]
        assert [one.id for one in index.search("a", ROWS[7], 1000)] == expected


def test_small_parts_are_merged_sooner() -> None:
    """A search pays for every addition that waits, a merge for every vector that is there."""
    tuning = Tuning()
    due = [tuning.due_at(held) for held in (0, 10_000, 100_000, 1_000_000)]
    assert due == [512, 512, 1562, 4096]
    assert Tuning(merge_at=50).due_at(1_000_000) == 50


@pytest.fixture
def slow_merge(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """Merges stop in their middle: (one has begun, let them go on)."""
    begun, go_on = threading.Event(), threading.Event()
    real: Callable[[Snapshot, Tuning], Main] = partition_module.merged

    def slow(base: Snapshot, tuning: Tuning) -> Main:
        begun.set()
        assert go_on.wait(30)
        return real(base, tuning)

    monkeypatch.setattr(partition_module, "merged", slow)
    return begun, go_on


def test_nobody_waits_for_a_merge(slow_merge: tuple[threading.Event, threading.Event]) -> None:
    """In the middle of a merge: searches answer, adds, replacements and removals count at once, and stay."""
    begun, go_on = slow_merge
    with FaissIndex(DIMENSION, replace(BY_HAND, merge_at=50)) as index:
        index.add("a", range(60), ROWS[:60])
        assert begun.wait(30)
        start = time.monotonic()
        index.add("a", [100], ROWS[100:101])  # new
        index.add("a", [1], ROWS[101:102])  # replaces one that is being merged
        index.remove("a", [2])
        index.add("a", [3], ROWS[102:103])
        index.add("a", [3], ROWS[103:104])
        wanted = set(range(60)) - {2} | {100}

        def check() -> None:
            assert {one.id for one in index.search("a", ROWS[0], 1000)} == wanted
            assert len(index) == 60
            assert [index.search("a", ROWS[at], 1)[0].id for at in (100, 101, 103)] == [100, 1, 3]
            assert max(one.similarity for one in index.search("a", ROWS[2], 3)) < 0.99
            assert max(one.similarity for one in index.search("a", ROWS[102], 3)) < 0.99

        check()
        assert time.monotonic() - start < 10
        go_on.set()
        index.merge()
        check()
        assert index.stats()["a"].pending == 0


def test_a_failed_merge_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """All is searchable as before, and the next merge takes it in."""
    with FaissIndex(DIMENSION, BY_HAND) as index:
        index.add("a", range(20), ROWS[:20])
        index.merge()
        index.add("a", range(15, 30), ROWS[15:30])
        index.remove("a", [0, 29])

        def fail(base: Snapshot, _: Tuning) -> Main:
            index.add("a", [40], ROWS[40:41])  # in the middle of it
            index.remove("a", [16])
            raise MemoryError

        with monkeypatch.context() as patched:
            patched.setattr(partition_module, "merged", fail)
            with pytest.raises(MemoryError):
                index.merge()
        wanted = set(range(1, 29)) - {16} | {40}
        for _ in range(2):
            assert {one.id for one in index.search("a", ROWS[0], 100)} == wanted
            assert len(index) == len(wanted)
            index.merge()
        assert index.stats()["a"].pending == 0


def test_adding_waits_where_merges_cannot_follow(slow_merge: tuple[threading.Event, threading.Event]) -> None:
    """Beyond a bound an add waits for the merge, so that searches stay fast."""
    begun, go_on = slow_merge
    with FaissIndex(DIMENSION, replace(BY_HAND, merge_at=50, most_pending=100)) as index:
        index.add("a", range(60), ROWS[:60])
        assert begun.wait(30)
        waiting = threading.Thread(target=index.add, args=("a", range(60, 180), ROWS[60:180]))
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        go_on.set()
        waiting.join(30)
        assert not waiting.is_alive()
        assert len(index) == 180
