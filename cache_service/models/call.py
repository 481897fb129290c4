"""One call at one upstream: holds a slot from start to end, keeps to the times that are usual there, and reports."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, Callable
from functools import partial
from typing import Final

from cache_service.models.breaker import Outcome
from cache_service.models.endpoint import Lease
from cache_service.models.prompts import Prompt
from cache_service.models.upstream import Generation, UpstreamError, UpstreamSpec

CHARS_PER_TOKEN: Final = 3
# What is usual may become known while it is waited for.
RECHECK_S: Final = 0.5
# A timer that fires because this process was late finds what came meanwhile within so long.
_GRACE_S: Final = 0.1
_UNWILLING: Final = 429
_BUSY: Final = 503


def tokens_of(prompt: Prompt) -> int:
    """About how many tokens a prompt has."""
    return sum(len(message["content"]) for message in prompt.messages) // CHARS_PER_TOKEN


class Call:
    """A request under way from the start on. Wait for ``begun``, then read ``texts``; ``close`` whatever happens.

    ``begun`` ends with the first text, or with UpstreamError if none comes in the time that is usual.
    """

    def __init__(
        self,
        lease: Lease,
        prompt: Prompt,
        deadline: float | None,
        charge: Callable[[float], None],
    ) -> None:
        """``charge`` is told what the call cost."""
        self.lease = lease
        self.generation = Generation()
        self.first_token_s = 0.0
        self._first: str | None = None
        self._prompt = prompt
        self._clock = lease.endpoint.clock
        self._charge = charge
        self._began = self._clock()
        self._asked_by = deadline
        timeout_at = self._began + self.spec.timeout_s
        self._ends = timeout_at if deadline is None else min(timeout_at, deadline)
        self._first_at = self._began
        self._stream = lease.endpoint.upstream.stream(prompt, self.generation)
        self.begun = asyncio.create_task(self._begin())

    @property
    def spec(self) -> UpstreamSpec:
        """The upstream that is asked."""
        return self.lease.endpoint.spec

    @property
    def elapsed_s(self) -> float:
        """Seconds since it was sent."""
        return self._clock() - self._began

    async def _begin(self) -> None:
        figures = self.lease.endpoint.figures
        self._first = await self._next(self._first_by, after_text=False)
        self._first_at = self._clock()
        self.first_token_s = self._first_at - self._began
        if self._first is None:
            self._settle("success")
        else:
            figures.saw_first(self._first_at, self.first_token_s)

    async def texts(self) -> AsyncGenerator[str]:
        """The first text and all others. UpstreamError if it stops half-way."""
        text, figures = self._first, self.lease.endpoint.figures
        while text is not None:
            yield text
            if self._clock() >= self._ends:  # a stream that keeps flowing is over its time too
                raise self._late(after_text=True)
            since = self._clock()
            text = await self._next(partial(self._next_by, since), after_text=True)
            now = self._clock()
            if text is not None:
                figures.saw_gap(now, now - since)
        now = self._clock()
        figures.saw_end(now, self.generation.tokens, now - self._first_at)
        self._settle("slow" if figures.is_slow(self.first_token_s) else "success")

    async def close(self) -> None:
        """End it, if it has not ended."""
        self.abandon()
        await asyncio.wait([self.begun])
        if not self.begun.cancelled():
            self.begun.exception()  # of which whoever waited was told
        await self._stream.aclose()

    def abandon(self) -> None:
        """Free its slot at once, and let it end."""
        self.begun.cancel()
        if not self.lease.held:
            return
        if self._first is not None:  # it did what it was asked for
            self._settle("success")
            return
        now, figures = self._clock(), self.lease.endpoint.figures
        waited_s = self.elapsed_s
        if waited_s > (figures.first_token_s.mean or math.inf):  # at least so long it would have taken
            figures.saw_first(now, waited_s)
        self._settle("slow" if figures.is_slow(waited_s) else "unknown")

    def _first_by(self) -> float:
        return min(self._ends, self._began + self.lease.endpoint.figures.first_bound_s(self.spec.timeout_s))

    def _next_by(self, since: float) -> float:
        return min(self._ends, since + self.lease.endpoint.figures.stall_bound_s())

    async def _next(self, by: Callable[[], float], *, after_text: bool) -> str | None:
        try:
            # Never yields inside a timeout: it would fire in the reader's code.
            async with asyncio.timeout(None) as limit:
                watch = _Watch(by, limit)
                try:
                    return await anext(self._stream, None)
                finally:
                    watch.stop()
        except TimeoutError as exc:
            raise self._late(after_text=after_text) from exc
        except UpstreamError as exc:
            self._failed(exc)
            raise

    def _late(self, *, after_text: bool) -> UpstreamError:
        now, endpoint = self._clock(), self.lease.endpoint
        if self._asked_by is not None and now >= self._asked_by:
            self._settle("unknown")  # that somebody was in a hurry is not its fault
            return UpstreamError(f"{self.spec.name}: no answer by the deadline", after_text=after_text, lasting=True)
        if not after_text:
            endpoint.figures.saw_first(now, now - self._began)
        endpoint.counts["stalls"] += 1
        self._settle("failure")
        detail = f"{self.spec.name}: no answer in the time that is usual there"
        return UpstreamError(detail, after_text=after_text, lasting=True)

    def _failed(self, failure: UpstreamError) -> None:
        endpoint = self.lease.endpoint
        if failure.status == _UNWILLING or (failure.status == _BUSY and failure.retry_after_s is not None):
            endpoint.counts["refused"] += 1
            endpoint.pause(failure.retry_after_s)
        # To be told to slow down is no sickness: the pause is the answer to it.
        self._settle("unknown" if failure.status == _UNWILLING else "failure", answered=failure.after_text)

    def _settle(self, outcome: Outcome, *, answered: bool = True) -> None:
        """Count it, pay for it and free the slot; once."""
        if not self.lease.held:
            return
        tokens_in = (self.generation.tokens_in or tokens_of(self._prompt)) if answered else 0
        self._charge(self.spec.cost(tokens_in, self.generation.tokens))
        self.lease.release(outcome, tokens_in + self.generation.tokens)


class _Watch:
    """Lets ``limit`` run out when it is later than ``by`` says, which may change while it is waited for."""

    def __init__(self, by: Callable[[], float], limit: asyncio.Timeout) -> None:
        self._by = by
        self._limit = limit
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._look()

    def stop(self) -> None:
        """It came."""
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        now = self._loop.time()
        left_s = self._by() - now
        if left_s > 0:
            self._timer = self._loop.call_later(min(left_s, RECHECK_S), self._look)
        else:
            self._limit.reschedule(now + _GRACE_S)
