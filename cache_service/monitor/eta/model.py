"""EtaModel: learns from every section that a model writes how long the next ones will take."""

from __future__ import annotations

import logging
import math
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cache_service.monitor.eta.conformal import Correction
from cache_service.monitor.eta.estimate import LONGEST_S, SHORTEST_S, Estimate, Features, Observed
from cache_service.monitor.eta.fit import Linear, fit

log = logging.getLogger(__name__)
KEPT: Final = 1_000
# Observations before the first fit, and between one and the next.
EVERY: Final = 50
# One in so many is kept from a fit, to correct it by.
HELD_OUT: Final = 4
# Before the first fit: how many times the p50 the p90 is.
USUAL_SPREAD: Final = 1.6


@dataclass(frozen=True, slots=True)
class _Quantile:
    line: Linear
    correction: Correction

    def log_ratio(self, features: Features) -> float:
        return self.line(features) + self.correction.value

    def see(self, one: Observed) -> None:
        self.correction.see(one.log_ratio - self.line(one.features))


@dataclass(frozen=True, slots=True)
class _Fitted:
    p50: _Quantile
    p90: _Quantile


_FORMULA: Final = (Linear(0.0, {}), Linear(math.log(USUAL_SPREAD), {}))


class EtaModel:
    """Observed and asked by one thread, fitted in another.

    Before 50 observations a section takes what its tier's live figures say. Then it takes what quantile regression over
    the last 1,000 says, fitted anew every 50. Both are corrected so that p50 and p90 keep their coverage.
    """

    def __init__(self) -> None:
        self._observed: deque[Observed] = deque(maxlen=KEPT)
        self._since_fit = 0
        p50, p90 = _FORMULA
        self._fitted = _Fitted(_Quantile(p50, Correction(0.5)), _Quantile(p90, Correction(0.9)))
        self._next: _Fitted | None = None
        self._fitting: threading.Thread | None = None

    def section(self, features: Features) -> Estimate:
        """How long a section takes in all."""
        self._adopt()
        p50_s, p90_s = (
            _seconds(features, quantile.log_ratio(features)) for quantile in (self._fitted.p50, self._fitted.p90)
        )
        return Estimate(p50_s, max(p50_s, p90_s))

    def observe(self, one: Observed) -> None:
        """Learn from a section; what is no time (negative, not finite) teaches nothing."""
        if not (math.isfinite(one.seconds) and one.seconds >= 0.0):
            return
        self._adopt()
        self._fitted.p50.see(one)
        self._fitted.p90.see(one)
        self._observed.append(one)
        self._since_fit += 1
        if self._since_fit >= EVERY and self._fitting is None:
            self._since_fit = 0
            self._fitting = threading.Thread(target=self._fit, args=(tuple(self._observed),), name="eta", daemon=True)
            self._fitting.start()

    def settle(self) -> None:
        """Wait for a fit that is being made."""
        if self._fitting is not None:
            self._fitting.join()
        self._adopt()

    def _adopt(self) -> None:
        if self._fitting is None or self._fitting.is_alive():
            return
        self._fitting = None
        if self._next is not None:
            self._fitted, self._next = self._next, None

    def _fit(self, observed: Sequence[Observed]) -> None:
        try:
            self._next = _Fitted(_fitted(observed, 0.5), _fitted(observed, 0.9))
        except Exception:
            log.exception("remaining times are told by the earlier fit")


def _fitted(observed: Sequence[Observed], share: float) -> _Quantile:
    line = fit([one for number, one in enumerate(observed) if number % HELD_OUT], share)
    held_out = observed[::HELD_OUT]
    return _Quantile(line, Correction(share, (one.log_ratio - line(one.features) for one in held_out)))


def _seconds(features: Features, log_ratio: float) -> float:
    seconds = math.log(features.usual_s) + log_ratio
    return math.exp(min(math.log(LONGEST_S), max(math.log(SHORTEST_S), seconds)))
