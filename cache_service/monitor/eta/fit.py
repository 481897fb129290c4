"""Quantile regression with scikit-learn, written down as numbers that are evaluated without it.

What is fitted is the logarithm of how many times longer a section took than its tier's live figures say. The penalty
draws a coefficient that the data do not need to 0, so what is left then is the live figures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cache_service.monitor.eta.estimate import Features, Observed
from cache_service.posting.sections import KINDS

# L1 penalty.
PENALTY: Final = 0.002
_KINDS: Final = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Linear:
    """One quantile of the logarithm: ``intercept`` and a weight for each of ``inputs``."""

    intercept: float
    weights: Mapping[str, float]

    def __call__(self, features: Features) -> float:
        """The logarithm."""
        values = inputs(features)
        return self.intercept + sum(weight * values.get(name, 0.0) for name, weight in self.weights.items())


def inputs(features: Features) -> dict[str, float]:
    """What is regressed on, each about 0..3."""
    return {
        "usual": math.log(features.usual_s),
        "chars": math.log1p(features.chars) - 4.0,
        "waiting": max(0.0, features.wait_s) / features.usual_s,
        "free": math.asinh(features.free),
        "patched": float(features.patched),
        "quality": float(features.tier == "quality"),
        "english": float(features.language == "en"),
        features.kind: 1.0,
    }


_NAMES: Final = (*(name for name in inputs(Features("", "", "", 0, False, 0.0, 1.0, 0)) if name), *_KINDS)


def fit(observed: Sequence[Observed], share: float) -> Linear:
    """The quantile ``share`` (0..1) of ``observed``, at least one."""
    import numpy as np
    from sklearn.linear_model import QuantileRegressor  # a second to load: only fitting needs it

    rows = [inputs(one.features) for one in observed]
    table = np.array([[row.get(name, 0.0) for name in _NAMES] for row in rows])
    truth = np.array([one.log_ratio for one in observed])
    fitted = QuantileRegressor(quantile=share, alpha=PENALTY, solver="highs").fit(table, truth)
    weights = {name: float(weight) for name, weight in zip(_NAMES, fitted.coef_, strict=True) if weight}
    return Linear(float(fitted.intercept_), weights)
