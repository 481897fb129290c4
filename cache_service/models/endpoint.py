"""One upstream as the orchestrator sees it: its slots, its condition, what is usual there, and who holds a slot."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from cache_service.models.breaker import DEFAULT_LIMITS, BreakerLimits, CircuitBreaker, Outcome
from cache_service.models.live_figures import DEFAULT_PATIENCE, LiveFigures, Patience, RecentQuantile
from cache_service.models.rates import TokenBucket
from cache_service.models.upstream import Upstream

Clock = Callable[[], float]
PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 300.0
# A typical section's seconds, for comparing upstreams of which nothing is known yet.
_UNKNOWN_S: Final = 1.0


class Endpoint:
    """``max_concurrency`` slots, a circuit breaker, a pause that it asked for, its rates, and its live figures."""

    def __init__(
        self,
        upstream: Upstream,
        *,
        clock: Clock,
        chance: Random,
        tier_firsts: RecentQuantile,
        patience: Patience = DEFAULT_PATIENCE,
        limits: BreakerLimits = DEFAULT_LIMITS,
    ) -> None:
        self.upstream = upstream
        self.spec = upstream.spec
        self.clock = clock
        self.breaker = CircuitBreaker(chance.random, limits)
        self.figures = LiveFigures(patience, tier_firsts)
        self.counts: Counter[str] = Counter()
        self.in_flight = 0
        self._paused_until = -math.inf
        spec, now = self.spec, clock()
        self._requests = TokenBucket(spec.requests_per_minute, now) if spec.requests_per_minute else None
        self._tokens = TokenBucket(spec.tokens_per_minute, now) if spec.tokens_per_minute else None

    @property
    def free(self) -> int:
        """Free slots."""
        return self.spec.max_concurrency - self.in_flight

    @property
    def price(self) -> float:
        """For comparing: what a million tokens in and as many out cost."""
        return self.spec.price_in + self.spec.price_out

    def slots(self, now: float) -> int:
        """How many calls may run at once: one while it is probed, none while it is not to be asked."""
        if self.unwell_s(now) > 0:
            return 0
        return self.spec.max_concurrency if self.breaker.state(now) == "closed" else 1

    def unwell_s(self, now: float) -> float:
        """Seconds until it may be asked again: its breaker and its ``Retry-After``. 0: now."""
        return max(self.breaker.wait_s(now), self._paused_until - now, 0.0)

    def wait_s(self, now: float, tokens: float) -> float:
        """Seconds until a call of so many tokens may start, slots aside."""
        buckets = ((self._requests, 1.0), (self._tokens, tokens))
        return max(self.unwell_s(now), *(bucket.wait_s(now, wanted) for bucket, wanted in buckets if bucket), 0.0)

    def pause(self, seconds: float | None) -> None:
        """It asked not to be asked for so long."""
        pause_s = PAUSE_S if seconds is None else min(seconds, LONGEST_PAUSE_S)
        self._paused_until = max(self._paused_until, self.clock() + pause_s)

    def start(self, tokens: int, released: Callable[[], None]) -> Lease:
        """Take a slot. ``released`` is called when it is free again."""
        now = self.clock()
        if self._requests is not None:
            self._requests.take(now, 1)
        if self._tokens is not None:
            self._tokens.take(now, tokens)
        self.in_flight += 1
        self.counts["calls"] += 1
        return Lease(self, self.breaker.start(now), tokens, now, released)

    def finish(self, era: int, outcome: Outcome, unused_tokens: float) -> None:
        """Give the slot back, and the tokens that were not used."""
        now = self.clock()
        self.in_flight -= 1
        self.breaker.end(now, era, outcome)
        if outcome == "failure":
            self.counts["failures"] += 1
        if self._tokens is not None and unused_tokens > 0:
            self._tokens.give_back(now, unused_tokens)

    def health(self, now: float) -> dict[str, Any]:
        """As JSON. Times in seconds from now on."""
        figures = self.figures
        return {
            "name": self.spec.name,
            "tier": self.spec.tier,
            "model": self.spec.model,
            "breaker": self.breaker.state(now),
            "failure_share": self.breaker.failure_share(now),
            "in_flight": self.in_flight,
            "slots": self.spec.max_concurrency,
            "paused_s": max(0.0, self._paused_until - now),
            "first_token_s": figures.first_token_s.mean,
            "tokens_per_s": figures.tokens_per_s.mean,
            **{name: self.counts[name] for name in ("calls", "failures", "refused", "stalls", "hedges", "retries")},
        }


@dataclass(eq=False, slots=True)
class Lease:
    """A slot that is held, since ``since``."""

    endpoint: Endpoint
    era: int
    tokens: int
    since: float
    released: Callable[[], None]
    held: bool = field(default=True)

    def release(self, outcome: Outcome, used_tokens: int | None = None) -> None:
        """Give it back; once. ``used_tokens``: of the tokens that were reckoned with, if known."""
        if not self.held:
            return
        self.held = False
        self.endpoint.finish(self.era, outcome, 0 if used_tokens is None else self.tokens - used_tokens)
        self.released()


def power_of_two(endpoints: Sequence[Endpoint], chance: Random, now: float) -> Endpoint:
    """The better of two drawn at random (Mitzenmacher, 2001): what is expected to take a call the least time, by its
    live figures, calls in flight, weight and failures. A half-open one is probed before anybody else is asked."""
    probes = [one for one in endpoints if one.breaker.state(now) == "half_open"]
    drawn = chance.sample(probes or endpoints, min(2, len(probes or endpoints)))
    known = [seconds for one in drawn if (seconds := one.figures.expected_s(now)) is not None]
    usual = min(known, default=_UNKNOWN_S)
    return min(drawn, key=lambda one: _cost(one, usual, now))


def _cost(endpoint: Endpoint, usual_s: float, now: float) -> float:
    expected = endpoint.figures.expected_s(now)
    success = endpoint.breaker.success_share(now)
    return (usual_s if expected is None else expected) * (endpoint.in_flight + 1) / (endpoint.spec.weight * success)
