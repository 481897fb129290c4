"""The words around a fact that change what is said of it.

A fact may be named to be denied: the first of "석 달이 아닌 여섯 달", "not in Portland but in Salem". Remote work may
be for so many days.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from cache_service.cache.guard.checked import Checked
from cache_service.posting.facts import FactType, StatedFact

_WINDOW: Final = 24
# Of these a text may deny a value; the other families read negation themselves, and a name is stated by being there.
DENIABLE: Final[frozenset[FactType]] = frozenset(
    {
        "years_min", "years_max", "salary_min", "salary_max", "salary_period", "headcount", "deadline", "location",
        "probation_months",
    }
)  # fmt: skip
_AFTER: Final = re.compile(
    r" ?(?:이상|이하|까지|사이|간|마감)?(?:이|가|은|는|에서|에)? ?"
    r"(?:아니|아닌|아닙|아님|말고|(?:하는|있는) ?(?:것|게|곳)이 ?아니)(?!어도|라도|더라도|지만)"
)
_BEFORE: Final = re.compile(
    r"\b(?:not|rather than|instead of|isn't|aren't|no longer)(?: (?:in|at|from|for|by|on|based in|located in))? $",
    re.IGNORECASE,
)
_BOUND: Final = re.compile(r"(?:not )?(?:less|more|fewer|later|earlier|only|just|necessarily)\b", re.IGNORECASE)
_DAYS: Final = re.compile(r" ?(?:회|일|번|차례)|(?: |-)?(?:days?|times)\b", re.IGNORECASE)
_CLAUSE_END: Final = re.compile(r"[.!?\n;,·]")
_NEAR: Final = 24


def is_denied(fact: StatedFact, text: str) -> bool:
    """Whether ``text`` names ``fact`` only to say that it is not so."""
    if fact.type not in DENIABLE:
        return False
    if _AFTER.match(text, fact.end) is not None:
        return True
    before = _BEFORE.search(text[max(0, fact.start - _WINDOW) : fact.start])
    return before is not None and _BOUND.match(text, fact.start) is None


def with_days(found: list[Checked], text: str) -> list[Checked]:
    """Remote work on so many days a week is supported only if that number is."""
    counts = [
        one for one in found if one.fact.type == "number" and not one.supported and _DAYS.match(text, one.fact.end)
    ]
    if not counts:
        return found
    return [
        replace(one, supported=False)
        if one.fact.type == "work_mode" and any(_same_clause(one.fact, other.fact, text) for other in counts)
        else one
        for one in found
    ]


def _same_clause(one: StatedFact, other: StatedFact, text: str) -> bool:
    first, second = sorted((one, other), key=lambda fact: fact.start)
    return first.end >= second.start or (
        second.start - first.end <= _NEAR and _CLAUSE_END.search(text, first.end, second.start) is None
    )
