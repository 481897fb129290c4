"""The sections of a posting that are being written, and what its readers may do to them meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

Writing = Coroutine[None, None, None]


class Workbench:
    """Writes sections side by side. While one is being written, another can be begun or one of them stopped."""

    def __init__(self) -> None:
        self._group: asyncio.TaskGroup | None = None
        self._tasks: dict[str, asyncio.Task[None]] = {}

    @property
    def is_open(self) -> bool:
        """Whether anything is being written, so that more can be begun."""
        return self._group is not None and any(not task.done() for task in self._tasks.values())

    def is_writing(self, kind: str) -> bool:
        """Whether that section is being written."""
        task = self._tasks.get(kind)
        return task is not None and not task.done()

    async def write(self, begin: Callable[[], None]) -> None:
        """Until all is written that ``begin`` and readers ``add``. What one of them fails with fails all."""
        async with asyncio.TaskGroup() as group:
            self._group = group
            begin()
        self._group = None

    def add(self, kind: str, writing: Writing) -> None:
        """Begin a section."""
        if self._group is None:
            raise RuntimeError("nothing is being written")
        self._tasks[kind] = self._group.create_task(writing, name=f"section {kind}")

    async def stop(self, kind: str) -> None:
        """Stop writing a section."""
        task = self._tasks[kind]
        task.cancel()
        await asyncio.wait([task])
