"""The store in one SQLite file (WAL): readers never wait for the writer, and a commit is on disk when it returns."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import secrets
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, Final, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from cache_service.errors import Invalid, SetupError
from cache_service.posting.needs import embedding_of
from cache_service.posting.sections import SectionKind
from cache_service.store import feedback, reembedding, statements
from cache_service.store.records import (
    Candidate,
    EmbeddingRecord,
    EntryFilter,
    FeedbackRecord,
    FeedbackStored,
    IndexChange,
    NewEntry,
    Observation,
    PostingRecord,
    Reembedded,
    StoredEntry,
    StoredVectors,
    WaitingEntry,
)
from cache_service.store.schema import SCHEMA, SCHEMA_VERSION, UPGRADES
from cache_service.store.writer import GroupCommitWriter, translate

T = TypeVar("T")
READERS: Final = 4
VECTOR_BATCH: Final = 4096
FEEDBACK_BATCH: Final = 512
IDEMPOTENCY_S: Final = 24 * 3600.0


class SqliteStore:
    """See ``protocol.Store``. One process at a time holds a data directory; ``open`` takes its lock."""

    def __init__(self, path: Path, lock: IO[bytes], clock: Callable[[], float], identity: str) -> None:
        self._path = path
        self.identity = identity  # tells this store from every other, for what it keeps elsewhere
        self._lock = lock
        self._clock = clock
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._open_lock = threading.Lock()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="gonggo-store-reader")
        self._writer = GroupCommitWriter(self._connect)
        self._listeners: list[Callable[[IndexChange], None]] = []

    def listen(self, listener: Callable[[IndexChange], None]) -> Callable[[], None]:
        """See ``Store.listen``."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self, change: IndexChange) -> None:
        for listener in tuple(self._listeners):
            listener(change)

    @classmethod
    def open(cls, data_dir: Path, clock: Callable[[], float]) -> Self:
        """Open or make the store in ``data_dir``. SetupError if it cannot be used or another process has it."""
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            lock = (data_dir / "lock").open("ab")
        except OSError as exc:
            raise SetupError(
                f"The data directory {data_dir} cannot be written ({exc.strerror}). "
                "Choose another with GONGGO_DATA_DIR or mend its permissions."
            ) from exc
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            lock.close()
            raise SetupError(
                f"The data directory {data_dir} is in use by another gonggo process. Stop it, or let commands "
                "reach it through GONGGO_HOST and GONGGO_PORT."
            ) from exc
        path = data_dir / "gonggo.sqlite3"
        try:
            identity = _migrate(path)
        except sqlite3.Error as exc:
            lock.close()
            raise SetupError(
                f"The store {path} cannot be opened: {exc}. If the disk is full make room; if the file is damaged "
                "move it away and import again."
            ) from exc
        return cls(path, lock, clock, identity)

    def close(self) -> None:
        """Finish queued writes and release the data directory."""
        self._writer.close()
        self._readers.shutdown()
        for connection in self._open:
            connection.close()
        self._lock.close()

    def _connect(self) -> sqlite3.Connection:
        return _connect(self._path)

    async def _read(self, run: Callable[[sqlite3.Connection], T]) -> T:
        def call() -> T:
            connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
            if connection is None:
                connection = self._local.connection = self._connect()
                connection.execute("PRAGMA query_only = ON")
                with self._open_lock:
                    self._open.append(connection)
            return run(connection)

        try:
            return await asyncio.get_running_loop().run_in_executor(self._readers, call)
        except sqlite3.Error as exc:
            raise translate(exc) from exc

    async def _write(
        self, run: Callable[[sqlite3.Connection], T], after_commit: Callable[[T], None] | None = None
    ) -> T:
        # Shielded: a caller that hangs up takes nothing back that others may already see.
        return await asyncio.shield(asyncio.wrap_future(self._writer.submit(run, after_commit)))

    async def put_entries(self, entries: Sequence[NewEntry]) -> list[tuple[str, bool]]:
        """See ``Store.put_entries``. The index hears of it before this returns."""

        def run(connection: sqlite3.Connection) -> tuple[list[tuple[str, bool]], IndexChange]:
            now = self._clock()
            embedding = reembedding.active(connection)
            active = None if embedding is None else embedding.fingerprint
            outcome: list[tuple[str, bool]] = []
            added: list[tuple[str, int, Any]] = []
            removed: list[tuple[str, int]] = []
            touched: set[str] = set()
            for entry in entries:
                held = connection.execute(
                    "SELECT id, expires_at FROM entries WHERE tenant = ? AND digest = ?",
                    (entry.tenant, entry.digest),
                ).fetchone()
                if held is not None and (held[1] is None or held[1] > now):
                    outcome.append((held[0], False))
                    continue
                if held is not None:
                    removed += statements.delete_entries(connection, [held[0]])
                added += statements.insert_entry(connection, entry, active)
                touched |= _touched(entry)
                outcome.append((entry.id, True))
            return outcome, IndexChange(tuple(added), tuple(removed), frozenset(touched))

        outcome, _ = await self._write(run, lambda result: self._tell(result[1]))
        return outcome

    async def find_digests(self, tenant: str, digests: Sequence[str]) -> dict[str, str]:
        """See ``Store.find_digests``."""
        return await self._read(lambda connection: statements.digests(connection, tenant, digests, self._clock()))

    async def find_by_keys(self, tenant: str, keys: Sequence[str], per_key: int = 4) -> dict[str, list[Candidate]]:
        """See ``Store.find_by_keys``."""

        def run(connection: sqlite3.Connection) -> dict[str, list[Candidate]]:
            now = self._clock()
            found = {
                key: statements.candidates(
                    connection,
                    statements.BY_SECTION,
                    "s.key = ? AND e.tenant = ?",
                    [key, tenant],
                    now,
                    limit=per_key,
                )
                for key in dict.fromkeys(keys)
            }
            return {key: candidates for key, candidates in found.items() if candidates}

        return await self._read(run)

    async def find_by_vectors(self, vector_ids: Sequence[int], per_vector: int) -> list[Candidate]:
        """See ``Store.find_by_vectors``."""

        def run(connection: sqlite3.Connection) -> list[Candidate]:
            now = self._clock()
            return [
                candidate
                for vector_id in dict.fromkeys(vector_ids)
                for candidate in statements.candidates(
                    connection, statements.BY_SECTION, "s.vector_id = ?", [vector_id], now, limit=per_vector
                )
            ]

        return await self._read(run)

    async def find_by_company(
        self, tenant: str, language: str, company_key: str, kinds: Sequence[SectionKind], per_kind: int
    ) -> list[Candidate]:
        """See ``Store.find_by_company``."""
        return await self._newest("company_key", [tenant, company_key, language], kinds, per_kind)

    async def find_by_title(
        self, tenant: str, language: str, title_key: str, kinds: Sequence[SectionKind], per_kind: int
    ) -> list[Candidate]:
        """See ``Store.find_by_title``."""
        return await self._newest("title_key", [tenant, title_key, language], kinds, per_kind)

    async def _newest(
        self, column: str, values: Sequence[str], kinds: Sequence[SectionKind], per_kind: int
    ) -> list[Candidate]:
        where = f"e.tenant = ? AND e.{column} = ? AND e.language = ? AND s.kind = ?"

        def run(connection: sqlite3.Connection) -> list[Candidate]:
            now = self._clock()
            return [
                candidate
                for kind in kinds
                for candidate in statements.candidates(
                    connection, statements.BY_ENTRY, where, [*values, kind], now, limit=per_kind
                )
            ]

        return await self._read(run)

    async def get_vectors(self, vector_ids: Sequence[int], embedding: str) -> dict[int, NDArray[np.float32]]:
        """See ``Store.get_vectors``."""
        if not vector_ids:
            return {}
        return await self._read(lambda connection: statements.vectors_of(connection, vector_ids, embedding))

    async def company_names(self, tenant: str) -> list[str]:
        """See ``Store.company_names``."""
        return await self._read(lambda connection: statements.company_names(connection, tenant))

    async def get_entry(self, tenant: str, entry_id: str) -> StoredEntry | None:
        """See ``Store.get_entry``."""
        return await self._read(lambda connection: statements.entry(connection, tenant, entry_id, self._clock()))

    async def delete_entries(self, tenant: str, where: EntryFilter | str, *, dry_run: bool) -> list[str]:
        """See ``Store.delete_entries``. The index has forgotten them before this returns."""
        if dry_run:
            return await self._read(lambda connection: statements.matching(connection, tenant, where, self._clock()))

        def run(connection: sqlite3.Connection) -> tuple[list[str], IndexChange]:
            ids = statements.matching(connection, tenant, where, self._clock())
            return ids, IndexChange(removed=tuple(statements.delete_entries(connection, ids)), deleted=bool(ids))

        ids, _ = await self._write(run, lambda result: self._tell(result[1]))
        return ids

    async def put_posting(self, record: PostingRecord, idempotency: tuple[str, str] | None) -> PostingRecord:
        """See ``Store.put_posting``."""

        def run(connection: sqlite3.Connection) -> PostingRecord:
            if idempotency is not None:
                key, request_digest = idempotency
                held = statements.claimed(connection, record.tenant, key, self._clock() - IDEMPOTENCY_S)
                if held is not None and held[0] != request_digest:
                    raise Invalid("This Idempotency-Key was used for another request; use a new key.")
                earlier = None if held is None else statements.posting(connection, record.tenant, held[1])
                if earlier is not None and earlier.status != "failed":
                    return earlier
                statements.claim(connection, record, key, request_digest)
            statements.upsert_posting(connection, record)
            return record

        return await self._write(run)

    async def get_posting(self, tenant: str, posting_id: str) -> PostingRecord | None:
        """See ``Store.get_posting``."""
        return await self._read(lambda connection: statements.posting(connection, tenant, posting_id))

    async def find_claim(self, tenant: str, key: str) -> tuple[str, str] | None:
        """See ``Store.find_claim``."""
        return await self._read(
            lambda connection: statements.claimed(connection, tenant, key, self._clock() - IDEMPOTENCY_S)
        )

    async def put_feedback(
        self, record: FeedbackRecord, observed: Observation | None, made_at: float
    ) -> FeedbackStored:
        """See ``Store.put_feedback``."""
        return await self._write(lambda connection: feedback.put(connection, record, observed, made_at))

    async def put_observation(self, tenant: str, observed: Observation, ref: str) -> tuple[Observation | None, bool]:
        """See ``Store.put_observation``."""
        return await self._write(lambda connection: feedback.observe(connection, tenant, observed, ref, self._clock()))

    async def observations(self, tenant: str, limit: int) -> list[Observation]:
        """See ``Store.observations``."""
        return await self._read(lambda connection: feedback.observations(connection, tenant, limit))

    async def feedback(self, tenant: str) -> AsyncIterator[FeedbackRecord]:
        """See ``Store.feedback``."""
        last = 0

        def following(connection: sqlite3.Connection) -> list[tuple[int, FeedbackRecord]]:
            return feedback.after(connection, tenant, last, FEEDBACK_BATCH)

        while rows := await self._read(following):
            for number, record in rows:
                last = number
                yield record

    async def abandon_running(self) -> int:
        """See ``Store.abandon_running``."""
        return await self._write(
            lambda connection: (
                connection.execute("UPDATE postings SET status = 'failed' WHERE status = 'running'").rowcount
            )
        )

    async def sweep(self) -> int:
        """See ``Store.sweep``."""

        def run(connection: sqlite3.Connection) -> tuple[int, IndexChange]:
            now = self._clock()
            ids = [row[0] for row in connection.execute("SELECT id FROM entries WHERE expires_at <= ?", (now,))]
            connection.execute("DELETE FROM idempotency WHERE created_at < ?", (now - IDEMPOTENCY_S,))
            return len(ids), IndexChange(removed=tuple(statements.delete_entries(connection, ids)), deleted=bool(ids))

        removed, _ = await self._write(run, lambda result: self._tell(result[1]))
        return removed

    async def embedding(self) -> EmbeddingRecord | None:
        """See ``Store.embedding``."""
        return await self._read(reembedding.active)

    async def set_embedding(self, record: EmbeddingRecord) -> None:
        """See ``Store.set_embedding``."""
        await self._write(lambda connection: reembedding.set_active(connection, record))

    async def begin_reembedding(self, fingerprint: str) -> tuple[int, int]:
        """See ``Store.begin_reembedding``."""

        def run(connection: sqlite3.Connection) -> tuple[int, int]:
            reembedding.begin(connection, fingerprint)
            return reembedding.progress(connection)

        return await self._write(run)

    async def waiting_for_vectors(self, after: int, limit: int) -> tuple[list[WaitingEntry], int]:
        """See ``Store.waiting_for_vectors``."""
        return await self._read(lambda connection: reembedding.waiting(connection, after, limit))

    async def put_reembedded(self, entries: Sequence[Reembedded]) -> int:
        """See ``Store.put_reembedded``."""

        def run(connection: sqlite3.Connection) -> tuple[int, IndexChange]:
            count, added = reembedding.put(connection, entries)
            return count, IndexChange(tuple(added))

        count, _ = await self._write(run, lambda result: self._tell(result[1]))
        return count

    async def finish_reembedding(self, record: EmbeddingRecord) -> bool:
        """See ``Store.finish_reembedding``."""
        return await self._write(lambda connection: reembedding.finish(connection, record, self._clock()))

    async def drop_unused_vectors(self, after: int, limit: int) -> int:
        """See ``Store.drop_unused_vectors``."""

        def run(connection: sqlite3.Connection) -> tuple[int, IndexChange]:
            dropped, last = reembedding.drop_unused(connection, after, limit)
            return last, IndexChange(removed=tuple(dropped))

        last, _ = await self._write(run, lambda result: self._tell(result[1]))
        return last

    async def counts(self) -> Mapping[str, int]:
        """See ``Store.counts``."""
        return await self._read(
            lambda connection: {
                table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - fixed names
                for table in ("entries", "sections", "vectors", "postings")
            }
        )

    async def vector_ids(self, embedding: str) -> dict[str, NDArray[np.int64]]:
        """See ``Store.vector_ids``."""
        found: dict[str, list[int]] = {}
        for id_, partition in await self._read(statements.vector_ids):
            found.setdefault(partition, []).append(id_)
        return {
            partition: np.array(ids, dtype=np.int64)
            for partition, ids in found.items()
            if embedding_of(partition) == embedding
        }

    async def vectors(self, embedding: str) -> AsyncIterator[StoredVectors]:
        """See ``Store.vectors``."""
        last = 0

        def following(connection: sqlite3.Connection) -> list[tuple[int, str, bytes]]:
            return statements.vectors_after(connection, last, VECTOR_BATCH)

        while True:
            rows = await self._read(following)
            if not rows:
                return
            last = rows[-1][0]
            by_partition: dict[str, list[tuple[int, bytes]]] = {}
            for id_, partition, data in rows:
                if embedding_of(partition) == embedding:
                    by_partition.setdefault(partition, []).append((id_, data))
            for partition, held in by_partition.items():
                stacked = np.stack([np.frombuffer(data, dtype="<f4") for _, data in held])
                yield StoredVectors(partition, [id_ for id_, _ in held], stacked)

    async def check(self) -> None:
        """See ``Store.check``."""
        await self._read(lambda connection: connection.execute("SELECT 1").fetchone())


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # a commit that was acknowledged survives a power cut
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _touched(entry: NewEntry) -> set[str]:
    """What an entry may change of what is found: under keys, and by meaning."""
    vectors = (vector for section in entry.sections for vector in (section.vector, section.next_vector))
    return {section.key for section in entry.sections} | {one.partition for one in vectors if one is not None}


def _migrate(path: Path) -> str:
    """Bring the file to the layout of today; the identity that it was given when it was made, or now."""
    with contextlib.closing(_connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise sqlite3.DatabaseError(f"made by a newer version of gonggo (layout {version})")
        connection.execute("PRAGMA journal_mode = WAL")
        for layout in range(version, SCHEMA_VERSION):
            step = SCHEMA if layout == 0 else UPGRADES[layout - 1]
            connection.executescript(f"BEGIN; {step} PRAGMA user_version = {layout + 1}; COMMIT;")
        connection.execute("INSERT OR IGNORE INTO meta VALUES ('identity', ?)", (secrets.token_hex(8),))
        return str(connection.execute("SELECT value FROM meta WHERE name = 'identity'").fetchone()[0])
