"""Who is asked for next: the line in front of a tier of upstreams. Pure; ``ModelOrchestrator`` acts on it.

Urgent before interactive before batch; who waits climbs one class every ``AGEING_S``, so nobody starves. Within a class
tenants take turns (start-time fair queueing, Goyal et al. 1996): one tenant's hundred requests do not stand before
another's one. Batch work leaves a share of the slots to people. The line is bounded.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

MOST_WAITING: Final = 512
AGEING_S: Final = 30.0
# Share of the slots that batch work leaves free.
RESERVED: Final = 0.25
_CLASSES: Final = {"urgent": 0, "interactive": 1, "batch": 2}
Slot = TypeVar("Slot")


@dataclass(frozen=True, slots=True)
class Terms:
    """How a call is to be treated. ``start_by``: loop time by which it has to have a slot; ``avoid``: names of
    upstreams that failed it already."""

    priority: str = "interactive"
    tenant: str = ""
    start_by: float | None = None
    avoid: frozenset[str] = frozenset()


@dataclass(slots=True)
class Ticket(Generic[Slot]):
    """One place in the line. ``slot`` is set when it is its turn."""

    terms: Terms
    at: float
    turn: float
    number: int
    slot: asyncio.Future[Slot] = field(repr=False)

    def rank(self, now: float) -> tuple[int, float, int]:
        """Lower is sooner."""
        return _CLASSES[self.terms.priority] - int((now - self.at) / AGEING_S), self.turn, self.number


def reserve(slots: int) -> int:
    """How many of a tier's slots batch work leaves free; never all."""
    return min(slots - 1, max(1, round(RESERVED * slots))) if slots else 0


class Line(Generic[Slot]):
    """The tickets of one tier."""

    def __init__(self) -> None:
        self._waiting: list[Ticket[Slot]] = []
        self._turns: dict[str, float] = {}
        self._turn = 0.0
        self._number = 0

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def full(self) -> bool:
        """Whether nobody else may wait."""
        return len(self._waiting) >= MOST_WAITING

    def ahead_of(self, priority: str, now: float) -> int:
        """How many would be served before a newcomer of ``priority``."""
        mine = _CLASSES[priority]
        return sum(one.rank(now)[0] <= mine for one in self._waiting)

    def join(self, terms: Terms, now: float, slot: asyncio.Future[Slot]) -> Ticket[Slot]:
        """Stand in the line."""
        turn = max(self._turn, self._turns.get(terms.tenant, 0.0))
        self._turns[terms.tenant] = turn + 1.0
        self._number += 1
        ticket = Ticket(terms, now, turn, self._number, slot)
        self._waiting.append(ticket)
        return ticket

    def leave(self, ticket: Ticket[Slot]) -> None:
        """Leave the line, served or not."""
        if ticket in self._waiting:
            self._waiting.remove(ticket)
            if not self._waiting:
                self._turns.clear()
                self._turn = 0.0

    def by_rank(self, now: float) -> Iterable[Ticket[Slot]]:
        """Those who wait, who is next first."""
        return sorted(self._waiting, key=lambda one: one.rank(now))

    def serve(self, now: float, find: Callable[[Terms], Slot | None]) -> None:
        """Give slots to those next in line for whom ``find`` has one."""
        for ticket in self.by_rank(now):
            if ticket.slot.done():
                continue
            found = find(ticket.terms)
            if found is None:
                continue
            self._turn = max(self._turn, ticket.turn)
            self.leave(ticket)
            ticket.slot.set_result(found)
