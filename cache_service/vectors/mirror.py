"""Keeps a vector index in step with the store. The store is the truth: what differs from it is put right in the index.

A change reaches the index after its commit, on the store's own thread. Where the index cannot take it (a full disk, a
vector server that is gone), the store's answer stands and the index is behind until ``reconcile``.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from cache_service.posting.needs import embedding_of
from cache_service.store.protocol import Store
from cache_service.store.records import IndexChange
from index.durable import DurableIndex
from index.errors import IndexFault
from index.redis_vectors import RedisIndex
from index.vector_index import Ids, VectorIndex

log = logging.getLogger(__name__)
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Drift:
    """How many vectors the index lacks, and how many it holds that the store does not."""

    missing: int
    extra: int

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra)


class Mirror:
    """One index and the store that it follows, as far as its vectors are of the embedding ``fingerprint``.

    ``behind``: a change did not reach the index. ``filled``: how many vectors of the store the running or last filling
    has seen. ``found``: what ``start`` had to put right.
    """

    def __init__(self, store: Store, index: VectorIndex, fingerprint: str) -> None:
        self._store = store
        self._index = index
        self._fingerprint = fingerprint
        self._working = asyncio.Lock()
        self.behind = False
        self.filled = 0
        self.found = Drift(0, 0)
        self._stop_listening = store.listen(self._apply)

    def close(self) -> None:
        """Follow no longer. May be repeated."""
        stop, self._stop_listening = self._stop_listening, lambda: None
        stop()

    async def start(self) -> None:
        """Bring the index up to the store: all of it if it must be rebuilt, else what differs."""
        if isinstance(self._index, DurableIndex) and (reason := self._index.rebuild_reason) is not None:
            log.info("the vector index is filled from the store", extra={"reason": reason})
            await self._fill()
        else:
            self.found = await self.reconcile()

    async def reconcile(self) -> Drift:
        """Add what the index lacks and remove what the store does not have (any more); what that was."""
        async with self._working:
            wanted, held = await self._both()
            drift = _drift(wanted, held)
            self.behind = False
            if drift:
                log.warning("the vector index is put right", extra={"missing": drift.missing, "extra": drift.extra})
                await self._put_right(wanted, held)
            return drift

    async def drift(self) -> Drift:
        """How far the index is from the store."""
        return _drift(*await self._both())

    async def rebuild(self) -> int:
        """Forget the index and fill it from the store; how many vectors it holds then."""
        async with self._working:
            await asyncio.to_thread(self._forget)
        await self._fill()
        return len(self._index)

    async def _fill(self) -> None:
        async with self._working:
            self.filled = 0
            async for batch in self._store.vectors(self._fingerprint):
                await asyncio.to_thread(self._add, batch.partition, batch.ids, batch.rows)
                self.filled += len(batch.ids)
            wanted, held = await self._both()  # what was deleted while this went on
            await self._put_right(wanted, held)
            if isinstance(self._index, DurableIndex):
                await asyncio.to_thread(self._index.rebuilt)
            self.behind = False

    async def _both(self) -> tuple[Mapping[str, Ids], Mapping[str, Ids]]:
        # The index first: what the store gains in between is missing, never extra.
        held = await asyncio.to_thread(self._index.held)
        return await self._store.vector_ids(self._fingerprint), held

    async def _put_right(self, wanted: Mapping[str, Ids], held: Mapping[str, Ids]) -> None:
        for partition, ids in held.items():
            extra = np.setdiff1d(ids, wanted.get(partition, ids[:0])).tolist()
            for start in range(0, len(extra), _AT_ONCE):
                step = extra[start : start + _AT_ONCE]
                known = await self._store.get_vectors(step, self._fingerprint)  # stored since: not extra
                await asyncio.to_thread(self._index.remove, partition, [id_ for id_ in step if id_ not in known])
        for partition, ids in wanted.items():
            missing = np.setdiff1d(ids, held.get(partition, ids[:0])).tolist()
            for start in range(0, len(missing), _AT_ONCE):
                found = await self._store.get_vectors(missing[start : start + _AT_ONCE], self._fingerprint)
                if found:
                    await asyncio.to_thread(self._add, partition, list(found), np.stack(list(found.values())))

    def _add(self, partition: str, ids: list[int], rows: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> None:
        if isinstance(self._index, DurableIndex):
            self._index.add(partition, ids, rows, durable=False)  # the store has it
        else:
            self._index.add(partition, ids, rows)

    def _forget(self) -> None:
        if isinstance(self._index, DurableIndex):
            self._index.reset("a rebuild was asked for")
        elif isinstance(self._index, RedisIndex):
            self._index.clear()
        else:
            for partition, ids in self._index.held().items():
                self._index.remove(partition, ids.tolist())

    def _apply(self, change: IndexChange) -> None:
        try:
            for partition, ids in _grouped(change.removed, self._fingerprint).items():
                if isinstance(self._index, DurableIndex):
                    self._index.remove(partition, ids, durable=False)
                else:
                    self._index.remove(partition, ids)
            for partition, id_, vector in change.added:
                if embedding_of(partition) == self._fingerprint:
                    self._add(partition, [id_], vector.reshape(1, -1))
        except IndexFault as fault:
            if not self.behind:
                log.error("the vector index could not take a change and is put right later: %s", fault)  # noqa: TRY400
            self.behind = True


def _drift(wanted: Mapping[str, Ids], held: Mapping[str, Ids]) -> Drift:
    missing = sum(len(np.setdiff1d(ids, held.get(name, ids[:0]))) for name, ids in wanted.items())
    extra = sum(len(np.setdiff1d(ids, wanted.get(name, ids[:0]))) for name, ids in held.items())
    return Drift(missing, extra)


def _grouped(pairs: tuple[tuple[str, int], ...], fingerprint: str) -> dict[str, list[int]]:
    grouped: dict[str, list[int]] = {}
    for partition, id_ in pairs:
        if embedding_of(partition) == fingerprint:
            grouped.setdefault(partition, []).append(id_)
    return grouped
