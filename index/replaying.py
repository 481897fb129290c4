"""Replaying a journal in large steps: neighbouring additions to a partition are made in one."""

from __future__ import annotations

import numpy as np

from index.faiss_index import FaissIndex
from index.journal import Record
from index.kernels import checked

_AT_ONCE = 4096


class Gathered:
    """Applies records in order, additions to one partition together; ``flush`` applies the last ones."""

    def __init__(self, memory: FaissIndex) -> None:
        self._memory = memory
        self._held: list[Record] = []
        self._count = 0

    def take(self, record: Record) -> None:
        """Apply ``record`` after all before it, now or later."""
        joins = record.rows is not None and (not self._held or self._held[0].partition == record.partition)
        if not joins or self._count >= _AT_ONCE:
            self.flush()
        if record.rows is None:
            self._memory.apply(record.partition, record.ids, None)
            return
        self._held.append(record)
        self._count += len(record.ids)

    def flush(self) -> None:
        """Apply what is held back."""
        if not self._held:
            return
        ids = np.concatenate([one.ids for one in self._held])
        rows = np.concatenate([one.rows for one in self._held if one.rows is not None])
        name = self._held[0].partition
        self._memory.apply(name, *checked(ids.tolist(), rows, rows.shape[1]))
        self._memory.relieve(name)
        self._held, self._count = [], 0
