"""The policies that reuse is compared with behave as published, and the labels read texts as people do."""

from __future__ import annotations

import random

import pytest

from benchmarks.reuse.baselines import GPTCACHE_COSINE, History, Trial, by_history, by_threshold, threshold_for
from benchmarks.reuse.case import holds


def drawn(count: int, entries: int, seed: int = 7) -> list[Trial]:
    """Trials that are right with a chance that rises with their similarity around 0.9."""
    chance = random.Random(seed)
    trials = []
    for _ in range(count):
        similarity = chance.uniform(0.7, 1.0)
        right = chance.random() < 1 / (1 + 2.718 ** (-80 * (similarity - 0.88)))
        trials.append(Trial(str(chance.randrange(entries)), "all", similarity, right, "pair"))
    return trials


def test_gptcache_serves_from_a_cosine_of_six_tenths() -> None:
    """A squared distance of 0.8 between unit vectors is the most that its defaults accept."""
    assert pytest.approx(0.6) == GPTCACHE_COSINE


def test_a_threshold_keeps_its_bound_where_it_was_chosen() -> None:
    """The lowest threshold with the error among hits under the bound; without one, nothing is served."""
    trials = drawn(2000, 1)
    tally = by_threshold(trials, threshold_for(trials, 0.02))
    assert tally.hits > 500
    assert tally.wrong <= 0.02 * tally.hits
    wrong = [Trial("a", "all", 0.99, False, "pair")]
    assert by_threshold(wrong, threshold_for(wrong, 0.02)).hits == 0


def test_vcache_bounds_the_error_over_all_requests() -> None:
    """With evidence of its own each entry is used, wrongly for no larger a share of all requests than the bound."""
    tally = by_history(drawn(6000, 5), 0.05, pooled=False, seed=1)
    assert tally.hits > 1500
    assert tally.wrong <= 0.05 * tally.requests


def test_vcache_explores_without_evidence() -> None:
    """An entry with few observations answers nothing, however similar."""
    history = History()
    history.observe(0.99, right=True)
    assert history.explore(1.0, 0.05) == 1.0


@pytest.mark.parametrize(
    ("text", "words", "held"),
    [
        ("경력 13년 이상", "3년", False),
        ("연봉 14,000만원", "4,000만", False),
        ("서울에서 근무", "서울", True),
        ("JavaScript와 SQL", "Java", False),
        ("SQL을 다룸", "SQL", True),
        ("4 to 8 years.", "8 years", True),
        ("$28.50 an hour", "$28", False),
    ],
)
def test_holds_reads_whole_words(text: str, words: str, held: bool) -> None:
    """Numbers and Latin words are held whole, Hangul words with their particles."""
    assert holds(text, words) is held
