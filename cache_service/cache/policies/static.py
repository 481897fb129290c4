"""Policies that learn nothing: a similarity threshold, and nothing but what is equal."""

from __future__ import annotations

from typing import Final

from cache_service.cache.policies.protocol import Proposal, Serve, Verdict, Withhold

EQUAL: Final = Serve(0.0)


class StaticPolicy:
    """Serves differing wording from a cosine similarity on. Claims no error bound for it: there is none."""

    name: Final = "static"

    def __init__(self, threshold: float) -> None:
        """``threshold``: lowest cosine similarity, 0 to 1."""
        self._threshold = threshold

    def judge(self, proposal: Proposal, max_error: float) -> Verdict:  # noqa: ARG002 - it knows nothing of errors
        """See ``ReusePolicy.judge``."""
        if proposal.reworded == 0:
            return EQUAL
        return Serve(None) if proposal.similarity >= self._threshold else Withhold("below_threshold")


class EqualOnly:
    """Serves what differs in nothing: what is left where no evidence vouches for more."""

    name: Final = "equal"

    def judge(self, proposal: Proposal, max_error: float) -> Verdict:  # noqa: ARG002 - equal is equal at any bound
        """See ``ReusePolicy.judge``."""
        return EQUAL if proposal.reworded == 0 else Withhold("no_evidence")
