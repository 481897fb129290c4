"""FAISS in process: partitions that are merged in the background; see ``partition`` for how they are searched."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

import numpy as np

from index.background import Background
from index.flat_main import FlatMain
from index.ivf_main import IvfMain
from index.kernels import Ids, checked
from index.partition import Main, Partition, Snapshot, Tuning
from index.vector_index import Neighbour, Vectors


@dataclass(frozen=True, slots=True)
class PartitionStats:
    """How one partition stands."""

    vectors: int
    pending: int  # added or removed since the last merge
    kind: str  # flat | ivf
    nlist: int  # 0 for flat
    nprobe: int
    merges: int


class FaissIndex:
    """``VectorIndex`` over one ``Partition`` a name, with one thread that merges them."""

    def __init__(self, dimension: int, tuning: Tuning | None = None) -> None:
        self.dimension = dimension
        self.tuning = tuning or Tuning()
        self._partitions: dict[str, Partition] = {}
        self._lock = threading.Lock()
        self._merger = Background("index-merge", self._merge_due)

    def add(self, partition: str, ids: Sequence[int], vectors: Vectors) -> None:
        """See ``VectorIndex.add``. Waits for the merge where additions come faster than merges can follow."""
        own_ids, rows = checked(ids, vectors, self.dimension)
        step = self.tuning.most_pending
        for start in range(0, len(own_ids), step):
            self.apply(partition, own_ids[start : start + step], rows[start : start + step])
            self.relieve(partition)

    def apply(self, partition: str, ids: Ids, rows: Vectors | None) -> int:
        """Add ``rows``, or without them remove, and wait for nothing; how many were removed.

        ``ids`` (n,) are each given once, ``rows`` (n, d) are C-contiguous float32.
        """
        removed = 0
        if rows is not None:
            place = self._place(partition)
            place.add(ids, rows)
        elif (known := self._partitions.get(partition)) is not None:
            place, removed = known, known.remove(ids)
        else:
            return 0
        if place.due:
            self._merger.request(partition)
        return removed

    def relieve(self, partition: str) -> None:
        """Wait for a merge where more has come in than searches can bear."""
        place = self._partitions.get(partition)
        if place is not None and place.congested:
            place.merge()

    def remove(self, partition: str, ids: Sequence[int]) -> int:
        """See ``VectorIndex.remove``."""
        return self.apply(partition, np.fromiter(dict.fromkeys(ids), dtype=np.int64), None) if ids else 0

    def search(self, partition: str, query: Vectors, k: int) -> list[Neighbour]:
        """See ``VectorIndex.search``. Waits for nobody."""
        place = self._partitions.get(partition)
        if place is None or k < 1:
            return []
        if query.shape != (self.dimension,):
            raise ValueError(f"the query is {query.shape}, expected {(self.dimension,)}")
        ids, similarities = place.snapshot.search(np.ascontiguousarray(query, dtype=np.float32), k)
        return [
            Neighbour(id_, max(-1.0, min(1.0, similarity)))
            for id_, similarity in zip(ids.tolist(), similarities.tolist(), strict=True)
        ]

    def held(self) -> dict[str, Ids]:
        """See ``VectorIndex.held``."""
        return {name: snapshot.held() for name, snapshot in self.snapshots().items()}

    def __len__(self) -> int:
        """How many vectors are held."""
        with self._lock:
            places = list(self._partitions.values())
        return sum(len(place.snapshot) for place in places)

    def merge(self, partition: str | None = None) -> None:
        """Merge one partition, or all of them, now and in this thread."""
        with self._lock:
            places = [place for name, place in self._partitions.items() if partition is None or name == partition]
        for place in places:
            place.merge()

    def stats(self) -> dict[str, PartitionStats]:
        """Each partition's figures."""
        with self._lock:
            places = dict(self._partitions)
        return {name: _stats(place) for name, place in places.items()}

    def snapshots(self) -> dict[str, Snapshot]:
        """What every partition holds now; each is immutable."""
        with self._lock:
            return {name: place.snapshot for name, place in self._partitions.items()}

    def restore(self, partition: str, main: Main, dead: Ids, ids: Ids, rows: Vectors) -> None:
        """Put back a partition: its main part, what of that is ``dead``, and ``rows`` (n, d) added since."""
        place = Partition(self.dimension, self.tuning, main)
        place.remove(dead)
        if len(ids):
            place.add(ids, rows)
        with self._lock:
            self._partitions[partition] = place

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._partitions = {}

    def close(self) -> None:
        """Stop merging, once the merge under way is through."""
        self._merger.close()

    def __enter__(self) -> FaissIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _place(self, name: str) -> Partition:
        place = self._partitions.get(name)
        if place is None:
            with self._lock:
                place = self._partitions.setdefault(name, Partition(self.dimension, self.tuning))
        return place

    def _merge_due(self, partition: str) -> None:
        place = self._partitions.get(partition)
        if place is not None and place.due:
            place.merge()


def _stats(place: Partition) -> PartitionStats:
    now = place.snapshot
    main: FlatMain | IvfMain = now.main
    nlist, nprobe = (main.nlist, main.nprobe) if isinstance(main, IvfMain) else (0, 0)
    return PartitionStats(len(now), now.pending, main.kind, nlist, nprobe, place.merges)
