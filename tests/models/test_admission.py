from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from cache_service.models.admission import AGEING_S, MOST_WAITING, Line, Terms, reserve
from cache_service.models.bucket import Bucket


async def _order(asked: list[tuple[str, str, float]], now: float) -> list[int]:
    """In which order those who joined (priority, tenant, when) are served, one by one."""
    line: Line[int] = Line()
    loop = asyncio.get_running_loop()
    tickets = [line.join(Terms(priority, tenant), at, loop.create_future()) for priority, tenant, at in asked]
    served: list[int] = []
    while len(line):
        slots = iter([1])
        line.serve(now, lambda _terms, slots=slots: next(slots, None))  # type: ignore[misc]
        served += [n for n, one in enumerate(tickets) if one.slot.done() and n not in served]
    return served


async def test_urgent_before_interactive_before_batch() -> None:
    """Whoever came first, the more urgent class is served first."""
    asked = [("batch", "a", 0.0), ("interactive", "a", 0.1), ("urgent", "a", 0.2)]
    assert await _order(asked, 0.3) == [2, 1, 0]


async def test_nobody_starves() -> None:
    """Batch work that has waited long enough goes before fresh interactive work."""
    asked = [("batch", "a", 0.0), ("interactive", "a", 2 * AGEING_S)]
    assert await _order(asked, 2 * AGEING_S) == [0, 1]


async def test_tenants_take_turns() -> None:
    """A tenant's fifty requests do not stand before another's two."""
    asked = [("interactive", "greedy", 0.0)] * 50 + [("interactive", "modest", 0.1)] * 2
    order = await _order(asked, 0.2)
    assert {order.index(50), order.index(51)} <= set(range(4))


@given(st.lists(st.tuples(st.sampled_from(["urgent", "interactive", "batch"]), st.sampled_from("abc")), max_size=40))
async def test_everyone_is_served_once(asked: list[tuple[str, str]]) -> None:
    """Nobody is forgotten or served twice, and classes come in order among those of equal age."""
    order = await _order([(priority, tenant, 0.0) for priority, tenant in asked], 1.0)
    assert sorted(order) == list(range(len(asked)))
    ranks = [["urgent", "interactive", "batch"].index(asked[number][0]) for number in order]
    assert ranks == sorted(ranks)


async def test_the_line_is_bounded() -> None:
    """Past the bound nobody else may wait."""
    line: Line[int] = Line()
    loop = asyncio.get_running_loop()
    for _ in range(MOST_WAITING):
        assert not line.full
        line.join(Terms(), 0.0, loop.create_future())
    assert line.full


@given(st.integers(0, 1000))
def test_batch_leaves_a_reserve_and_never_all(slots: int) -> None:
    """With one slot batch work may use it; with more a part is left to people."""
    assert 0 <= reserve(slots) < max(1, slots)
    assert reserve(slots) > 0 or slots < 2


@given(
    per_minute=st.integers(1, 10_000),
    steps=st.lists(st.tuples(st.floats(0, 30), st.integers(1, 3000)), max_size=50),
)
def test_a_bucket_keeps_its_rate(per_minute: int, steps: list[tuple[float, int]]) -> None:
    """Taking only when no wait is due, no more than the size plus the refill is taken in any time."""
    bucket, now, taken = Bucket(per_minute, 0.0), 0.0, 0.0
    for pause, amount in steps:
        now += pause
        if bucket.wait_s(now, amount) <= 0:
            bucket.take(now, amount)
            taken += min(amount, bucket.size)
        assert taken <= per_minute + now * per_minute / 60 + 1e-6
    wait = bucket.wait_s(now, per_minute)
    assert bucket.wait_s(now + wait + 1e-6, per_minute) < 1e-3
