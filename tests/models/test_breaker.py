from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cache_service.models.breaker import BreakerLimits, CircuitBreaker, Outcome

LIMITS = BreakerLimits()
OUTCOMES: list[Outcome] = ["success", "slow", "failure", "unknown"]


def opened(chance: float = 1.0, limits: BreakerLimits = LIMITS) -> CircuitBreaker:
    breaker = CircuitBreaker(lambda: chance, limits)
    for _ in range(limits.least):
        breaker.end(0.0, breaker.start(0.0), "failure")
    return breaker


@given(st.lists(st.tuples(st.sampled_from(OUTCOMES), st.floats(0, 30)), max_size=60))
def test_it_opens_when_and_only_when_the_window_says_so(calls: list[tuple[Outcome, float]]) -> None:
    """Failures or slow calls open it by their share of the recent calls, never fewer than three of them."""
    breaker, window, now = CircuitBreaker(lambda: 0.5, LIMITS), [], 0.0
    for outcome, pause_s in calls:
        now += pause_s
        breaker.end(now, breaker.start(now), outcome)
        if outcome != "unknown":
            window.append((now, outcome))
        recent = [one for at, one in window[-LIMITS.window :] if now - at <= LIMITS.window_s]
        failed, slow = recent.count("failure"), recent.count("slow")
        bad = (failed >= 3 and failed >= 0.4 * len(recent)) or (slow >= 3 and slow >= 0.8 * len(recent))
        opens = bad and outcome != "unknown"
        assert (breaker.state(now) == "open") == opens
        if opens:
            return


@given(st.floats(0, 1, exclude_max=True), st.integers(1, 12))
def test_it_stays_open_longer_each_time_within_bounds(chance: float, failed_probes: int) -> None:
    """Each failed probe doubles the time, up to a minute, of which chance takes away up to a half."""
    breaker, now = opened(chance), 0.0
    for number in range(failed_probes):
        longest = min(LIMITS.longest_open_s, LIMITS.open_s * 2**number)
        assert longest / 2 <= breaker.wait_s(now) <= longest
        now += breaker.wait_s(now)
        assert breaker.state(now) == "half_open"
        breaker.end(now, breaker.start(now), "failure")
        assert breaker.state(now) == "open"


def test_one_probe_at_a_time_and_two_good_ones_close_it() -> None:
    """While a probe is on its way nobody else may ask; a slow probe is as bad as a failed one."""
    breaker = opened()
    now = breaker.wait_s(0.0)
    first = breaker.start(now)
    assert breaker.wait_s(now) > 0
    breaker.end(now, first, "success")
    assert (breaker.state(now), breaker.wait_s(now)) == ("half_open", 0.0)
    breaker.end(now, breaker.start(now), "success")
    assert breaker.state(now) == "closed"
    slow = opened()
    slow.end(now, slow.start(now), "slow")
    assert slow.state(now) == "open"


def test_a_probe_that_was_given_up_is_repeated() -> None:
    """Nothing is known from it, but its place is free again."""
    breaker = opened()
    now = breaker.wait_s(0.0)
    breaker.end(now, breaker.start(now), "unknown")
    assert (breaker.state(now), breaker.wait_s(now)) == ("half_open", 0.0)


def test_calls_from_before_a_change_say_nothing_after_it() -> None:
    """A call that began while it was closed ends while it is half open: it was no probe."""
    breaker = CircuitBreaker(lambda: 1.0, LIMITS)
    early = breaker.start(0.0)
    for _ in range(3):
        breaker.end(0.0, breaker.start(0.0), "failure")
    now = breaker.wait_s(0.0)
    breaker.end(now, early, "success")
    probe = breaker.start(now)
    breaker.end(now, early, "failure")
    assert breaker.state(now) == "half_open"
    breaker.end(now, probe, "success")
    assert breaker.state(now) == "half_open"


def test_a_long_good_time_is_forgiven() -> None:
    """After a minute closed, the next opening is as short as the first; soon after, it is longer."""
    for good_s, expected in ((1.0, 2 * LIMITS.open_s), (120.0, LIMITS.open_s)):
        breaker = opened()
        now = breaker.wait_s(0.0)
        for _ in range(2):
            breaker.end(now, breaker.start(now), "success")
        now += good_s
        for _ in range(3):
            breaker.end(now, breaker.start(now), "failure")
        assert breaker.wait_s(now) == expected
