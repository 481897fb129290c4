"""One size of index, measured beside bare FAISS in the same run."""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.index.bare import bare_index, oracle
from benchmarks.index.data import BATCH, DIMENSION, perturbed
from index.commit import Change, GroupCommit
from index.durable import DurableIndex
from index.faiss_index import FaissIndex, PartitionStats
from index.journal import Header, Journal, Record
from index.kernels import checked
from index.vector_index import VectorIndex, Vectors

PARTITION = "p"
K = 10
QUERIES, ROUNDS = 1000, 5
ADDS_PER_S, ADDERS, ROUNDS_ADDING = 500, 4, 3
ARMS = ("quiet", "adding", "beside_journal")

Adder = Callable[[int, Vectors], object]


def _at(values_ms: list[float], share: float) -> float:
    return round(float(np.quantile(values_ms, share)), 4)


def _timed_ms(call: Callable[[], object]) -> float:
    start = perf_counter()
    call()
    return 1e3 * (perf_counter() - start)


def size(rows: Vectors, kinds: dict[str, Vectors], *, adding_s: float) -> tuple[dict[str, Any], PartitionStats]:
    """All figures for ``rows`` (n, d); ``kinds`` of queries (q, d) by name; ``adding_s`` seconds of adds beside."""
    start = perf_counter()
    index = FaissIndex(DIMENSION)
    for first in range(0, len(rows), BATCH):
        index.add(PARTITION, range(first, min(len(rows), first + BATCH)), rows[first : first + BATCH])
    index.merge()
    built_s = perf_counter() - start
    like = index.stats()[PARTITION]
    start = perf_counter()
    sample = rows[np.random.default_rng(1).permutation(len(rows))[:140_000]]
    bare = bare_index(like, DIMENSION, sample, (rows[at : at + BATCH] for at in range(0, len(rows), BATCH)))
    bare_built_s = perf_counter() - start
    figures: dict[str, Any] = {
        "vectors": len(rows),
        "parameters": {"kind": like.kind, "nlist": like.nlist, "nprobe": like.nprobe},
        "build_s": round(built_s, 2),
        "build_bare_s": round(bare_built_s, 2),
        "recall": {name: _recall(index, bare, rows, queries) for name, queries in kinds.items()},
        "search_ms": _search(index, bare, perturbed(rows, QUERIES)),
        "add_one_ms": _adding(index, len(rows)),
    }
    index.close()
    del index
    return figures | _durable(rows, bare, adding_s), like


def _recall(index: VectorIndex, bare: Any, rows: Vectors, queries: Vectors) -> dict[str, float]:
    places, similarities = oracle(rows, queries)
    ten = [[one.id for one in index.search(PARTITION, query, K)] for query in queries]
    found = [ids[0] for ids in ten]
    bare_found = [bare.search(query[None], K)[1][0, 0] for query in queries]
    near = np.einsum("ij,ij->i", rows[found], queries) >= similarities - 1e-3
    return {
        "recall_at_1": round(float(np.mean(places == found)), 4),
        "bare_recall_at_1": round(float(np.mean(places == bare_found)), 4),
        "nearest_among_10": round(float(np.mean([best in ids for best, ids in zip(places, ten, strict=True)])), 4),
        "within_0.001_of_the_nearest": round(float(np.mean(near)), 4),
        "similarity_of_the_nearest": round(float(np.mean(similarities)), 4),
    }


def _search(index: VectorIndex, bare: Any, queries: Vectors) -> dict[str, Any]:
    """Both in turn, query by query; medians over rounds of each round's quantiles and ratios."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        mine, other = [], []
        for query in queries:
            mine.append(_timed_ms(lambda query=query: index.search(PARTITION, query, K)))  # type: ignore[misc]
            other.append(_timed_ms(lambda query=query: bare.search(query[None], K)))  # type: ignore[misc]
        ours.append(mine)
        theirs.append(other)
    figures: dict[str, Any] = {}
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        own, base = [_at(one, share) for one in ours], [_at(one, share) for one in theirs]
        figures[name] = statistics.median(own)
        figures[f"bare_{name}"] = statistics.median(base)
        figures[f"ratio_{name}"] = round(statistics.median(a / b for a, b in zip(own, base, strict=True)), 3)
    return figures


def _adding(index: VectorIndex, first: int) -> dict[str, float]:
    rows = np.random.default_rng(2).standard_normal((1000, DIMENSION), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    took = [
        _timed_ms(lambda at=at: index.add("adding", [first + at], rows[at : at + 1]))  # type: ignore[misc]
        for at in range(1000)
    ]
    return {"p50": _at(took, 0.5), "p99": _at(took, 0.99)}


@contextmanager
def _adds_going_on(add_row: Adder, rows: Vectors, before: int, seconds: float) -> Iterator[list[int]]:
    """``ADDS_PER_S`` durable adds a second from four threads; yields how many each thread made, once it is over.

    What is added is made before, so that making it takes nothing from the searches.
    """
    stop, added = threading.Event(), [0] * ADDERS
    start = len(rows) + before
    news = perturbed(rows, int(1.2 * seconds * ADDS_PER_S) + ADDERS, seed=start)

    def add(thread: int) -> None:
        due = perf_counter()
        while not stop.is_set():
            at = ADDERS * added[thread] + thread
            add_row(start + at, news[at : at + 1])
            added[thread] += 1
            due += ADDERS / ADDS_PER_S
            time.sleep(max(0.0, due - perf_counter()))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(ADDERS)]
    for thread in threads:
        thread.start()
    try:
        yield added
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _durable(rows: Vectors, bare: Any, adding_s: float) -> dict[str, Any]:
    """The same on the disk: a snapshot written and read back, then searches while adds go on."""
    with tempfile.TemporaryDirectory() as folder:
        with DurableIndex.open(Path(folder), DIMENSION, "benchmark") as index:
            for first in range(0, len(rows), BATCH):
                last = min(len(rows), first + BATCH)
                index.add(PARTITION, range(first, last), rows[first:last], durable=False)
            index.merge()
            written_s = _timed_ms(index.rebuilt) / 1e3
        start = perf_counter()
        with DurableIndex.open(Path(folder), DIMENSION, "benchmark") as index:
            read_s = perf_counter() - start
            assert len(index) == len(rows)
            size_mb = index.stats().snapshot_bytes / 1e6
            figures: dict[str, Any] = {
                "reload": {
                    "snapshot_mb": round(size_mb, 1),
                    "write_s": round(written_s, 3),
                    "reload_s": round(read_s, 3),
                }
            }
            if adding_s:
                figures["while_adding"] = _while_adding(index, bare, rows, adding_s)
    return figures


def _while_adding(index: DurableIndex, bare: Any, rows: Vectors, seconds: float) -> dict[str, Any]:
    """Searches every two milliseconds, in turn on the quiet index and while 500 durable adds a second go to it.

    Both take turns beside threads that write the same additions to a journal and index nothing, too: what they lose
    there is the price of threads, the interpreter and the disk, not of taking vectors in.
    """
    queries = perturbed(rows, QUERIES, seed=9)
    took: dict[str, list[float]] = {name: [] for name in (*ARMS, "bare_quiet", "bare_adding")}
    adds, merges, each = 0, 0, seconds / ROUNDS_ADDING

    def ours(query: Vectors) -> object:
        return index.search(PARTITION, query, K)

    def theirs(query: Vectors) -> object:
        return bare.search(query[None], K)

    def add(id_: int, row: Vectors) -> None:
        index.add(PARTITION, [id_], row)

    for _ in range(ROUNDS_ADDING):
        took["quiet"] += _paced(ours, queries, each)
        took["bare_quiet"] += _paced(theirs, queries, each)
        before = index.stats().partitions[PARTITION].merges
        with _adds_going_on(add, rows, ADDERS * adds, each) as added:
            took["adding"] += _paced(ours, queries, each)
        adds += sum(added)
        merges += index.stats().partitions[PARTITION].merges - before
        with _journal_alone() as write, _adds_going_on(write, rows, 0, 2 * each):
            took["beside_journal"] += _paced(ours, queries, each)
            took["bare_adding"] += _paced(theirs, queries, each)
        index.merge()
    figures = {
        f"{name}_{label}_ms": _at(values, share)
        for name, values in took.items()
        for label, share in (("p50", 0.5), ("p99", 0.99), ("longest", 1.0))
    }
    return figures | {
        "ratio_p99": round(figures["adding_p99_ms"] / figures["quiet_p99_ms"], 2),
        "ratio_p99_to_journal_alone": round(figures["adding_p99_ms"] / figures["beside_journal_p99_ms"], 2),
        "bare_ratio_p99": round(figures["bare_adding_p99_ms"] / figures["bare_quiet_p99_ms"], 2),
        "adds_per_s": round(adds / seconds, 1),
        "merges": merges,
    }


@contextmanager
def _journal_alone() -> Iterator[Adder]:
    """What a durable addition costs before the index is touched: the same journal and group commit."""
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal.create(Path(folder) / "journal.log", Header("benchmark", DIMENSION))
        commits = GroupCommit(lambda batch: journal.append([one.record.frame() for one in batch], sync=True))
        yield lambda id_, row: commits.submit([Change(Record(PARTITION, *checked([id_], row, DIMENSION)), True)])
        journal.close()


def _paced(search: Callable[[Vectors], object], queries: Vectors, seconds: float) -> list[float]:
    took: list[float] = []
    until = perf_counter() + seconds
    while perf_counter() < until:
        query = queries[len(took) % len(queries)]
        took.append(_timed_ms(lambda query=query: search(query)))  # type: ignore[misc]
        time.sleep(0.002)
    return took
