"""What may be served under each bound, for each section kind and language, from evidence set aside for it."""

from __future__ import annotations

import bisect
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cache_service.cache.policies.artifact import ANY, Model, Point
from cache_service.cache.policies.protocol import features
from cache_service.cache.policies.risk import Tested, least_served, select
from cache_service.jobs.tuning.split import Sample

BOUNDS: Final = (0.001, 0.005, 0.01, 0.02, 0.05)
STEPS: Final = 64
# Begin where one wrong one among the served does not end the walk at once; see ``select``.
AMPLE: Final = 1.6


@dataclass(slots=True)
class _Level:
    """Probabilities of one cell: ``seen`` chose the grid's start, ``scores`` and ``wrong`` are tested."""

    seen: list[float] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    wrong: list[bool] = field(default_factory=list)


def prove(
    model: Model, earlier: Sequence[Sample], evidence: Sequence[Sample], *, delta: float
) -> dict[str, list[Point]]:
    """Operating points by cell. ``earlier`` (what the model was made from) fixes the grid and where each walk begins,
    so that nothing about ``evidence`` but its amount is known before it is tested.

    Each bound takes the finest level that has evidence enough for it at all: the cell's own, its language's, then
    all. What a level's evidence does not prove is not looked for at the next. A stricter bound never serves more.
    """
    levels = _levels(model, earlier, evidence)
    grid = _grid(levels[f"{ANY}/{ANY}"].seen)
    walks = {
        (name, bound): walk
        for name, level in levels.items()
        for bound in BOUNDS
        if (walk := _walk(grid, level, bound, delta)) is not None
    }
    return {name: _points(name, walks) for name in sorted(levels)}


def names_of(kind: str, language: str) -> tuple[str, str, str]:
    """The levels of a cell, the finest first."""
    return f"{kind}/{language}", f"{ANY}/{language}", f"{ANY}/{ANY}"


def probability(model: Model, sample: Sample) -> float:
    """The calibrated probability that serving the sample is right."""
    return model.probability(features(sample.proposal))


def _levels(model: Model, earlier: Sequence[Sample], evidence: Sequence[Sample]) -> dict[str, _Level]:
    levels: dict[str, _Level] = defaultdict(_Level)
    levels[f"{ANY}/{ANY}"] = _Level()
    for one in earlier:
        for name in names_of(one.proposal.kind, one.proposal.language):
            levels[name].seen.append(probability(model, one))
    for one in evidence:
        for name in names_of(one.proposal.kind, one.proposal.language):
            levels[name].scores.append(probability(model, one))
            levels[name].wrong.append(not one.right)
    return dict(levels)


def _grid(scores: Sequence[float]) -> list[float]:
    ordered = sorted(scores, reverse=True)
    if not ordered:
        return []
    picked = [ordered[min(len(ordered) - 1, step * len(ordered) // STEPS)] for step in range(1, STEPS + 1)]
    return sorted(set(picked), reverse=True)


def _walk(grid: Sequence[float], level: _Level, max_error: float, delta: float) -> list[Tested] | None:
    """What the level proves, None where it has too little evidence to prove this bound whatever it shows."""
    least = least_served(max_error, delta)
    if not grid or len(level.scores) < least:
        return None
    start = len(grid) - 1
    seen = sorted(level.seen)
    for position, threshold in enumerate(grid):
        share = (len(seen) - bisect.bisect_left(seen, threshold)) / max(1, len(seen))
        if share * len(level.scores) >= AMPLE * least:
            start = position
            break
    return select(grid, level.scores, level.wrong, start=start, max_error=max_error, delta=delta)


def _points(name: str, walks: dict[tuple[str, float], list[Tested]]) -> list[Point]:
    kind, _, language = name.partition("/")
    points: list[Point] = []
    lowest = 0.0
    for bound in sorted(BOUNDS, reverse=True):
        level = next((one for one in dict.fromkeys(names_of(kind, language)) if (one, bound) in walks), None)
        passed = walks[level, bound] if level is not None else []
        # All that was passed is proved, so raising a threshold to that of a looser bound keeps the proof.
        chosen = next((one for one in reversed(passed) if one.threshold >= lowest), None)
        lowest = math.inf if chosen is None else chosen.threshold
        points.append(
            Point(max_error=bound, threshold=None, error_bound=None, served=0, wrong=0, level=level or name)
            if chosen is None
            else Point(
                max_error=bound,
                threshold=chosen.threshold,
                error_bound=chosen.error_bound,
                served=chosen.served,
                wrong=chosen.wrong,
                level=level or name,
            )
        )
    return points[::-1]
