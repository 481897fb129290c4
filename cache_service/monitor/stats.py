"""Counters and latencies since the process started, as ``/v1/stats`` shows them."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from typing import Any, Final

KEPT: Final = 4096


class Latencies:
    """The last 4,096 durations in milliseconds."""

    def __init__(self) -> None:
        self._kept: deque[float] = deque(maxlen=KEPT)

    def add(self, duration_ms: float) -> None:
        """Note one."""
        self._kept.append(duration_ms)

    def quantile(self, share: float) -> float | None:
        """The value that ``share`` of the kept durations do not exceed; None without any."""
        if not self._kept:
            return None
        ordered = sorted(self._kept)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def summary(self) -> dict[str, float | int | None]:
        """Count, mean and p50, p90, p99."""
        mean = sum(self._kept) / len(self._kept) if self._kept else None
        return {
            "count": len(self._kept),
            "mean_ms": _rounded(mean),
            **{f"p{int(share * 100)}_ms": _rounded(self.quantile(share)) for share in (0.5, 0.9, 0.99)},
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


class Stats:
    """Written to from the event loop alone."""

    def __init__(self) -> None:
        self.tiers: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.events: Counter[str] = Counter()
        self.first_content = Latencies()
        self.complete = Latencies()
        self.lookup = Latencies()
        self.writing: dict[str, Latencies] = {}
        self.generated_tokens = 0
        self.saved_tokens = 0
        self.spent = 0.0
        self.saved = 0.0

    def posting(
        self, *, outcome: str, tiers: Sequence[str], first_content_ms: float | None, complete_ms: float,
        generated_tokens: int, saved_tokens: int, spent: float, saved: float,
    ) -> None:  # fmt: skip
        """Note a finished posting."""
        self.outcomes[outcome] += 1
        self.tiers.update(tiers)
        if first_content_ms is not None:
            self.first_content.add(first_content_ms)
        self.complete.add(complete_ms)
        self.generated_tokens += generated_tokens
        self.saved_tokens += saved_tokens
        self.spent += spent
        self.saved += saved

    def wrote(self, tier: str, duration_ms: float) -> None:
        """Note how long a model took for a section."""
        self.writing.setdefault(tier, Latencies()).add(duration_ms)

    def as_json(self) -> dict[str, Any]:
        """All of it."""
        sections = sum(self.tiers.values())
        return {
            "postings": {name: self.outcomes[name] for name in ("hit", "partial", "miss")},
            "sections": dict(self.tiers),
            "hit_share": {tier: round(count / sections, 4) for tier, count in self.tiers.items()},
            "latency": {
                "first_content": self.first_content.summary(),
                "complete": self.complete.summary(),
                "lookup": self.lookup.summary(),
                "writing": {tier: kept.summary() for tier, kept in self.writing.items()},
            },
            "tokens": {"generated": self.generated_tokens, "saved": self.saved_tokens},
            "money": {"spent": round(self.spent, 6), "saved": round(self.saved, 6)},
            "events": dict(self.events),
        }
