"""Splitting evidence by company: what is chosen on one part is tested on companies it has never seen."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from cache_service.cache.policies.protocol import Proposal

Part = Literal["train", "calibrate", "threshold", "report"]
# Proving a small bound takes most of the evidence; a model of a few weights takes little.
SHARES: Final[dict[Part, float]] = {"train": 0.25, "calibrate": 0.1, "threshold": 0.45, "report": 0.2}


@dataclass(frozen=True, slots=True)
class Sample:
    """A proposal made from a labelled pair."""

    proposal: Proposal
    right: bool
    group: str


def split(samples: Sequence[Sample], seed: int) -> dict[Part, list[Sample]]:
    """Every sample in one part, all of a group in the same; the labels take no part in it.

    Groups in an order drawn by ``seed`` go to the part that is furthest behind its share.
    """
    sizes = Counter(sample.group for sample in samples)
    order = sorted(sizes, key=lambda group: hashlib.blake2b(f"{seed}\0{group}".encode()).digest())
    filled: dict[Part, int] = dict.fromkeys(SHARES, 0)
    part_of: dict[str, Part] = {}
    for group in order:
        part = max(SHARES, key=lambda name: SHARES[name] * len(samples) - filled[name])
        part_of[group] = part
        filled[part] += sizes[group]
    parts: dict[Part, list[Sample]] = {part: [] for part in SHARES}
    for sample in samples:
        parts[part_of[sample.group]].append(sample)
    return parts
