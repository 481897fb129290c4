"""A section that the cache cannot supply, by the route that was chosen: patched, from one model or two, or by rules.

Equal sections wanted at the same time are written once (``flights``). Who attaches for a request whose other facts
differ gets the text only after it is read against that request.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Final

from cache_service.cache.guard import Evidence
from cache_service.cache.guard.known_companies import KnownCompanies
from cache_service.models.admission import Terms
from cache_service.models.orchestrator import ModelOrchestrator
from cache_service.monitor.eta import EtaModel, Features, Observed
from cache_service.monitor.stats import Stats
from cache_service.posting.needs import Brief
from cache_service.posting.plan import Write
from cache_service.router import PATIENCE_S, ModelTier, Outcomes, Routed, patience_s
from cache_service.streaming.flights import Emit, Flight, Flights
from cache_service.streaming.section_writer import (
    BUSY,
    Asked,
    Written,
    composed,
    is_supported,
    patch_section,
    write_section,
)

_SECOND: Final = "/second"
# Who insists on a tier waits at least this long for it.
INSISTING_S: Final = 20.0


@dataclass(frozen=True, slots=True)
class Writers:
    """Who writes, for all postings."""

    orchestrator: ModelOrchestrator
    flights: Flights
    outcomes: Outcomes
    companies: KnownCompanies
    stats: Stats
    eta: EtaModel


@dataclass(frozen=True, slots=True)
class SectionJob:
    """One section to write for a request. ``expected``: what its time was estimated by, of each model that is asked;
    ``emit`` gets what may be sent."""

    writers: Writers
    brief: Brief
    evidence: Evidence
    write: Write
    expected: Mapping[ModelTier, Features]
    emit: Callable[[str], None]

    async def done(self, routed: Routed) -> tuple[Written, bool]:
        """The section, and whether it is for this posting to store it."""
        if routed.tier == "composed":
            return self._by_rules(), False
        first = self._flown(routed.tier, "", self.emit)
        if routed.route != "hybrid":
            return await first
        async with asyncio.TaskGroup() as group:
            second = group.create_task(self._flown("quality", _SECOND, _hold_back))
            sent, stores = await first
        better, stores_second = second.result()
        if is_better(better, sent):
            return replace(better, replaced=True, tokens=better.tokens + sent.tokens), stores_second
        return replace(sent, tokens=better.tokens + sent.tokens), stores

    def _by_rules(self) -> Written:
        reason = BUSY if self.writers.orchestrator.available else None
        return composed(self.write.need, self.brief.facts, self.evidence, degraded=True, reason=reason)

    async def _flown(self, tier: ModelTier, suffix: str, emit: Emit) -> tuple[Written, bool]:
        async def begin(emit: Emit) -> Written:
            return await self._written(tier, emit)

        if self.brief.request.options.fresh:  # nothing of anybody else's, not even of the same moment
            return await begin(emit), True
        flights, need = self.writers.flights, self.write.need
        key = need.keys[-1] + suffix
        flight, began = flights.board(key, self.brief.facts, begin)
        try:
            written = await self._followed(flight, emit)
        finally:
            flights.leave(key, flight)
        if written is None:
            return await begin(emit), True
        stores = flight.claim_storing()
        return (written if began else replace(written, need=need, tokens=0, cost=0.0)), stores

    async def _followed(self, flight: Flight, emit: Emit) -> Written | None:
        """What the flight brings, sent on as it comes; None if that states what this request does not support."""
        if flight.facts == self.brief.facts:
            async for piece in flight.pieces():
                emit(piece)
            return await asyncio.shield(flight.task)
        written = await asyncio.shield(flight.task)
        fits = await asyncio.to_thread(
            is_supported, written, self.evidence, self.writers.companies, self.brief.scope.language
        )
        if not fits:
            return None
        emit(written.text)
        return replace(written, replaced=False)

    async def _written(self, tier: ModelTier, emit: Emit) -> Written:
        writers, need = self.writers, self.write.need
        started = perf_counter()
        asked = Asked(writers.orchestrator, tier, self._terms(tier))
        written = await self._patched(asked, emit) or await write_section(
            need,
            facts=self.brief.facts,
            evidence=self.evidence,
            companies=writers.companies,
            language=self.brief.scope.language,
            asked=asked,
            emit=emit,
        )
        writers.stats.events["guard_rejections"] += written.held_back
        if written.source.tier != "composed":
            seconds = perf_counter() - started
            writers.stats.wrote(written.source.tier, seconds * 1e3)
            if tier in self.expected:
                writers.eta.observe(Observed(self.expected[tier], seconds))
            writers.outcomes.note(need.kind, written.source.tier, taken=not written.held_back)
        return written

    async def _patched(self, asked: Asked, emit: Emit) -> Written | None:
        if self.write.patch is None:
            return None
        return await patch_section(
            self.write.need,
            self.write.patch,
            evidence=self.evidence,
            companies=self.writers.companies,
            language=self.brief.scope.language,
            asked=asked,
            emit=emit,
        )

    def _terms(self, tier: str) -> Terms:
        """A slot is waited for as long as people have patience; whoever insists on a tier has more of it."""
        options = self.brief.request.options
        load = self.writers.orchestrator.loads(options.priority).get("quality" if tier == "quality" else "fast")
        patience = PATIENCE_S if load is None else patience_s(load, options.priority)
        if options.route is not None:
            patience = max(patience, INSISTING_S)
        now = asyncio.get_running_loop().time()
        return Terms(options.priority, self.brief.scope.tenant, None if patience == float("inf") else now + patience)


def is_better(second: Written, first: Written) -> bool:
    """Whether a second text is worth replacing one that people are reading: it is a model's, and by the guard and by
    what rules had to mend it is no worse in anything and better in something, its length at last."""
    if second.source.tier == "composed":
        return False
    if first.source.tier == "composed":
        return True
    flaws = [(one.held_back, one.added, _repeats(one.text)) for one in (second, first)]
    if any(mine > theirs for mine, theirs in zip(*flaws, strict=True)):
        return False
    return flaws[0] != flaws[1] or len(second.text) > len(first.text)


def _repeats(text: str) -> int:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return len(lines) - len(set(lines))


def _hold_back(_text: str) -> None:
    """A second text is sent whole or not at all."""
