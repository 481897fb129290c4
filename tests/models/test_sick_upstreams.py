"""Upstreams that fail, over real HTTP: the simulated model of ``benchmarks`` with its faults, times scaled down."""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from random import Random

import pytest

from benchmarks.simulated_llm.profile import PROFILES, Profile
from benchmarks.simulated_llm.server import SimulatedModel
from cache_service.models.admission import NoUpstream, Terms
from cache_service.models.breaker import BreakerLimits
from cache_service.models.live_figures import Patience
from cache_service.models.orchestrator import Attempt, ModelOrchestrator
from cache_service.models.rates import DailyBudget
from cache_service.models.upstream import Generation, Upstream, UpstreamError, UpstreamSpec
from tests.models.test_orchestrator import prompt
from tests.upstreams import running_server

SLOTS = 8
# A fifth of a second for a section.
WELL = replace(PROFILES["fast"], first_token_s=0.05, tokens_per_s=400, section_tokens=60, slots=SLOTS)
DEAD = "http://127.0.0.1:9/v1"


class Models:
    """Simulated models on ports of their own; an orchestrator over them."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.served: list[SimulatedModel] = []

    def url(self, profile: Profile) -> str:
        """A model's address."""
        model = SimulatedModel(profile, seed=len(self.served))
        self.served.append(model)
        return self._stack.enter_context(running_server(model.app())) + "/v1"

    @asynccontextmanager
    async def asked(self, *urls: str, slots: int = SLOTS, price: float = 1.0, **values: object) -> AsyncIterator[Asked]:
        """An orchestrator over these addresses, all of the fast tier."""
        upstreams = [
            Upstream(UpstreamSpec("abc"[number], "fast", url, "m", "k", slots, None, None, 0.0, price, 1.0, 20.0))
            for number, url in enumerate(urls)
        ]
        orchestrator = ModelOrchestrator(upstreams, chance=Random(5), **values)  # type: ignore[arg-type]
        try:
            yield Asked(orchestrator)
        finally:
            await orchestrator.close()


@dataclass
class Asked:
    """Asks as the section writer does: what broke off after its first word is asked for anew, elsewhere."""

    orchestrator: ModelOrchestrator

    async def text(self, terms: Terms | None = None) -> tuple[float, Attempt]:
        """Seconds until the whole text was there, and who wrote it."""
        loop = asyncio.get_running_loop()
        began, terms = loop.time(), Terms() if terms is None else terms
        for _ in range(3):
            attempt = Attempt(Generation())
            stream = self.orchestrator.stream(prompt(), "fast", attempt, terms)
            try:
                async with contextlib.aclosing(stream) as texts:
                    text = "".join([piece async for piece in texts])
            except UpstreamError as exc:
                if not exc.after_text:
                    raise
                terms = replace(terms, avoid=terms.avoid | {attempt.upstream})
                continue
            assert len(text) > 60
            return loop.time() - began, attempt
        raise AssertionError("broke off three times")

    async def load(self, number: int, per_second: float, terms: Terms | None = None) -> list[float]:
        """Times of so many requests, sent at the times of an open loop, sorted. All have to be answered."""
        tasks = []
        for _ in range(number):
            tasks.append(asyncio.create_task(self.text(terms)))
            await asyncio.sleep(1 / per_second)
        return sorted([seconds for seconds, _ in await asyncio.gather(*tasks)])

    def upstream(self, name: str) -> dict[str, object]:
        """Its line in the health report."""
        return next(one for one in self.orchestrator.health()["upstreams"] if one["name"] == name)


@pytest.fixture
def models() -> Iterator[Models]:
    with ExitStack() as stack:
        yield Models(stack)


def p95(times: list[float]) -> float:
    return times[int(0.95 * len(times))]


SICK = {
    "dead": None,
    "stalling": replace(WELL, stalled=1.0),
    "half failing": replace(WELL, reset=0.5),
    "silent": replace(WELL, first_token_s=30.0),
    "down": replace(WELL, outages=((0.0, 600.0),)),
}


@pytest.mark.parametrize("sick", SICK)
async def test_one_of_two_is_sick(models: Models, sick: str) -> None:
    """No request is lost, few notice, and the breaker shows it."""
    profile = SICK[sick]
    async with models.asked(models.url(WELL), DEAD if profile is None else models.url(profile)) as asked:
        times = await asked.load(100, 20.0)
        assert statistics.median(times) < 1.0
        assert times[-1] < 6.0
        assert asked.orchestrator.figures("fast").in_flight == 0
        assert asked.upstream("b")["failures"]
        assert asked.upstream("b")["breaker"] != "closed" or sick == "half failing"


@pytest.mark.stress
@pytest.mark.parametrize("sick", SICK)
async def test_one_of_two_is_sick_and_hardly_anybody_notices(models: Models, sick: str) -> None:
    """The 95th percentile is within 1.5 times that of two healthy upstreams, from a cold start on."""
    profile, well = SICK[sick], models.url(WELL)
    async with models.asked(well, models.url(WELL)) as asked:
        healthy = await asked.load(320, 20.0)
        assert {asked.upstream(name)["breaker"] for name in "ab"} == {"closed"}
    async with models.asked(well, DEAD if profile is None else models.url(profile)) as asked:
        times = await asked.load(320, 20.0)
    assert p95(times) <= 1.5 * p95(healthy)


async def test_a_breaker_opens_and_closes_again(models: Models) -> None:
    """During an outage all is written elsewhere; afterwards probes find that it is over."""
    url = models.url(WELL)
    sick = models.url(WELL)
    limits = BreakerLimits(open_s=0.2, longest_open_s=0.4)
    async with models.asked(url, sick, limits=limits) as asked:
        model = models.served[1]
        model.profile = replace(WELL, reset=1.0)
        await asked.load(40, 40.0)
        assert asked.upstream("b")["breaker"] != "closed"
        model.profile = WELL
        await asyncio.sleep(0.4)
        await asked.load(20, 20.0)
        assert asked.upstream("b")["breaker"] == "closed"


async def test_retry_after_is_honoured(models: Models) -> None:
    """For as long as a 429 asks for, that upstream is not asked; the other writes, and its breaker stays closed."""
    async with models.asked(models.url(WELL), models.url(replace(WELL, refused=1.0))) as asked:
        began = asyncio.get_running_loop().time()
        times = await asked.load(40, 20.0)
        elapsed = asyncio.get_running_loop().time() - began
        refusals = models.served[1].counts["requests"]
        assert 1 <= refusals <= elapsed + 4  # a few are on their way when the first comes back
        assert times[-1] < 1.0
        assert asked.upstream("b")["breaker"] == "closed"
        assert asked.upstream("b")["refused"] == refusals


async def test_nothing_left_says_why_and_when(models: Models) -> None:
    """Every upstream open: an error at once, with the time after which it is worth trying again."""
    async with models.asked(DEAD, limits=BreakerLimits(open_s=20.0)) as asked:
        with pytest.raises(UpstreamError, match="Connection"):
            await asked.text()
        with pytest.raises(NoUpstream, match="unwell") as refused:
            await asked.text()
        assert refused.value.retry_after_s is not None
        assert 9 <= refused.value.retry_after_s <= 20


async def test_two_hundred_readers_leave_at_random(models: Models) -> None:
    """In the queue, before the first word or in the middle: no slot stays held, here or at the upstream."""
    chance = Random(2)
    async with models.asked(models.url(WELL), models.url(WELL), slots=4) as asked:
        tasks = []
        for _ in range(200):
            priority = chance.choice(["urgent", "interactive", "batch"])
            tasks.append(asyncio.create_task(asked.text(Terms(priority, chance.choice("ab")))))
            await asyncio.sleep(chance.random() * 0.02)
            chance.choice(tasks).cancel()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        figures = asked.orchestrator.figures("fast")
        assert (figures.in_flight, figures.queued, figures.free_slots) == (0, 0, 8)
        assert {asked.upstream(name)["breaker"] for name in "ab"} == {"closed"}
        assert len(await asked.load(8, 100.0)) == 8


async def test_a_late_first_word_is_hedged(models: Models) -> None:
    """One call in fifty hangs before its first word: another is sent for it, within the budget of one in twenty."""
    urls = [models.url(WELL), models.url(WELL)]
    async with models.asked(*urls) as asked:
        await asked.load(120, 40.0)
        for model in models.served:
            model.profile = _SometimesLate(**{name: getattr(WELL, name) for name in WELL.__slots__})
        times = await asked.load(100, 40.0)
        hedges = sum(int(asked.upstream(name)["hedges"]) for name in "ab")  # type: ignore[call-overload]
        assert 1 <= hedges <= 5 + 0.05 * 220
        assert times[-1] < 1.0
        assert asked.orchestrator.figures("fast").in_flight == 0


class _SometimesLate(Profile):
    """One first token of fifty takes five seconds."""

    def draw_first_token_s(self, chance: Random) -> float:
        return 5.0 if chance.random() < 0.02 else Profile.draw_first_token_s(self, chance)


async def test_batch_does_not_delay_a_person(models: Models) -> None:
    """With as much batch work waiting as the queue holds, people wait no longer than without."""
    async with models.asked(models.url(WELL)) as asked:
        alone = await asked.load(40, 16.0)
        batch = [asyncio.create_task(asked.text(Terms("batch"))) for _ in range(100)]
        beside = await asked.load(40, 16.0)
        assert statistics.median(beside) <= 1.5 * statistics.median(alone)
        for task in batch:
            task.cancel()
        await asyncio.gather(*batch, return_exceptions=True)


async def test_the_queue_is_shared_fairly_over_http(models: Models) -> None:
    """One tenant sends two dozen at once, another four after that: the four do not wait for the two dozen."""
    async with models.asked(models.url(replace(WELL, slots=2)), slots=2) as asked:
        many = [asyncio.create_task(asked.text(Terms(tenant="greedy"))) for _ in range(24)]
        await asyncio.sleep(0.05)
        few = [asyncio.create_task(asked.text(Terms(tenant="modest"))) for _ in range(4)]
        await asyncio.gather(*few)
        assert sum(task.done() for task in many) <= 10
        await asyncio.gather(*many)


async def test_a_spent_budget_leaves_only_what_is_free(models: Models) -> None:
    """The call that goes over it is finished; the next is refused, and the reason is told."""
    budget = DailyBudget(20e-6)  # twenty tokens at one a million
    async with models.asked(models.url(WELL), budget=budget, wall_clock=lambda: 1.8e9) as asked:
        await asked.text()
        assert asked.orchestrator.health()["budget"]["spent"] >= 60e-6
        with pytest.raises(NoUpstream, match="budget"):
            await asked.text()
        assert asked.orchestrator.loads("interactive") == {}


async def test_whoever_leaves_half_way_pays_for_what_came(models: Models) -> None:
    """The tokens that were generated until then count in the budget."""
    budget = DailyBudget(1.0)
    async with models.asked(models.url(WELL), budget=budget, wall_clock=lambda: 1.8e9) as asked:
        stream = asked.orchestrator.stream(prompt(), "fast", Attempt(Generation()))
        for _ in range(3):
            await anext(stream)
        await stream.aclose()
        assert 0 < budget.spent(1.8e9) < 60e-6


async def test_a_deadline_that_passes_before_the_first_word(models: Models) -> None:
    """The call is given up, its slot is free, and no other upstream is bothered with what is too late."""
    async with models.asked(models.url(replace(WELL, first_token_s=5.0)), models.url(WELL)) as asked:
        now = asyncio.get_running_loop().time()
        asked.orchestrator._endpoints[1].pause(60)
        stream = asked.orchestrator.stream(prompt(), "fast", Attempt(Generation()), Terms(deadline=now + 0.3))
        with pytest.raises(UpstreamError, match="deadline"):
            await anext(stream)
        assert asyncio.get_running_loop().time() - now < 1.0
        assert (asked.orchestrator.figures("fast").in_flight, asked.upstream("b")["calls"]) == (0, 0)


async def test_a_deadline_ends_a_call(models: Models) -> None:
    """In the middle too; that somebody was in a hurry is not the upstream's fault."""
    async with models.asked(models.url(replace(WELL, tokens_per_s=20))) as asked:
        began = asyncio.get_running_loop().time()
        attempt = Attempt(Generation())
        stream = asked.orchestrator.stream(prompt(), "fast", attempt, Terms(deadline=began + 0.6))
        with pytest.raises(UpstreamError, match="deadline") as ended:
            async with contextlib.aclosing(stream) as texts:
                assert [piece async for piece in texts]
        assert ended.value.after_text
        assert asyncio.get_running_loop().time() - began < 1.5
        assert (asked.upstream("a")["failures"], asked.orchestrator.figures("fast").in_flight) == (0, 0)


async def test_a_busy_process_is_not_taken_for_a_stalling_upstream(models: Models) -> None:
    """When nothing at all ran here for longer than a stall may last, what came meanwhile is found."""
    patience = Patience(stall_s=0.3, cold_stall_s=0.3)
    async with models.asked(models.url(WELL), patience=patience) as asked:
        asyncio.get_running_loop().call_later(0.12, time.sleep, 0.6)
        await asked.text()
        assert (asked.upstream("a")["calls"], asked.upstream("a")["stalls"]) == (1, 0)


async def test_two_alike_share_the_work(models: Models) -> None:
    """Neither of them is asked less than a quarter of the time."""
    async with models.asked(models.url(WELL), models.url(WELL)) as asked:
        await asked.load(60, 30.0)
    counts = [model.counts["requests"] for model in models.served]
    assert sum(counts) >= 60
    assert min(counts) >= 15
