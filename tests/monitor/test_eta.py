from __future__ import annotations

import math
import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cache_service.monitor.eta import Estimate, EtaModel, Features, Observed, Running, remaining
from cache_service.monitor.eta.model import EVERY, KEPT

FEATURES = st.builds(
    Features,
    kind=st.sampled_from(["company", "requirements", "unheard of"]),
    tier=st.sampled_from(["fast", "quality"]),
    language=st.sampled_from(["ko", "en"]),
    chars=st.integers(0, 100_000),
    patched=st.booleans(),
    wait_s=st.floats(0, 1e6),
    writing_s=st.floats(0, 1e6),
    free=st.integers(-1_000, 1_000),
)


def _estimates(longest_s: float, widest: float) -> st.SearchStrategy[Estimate]:
    return st.builds(
        lambda p50_s, ratio: Estimate(p50_s, p50_s * ratio), st.floats(0.01, longest_s), st.floats(1, widest)
    )


RUNNING = st.builds(Running, _estimates(3600, 50), st.floats(0, 7200))


def _written(chance: random.Random, slower: float = 1.0) -> Observed:
    """A section of a model that is quicker than its live figure says, and slower with more facts."""
    tier, usual_s, chars_a_second = chance.choice([("fast", 1.5, 300.0), ("quality", 4.5, 100.0)])
    chars, free = chance.randrange(600), chance.randrange(-3, 8)
    features = Features("requirements", tier, "ko", chars, False, 0.0, usual_s, free)
    return Observed(features, (usual_s / 5 + chars / chars_a_second) * chance.lognormvariate(0.0, 0.2) * slower)


def _taught(model: EtaModel, written: Iterator[Observed]) -> list[tuple[Estimate, float]]:
    """What the model said of each section just before it learnt how long that took."""
    told = []
    for one in written:
        told.append((model.section(one.features), one.seconds))
        model.observe(one)
        model.settle()
    return told


@pytest.fixture(scope="module")
def taught() -> EtaModel:
    chance, model = random.Random(3), EtaModel()
    _taught(model, (_written(chance) for _ in range(4 * EVERY)))
    return model


def test_the_first_sections_take_what_the_tier_usually_takes() -> None:
    """Nothing was seen yet: waiting and writing as the live figures say, and a spread around it."""
    estimate = EtaModel().section(Features("company", "fast", "ko", 40, False, 0.5, 1.5, 0))
    assert (estimate.p50_s, estimate.p90_s) == (pytest.approx(2.0), pytest.approx(3.2))


@given(FEATURES)
def test_an_estimate_is_a_time(taught: EtaModel, features: Features) -> None:
    """Whatever the features, also such as no fit ever saw: finite, above 0, p50 no longer than p90."""
    for model in (EtaModel(), taught):
        estimate = model.section(features)
        assert 0 < estimate.p50_s <= estimate.p90_s < math.inf


@given(st.lists(RUNNING, max_size=6))
def test_what_is_left_is_a_time_and_no_shorter_than_of_any_section(running: list[Running]) -> None:
    """Never negative or NaN, however late; the last of several sections ends no sooner than each of them alone."""
    left = remaining(running)
    assert 0 <= left.p50_s <= left.p90_s < math.inf
    for one in running:
        alone = remaining([one])
        assert left.p50_s >= alone.p50_s * 0.99 - 1e-3
        assert left.p90_s >= alone.p90_s * 0.99 - 1e-3


@settings(max_examples=10)
@given(st.lists(_estimates(20, 5), min_size=1, max_size=5))
def test_the_longest_of_several_is_as_drawn(estimates: list[Estimate]) -> None:
    """Half and nine tenths of the maxima of drawn log-normal times are below what is told."""
    chance, left = random.Random(1), remaining([Running(one) for one in estimates])
    drawn = [
        max(
            chance.lognormvariate(math.log(one.p50_s), max(0.02, math.log(one.p90_s / one.p50_s) / 1.2816))
            for one in estimates
        )
        for _ in range(1_000)
    ]
    assert sum(one <= left.p50_s for one in drawn) / len(drawn) == pytest.approx(0.5, abs=0.08)
    assert sum(one <= left.p90_s for one in drawn) / len(drawn) == pytest.approx(0.9, abs=0.05)


def test_a_section_that_runs_has_less_left_until_it_is_late() -> None:
    """At half of its time less is left than at its start; what is late is not due at once."""
    estimate = Estimate(4.0, 6.0)
    assert remaining([Running(estimate, 2.0)]).p50_s < 2.3
    assert 0 < remaining([Running(estimate, 6.0)]).p50_s < 2.0
    assert remaining([]) == Estimate(0.0, 0.0)


def test_coverage_comes_back_after_models_have_become_slower() -> None:
    """All take 2.5 times as long from one moment on: soon half and nine tenths keep within p50 and p90 again."""
    chance, model = random.Random(7), EtaModel()
    _taught(model, (_written(chance) for _ in range(400)))
    _taught(model, (_written(chance, slower=2.5) for _ in range(200)))
    told = _taught(model, (_written(chance, slower=2.5) for _ in range(400)))
    assert sum(seconds <= one.p50_s for one, seconds in told) / len(told) == pytest.approx(0.5, abs=0.07)
    assert sum(seconds <= one.p90_s for one, seconds in told) / len(told) == pytest.approx(0.9, abs=0.05)


def test_learning_beats_the_live_figures() -> None:
    """The tiers are quicker than their figures and facts take time: after some fits the median error is the noise's."""
    chance, model = random.Random(11), EtaModel()
    told = _taught(model, (_written(chance) for _ in range(500)))
    errors = sorted(abs(one.p50_s - seconds) / seconds for one, seconds in told[300:])
    assert errors[len(errors) // 2] < 0.22
    plain = sorted(abs(1.0 - math.exp(-_written(chance).log_ratio)) for _ in range(200))
    assert plain[len(plain) // 2] > 0.3


def test_memory_is_bounded_and_what_is_no_time_teaches_nothing() -> None:
    """Only the last sections are kept; NaN, infinity and negative times change no estimate."""
    chance, model = random.Random(5), EtaModel()
    features = _written(chance).features
    before = model.section(features)
    for seconds in (math.nan, math.inf, -1.0):
        for _ in range(20):
            model.observe(Observed(features, seconds))
    assert model.section(features) == before
    for _ in range(KEPT + 500):
        model.observe(_written(chance))
    model.settle()
    assert len(model._observed) == KEPT
    assert all(len(one.correction._sorted) <= KEPT for one in (model._fitted.p50, model._fitted.p90))
