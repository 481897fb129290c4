from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from cache_service.monitor.eta import Estimate, EtaModel
from cache_service.posting.needs import brief_of
from cache_service.posting.plan import Write
from cache_service.posting.request import PostingRequest
from cache_service.router import Load, ModelTier, Route, Routed
from cache_service.streaming.expected import Expected
from tests.posting.test_request import FULL

LOADS: dict[ModelTier, Load] = {"fast": Load(0.0, 1.0, 1), "quality": Load(1.0, 4.0, 8)}


@dataclass
class _Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def _expected(**routes: Route) -> tuple[Expected, _Clock]:
    clock = _Clock()
    expected = Expected(EtaModel(), clock)
    _plan(expected, **routes)
    return expected, clock


def _plan(expected: Expected, **routes: Route) -> None:
    brief = brief_of(PostingRequest.model_validate(FULL), tenant="t", writer="w", embedding="e")
    needs: dict[str, Any] = {need.kind: need for need in brief.needs}
    expected.begin()
    for kind, route in routes.items():
        expected.write(Write(needs[kind], "no_entry"), Routed(route, 0.1, ""), "ko", LOADS)


def test_a_section_that_two_models_write_takes_as_long_as_the_slower() -> None:
    """Rules take no time; both texts of a hybrid section are waited for."""
    expected, _ = _expected(company="composed", requirements="fast", responsibilities="hybrid")
    assert expected.section("company") == Estimate(0.0, 0.0)
    assert expected.section("requirements").p50_s == pytest.approx(1.0)
    assert expected.section("responsibilities").p50_s == pytest.approx(5.0, rel=0.01)
    assert set(expected.features("responsibilities")) == {"fast", "quality"}


def test_sections_of_one_posting_know_that_they_share_slots() -> None:
    """The second section of a tier finds one slot less."""
    expected, _ = _expected(company="fast", requirements="fast", responsibilities="hybrid")
    free = [expected.features(kind)["fast"].free for kind in ("company", "requirements", "responsibilities")]
    assert free == [1, 0, -1]


def test_the_time_left_never_rises_while_the_plan_stands() -> None:
    """It falls at least as fast as time passes, also when everything is late; it is 0 when everything is there."""
    expected, clock = _expected(requirements="fast", responsibilities="quality")
    before = expected.posting()
    for _ in range(40):
        clock.now += 0.5
        left = expected.posting()
        assert 0 <= left.p50_s <= max(0.0, before.p50_s - 0.5) + 1e-9
        assert left.p50_s <= left.p90_s <= max(0.0, before.p90_s - 0.5) + 1e-9
        before = left
    assert expected.waiting
    for kind in ("requirements", "responsibilities"):
        expected.done(kind)
    assert (expected.posting(), expected.waiting) == (Estimate(0.0, 0.0), False)


def test_another_plan_may_take_longer() -> None:
    """What was shown for the first plan does not bind the last."""
    expected, clock = _expected(requirements="fast")
    first = expected.posting()
    clock.now += 0.1
    _plan(expected, requirements="fast", responsibilities="quality")
    assert expected.posting().p50_s > first.p50_s
