"""A circuit breaker for one upstream. Pure: the caller says what time it is and what became of each call.

Closed, it lets every call through and watches the last ``WINDOW`` of them: at half failed or half slow it opens. Open,
it lets nothing through for a while, twice as long each time it opens again soon (with jitter, so that many processes do
not come back together). Then it is half-open: two calls are let through, and their first tokens close it. Waiting
for a slot is no part of a call, so a full pool never looks like a slow upstream. (Nygard, Release It!, 2007.)
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final, Literal

State = Literal["closed", "open", "half_open"]
WINDOW: Final = 20
FEWEST: Final = 5
FAILURE_SHARE: Final = 0.5
SLOW_SHARE: Final = 0.5
OPEN_S: Final = 0.5
LONGEST_OPEN_S: Final = 60.0
PROBES: Final = 2
# Failures in a row that open it however few calls there were.
IN_A_ROW: Final = 3


class CircuitBreaker:
    """Times in seconds of any one monotonic clock. ``chance`` draws from [0, 1)."""

    def __init__(self, chance: Callable[[], float]) -> None:
        self._chance = chance
        self._seen: deque[tuple[bool, bool]] = deque(maxlen=WINDOW)
        self._opened = 0
        self._open_until: float | None = None
        self._probing = 0
        self._good_probes = 0
        self.opened = 0

    def state(self, now: float) -> State:
        """What it is at ``now``."""
        if self._open_until is None:
            return "closed"
        return "open" if now < self._open_until else "half_open"

    def allows(self, now: float) -> bool:
        """Whether a call may begin."""
        match self.state(now):
            case "closed":
                return True
            case "open":
                return False
            case "half_open":
                return self._probing + self._good_probes < PROBES

    def wait_s(self, now: float) -> float:
        """Seconds until a call may be tried; infinite while a probe is under way."""
        if self.allows(now):
            return 0.0
        return max(0.0, (self._open_until or now) - now) or float("inf")

    def began(self, now: float) -> bool:
        """A call begins; whether it is a probe. Tell ``ended`` or ``abandoned`` what became of it."""
        probe = self.state(now) == "half_open"
        self._probing += probe
        return probe

    def answers(self, now: float) -> None:
        """The first token of a probe has come: that is what was asked. The call goes on as any other."""
        self._probing -= 1
        self._judge_probe(now, good=True)

    def abandoned(self, *, probe: bool) -> None:
        """A call was given up by who asked: it says nothing."""
        self._probing -= probe

    def ended(self, now: float, *, failed: bool, slow: bool, probe: bool) -> None:
        """What became of a call."""
        self._probing -= probe
        if self.state(now) == "open":
            return  # begun before it opened
        if probe:
            self._judge_probe(now, good=not (failed or slow))
            return
        self._seen.append((failed, slow))
        if self._is_bad():
            self._open(now)

    def _judge_probe(self, now: float, *, good: bool) -> None:
        if self._open_until is None:
            return
        if not good:
            self._open(now)
            return
        self._good_probes += 1
        if self._good_probes >= PROBES:
            self._open_until, self._opened, self._good_probes = None, 0, 0
            self._seen.clear()

    def _is_bad(self) -> bool:
        seen = len(self._seen)
        last = list(self._seen)[-IN_A_ROW:]
        if len(last) == IN_A_ROW and all(failed for failed, _ in last):
            return True
        if seen < FEWEST:
            return False
        failed, slow = sum(one for one, _ in self._seen), sum(one for _, one in self._seen)
        return failed >= FAILURE_SHARE * seen or slow >= SLOW_SHARE * seen

    def _open(self, now: float) -> None:
        self._opened += 1
        self.opened += 1
        self._good_probes = 0
        longest = min(LONGEST_OPEN_S, OPEN_S * 2 ** (self._opened - 1))
        self._open_until = now + longest * (0.75 + 0.5 * self._chance())
        self._seen.clear()
