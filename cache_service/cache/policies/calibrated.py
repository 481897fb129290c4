"""Serves by an artifact: a calibrated probability against a threshold proved for section kind, language and bound."""

from __future__ import annotations

from typing import Final

from cache_service.cache.policies.artifact import Artifact
from cache_service.cache.policies.protocol import Proposal, Serve, Verdict, Withhold, features
from cache_service.cache.policies.static import EQUAL


class CalibratedPolicy:
    """With confidence 1 - delta, at most ``max_error`` of what is served in one section kind and language is wrong,
    for requests that are like the evidence. Too little evidence serves nothing but what is equal."""

    name: Final = "calibrated"

    def __init__(self, artifact: Artifact) -> None:
        self._artifact = artifact

    def judge(self, proposal: Proposal, max_error: float) -> Verdict:
        """See ``ReusePolicy.judge``. A bound between two that were proved counts as the stricter one."""
        if proposal.reworded == 0:
            return EQUAL
        point = self._artifact.point(proposal.kind, proposal.language, max_error)
        if point is None or point.threshold is None:
            return Withhold("no_evidence")
        # "Not at least" also withholds a probability that is no number.
        if not self.probability(proposal) >= point.threshold:
            return Withhold("below_threshold")
        return Serve(point.error_bound)

    def probability(self, proposal: Proposal) -> float:
        """The calibrated probability that serving ``proposal`` is right."""
        return self._artifact.model.probability(features(proposal))
