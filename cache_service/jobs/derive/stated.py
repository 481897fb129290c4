"""Typed facts that a text states about the job: to fill a request, and to tell job-level sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from cache_service.posting.extract import extract_facts
from cache_service.posting.facts import FactType
from cache_service.posting.request import Language

_FIGURE: Final = re.compile(r"\d|명|until|rolling|상시|수시|마감")
# A sentence about a company has none of these. Years it may have (its people's, its own), and ways to work.
_JOB_TYPES: Final[frozenset[FactType]] = frozenset(
    {"salary_min", "salary_max", "headcount", "probation_months", "deadline"}
)


def states_job_fact(text: str, language: Language) -> bool:
    """Whether ``text`` states a fact that only a job has: pay, headcount, probation, deadline."""
    # None of them is stated without a figure or a counter of people.
    return _FIGURE.search(text) is not None and any(fact.type in _JOB_TYPES for fact in extract_facts(text, language))


def stated_values(texts: Iterable[str], language: Language) -> dict[FactType, int | str]:
    """What ``texts`` state, by type; a type of which they state several values that differ is left out."""
    found: dict[FactType, set[int | str]] = {}
    for text in texts:
        for fact in extract_facts(text, language):
            found.setdefault(fact.type, set()).add(fact.value)
    return {kind: next(iter(values)) for kind, values in found.items() if len(values) == 1}
