from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache_service.models.live_figures import DecayedMean, LiveFigures, Patience, RecentQuantile

_OBSERVED = st.lists(st.tuples(st.floats(0, 60), st.floats(0.01, 100)), min_size=1, max_size=50)


@given(_OBSERVED)
def test_a_mean_lies_among_what_was_observed(observed: list[tuple[float, float]]) -> None:
    """From the first observation on; while nothing comes its hopeful form only falls."""
    mean, now = DecayedMean(30.0), 0.0
    assert mean.mean is None
    for pause_s, value in observed:
        now += pause_s
        mean.add(now, value)
    values = [value for _, value in observed]
    assert mean.mean is not None
    assert min(values) - 1e-9 <= mean.mean <= max(values) + 1e-9
    hopeful = [mean.hopeful(now + later) or 0.0 for later in (0, 10, 100)]
    assert hopeful == sorted(hopeful, reverse=True)
    assert hopeful[0] == pytest.approx(mean.mean)


def test_what_is_recent_counts_more() -> None:
    """A minute after all became slower, the mean over half a minute is nearer to the new value."""
    mean = DecayedMean(30.0)
    for second in range(60):
        mean.add(float(second), 1.0)
    for second in range(60, 120):
        mean.add(float(second), 3.0)
    assert mean.mean is not None
    assert 2.6 < mean.mean < 3.0


@given(st.lists(st.floats(0, 10), max_size=100))
def test_a_quantile_is_of_the_last_and_known_only_from_enough(observed: list[float]) -> None:
    """At least the wanted share of those remembered do not exceed it, and it is one of them."""
    recent = RecentQuantile(remembered=40, enough=10)
    for one in observed:
        recent.add(one)
    found, last = recent.at(0.95), observed[-40:]
    if len(last) < 10:
        assert found is None
    else:
        assert found in last
        assert sum(one <= found for one in last) >= 0.95 * len(last)


def test_bounds_are_of_what_is_usual_there() -> None:
    """Nothing known: the timeout. The tier known: a large multiple. Known: a smaller one, but never impatient."""
    tier = RecentQuantile()
    figures, other = LiveFigures(Patience(), tier), LiveFigures(Patience(), tier)
    assert (figures.first_bound_s(60.0), figures.stall_bound_s(), figures.is_slow(50.0)) == (60.0, 3.0, False)
    for _ in range(20):
        figures.saw_first(0.0, 0.5)
        figures.saw_gap(0.0, 0.02)
    assert figures.first_bound_s(60.0) == pytest.approx(2.0)
    assert figures.first_bound_s(1.5) == 1.5
    assert other.first_bound_s(60.0) == pytest.approx(5.0)
    assert figures.stall_bound_s() == 0.8
    assert (figures.is_slow(1.9), figures.is_slow(2.1)) == (False, True)
    for _ in range(20):
        figures.saw_gap(0.0, 0.3)
    assert figures.stall_bound_s() == pytest.approx(1.6)


def test_bounds_grow_where_all_has_become_slower() -> None:
    """First texts that were given up count with the time they were waited for, so that patience catches up."""
    figures, tries = LiveFigures(Patience(), RecentQuantile()), 0
    for _ in range(20):
        figures.saw_first(0.0, 0.3)
    while (bound := figures.first_bound_s(60.0)) < 10.0:
        figures.saw_first(0.0, bound)
        tries += 1
    assert tries <= 15


def test_the_expected_time_of_a_section() -> None:
    """First token and the rest at the measured speed; unknown before the first call."""
    figures = LiveFigures(Patience(), RecentQuantile())
    assert figures.expected_s(0.0) is None
    figures.saw_first(0.0, 0.25)
    figures.saw_end(1.0, tokens=160, seconds=1.0)
    assert figures.expected_s(0.0) == pytest.approx(0.25 + 180 / 160)
