"""What was added since the last merge: a few thousand vectors, searched one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.kernels import NO_HITS, Hits, Ids, nearest_rows
from index.vector_index import Vectors

_FIRST = 16


@dataclass(frozen=True, slots=True)
class Delta:
    """Rows 0..count-1 of two buffers, less the dead ones; immutable.

    Successors share the buffers and write behind ``count`` only, so an older ``Delta`` goes on seeing what it saw.
    Only the newest may be appended to, by one thread at a time.
    """

    ids: Ids  # (capacity,)
    rows: Vectors  # (capacity, d)
    alive: NDArray[np.bool_]  # (count,)
    live: int

    @classmethod
    def empty(cls, dimension: int) -> Delta:
        """Nothing yet."""
        return cls(
            np.empty(0, dtype=np.int64),
            np.empty((0, dimension), dtype=np.float32),
            np.empty(0, dtype=np.bool_),
            0,
        )

    @property
    def count(self) -> int:
        """Rows in use, dead ones included."""
        return len(self.alive)

    def appended(self, ids: Ids, rows: Vectors) -> Delta:
        """With ``rows`` (n, d) under ``ids``, none of which may be alive here."""
        count, total = self.count, self.count + len(ids)
        held_ids, held_rows = self.ids, self.rows
        if total > len(held_ids):
            capacity = max(_FIRST, total, 2 * len(held_ids))
            held_ids = np.empty(capacity, dtype=np.int64)
            held_rows = np.empty((capacity, rows.shape[1]), dtype=np.float32)
            held_ids[:count], held_rows[:count] = self.ids[:count], self.rows[:count]
        held_ids[count:total], held_rows[count:total] = ids, rows
        alive = np.concatenate((self.alive, np.ones(len(ids), dtype=np.bool_)))
        return Delta(held_ids, held_rows, alive, self.live + len(ids))

    def without(self, slots: list[int]) -> Delta:
        """Less the rows ``slots``, all alive."""
        if not slots:
            return self
        alive = self.alive.copy()
        alive[slots] = False
        return Delta(self.ids, self.rows, alive, self.live - len(slots))

    def living(self) -> tuple[Ids, Vectors]:
        """Ids (n,) and vectors (n, d) that are alive; copies."""
        count = self.count
        return self.ids[:count][self.alive], self.rows[:count][self.alive]

    def search(self, query: Vectors, k: int) -> Hits:
        """The ``k`` nearest that are alive."""
        if not self.live:
            return NO_HITS
        places, products = nearest_rows(query, self.rows, self.alive, min(k, self.live))
        return self.ids[places], products
