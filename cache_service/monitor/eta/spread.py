"""Times that are log-normal through an estimate's p50 and p90: what is left of them while they run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

from cache_service.monitor.eta.estimate import LONGEST_S, SHORTEST_S, Estimate

_NORMAL: Final = NormalDist()
_Z90: Final = _NORMAL.inv_cdf(0.9)
# Spread of the logarithm at least: no writing is certain to the second.
_LEAST_SPREAD: Final = 0.02
# Beyond so many deviations a time says that the estimate was wrong, not how late it is.
_FAR: Final = 6.0
# The longest of several is found to this share of itself.
_EXACT: Final = 0.002


@dataclass(frozen=True, slots=True)
class Running:
    """A section that is estimated to take ``estimate`` in all and has run for ``ran_s``."""

    estimate: Estimate
    ran_s: float = 0.0

    def ended_by(self, left_s: float) -> float:
        """The chance that it ends within ``left_s`` from now, as it has not ended yet."""
        begun = self._surviving(self.ran_s)
        return 1.0 - self._surviving(self.ran_s + left_s) / begun

    def left_s(self, share: float) -> float:
        """Seconds within which it ends with probability ``share`` (0 < share < 1)."""
        z = -_NORMAL.inv_cdf(self._surviving(self.ran_s) * (1.0 - share))
        shift = self._late_by()
        return min(LONGEST_S, max(0.0, math.exp(self._mean + shift + self._spread * z) - self.ran_s))

    @property
    def _mean(self) -> float:
        return math.log(max(SHORTEST_S, self.estimate.p50_s))

    @property
    def _spread(self) -> float:
        ratio = self.estimate.p90_s / max(SHORTEST_S, self.estimate.p50_s)
        return max(_LEAST_SPREAD, math.log(max(1.0, ratio)) / _Z90)

    def _late_by(self) -> float:
        """How far the whole estimate is moved for a section so late that it must have been wrong."""
        if self.ran_s <= 0.0:
            return 0.0
        return max(0.0, math.log(self.ran_s) - (self._mean + _FAR * self._spread))

    def _surviving(self, seconds: float) -> float:
        if seconds <= 0.0:
            return 1.0
        z = (math.log(seconds) - self._mean - self._late_by()) / self._spread
        return 0.5 * math.erfc(z / math.sqrt(2.0))


def remaining(running: Sequence[Running]) -> Estimate:
    """Until the last of ``running`` ends, if they know nothing of each other; zeros for none."""
    if not running:
        return Estimate(0.0, 0.0)
    return Estimate(_longest_s(running, 0.5), _longest_s(running, 0.9))


def _longest_s(running: Sequence[Running], share: float) -> float:
    low = max(one.left_s(share) for one in running)
    high = max(one.left_s(share ** (1.0 / len(running))) for one in running)
    while high - low > max(SHORTEST_S, _EXACT * high):
        middle = (low + high) / 2
        if math.prod(one.ended_by(middle) for one in running) < share:
            low = middle
        else:
            high = middle
    return high
