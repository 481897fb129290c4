"""Ranges as a text words them: "3~5년", "3년 이상", "at least $120k". Shared by years of experience and pay.

A range keeps its form where the ends that are stated stay the same ones; only the numbers change then. Where an end
comes or goes the phrase is worded anew, with the separator, the unit and the way of counting of the old one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from cache_service.cache.adapt.draft import Draft
from cache_service.posting.extract import Finding

Shape = Literal["range", "least", "most", "exact"]
_LEAST_BEFORE: Final = re.compile(
    r"(?:최소|최저|적어도|at least|a minimum of|minimum(?: of)?|min\.?|starting (?:at|from)|from|over"
    r"|more than|no less than|above)\s?:?\s?$",
    re.IGNORECASE,
)
_MOST_BEFORE: Final = re.compile(
    r"(?:최대|최고|up to|at most|no more than|not more than|a maximum of|maximum(?: of)?|less than|under"
    r"|fewer than)\s?:?\s?$",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"(?:between|from)\s$", re.IGNORECASE)
_LEAST_AFTER: Final = re.compile(
    r"\s?(?:이상|초과|부터|\+|~(?!\s?\d)|or more|or above|or greater|and above|or over|and up|minimum)", re.IGNORECASE
)
_MOST_AFTER: Final = re.compile(r"\s?(?:이하|미만|이내|까지|or less|or fewer|max(?:imum)?\b)", re.IGNORECASE)
_WIDEST_GAP: Final = 24
# Words before a bound that are made for its kind, and words behind it that go with any.
_OWN_BEFORE: Final = re.compile(
    r"(?:최소|최저|최대|최고|적어도|약|대략|평균|매년|start(?:s|ing)?(?: at| from)?|begin\w*(?: at| from)?|about|around"
    r"|roughly|approximately|average(?: of)?|the|a|an|your|first|last|next|every|least|most|than|over|under|above|below"
    r"|minimum|maximum|max\.?|min\.?|between|from|to|and|of|for|in|within)\s?:?\s?$",
    re.IGNORECASE,
)
_ANY_AFTER: Final = {
    "ko": re.compile(
        r"\s*(?:$|[,.;·/|)(\]])|(?:의|인|을|를|은|는|이|가|입니다|이며|이고|으로|로)(?=[\s,.]|$)"
        r"|\s(?:경력|경험|실무|근무|협의|지급|제공|수습)"
    ),
    "en": re.compile(
        r"\s*(?:$|[,.;·/|)(])|\s(?:of|in|as|with|working|experience|relevant|professional|industry|per|a year|annually"
        r"|plus|depending|and|for)\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A statement of one or two bounds. ``[start, end)`` is the numbers with their unit; ``[whole_start, whole_end)``
    also the words that make a bound of them ("최소", "이상", "at least")."""

    low: Finding | None
    high: Finding | None
    shape: Shape
    start: int
    end: int
    whole_start: int
    whole_end: int

    @property
    def values(self) -> tuple[int | None, int | None]:
        """The bounds that are stated, least and most."""
        return _value(self.low), _value(self.high)

    @property
    def numbers(self) -> tuple[tuple[int, int], ...]:
        """The spans of the findings, each once, in order."""
        spans = {(one.fact.start, one.fact.end) for one in (self.low, self.high) if one is not None}
        return tuple(sorted(spans))


def phrases(draft: Draft, name: Literal["years", "salary"]) -> Iterator[Phrase]:
    """The phrases about ``name``, in order."""
    low_type, high_type = ("years_min", "years_max") if name == "years" else ("salary_min", "salary_max")
    found = sorted(
        (one for one in draft.findings if one.fact.type in {low_type, high_type}),
        key=lambda one: (one.fact.start, one.fact.type == high_type),
    )
    index = 0
    while index < len(found):
        one = found[index]
        two = found[index + 1] if index + 1 < len(found) else None
        if two is not None and one.fact.type == low_type and two.fact.type == high_type and _near(draft, one, two):
            phrase = _phrase(draft, one, two)
            index += 2
        else:
            phrase = _phrase(draft, one, None) if one.fact.type == low_type else _phrase(draft, None, one)
            index += 1
        if not draft.is_protected(phrase.start):
            yield phrase


def _near(draft: Draft, one: Finding, two: Finding) -> bool:
    gap = draft.text[one.fact.end : two.fact.start] if two.fact.start > one.fact.end else ""
    return len(gap) <= _WIDEST_GAP and "\n" not in gap


def _phrase(draft: Draft, low: Finding | None, high: Finding | None) -> Phrase:
    text = draft.text
    spans = sorted((one.fact.start, one.fact.end) for one in (low, high) if one is not None)
    start, end = spans[0][0], max(span[1] for span in spans)
    single = len(set(spans)) == 1
    window = text[max(0, start - _WIDEST_GAP) : start].rpartition("\n")[2]
    inner = text[start:end]
    shape: Shape = "range"
    whole_start, whole_end = start, end
    if not single:
        if (between := _BETWEEN.search(window)) is not None:
            whole_start -= len(window) - between.start()
        if low is not None and (lead := _LEAST_BEFORE.search(window)) is not None and between is None:
            whole_start -= len(window) - lead.start()
        if (after := _MOST_AFTER.match(text, end)) is not None:
            whole_end = after.end()
        return Phrase(low, high, shape, start, end, whole_start, whole_end)
    for pattern_before, pattern_after, this in (
        (_LEAST_BEFORE, _LEAST_AFTER, "least"),
        (_MOST_BEFORE, _MOST_AFTER, "most"),
    ):
        before, after = pattern_before.search(window), pattern_after.match(text, end)
        if before or after or pattern_after.search(inner):
            whole_start = start - (len(window) - before.start()) if before else start
            whole_end = after.end() if after else end
            shape = "least" if this == "least" else "most"
            return Phrase(low, high, shape, start, end, whole_start, whole_end)
    return Phrase(low, high, "exact", start, end, start, end)


def may_reshape(draft: Draft, phrase: Phrase) -> bool:
    """Whether another kind of bound may stand in place of ``phrase``: what is around it says nothing of its kind
    (between 3 and 5 years, 사이, 정도, "starts at")."""
    line = draft.layout.line_at(phrase.start)
    before, after = draft.text[line.start : phrase.whole_start], draft.text[phrase.whole_end : line.end]
    return _OWN_BEFORE.search(before) is None and _ANY_AFTER[draft.language].match(after) is not None


def wanted_bounds(
    phrase: Phrase, stored: tuple[int | None, int | None], wanted: tuple[int | None, int | None]
) -> tuple[int | None, int | None] | None:
    """The bounds that the phrase has to state: all that are wanted where it states all that were stored, else those
    of the same side. None where it is about something else."""
    low, high = phrase.values
    if not _said(low, stored[0]) or not _said(high, stored[1]):
        return None
    all_of_it = (low, high) == stored or (
        phrase.shape == "exact" and stored in {(low, high), (low, low), (low, None), (None, high)}
    )
    if all_of_it:
        return wanted
    partial = (wanted[0] if low is not None else None, wanted[1] if high is not None else None)
    return partial if partial != (None, None) else wanted


def shape_of(low: int | None, high: int | None) -> Shape:
    """How two bounds are worded."""
    if low is None:
        return "most"
    if high is None:
        return "least"
    return "exact" if low == high else "range"


def _said(value: int | None, stored: int | None) -> bool:
    return value is None or value == stored


def _value(finding: Finding | None) -> int | None:
    return finding.fact.value if finding is not None and isinstance(finding.fact.value, int) else None
