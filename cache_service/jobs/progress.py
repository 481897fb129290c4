"""Progress of long work: a bar on a terminal, a plain line now and then elsewhere. Both on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

from tqdm import tqdm

PLAIN_EVERY_S: Final = 10.0
Progress = Callable[[int, int, str], None]


@contextmanager
def progress_bar(unit: str) -> Iterator[Progress]:
    """A function to call with (done, total or 0 if unknown, what is being done)."""
    if sys.stderr.isatty():
        with tqdm(unit=f" {unit}", file=sys.stderr, leave=False) as bar:

            def show(done: int, total: int, what: str) -> None:
                bar.total = total or None
                bar.set_description(what)
                bar.update(done - bar.n)

            yield show
        return
    last = monotonic()

    def say(done: int, total: int, what: str) -> None:
        nonlocal last
        if monotonic() - last >= PLAIN_EVERY_S:
            last = monotonic()
            sys.stderr.write(f"{what}: {done} of {total} {unit}\n" if total else f"{what}: {done} {unit}\n")
            sys.stderr.flush()

    yield say
