"""ModelOrchestrator: which upstream writes a text, when a second one is asked beside it, and which is next if it fails.

Hedging follows Dean and Barroso, The Tail at Scale (2013); waits before another try are drawn by full jitter (AWS
Architecture Blog, Exponential Backoff and Jitter).
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
import math
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from random import Random, SystemRandom
from typing import Any, Final

from cache_service.models.admission import Admission, NoUpstream, Overloaded, Terms, TierFigures
from cache_service.models.breaker import DEFAULT_LIMITS, BreakerLimits
from cache_service.models.call import RECHECK_S, Call, tokens_of
from cache_service.models.composer import COMPOSER_VERSION
from cache_service.models.endpoint import Endpoint, Lease
from cache_service.models.live_figures import DEFAULT_PATIENCE, Patience, RecentQuantile
from cache_service.models.prompts import PROMPT_VERSION, Prompt
from cache_service.models.rates import DailyBudget, HedgeBudget
from cache_service.models.upstream import Generation, Upstream, UpstreamError, UpstreamSpec
from cache_service.posting.scope import COMPOSER
from cache_service.router import Load, ModelTier, Priority

log = logging.getLogger(__name__)
TIERS: Final[tuple[ModelTier, ...]] = ("fast", "quality")
MAX_TRIES: Final = 3
# Full jitter: a wait before the same upstream is asked again is drawn from 0 to this, doubled with each try.
RETRY_S: Final = 0.1
HEDGE_AT: Final = 0.95
# As long as nothing is known.
COLD_HEDGE_S: Final = 2.0
_INTERACTIVE: Final = Terms()


@dataclass(slots=True)
class Attempt:
    """Who writes, filled in when the first text comes. Times in seconds, prices per million tokens.

    ``fallback``: not the preferred tier. ``queue_wait_s``: from the request to the start of the call that answered,
    ``first_token_s``: from there to its first text.
    """

    generation: Generation
    tier: ModelTier = "fast"
    model: str | None = None
    price_out: float = 0.0
    price_in: float = 0.0
    upstream: str | None = None
    fallback: bool = False
    queue_wait_s: float = 0.0
    first_token_s: float = 0.0


@dataclass(slots=True)
class _Ask:
    """A text that is wanted, and who failed to write it. ``useless``: who would fail again."""

    prompt: Prompt
    tokens: int
    preferred: ModelTier
    terms: Terms
    since: float
    tried: list[str] = field(default_factory=list)
    useless: set[str] = field(default_factory=set)
    failure: UpstreamError | None = None

    def is_over(self, now: float) -> bool:
        return self.terms.deadline is not None and now >= self.terms.deadline


def _loop_time() -> float:
    return asyncio.get_running_loop().time()


class ModelOrchestrator:
    """All upstreams, a queue for each tier."""

    def __init__(
        self,
        upstreams: Sequence[Upstream],
        *,
        budget: DailyBudget | None = None,
        wall_clock: Callable[[], float] = lambda: 0.0,
        chance: Random | None = None,
        patience: Patience = DEFAULT_PATIENCE,
        limits: BreakerLimits = DEFAULT_LIMITS,
    ) -> None:
        """To be made in a running event loop. ``wall_clock``: seconds since 1970, for the ``budget`` of a day."""
        self._upstreams = tuple(upstreams)
        self._chance = SystemRandom() if chance is None else chance
        self._budget = DailyBudget(None) if budget is None else budget
        self._wall_clock = wall_clock
        self._firsts = {tier: RecentQuantile(remembered=128, enough=10) for tier in TIERS}
        self._endpoints = [
            Endpoint(
                one,
                clock=_loop_time,
                chance=self._chance,
                tier_firsts=self._firsts[_tier_of(one.spec)],
                patience=patience,
                limits=limits,
            )
            for one in self._upstreams
        ]
        self._cheapest = min((one.price for one in self._endpoints), default=0.0)
        self._tiers = {tier: self._admission(tier) for tier in TIERS}
        self._hedges = HedgeBudget()

    def _admission(self, tier: ModelTier) -> Admission:
        endpoints = [one for one in self._endpoints if one.spec.tier == tier]
        return Admission(tier, endpoints, clock=_loop_time, chance=self._chance, affordable=self._affordable)

    def _affordable(self, endpoint: Endpoint) -> bool:
        return self._budget.allows(self._wall_clock(), endpoint.price, self._cheapest)

    @property
    def available(self) -> bool:
        """Whether there is any model at all."""
        return bool(self._upstreams)

    @property
    def writer(self) -> str:
        """What writes here, as a part of the scope: changes with the models, the prompts or the composer."""
        if not self._upstreams:
            return f"{COMPOSER}-{COMPOSER_VERSION}"
        models = sorted((upstream.spec.tier, upstream.spec.model) for upstream in self._upstreams)
        described = json.dumps([PROMPT_VERSION, models]).encode()
        return "models-" + hashlib.blake2b(described, digest_size=8).hexdigest()

    @property
    def price_out(self) -> float:
        """What a million generated tokens cost at most, for reporting what reuse saves."""
        return max((upstream.spec.price_out for upstream in self._upstreams), default=0.0)

    def loads(self, priority: Priority) -> dict[ModelTier, Load]:
        """What asking each tier would mean now; tiers of which no upstream is well are left out."""
        loads = {tier: one.load(priority) for tier, one in self._tiers.items()}
        return {tier: load for tier, load in loads.items() if load is not None}

    def expected_wait_s(self, tier: ModelTier, priority: Priority = "interactive") -> float:
        """Estimate of the seconds that a newcomer waits for a slot; infinite if no upstream may be asked."""
        return self._tiers[tier].expected_wait_s(priority)

    def free_slots(self, tier: ModelTier) -> int:
        """Slots that are free now."""
        return self._tiers[tier].free_slots()

    def figures(self, tier: ModelTier) -> TierFigures:
        """How a tier is doing now."""
        return self._tiers[tier].figures()

    def health(self) -> dict[str, Any]:
        """Every upstream's condition and every queue, as JSON."""
        now = _loop_time()
        return {
            "upstreams": [one.health(now) for one in self._endpoints],
            "queues": {tier: one.health() for tier, one in self._tiers.items() if one.endpoints},
            "budget": {"per_day": self._budget.limit, "spent": self._budget.spent(self._wall_clock())},
        }

    async def stream(
        self, prompt: Prompt, preferred: ModelTier, attempt: Attempt, terms: Terms = _INTERACTIVE
    ) -> AsyncGenerator[str]:
        """Text as it comes. Another upstream is tried only while nothing has come.

        UpstreamError when none is left; Overloaded or NoUpstream, with ``retry_after_s``, if none could be asked.
        """
        ask = _Ask(prompt, prompt.max_tokens + tokens_of(prompt), preferred, terms, _loop_time())
        async with contextlib.AsyncExitStack() as opened:
            call = await self._begin(ask, opened)
            _describe(attempt, call, ask)
            async with contextlib.aclosing(call.texts()) as texts:
                async for text in texts:
                    yield text
            self._tiers[attempt.tier].served(_loop_time() - call.lease.since)

    async def close(self) -> None:
        """Refuse who waits and close every upstream."""
        for tier in self._tiers.values():
            tier.close()
        for upstream in self._upstreams:
            await upstream.close()

    async def _begin(self, ask: _Ask, opened: contextlib.AsyncExitStack) -> Call:
        """A call whose first text has come. ``opened`` closes every call that is made on the way."""
        tries = 1 if ask.terms.priority == "batch" else MAX_TRIES
        while True:
            try:
                lease = await self._admit(ask)
            except NoUpstream as exc:
                raise (ask.failure if ask.failure is not None and exc.retry_after_s is None else exc) from None
            name = lease.endpoint.spec.name
            lease.endpoint.counts["retries"] += bool(ask.tried)
            try:
                return await self._race(lease, ask, opened)
            except UpstreamError as exc:
                log.warning("upstream failed", extra={"upstream": name, "reason": str(exc)})
                ask.failure = exc
                ask.tried.append(name)
                if len(ask.tried) == tries or ask.is_over(_loop_time()):
                    raise
                if exc.lasting:
                    ask.useless.add(name)

    async def _admit(self, ask: _Ask) -> Lease:
        """A slot: at an upstream that has not been tried if there is any, else at one that has, after a while."""
        tried = ask.terms.avoid.union(ask.tried)
        try:
            return await self._admit_to_any(ask, tried)
        except NoUpstream:
            if tried <= ask.useless:
                raise
        if ask.tried:
            await asyncio.sleep(self._chance.random() * RETRY_S * 2 ** len(ask.tried))
        return await self._admit_to_any(ask, frozenset(ask.useless))

    async def _admit_to_any(self, ask: _Ask, excluded: frozenset[str]) -> Lease:
        failures: list[UpstreamError] = []
        for tier in _in_order(ask.preferred, fallback=ask.terms.fallback):
            try:
                return await self._tiers[tier].acquire(ask.terms, ask.tokens, excluded)
            except NoUpstream as exc:
                failures.append(exc)
            except Overloaded as exc:
                failures.append(exc)
                if tier == "fast":  # who is in a hurry does not run to the slower one
                    break
        raise min(failures, key=lambda one: math.inf if one.retry_after_s is None else one.retry_after_s)

    async def _race(self, lease: Lease, ask: _Ask, opened: contextlib.AsyncExitStack) -> Call:
        """The call whose first text comes first. A second one joins if the first is late; the loser is ended."""
        self._hedges.earn()
        calls = [self._start(lease, ask, opened)]
        if ask.terms.priority != "batch":
            await self._until_late(calls[0])
            if not calls[0].begun.done() and (second := self._hedge(lease, ask)) is not None:
                calls.append(self._start(second, ask, opened))
        winner = await _first_to_begin(calls)
        for call in calls:
            if call is not winner:
                call.abandon()
        return winner

    def _start(self, lease: Lease, ask: _Ask, opened: contextlib.AsyncExitStack) -> Call:
        call = Call(lease, ask.prompt, ask.terms.deadline, self._charge)
        opened.push_async_callback(call.close)
        return call

    async def _until_late(self, call: Call) -> None:
        """Until the first text has come, or not come in the time that 95 of 100 take in the tier."""
        firsts = self._firsts[_tier_of(call.spec)]
        while not call.begun.done():
            usual_s = firsts.at(HEDGE_AT)
            left_s = (COLD_HEDGE_S if usual_s is None else usual_s) - call.elapsed_s
            if left_s <= 0:
                return
            await asyncio.wait([call.begun], timeout=min(left_s, RECHECK_S))

    def _hedge(self, lease: Lease, ask: _Ask) -> Lease | None:
        """A slot for a second call, at another upstream if one has any."""
        if not self._hedges.affordable:
            return None
        tier, others = self._tiers[_tier_of(lease.endpoint.spec)], ask.terms.avoid | {lease.endpoint.spec.name}
        second = tier.try_acquire(ask.tokens, others) or tier.try_acquire(ask.tokens, ask.terms.avoid)
        if second is not None:
            self._hedges.spend()
            second.endpoint.counts["hedges"] += 1
        return second

    def _charge(self, cost: float) -> None:
        self._budget.charge(self._wall_clock(), cost)


async def _first_to_begin(calls: Sequence[Call]) -> Call:
    waiting = {call.begun: call for call in calls}
    pending = set(waiting)
    while True:
        done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            if task.exception() is None:
                return waiting[task]
        if not pending:
            await next(iter(done))  # raises what it failed with


def _in_order(preferred: ModelTier, *, fallback: bool) -> list[ModelTier]:
    return [tier for tier in sorted(TIERS, key=lambda one: one != preferred) if fallback or tier == preferred]


def _tier_of(spec: UpstreamSpec) -> ModelTier:
    return "quality" if spec.tier == "quality" else "fast"


def _describe(attempt: Attempt, call: Call, ask: _Ask) -> None:
    spec = call.spec
    attempt.generation = call.generation
    attempt.upstream, attempt.model, attempt.tier = spec.name, spec.model, _tier_of(spec)
    attempt.price_in, attempt.price_out = spec.price_in, spec.price_out
    attempt.fallback = attempt.tier != ask.preferred
    attempt.queue_wait_s = call.lease.since - ask.since
    attempt.first_token_s = call.first_token_s
