"""The plan of a posting: each section with the source it will come from. A closed union of sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cache_service.posting.facts import Facts
from cache_service.posting.needs import SectionNeed

Tier = Literal["exact", "semantic", "adapted", "template", "composed", "fast", "quality"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a section's text came from, as clients see it.

    ``similarity``: cosine to the entry it came from. ``error_bound``: upper bound on the probability that the reuse
    is wrong; None where no calibration vouches for one. ``degraded``: rules wrote what people expect a model to.
    ``edited_from``: the tier whose text a reader changed.
    """

    tier: Tier
    entry_id: str | None = None
    similarity: float | None = None
    error_bound: float | None = None
    changes: tuple[Mapping[str, object], ...] = ()
    model: str | None = None
    degraded: bool = False
    edited_from: Tier | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest stored section that was not good enough, and why."""

    entry_id: str
    similarity: float
    differing_facts: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class Reuse:
    """The cache holds a text that is proved good enough. ``tokens``: what writing it would have cost.

    ``vouched_for``: the facts that the text was written for, where a policy and not equality lets it out.
    ``expires_at``: when the text does, in seconds since 1970.
    """

    need: SectionNeed
    heading: str
    text: str
    source: Source
    tokens: int
    vouched_for: Facts | None = None
    expires_at: float | None = None


@dataclass(frozen=True, slots=True)
class Patch:
    """A stored text that rules could adapt but for some ``sentences``, which a light model has to write anew.

    ``finish`` takes the new sentences in that order and gives the whole section, or None if it is not proved right.
    """

    sentences: tuple[str, ...]
    finish: Callable[[Sequence[str]], Reuse | None]


@dataclass(frozen=True, slots=True)
class Write:
    """Nothing stored is good enough; ``reason`` says why, ``nearest`` what came closest, ``patch`` what would help."""

    need: SectionNeed
    reason: str
    nearest: Nearest | None = None
    patch: Patch | None = None


Planned = Reuse | Write


@dataclass(frozen=True, slots=True)
class Plan:
    """Every section of a posting, in reading order, and how long each step of planning took (ms)."""

    sections: tuple[Planned, ...]
    timings_ms: Mapping[str, float] = field(default_factory=dict)
