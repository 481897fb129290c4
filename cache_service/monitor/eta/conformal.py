"""Adaptive conformal inference: a quantile that keeps its coverage while what it predicts changes.

I. Gibbs, E. Candes, "Adaptive Conformal Inference Under Distribution Shift", NeurIPS 2021: the share of misses that is
aimed at moves against the misses that were made, and the correction is that quantile of the latest residuals.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterable
from typing import Final

# Residuals that a correction is read from.
KEPT: Final = 100
# With fewer there is no correction: they would say more of chance than of the quantile.
_LEAST: Final = 10
# How much one miss moves the aim.
STEP: Final = 0.03


class Correction:
    """What is added to a prediction so that ``coverage`` (0..1) of the true values are not above it."""

    def __init__(self, coverage: float, residuals: Iterable[float] = ()) -> None:
        self._miss = 1.0 - coverage
        self._aim = self._miss
        self._latest = deque(residuals, maxlen=KEPT)
        self._sorted = sorted(self._latest)

    @property
    def value(self) -> float:
        """The correction now; 0 before enough was seen."""
        if len(self._sorted) < _LEAST:
            return 0.0
        at = int((1.0 - self._aim) * len(self._sorted))
        return self._sorted[min(len(self._sorted) - 1, max(0, at))]

    def see(self, residual: float) -> None:
        """Note a true value less its prediction, the correction not counted."""
        missed = residual > self.value
        self._aim = min(1.0, max(0.0, self._aim + STEP * (self._miss - missed)))
        if len(self._latest) == KEPT:
            del self._sorted[bisect_left(self._sorted, self._latest[0])]
        self._latest.append(residual)
        insort(self._sorted, residual)
