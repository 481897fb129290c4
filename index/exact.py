"""Exact search in numpy: small, obviously right, the oracle for the other implementations."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from index.vector_index import Ids, Neighbour, Vectors


class ExactIndex:
    """Brute force over a dict of vectors; cost grows with the number held."""

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension
        self._partitions: dict[str, dict[int, Vectors]] = {}
        self._lock = threading.Lock()

    def add(self, partition: str, ids: Sequence[int], vectors: Vectors) -> None:
        """See ``VectorIndex.add``."""
        if vectors.shape != (len(ids), self._dimension):
            raise ValueError(f"vectors are {vectors.shape}, expected {(len(ids), self._dimension)}")
        with self._lock:
            self._partitions.setdefault(partition, {}).update(zip(ids, vectors.copy(), strict=True))

    def remove(self, partition: str, ids: Sequence[int]) -> int:
        """See ``VectorIndex.remove``."""
        with self._lock:
            held = self._partitions.get(partition, {})
            return sum(held.pop(id_, None) is not None for id_ in dict.fromkeys(ids))

    def search(self, partition: str, query: Vectors, k: int) -> list[Neighbour]:
        """See ``VectorIndex.search``."""
        if query.shape != (self._dimension,):
            raise ValueError(f"the query is {query.shape}, expected {(self._dimension,)}")
        with self._lock:
            held = dict(self._partitions.get(partition, {}))
        if not held or k < 1:
            return []
        ids = np.fromiter(held, dtype=np.int64)
        similarities = np.stack(list(held.values())) @ query
        nearest = np.lexsort((ids, -similarities))[:k]
        return [Neighbour(int(ids[row]), max(-1.0, min(1.0, float(similarities[row])))) for row in nearest]

    def held(self) -> dict[str, Ids]:
        """See ``VectorIndex.held``."""
        with self._lock:
            return {name: np.fromiter(held, dtype=np.int64) for name, held in self._partitions.items()}

    def __len__(self) -> int:
        """How many vectors are held."""
        with self._lock:
            return sum(map(len, self._partitions.values()))
