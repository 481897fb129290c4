"""The model as plain numbers, its split by company, and the thresholds proved for it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from cache_service.cache.policies.artifact import Artifact
from cache_service.cache.policies.protocol import SIGNS, features
from cache_service.jobs.tuning.fit import fit_logistic, fit_model, fit_sigmoid
from cache_service.jobs.tuning.measure import reliability, risk_curve, table
from cache_service.jobs.tuning.split import SHARES, Sample, split
from cache_service.jobs.tuning.thresholds import BOUNDS, probability, prove
from tests.jobs.tuning.samples import drawn, truth


def artifact(samples: list[Sample], seed: int = 0, delta: float = 0.05) -> Artifact:
    parts = split(samples, seed)
    model = fit_model(parts["train"], parts["calibrate"])
    cells = prove(model, [*parts["train"], *parts["calibrate"]], parts["threshold"], delta=delta)
    return Artifact(format="gonggo-reuse-policy", version=1, embedding="e", delta=delta, seed=seed, data="d", counts={},
                    model=model, cells=cells)  # fmt: skip


def test_the_plain_numbers_are_scikit_learns() -> None:
    """Score and probability agree with scikit-learn's own pipeline on samples that neither was fitted on."""
    train, calibrate, fresh = drawn(1, 800), drawn(2, 400), drawn(3, 300)
    weights, intercept = fit_logistic(train)
    names = list(weights)
    assert len(names) >= 2
    columns = [np.array([[features(one.proposal)[name] for name in names] for one in part])
               for part in (train, calibrate, fresh)]  # fmt: skip
    mean, scale = columns[0].mean(axis=0), columns[0].std(axis=0)
    direct = LogisticRegression(C=1.0, tol=1e-8, max_iter=5000).fit(
        (columns[0] - mean) / scale, [one.right for one in train]
    )
    slope, offset = fit_sigmoid(direct.decision_function((columns[1] - mean) / scale), [one.right for one in calibrate])
    expected = 1 / (1 + np.exp(-(slope * direct.decision_function((columns[2] - mean) / scale) + offset)))
    model = fit_model(train, calibrate)
    assert [probability(model, one) for one in fresh] == pytest.approx(expected, abs=1e-9)
    assert intercept + sum(weights[name] * features(fresh[0].proposal)[name] for name in names) == pytest.approx(
        direct.decision_function((columns[2][:1] - mean) / scale)[0], abs=1e-9
    )


def test_no_feature_points_the_wrong_way() -> None:
    """Where chance would have it that fewer shared words are better, that feature is left out."""
    samples = drawn(4, 600)
    turned = [replace(one, proposal=replace(one.proposal, overlap=1 - one.proposal.similarity)) for one in samples]
    model = fit_model(turned[:400], turned[400:])
    assert "similarity" in model.features
    assert all(weight * SIGNS[name] >= 0 for name, weight in model.features.items())


@pytest.mark.parametrize("labels", ["all right", "all wrong", "chance"])
def test_what_cannot_be_learnt_is_a_constant(labels: str) -> None:
    """With one label only, all is served or nothing, by how much evidence there is; never by a made-up ranking."""
    rng = np.random.default_rng(5)
    right = {"all right": lambda: True, "all wrong": lambda: False, "chance": lambda: rng.random() < 0.5}[labels]
    made = artifact([replace(one, right=right()) for one in drawn(6, 3000)])
    served = [row.served for row in table(made, drawn(7, 200))]
    if labels == "all right":
        assert made.model.features == {}
        assert served == [0, 200, 200, 200, 200]  # 1,350 threshold pairs cannot prove 0.1 %
    else:
        assert served == [0] * len(BOUNDS)


def test_a_company_is_in_one_part() -> None:
    """Nothing is tested on a company that it was chosen on; parts have about their shares; order is no matter."""
    samples = drawn(8, 2000)
    parts = split(samples, 3)
    groups = {part: {one.group for one in held} for part, held in parts.items()}
    assert sum(map(len, groups.values())) == len({one.group for one in samples})
    for part, share in SHARES.items():
        assert len(parts[part]) / 2000 == pytest.approx(share, abs=0.03)
    again = split(samples[::-1], 3)
    assert {part: {one.group for one in held} for part, held in again.items()} == groups
    assert {part: {one.group for one in held} for part, held in split(samples, 4).items()} != groups


def test_too_little_evidence_means_no_reuse() -> None:
    """298 pairs without an error prove nothing at 1 %; a thin cell leans on its language, named as such."""
    few = artifact([replace(one, right=True) for one in drawn(9, 500)])
    assert few.point("company", "ko", 0.01) is not None
    assert few.point("company", "ko", 0.01).threshold is None  # type: ignore[union-attr]
    many = artifact([replace(one, right=True) for one in drawn(10, 3000, kinds=("company",) * 19 + ("benefits",))])
    thin, own = many.point("benefits", "ko", 0.01), many.point("company", "ko", 0.01)
    assert thin is not None
    assert own is not None
    assert (thin.level, own.level) == ("*/ko", "company/ko")
    assert thin.threshold is not None
    assert many.point("company", "en", 0.05) is None


def test_the_whole_way_keeps_its_bound() -> None:
    """Over 200 draws of all the evidence, from the split to the threshold, the share whose true error among the
    served is over the bound is within delta, give or take three standard errors; at most runs something is served."""
    runs, delta, bound = 200, 0.1, 0.05
    fresh = drawn(999, 1500)
    wrongs = np.array([truth(one.proposal.similarity) for one in fresh])
    broken = serving = 0
    for seed in range(runs):
        made = artifact(drawn(seed, 1500), seed, delta)
        point = made.point("company", "ko", bound)
        if point is None or point.threshold is None:
            continue
        served = np.array([probability(made.model, one) for one in fresh]) >= point.threshold
        serving += 1
        broken += bool(wrongs[served].mean() > bound)
    assert serving > runs // 2
    assert broken / runs <= delta + 3 * math.sqrt(delta * (1 - delta) / runs)


def test_the_report_counts_what_it_says() -> None:
    """Shares are of what they are said to be, and the curve ends where everything is served."""
    samples = drawn(11, 6000)
    made = artifact(samples)
    report = drawn(12, 1000)
    rows = table(made, report)
    assert [row.max_error for row in rows] == list(BOUNDS)
    assert [row.served for row in rows] == sorted(row.served for row in rows)
    loosest = rows[-1]
    assert loosest.served > 300
    assert loosest.error == pytest.approx(loosest.wrong / loosest.served, abs=1e-6)
    right = sum(one.right for one in report)
    assert loosest.right_share == pytest.approx((loosest.served - loosest.wrong) / right, abs=1e-6)
    assert risk_curve(made, report)[-1] == pytest.approx((1.0, 1 - right / 1000))
    assert sum(one.count for one in reliability(made, report)) == 1000
    assert max(abs(one.expected - one.right) for one in reliability(made, report)) < 0.15
