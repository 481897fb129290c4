"""Who gets a slot. Time is a number that the tests set; nothing here sleeps for it to pass."""

from __future__ import annotations

import asyncio
import math
from random import Random

import pytest

from cache_service.models.admission import QUEUED_PER_SLOT, Admission, NoUpstream, Overloaded, Terms
from cache_service.models.endpoint import Endpoint, Lease, power_of_two
from cache_service.models.live_figures import RecentQuantile
from cache_service.models.upstream import Upstream, UpstreamSpec
from cache_service.router import Load

PERSON, BATCH = Terms(), Terms("batch")


class Tier(Admission):
    """Upstreams of the given numbers of slots, named a, b, ..., and a clock that stands still."""

    def __init__(self, *slots: int, requests_per_minute: int | None = None, weight: float = 1.0) -> None:
        self.now = asyncio.get_running_loop().time()
        chance = Random(7)
        endpoints = [
            Endpoint(
                Upstream(
                    UpstreamSpec(
                        "abcdefgh"[number], "fast", "http://127.0.0.1:9/v1", "m", "k", most,
                        requests_per_minute, None, 0.0, 1.0, weight ** number, 60.0,
                    )
                ),
                clock=lambda: self.now,
                chance=chance,
                tier_firsts=RecentQuantile(),
            )
            for number, most in enumerate(slots)
        ]  # fmt: skip
        super().__init__("fast", endpoints, clock=lambda: self.now, chance=chance)

    def later(self, seconds: float) -> None:
        """Time passes, and what waits for it is looked at."""
        self.now += seconds
        self._pump()

    async def take(self, number: int, terms: Terms = PERSON) -> list[Lease]:
        """So many slots that are free."""
        return [await asyncio.wait_for(self.acquire(terms, 100), 1) for _ in range(number)]

    def ask(self, terms: Terms = PERSON, excluded: frozenset[str] = frozenset()) -> asyncio.Task[Lease]:
        """A request that may have to wait."""
        return asyncio.create_task(self.acquire(terms, 100, excluded))


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def done(*tasks: asyncio.Task[Lease]) -> list[bool]:
    return [task.done() for task in tasks]


async def test_who_waits_goes_to_whichever_is_free_first() -> None:
    """A request is in the queue of the tier, not of one upstream."""
    tier = Tier(1, 1)
    held = {lease.endpoint.spec.name: lease for lease in await tier.take(2)}
    assert set(held) == {"a", "b"}
    waiting = tier.ask()
    await settle()
    assert (waiting.done(), tier.figures().queued, tier.free_slots()) == (False, 1, 0)
    held["b"].release("success")
    assert (await waiting).endpoint.spec.name == "b"


async def test_one_who_cannot_use_a_slot_holds_nobody_up() -> None:
    """The first in line wants another upstream than the one that is free; the second gets it."""
    tier = Tier(1, 1)
    held = {lease.endpoint.spec.name: lease for lease in await tier.take(2)}
    picky, other = tier.ask(excluded=frozenset("a")), tier.ask()
    await settle()
    held["a"].release("success")
    await settle()
    assert done(picky, other) == [False, True]
    held["b"].release("success")
    assert (await picky).endpoint.spec.name == "b"


async def test_batch_never_takes_the_last_slots() -> None:
    """A quarter of the slots, at least one, is people's, however much batch work waits and however long."""
    tier = Tier(4, 4)
    batch = [tier.ask(BATCH) for _ in range(20)]
    await settle()
    assert (sum(done(*batch)), tier.free_slots()) == (6, 2)
    tier.later(3600)
    await settle()
    assert (sum(done(*batch)), tier.free_slots()) == (6, 2)
    people = await tier.take(2)
    people[0].release("success")
    await settle()
    assert sum(done(*batch)) == 6
    tier.close()
    await asyncio.gather(*batch, return_exceptions=True)


async def test_batch_waits_for_people_until_it_has_aged() -> None:
    """While people queue a free slot is theirs; after half a minute a batch request has its turn among them."""
    tier = Tier(4)
    held = await tier.take(4)
    batch = tier.ask(BATCH)
    await settle()
    tier.later(1)
    first, second = tier.ask(), tier.ask()
    await settle()
    held[0].release("success")
    await settle()
    assert done(batch, first, second) == [False, True, False]
    tier.later(40)
    late = tier.ask()
    await settle()
    held[1].release("success")
    held[2].release("success")
    await settle()
    assert done(batch, second, late) == [True, True, False]
    late.cancel()


async def test_one_slot_alone_may_be_used_by_batch() -> None:
    """Where there is but one slot there is nothing to keep for people."""
    tier = Tier(1)
    assert await tier.take(1, BATCH)


async def test_past_the_bound_is_refused_with_an_estimate() -> None:
    """The estimate is the queue in front, at the speed at which calls end now."""
    tier = Tier(2)
    await tier.take(2)
    tier.served(4.0)
    waiting = [tier.ask() for _ in range(2 * QUEUED_PER_SLOT)]
    await settle()
    with pytest.raises(Overloaded) as refused:
        await tier.acquire(Terms(), 100)
    assert refused.value.retry_after_s == pytest.approx((2 * QUEUED_PER_SLOT + 1) * 4.0 / 2)
    tier.close()
    await asyncio.gather(*waiting, return_exceptions=True)


async def test_a_person_takes_the_place_of_batch_in_a_full_queue() -> None:
    """The last batch request goes; batch itself displaces nobody."""
    tier = Tier(1)
    await tier.take(1)
    batch = [tier.ask(BATCH) for _ in range(QUEUED_PER_SLOT)]
    await settle()
    with pytest.raises(Overloaded):
        await tier.acquire(BATCH, 100)
    person = tier.ask()
    await settle()
    assert done(person, *batch) == [False] + [False] * (QUEUED_PER_SLOT - 1) + [True]
    assert isinstance(batch[-1].exception(), Overloaded)
    tier.close()
    await asyncio.gather(person, *batch, return_exceptions=True)


async def test_a_hopeless_deadline_is_refused_at_once() -> None:
    """Three wait, two slots, four seconds a call: eight seconds and the call itself; twelve are enough, ten are not."""
    tier = Tier(2)
    await tier.take(2)
    tier.served(4.0)
    waiting = [tier.ask() for _ in range(3)]
    await settle()
    assert tier.expected_wait_s() == pytest.approx(8.0)
    with pytest.raises(Overloaded, match="deadline"):
        await tier.acquire(Terms(deadline=tier.now + 10), 100)
    waiting.append(tier.ask(Terms(deadline=tier.now + 12.1)))
    await settle()
    assert not waiting[-1].done()
    tier.close()
    await asyncio.gather(*waiting, return_exceptions=True)


async def test_who_has_to_start_soon_is_told_in_time() -> None:
    """At once if the estimate says so, else when the time has come; a slot that is free is given even then."""
    tier = Tier(2)
    held = await tier.take(2)
    tier.served(4.0)
    with pytest.raises(Overloaded, match="in time"):
        await tier.acquire(Terms(start_by=tier.now + 1), 100)
    for _ in range(1000):
        tier.served(0.001)
    with pytest.raises(Overloaded, match="in time") as late:
        await tier.acquire(Terms(start_by=tier.now + 0.05), 100)
    assert late.value.__cause__ is not None  # it has waited
    held[0].release("success")
    assert await tier.acquire(Terms(start_by=tier.now - 1), 100)


async def test_what_asking_means() -> None:
    """Until a slot, for how long, how many are free; nothing while no upstream is well."""
    tier = Tier(2)
    tier.served(3.0)
    await tier.take(1)
    assert tier.load("interactive") == Load(wait_s=0.0, writing_s=3.0, free=1)
    await tier.take(1)
    assert tier.load("interactive") == Load(wait_s=1.5, writing_s=3.0, free=0)
    tier.endpoints[0].pause(30)
    assert tier.load("interactive") is None
    assert tier.load("batch") is not None


async def test_estimates_by_priority() -> None:
    """Urgent waits for urgent alone, batch for all, and for the slots that it may use."""
    tier = Tier(4)
    assert tier.expected_wait_s("batch") == 0
    held = await tier.take(3)
    assert (tier.expected_wait_s("interactive"), tier.expected_wait_s("batch") > 0) == (0, True)
    await tier.take(1)
    tier.served(2.0)
    waiting = [tier.ask() for _ in range(3)]
    await settle()
    expected = [tier.expected_wait_s(priority) for priority in ("urgent", "interactive", "batch")]
    assert expected == pytest.approx([0.5, 2.0, 8 / 3])
    for lease in held:
        lease.release("success")
    assert len(await asyncio.gather(*waiting)) == 3


async def test_a_known_pause_is_waited_for_if_it_is_short() -> None:
    """Of people two seconds, of batch a minute; else NoUpstream says when to come again."""
    tier = Tier(2)
    tier.endpoints[0].pause(1.5)
    person = tier.ask()
    await settle()
    assert not person.done()
    tier.later(1.6)
    assert (await person).endpoint.spec.name == "a"
    tier.endpoints[0].pause(30)
    batch = tier.ask(BATCH)
    await settle()
    assert not batch.done()
    with pytest.raises(NoUpstream) as refused:
        await tier.acquire(Terms(), 100)
    assert refused.value.retry_after_s == pytest.approx(30)
    tier.close()
    await asyncio.gather(batch, return_exceptions=True)


async def test_who_waits_is_told_when_every_upstream_has_fallen_ill() -> None:
    """Waiting for a breaker that opened meanwhile would be waiting for nothing."""
    tier = Tier(1)
    (held,) = await tier.take(1)
    waiting = tier.ask()
    await settle()
    tier.endpoints[0].pause(20)
    held.release("failure")
    with pytest.raises(NoUpstream):
        await waiting


async def test_no_slot_is_held_while_a_rate_is_waited_for() -> None:
    """Sixty requests a minute: after the first sixty one more each second, and until then the slots stay free."""
    tier = Tier(100, requests_per_minute=60)
    await tier.take(60)
    waiting = [tier.ask(), tier.ask()]
    await settle()
    assert (done(*waiting), tier.figures().in_flight) == ([False, False], 60)
    assert tier.expected_wait_s() > 0
    tier.later(1.0)
    await settle()
    assert done(*waiting) == [True, False]
    tier.later(1.0)
    await settle()
    assert done(*waiting) == [True, True]


async def test_whoever_leaves_frees_its_place() -> None:
    """In the queue, and in the moment in which its slot was given to it."""
    tier = Tier(1)
    (held,) = await tier.take(1)
    gone, unlucky, last = tier.ask(), tier.ask(), tier.ask()
    await settle()
    gone.cancel()
    await settle()
    assert tier.figures().queued == 2
    held.release("success")  # given to the second, which leaves before it knows
    unlucky.cancel()
    await asyncio.gather(gone, unlucky, return_exceptions=True)
    assert (await last).endpoint.in_flight == 1
    assert tier.figures().queued == 0


async def test_two_hundred_leave_at_random() -> None:
    """Whoever cancels, releases or fails whenever: at the end no slot is held and nobody waits."""
    tier, chance = Tier(3, 2), Random(11)
    terms = [Terms(priority, tenant) for priority in ("urgent", "interactive", "batch") for tenant in "ab"]
    tasks: list[asyncio.Task[Lease]] = []
    for _ in range(600):
        if len(tasks) < 200 and chance.random() < 0.5:
            tasks.append(tier.ask(chance.choice(terms)))
        elif tasks:
            task = chance.choice(tasks)
            if task.done() and not task.cancelled() and task.exception() is None:
                task.result().release(chance.choice(["success", "success", "success", "unknown"]))
            elif chance.random() < 0.5:
                task.cancel()
        if chance.random() < 0.7:
            await asyncio.sleep(0)
        assert all(0 <= one.in_flight <= one.spec.max_concurrency for one in tier.endpoints)
    for task in tasks:
        task.cancel()
    for found in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(found, Lease):
            found.release("success")
    assert tier.figures().in_flight == tier.figures().queued == tier._batch == 0
    assert len(await tier.take(5)) == 5


async def test_a_tenant_with_many_requests_does_not_keep_out_another() -> None:
    """Of ten slots that become free the one with forty waiting gets five, the one with six five."""
    tier = Tier(4)
    held = await tier.take(4)
    many = [tier.ask(Terms(tenant="greedy")) for _ in range(40)]
    few = [tier.ask(Terms(tenant="modest")) for _ in range(6)]
    await settle()
    for _ in range(10):
        held.pop(0).release("success")
        await settle()
        held += [
            task.result() for task in many + few if task.done() and task.result() not in held and task.result().held
        ]
    assert (sum(done(*many)), sum(done(*few))) == (5, 5)
    tier.close()
    await asyncio.gather(*many, *few, return_exceptions=True)


async def test_the_budget_closes_what_is_not_affordable() -> None:
    """The reason is in the error; nothing is known of when it ends."""
    tier = Admission("fast", Tier(1).endpoints, clock=lambda: 0.0, chance=Random(1), affordable=lambda _: False)
    with pytest.raises(NoUpstream, match="budget") as refused:
        await tier.acquire(Terms(), 100)
    assert refused.value.retry_after_s is None
    assert (tier.expected_wait_s(), tier.free_slots()) == (math.inf, 0)


async def test_the_better_of_two_is_asked() -> None:
    """The faster one, the heavier one, the one with less in flight, the one that fails less; unknown ones are tried."""
    tier, chance = Tier(8, 8), Random(3)
    a, b = tier.endpoints

    def chosen() -> str:
        return power_of_two([a, b], chance, tier.now).spec.name

    assert {chosen() for _ in range(40)} == {"a", "b"}
    a.figures.saw_first(tier.now, 2.0)
    b.figures.saw_first(tier.now, 0.5)
    assert {chosen() for _ in range(20)} == {"b"}
    for _ in range(4):
        b.start(0, lambda: None)
    assert {chosen() for _ in range(20)} == {"a"}
    heavy = Tier(8, 8, weight=9.0)
    names = [lease.endpoint.spec.name for lease in await heavy.take(10)]
    assert names.count("b") >= 8
    failing = Tier(8, 8)
    failing.endpoints[0].start(0, lambda: None).release("failure")
    assert {power_of_two(failing.endpoints, chance, failing.now).spec.name for _ in range(20)} == {"b"}


async def test_load_spreads_as_two_choices_promise() -> None:
    """Four hundred calls over eight upstreams: fifty each, give or take the few that Mitzenmacher's bound allows."""
    tier = Tier(*[100] * 8)
    await tier.take(400)
    assert max(one.in_flight for one in tier.endpoints) <= 50 + 4


async def test_an_upstream_under_probation_is_probed_by_one_call() -> None:
    """When its time is over it is asked first, and by nobody else until that call has ended."""
    tier = Tier(4, 4)
    a = tier.endpoints[0]
    for _ in range(3):
        a.start(0, lambda: None).release("failure")
    assert [lease.endpoint.spec.name for lease in await tier.take(2)] == ["b", "b"]
    tier.later(3.0)
    probe, other = await tier.take(2)
    assert (probe.endpoint.spec.name, other.endpoint.spec.name) == ("a", "b")
    probe.release("success")
    (again,) = await tier.take(1)
    assert again.endpoint.spec.name == "a"
    again.release("success")
    assert a.health(tier.now)["breaker"] == "closed"
