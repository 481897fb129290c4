"""A token bucket that says how long a wait would be instead of waiting. Pure."""

from __future__ import annotations


class Bucket:
    """Refills evenly to ``per_minute``, which is also the most that can be taken at once."""

    def __init__(self, per_minute: float, now: float) -> None:
        self.size = float(per_minute)
        self._held = self.size
        self._at = now

    def wait_s(self, now: float, amount: float) -> float:
        """Seconds until ``amount`` (no more than the bucket holds counts) can be taken."""
        short = min(amount, self.size) - self._now(now)
        return max(0.0, short) * 60.0 / self.size

    def take(self, now: float, amount: float) -> None:
        """Take ``amount``; the bucket may go below zero, which later ones wait for."""
        self._held, self._at = self._now(now) - min(amount, self.size), now

    def _now(self, now: float) -> float:
        return min(self.size, self._held + (now - self._at) * self.size / 60.0)
