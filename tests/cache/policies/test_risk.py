"""Bounds and tests of thresholds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cache_service.cache.policies.risk import binomial_tail, least_served, select, upper_bound


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.001, 0.999))
def test_the_tail_is_the_sum_of_its_terms(wrong: int, served: int, share: float) -> None:
    """As the definition says, term by term."""
    exact = sum(math.comb(served, k) * share**k * (1 - share) ** (served - k) for k in range(min(wrong, served) + 1))
    assert binomial_tail(wrong, served, share) == pytest.approx(min(1.0, exact), abs=1e-9)


def test_known_values() -> None:
    """The rule of three, and an interval out of the tables (5 of 100: 10.225 % one-sided at 95 %)."""
    assert least_served(0.01, 0.05) == 299
    assert least_served(0.001, 0.05) == 2995
    assert upper_bound(0, 299, 0.05) <= 0.01 < upper_bound(0, 298, 0.05)
    assert upper_bound(5, 100, 0.05) == pytest.approx(0.10225, abs=1e-4)
    assert upper_bound(3, 3, 0.05) == 1.0
    assert upper_bound(0, 0, 0.05) == 1.0
    assert binomial_tail(40_000, 100_000, 0.4) == pytest.approx(0.5, abs=0.01)


@given(st.integers(0, 30), st.integers(31, 3000), st.floats(0.01, 0.2))
def test_test_and_bound_agree(wrong: int, served: int, delta: float) -> None:
    """The bound is where the test stops rejecting."""
    bound = upper_bound(wrong, served, delta)
    assert binomial_tail(wrong, served, min(1.0, bound * 1.001)) <= delta * 1.0001
    assert binomial_tail(wrong, served, bound * 0.99) >= delta * 0.9999


def test_the_walk_ends_at_the_first_threshold_that_is_not_proved() -> None:
    """A looser threshold that would pass again is not reached: that would be picking luck."""
    scores = [0.9] * 300 + [0.8] * 100 + [0.7] * 100_000
    wrong = [False] * 300 + [True] * 50 + [False] * 50 + [False] * 100_000
    passed = select([0.9, 0.8, 0.7], scores, wrong, start=0, max_error=0.01, delta=0.05)
    assert [(one.threshold, one.served, one.wrong) for one in passed] == [(0.9, 300, 0)]
    assert passed[0].error_bound <= 0.01


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.sampled_from([0.005, 0.02, 0.05]))
def test_a_stricter_bound_passes_no_more(seed: int, max_error: float) -> None:
    """Same grid, same start: what is proved under a bound is proved under a looser one."""
    rng = np.random.default_rng(seed)
    scores = rng.random(3000)
    wrong = rng.random(3000) < 0.1 * (1 - scores) ** 2
    grid = list(np.linspace(0.95, 0.0, 40))
    strict, loose = (
        select(grid, list(scores), list(wrong), start=5, max_error=bound, delta=0.05)
        for bound in (max_error, max_error * 2)
    )
    assert [one.threshold for one in strict] == [one.threshold for one in loose][: len(strict)]


@pytest.mark.parametrize("max_error", [0.01, 0.05])
def test_the_bound_holds_in_simulation(max_error: float) -> None:
    """Over 400 draws from a population whose error at each threshold is known, the share of draws that choose a
    threshold whose true error is over the bound is within delta, give or take three standard errors."""
    rng = np.random.default_rng(7)
    delta, runs = 0.05, 400
    grid = list(np.linspace(0.99, 0.0, 60))
    broken = chosen = 0
    for _ in range(runs):
        scores = rng.random(4000)
        wrong = rng.random(4000) < 0.3 * (1 - scores) ** 2
        passed = select(grid, list(scores), list(wrong), start=10, max_error=max_error, delta=delta)
        if passed:
            chosen += 1
            # E[0.3 (1 - s)^2 | s >= t] for s uniform.
            broken += 0.1 * (1 - passed[-1].threshold) ** 2 > max_error
    assert chosen > runs // 2
    assert broken / runs <= delta + 3 * math.sqrt(delta * (1 - delta) / runs)
