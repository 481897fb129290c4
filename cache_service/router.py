"""RequestRouter: what writes each section that the cache cannot supply, and why. Pure.

A route is chosen by what a person gains and pays. The gain is the chance that the text is taken as it is: a prior that
falls with the section's complexity, faster for the light model and the rules, corrected by what users and the guard
made of earlier texts of that tier (``Outcomes``). The price is the time until the section stands there, dearer the more
urgent the request. Queues count as time, so a busy tier is left by itself. Rules write prose only where no model
answers before people lose patience; how quick a model is by itself is never a reason for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, assert_never

from cache_service.posting.needs import SectionNeed
from cache_service.posting.plan import Nearest
from cache_service.posting.sections import FREE_TEXT, SectionKind

Route = Literal["fast", "quality", "hybrid", "composed"]
ModelTier = Literal["fast", "quality"]
Priority = Literal["urgent", "interactive", "batch"]

# What one second of waiting costs, in chances that the text is taken.
SECOND: Final[Mapping[Priority, float]] = {"urgent": 0.2, "interactive": 0.06, "batch": 0.0}
# Of that, what a second costs in which a first version is there already.
REPLACING: Final = 0.5
# The second call of a hybrid section, in the same unit.
SECOND_CALL: Final = 0.05
# A section waits in line for at most this long, or this share of the time that its writing takes, before rules do it.
PATIENCE_S: Final = 1.0
PATIENCE_SHARE: Final = 0.75
# Chance of being taken: for nothing that is complex, and what full complexity takes away.
_PRIORS: Final[Mapping[ModelTier, tuple[float, float]]] = {"fast": (0.90, 0.35), "quality": (0.95, 0.10)}
_RULES: Final = (0.55, 0.15)
# While a tier is busy: what each second costs, beyond, after this many times the quickest tier's own time.
LATE: Final = 0.15
LATE_TIMES: Final = 2.0
# Observations that the prior is worth.
_PRIOR_WEIGHT: Final = 30.0
# What makes a section complex: where each measure counts in full, and for how much.
_ITEMS: Final = (16, 0.25)
_CHARS: Final = (600, 0.25)
_FAR: Final = (0.3, 0.2)
_NOTES: Final = 0.2
_TONE: Final = 0.1
_CLOSE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Load:
    """A tier's live figures. ``wait_s``: until a call of this priority gets a slot; ``writing_s``: from there to a
    section's end; ``free``: slots that nobody uses."""

    wait_s: float
    writing_s: float
    free: int

    @property
    def ready_s(self) -> float:
        """Until the section stands there."""
        return self.wait_s + self.writing_s


class Judged(Protocol):
    """How often texts were taken as they were."""

    def taken(self, kind: SectionKind, tier: str) -> tuple[float, float]:
        """Of how many texts it is known, and how many of them were taken."""
        ...


@dataclass
class Outcomes:
    """What became of sections that models wrote, by kind and tier. A rejection by the guard counts like one by a user.

    Old evidence fades: each sum is halved when it reaches ``kept``.
    """

    kept: float = 400.0
    _sums: dict[tuple[SectionKind, str], tuple[float, float]] = field(default_factory=dict)

    def note(self, kind: SectionKind, tier: str, *, taken: bool) -> None:
        """Note one text."""
        seen, good = self._sums.get((kind, tier), (0.0, 0.0))
        if seen >= self.kept:
            seen, good = seen / 2, good / 2
        self._sums[kind, tier] = (seen + 1, good + taken)

    def judged(self, kind: SectionKind, tier: str, *, before: bool | None, now: bool) -> None:
        """Note what a user made of a text; ``before``: what was noted of the same user's last word, None if nothing."""
        if before is None:
            self.note(kind, tier, taken=now)
        elif before != now:
            seen, good = self._sums.get((kind, tier), (0.0, 0.0))
            self._sums[kind, tier] = (seen, min(seen, max(0.0, good + (1 if now else -1))))

    def taken(self, kind: SectionKind, tier: str) -> tuple[float, float]:
        """Of how many texts it is known, and how many of them were taken."""
        return self._sums.get((kind, tier), (0.0, 0.0))

    def as_json(self) -> dict[str, dict[str, float]]:
        """By ``kind/tier``."""
        return {
            f"{kind}/{tier}": {"seen": round(seen, 1), "taken": round(good, 1)}
            for (kind, tier), (seen, good) in sorted(self._sums.items())
        }


@dataclass(frozen=True, slots=True)
class Routed:
    """Where a section goes. ``complexity``: 0..1; ``why``: a sentence."""

    route: Route
    complexity: float
    why: str

    @property
    def tier(self) -> ModelTier | Literal["composed"]:
        """Where its first text comes from."""
        return "fast" if self.route == "hybrid" else self.route

    def as_json(self) -> dict[str, object]:
        """As the plan shows it."""
        return {"to": self.route, "complexity": self.complexity, "why": self.why}


def complexity(need: SectionNeed, nearest: Nearest | None) -> float:
    """0: a few plain values like many before; 1: much free text, a tone, notes, and nothing like it in the cache."""
    items = sum(len(value) if isinstance(value, tuple) else 1 for value in need.facts.values())
    chars = sum(
        len(" ".join(value) if isinstance(value, tuple) else str(value))
        for path, value in need.facts.items()
        if path in FREE_TEXT
    )
    far = 1.0 if nearest is None else 1.0 - nearest.similarity
    measured = sum(min(1.0, value / full) * share for value, (full, share) in
                   ((items, _ITEMS), (chars, _CHARS), (far, _FAR)))  # fmt: skip
    notes = _NOTES if need.facts.get("requirements.notes") else 0.0
    return round(measured + notes + (_TONE if need.tone else 0.0), 3)


def patience_s(load: Load, priority: Priority) -> float:
    """How long a section waits in line for a tier; batch work waits for ever."""
    return float("inf") if priority == "batch" else max(PATIENCE_S, PATIENCE_SHARE * load.writing_s)


def route(
    need: SectionNeed,
    nearest: Nearest | None,
    *,
    loads: Mapping[ModelTier, Load],
    outcomes: Judged,
    priority: Priority,
    wanted: Route | None = None,
) -> Routed:
    """``loads``: of the tiers that can be asked now; ``wanted``: what the request insists on, if anything."""
    c = complexity(need, nearest)
    if not loads:
        return Routed("composed", c, "no language model can be asked")
    if wanted is not None:
        return _as_wanted(wanted, c, loads)
    patient = {tier: load for tier, load in loads.items() if load.wait_s <= patience_s(load, priority)}
    if not patient:
        shortest = min(load.wait_s for load in loads.values())
        return Routed("composed", c, f"every language model is busy for {shortest:.1f} s")
    values = _values(need.kind, c, patient, outcomes, priority)
    if len(patient) < len(loads) and priority != "batch":  # what would be asked is busy: is the rest worth its time?
        usual = LATE_TIMES * min(load.writing_s for load in loads.values())
        values = {one: value - LATE * max(0.0, _last_s(one, patient) - usual) for one, value in values.items()}
        values["composed"] = _RULES[0] - _RULES[1] * min(1.0, c)
    best = _quicker(max(values, key=lambda one: values[one]), values, patient)
    told = ", ".join(f"{one} {value:.2f}" for one, value in sorted(values.items(), key=lambda pair: -pair[1]))
    return Routed(best, c, f"worth by chance of being taken less waiting: {told}")


def _last_s(one: Route, loads: Mapping[ModelTier, Load]) -> float:
    return max((load.ready_s for tier, load in loads.items() if one in (tier, "hybrid")), default=0.0)


def _as_wanted(wanted: Route, c: float, loads: Mapping[ModelTier, Load]) -> Routed:
    match wanted:
        case "fast" | "quality":
            tiers: tuple[ModelTier, ...] = (wanted,)
        case "hybrid":
            tiers = ("fast", "quality")
        case "composed":
            tiers = ()
        case _:
            assert_never(wanted)
    if all(tier in loads for tier in tiers):
        return Routed(wanted, c, "as the request wants it")
    return Routed(next(iter(loads)), c, f"the request wants {wanted}, which cannot be asked")


def _values(
    kind: SectionKind, c: float, loads: Mapping[ModelTier, Load], outcomes: Judged, priority: Priority
) -> dict[Route, float]:
    second = SECOND[priority]
    good = {tier: chance_taken(kind, tier, c, outcomes) for tier in loads}
    values: dict[Route, float] = {tier: good[tier] - second * load.ready_s for tier, load in loads.items()}
    if "fast" in loads and "quality" in loads and loads["quality"].free and priority == "interactive":
        first, last = loads["fast"].ready_s, loads["quality"].ready_s
        values["hybrid"] = (
            max(good.values()) - second * first - REPLACING * second * max(0.0, last - first) - SECOND_CALL
        )
    return values


def chance_taken(kind: SectionKind, tier: ModelTier, c: float, outcomes: Judged) -> float:
    """The chance (0..1) that a text of ``tier`` is taken as it is: the prior, corrected by what was seen."""
    plain, loss = _PRIORS[tier]
    prior = plain - loss * min(1.0, c)
    seen, taken = outcomes.taken(kind, tier)
    return (prior * _PRIOR_WEIGHT + taken) / (_PRIOR_WEIGHT + seen)


def _quicker(best: Route, values: Mapping[Route, float], loads: Mapping[ModelTier, Load]) -> Route:
    """The tier that is ready sooner where the choice is a toss-up, so that small differences do not flap."""
    close = [tier for tier in loads if values[tier] >= values[best] - _CLOSE and best != "composed"]
    return min(close, key=lambda tier: loads[tier].ready_s, default=best)
