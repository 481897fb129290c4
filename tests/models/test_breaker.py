from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cache_service.models.breaker import LONGEST_OPEN_S, OPEN_S, PROBES, CircuitBreaker


def _breaker() -> CircuitBreaker:
    return CircuitBreaker(lambda: 0.5)


def _fail(breaker: CircuitBreaker, now: float, times: int = 3) -> None:
    for _ in range(times):
        breaker.ended(now, failed=True, slow=False, probe=breaker.began(now))


def test_it_opens_after_failures_and_closes_after_first_tokens() -> None:
    """Open it lets nothing through; half-open two probes and no more; their first tokens close it."""
    breaker = _breaker()
    _fail(breaker, 0.0)
    assert (breaker.state(0.0), breaker.allows(0.0), breaker.wait_s(0.0)) == ("open", False, OPEN_S)
    assert breaker.state(OPEN_S) == "half_open"
    assert [breaker.allows(OPEN_S) and breaker.began(OPEN_S) for _ in range(PROBES + 1)] == [True, True, False]
    assert breaker.wait_s(OPEN_S) == float("inf")
    for _ in range(PROBES):
        breaker.answers(OPEN_S)
    assert (breaker.state(OPEN_S), breaker.allows(OPEN_S)) == ("closed", True)


def test_a_failed_probe_opens_it_for_longer_each_time() -> None:
    """Twice as long each time, up to a bound."""
    breaker, now, waits = _breaker(), 0.0, []
    _fail(breaker, now)
    for _ in range(12):
        waits.append(breaker.wait_s(now))
        now += waits[-1]
        breaker.ended(now, failed=True, slow=False, probe=breaker.began(now))
    assert waits[:4] == [OPEN_S, 2 * OPEN_S, 4 * OPEN_S, 8 * OPEN_S]
    assert waits[-1] == LONGEST_OPEN_S


def test_half_failing_or_slow_opens_it_and_a_few_do_not() -> None:
    """Shares are of the last calls; one in five is no reason."""
    for failed, slow in ((True, False), (False, True)):
        breaker = _breaker()
        for number in range(10):
            bad = number % 2 == 0
            breaker.ended(0.0, failed=failed and bad, slow=slow and bad, probe=breaker.began(0.0))
        assert breaker.state(0.0) == "open"
    breaker = _breaker()
    for number in range(100):
        breaker.ended(0.0, failed=number % 5 == 0, slow=False, probe=breaker.began(0.0))
    assert breaker.state(0.0) == "closed"


def test_a_probe_that_is_given_up_says_nothing_and_frees_its_place() -> None:
    """Whoever hangs up neither closes nor opens it."""
    breaker = _breaker()
    _fail(breaker, 0.0)
    for _ in range(5):
        probe = breaker.began(OPEN_S)
        breaker.abandoned(probe=probe)
    assert (breaker.state(OPEN_S), breaker.allows(OPEN_S)) == ("half_open", True)


@given(st.lists(st.tuples(st.sampled_from(["ok", "fail", "slow", "give up"]), st.floats(0, 5)), max_size=200))
def test_it_always_comes_back(steps: list[tuple[str, float]]) -> None:
    """Whatever happened, a while later calls are let through again, and an allowed call never finds it open."""
    breaker, now = _breaker(), 0.0
    for what, pause in steps:
        now += pause
        if not breaker.allows(now):
            assert breaker.wait_s(now) > 0
            continue
        probe = breaker.began(now)
        if what == "give up":
            breaker.abandoned(probe=probe)
        else:
            breaker.ended(now, failed=what == "fail", slow=what == "slow", probe=probe)
    assert breaker.allows(now + 2 * LONGEST_OPEN_S)
