"""Group commit: whoever finds the disk free writes for all who wait, and one ``fsync`` serves them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.errors import IndexFault
from index.journal import Record


@dataclass(slots=True)
class Change:
    """A record on its way to the disk, and what came of it."""

    record: Record
    durable: bool
    removed: int = 0
    done: bool = False
    error: IndexFault | None = None


class GroupCommit:
    """Hands changes to ``write`` in batches, one batch at a time, in the order they came."""

    def __init__(self, write: Callable[[list[Change]], None]) -> None:
        self._write = write
        self._waiting: list[Change] = []
        self._queue = threading.Lock()
        self.lock = threading.Lock()  # held while a batch is written; whoever holds it sees no batch half done

    def submit(self, changes: Sequence[Change]) -> int:
        """Wait until ``changes`` are written, together, and applied; how many ids they removed.

        A failure is every waiter's.
        """
        if not changes:
            return 0
        with self._queue:
            self._waiting += changes
        with self.lock:
            if not changes[0].done:  # else whoever was here before took them along
                with self._queue:
                    batch, self._waiting = self._waiting, []
                self._finish(batch)
        if changes[0].error is not None:
            raise changes[0].error
        return sum(one.removed for one in changes)

    def _finish(self, batch: list[Change]) -> None:
        try:
            self._write(batch)
        except IndexFault as error:
            for one in batch:  # each waiter raises its own
                one.error = type(error)(*error.args)
        except BaseException as error:
            for one in batch:
                one.error = IndexFault(f"a change was not applied: {error!r}")
            raise
        finally:
            for one in batch:
                one.done = True
