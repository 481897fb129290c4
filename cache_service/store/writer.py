"""The one thread that writes to SQLite: what is queued while a commit runs shares the next one (group commit).

SQLite allows one writer; a commit waits for the disk. Each job runs in a savepoint of its own, so that one that
fails takes nothing else with it; its caller is answered only after the commit that holds it.
"""

from __future__ import annotations

import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from cache_service.errors import GonggoError, StorageFull, Unavailable

T = TypeVar("T")
MAX_QUEUED: Final = 4096
MAX_BATCH: Final = 256


@dataclass(slots=True)
class _Job:
    run: Callable[[sqlite3.Connection], Any]
    after_commit: Callable[[Any], None] | None
    future: Future[Any]


def translate(exc: sqlite3.Error) -> GonggoError:
    """The error of this program for an error of SQLite."""
    text = str(exc)
    if "full" in text:
        return StorageFull("The disk that holds the data directory is full; nothing was stored. Make room and retry.")
    if "readonly" in text or "unable to open" in text:
        return StorageFull(f"The data directory cannot be written ({text}); nothing was stored.")
    return Unavailable(f"The store cannot be used: {text}.")


class GroupCommitWriter:
    """Runs jobs one after another on its own thread and connection."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._jobs: queue.Queue[_Job | None] = queue.Queue(MAX_QUEUED)
        self._closed = False
        self._thread = threading.Thread(target=self._loop, name="gonggo-store-writer", daemon=True)
        self._thread.start()

    def submit(
        self, run: Callable[[sqlite3.Connection], T], after_commit: Callable[[T], None] | None = None
    ) -> Future[T]:
        """Queue ``run``; the future is answered after its commit and after ``after_commit`` (same thread)."""
        future: Future[T] = Future()
        if self._closed:
            future.set_exception(Unavailable("The store is closed."))
            return future
        try:
            self._jobs.put_nowait(_Job(run, after_commit, future))
        except queue.Full:
            future.set_exception(Unavailable("Too many writes are waiting; try again shortly."))
        return future

    def close(self) -> None:
        """Finish what is queued, then stop."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join()

    def _loop(self) -> None:
        with contextlib.closing(self._connect()) as connection:
            while True:
                batch, last = self._next_batch()
                if batch:
                    self._commit(connection, batch)
                if last:
                    return

    def _next_batch(self) -> tuple[list[_Job], bool]:
        batch: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            batch.append(job)
            if len(batch) >= MAX_BATCH:
                return batch, False
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _commit(self, connection: sqlite3.Connection, batch: list[_Job]) -> None:
        done: list[tuple[_Job, Any]] = []
        try:
            connection.execute("BEGIN IMMEDIATE")
            for job in batch:
                if job.future.set_running_or_notify_cancel():
                    self._run_one(connection, job, done)
            connection.execute("COMMIT")
        except sqlite3.Error as exc:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            error = translate(exc)
            for job in batch:
                if not job.future.done():
                    job.future.set_exception(error)
            return
        for job, result in done:
            try:
                if job.after_commit is not None:
                    job.after_commit(result)
            except Exception as exc:  # noqa: BLE001 - the waiter must be answered whatever went wrong
                job.future.set_exception(exc)
            else:
                job.future.set_result(result)

    @staticmethod
    def _run_one(connection: sqlite3.Connection, job: _Job, done: list[tuple[_Job, Any]]) -> None:
        connection.execute("SAVEPOINT job")
        try:
            result = job.run(connection)
        except sqlite3.OperationalError:
            raise  # the disk, not the job: nothing in this batch can be kept
        except Exception as exc:  # noqa: BLE001 - it belongs to the job's caller
            connection.execute("ROLLBACK TO job")
            connection.execute("RELEASE job")
            job.future.set_exception(translate(exc) if isinstance(exc, sqlite3.Error) else exc)
        else:
            connection.execute("RELEASE job")
            done.append((job, result))
