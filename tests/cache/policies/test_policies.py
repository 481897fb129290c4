"""The policies that serve by a threshold or an artifact."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache_service.cache.policies.artifact import ArtifactError, dump_artifact, load_artifact, parse_artifact
from cache_service.cache.policies.calibrated import CalibratedPolicy
from cache_service.cache.policies.load import load_policy
from cache_service.cache.policies.protocol import SIGNS, Proposal, ReusePolicy, Serve, Withhold, features
from cache_service.cache.policies.static import EqualOnly, StaticPolicy
from tests.cache.policies.samples import EMBEDDING, artifact, artifact_json, point, proposal, proposals

POLICIES: tuple[ReusePolicy, ...] = (StaticPolicy(0.95), EqualOnly(), CalibratedPolicy(artifact()))
bounds = st.floats(0.0001, 1)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
@given(one=proposals, low=bounds, high=bounds)
def test_a_stricter_bound_never_serves_more(policy: ReusePolicy, one: Proposal, low: float, high: float) -> None:
    """What is served under a bound is served under every looser one, and the bound claimed is kept."""
    low, high = sorted((low, high))
    verdict = policy.judge(one, low)
    if isinstance(verdict, Serve):
        assert isinstance(policy.judge(one, high), Serve)
        assert verdict.error_bound is None or verdict.error_bound <= low


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
def test_what_is_equal_is_served(policy: ReusePolicy) -> None:
    """Equal facts in equal words need no evidence, at any bound."""
    assert policy.judge(proposal(reworded=0, similarity=0.2), 1e-9) == Serve(0.0)
    assert policy.judge(Proposal.equal("company", "ko", "ent_1", "n"), 1e-9) == Serve(0.0)


def test_static_claims_nothing() -> None:
    """A threshold serves, and says that nothing vouches for it."""
    assert StaticPolicy(0.95).judge(proposal(similarity=0.96), 0.001) == Serve(None)
    assert StaticPolicy(0.95).judge(proposal(similarity=0.94), 1.0) == Withhold("below_threshold")


def test_an_operating_point_for_each_kind_language_and_bound() -> None:
    """Own evidence first, then the language's; between two bounds the stricter; without evidence nothing."""
    policy = CalibratedPolicy(artifact())
    sure = {"similarity": 1.0, "margin": 0.2, "overlap": 1.0, "unmatched": 0}
    assert policy.judge(proposal(**sure), 0.01) == Serve(0.004)
    assert policy.judge(proposal(**sure), 0.02) == Serve(0.01)
    assert policy.judge(proposal(**sure), 0.004) == Withhold("no_evidence")
    assert policy.judge(proposal(kind="benefits", **sure), 0.02) == Withhold("no_evidence")
    assert policy.judge(proposal(kind="benefits", **sure), 0.05) == Serve(0.05)
    assert policy.judge(proposal(language="en", **sure), 1.0) == Withhold("no_evidence")
    assert policy.judge(proposal(similarity=0.5, overlap=0.0), 0.02) == Withhold("below_threshold")


@given(one=proposals, name=st.sampled_from(sorted(SIGNS)), more=st.floats(0, 1))
def test_nearer_is_never_less_likely(one: Proposal, name: str, more: float) -> None:
    """Each feature points one way: more of it never turns the model round."""
    model = artifact().model
    values = features(one)
    assert (model.probability({**values, name: values[name] + more}) - model.probability(values)) * SIGNS[name] >= 0


def test_round_trip(tmp_path: Path) -> None:
    """What is written is what is read, byte for byte."""
    path = tmp_path / "policy.json"
    path.write_bytes(dump_artifact(artifact()))
    assert load_artifact(path, embedding=EMBEDDING) == artifact()
    assert dump_artifact(load_artifact(path)) == path.read_bytes()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_arbitrary_data_is_refused_with_one_error(data: bytes) -> None:
    """Whatever the file holds, there is one type of error and never another."""
    with pytest.raises(ArtifactError):
        parse_artifact(data)


@given(data=st.data())
def test_a_damaged_artifact_is_refused_or_sound(data: st.DataObject) -> None:
    """One value replaced by anything: refused with the one error, or still an artifact that serves within bounds."""
    table = artifact_json()
    place = table
    path: list[str | int] = []
    while isinstance(place, dict | list) and place:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        path.append(key)
        parent, place = place, place[key]  # type: ignore[index]
        if data.draw(st.booleans()):
            break
    parent[path[-1]] = data.draw(JSON | st.floats(0, 1))  # type: ignore[index]
    try:
        loaded = parse_artifact(json.dumps(table).encode())
    except ArtifactError:
        return
    verdict = CalibratedPolicy(loaded).judge(data.draw(proposals), 0.01)
    assert isinstance(verdict, Withhold) or (verdict.error_bound or 0.0) <= 0.01 + 1e-9


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"version": 2}, "format version 2"), ({"format": "x"}, "not an artifact"), ({"more": 1}, "more"),
        ({"delta": float("nan")}, "delta"), ({"embedding": "other"}, "tuned for the embedding other"),
        ({"cells": {"company/ko": [point(0.01, 0.9, 0.02, "x")]}}, "above the bound"),
        ({"cells": {"company/ko": [point(0.01, 0.5, 0.01, "x"), point(0.02, 0.9, 0.02, "x")]}}, "serve more"),
        ({"cells": {"nothing/ko": [point(0.01, 0.9, 0.01, "x")]}}, "kind/language"),
        ({"model": {"features": {"similarity": -1.0}, "intercept": 0.0, "slope": 1.0, "offset": 0.0}}, "wrong way"),
        ({"model": {"features": {"luck": 1.0}, "intercept": 0.0, "slope": 1.0, "offset": 0.0}}, "not known"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_artifact_is_said(change: dict[str, object], says: str) -> None:
    """A wrong version, fingerprint, number or threshold is named."""
    with pytest.raises(ArtifactError, match=says):
        parse_artifact(json.dumps(artifact_json() | change).encode(), embedding=EMBEDDING)


def test_the_setting_names_the_policy(tmp_path: Path) -> None:
    """A path must lead to an artifact that fits; the shipped one gives way to equal wording where it does not."""
    path = tmp_path / "policy.json"
    path.write_bytes(dump_artifact(artifact()))
    assert load_policy(str(path), embedding=EMBEDDING, threshold=0.9).name == "calibrated"
    assert load_policy("static", embedding=EMBEDDING, threshold=0.9).name == "static"
    assert load_policy("default", embedding="no such embedding", threshold=0.9).name == "equal"
    with pytest.raises(ArtifactError, match="other"):
        load_policy(str(path), embedding="other", threshold=0.9)
    for nowhere in (str(tmp_path / "none.json"), str(tmp_path), "a\0b"):
        with pytest.raises(ArtifactError, match="cannot be read"):
            load_policy(nowhere, embedding=EMBEDDING, threshold=0.9)
