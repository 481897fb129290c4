"""The seam of the reuse policies: a candidate that passed every hard rule goes in, Serve or Withhold comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from cache_service.posting.sections import SectionKind


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stored section that passed every hard rule: typed facts equal, guard passed.

    ``similarity``: cosine of the two representations. ``margin``: ``similarity`` minus that of the nearest candidate
    with other facts, from 0; the similarity itself where there is none. ``overlap``: share of the content words of
    differing free text that both sides have, 0 to 1. ``unmatched``: how many content words only one side has.
    ``reworded``: free-text fields whose wording differs; 0 means that nothing differs at all. ``need``: names the
    facts that are wanted (``SectionNeed.keys[0]``), so that a text once rejected for them is known again.
    """

    kind: SectionKind
    language: str
    entry_id: str
    similarity: float
    margin: float
    overlap: float
    unmatched: int
    reworded: int
    need: str = ""

    @classmethod
    def equal(cls, kind: SectionKind, language: str, entry_id: str, need: str) -> Proposal:
        """That of a text stored for exactly the facts and words wanted."""
        return cls(kind, language, entry_id, 1.0, 1.0, 1.0, 0, 0, need)


@dataclass(frozen=True, slots=True)
class Serve:
    """It may be sent. ``error_bound``: upper confidence bound on the share of wrong ones among those served so;
    None where nothing vouches for one."""

    error_bound: float | None


@dataclass(frozen=True, slots=True)
class Withhold:
    """It may not be sent. ``reason`` in a word; ``error_bound`` where one is known, though too high."""

    reason: str
    error_bound: float | None = None


Verdict = Serve | Withhold


class ReusePolicy(Protocol):
    """Decides under a bound. Pure and safe to call from several threads."""

    @property
    def name(self) -> str:
        """``static``, ``equal``, ``calibrated`` or ``online(...)``, for ``/v1/stats``."""
        ...

    def judge(self, proposal: Proposal, max_error: float) -> Verdict:
        """May ``proposal`` be served where at most the share ``max_error`` of what is served may be wrong?"""
        ...


def features(proposal: Proposal) -> dict[str, float]:
    """What a model may look at, by name. ``SIGNS`` says which way each must point."""
    return {
        "similarity": proposal.similarity,
        "margin": min(max(proposal.margin, 0.0), MARGIN_CAP),
        "overlap": proposal.overlap,
        "unmatched": float(min(proposal.unmatched, UNMATCHED_CAP)),
        "reworded": float(min(proposal.reworded, REWORDED_CAP)),
    }


# Beyond these a feature says no more; a far-off value must not outweigh all others.
MARGIN_CAP: Final = 0.2
UNMATCHED_CAP: Final = 20
REWORDED_CAP: Final = 4
# +1: more of it never makes a proposal less likely to be right; -1: never more likely.
SIGNS: Final[dict[str, int]] = {"similarity": 1, "margin": 1, "overlap": 1, "unmatched": -1, "reworded": -1}
