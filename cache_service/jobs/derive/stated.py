"""Typed facts that a text states about the job, for filling a request and for telling job-level sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

Kind = Literal["years_min", "years_max", "employment_type", "probation_months", "work_mode", "deadline"]
Value = int | str

_RANGE: Final = re.compile(
    r"(?<![\d.])(\d{1,2})\s*(?:년차?|yrs?|years?)?\s*(?:~|-|–|to)\s*(\d{1,2})\s*(?:년|\+?\s*(?:yrs?|years?)(?=.{0,40}experience))"
    r"(?!\s*(?:생|월|도|대|간|연속|\d))|"
    r"(?<![\d.])(\d{1,2})\s*년\s*(?:이상)?\s*(?:~|-|–)?\s*(\d{1,2})\s*년\s*(?:이하|미만)",
    re.IGNORECASE,
)
_LEAST: Final = re.compile(
    r"(?:경력|경험|실무|업력)[^\n\d]{0,12}(\d{1,2})\s*년\s*이상|(?<![\d.])(\d{1,2})\s*년\s*이상(?=[^\n]{0,25}(?:경력|경험|실무|근무|담당|분))|"
    r"^\W*(\d{1,2})\s*년\s*이상\W*$|[(\[](\d{1,2})\s*년\s*이상[)\]]|"
    r"(?<![\d.])(\d{1,2})\s*\+\s*(?:yrs?|years?)(?=.{0,60}experience)|"
    r"(?:at least|minimum(?: of)?)\s+(\d{1,2})\s*\+?\s*(?:yrs?|years?)(?=.{0,60}experience)",
    re.IGNORECASE | re.MULTILINE,
)
_TENURE: Final = re.compile(r"근속|재직|만근|설립|창립|업력|이내|동안|연속|역사")
_PROBATION: Final = re.compile(
    r"(?:수습|시용)[^\n\d]{0,12}(\d{1,2})\s*개?월|(\d{1,2})\s*개?월[^\n\d]{0,8}(?:수습|시용)"
)
_EMPLOYMENT: Final = re.compile(
    r"(?:고용|채용|근무|계약)\s*형태[^\n:]{0,4}[:은는]\s*\W*(정규직|계약직|인턴|아르바이트|프리랜서)"
)
_EMPLOYMENT_VALUES: Final = {
    "정규직": "full_time", "계약직": "contract", "인턴": "intern", "아르바이트": "part_time", "프리랜서": "freelance",
}  # fmt: skip


def states_job_fact(text: str) -> bool:
    """Whether ``text`` states a fact that only a job has: years of experience asked for, a probation period."""
    return any(next(_values(text, kind), None) is not None for kind in ("years_min", "years_max", "probation_months"))


def one_value(texts: Iterable[str], kind: Kind) -> Value | None:
    """The value of ``kind`` that ``texts`` state; None where they state none, or several that differ."""
    found = {value for text in texts for value in _values(text, kind)}
    return next(iter(found)) if len(found) == 1 else None


def _values(text: str, kind: str) -> Iterator[Value]:
    for line in text.split("\n"):
        match kind:
            case "years_min" | "years_max" if not _TENURE.search(line):
                yield from _years(line, kind)
            case "probation_months":
                yield from (int(a or b) for a, b in _PROBATION.findall(line))
            case "employment_type":
                yield from (_EMPLOYMENT_VALUES[word] for word in _EMPLOYMENT.findall(line))
            case _:
                return


def _years(line: str, kind: str) -> Iterator[int]:
    ranges = [[int(part) for part in groups if part] for groups in _RANGE.findall(line)]
    if ranges:
        yield from (pair[0] if kind == "years_min" else pair[1] for pair in ranges)
    elif kind == "years_min":
        yield from (int(part) for groups in _LEAST.findall(line) for part in groups if part)
