"""Evidence of each entry's own use."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cache_service.cache.policies.calibrated import CalibratedPolicy
from cache_service.cache.policies.online import OnlinePolicy
from cache_service.cache.policies.protocol import Proposal, Serve, Withhold
from cache_service.cache.policies.static import EqualOnly, StaticPolicy
from cache_service.store.records import Observation
from tests.cache.policies.samples import artifact, proposal, proposals

observations = st.builds(
    Observation,
    entry_id=st.sampled_from(["ent_1", "ent_2"]),
    kind=st.sampled_from(["company", "preferred"]),
    need=st.sampled_from(["n1", "n2", ""]),
    similarity=st.floats(0, 1),
    right=st.booleans(),
    source=st.sampled_from(["feedback", "verifier"]),
)


def seen(*, right: bool, need: str = "n1", similarity: float = 0.97, entry_id: str = "ent_1") -> Observation:
    return Observation(entry_id, "company", need, similarity, right, "feedback")


def test_rejected_once_is_not_offered_for_those_facts_again() -> None:
    """Not even in equal words; for other facts equal words still are; taken back, it is offered again."""
    policy = OnlinePolicy(StaticPolicy(0.9))
    policy.learn(seen(right=False))
    assert policy.judge(proposal(reworded=0), 1.0) == Withhold("rejected_before")
    assert policy.judge(proposal(reworded=0, need="n2"), 0.01) == Serve(0.0)
    assert policy.judge(proposal(need="n2"), 0.01) == Withhold("entry_went_wrong", 1.0)
    assert policy.judge(proposal(entry_id="ent_2"), 0.01) == Serve(None)
    policy.unlearn(seen(right=False))
    assert policy.judge(proposal(), 0.01) == Serve(None)


def test_enough_right_uses_bring_an_entry_back() -> None:
    """One wrong use in a hundred is what a bound of one percent allows."""
    policy = OnlinePolicy(StaticPolicy(0.9))
    policy.learn(seen(right=False, need="n2"))
    for _ in range(98):
        policy.learn(seen(right=True))
    assert isinstance(policy.judge(proposal(), 0.01), Withhold)
    policy.learn(seen(right=True))
    assert policy.judge(proposal(), 0.01) == Serve(None)


def test_accepts_alone_can_prove_a_bound() -> None:
    """What the base forbids is served only where this entry's accepts, no nearer than this, prove the bound."""
    policy = OnlinePolicy(EqualOnly())
    for _ in range(250):
        policy.learn(seen(right=True, similarity=0.93))
    verdict = policy.judge(proposal(similarity=0.95), 0.1)
    assert isinstance(verdict, Serve)
    assert verdict.error_bound is not None
    assert 3 / 250 < verdict.error_bound <= 0.1
    assert policy.judge(proposal(similarity=0.95), 0.01) == Withhold("no_evidence")
    assert policy.judge(proposal(similarity=0.92), 0.1) == Withhold("no_evidence")
    policy.learn(seen(right=False, need="n2"))
    assert isinstance(policy.judge(proposal(similarity=0.95), 0.1), Withhold)


def test_the_verifier_proves_nothing() -> None:
    """A model's judgement can hold an entry back, and clear it, but not open what the base forbids."""
    policy = OnlinePolicy(EqualOnly())
    for _ in range(500):
        policy.learn(Observation("ent_1", "company", "n1", 0.9, True, "verifier"))
    assert policy.judge(proposal(), 0.5) == Withhold("no_evidence")


@given(st.lists(observations, max_size=40), proposals, st.floats(0.001, 1), st.floats(0.001, 1))
def test_a_stricter_bound_never_serves_more(history: list[Observation], one: Proposal, low: float, high: float) -> None:
    """Whatever was seen."""
    policy = OnlinePolicy(CalibratedPolicy(artifact()))
    for observed in history:
        policy.learn(observed)
    low, high = sorted((low, high))
    if isinstance(policy.judge(one, low), Serve):
        assert isinstance(policy.judge(one, high), Serve)


@given(st.data(), st.lists(observations, max_size=20), proposals)
def test_order_and_what_was_taken_back_leave_no_trace(
    data: st.DataObject, history: list[Observation], one: Proposal
) -> None:
    """The same observations in any order, with others learnt and unlearnt between, judge the same."""
    policy, other = OnlinePolicy(StaticPolicy(0.5)), OnlinePolicy(StaticPolicy(0.5))
    for observed in history:
        policy.learn(observed)
    for observed in data.draw(st.permutations(history)):
        extra = data.draw(observations)
        other.unlearn(extra)
        other.learn(observed)
        other.learn(extra)
    assert policy.judge(one, 0.1) == other.judge(one, 0.1)


def test_memory_is_bounded_and_forgets_the_harmless_first() -> None:
    """What speaks against an entry is kept longest; an entry rejected for very many facts is closed for all."""
    policy = OnlinePolicy(StaticPolicy(0.5), capacity=10)
    policy.learn(seen(right=False))
    for number in range(100):
        policy.learn(seen(right=True, entry_id=f"other_{number}"))
    assert len(policy) == 10
    assert policy.judge(proposal(), 1.0) == Withhold("rejected_before")
    for number in range(300):
        policy.learn(seen(right=False, need=f"need {number}"))
    assert policy.judge(proposal(reworded=0, need="never seen"), 1.0) == Withhold("rejected_before")
