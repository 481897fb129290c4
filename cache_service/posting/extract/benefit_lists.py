"""Benefits that no list knows by their words: items shaped like one, and what stands between others in a list.

"Wellness stipend" and "free yoga" are benefits by their last or first word where something else speaks of benefits;
"standby flights" is one between two others.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract.reading import Scan, Spans
from cache_service.posting.extract.terms import Hit

# Fewer known benefits make no list of benefits, unless its line is said to be one.
_LEAST_OFFERED: Final = 2
_LONGEST: Final = 42
_MOST_WORDS: Final = 6
_COMMA: Final = re.compile(  # a search for a set of characters is the fastest: what follows tells the marks apart
    r"[,;·ㆍ.!\s](?:(?<=,)(?:(?<!\d,)|(?!\d))\s?|(?<=;)\s?|(?<=[·ㆍ])|(?<= )(?:/ |(?:and|plus) )|(?<=[.!])(?=\s|$)|(?<=\s)[-–](?=\s))"
)
_OFFERED_LINE: Final = re.compile(
    r"\b(?:we(?:'ll)? (?:also )?(?:offer|provide|give you)|you(?:'ll| will)? (?:also )?(?:get|receive|enjoy)|benefits|perks|what you get|in return|on offer|our package|package includes|rewards)\b",
    re.IGNORECASE,
)
_ITEM_LEAD: Final = re.compile(
    r"(?:[\s\-*•✔▶●○■]|\d+[.)] )*(?:(?:and|plus|also|or|a|an|the|our|your|in return,?|we(?:'ll)? (?:also )?(?:offer|provide|give you)|you(?:'ll| will)? (?:also )?(?:get|receive|enjoy)|enjoy|benefits(?: include)?:?|perks(?: include)?:?) )*",
    re.IGNORECASE,
)
_NO_ITEM: Final = re.compile(
    r"\b(?:is|are|was|were|will|must|can|you|we|our|they|to|who|that|please|apply|required|preferred|experience|degree|years?|per|team|company|customers?)\b|[@#:?!]|https?|\d{3}"
    r"|(?:다|요|음|함)$|경력|경험|필수|우대|자격|담당|업무|근무|채용|모집|회사|직원|고객|가능자|있는|하는|되는|[은는이가을를] ",
    re.IGNORECASE,
)
_NO_SHAPE: Final = re.compile(
    r"\b(?:is|are|was|were|will|must|can|we|they|to|who|that|please|apply|required|preferred|experience|degree|manage|managing|manages|sell|selling|clients?|customers?|claims?|sales|budget (?:of|for)|prepare|process|environment|responsib\w+|skills?|salary|compensation|industry|policies|accounts?|no|not|without|administer\w*)\b|[@#?]|https?|[가-힣]",
    re.IGNORECASE,
)
_AMOUNT_BEFORE: Final = re.compile(r"(?:up to )?[$£€]?\d[\d,.]*[kK%]?(?:'s)? (?:(?:a|per) (?:year|month) )?")
_AMOUNT_AFTER: Final = re.compile(
    r" (?:(?:of|up to|worth|after|from|at|on|for|with|every|each|per)\b.*|[$£€\d(].*)$", re.IGNORECASE
)
_EDGES: Final = " \t-*•·✔✅▶▷■□●○◦※>~→+[]()<>\"'“”‘.;:,!?ᆞ│_️👉✓☑#"

Span = tuple[int, int]


def find(scan: Scan, *, speaks_of_benefits: bool) -> None:
    """Find items shaped like benefits if the text ``speaks_of_benefits``, then what stands between benefits."""
    taken = [
        (one.fact.start, one.fact.end)
        for one in scan.findings
        if one.fact.type not in {"polarity", "number", "work_mode", "title", "company", "claim"}
    ]
    parts = scan.terms("benefit_part")
    if speaks_of_benefits or len(parts) > 1:
        other = Spans(taken)
        for line in _lines(scan.text, [hit.start for hit in parts]):
            _shaped(scan, line, parts, other)
    benefits = sorted((one.fact.start, one.fact.end) for one in scan.findings if one.fact.type == "benefit")
    known, offered = Spans([*taken, *benefits]), Spans(benefits)
    for line in _lines(scan.text, [start for start, _ in benefits]):
        _fill(scan, line, offered, known)


def _shaped(scan: Scan, line: Span, parts: list[Hit], taken: Spans) -> None:
    """Note the items of a line that one of ``parts`` begins or ends."""
    text = scan.text
    here = parts[bisect_left(parts, line[0], key=_begin) : bisect_left(parts, line[1], key=_begin)]
    leads = {hit.start for hit in here if hit.canonical == "lead"}
    heads = {hit.end for hit in here if hit.canonical == "head"}
    edges = sorted(leads | heads)
    for start, stop in _items(text, *line):
        if (at := bisect_left(edges, start)) == len(edges) or edges[at] > stop:
            continue  # nothing in it begins or ends one
        amount = _AMOUNT_BEFORE.match(text, start, stop)
        begin = amount.end() if amount else start
        after = _AMOUNT_AFTER.search(text, begin, stop)
        last = after.start() if after else stop
        if begin not in leads and last not in heads:
            continue
        words = text.count(" ", begin, last) + 1
        if not 1 < words <= _MOST_WORDS or last - begin > _LONGEST or _NO_SHAPE.search(text, begin, stop):
            continue
        if not taken.touch(start, last):
            scan.add("benefit", text[start:last], start, last, canonical=fold(text[begin:last]))


def _begin(hit: Hit) -> int:
    return hit.start


def _fill(scan: Scan, line: Span, benefits: Spans, taken: Spans) -> None:
    """In a line that lists benefits, what stands between them is one too."""
    text = scan.text
    items = list(_items(text, *line))
    offered = sum(benefits.touch(start, stop) for start, stop in items)
    said = _OFFERED_LINE.search(text, line[0], min(line[1], line[0] + 40)) is not None
    if offered < (1 if said else _LEAST_OFFERED) or (3 if said else 2) * offered < len(items) - 1:
        return
    for start, stop in items:
        short = 3 <= stop - start <= _LONGEST and _NO_ITEM.search(text, start, stop) is None
        if short and not taken.touch(start, stop):
            scan.add("benefit", text[start:stop], start, stop, canonical=fold(text[start:stop]))


def _lines(text: str, starts: list[int]) -> list[Span]:
    """The lines in which ``starts`` (in order) stand."""
    lines: list[Span] = []
    for start in starts:
        if lines and start < lines[-1][1]:
            continue
        end = text.find("\n", start)
        lines.append((text.rfind("\n", 0, start) + 1, len(text) if end < 0 else end))
    return lines


def _items(text: str, begin: int, end: int) -> Iterator[Span]:
    """The items between the commas of a line, without marks and lead-ins."""
    at = begin
    for match in (*_COMMA.finditer(text, begin, end), None):
        stop = match.start() if match else end
        start = at
        if (lead := _ITEM_LEAD.match(text, start, stop)) is not None:
            start = lead.end()
        while stop > start and text[stop - 1] in _EDGES:
            stop -= 1
        if start < stop:
            yield start, stop
        at = match.end() if match else end
