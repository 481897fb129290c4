"""What a posting still waits for, and the remaining time that its readers are shown.

What is shown only falls, and at least as fast as time passes, unless the plan has changed since: a number that goes up
and down tells nobody when to look again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

from cache_service.monitor.eta import Estimate, EtaModel, Features, Running, remaining
from cache_service.posting.plan import Write
from cache_service.router import Load, ModelTier, Routed

NOTHING: Final = Estimate(0.0, 0.0)


@dataclass(slots=True)
class Expected:
    """The sections that models write for one posting, each with the models that it waits for."""

    model: EtaModel
    clock: Callable[[], float] = perf_counter
    _awaited: dict[str, dict[ModelTier, Features]] = field(default_factory=dict)
    _estimates: dict[str, list[Estimate]] = field(default_factory=dict)
    _begun: float = 0.0
    _shown: tuple[Estimate, float] | None = None

    def begin(self) -> None:
        """Another plan: nothing is awaited yet, and what was shown before binds no more."""
        self._awaited, self._estimates, self._shown = {}, {}, None
        self._begun = self.clock()

    def write(self, write: Write, routed: Routed, language: str, loads: Mapping[ModelTier, Load]) -> None:
        """A section is to be written as ``routed``. One that rules write is not waited for."""
        tiers: Sequence[ModelTier] = ("fast", "quality") if routed.route == "hybrid" else ()
        if routed.tier != "composed":
            tiers = tiers or (routed.tier,)
        mine = {tier: self._features(write, tier, language, loads[tier]) for tier in tiers}
        self._awaited[write.need.kind] = mine
        self._estimates[write.need.kind] = [self.model.section(features) for features in mine.values()]

    def _features(self, write: Write, tier: ModelTier, language: str, load: Load) -> Features:
        need, patched = write.need, write.patch is not None
        before = sum(tier in tiers for tiers in self._awaited.values())
        chars = sum(len(" ".join(value) if isinstance(value, tuple) else str(value)) for value in need.facts.values())
        return Features(need.kind, tier, language, chars, patched, load.wait_s, load.writing_s, load.free - before)

    def features(self, kind: str) -> Mapping[ModelTier, Features]:
        """What the models that write a section were expected by."""
        return self._awaited.get(kind, {})

    def done(self, kind: str) -> None:
        """A section is there."""
        self._estimates.pop(kind, None)

    @property
    def waiting(self) -> bool:
        """Whether a model is still writing."""
        return any(self._estimates.values())

    def section(self, kind: str) -> Estimate:
        """What is left of one section; zeros if no model writes it."""
        return self._left([kind])

    def posting(self) -> Estimate:
        """What is left until the last section is there, as it is to be shown now."""
        now, left = self.clock(), self._left(self._estimates)
        if self._shown is not None:
            before, at = self._shown
            passed = now - at
            left = Estimate(
                max(0.0, min(left.p50_s, before.p50_s - passed)), max(0.0, min(left.p90_s, before.p90_s - passed))
            )
        self._shown = (left, now)
        return left

    def _left(self, kinds: Sequence[str] | Mapping[str, object]) -> Estimate:
        ran_s = self.clock() - self._begun
        return remaining([Running(one, ran_s) for kind in kinds for one in self._estimates.get(kind, ())])


def eta_json(estimate: Estimate) -> dict[str, float]:
    """As clients see it, in milliseconds."""
    return {"p50": round(estimate.p50_s * 1e3, 1), "p90": round(estimate.p90_s * 1e3, 1)}
