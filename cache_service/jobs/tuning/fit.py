"""Fitting the model with scikit-learn, and writing it down as numbers that are evaluated without it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cache_service.cache.policies.artifact import Model
from cache_service.cache.policies.protocol import SIGNS, features
from cache_service.jobs.tuning.split import Sample

REGULARISATION: Final = 1.0
DIGITS: Final = 12
_FLAT: Final = 1e-9


def fit_model(train: Sequence[Sample], calibrate: Sequence[Sample]) -> Model:
    """Logistic regression on ``train``, its probability calibrated on ``calibrate``.

    Every weight points the way its feature must: one that does not is left out and the rest fitted again, the worst
    first. Where nothing can be learnt (one label only, or what was learnt does not hold on ``calibrate``) the model
    is a constant: then all is served or nothing.
    """
    weights, intercept = fit_logistic(train)
    slope, offset = fit_sigmoid(
        [_score(weights, intercept, one) for one in calibrate], [one.right for one in calibrate]
    )
    if not weights or slope <= _FLAT:
        right = sum(one.right for one in calibrate)
        weights, intercept, slope, offset = {}, 0.0, 1.0, math.log((right + 1) / (len(calibrate) - right + 1))
    return Model(
        features={name: _round(weight) for name, weight in weights.items()},
        intercept=_round(intercept),
        slope=_round(slope),
        offset=_round(offset),
    )


def fit_logistic(samples: Sequence[Sample]) -> tuple[dict[str, float], float]:
    """Weight of each feature and the intercept, in the features' own units; no weights with one label only."""
    labels = np.array([one.right for one in samples])
    names = [name for name in SIGNS if np.ptp(_column(samples, name)) > _FLAT] if len(samples) else []
    while names and len(set(labels.tolist())) == 2:
        table = np.column_stack([_column(samples, name) for name in names])
        mean, scale = table.mean(axis=0), table.std(axis=0)
        fitted = logistic((table - mean) / scale, labels)
        found = fitted.coef_[0]
        worst = min(range(len(names)), key=lambda at: found[at] * SIGNS[names[at]])
        if found[worst] * SIGNS[names[worst]] < 0:
            del names[worst]
            continue
        intercept = float(fitted.intercept_[0] - (found * mean / scale).sum())
        return dict(zip(names, map(float, found / scale), strict=True)), intercept
    return {}, 0.0


def fit_sigmoid(scores: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Slope and offset of Platt scaling, with his smoothed targets, so that few samples claim no certainty."""
    good = sum(right)
    high, low = (good + 1) / (good + 2), 1 / (len(right) - good + 2)
    target = np.array([high if one else low for one in right])
    column = np.array(scores, dtype=float).reshape(-1, 1)
    fitted = logistic(
        np.vstack([column, column]),
        np.repeat([True, False], len(right)),
        weights=np.concatenate([target, 1 - target]),
        c=1e6,
    )
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def logistic(
    table: NDArray[np.float64], labels: NDArray[np.bool_], weights: NDArray[np.float64] | None = None,
    c: float = REGULARISATION,
) -> Any:  # fmt: skip
    """A fitted scikit-learn ``LogisticRegression`` of ``table`` (n, features); the same input fits the same."""
    from sklearn.linear_model import LogisticRegression  # a second to load: only tuning needs it

    return LogisticRegression(C=c, solver="lbfgs", tol=1e-8, max_iter=5000).fit(table, labels, sample_weight=weights)


def _column(samples: Sequence[Sample], name: str) -> NDArray[np.float64]:
    return np.array([features(one.proposal)[name] for one in samples], dtype=np.float64)


def _score(weights: dict[str, float], intercept: float, sample: Sample) -> float:
    values = features(sample.proposal)
    return intercept + sum(weight * values[name] for name, weight in weights.items())


def _round(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
