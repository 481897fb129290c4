"""Fields of a request told in other words are the same request; one word that matters makes them another."""

from __future__ import annotations

import pytest

from cache_service.posting.compare import compare
from cache_service.posting.facts import Facts, FactValue
from tests.posting.wording.told import told

HALVES = ("a", "b")


@pytest.mark.parametrize("half", HALVES)
def test_there_are_enough_fields(half: str) -> None:
    """Each half has at least 75 rewordings and 75 traps."""
    same = [one.same for one in told(half)]
    assert sum(same) >= 75
    assert len(same) - sum(same) >= 75


@pytest.mark.parametrize("half", HALVES)
def test_no_trap_is_the_same_request(half: str) -> None:
    """A word that matters, another direction, extent, polarity or doer is another request."""
    assert [one for one in told(half) if not one.same and one.judged_same()] == []


@pytest.mark.parametrize("half", HALVES)
def test_nine_of_ten_rewordings_are_the_same_request(half: str) -> None:
    """Endings, spaces, politeness, words of hiring and other words for the same do not make another request."""
    rewordings = [one for one in told(half) if one.same]
    assert sum(one.judged_same() for one in rewordings) >= 0.9 * len(rewordings)


@pytest.mark.parametrize(
    ("job", "same"),
    [
        ({"requirements.years_min": 3}, True),
        ({"requirements.seniority": "senior"}, True),
        ({"requirements.seniority": "entry"}, False),
        ({}, False),
    ],
)
def test_a_level_in_the_title_counts_unless_it_is_stated_anyway(job: dict[str, FactValue], same: bool) -> None:
    """ "[경력] 백엔드 개발자" is a "백엔드 개발자" only where both requests ask for experience."""
    stored = Facts({"requirements.title": "[경력] 백엔드 개발자", **job})
    wanted = Facts({"requirements.title": "백엔드 개발자", **job})
    for one, other in ((stored, wanted), (wanted, stored)):
        found = compare(("requirements.title",), one, other, text="", language="ko", unknown_if_unstated=False)
        assert (not found.differing) is same
