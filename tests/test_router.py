from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache_service.posting.needs import SectionNeed, brief_of
from cache_service.posting.plan import Nearest
from cache_service.posting.request import PostingRequest
from cache_service.router import Load, ModelTier, Outcomes, Priority, chance_taken, complexity, patience_s, route

FAST, QUALITY = Load(0.0, 1.4, 8), Load(0.0, 4.4, 8)
NEAR = Nearest("ent_1", 0.95, ())


def _need(kind: str = "responsibilities", **fields: Any) -> SectionNeed:
    requirements = {"title": "간호사", "responsibilities": ["환자 간호"], **fields}
    request = PostingRequest.model_validate({"company": {"name": "한빛병원"}, "requirements": requirements})
    brief = brief_of(request, tenant="t", writer="w", embedding="e")
    return next(need for need in brief.needs if need.kind == kind)


def _hard() -> SectionNeed:
    return _need(responsibilities=["가" * 100] * 16, notes="천천히 자세히 써 주세요", seniority="senior")


def test_a_plain_section_is_left_to_the_light_model() -> None:
    """Few facts like many before are not worth three more seconds."""
    routed = route(_need(), NEAR, loads={"fast": FAST, "quality": QUALITY}, outcomes=Outcomes(), priority="interactive")
    assert (routed.route, routed.tier) == ("fast", "fast")
    assert "fast" in routed.why


def test_a_complex_section_gets_both_models_while_there_is_room() -> None:
    """Much free text, notes and nothing like it in the cache: the light text at once, the better one in its place."""
    loads: dict[ModelTier, Load] = {"fast": FAST, "quality": QUALITY}
    routed = route(_hard(), None, loads=loads, outcomes=Outcomes(), priority="interactive")
    assert (routed.route, routed.tier) == ("hybrid", "fast")
    busy: dict[ModelTier, Load] = {"fast": FAST, "quality": Load(0.5, 4.4, 0)}
    assert route(_hard(), None, loads=busy, outcomes=Outcomes(), priority="interactive").route != "hybrid"


@pytest.mark.parametrize(("priority", "expected"), [("batch", "quality"), ("urgent", "fast")])
def test_waiting_counts_as_the_request_says(priority: Priority, expected: str) -> None:
    """Batch work has time for the large model, urgent work has none."""
    loads: dict[ModelTier, Load] = {"fast": FAST, "quality": QUALITY}
    assert route(_hard(), None, loads=loads, outcomes=Outcomes(), priority=priority).route == expected


def test_rules_write_only_when_every_queue_is_longer_than_patience() -> None:
    """A slow model is waited for; a long line is not, unless it is batch work."""
    slow = Load(0.0, 20.0, 1)
    assert route(_need(), NEAR, loads={"quality": slow}, outcomes=Outcomes(), priority="urgent").route == "quality"
    queued: dict[ModelTier, Load] = {"fast": Load(9.0, 1.4, 0), "quality": Load(9.0, 4.4, 0)}
    routed = route(_need(), NEAR, loads=queued, outcomes=Outcomes(), priority="interactive")
    assert (routed.route, "9.0 s" in routed.why) == ("composed", True)
    assert route(_need(), NEAR, loads=queued, outcomes=Outcomes(), priority="batch").route != "composed"
    assert route(_need(), NEAR, loads={}, outcomes=Outcomes(), priority="batch").route == "composed"


def test_a_busy_light_model_does_not_make_people_wait_for_the_large_one() -> None:
    """While the light model is overrun, rules now are worth more than the large model late, not than it in time."""
    busy = Load(1.5, 1.4, 0)
    late: dict[ModelTier, Load] = {"fast": busy, "quality": Load(0.0, 8.0, 4)}
    in_time: dict[ModelTier, Load] = {"fast": busy, "quality": Load(0.0, 2.0, 4)}
    chosen = [
        route(_need(), NEAR, loads=loads, outcomes=Outcomes(), priority="interactive").route
        for loads in (late, in_time)
    ]
    assert chosen == ["composed", "quality"]


@pytest.mark.parametrize("wanted", ["fast", "quality", "hybrid", "composed"])
def test_the_request_has_the_last_word(wanted: Any) -> None:
    """``options.route`` is followed whatever it costs, if it can be."""
    loads: dict[ModelTier, Load] = {"fast": FAST, "quality": QUALITY}
    routed = route(_need(), NEAR, loads=loads, outcomes=Outcomes(), priority="interactive", wanted=wanted)
    assert routed.route == wanted
    alone = route(_need(), NEAR, loads={"quality": QUALITY}, outcomes=Outcomes(), priority="batch", wanted=wanted)
    assert alone.route == ("composed" if wanted == "composed" else "quality")


def test_what_people_reject_is_asked_for_less() -> None:
    """When nearly every light text of a kind is rejected, the large model gets that kind, and only that kind."""
    outcomes = Outcomes()
    for _ in range(200):
        outcomes.note("responsibilities", "fast", taken=False)
        outcomes.note("responsibilities", "quality", taken=True)
    loads: dict[ModelTier, Load] = {"fast": FAST, "quality": Load(0.0, 4.4, 0)}
    chosen = [
        route(_need(kind), NEAR, loads=loads, outcomes=outcomes, priority="interactive").route
        for kind in ("responsibilities", "requirements")
    ]
    assert chosen == ["quality", "fast"]


@given(taken=st.lists(st.booleans(), max_size=900), c=st.floats(0, 1))
def test_the_chance_is_a_probability_and_old_evidence_fades(taken: list[bool], c: float) -> None:
    """Whatever was seen, it lies between 0 and 1, and no more than ``kept`` observations count."""
    outcomes = Outcomes()
    for one in taken:
        outcomes.note("company", "fast", taken=one)
    assert 0.0 < chance_taken("company", "fast", c, outcomes) < 1.0
    assert outcomes.taken("company", "fast")[0] <= outcomes.kept


@given(
    waits=st.tuples(st.floats(0, 60), st.floats(0, 60)), writing=st.floats(0.01, 60),
    priority=st.sampled_from(["urgent", "interactive", "batch"]),
)  # fmt: skip
def test_no_section_is_sent_to_a_line_longer_than_patience(
    waits: tuple[float, float], writing: float, priority: Priority
) -> None:
    """The tier that is chosen is one that the section can wait for; rules write only where one is too long."""
    loads: dict[ModelTier, Load] = {"fast": Load(waits[0], writing, 0), "quality": Load(waits[1], writing, 0)}
    routed = route(_need(), NEAR, loads=loads, outcomes=Outcomes(), priority=priority)
    if routed.route == "composed":
        assert any(load.wait_s > patience_s(load, priority) for load in loads.values())
    else:
        assert routed.tier != "composed"
        assert loads[routed.tier].wait_s <= patience_s(loads[routed.tier], priority)


def test_complexity_grows_with_what_there_is_to_say() -> None:
    """Notes, a tone, items and strangeness each add to it."""
    plain = complexity(_need(), NEAR)
    assert plain < complexity(_need(), None)
    assert plain < complexity(_need(notes="짧게"), NEAR)
    assert plain < complexity(_need(responsibilities=["가", "나", "다", "라"]), NEAR)
    assert complexity(_hard(), None) <= 1.0


def test_the_last_word_of_a_user_counts_once() -> None:
    """A verdict is one text seen; said again it changes nothing, and said otherwise it takes the first word back."""
    outcomes = Outcomes()
    outcomes.judged("company", "fast", before=None, now=True)
    outcomes.judged("company", "fast", before=True, now=True)
    assert outcomes.taken("company", "fast") == (1.0, 1.0)
    outcomes.judged("company", "fast", before=True, now=False)
    assert outcomes.taken("company", "fast") == (1.0, 0.0)
    outcomes.judged("company", "fast", before=False, now=True)
    assert outcomes.taken("company", "fast") == (1.0, 1.0)
