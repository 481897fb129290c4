"""The whole way of ``gonggo tune``: pairs, proposals, model, thresholds, report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cache_service.cache.policies.artifact import FORMAT, VERSION, Artifact
from cache_service.cache.policies.proposals import Refused, make_proposals
from cache_service.cache.policies.protocol import Proposal
from cache_service.cache.policies.risk import binomial_tail
from cache_service.errors import SetupError
from cache_service.jobs.progress import Progress
from cache_service.jobs.tuning.fit import fit_model
from cache_service.jobs.tuning.measure import Bin, Row, reliability, risk_curve, rows_json, table
from cache_service.jobs.tuning.pairs import LabelledPair, digest_of
from cache_service.jobs.tuning.split import Sample, split
from cache_service.jobs.tuning.thresholds import prove
from embeddings.encoder import Encoder

LEAST_PROPOSALS: Final = 20
LEAST_GROUPS: Final = 4


class TooLittle(SetupError):
    """There are not pairs enough to make a policy from."""

    slug, title = "too-little", "Too little data"


@dataclass(frozen=True, slots=True)
class Tuned:
    """A policy and what is known of it. ``counts``: what became of the pairs; ``refused``: by the hard rules, by
    reason; the rest is measured on the companies set aside for the report."""

    artifact: Artifact
    counts: dict[str, int]
    refused: dict[str, int]
    rows: list[Row]
    bins: list[Bin]
    curve: list[tuple[float, float]]

    @property
    def wanting(self) -> list[str]:
        """What speaks against using it, in sentences."""
        found = []
        if not any(point.threshold is not None for points in self.artifact.cells.values() for point in points):
            found.append("No bound is proved: nothing but equal wording would be reused.")
        if self.counts["equal_wrong"]:
            found.append(
                f"{self.counts['equal_wrong']} pairs labelled wrong pass the hard rules with equal facts and wording: "
                "no policy can hold them back."
            )
        # More wrong ones than chance would bring if the bound held: the parts are not alike.
        found += (
            f"At the bound {row.max_error:.1%} {row.wrong} of {row.served} served were wrong on the companies set "
            "aside: they are unlike those the policy was made from."
            for row in self.rows
            if row.wrong and 1 - binomial_tail(row.wrong - 1, row.served, row.max_error) < self.artifact.delta
        )
        return found

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "counts": self.counts,
            "refused": self.refused,
            "embedding": self.artifact.embedding,
            "delta": self.artifact.delta,
            "seed": self.artifact.seed,
            "model": self.artifact.model.model_dump(),
            "report": rows_json(self.rows),
            "cells": {name: [one.model_dump() for one in points] for name, points in self.artifact.cells.items()},
            "wanting": self.wanting,
        }


@dataclass(slots=True)
class _Sorted:
    """Pairs by what becomes of them before any policy is asked."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    samples: list[Sample] = field(default_factory=list)


def tune(pairs: Sequence[LabelledPair], encoder: Encoder, *, delta: float, seed: int, progress: Progress) -> Tuned:
    """A policy from labelled pairs. The same pairs, embedder, ``delta`` and ``seed`` make the same policy. Blocking.

    Raises:
        TooLittle: fewer proposals or companies than can be split at all.
    """
    ordered = sorted(pairs, key=lambda one: digest_of([one]))
    made = make_proposals(
        [one.pair for one in ordered], encoder, progress=lambda done, total: progress(done, total, "proposals")
    )
    held = _sort(ordered, made)
    groups = len({sample.group for sample in held.samples})
    if len(held.samples) < LEAST_PROPOSALS or groups < LEAST_GROUPS:
        raise TooLittle(
            f"Of {len(pairs)} pairs {len(held.samples)} pass the hard rules with differing wording, of {groups} "
            f"companies; at least {LEAST_PROPOSALS} of {LEAST_GROUPS} are needed. Give more pairs with --pairs."
        )
    parts = split(held.samples, seed)
    model = fit_model(parts["train"], parts["calibrate"])
    counts = dict(held.counts) | {part: len(samples) for part, samples in parts.items()} | {"groups": groups}
    artifact = Artifact(
        format=FORMAT, version=VERSION, embedding=encoder.fingerprint, delta=delta, seed=seed, data=digest_of(ordered),
        counts=counts, model=model,
        cells=prove(model, [*parts["train"], *parts["calibrate"]], parts["threshold"], delta=delta),
    )  # fmt: skip
    report = parts["report"]
    return Tuned(
        artifact, counts, dict(sorted(held.refused.items())), table(artifact, report), reliability(artifact, report),
        risk_curve(artifact, report),
    )  # fmt: skip


def _sort(pairs: Sequence[LabelledPair], made: Sequence[Proposal | Refused]) -> _Sorted:
    names = (
        "pairs",
        "refused_right",
        "refused_wrong",
        "equal_right",
        "equal_wrong",
        "reworded_right",
        "reworded_wrong",
    )
    held = _Sorted(counts=Counter(dict.fromkeys(names, 0)))
    for pair, one in zip(pairs, made, strict=True):
        held.counts["pairs"] += 1
        label = "right" if pair.right else "wrong"
        match one:
            case Refused():
                held.counts[f"refused_{label}"] += 1
                held.refused[one.reason] += 1
            case Proposal() if one.reworded == 0:
                held.counts[f"equal_{label}"] += 1
            case Proposal():
                held.counts[f"reworded_{label}"] += 1
                held.samples.append(Sample(one, pair.right, pair.group))
    return held
