"""The event log of a posting: ordered, replayable from any point, live until it is closed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final, Literal

# So many deltas of one section that wait for a reader are sent as one, and at most so many.
JOINED_FROM: Final = 4
MOST_JOINED: Final = 256
EventType = Literal[
    "plan",
    "section.delta",
    "section.done",
    "section.replaced",
    "progress",
    "alternative",
    "degraded",
    "done",
    "error",
]


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``id`` counts from 1; ``data`` is JSON text."""

    id: int
    type: EventType
    data: str


class EventLog:
    """Appended to by one run, read by any number of readers at their own pace (they share the one list)."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._closed = False
        self._changed = asyncio.Event()

    @property
    def events(self) -> tuple[Event, ...]:
        """All events so far."""
        return tuple(self._events)

    def append(self, type_: EventType, data: Any) -> None:
        """Add an event; nothing can be added once the log is closed."""
        if self._closed:
            raise RuntimeError("the event log is closed")
        self._events.append(self.next(type_, data))
        self._wake()

    def next(self, type_: EventType, data: Any) -> Event:
        """The event that ``append`` would add."""
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return Event(len(self._events) + 1, type_, text)

    def close(self) -> None:
        """No more events will come."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def read(self, after: int = 0) -> AsyncGenerator[Event]:
        """Events with an id above ``after``, then live ones until the log is closed.

        A reader that is behind gets what waits of one section as one event, under the last one's id.
        """
        position = max(after, 0)
        while True:
            changed = self._changed
            while position < len(self._events):
                event = self._waiting(position)
                yield event
                position = event.id
            if self._closed:
                return
            await changed.wait()

    def _waiting(self, position: int) -> Event:
        """The event at ``position``, joined with the deltas of the same section right behind it if these are many."""
        first = self._events[position]
        if first.type != "section.delta":
            return first
        end = position + 1
        while end < len(self._events) and end - position < MOST_JOINED and self._events[end].type == "section.delta":
            end += 1
        if end - position < JOINED_FROM:
            return first
        deltas = [json.loads(one.data) for one in self._events[position:end]]
        same = list(takewhile(lambda delta: delta["kind"] == deltas[0]["kind"], deltas))
        if len(same) < JOINED_FROM:
            return first
        text = {"kind": same[0]["kind"], "text": "".join(delta["text"] for delta in same)}
        return Event(position + len(same), "section.delta", json.dumps(text, ensure_ascii=False, separators=(",", ":")))


def dump_events(events: tuple[Event, ...]) -> bytes:
    """Events as they are stored."""
    return json.dumps([[event.type, event.data] for event in events], ensure_ascii=False).encode()


def load_events(data: bytes) -> list[Event]:
    """Events from their stored form."""
    return [Event(number, type_, text) for number, (type_, text) in enumerate(json.loads(data), 1)]
