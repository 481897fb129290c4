"""Admission to one tier: who gets the next free slot, who waits, and who is refused with an honest estimate."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from cache_service.models.endpoint import Clock, Endpoint, Lease, power_of_two
from cache_service.models.fair_queue import FairQueue, Ticket
from cache_service.models.live_figures import RECENT_S, DecayedMean
from cache_service.models.upstream import UpstreamError
from cache_service.router import Load, Priority

# How many may wait for each slot.
QUEUED_PER_SLOT: Final = 16
# Share of the slots that only people get.
RESERVE: Final = 0.25
# How long an upstream that has asked for a pause, or is yet to be probed, is waited for.
PATIENCE_S: Final[dict[Priority, float]] = {"urgent": 2.0, "interactive": 2.0, "batch": 60.0}
# Until something was measured.
UNKNOWN_SERVICE_S: Final = {"fast": 1.5, "quality": 5.0}
_TICK_S: Final = 1.0


class Overloaded(UpstreamError):
    """Too many wait already, or the answer could not be there by its deadline. ``retry_after_s`` is an estimate."""

    def __init__(self, detail: str, retry_after_s: float) -> None:
        super().__init__(detail, after_text=False, retry_after_s=retry_after_s)


class NoUpstream(UpstreamError):
    """No upstream may be asked: there is none, they are unwell, or the day's budget is spent."""

    def __init__(self, detail: str, retry_after_s: float | None = None) -> None:
        super().__init__(detail, after_text=False, retry_after_s=retry_after_s)


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a text is wanted.

    ``start_by``: when it has to have a slot, ``deadline``: when it has to be complete, both in the event loop's time.
    ``avoid``: names of upstreams that are asked only if there is no other. ``fallback``: whether the other tier may
    write it.
    """

    priority: Priority = "interactive"
    tenant: str = ""
    start_by: float | None = None
    avoid: frozenset[str] = frozenset()
    deadline: float | None = None
    fallback: bool = True

    @property
    def last_start(self) -> float | None:
        """When it is too late for a slot."""
        return min((at for at in (self.start_by, self.deadline) if at is not None), default=None)


@dataclass(frozen=True, slots=True)
class TierFigures:
    """How a tier is doing now. Means of the last half minute; None where nothing was seen yet."""

    first_token_s: float | None
    tokens_per_s: float | None
    service_s: float
    slots: int
    free_slots: int
    in_flight: int
    queued: int


@dataclass(eq=False, slots=True)
class _Waiting:
    granted: asyncio.Future[Lease]
    terms: Terms
    tokens: int
    excluded: frozenset[str]


class Admission:
    """The queue in front of the upstreams of a tier. A request waits here, not at one of them, and goes to whichever
    has a slot first. Batch work never holds the last slots, which are people's."""

    def __init__(
        self,
        tier: str,
        endpoints: Sequence[Endpoint],
        *,
        clock: Clock,
        chance: Random,
        affordable: Callable[[Endpoint], bool] = lambda _: True,
    ) -> None:
        self.tier = tier
        self.endpoints = tuple(endpoints)
        self._clock = clock
        self._chance = chance
        self._affordable = affordable
        self._queue: FairQueue[_Waiting] = FairQueue()
        self._service_s = DecayedMean(RECENT_S)
        self._batch = 0
        self._timer: asyncio.TimerHandle | None = None

    async def acquire(self, terms: Terms, tokens: int, excluded: frozenset[str] = frozenset()) -> Lease:
        """A slot at one of the upstreams that are not ``excluded``. Overloaded or NoUpstream if it is not to be had.

        ``tokens``: as many as the call will use, at most.
        """
        since = self._clock()
        self._check(terms, excluded, since)
        waiting = _Waiting(asyncio.get_running_loop().create_future(), terms, tokens, excluded)
        ticket = Ticket(terms.priority, terms.tenant, since, waiting)
        self._queue.push(ticket)
        self._pump()
        try:
            async with asyncio.timeout_at(terms.last_start):
                return await waiting.granted
        except TimeoutError as exc:
            self._leave(ticket)
            raise Overloaded(f"{self.tier}: no slot in time", self.expected_wait_s(terms.priority)) from exc
        except BaseException:
            self._leave(ticket)
            raise

    def try_acquire(self, tokens: int, excluded: frozenset[str]) -> Lease | None:
        """A slot for a second call, if one is free now and nobody waits for it."""
        if self._queue.ahead("interactive"):
            return None
        return self._place(Terms(), tokens, excluded, aged=True)

    def served(self, seconds: float) -> None:
        """A call has held its slot for ``seconds``, to its good end."""
        self._service_s.add(self._clock(), seconds)

    @property
    def service_s(self) -> float:
        """Seconds that a call holds its slot."""
        mean = self._service_s.mean
        return UNKNOWN_SERVICE_S.get(self.tier, 1.5) if mean is None else mean

    def available_s(self, excluded: frozenset[str] = frozenset()) -> float:
        """Seconds until any upstream is well enough to be asked; infinite if none ever will be."""
        now = self._clock()
        return min((one.unwell_s(now) for one in self._usable(excluded)), default=math.inf)

    def free_slots(self) -> int:
        """Free slots of the upstreams that may be asked now."""
        now = self._clock()
        return sum(max(0, min(one.free, one.slots(now))) for one in self._usable(frozenset()))

    def expected_wait_s(self, priority: Priority = "interactive") -> float:
        """Estimate of the seconds that a newcomer waits for a slot; infinite if no upstream may be asked."""
        now = self._clock()
        well = self._well(now)
        if not well:
            return self.available_s()
        slots = sum(one.slots(now) for one in well)
        reserve = _reserve(slots) if priority == "batch" else 0
        ahead = self._queue.ahead(priority)
        rates_s = min(one.wait_s(now, 0) for one in well)
        if not ahead and self.free_slots() > reserve:
            return rates_s
        return max(rates_s, (ahead + 1) * self.service_s / (slots - reserve))

    def load(self, priority: Priority) -> Load | None:
        """What asking this tier means now; None if no upstream is well enough to be waited for."""
        if self.available_s() > PATIENCE_S[priority]:
            return None
        free = max(0, self.free_slots() - self._queue.ahead(priority))
        return Load(self.expected_wait_s(priority), self.service_s, free)

    def figures(self) -> TierFigures:
        """Live figures of the tier."""
        now = self._clock()
        well = self._well(now)
        firsts = [one.figures.first_token_s.mean for one in well]
        speeds = [one.figures.tokens_per_s.mean for one in well]
        return TierFigures(
            first_token_s=_mean(firsts),
            tokens_per_s=_mean(speeds),
            service_s=self.service_s,
            slots=sum(one.slots(now) for one in well),
            free_slots=self.free_slots(),
            in_flight=sum(one.in_flight for one in self.endpoints),
            queued=len(self._queue),
        )

    def health(self) -> dict[str, Any]:
        """As JSON."""
        queued = {priority: self._queue.waiting(priority) for priority in PATIENCE_S}
        wait_s = self.expected_wait_s()
        return {"queued": queued, "expected_wait_s": wait_s if math.isfinite(wait_s) else None}

    def close(self) -> None:
        """Refuse who waits."""
        if self._timer is not None:
            self._timer.cancel()
        for ticket in list(self._queue):
            self._refuse(ticket, NoUpstream("the service is stopping"))

    def _usable(self, excluded: frozenset[str]) -> list[Endpoint]:
        return [one for one in self.endpoints if one.spec.name not in excluded and self._affordable(one)]

    def _well(self, now: float) -> list[Endpoint]:
        return [one for one in self._usable(frozenset()) if one.unwell_s(now) <= 0]

    def _check(self, terms: Terms, excluded: frozenset[str], now: float) -> None:
        """Refuse early what would be refused later."""
        if (failure := self._unavailable(terms, excluded)) is not None:
            raise failure
        wait_s = self.expected_wait_s(terms.priority)
        # Hopeful, because a tier that is asked nothing would never be seen to have become faster.
        if terms.deadline is not None and now + wait_s + (self._service_s.hopeful(now) or 0.0) > terms.deadline:
            raise Overloaded(f"{self.tier}: the deadline cannot be met", wait_s)
        if terms.start_by is not None and wait_s > 0 and now + wait_s > terms.start_by:
            raise Overloaded(f"{self.tier}: no slot in time", wait_s)
        slots = sum(one.spec.max_concurrency for one in self.endpoints)
        if len(self._queue) < QUEUED_PER_SLOT * slots:
            return
        last = self._queue.youngest("batch")
        if last is None or terms.priority == "batch":
            raise Overloaded(f"{self.tier}: too many requests are waiting", wait_s)
        self._refuse(last, Overloaded(f"{self.tier}: people come first", self.expected_wait_s("batch")))

    def _unavailable(self, terms: Terms, excluded: frozenset[str]) -> NoUpstream | None:
        if not self._usable(excluded):
            unaffordable = any(one.spec.name not in excluded for one in self.endpoints)
            return NoUpstream(f"{self.tier}: " + ("the day's budget is spent" if unaffordable else "no other upstream"))
        wait_s = self.available_s(excluded)
        if wait_s <= PATIENCE_S[terms.priority]:
            return None
        return NoUpstream(f"{self.tier}: every upstream is unwell", wait_s)

    def _pump(self) -> None:
        """Give free slots to those whose turn it is."""
        now = self._clock()
        while (found := self._next(now)) is not None:
            ticket, lease = found
            self._queue.serve(ticket)
            ticket.item.granted.set_result(lease)
        well = bool(self._well(now))
        for ticket in list(self._queue):
            one = ticket.item
            if well and not one.excluded:
                continue
            if (failure := self._unavailable(one.terms, one.excluded)) is not None:
                self._refuse(ticket, failure)
        self._arm(now)

    def _next(self, now: float) -> tuple[Ticket[_Waiting], Lease] | None:
        if not any(one.free > 0 for one in self.endpoints):
            return None
        for ticket in self._queue:
            if ticket.item.granted.done():  # its reader has left
                continue
            one = ticket.item
            if (lease := self._place(one.terms, one.tokens, one.excluded, aged=ticket.aged(now))) is not None:
                return ticket, lease
        return None

    def _place(self, terms: Terms, tokens: int, excluded: frozenset[str], *, aged: bool) -> Lease | None:
        now = self._clock()
        candidates = [one for one in self._usable(excluded) if one.free > 0 and one.wait_s(now, tokens) <= 0]
        batch = terms.priority == "batch"
        if not candidates or (batch and not self._room_for_batch(now, aged=aged)):
            return None
        self._batch += batch
        chosen = power_of_two(candidates, self._chance, now)
        return chosen.start(tokens, lambda: self._released(batch=batch))

    def _room_for_batch(self, now: float, *, aged: bool) -> bool:
        slots = sum(one.slots(now) for one in self._well(now))
        reserve = _reserve(slots)
        return self._batch < slots - reserve and (aged or self.free_slots() > reserve)

    def _released(self, *, batch: bool) -> None:
        self._batch -= batch
        self._pump()

    def _leave(self, ticket: Ticket[_Waiting]) -> None:
        self._queue.remove(ticket)
        granted = ticket.item.granted
        if granted.done() and not granted.cancelled() and granted.exception() is None:
            granted.result().release("unknown", 0)

    def _refuse(self, ticket: Ticket[_Waiting], failure: UpstreamError) -> None:
        self._queue.remove(ticket)
        if not ticket.item.granted.done():
            ticket.item.granted.set_exception(failure)

    def _arm(self, now: float) -> None:
        """Look again when something may have changed by time alone: a pause, a bucket, a breaker, an age."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._queue:
            return
        tokens = next(iter(self._queue)).item.tokens
        known = [one.wait_s(now, tokens) for one in self.endpoints]
        due_s = min([seconds for seconds in known if seconds > 0] + [_TICK_S])
        self._timer = asyncio.get_running_loop().call_later(due_s, self._pump)


def _reserve(slots: int) -> int:
    return min(slots - 1, max(1, math.ceil(RESERVE * slots)))


def _mean(found: Sequence[float | None]) -> float | None:
    known = [one for one in found if one is not None]
    return sum(known) / len(known) if known else None
