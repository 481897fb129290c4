"""One partition: an immutable main part, a small delta in front of it, and what of the main part no longer counts.

Whoever searches takes one reference to a ``Snapshot`` and needs no lock. Whoever writes makes the next snapshot under
the partition's lock, in microseconds. A merge freezes the delta, builds a new main part from both without any lock,
and puts it in their place; what is written meanwhile goes to the next delta.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.delta import Delta
from index.flat_main import FlatMain
from index.ivf_main import IvfMain
from index.kernels import NO_IDS, Hits, Ids, give_back, nearest, on_one_thread
from index.vector_index import Vectors

Main = FlatMain | IvfMain
FEWEST_MERGED, MERGED_SHARE = 512, 64


@dataclass(frozen=True, slots=True)
class Tuning:
    """When to merge and what into."""

    merge_at: int = 4096  # additions and removals since the last merge, at most: see ``due_at``
    flat_below: int = 20_000  # vectors: up to here comparing with all of them takes at most 2 ms
    retrain_growth: float = 4.0  # times the vectors that the lists were made for
    most_pending: int = 65_536  # unmerged vectors at which adding waits for the merge
    nprobe: int | None = None  # measured at each training where not given
    trim_from: int = 16 << 20  # bytes of an old main part from which freed memory is given back

    def due_at(self, held: int) -> int:
        """Additions and removals at which a main part of ``held`` vectors is merged.

        What is quickly merged is merged sooner, or the delta would cost more to search than the main part.
        """
        return min(self.merge_at, max(FEWEST_MERGED, held // MERGED_SHARE))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a search sees. An id is alive in at most one of the three."""

    main: Main
    dead: Ids  # sorted ids of ``main`` that were removed or replaced
    frozen: Delta  # being merged
    delta: Delta

    def __len__(self) -> int:
        return len(self.main) - len(self.dead) + self.frozen.live + self.delta.live

    @property
    def pending(self) -> int:
        """What a merge would work off."""
        return self.delta.count + len(self.dead)

    def held(self) -> Ids:
        """The ids of all that are alive, ascending."""
        main = np.setdiff1d(self.main.table.ids, self.dead, assume_unique=True)
        return np.sort(np.concatenate((main, self.frozen.living()[0], self.delta.living()[0])))

    def search(self, query: Vectors, k: int) -> Hits:
        """The up to ``k`` nearest to ``query`` (d,), C-contiguous float32, closest first."""
        on_one_thread()
        hits = [self.main.search(query, k, self.dead)] if len(self.main) else []
        hits += [part.search(query, k) for part in (self.frozen, self.delta) if part.live]
        if not hits:
            return NO_IDS, np.empty(0, dtype=np.float32)
        if len(hits) == 1:
            return nearest(hits[0], k)
        return nearest((np.concatenate([one[0] for one in hits]), np.concatenate([one[1] for one in hits])), k)


class Partition:
    """Many readers, one writer at a time, one merge at a time."""

    def __init__(self, dimension: int, tuning: Tuning, main: Main | None = None) -> None:
        self._tuning = tuning
        self._empty = Delta.empty(dimension)
        self.snapshot = Snapshot(main or FlatMain(dimension), NO_IDS, self._empty, self._empty)
        self._writing = threading.Lock()
        self._merging = threading.Lock()
        self._slots: dict[int, int] = {}  # id -> row of the delta
        self._frozen_slots: dict[int, int] = {}
        self._touched: list[Ids] | None = None  # ids written since the running merge began
        self.merges = 0

    def add(self, ids: Ids, rows: Vectors) -> None:
        """Add or replace ``rows`` (n, d) under ``ids``, each given once."""
        with self._writing:
            kept, _ = self._hiding(ids)
            start = kept.delta.count
            self._slots.update(zip(ids.tolist(), range(start, start + len(ids)), strict=True))
            self.snapshot = Snapshot(kept.main, kept.dead, kept.frozen, kept.delta.appended(ids, rows))

    def remove(self, ids: Ids) -> int:
        """Take out ``ids``, each given once; how many were there."""
        with self._writing:
            self.snapshot, hidden = self._hiding(ids)
            return hidden

    def _hiding(self, ids: Ids) -> tuple[Snapshot, int]:
        """The snapshot without ``ids``, and how many of them it had."""
        now, plain = self.snapshot, ids.tolist()
        if self._touched is not None:
            self._touched.append(ids)
        known = now.main.table.known(ids)
        dead = np.union1d(now.dead, known) if len(known) else now.dead
        frozen = now.frozen.without(_popped(self._frozen_slots, plain))
        delta = now.delta.without(_popped(self._slots, plain))
        after = Snapshot(now.main, dead, frozen, delta)
        return after, len(now) - len(after)

    @property
    def due(self) -> bool:
        """Is there enough for a merge?"""
        now = self.snapshot
        return now.pending >= self._tuning.due_at(len(now.main)) or now.frozen.count > 0

    @property
    def congested(self) -> bool:
        """Has so much come in that searches would suffer before the merge is through?"""
        now = self.snapshot
        return now.delta.count + now.frozen.count >= self._tuning.most_pending

    def merge(self) -> None:
        """Put the delta into a new main part. Waits for a merge that is under way."""
        with self._merging:
            base = self._freeze()
            if not base.frozen.live and not len(base.dead):
                self._thaw()
                return
            try:
                main = merged(base, self._tuning)
            except BaseException:
                self._thaw()
                raise
            self._swap(main)
            self.merges += 1
            shared = isinstance(main, IvfMain) and main.shares(base.main)
            freed = 0 if shared else len(base.main) * self._empty.rows.shape[1]
            del base, main
        if freed >= self._tuning.trim_from:
            give_back()

    def _freeze(self) -> Snapshot:
        with self._writing:
            now = self.snapshot
            self._touched = []
            self._frozen_slots, self._slots = self._slots, {}
            self.snapshot = Snapshot(now.main, now.dead, now.delta, self._empty)
            return self.snapshot

    def _swap(self, main: Main) -> None:
        with self._writing:
            touched = np.unique(np.concatenate([NO_IDS, *(self._touched or ())]))
            self._touched, self._frozen_slots = None, {}
            self.snapshot = Snapshot(main, main.table.known(touched), self._empty, self.snapshot.delta)

    def _thaw(self) -> None:
        """Undo ``_freeze``: one delta again."""
        with self._writing:
            now = self.snapshot
            ids, rows = now.frozen.living()
            later_ids, later_rows = now.delta.living()
            delta = self._empty.appended(np.concatenate((ids, later_ids)), np.concatenate((rows, later_rows)))
            self._slots = {id_: slot for slot, id_ in enumerate(delta.ids[: delta.count].tolist())}
            self._touched, self._frozen_slots = None, {}
            self.snapshot = Snapshot(now.main, now.dead, self._empty, delta)


def merged(base: Snapshot, tuning: Tuning) -> Main:
    """A main part with all that is alive in ``base`` but its delta."""
    ids, rows = base.frozen.living()
    count = len(base.main) - len(base.dead) + len(ids)
    if count < tuning.flat_below // 2 or (count < tuning.flat_below and isinstance(base.main, FlatMain)):
        if isinstance(base.main, FlatMain):
            return base.main.merged(base.dead, ids, rows)
        main = FlatMain(base.main.dimension)
        for old_ids, old_rows in base.main.chunks(base.dead):
            main = main.merged(NO_IDS, old_ids, old_rows)
        return main.merged(NO_IDS, ids, rows)
    if isinstance(base.main, IvfMain) and count < tuning.retrain_growth * base.main.trained_on:
        return base.main.merged(base.dead, ids, rows)

    def chunks() -> Iterator[tuple[Ids, Vectors]]:
        yield from base.main.chunks(base.dead)
        yield ids, rows

    coder = base.main.coder.widened(rows) if isinstance(base.main, IvfMain) else None
    return IvfMain.build(base.main.dimension, count, chunks, nprobe=tuning.nprobe, coder=coder)


def _popped(slots: dict[int, int], ids: list[int]) -> list[int]:
    if not slots:
        return []
    return [slots.pop(id_) for id_ in ids if id_ in slots]
