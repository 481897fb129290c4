"""Artifacts and proposals made for tests of the policies."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from cache_service.cache.policies.artifact import Artifact
from cache_service.cache.policies.protocol import Proposal
from cache_service.posting.sections import KINDS

EMBEDDING = "0123456789abcdef"


def point(max_error: float, threshold: float | None, error_bound: float | None, level: str) -> dict[str, Any]:
    return {"max_error": max_error, "threshold": threshold, "error_bound": error_bound, "served": 1000, "wrong": 0,
            "level": level}  # fmt: skip


def artifact_json() -> dict[str, Any]:
    return {
        "format": "gonggo-reuse-policy", "version": 1, "embedding": EMBEDDING, "delta": 0.05, "seed": 0, "data": "d",
        "counts": {"pairs": 10},
        "model": {"features": {"similarity": 12.0, "margin": 3.0, "overlap": 4.0, "unmatched": -0.5},
                  "intercept": -12.0,
                  "slope": 1.1, "offset": 0.2},
        "cells": {
            "company/ko": [point(0.005, 0.9, 0.004, "company/ko"), point(0.02, 0.7, 0.01, "company/ko")],
            "*/ko": [point(0.01, None, None, "*/ko"), point(0.05, 0.8, 0.05, "*/ko")],
        },
    }  # fmt: skip


def artifact() -> Artifact:
    return Artifact.model_validate(artifact_json())


def proposal(**changes: Any) -> Proposal:
    values: dict[str, Any] = {"kind": "company", "language": "ko", "entry_id": "ent_1", "similarity": 0.97,
                              "margin": 0.05, "overlap": 0.8, "unmatched": 1, "reworded": 1, "need": "n1"}  # fmt: skip
    return Proposal(**(values | changes))


shares = st.floats(0, 1)
proposals = st.builds(
    Proposal,
    kind=st.sampled_from(KINDS),
    language=st.sampled_from(["ko", "en"]),
    entry_id=st.sampled_from(["ent_1", "ent_2"]),
    similarity=shares,
    margin=shares,
    overlap=shares,
    unmatched=st.integers(0, 50),
    reworded=st.integers(0, 5),
    need=st.sampled_from(["n1", "n2"]),
)
