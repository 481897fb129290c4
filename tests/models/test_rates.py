from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache_service.models.rates import DailyBudget, HedgeBudget, TokenBucket


@given(
    st.floats(1, 10_000),
    st.lists(st.tuples(st.floats(0, 20), st.floats(0, 3_000)), min_size=1, max_size=30),
)
def test_no_minute_holds_more_than_the_rate(per_minute: float, wanted: list[tuple[float, float]]) -> None:
    """Who waits as long as the bucket says takes, over any time, at most a full bucket and what flowed in meanwhile."""
    bucket, now = TokenBucket(per_minute, 0.0), 0.0
    taken: list[tuple[float, float]] = []
    for pause_s, amount in wanted:
        now += pause_s
        now += bucket.wait_s(now, amount)
        assert bucket.wait_s(now, amount) == 0
        bucket.take(now, amount)
        taken.append((now, min(amount, per_minute)))
    for start, (since, _) in enumerate(taken):
        total = 0.0
        for at, amount in taken[start:]:
            total += amount
            assert total <= (per_minute + (at - since) * per_minute / 60) * (1 + 1e-9) + 1e-3


def test_what_was_not_used_comes_back() -> None:
    """A call reckoned with 800 tokens that took 200 leaves room for 600 more; never for more than fits."""
    bucket = TokenBucket(1000, 0.0)
    bucket.take(0.0, 800)
    assert bucket.wait_s(0.0, 500) == pytest.approx(18)
    bucket.give_back(0.0, 600)
    assert bucket.wait_s(0.0, 800) == 0
    bucket.give_back(0.0, 5000)
    bucket.take(0.0, 1000)
    assert bucket.wait_s(0.0, 1) == pytest.approx(0.06)


@given(st.lists(st.booleans(), max_size=2000))
def test_hedges_are_at_most_a_share_of_the_calls(late: list[bool]) -> None:
    """However many first tokens are late, no more than five and one in twenty calls have been sent twice."""
    budget, hedged = HedgeBudget(0.05), 0
    for number, one in enumerate(late, 1):
        budget.earn()
        if one and budget.affordable:
            budget.spend()
            hedged += 1
        assert hedged <= 5 + 0.05 * number + 1e-9


def test_a_day_s_budget() -> None:
    """Dear upstreams go first, then all that cost anything; the next day all are back; without a limit none go."""
    budget = DailyBudget(10.0)
    noon = 86_400 * 20_000 + 43_200.0
    budget.charge(noon, 7.9)
    assert budget.allows(noon, 20.0, cheapest=1.0)
    budget.charge(noon, 0.2)
    assert not budget.allows(noon, 20.0, cheapest=1.0)
    assert budget.allows(noon, 1.0, cheapest=1.0)
    budget.charge(noon + 1, 1.9)
    assert not budget.allows(noon, 1.0, cheapest=1.0)
    assert budget.allows(noon, 0.0, cheapest=0.0)
    assert budget.spent(noon) == pytest.approx(10.0)
    assert budget.spent(noon + 43_200) == 0
    assert budget.allows(noon + 43_200, 20.0, cheapest=1.0)
    assert DailyBudget(None).allows(noon, 20.0, cheapest=1.0)
