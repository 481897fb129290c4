"""Why an inverted file and not a graph: both in bare FAISS on the same vectors."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import faiss
import numpy as np

from benchmarks.index.bare import bare_index, oracle
from benchmarks.index.data import DIMENSION, Clustered, perturbed
from index.faiss_index import PartitionStats
from index.ivf_main import lists_for

QUERIES = 500


def compare(count: int) -> dict[str, Any]:
    """Build time, size and search of both over ``count`` clustered vectors, one thread."""
    rows = np.concatenate(list(Clustered(count).batches()))
    queries = perturbed(rows, QUERIES)
    wanted, _ = oracle(rows, queries)
    faiss.omp_set_num_threads(1)
    figures: dict[str, Any] = {"vectors": count}
    start = perf_counter()
    lists = bare_index(PartitionStats(count, 0, "ivf", lists_for(count), 4, 0), DIMENSION, rows, [rows])
    figures["inverted file, SQ8, nprobe 4"] = _measured(lists, perf_counter() - start, queries, wanted)
    start = perf_counter()
    graph = faiss.IndexHNSWSQ(DIMENSION, faiss.ScalarQuantizer.QT_8bit, 32, faiss.METRIC_INNER_PRODUCT)
    graph.hnsw.efConstruction, graph.hnsw.efSearch = 80, 64
    graph.train(rows[:20_000])
    graph.add(rows)
    figures["HNSW32, SQ8, efSearch 64"] = _measured(graph, perf_counter() - start, queries, wanted)
    return figures


def _measured(index: Any, built_s: float, queries: Any, wanted: Any) -> dict[str, float]:
    took, right = [], 0
    for query, best in zip(queries, wanted, strict=True):
        start = perf_counter()
        _, ids = index.search(query[None], 10)
        took.append(1e3 * (perf_counter() - start))
        right += int(ids[0, 0] == best)
    return {
        "build_s": round(built_s, 2),
        "mb": round(len(faiss.serialize_index(index)) / 1e6, 1),
        "p50_ms": round(float(np.quantile(took, 0.5)), 3),
        "p99_ms": round(float(np.quantile(took, 0.99)), 3),
        "recall_at_1": round(right / len(wanted), 4),
    }
