"""Circuit breaker of one upstream: after too many failed or slow calls it is left alone for a while, then probed.

States and thresholds as in resilience4j (failure share and slow-call share over a sliding window, a few probes while
half open); the time it stays open doubles with each opening, with jitter so that several services do not probe in step
(AWS Architecture Blog, Exponential Backoff and Jitter). Pure: the time is an argument.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

State = Literal["closed", "open", "half_open"]
Outcome = Literal["success", "slow", "failure", "unknown"]


@dataclass(frozen=True, slots=True)
class BreakerLimits:
    """When to open and for how long. Times in seconds, shares of the calls in the window.

    ``window``: calls looked back on, none older than ``window_s``. ``least``: bad calls that there must be at all,
    so that a first failure does not count as all of them. ``probes``: good ones in a row that close it. An upstream
    that stayed closed for ``forget_s`` begins again with the shortest time. ``probe_s``: what a probe takes, about.
    """

    window: int = 20
    window_s: float = 60.0
    least: int = 3
    failure_share: float = 0.4
    slow_share: float = 0.8
    open_s: float = 0.5
    longest_open_s: float = 60.0
    probes: int = 2
    forget_s: float = 60.0
    probe_s: float = 1.0


DEFAULT_LIMITS = BreakerLimits()


class CircuitBreaker:
    """Told of every call when it starts and ends; says when the next may start.

    Only the time that the upstream itself took may be reported: waiting for a slot is nobody's fault.
    """

    def __init__(self, chance: Callable[[], float], limits: BreakerLimits = DEFAULT_LIMITS) -> None:
        """``chance`` draws from [0, 1)."""
        self._chance = chance
        self._limits = limits
        self._calls: deque[tuple[float, Outcome]] = deque(maxlen=limits.window)
        self._open_until: float | None = None
        self._closed_since = -math.inf
        self._openings = 0
        self._era = 0  # calls that began before the last change of state say nothing of the present one
        self._probing = self._passed = 0

    def state(self, now: float) -> State:
        """The state at ``now``."""
        if self._open_until is None:
            return "closed"
        return "open" if now < self._open_until else "half_open"

    def wait_s(self, now: float) -> float:
        """Seconds until a call may start, 0 for now; while a probe is on its way an estimate, never 0."""
        match self.state(now):
            case "closed":
                return 0.0
            case "open":
                return (self._open_until or now) - now
            case "half_open":
                return self._limits.probe_s if self._probing else 0.0

    def start(self, now: float) -> int:
        """A call begins; what is returned has to be given to ``end``."""
        if self.state(now) == "half_open":
            self._probing += 1
        return self._era

    def end(self, now: float, era: int, outcome: Outcome) -> None:
        """The call has ended. ``unknown``: it was given up by us, so nothing is known."""
        if era != self._era:
            return
        if self._open_until is not None:
            self._end_probe(now, outcome)
        elif outcome != "unknown":
            self._calls.append((now, outcome))
            if self._too_many("failure", self._limits.failure_share, now) or self._too_many(
                "slow", self._limits.slow_share, now
            ):
                self._open(now)

    def failure_share(self, now: float) -> float:
        """Share of failures in the window, 0..1."""
        outcomes = self._outcomes(now)
        return outcomes.count("failure") / len(outcomes) if outcomes else 0.0

    def success_share(self, now: float) -> float:
        """Share of calls in the window that did not fail, with one more that did not, for a start: 0..1."""
        outcomes = self._outcomes(now)
        return 1 - outcomes.count("failure") / (len(outcomes) + 1)

    def _outcomes(self, now: float) -> list[Outcome]:
        return [outcome for at, outcome in self._calls if now - at <= self._limits.window_s]

    def _too_many(self, kind: Outcome, share: float, now: float) -> bool:
        outcomes = self._outcomes(now)
        bad = outcomes.count(kind)
        return bad >= self._limits.least and bad >= share * len(outcomes)

    def _end_probe(self, now: float, outcome: Outcome) -> None:
        self._probing -= 1
        if outcome == "success":
            self._passed += 1
            if self._passed >= self._limits.probes:
                self._close(now)
        elif outcome != "unknown":
            self._open(now)

    def _close(self, now: float) -> None:
        self._open_until, self._closed_since = None, now
        self._begin_era()

    def _open(self, now: float) -> None:
        if self._open_until is None and now - self._closed_since >= self._limits.forget_s:
            self._openings = 0
        longest = min(self._limits.longest_open_s, self._limits.open_s * 2.0 ** min(self._openings, 30))
        self._openings += 1
        self._open_until = now + longest * (0.5 + self._chance() / 2)
        self._begin_era()

    def _begin_era(self) -> None:
        self._era += 1
        self._probing = self._passed = 0
        self._calls.clear()
