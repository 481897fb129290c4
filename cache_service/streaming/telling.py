"""What readers of a posting are told while it is made: the plan, what there is of each section, how long it takes."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from typing import Final

from cache_service.monitor.stats import Stats
from cache_service.posting.plan import Plan, Planned, Reuse, Write
from cache_service.router import Routed
from cache_service.streaming.answer import Finished, source_json
from cache_service.streaming.events import EventLog
from cache_service.streaming.expected import Expected, eta_json
from cache_service.streaming.section_writer import Written

# What models do not write: rules do, from facts alone.
NO_MODEL: Final = "no language model is configured"
CANCELLED: Final = "cancelled by the reader"


class Telling:
    """One posting's log, and the sections that are done. ``started``: when it was begun, by ``perf_counter``."""

    def __init__(self, id_: str, language: str, expected: Expected, stats: Stats, started: float) -> None:
        self.log = EventLog()
        self.finished: dict[str, Finished] = {}
        self.first_content_ms: float | None = None
        self.total = 0
        self._id = id_
        self._language = language
        self._expected = expected
        self._stats = stats
        self._started = started

    def plan(self, plan: Plan, routes: Mapping[str, Routed]) -> None:
        """Every section with its intended source, and when it is expected."""
        self.total = len(plan.sections)
        sections = [
            {
                "kind": one.need.kind,
                "heading": one.need.spec.headings[self._language],
                "tier": _tier(one, routes),
                "source": source_json(one.source) if isinstance(one, Reuse) else None,
                "reason": one.reason if isinstance(one, Write) else "reused",
                "route": routes[one.need.kind].as_json() if one.need.kind in routes else None,
                "eta_ms": eta_json(self._expected.section(one.need.kind)),
            }
            for one in plan.sections
        ]
        left = eta_json(self._expected.posting())
        self.log.append("plan", {"id": self._id, "sections": sections, "eta_ms": left})

    def whole(self, section: Finished) -> None:
        """A section that is there at once."""
        self.delta(section.need.kind, section.text)
        self.done(section)

    def delta(self, kind: str, text: str) -> None:
        """More of a section."""
        if self.first_content_ms is None:
            self.first_content_ms = (perf_counter() - self._started) * 1e3
        self.log.append("section.delta", {"kind": kind, "text": text})

    def done(self, section: Finished, *, replaces: bool = False) -> None:
        """A section is there; ``replaces``: in the place of what was sent before."""
        kind = section.need.kind
        body = {"kind": kind, "text": section.text, "source": source_json(section.source)}
        if replaces or (isinstance(section, Written) and section.replaced):
            self.log.append("section.replaced", body)
        if section.source.degraded:
            self._stats.events["degraded"] += 1
            reason = section.reason if isinstance(section, Written) else None
            self.log.append("degraded", {"kind": kind, "reason": reason or NO_MODEL})
        self.log.append("section.done", body)
        self.finished[kind] = section
        self._expected.done(kind)
        self.progress()

    def dropped(self, kind: str) -> None:
        """A section will not come: its reader cancelled it."""
        self.total -= 1
        self.log.append("degraded", {"kind": kind, "reason": CANCELLED})
        self._expected.done(kind)
        self.progress()

    def progress(self) -> None:
        """How far it is."""
        left = eta_json(self._expected.posting())
        self.log.append("progress", {"done": len(self.finished), "total": self.total, "eta_ms": left})


def _tier(planned: Planned, routes: Mapping[str, Routed]) -> str:
    if isinstance(planned, Reuse):
        return planned.source.tier
    routed = routes.get(planned.need.kind)
    return "composed" if routed is None else routed.tier
