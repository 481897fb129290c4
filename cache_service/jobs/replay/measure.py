"""What a replay saw, as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from cache_service.jobs.replay.drive import Seen

# People leave after two seconds.
PATIENCE_S: Final = 2.0
_QUANTILES: Final = (50, 95, 99)


def summary(values: Iterable[float]) -> dict[str, float | int | None]:
    """Count, mean, p50, p95 and p99 of durations; the durations in seconds, the result in milliseconds."""
    kept = np.asarray(list(values), dtype=np.float64) * 1e3
    if not kept.size:
        return {"count": 0, "mean_ms": None, **{f"p{one}_ms": None for one in _QUANTILES}}
    quantiles = np.percentile(kept, _QUANTILES)
    return {
        "count": int(kept.size),
        "mean_ms": round(float(kept.mean()), 1),
        **{f"p{one}_ms": round(float(value), 1) for one, value in zip(_QUANTILES, quantiles, strict=True)},
    }


@dataclass(frozen=True, slots=True)
class Measured:
    """One arm of a replay: ``name``, its figures as JSON, and the times that a picture is drawn of (seconds)."""

    name: str
    figures: dict[str, Any]
    first_content_s: tuple[float, ...]
    complete_s: tuple[float, ...]


def measured(name: str, answers: Sequence[Seen], *, wrong: Sequence[str] | None, spent: float | None) -> Measured:
    """The figures of an arm. ``wrong``: the facts that no request supports (None: not looked for); ``spent``: money."""
    whole = [seen for seen in answers if seen.complete_s is not None]
    first = tuple(seen.first_content_s for seen in answers if seen.first_content_s is not None)
    complete = tuple(seen.complete_s for seen in whole if seen.complete_s is not None)
    tiers = Counter(tier for seen in whole for _, tier in seen.sections.values())
    sections = sum(tiers.values())
    failures = Counter(seen.failure for seen in answers if seen.failure is not None)
    figures: dict[str, Any] = {
        "requests": len(answers),
        "complete": len(whole),
        "failures": dict(failures.most_common(10)),
        "first_content": summary(first),
        "complete_time": summary(complete),
        "after_2_s": round(sum(one > PATIENCE_S for one in complete) / len(complete), 4) if complete else None,
        "tokens": sum(seen.tokens for seen in answers),
        "money": spent,
        "sent_late": summary(seen.late_s for seen in answers),
    }
    if sections:
        figures |= {
            "cache": dict(Counter(seen.cache for seen in whole)),
            "share_of_sections": {tier: round(count / sections, 4) for tier, count in tiers.most_common()},
            "degraded_sections": sum(len(seen.degraded) for seen in whole),
            "section_time_by_tier": _grouped((tier, at) for seen in whole for at, tier in seen.sections.values()),
            "section_time_by_kind": _grouped((kind, at) for seen in whole for kind, (at, _) in seen.sections.items()),
        }
    if wrong is not None:
        figures |= {"wrong_facts": len(wrong), "wrong_fact_examples": list(wrong[:20])}
    return Measured(name, figures, first, complete)


def _grouped(times: Iterable[tuple[str, float]]) -> dict[str, dict[str, float | int | None]]:
    found: dict[str, list[float]] = {}
    for name, at in times:
        found.setdefault(name, []).append(at)
    return {name: summary(values) for name, values in sorted(found.items())}
