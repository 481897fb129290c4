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
from cache_service.posting.extract.cues import Cues
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
    r"\b(?:we(?:'ll)? (?:also )?(?:offer|provide|give you)|you(?:(?:'ll| will) (?:also )?(?:get|receive|enjoy)|(?: also)? (?:get|receive))|what you get|in return|on offer|our package|package includes)\b"
    r"|^\W*(?:(?:our|the|your|other|some|more) )?(?:\w+ (?:and|&) )?(?:benefits|perks|rewards|extras)\b|\b(?:the|our) [a-z]{3,12} (?:offers|provides)(?: you)?\b",
    re.IGNORECASE | re.MULTILINE,
)
# A label says by itself that a list of benefits follows, behind its colon or in the lines below it.
_LABEL: Final = re.compile(
    r"[^\w\n]*(?:(?:(?:our|the|your|other|company|employee|staff|key|more|main|full|some|a few|great|additional|extra|further)\s)*"
    r"(?:perks|benefits|rewards|extras|(?:benefits? |total |rewards? )package)(?:\s?(?:and|&|\+|/|,)\s?(?:perks|benefits|rewards|extras))?(?: (?:package|include|includes|at a glance|you get|on offer|for you|of working (?:here|with us|for us)|of the job))?"
    r"|what(?:'s| is) in it for you|what (?:else )?(?:we(?:'ll| can| will)? (?:also )?(?:offer|provide|give)|you(?:'ll| will| can)? (?:also )?(?:get|receive|enjoy))(?: [^:\n]{1,24})?|what(?:'s| is) on offer"
    r"|(?:(?:in return|on top|besides|beyond|over and above|in addition to|as well as)\b[^:\n,]{0,36})|(?:in return,? )?we (?:also |can |will )?(?:offer|provide|give)(?: you| our (?:people|staff|team))?|you(?:'ll| will)? (?:also )?(?:get|receive|enjoy)"
    r"|(?:복리 ?후생|복지|혜택|베네핏|사내 ?복지|회사 ?복지|제공 ?혜택|복지 ?혜택|주요 ?복지|복지 ?제도|복리 ?후생 ?제도|(?:복지|복리 ?후생) ?(?:및|와|과|·|/|&) ?혜택|혜택 ?(?:및|과|·|/|&) ?(?:복지|복리 ?후생)|이런 ?(?:혜택|복지)[가-힣 ]{0,14}|(?:함께하|입사하|오)시?면 ?(?:드려요|드립니다|누리는 것|받는 것|이런[가-힣 ]{0,10})))"
    r"\s*(?:\([^()\n]{1,16}\)\s*)?(?:[:\]】>→|]+(?!//)|-(?=\s)|$)\s*",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING: Final = re.compile(r"[^\n]{1,40}:\s*$|[\[【<■#][^\n]{1,30}[\]】>]?\s*$", re.MULTILINE)
_LABELS: Final = Cues(
    "perks", "benefits", "rewards", "extras", "package", "in it for you", "what we", "what else", "you get", "you'll get", "you will get", "you receive", "you'll receive", "enjoy", "on offer",
    "in return", "on top", "besides", "beyond", "over and above", "in addition to", "as well as", "we offer", "we provide", "we also", "we give", "we can offer", "복지", "복리", "혜택", "베네핏", "시면 드",
)  # fmt: skip
_BULLET: Final = re.compile(r"\s*(?:[-*+•·▪▶●○■✔✅✓☑–]|\d{1,2}[.)]|[^\w\s\[(<【\"'“‘$€£₩])\s*")
_MOST_BELOW: Final = 30
_ITEM_LEAD: Final = re.compile(
    r"(?:[\s\-*•✔▶●○■]|\d+[.)] )*(?:(?:and|plus|also|or|a|an|the|our|your|in return,?|we(?:'ll)? (?:also )?(?:offer|provide|give you)|you(?:'ll| will)? (?:also )?(?:get|receive|enjoy)|enjoy|benefits(?: include)?:?|perks(?: include)?:?) )*",
    re.IGNORECASE,
)
_NO_ITEM: Final = re.compile(
    r"\b(?:it|them|helps?|is|are|was|were|will|must|can|you|we|our|they|to|who|that|please|apply|required|preferred|experience|degree|years?|per|team|company|customers?)\b|[@#:?!]|https?|\d{3}"
    r"|(?:다|요|음|함)$|경력|경험|필수|우대|자격|담당|업무|근무|채용|모집|회사|직원|고객|가능자|있는|하는|되는|[은는이가을를] ",
    re.IGNORECASE,
)
# Rests of a sentence that its commas leave over.
_NOTHING: Final = re.compile(
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}|(?:mon|tues?|wednes|thurs?|fri|satur|sun)days?|[\d\W]+|(?:and )?(?:much )?more|etc\.?|others?|family|children|kids|shoes|(?:but|not|which|with|who|what|provides?|did) .*|(?:competitive |great |good |attractive )?(?:salary|pay|compensation|wages?)(?: package)?)",
    re.IGNORECASE,
)
# A line below a label may say more than a name; it is no item if it asks for something or tells of pay.
_NO_BULLET: Final = re.compile(
    r"\b(?:apply|applications?|hiring|process|probation|position|contract|role|remote|trial|permanent|full-time|part-time|required|preferred|must|experience|degree|skills?|interview|salary|customers?|clients?|contact|deadline|e-?mail|did)\b|[@?]|https?"
    r"|(?:[다요죠까네]|[!~]+)[.)]?\s*$|^\W*그 ?외|환경$|절차|전형|직입니다|정규직|계약직|재택|출근|근무지|경력|경험|필수|우대|자격 ?요건|담당|채용|모집|지원자|고객|급여|연봉|월급|시급|접수|마감|면접|문의",
    re.IGNORECASE,
)
_LONGEST_BULLET: Final = 60
_OTHERS: Final = re.compile(
    r"\b(?:clients?|customers?|guests|patients|tenants|companies|businesses|advise|sell|process|administer|handle|manage|negotiate|explain|calculate|claims?)\b",
    re.IGNORECASE,
)
_NO_SHAPE: Final = re.compile(
    r"\b(?:you order|you serve|you clean|you stock|order|restock|is|are|was|were|will|must|can|we|they|to|who|that|please|apply|required|preferred|experience|degree|manage|managing|manages|sell|selling|clients?|customers?|claims?|sales|budget (?:of|for)|prepare|process|environment|responsib\w+|skills?|salary|compensation|industry|policies|accounts?|no|not|without|administer\w*|helps?|companies|products?|platform|businesses|guests|patients|tenants|students|our app)\b|[@#?]|https?|[가-힣]",
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
    if speaks_of_benefits or len(parts) > 1 or any(hit.canonical == "strong" for hit in parts):
        other = Spans(taken)
        for line in _lines(scan.text, [hit.start for hit in parts]):
            _shaped(scan, line, parts, other)
    if scan.has(_LABELS):
        _labelled(scan, _others(scan))
    benefits = sorted((one.fact.start, one.fact.end) for one in scan.findings if one.fact.type == "benefit")
    known, offered = Spans([*taken, *benefits]), Spans(benefits)
    for line in _lines(scan.text, [start for start, _ in benefits]):
        _fill(scan, line, offered, known)
    if len(benefits) >= _LEAST_OFFERED and "\n" in scan.text:
        _fill_bullets(scan, offered, _others(scan))


def _shaped(scan: Scan, line: Span, parts: list[Hit], taken: Spans) -> None:
    """Note the items of a line that one of ``parts`` begins or ends."""
    text = scan.text
    here = parts[bisect_left(parts, line[0], key=_begin) : bisect_left(parts, line[1], key=_begin)]
    leads = {hit.start for hit in here if hit.canonical == "lead"}
    heads = {hit.end for hit in here if hit.canonical != "lead"}
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
        if _OTHERS.search(scan.clause_before(begin, 70)):
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
    _note_items(scan, line, taken)


def _others(scan: Scan) -> list[Span]:
    """Where facts of any other kind stand: a line that states one is no benefit."""
    return [
        (one.fact.start, one.fact.end) for one in scan.findings if one.fact.type not in {"benefit", "number", "claim"}
    ]


def _fill_bullets(scan: Scan, offered: Spans, others: list[Span]) -> None:
    """Where most lines of a bulleted list are benefits, the others are too."""
    text, at = scan.text, 0
    block: list[Span] = []
    elsewhere = Spans(others)
    known = Spans([*others, *((one.fact.start, one.fact.end) for one in scan.findings if one.fact.type == "benefit")])
    while at <= len(text):
        stop = _line_end(text, at)
        bullet = _BULLET.match(text, at, stop) if at < stop else None
        if bullet is not None and not bullet[0].strip()[:1].isdigit():
            block.append((bullet.end(), stop))
        if bullet is None or stop >= len(text):
            count = sum(offered.touch(*line) for line in block)
            if count >= _LEAST_OFFERED and count * 5 >= len(block) * 3:
                for line in block:
                    if not elsewhere.touch(*line):
                        _note_line(scan, line, known, whole=True)
            block = []
        at = stop + 1


def _labelled(scan: Scan, taken: list[Span]) -> None:
    """What a label of benefits announces: the items behind its colon, else those of the lines below it."""
    text, at, elsewhere = scan.text, 0, Spans(taken)
    while (label := _next_label(scan, at)) is not None:
        begin, rest = label
        end = _line_end(text, begin)
        known = Spans(
            [*taken, *((one.fact.start, one.fact.end) for one in scan.findings if one.fact.type == "benefit")]
        )
        if rest < end:
            _note_items(scan, (rest, end), known)
            at = end
            continue
        at = min(end + 1, len(text))
        bulleted = _BULLET.match(text, at, _line_end(text, at)) is not None
        for _ in range(_MOST_BELOW):
            stop = _line_end(text, at)
            bullet = _BULLET.match(text, at, stop)
            if at >= stop or (bulleted and bullet is None) or _HEADING.match(text, at, stop):
                break
            line = (bullet.end() if bullet else at, stop)
            if not elsewhere.touch(*line) and _NO_BULLET.search(text, *line) is None:
                _note_line(scan, line, known)
            at = min(stop + 1, len(text))
        at = max(at, min(end + 1, len(text)))


def _next_label(scan: Scan, at: int) -> Span | None:
    """Where the next line or sentence begins that opens with a label, and where the label ends."""
    for cue in _LABELS.starts(scan.places):
        if cue < at:
            continue
        sentence = scan.text.rfind(". ", max(0, cue - 60), cue)
        begin = max(scan.text.rfind("\n", 0, cue) + 1, sentence + 2 if sentence >= 0 else 0, at)
        if (label := _LABEL.match(scan.text, begin, _line_end(scan.text, begin))) is not None:
            return begin, label.end()
    return None


def _note_line(scan: Scan, line: Span, known: Spans, *, whole: bool = False) -> None:
    """A line below a label: what it lists, or all of it; only all of it if ``whole``."""
    start, stop = line[0], line[0] + len(scan.text[slice(*line)].rstrip(_EDGES))
    if known.touch(start, stop) or "," in scan.text[start:stop]:
        if not whole:
            _note_items(scan, line, known)
    elif scan.spans_of("work_mode").touch(start, stop):
        return  # says where the work is done
    elif 3 <= stop - start <= _LONGEST_BULLET and _NO_BULLET.search(scan.text, start, stop) is None:
        scan.add("benefit", scan.text[start:stop], start, stop, canonical=fold(scan.text[start:stop]))


def _note_items(scan: Scan, line: Span, known: Spans) -> None:
    for start, stop in _items(scan.text, *line):
        short = 3 <= stop - start <= _LONGEST and _NO_ITEM.search(scan.text, start, stop) is None
        named = short and _NOTHING.fullmatch(scan.text, start, stop) is None
        if named and not known.touch(start, stop):
            scan.add("benefit", scan.text[start:stop], start, stop, canonical=fold(scan.text[start:stop]))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


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
