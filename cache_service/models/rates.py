"""Token buckets whose waiting time is known beforehand, so that nothing has to block to find it out; what hedged
calls may add; what a day may cost. Pure: the time is an argument.
"""

from __future__ import annotations

import math
from typing import Final

_DAY_S: Final = 86_400
# From this share of the day's budget on, only the cheapest upstreams are asked.
_SPARING: Final = 0.8
# Of floating point: a bucket that lacks less than this is full enough.
_ROUNDING: Final = 1e-6


class TokenBucket:
    """``per_minute`` units, refilled evenly; a whole minute's worth may be taken at once."""

    def __init__(self, per_minute: float, now: float) -> None:
        self.capacity = per_minute
        self._level = per_minute
        self._at = now

    def wait_s(self, now: float, amount: float) -> float:
        """Seconds until ``amount`` can be taken; more than fits counts as all that fits."""
        lacking = min(amount, self.capacity) - self._refilled(now)
        return 0.0 if lacking <= _ROUNDING else lacking * 60 / self.capacity

    def take(self, now: float, amount: float) -> None:
        """Take ``amount``. The level may fall below zero: what was used is used."""
        self._level = self._refilled(now) - min(amount, self.capacity)
        self._at = max(now, self._at)

    def give_back(self, now: float, amount: float) -> None:
        """Put back what was taken but not used."""
        self._level = min(self.capacity, self._refilled(now) + amount)
        self._at = max(now, self._at)

    def _refilled(self, now: float) -> float:
        return min(self.capacity, self._level + max(0.0, now - self._at) * self.capacity / 60)


class HedgeBudget:
    """At most ``share`` of the calls may be sent twice (Dean and Barroso, The Tail at Scale, 2013): each call earns
    that much, a hedge costs one, and no more than ``burst`` can be saved up, which is what there is at first."""

    def __init__(self, share: float = 0.05, burst: float = 5.0) -> None:
        self._share = share
        self._burst = burst
        self._saved = burst

    def earn(self) -> None:
        """A call was made."""
        self._saved = min(self._burst, self._saved + self._share)

    @property
    def affordable(self) -> bool:
        """Whether one may be sent twice."""
        return self._saved >= 1 - _ROUNDING

    def spend(self) -> None:
        """One was sent twice."""
        self._saved -= 1


class DailyBudget:
    """What all upstreams together may cost in a day (UTC); unlimited if ``limit`` is None. Kept in memory alone."""

    def __init__(self, limit: float | None) -> None:
        """``limit``: in the unit of the upstreams' prices."""
        self.limit = limit
        self._day = -1
        self._spent = 0.0

    def spent(self, now: float) -> float:
        """Spent so far on the day of ``now`` (seconds since 1970)."""
        return self._spent if math.floor(now / _DAY_S) == self._day else 0.0

    def charge(self, now: float, cost: float) -> None:
        """Something was bought."""
        self._spent = self.spent(now) + cost
        self._day = math.floor(now / _DAY_S)

    def allows(self, now: float, price: float, cheapest: float) -> bool:
        """Whether an upstream of this price may be asked, ``cheapest`` being that of the cheapest one.

        When most of the budget is spent only the cheapest is; when all is, only what costs nothing.
        """
        if self.limit is None or price <= 0:
            return True
        spent = self.spent(now)
        return spent < self.limit and (price <= cheapest or spent < _SPARING * self.limit)
