"""Published ways of deciding whether to reuse, on the same pairs and the same embedder; own code throughout.

``static``     one cosine threshold; for an error bound, the lowest that keeps the error among hits of the tune half
               under it.
``gptcache``   GPTCache's defaults: ``SearchDistanceEvaluation`` scores 4 minus the squared Euclidean distance of unit
               vectors, and ``similarity_threshold`` 0.8 of the range 0-4 has to be reached: a distance of at most 0.8,
               a cosine of at least 0.6. Its own ONNX model (paraphrase-albert) is not used here: the rule is its, the
               embedder ours.
``vcache``     the policy of "vCache: Verified Semantic Prompt Caching" (Schroeder et al., arXiv 2502.03771), written
               from the paper: each cached entry keeps its observations (similarity, was it right); a logistic curve
               1 / (1 + exp(-g(s - t))) is fitted to them; the entry is used with a probability that keeps the error
               over *all* requests under the bound, with confidence that is swept for the best guarantee; else the
               request is answered anew, which is also how an observation is gained.
``vcache_pooled``  the same with one history a section kind and language, as if all entries were one.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

ERROR_BOUNDS: Final = (0.001, 0.005, 0.01, 0.02, 0.05)
STATIC_THRESHOLDS: Final = (0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995)
GPTCACHE_COSINE: Final = 1 - (4.0 - 0.8 * 4.0) / 2
Source = Literal["trap", "rewording", "neighbour", "pair"]


@dataclass(frozen=True)
class Trial:
    """One decision to be made: ``entry`` names the cached entry, ``pool`` what a pooled history is kept by."""

    entry: str
    pool: str
    similarity: float
    right: bool
    source: Source


@dataclass
class Tally:
    """What a policy did with its trials."""

    requests: int = 0
    hits: int = 0
    wrong: int = 0
    traps: int = 0
    traps_served: int = 0
    rewordings: int = 0
    rewordings_served: int = 0

    def note(self, source: Source, *, served: bool, wrong: bool) -> None:
        """Count one decision."""
        self.requests += 1
        self.hits += served
        self.wrong += served and wrong
        if source == "trap":
            self.traps += 1
            self.traps_served += served and wrong
        if source == "rewording":
            self.rewordings += 1
            self.rewordings_served += served

    def row(self, policy: str, bound: float | None, setting: str = "") -> dict[str, object]:
        """A row of the table; shares to four places."""
        return {
            "policy": policy, "error_bound": bound, "setting": setting, "requests": self.requests,
            "hit_share": _share(self.hits, self.requests), "error_among_hits": _share(self.wrong, self.hits),
            "error_over_all": _share(self.wrong, self.requests), "traps": self.traps,
            "traps_served": self.traps_served, "rewordings": self.rewordings,
            "rewordings_served": _share(self.rewordings_served, self.rewordings),
        }  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def by_threshold(trials: Iterable[Trial], threshold: float) -> Tally:
    """Serve whatever is at least so similar."""
    tally = Tally()
    for trial in trials:
        tally.note(trial.source, served=trial.similarity >= threshold, wrong=not trial.right)
    return tally


def threshold_for(trials: Sequence[Trial], bound: float) -> float:
    """The lowest threshold at which the error among what is served stays within ``bound``; above 1 if there is none."""
    best, hits, wrong = 1.01, 0, 0
    ordered = sorted(trials, key=lambda trial: -trial.similarity)
    for number, trial in enumerate(ordered):
        hits, wrong = hits + 1, wrong + (not trial.right)
        last = number + 1 == len(ordered) or ordered[number + 1].similarity < trial.similarity
        if last and wrong <= bound * hits:
            best = trial.similarity
    return best


@dataclass
class History:
    """The observations of one cached entry and the curve fitted to them."""

    similarities: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    _fit: tuple[float, float, float] | None = None

    def observe(self, similarity: float, *, right: bool) -> None:
        """Add what was learnt by answering anew."""
        self.similarities.append(similarity)
        self.right.append(right)
        self._fit = None

    def explore(self, similarity: float, bound: float) -> float:
        """The probability with which to answer anew so that the error over all requests stays within ``bound``."""
        if len(self.right) < LEAST_OBSERVATIONS:
            return 1.0
        if self._fit is None:
            self._fit = fit(np.array(self.similarities), np.array(self.right, dtype=float))
        steepness, threshold, deviation = self._fit
        least = 1.0
        for doubt, quantile in _DOUBTS:
            sure = (1 - doubt) * _curve(similarity, steepness, threshold + quantile * deviation)
            least = min(least, 1.0 - bound / (1.0 - sure) if sure < 1.0 - bound else 0.0)
        return max(0.0, least)


LEAST_OBSERVATIONS: Final = 6
# Chances that the true threshold lies above the upper bound, with the quantile of the normal law for each.
_DOUBTS: Final = (
    (0.001, 3.0902), (0.0025, 2.8070), (0.005, 2.5758), (0.01, 2.3263), (0.025, 1.9600), (0.05, 1.6449), (0.1, 1.2816),
    (0.2, 0.8416), (0.3, 0.5244), (0.5, 0.0),
)  # fmt: skip
# A weak prior keeps the curve finite where right and wrong can be told apart perfectly.
_PRIOR: Final = 0.05
_STEPS: Final = 25


def _curve(similarity: float, steepness: float, threshold: float) -> float:
    return 1.0 / (1.0 + math.exp(min(60.0, max(-60.0, -steepness * (similarity - threshold)))))


def fit(similarities: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[float, float, float]:
    """Steepness, threshold and the threshold's standard deviation, by Newton's method on the penalised likelihood of
    ``sigmoid(a + b * z)`` with z the standardised similarity; the deviation by the delta method."""
    centre, scale = float(similarities.mean()), float(max(similarities.std(), 1e-3))
    rows = np.column_stack([np.ones_like(similarities), (similarities - centre) / scale])
    weights = np.array([0.0, 1.0])
    curvature = np.eye(2)
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (right - chance) - _PRIOR * (weights - [0.0, 1.0])
        curvature = rows.T @ (rows * (chance * (1 - chance))[:, None]) + _PRIOR * np.eye(2)
        step = np.linalg.solve(curvature, slope)
        weights = weights + np.clip(step, -2.0, 2.0)
        if float(np.abs(step).max()) < 1e-6:
            break
    intercept, rise = float(weights[0]), max(float(weights[1]), 1e-2)
    spread = np.linalg.inv(curvature)
    gradient = np.array([-1.0 / rise, intercept / rise**2])
    deviation = math.sqrt(max(float(gradient @ spread @ gradient), 0.0))
    return rise / scale, centre - intercept / rise * scale, deviation * scale


def by_history(trials: Sequence[Trial], bound: float, *, pooled: bool, seed: int) -> Tally:
    """vCache's policy over the trials in an order drawn by ``seed``: it learns as it goes, from what it explores."""
    chance = random.Random(seed)
    ordered = list(trials)
    chance.shuffle(ordered)
    histories: dict[str, History] = defaultdict(History)
    tally = Tally()
    for trial in ordered:
        history = histories[trial.pool if pooled else trial.entry]
        served = chance.random() >= history.explore(trial.similarity, bound)
        tally.note(trial.source, served=served, wrong=not trial.right)
        if not served:
            history.observe(trial.similarity, right=trial.right)
    return tally


def table(test: Sequence[Trial], tune: Sequence[Trial], seed: int) -> list[dict[str, object]]:
    """Rows for every baseline. ``tune``: where static thresholds for a bound are chosen; ``test``: what is reported."""
    rows = [by_threshold(test, one).row("static", None, f"cosine >= {one}") for one in STATIC_THRESHOLDS]
    rows.append(by_threshold(test, GPTCACHE_COSINE).row("gptcache", None, f"cosine >= {GPTCACHE_COSINE:.2f}"))
    for bound in ERROR_BOUNDS:
        threshold = threshold_for(tune, bound)
        rows.append(by_threshold(test, threshold).row("static", bound, f"cosine >= {threshold:.4f}"))
        for pooled in (False, True):
            tally = by_history(test, bound, pooled=pooled, seed=seed)
            rows.append(tally.row("vcache_pooled" if pooled else "vcache", bound))
    return rows
