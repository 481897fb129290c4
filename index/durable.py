"""A FAISS index that survives: what ``add`` and ``remove`` acknowledged is there after any crash.

Every change goes to the journal, then to memory, then to the caller. Whoever finds the journal free writes what all
others wait with, so that one ``fsync`` serves all of them. When the journal has grown, the contents are written as a
snapshot in the background and the journal begins anew.

The index is disposable: whatever is damaged, missing or of another encoder leads to an empty index whose
``rebuild_reason`` says why. The caller then adds everything again and calls ``rebuilt``; until then the reason stays,
through restarts too.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

import numpy as np

from index.background import Background
from index.commit import Change, GroupCommit
from index.directory import Directory, State, journal_read
from index.errors import Damaged, Foreign, IndexFault, Unwritable
from index.faiss_index import FaissIndex, PartitionStats
from index.journal import Header, Journal, Record
from index.kernels import Ids, checked
from index.partition import Tuning
from index.replaying import Gathered
from index.snapshot import read_snapshot, write_snapshot
from index.vector_index import Neighbour, Vectors

log = logging.getLogger(__name__)
CHECKPOINT_BYTES = 128 << 20


@dataclass(frozen=True, slots=True)
class DurableStats:
    """How the index stands, in memory and on the disk."""

    vectors: int
    partitions: dict[str, PartitionStats]
    journal_bytes: int
    snapshot_bytes: int
    rebuild_reason: str | None
    set_aside: tuple[str, ...]


class DurableIndex:
    """``VectorIndex`` over ``FaissIndex``, in a folder that one process owns. Made by ``open``."""

    def __init__(self, directory: Directory, header: Header, tuning: Tuning | None, checkpoint_bytes: int) -> None:
        self._directory = directory
        self._header = header
        self._memory = FaissIndex(header.dimension, tuning)
        self._checkpoint_bytes = checkpoint_bytes
        self._commits = GroupCommit(self._commit)
        self._committing = self._commits.lock  # guards the journal and the state
        self._checkpointing = threading.Lock()
        self._snapshot_bytes = 0
        self._older_journal_bytes = 0
        self._keeper = Background("index-checkpoint", lambda _: self.checkpoint())
        self._closed = False
        self._state, self._journal = self._start()

    @classmethod
    def open(
        cls,
        path: Path,
        dimension: int,
        fingerprint: str,
        *,
        tuning: Tuning | None = None,
        checkpoint_bytes: int = CHECKPOINT_BYTES,
    ) -> DurableIndex:
        """The index in the folder ``path``, for vectors of the encoder ``fingerprint``.

        Look at ``rebuild_reason`` next. Raises ``Locked`` if another process owns the folder, ``Unwritable`` if it
        cannot be written.
        """
        with _translated(path):
            directory = Directory(path)
            try:
                return cls(directory, Header(fingerprint, dimension), tuning, checkpoint_bytes)
            except BaseException:
                directory.close()
                raise

    @property
    def rebuild_reason(self) -> str | None:
        """Why the contents are not complete; None if they are."""
        return self._state.rebuild

    @property
    def path(self) -> Path:
        """The folder."""
        return self._directory.path

    @property
    def tuning(self) -> Tuning:
        """When it merges and what into."""
        return self._memory.tuning

    def _start(self) -> tuple[State, Journal]:
        try:
            state = self._directory.read()
            if state is not None:
                return self._load(state)
            reason = f"{self._directory.path} holds no index yet"
        except Damaged as damage:
            moved = self._directory.set_aside(damage)
            reason = f"{damage}" + (f"; set aside as {moved.name}" if moved else "")
            log.error("the vector index is damaged and must be rebuilt: %s", reason)  # noqa: TRY400 - the reason is all
        except Foreign as foreign:
            reason = str(foreign)
            log.warning("the vector index is of another kind and must be rebuilt: %s", reason)
        self._memory.clear()
        return self._begin(reason)

    def _begin(self, reason: str | None) -> tuple[State, Journal]:
        """Empty files, with nothing of what was there before."""
        number = self._directory.highest() + 1
        state = State(self._header, None, number, number, reason)
        journal = Journal.create(self._directory.journal(number), self._header)
        self._directory.write(state)
        self._directory.sweep(state)
        self._snapshot_bytes = self._older_journal_bytes = 0
        return state, journal

    def _load(self, state: State) -> tuple[State, Journal]:
        self._header.require(state.header, self._directory.path)
        if state.snapshot is not None:
            path = self._directory.snapshot(state.snapshot)
            for one in read_snapshot(path, self._header):
                self._memory.restore(one.name, one.main, one.dead, one.ids, one.rows)
            self._snapshot_bytes = sum(file.stat().st_size for file in path.iterdir())
        gathered, end = Gathered(self._memory), 0
        for number in state.journals():
            self._older_journal_bytes += end
            read = journal_read(self._directory, state, number, gathered.take)
            end = read.end
            if read.torn:
                log.warning("%d bytes of an unfinished write were cut off the journal", read.torn)
        gathered.flush()
        self._directory.sweep(state)
        return state, Journal(self._directory.journal(state.last_journal), end)

    def add(self, partition: str, ids: Sequence[int], vectors: Vectors, *, durable: bool = True) -> None:
        """See ``VectorIndex.add``; on the disk when this returns unless ``durable`` is False.

        ``Unwritable`` means that nothing was added. Not durable means safe from a crash of this process, not of the
        machine.
        """
        self._submit(self._additions(partition, ids, vectors), durable)

    def remove(self, partition: str, ids: Sequence[int], *, durable: bool = True) -> int:
        """See ``VectorIndex.remove``; on the disk when this returns unless ``durable`` is False."""
        return self._submit([_removal(partition, ids)], durable) if ids else 0

    def change(
        self,
        removed: Mapping[str, Sequence[int]],
        added: Mapping[str, tuple[Sequence[int], Vectors]],
        *,
        durable: bool = True,
    ) -> int:
        """Remove, then add, in several partitions with one write; how many were removed."""
        records = [_removal(partition, ids) for partition, ids in removed.items() if ids]
        for partition, (ids, vectors) in added.items():
            records += self._additions(partition, ids, vectors)
        return self._submit(records, durable)

    def _additions(self, partition: str, ids: Sequence[int], vectors: Vectors) -> list[Record]:
        own_ids, rows = checked(ids, vectors, self._header.dimension)
        step = self.tuning.most_pending
        return [
            Record(partition, own_ids[start : start + step], rows[start : start + step])
            for start in range(0, len(own_ids), step)
        ]

    def search(self, partition: str, query: Vectors, k: int) -> list[Neighbour]:
        """See ``VectorIndex.search``."""
        return self._memory.search(partition, query, k)

    def held(self) -> dict[str, Ids]:
        """See ``VectorIndex.held``."""
        return self._memory.held()

    def __len__(self) -> int:
        """How many vectors are held."""
        return len(self._memory)

    def _submit(self, records: Sequence[Record], durable: bool) -> int:
        removed = self._commits.submit([Change(record, durable) for record in records])
        for partition in {record.partition for record in records}:
            self._memory.relieve(partition)
        return removed

    def _commit(self, batch: list[Change]) -> None:
        """Write a whole batch, then apply it."""
        self._require_open()
        try:
            self._journal.append([one.record.frame() for one in batch], sync=any(one.durable for one in batch))
            for one in batch:
                one.removed = self._memory.apply(one.record.partition, one.record.ids, one.record.rows)
        finally:
            grown = self._older_journal_bytes + self._journal.end
            if self._journal.failed or grown > max(self._checkpoint_bytes, self._snapshot_bytes // 2):
                self._keeper.request()

    def merge(self, partition: str | None = None) -> None:
        """Merge one partition, or all, now and in this thread."""
        self._memory.merge(partition)

    def checkpoint(self) -> None:
        """Write a snapshot now and let the journal begin anew; ``Unwritable`` leaves all as it was."""
        with self._checkpointing, _translated(self._directory.path):
            with self._committing:
                self._require_open()
                state, held = self._rotate(), self._memory.snapshots()
            size = write_snapshot(self._directory.snapshot(state.last_journal), self._header, held)
            with self._committing:
                state = replace(self._state, snapshot=state.last_journal, first_journal=state.last_journal)
                self._directory.write(state)
                self._state, self._snapshot_bytes, self._older_journal_bytes = state, size, 0
            self._directory.sweep(state)

    def _rotate(self) -> State:
        number = self._state.last_journal + 1
        journal = Journal.create(self._directory.journal(number), self._header)
        state = replace(self._state, last_journal=number)
        try:
            self._directory.write(state)
        except OSError:
            journal.close()
            raise
        old, self._journal, self._state = self._journal, journal, state
        self._older_journal_bytes += old.end
        with suppress(Unwritable):  # the snapshot that follows holds what this journal could not keep
            old.close()
        return state

    def reset(self, reason: str) -> None:
        """Forget everything, on the disk too: a rebuild begins. ``rebuild_reason`` is ``reason`` from here on."""
        with self._checkpointing, self._committing, _translated(self._directory.path):
            self._require_open()
            self._journal.close()
            self._memory.clear()
            self._state, self._journal = self._begin(reason)

    def rebuilt(self) -> None:
        """Everything has been added again: write it down, and that it is complete."""
        self.checkpoint()
        with self._committing, _translated(self._directory.path):
            state = replace(self._state, rebuild=None)
            self._directory.write(state)
            self._state = state

    def stats(self) -> DurableStats:
        """How the index stands."""
        return DurableStats(
            len(self),
            self._memory.stats(),
            self._older_journal_bytes + self._journal.end,
            self._snapshot_bytes,
            self.rebuild_reason,
            self._directory.aside(),
        )

    def close(self) -> None:
        """Finish what is under way, bring everything to the disk, give the folder up."""
        self._keeper.close()
        self._memory.close()
        with self._checkpointing, self._committing:
            if self._closed:
                return
            self._closed = True
            try:
                self._journal.close()
            finally:
                self._directory.close()

    def __enter__(self) -> DurableIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _require_open(self) -> None:
        if self._closed:
            raise IndexFault("the index is closed")


def _removal(partition: str, ids: Sequence[int]) -> Record:
    return Record(partition, np.fromiter(dict.fromkeys(ids), dtype=np.int64))


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unwritable(f"{path} cannot be written: {error}; make room and repeat") from error
