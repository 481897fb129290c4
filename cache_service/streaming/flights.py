"""Single flight: sections that are wanted at the same time for the same facts are written once.

A flight is a section being written. Whoever wants it attaches and sees what was sent so far, then the rest as it comes.
It belongs to nobody: the first to want it may hang up, and it goes on for the others; it is stopped when the last one
leaves. What landed is kept for a moment, until it can be found in the store.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Final

from cache_service.posting.facts import Facts
from cache_service.streaming.section_writer import Written

Emit = Callable[[str], None]
Begin = Callable[[Emit], Awaitable[Written]]
# Seconds that a landed flight is kept; and how many are.
KEPT_S: Final = 5.0
MOST_KEPT: Final = 1024


class Flight:
    """One section being written. ``facts``: those of the whole request that it is written for."""

    def __init__(self, facts: Facts, begin: Begin) -> None:
        self.facts = facts
        self.aboard = 0
        self._pieces: list[str] = []
        self._ended = False
        self._changed = asyncio.Event()
        self._stored = False
        self.task = asyncio.create_task(self._fly(begin), name="flight")

    async def _fly(self, begin: Begin) -> Written:
        try:
            return await begin(self._emit)
        finally:
            self._ended = True
            self._wake()

    def _emit(self, piece: str) -> None:
        self._pieces.append(piece)
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def pieces(self) -> AsyncGenerator[str]:
        """What is sent, from the start, in as few pieces as keep up; ends when the section does, however it does."""
        position = 0
        while True:
            changed, ended = self._changed, self._ended
            if position < len(self._pieces):
                text, position = "".join(self._pieces[position:]), len(self._pieces)
                yield text
            elif ended:
                return
            else:
                await changed.wait()

    @property
    def landed_whole(self) -> bool:
        """Whether it has ended with a text."""
        return self.task.done() and not self.task.cancelled() and self.task.exception() is None

    def claim_storing(self) -> bool:
        """True for the first who asks: one of those aboard stores what landed."""
        first, self._stored = not self._stored, True
        return first


class Flights:
    """All flights, by what is wanted."""

    def __init__(self, kept_s: float = KEPT_S) -> None:
        self._kept_s = kept_s
        self._flights: dict[str, Flight] = {}
        self._landing: set[asyncio.Task[Written]] = set()

    def board(self, key: str, facts: Facts, begin: Begin) -> tuple[Flight, bool]:
        """The flight for ``key``, and whether it began for the caller. ``leave`` it in the end."""
        flight = self._flights.get(key)
        began = flight is None or (flight.task.done() and not flight.landed_whole)
        if flight is None or began:
            flight = Flight(facts, begin)
            self._flights[key] = flight
            self._keep(key, flight)
        flight.aboard += 1
        return flight, began

    def _keep(self, key: str, flight: Flight) -> None:
        self._landing.add(flight.task)
        loop = asyncio.get_running_loop()

        def landed(task: asyncio.Task[Written]) -> None:
            self._landing.discard(task)
            if not flight.landed_whole or not task.result().admissible or len(self._flights) > MOST_KEPT:
                self._drop(key, flight)  # a text that is not stored is not passed on after its own moment either
            else:
                loop.call_later(self._kept_s, self._drop, key, flight)

        flight.task.add_done_callback(landed)

    def _drop(self, key: str, flight: Flight) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]

    def leave(self, key: str, flight: Flight) -> None:
        """One fewer aboard; nobody left: what is still being written is stopped, and its slot is free."""
        flight.aboard -= 1
        if not flight.aboard and not flight.task.done():
            self._drop(key, flight)
            flight.task.cancel()

    def forget(self) -> None:
        """Nobody boards what has landed until now: it may have been deleted or rejected since."""
        for key, flight in list(self._flights.items()):
            if flight.task.done():
                self._drop(key, flight)

    async def close(self) -> None:
        """Stop all."""
        for task in self._landing:
            task.cancel()
        if self._landing:
            await asyncio.wait(list(self._landing))
