"""The protocol of a vector index: ids and unit vectors in partitions, nearest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An id and its cosine similarity to the query (higher is closer)."""

    id: int
    similarity: float


class VectorIndex(Protocol):
    """Nearest neighbours among unit vectors of one dimension, within a partition. Safe to call from threads."""

    def add(self, partition: str, ids: Sequence[int], vectors: Vectors) -> None:
        """Add ``vectors`` (n, d), float32 rows of length one, under ``ids``; an id already there is replaced."""
        ...

    def remove(self, partition: str, ids: Sequence[int]) -> int:
        """Take ``ids`` out; how many were there."""
        ...

    def search(self, partition: str, query: Vectors, k: int) -> list[Neighbour]:
        """The up to ``k`` nearest to ``query`` (d,), closest first; empty for an unknown partition."""
        ...

    def held(self) -> Mapping[str, Ids]:
        """The ids in each partition, in no order."""
        ...

    def __len__(self) -> int:
        """How many vectors are held."""
        ...
