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
_NO_CONTRACT: Final = (
    re.compile(
        r"(?:(?P<full_time>정규직)|(?P<contract>계약직)|(?P<part_time>파트 ?타임|아르바이트|시간제)|(?P<intern>인턴십?)"
        r"|(?P<freelance>프리랜서)) ?(?:채용|고용|자리|포지션)?(?:이|가|은|는)? ?"
        r"(?:아니(?:며|고|에요|라|다|지만)|아닌|아닙|아님)"
    ),
    re.compile(
        r"\bnot (?:an? )?(?:(?P<full_time>full[- ]time|permanent)|(?P<contract>contract|fixed[- ]term|temporary)"
        r"|(?P<part_time>part[- ]time)|(?P<intern>internship)|(?P<freelance>freelance))"
        r" ?(?:position|role|job|post|contract|one)?\b(?! (?:employees|staff|only|experience))",
        re.IGNORECASE,
    ),
)
_DAYS: Final = re.compile(r" ?(?:회|일|번|차례)|(?: |-)?(?:days?|times)\b", re.IGNORECASE)
_CLAUSE_END: Final = re.compile(r"[.!?\n;,·]")
_NEAR: Final = 24


def denied_contracts(text: str) -> list[StatedFact]:
    """The types of employment that ``text`` says the job is not of: "정규직이 아닙니다"."""
    return [
        StatedFact("employment_type", kind, *match.span())
        for pattern in _NO_CONTRACT
        for match in pattern.finditer(text)
        for kind in [next(name for name, worded in match.groupdict().items() if worded)]
    ]


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
