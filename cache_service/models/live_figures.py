"""What is usual at an upstream, learned from its calls: time to first token, gaps, speed. Pure: time is an argument."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Final

RECENT_S: Final = 30.0
USUAL_S: Final = 600.0
TYPICAL_TOKENS: Final = 180
_REMEMBERED: Final = 64
_ENOUGH: Final = 16


class DecayedMean:
    """Mean of observations whose weight falls by 1/e in ``tau_s`` (EWMA by time, without the bias of its start)."""

    def __init__(self, tau_s: float) -> None:
        self._tau_s = tau_s
        self._sum = self._weight = 0.0
        self._at = -math.inf

    def add(self, now: float, observed: float) -> None:
        """One more observation."""
        faded = self._fade(now)
        self._sum = self._sum * faded + observed
        self._weight = self._weight * faded + 1
        self._at = max(now, self._at)

    @property
    def mean(self) -> float | None:
        """The mean; None before the first observation."""
        return self._sum / self._weight if self._weight else None

    def hopeful(self, now: float) -> float | None:
        """The mean, falling while nothing is observed: who was slow once is tried again (as Finagle's peak EWMA)."""
        return None if self.mean is None else self.mean * self._fade(now)

    def _fade(self, now: float) -> float:
        return math.exp(-max(0.0, now - self._at) / self._tau_s)


class RecentQuantile:
    """Quantiles of the last observations."""

    def __init__(self, remembered: int = _REMEMBERED, enough: int = _ENOUGH) -> None:
        self._last: deque[float] = deque(maxlen=remembered)
        self._enough = enough

    def add(self, observed: float) -> None:
        """One more observation."""
        self._last.append(observed)

    def at(self, share: float) -> float | None:
        """The value that ``share`` of them do not exceed; None while there are too few to say."""
        if len(self._last) < self._enough:
            return None
        return sorted(self._last)[min(len(self._last) - 1, math.ceil(share * len(self._last)) - 1)]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what. Times in seconds; the factors are of what is usual at the upstream.

    ``stall_s``, ``stall_factor``: between two texts. ``first_s``, ``first_factor``: for the first one (of its p95).
    ``slow_s``, ``slow_factor``: from when on a first text counts as slow. ``cold_stall_s``, ``cold_first_s``,
    ``cold_factor``: while nothing is known of the upstream; the factor is of the median of its tier.
    """

    stall_s: float = 0.8
    stall_factor: float = 10.0
    cold_stall_s: float = 3.0
    first_s: float = 1.0
    first_factor: float = 4.0
    cold_first_s: float = 3.0
    cold_factor: float = 10.0
    slow_s: float = 1.0
    slow_factor: float = 4.0


DEFAULT_PATIENCE = Patience()


class LiveFigures:
    """Of one upstream. All times are of the upstream alone: none was spent waiting for a slot."""

    def __init__(self, patience: Patience, tier_firsts: RecentQuantile) -> None:
        """``tier_firsts``: times to the first token in the whole tier, which are added to as well."""
        self._patience = patience
        self._tier_firsts = tier_firsts
        self.first_token_s = DecayedMean(RECENT_S)
        self.tokens_per_s = DecayedMean(RECENT_S)
        self._usual_first_s = DecayedMean(USUAL_S)
        self._gap_s = DecayedMean(USUAL_S)
        self._firsts = RecentQuantile()

    def saw_first(self, now: float, seconds: float) -> None:
        """The first text came after ``seconds``, or had not come by then and was given up.

        Counting those given up lets the bounds grow where all has become slower.
        """
        self.first_token_s.add(now, seconds)
        self._usual_first_s.add(now, seconds)
        self._firsts.add(seconds)
        self._tier_firsts.add(seconds)

    def saw_gap(self, now: float, seconds: float) -> None:
        """The next text was waited for so long."""
        self._gap_s.add(now, seconds)

    def saw_end(self, now: float, tokens: int, seconds: float) -> None:
        """The rest of ``tokens`` came in ``seconds`` after the first text."""
        if tokens > 1 and seconds > 0:
            self.tokens_per_s.add(now, tokens / seconds)

    def first_bound_s(self, timeout_s: float) -> float:
        """How long the first text may take: longer while only its tier is known, ``timeout_s`` while nothing is."""
        patience = self._patience
        if (usual := self._firsts.at(0.95)) is not None:
            return min(timeout_s, max(patience.first_s, patience.first_factor * usual))
        if (usual := self._tier_firsts.at(0.5)) is not None:  # whose p95 this very upstream may have made
            return min(timeout_s, max(patience.cold_first_s, patience.cold_factor * usual))
        return timeout_s

    def stall_bound_s(self) -> float:
        """How long the next text may take."""
        usual = self._gap_s.mean
        if usual is None:
            return self._patience.cold_stall_s
        return max(self._patience.stall_s, self._patience.stall_factor * usual)

    def is_slow(self, seconds: float) -> bool:
        """Whether a first text after ``seconds`` is much later than usual here."""
        usual = self._usual_first_s.mean
        return seconds > max(self._patience.slow_s, self._patience.slow_factor * (usual or math.inf))

    def expected_s(self, now: float) -> float | None:
        """How long a typical section takes here; None before the first one."""
        first, speed = self.first_token_s.hopeful(now), self.tokens_per_s.mean
        if first is None:
            return None
        return first + (TYPICAL_TOKENS / speed if speed else 0.0)
