"""ModelOrchestrator: which upstream writes, when, and which one next when it fails before its first word.

A call asks for a slot of its tier. Of the upstreams that are well, unpaused, within their rates and free, two are drawn
and the one that costs less to ask is taken (the power of two choices, Mitzenmacher 2001: load spreads as if all were
compared, without everyone running to the same one); with none, the call waits in the tier's line (``admission``). A
first token that is later than 95 % of those before is asked for a second time elsewhere, the first answer wins, and
such calls are at most a twentieth of all (hedging: Dean & Barroso, The Tail at Scale, 2013). What fails before its
first token is tried again, elsewhere if possible, after a jittered moment; then the other tier is asked.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
import random
import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from cache_service.models.admission import Line, Terms, reserve
from cache_service.models.composer import COMPOSER_VERSION
from cache_service.models.prompts import PROMPT_VERSION, Prompt
from cache_service.models.upstream import Generation, Overloaded, Upstream, UpstreamError
from cache_service.posting.plan import Tier
from cache_service.posting.scope import COMPOSER
from cache_service.router import Load, ModelTier

log = logging.getLogger(__name__)
TRIES: Final = 3
# Between two tries: a random part of this, twice as long each time (full jitter).
BACK_OFF_S: Final = 0.05
# Longest wait for a slot to try again.
RETRY_S: Final = 0.5
HEDGED_SHARE: Final = 0.05
MOST_HEDGES: Final = 5.0
HEDGE_S: Final = 0.1
DAY_S: Final = 86_400.0
# What a section takes where nothing was seen yet: a guess that the first answers replace.
USUAL_S: Final[dict[ModelTier, float]] = {"fast": 1.5, "quality": 5.0}
_DEFAULT: Final = Terms()


@dataclass(slots=True)
class Attempt:
    """Who writes, filled in when the first text comes. ``fell_back``: not the tier that was asked first."""

    generation: Generation
    tier: Tier = "fast"
    model: str | None = None
    price_out: float = 0.0
    upstream: str | None = None
    waited_s: float = 0.0
    fell_back: bool = False


class ModelOrchestrator:
    """All upstreams. ``budget_per_day``: most that may be spent in 24 hours, in the unit of the prices."""

    def __init__(
        self,
        upstreams: Sequence[Upstream],
        *,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
        budget_per_day: float | None = None,
    ) -> None:
        """``clock``: the event loop's; ``chance`` draws from [0, 1)."""
        self._upstreams = tuple(upstreams)
        self._clock = clock
        self._chance = chance
        self._lines: dict[str, Line[Upstream]] = {one.spec.tier: Line() for one in upstreams}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._hedges = 1.0
        self._budget = budget_per_day
        self._spent: tuple[float, float] = (clock(), 0.0)
        self.counts: Counter[str] = Counter()

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

    def loads(self, priority: str) -> dict[ModelTier, Load]:
        """What asking each tier would mean now; tiers of which no upstream is well are left out."""
        now = self._clock()
        tiers: tuple[ModelTier, ...] = ("fast", "quality")
        return {tier: load for tier in tiers if (load := self._load(tier, priority, now)) is not None}

    def _load(self, tier: ModelTier, priority: str, now: float) -> Load | None:
        well = [one for one in self._of(tier) if one.breaker.state(now) != "open"]
        if not well:
            return None
        seen = [one.meter.writing_s for one in well if one.meter.writing_s is not None]
        writing_s = min(seen, default=USUAL_S[tier])
        slots = sum(one.spec.max_concurrency for one in well)
        free = sum(max(0, one.free) for one in well if not one.wait_s(now))
        ahead = self._lines[tier].ahead_of(priority, now) + (reserve(slots) if priority == "batch" else 0)
        in_line = max(0, ahead + 1 - free) / slots * writing_s
        least = min(one.wait_s(now) for one in well)
        return Load(max(in_line, least if least < DAY_S else 0.0), writing_s, max(0, free - ahead))

    def spare(self, tier: Tier) -> bool:
        """Whether half of a tier's slots are free and nobody waits: room for what nobody waits for."""
        mine = self._of(tier) or self._upstreams
        slots = sum(one.spec.max_concurrency for one in mine)
        return not any(len(line) for line in self._lines.values()) and 2 * sum(one.in_flight for one in mine) < slots

    def _of(self, tier: str) -> list[Upstream]:
        return [one for one in self._upstreams if one.spec.tier == tier]

    async def stream(
        self, prompt: Prompt, preferred: Tier, attempt: Attempt, terms: Terms = _DEFAULT
    ) -> AsyncGenerator[str]:
        """Text as it comes. Another upstream is tried only while nothing has come; UpstreamError when none is left,
        Overloaded when none could be asked by ``terms.start_by``."""
        failure: UpstreamError = Overloaded("there is no upstream", after_text=False)
        for tier in sorted(self._lines, key=lambda one: one != preferred):
            attempt.fell_back = tier != preferred
            tried = terms
            for number in range(TRIES):
                asked_at = self._clock()
                try:
                    upstream = await self._slot(tier, tried)
                except Overloaded as exc:
                    if number:
                        break
                    failure = exc
                    if self._is_well(tier):  # only busy: the other tier is no place to run to
                        raise
                    break
                attempt.waited_s += self._clock() - asked_at
                try:
                    async with contextlib.aclosing(self._hedged(upstream, prompt, attempt, tried)) as texts:
                        async for text in texts:
                            yield text
                except UpstreamError as exc:
                    log.warning("upstream failed", extra={"upstream": upstream.spec.name, "reason": str(exc)})
                    if exc.after_text:
                        raise
                    failure = exc
                else:
                    return
                self.counts["retries"] += 1
                await asyncio.sleep(BACK_OFF_S * 2**number * self._chance())
                soon = self._clock() + RETRY_S
                tried = replace(
                    tried, avoid=tried.avoid | {upstream.spec.name},
                    start_by=soon if terms.start_by is None else min(soon, terms.start_by),
                )  # fmt: skip
        raise failure

    def _is_well(self, tier: str) -> bool:
        now = self._clock()
        return any(one.breaker.state(now) != "open" for one in self._of(tier))

    # Slots

    async def _slot(self, tier: str, terms: Terms) -> Upstream:
        """A slot of ``tier``, to be given back with ``_release``. Overloaded if there is none in time."""
        now, line = self._clock(), self._lines[tier]
        if not line.ahead_of(terms.priority, now) and (found := self._find(tier, terms)) is not None:
            return self._taken(found)
        wait = min((one.wait_s(now) for one in self._of(tier)), default=float("inf"))
        wait = 0.0 if wait > DAY_S else wait  # a probe is under way, which may end any moment
        if line.full:
            raise Overloaded(f"the line for {tier} models is full", after_text=False, retry_after_s=self._retry(tier))
        if terms.start_by is not None and now + wait > terms.start_by:
            raise Overloaded(f"no {tier} model can be asked in time", after_text=False, retry_after_s=self._retry(tier))
        ticket = line.join(terms, now, asyncio.get_running_loop().create_future())
        self._wake_later(tier, wait)
        try:
            async with asyncio.timeout(None if terms.start_by is None else max(0.0, terms.start_by - now)):
                return await ticket.slot
        except BaseException as exc:
            line.leave(ticket)
            if ticket.slot.done() and not ticket.slot.cancelled():  # it came in the same moment
                self._release(ticket.slot.result())
            if isinstance(exc, TimeoutError):
                raise Overloaded(
                    f"no {tier} model was free in time", after_text=False, retry_after_s=self._retry(tier)
                ) from exc
            raise

    def _find(self, tier: str, terms: Terms) -> Upstream | None:
        """The better of two that may be asked now; none for batch work where people's reserve begins."""
        now = self._clock()
        mine = [one for one in self._of(tier) if self._affordable(one, now)]
        able = [one for one in mine if one.free > 0 and not one.wait_s(now)]
        if not all(one.spec.name in terms.avoid for one in mine):
            able = [one for one in able if one.spec.name not in terms.avoid]
        if terms.priority == "batch":
            free = sum(max(0, one.free) for one in mine)
            if free <= reserve(sum(one.spec.max_concurrency for one in mine)):
                return None
        if len(able) < 2:
            return able[0] if able else None
        first = int(self._chance() * len(able))
        second = (first + 1 + int(self._chance() * (len(able) - 1))) % len(able)
        return min(able[first], able[second], key=lambda one: one.cost)

    @staticmethod
    def _taken(upstream: Upstream) -> Upstream:
        upstream.in_flight += 1
        return upstream

    def _release(self, upstream: Upstream) -> None:
        upstream.in_flight -= 1
        self._serve(upstream.spec.tier)

    def _serve(self, tier: str) -> None:
        line = self._lines[tier]
        if not len(line):
            return

        def find(terms: Terms) -> Upstream | None:
            found = self._find(tier, terms)
            return None if found is None else self._taken(found)

        now = self._clock()
        line.serve(now, find)
        if len(line):
            self._wake_later(tier, min((wait for one in self._of(tier) if (wait := one.wait_s(now))), default=0.0))

    def _wake_later(self, tier: str, wait_s: float) -> None:
        """Look at the line again when a pause, a rate or a breaker may have let go of an upstream."""
        if 0.0 < wait_s < DAY_S:
            if (timer := self._timers.pop(tier, None)) is not None:
                timer.cancel()
            self._timers[tier] = asyncio.get_running_loop().call_later(wait_s + 0.001, self._serve, tier)

    def _retry(self, tier: str) -> float:
        """An honest guess of when it is worth asking again."""
        load = self._load("quality" if tier == "quality" else "fast", "interactive", self._clock())
        return 1.0 if load is None else max(1.0, load.wait_s)

    # Money

    def _affordable(self, upstream: Upstream, now: float) -> bool:
        if self._budget is None or not (upstream.spec.price_in or upstream.spec.price_out):
            return True
        since, spent = self._spent
        if now - since >= DAY_S:
            self._spent, spent = (now, 0.0), 0.0
        return spent < self._budget

    def _pay(self, upstream: Upstream, prompt: Prompt, generation: Generation) -> None:
        asked = sum(len(message["content"]) for message in prompt.messages) / 3
        price = (asked * upstream.spec.price_in + generation.tokens * upstream.spec.price_out) / 1e6
        since, spent = self._spent
        self._spent = (since, spent + price)

    # Calls

    async def _hedged(self, upstream: Upstream, prompt: Prompt, attempt: Attempt, terms: Terms) -> AsyncGenerator[str]:
        """The answer of ``upstream``, or of a second one if its first text is late and the second's comes sooner.

        Gives back every slot, however it ends.
        """
        self._hedges = min(MOST_HEDGES, self._hedges + HEDGED_SHARE)
        calls = [_Answer(upstream, prompt, self._release)]
        try:
            winner, first = await self._first(calls, prompt, terms)
            self._serve(upstream.spec.tier)  # a probe's first token may have let others in
            attempt.generation = winner.generation
            attempt.tier = "quality" if winner.upstream.spec.tier == "quality" else "fast"
            attempt.model = winner.upstream.spec.model
            attempt.upstream = winner.upstream.spec.name
            attempt.price_out = winner.upstream.spec.price_out
            for loser in calls:
                if loser is not winner:
                    await loser.close()
            if first is not None:
                yield first
                async for text in winner.texts:
                    yield text
        finally:
            for call in calls:
                await call.close()
                self._pay(call.upstream, prompt, call.generation)

    async def _first(self, calls: list[_Answer], prompt: Prompt, terms: Terms) -> tuple[_Answer, str | None]:
        """The call whose first text comes first. UpstreamError if all fail."""
        asked = {asyncio.ensure_future(anext(calls[0].texts, None)): calls[0]}
        late = self._late_s(calls[0].upstream)
        failure: BaseException | None = None
        try:
            while asked:
                hedging = late is not None and len(calls) == 1
                done, _ = await asyncio.wait(
                    asked, timeout=late if hedging else None, return_when=asyncio.FIRST_COMPLETED
                )
                for task in done:
                    call = asked.pop(task)
                    if (exc := task.exception()) is None:
                        return call, task.result()
                    failure = exc
                if not done and hedging and (second := self._hedge(calls[0].upstream, terms)) is not None:
                    calls.append(_Answer(second, prompt, self._release))
                    asked[asyncio.ensure_future(anext(calls[1].texts, None))] = calls[1]
                late = None
        finally:
            for task in asked:
                task.cancel()
            if asked:
                await asyncio.wait(asked)
            for task in asked:
                _ = task.cancelled() or task.exception()  # lost to the other one
        assert failure is not None  # noqa: S101 - the loop ends without a winner only after a failure
        raise failure

    def _late_s(self, upstream: Upstream) -> float | None:
        seen = [
            value for one in self._of(upstream.spec.tier) if (value := one.meter.first_token_quantile(0.95)) is not None
        ]
        return max(HEDGE_S, min(seen)) if seen else None

    def _hedge(self, first: Upstream, terms: Terms) -> Upstream | None:
        """A second slot, if the budget of hedges has one left and nobody waits for it."""
        tier = first.spec.tier
        if terms.priority == "batch" or self._hedges < 1.0 or len(self._lines[tier]):
            return None
        found = self._find(tier, replace(terms, avoid=terms.avoid | {first.spec.name}))
        if found is None:
            return None
        self._hedges -= 1.0
        self.counts["hedges"] += 1
        return self._taken(found)

    def as_json(self) -> dict[str, Any]:
        """The health of all, for ``/v1/stats``."""
        now = self._clock()
        since, spent = self._spent
        return {
            "upstreams": [one.as_json(now) for one in self._upstreams],
            "waiting": {tier: len(line) for tier, line in self._lines.items()},
            "counts": dict(self.counts),
            "budget": None if self._budget is None else {
                "per_day": self._budget, "spent": round(spent, 6), "hours": round((now - since) / 3600, 2),
            },
        }  # fmt: skip

    async def close(self) -> None:
        """Close every upstream."""
        for timer in self._timers.values():
            timer.cancel()
        for upstream in self._upstreams:
            await upstream.close()


class _Answer:
    """One call that holds a slot until it is closed."""

    def __init__(self, upstream: Upstream, prompt: Prompt, release: Callable[[Upstream], None]) -> None:
        self.upstream = upstream
        self.generation = Generation()
        self.texts = upstream.stream(prompt, self.generation)
        self._release: Callable[[Upstream], None] | None = release

    async def close(self) -> None:
        release, self._release = self._release, None
        if release is not None:
            try:
                await self.texts.aclose()
            finally:
                release(self.upstream)
