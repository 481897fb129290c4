"""Who is next: urgent before interactive before batch, with ageing, and fair between tenants. Pure.

Within a class tenants take turns by start-time fair queueing (Goyal, Vin and Cheng, 1996) with all costs equal, tags
being given at the head of the line: who leaves the queue pays nothing. Between classes the age of the oldest counts:
a class that is one step lower is served as if its requests had come ``AGEING_S`` later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from cache_service.router import Priority

PRIORITIES: Final[tuple[Priority, ...]] = ("urgent", "interactive", "batch")
# How much later than an urgent request a request is counted as having come.
AGEING_S: Final[dict[Priority, float]] = {"urgent": 0.0, "interactive": 5.0, "batch": 30.0}

T = TypeVar("T")


@dataclass(eq=False, slots=True)
class Ticket(Generic[T]):
    """One in the queue, since ``since``."""

    priority: Priority
    tenant: str
    since: float
    item: T

    def aged(self, now: float) -> bool:
        """Whether it has waited so long that its class does not count any more."""
        return now - self.since >= AGEING_S[self.priority]


@dataclass(slots=True)
class _Class(Generic[T]):
    virtual: float = 0.0
    tenants: dict[str, dict[int, Ticket[T]]] = field(default_factory=dict)
    finish: dict[str, float] = field(default_factory=dict)

    def start(self, tenant: str) -> float:
        return max(self.virtual, self.finish.get(tenant, 0.0))

    def oldest(self) -> float:
        return min(next(iter(line.values())).since for line in self.tenants.values())

    def remove(self, ticket: Ticket[T]) -> bool:
        line = self.tenants.get(ticket.tenant)
        if line is None or line.pop(id(ticket), None) is None:
            return False
        if not line:
            del self.tenants[ticket.tenant]
        return True

    def served(self, tenant: str) -> None:
        self.virtual = self.start(tenant)
        self.finish[tenant] = self.virtual + 1
        if not self.tenants:  # nobody waits, so nobody is owed anything
            self.virtual = 0.0
            self.finish.clear()


class FairQueue(Generic[T]):
    """Tickets in the order in which they are to be served."""

    def __init__(self) -> None:
        self._classes: dict[Priority, _Class[T]] = {priority: _Class() for priority in PRIORITIES}

    def __len__(self) -> int:
        return sum(self.waiting(priority) for priority in PRIORITIES)

    def waiting(self, priority: Priority) -> int:
        """How many of this class wait."""
        return sum(map(len, self._classes[priority].tenants.values()))

    def ahead(self, priority: Priority) -> int:
        """How many wait that a newcomer of this class comes after."""
        return sum(self.waiting(one) for one in PRIORITIES[: PRIORITIES.index(priority) + 1])

    def push(self, ticket: Ticket[T]) -> None:
        """At the end of its tenant's line."""
        self._classes[ticket.priority].tenants.setdefault(ticket.tenant, {})[id(ticket)] = ticket

    def remove(self, ticket: Ticket[T]) -> bool:
        """Take it out unserved; whether it was there."""
        return self._classes[ticket.priority].remove(ticket)

    def serve(self, ticket: Ticket[T]) -> None:
        """Take it out because its turn has come: its tenant pays for it."""
        one = self._classes[ticket.priority]
        if one.remove(ticket):
            one.served(ticket.tenant)

    def youngest(self, priority: Priority) -> Ticket[T] | None:
        """Who came last of a class."""
        lines = self._classes[priority].tenants.values()
        return max((next(reversed(line.values())) for line in lines), key=lambda one: one.since, default=None)

    def __iter__(self) -> Iterator[Ticket[T]]:
        """All tickets, the next to be served first. Not to be changed while it is read."""
        filled = [priority for priority in PRIORITIES if self._classes[priority].tenants]
        for priority in sorted(filled, key=lambda one: self._classes[one].oldest() + AGEING_S[one]):
            one = self._classes[priority]
            lines = sorted(
                one.tenants.items(), key=lambda item: (one.start(item[0]), next(iter(item[1].values())).since)
            )
            for _, line in lines:
                yield from line.values()
