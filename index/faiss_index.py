"""FAISS in process: one flat half-precision inner-product index a partition.

Flat search is exact up to the rounding of half precision (relative 2**-11) and costs about 0.1 µs a vector and
core; what a large collection needs instead is a matter of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import faiss
import numpy as np

from index.vector_index import Neighbour, Vectors


@dataclass(slots=True)
class _Partition:
    faiss: Any
    ids: set[int] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)


class FaissIndex:
    """``IndexIDMap2`` over ``IndexScalarQuantizer`` (fp16) for each partition."""

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension
        self._partitions: dict[str, _Partition] = {}
        self._lock = threading.Lock()

    def _partition(self, name: str) -> _Partition:
        with self._lock:
            found = self._partitions.get(name)
            if found is None:
                flat = faiss.IndexScalarQuantizer(
                    self._dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
                )
                found = self._partitions[name] = _Partition(faiss.IndexIDMap2(flat))
            return found

    def add(self, partition: str, ids: Sequence[int], vectors: Vectors) -> None:
        """See ``VectorIndex.add``."""
        if vectors.shape != (len(ids), self._dimension):
            raise ValueError(f"vectors are {vectors.shape}, expected {(len(ids), self._dimension)}")
        if not ids:
            return
        last = {id_: row for row, id_ in enumerate(ids)}
        rows = np.ascontiguousarray(vectors[list(last.values())], dtype=np.float32)
        place = self._partition(partition)
        with place.lock:
            if known := place.ids.intersection(last):
                place.faiss.remove_ids(np.fromiter(known, dtype=np.int64))
            place.faiss.add_with_ids(rows, np.fromiter(last, dtype=np.int64))
            place.ids.update(last)

    def remove(self, partition: str, ids: Sequence[int]) -> int:
        """See ``VectorIndex.remove``."""
        with self._lock:
            place = self._partitions.get(partition)
        if place is None:
            return 0
        with place.lock:
            known = place.ids.intersection(ids)
            if known:
                place.faiss.remove_ids(np.fromiter(known, dtype=np.int64))
                place.ids -= known
            return len(known)

    def search(self, partition: str, query: Vectors, k: int) -> list[Neighbour]:
        """See ``VectorIndex.search``."""
        with self._lock:
            place = self._partitions.get(partition)
        if place is None or k < 1:
            return []
        row = np.ascontiguousarray(query, dtype=np.float32).reshape(1, self._dimension)
        with place.lock:
            similarities, ids = place.faiss.search(row, k)
        return [
            Neighbour(int(id_), min(1.0, float(similarity)))
            for id_, similarity in zip(ids[0], similarities[0], strict=True)
            if id_ >= 0
        ]

    def __len__(self) -> int:
        """How many vectors are held."""
        with self._lock:
            places = list(self._partitions.values())
        return sum(len(place.ids) for place in places)
