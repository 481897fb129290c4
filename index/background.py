"""Work that one thread does when asked, while everybody else goes on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


class Background:
    """Calls ``work`` with each key that was asked for, one at a time; asking again before its turn changes nothing."""

    def __init__(self, name: str, work: Callable[[str], None]) -> None:
        self._name = name
        self._work = work
        self._wanted: dict[str, None] = {}  # in the order asked for
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    def request(self, key: str = "") -> None:
        """Have ``work(key)`` called soon. A failure is logged: whoever needs it asks again."""
        with self._wake:
            if self._closed or key in self._wanted:
                return
            self._wanted[key] = None
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            self._wake.notify()

    def close(self) -> None:
        """Wait for the call under way and make no other."""
        with self._wake:
            self._closed = True
            self._wake.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._wanted and not self._closed:
                    self._wake.wait()
                if self._closed:
                    return
                key = next(iter(self._wanted))
                del self._wanted[key]
            try:
                self._work(key)
            except Exception:
                log.exception("%s failed and is tried again when it is next due", self._name)
