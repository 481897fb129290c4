"""FAISS alone, as one would write it down: what the index is compared with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import faiss
import numpy as np

from index.faiss_index import PartitionStats
from index.ivf_main import SAMPLE_PER_LIST, TRAINING_ROUNDS
from index.vector_index import Vectors


def bare_index(like: PartitionStats, dimension: int, sample: Vectors, batches: Iterable[Vectors]) -> Any:
    """A FAISS index with the parameters of ``like``, trained on ``sample`` and filled with ``batches``."""
    faiss.omp_set_num_threads(1)
    if like.kind == "flat":
        index = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        index.train(sample[:1])
    else:
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dimension),
            dimension,
            like.nlist,
            faiss.ScalarQuantizer.QT_8bit,
            faiss.METRIC_INNER_PRODUCT,
            False,
        )
        index.cp.niter, index.cp.spherical = TRAINING_ROUNDS, True
        index.train(sample[: SAMPLE_PER_LIST * like.nlist])
        index.nprobe = like.nprobe
    for rows in batches:
        index.add(rows)
    return index


def oracle(rows: Vectors, queries: Vectors) -> tuple[np.ndarray[Any, Any], Vectors]:
    """The nearest of ``rows`` to each query by comparing with all: rows (q,) and similarities (q,)."""
    faiss.omp_set_num_threads(2)
    similarities, places = faiss.knn(queries, rows, 1, metric=faiss.METRIC_INNER_PRODUCT)
    faiss.omp_set_num_threads(1)
    return places[:, 0], similarities[:, 0]
