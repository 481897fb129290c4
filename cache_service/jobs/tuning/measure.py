"""What a policy does on pairs that had no part in making it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from cache_service.cache.policies.artifact import Artifact
from cache_service.cache.policies.calibrated import CalibratedPolicy
from cache_service.cache.policies.protocol import Serve
from cache_service.cache.policies.risk import upper_bound
from cache_service.jobs.tuning.split import Sample
from cache_service.jobs.tuning.thresholds import BOUNDS

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Row:
    """Under one bound: ``hit_share`` of all proposals is served, the share ``error`` of the served is wrong, under
    ``error_upper`` with the confidence of the artifact; ``right_share`` of the right ones is served."""

    max_error: float
    proposals: int
    served: int
    wrong: int
    hit_share: float
    right_share: float
    error: float
    error_upper: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Proposals whose calibrated probability is about ``expected``: the share ``right`` of ``count`` was right."""

    expected: float
    right: float
    count: int


def table(artifact: Artifact, samples: Sequence[Sample]) -> list[Row]:
    """A row for each bound."""
    policy = CalibratedPolicy(artifact)
    rows = []
    right = sum(one.right for one in samples)
    for bound in BOUNDS:
        served = [one for one in samples if isinstance(policy.judge(one.proposal, bound), Serve)]
        wrong = sum(not one.right for one in served)
        rows.append(
            Row(
                max_error=bound,
                proposals=len(samples),
                served=len(served),
                wrong=wrong,
                hit_share=_share(len(served), len(samples)),
                right_share=_share(len(served) - wrong, right),
                error=_share(wrong, len(served)),
                error_upper=round(upper_bound(wrong, len(served), artifact.delta), 6),
            )
        )
    return rows


def reliability(artifact: Artifact, samples: Sequence[Sample]) -> list[Bin]:
    """Expected against observed in bins of equal count, the least likely first."""
    policy = CalibratedPolicy(artifact)
    ranked = sorted((policy.probability(one.proposal), one.right) for one in samples)
    edges = [len(ranked) * step // BINS for step in range(BINS + 1)]
    return [
        Bin(
            round(sum(p for p, _ in held) / len(held), 6),
            round(sum(right for _, right in held) / len(held), 6),
            len(held),
        )
        for start, end in itertools.pairwise(edges)
        if (held := ranked[start:end])
    ]


def risk_curve(artifact: Artifact, samples: Sequence[Sample]) -> list[tuple[float, float]]:
    """(share served, error among the served) as one threshold for all falls; ties are served together."""
    policy = CalibratedPolicy(artifact)
    ranked = sorted(((policy.probability(one.proposal), one.right) for one in samples), reverse=True)
    curve: list[tuple[float, float]] = []
    wrong = 0
    for served, (p, right) in enumerate(ranked, 1):
        wrong += not right
        if served == len(ranked) or ranked[served][0] < p:
            curve.append((served / len(ranked), wrong / served))
    return curve


def rows_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """For ``--json``."""
    return [asdict(row) for row in rows]


def _share(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 0.0
