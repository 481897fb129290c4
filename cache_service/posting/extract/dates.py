"""Days and the deadline. ``2027-03-15``, ``2027-03`` (a month), ``--12-31`` (no year), ``D-3``, ``always_open``,
``until_filled``. A day is the deadline where the words beside it say so; any other is a ``date``.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from cache_service.posting.extract.reading import Scan
from cache_service.posting.facts import FactType

_YEAR: Final = r"(?P<y>(?:19|20)\d{2})"
_FULL: Final = re.compile(
    rf"(?:{_YEAR} ?(?:년|[./-]) ?|(?P<yy>[23]\d)(?:년 ?|[./] ?))"
    r"(?P<m>\d{1,2}) ?(?:월|[./-]) ?(?P<d>\d{1,2})(?!\d)(?: ?일)?"
)
_MONTH: Final = re.compile(rf"{_YEAR}(?: ?년 ?(?P<m1>\d{{1,2}}) ?월|[./](?P<m2>0\d|1[0-2])(?![\d.,/]))")
_DAY: Final = re.compile(r"(?P<m>\d{1,2}) ?월 ?(?P<d>\d{1,2}) ?일")
_SHORT: Final = re.compile(r"(?P<m>\d{1,2})[./](?P<d>\d{1,2})(?![\d./%])")
_WEEKDAY: Final = re.compile(r" ?\( ?[월화수목금토일](?:요일)? ?\)| ?[월화수목금토일]요일")
_MONTHS: Final = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}  # fmt: skip
_MONTH_NAME: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER"
    r"|DECEMBER)"
)
_NAME_BEFORE: Final = re.compile(rf"(?<![A-Za-z])({_MONTH_NAME})\.?\s$")
_DAY_AFTER_NAME: Final = re.compile(rf"(?P<d>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:,?\s{_YEAR}(?!\d))?")
_YEAR_AFTER_NAME: Final = re.compile(rf"{_YEAR}(?!\d)")
_DAY_BEFORE_NAME: Final = re.compile(
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<name>{_MONTH_NAME})\b\.?(?:,?\s{_YEAR}(?!\d))?"
)
# What every day written in digits has; most numerals have none of it.
_MAYBE: Final = re.compile(r"\d{1,4} ?(?:[년월./-]|(?:st|nd|rd|th)? ?(?:of )?[A-Z])")
_LETTER_BEFORE: Final = re.compile(r"[a-zA-Z.] ")
_TIME: Final = r"(?: ?(?:오전|오후|자정|정오|낮|밤)? ?\d{0,2}(?::\d{2}|시(?: ?\d{1,2}분)?)?)"
_DUE_AFTER: Final = re.compile(
    rf"(?: ?\( ?[월화수목금토일](?:요일)? ?\)| ?[월화수목금토일]요일)?{_TIME} ?(?:까지|마감|접수 ?마감|한\b|\(마감)"
)
_DUE_BEFORE: Final = re.compile(
    r"(?:마감|접수 ?기한|기한|모집 ?기간|접수 ?기간|지원 ?기간|채용 ?기간|서류 ?접수|deadline|apply(?:\s\w{1,12}){0,4}\s(?:by|before|until)"
    r"|applications?(?:\s\w{1,12}){0,4}\s(?:by|until|before|close)|clos(?:es?|ing)(?:\sdate)?|due(?:\sdate)?"
    r"|no later than"
    r"|open until|accepted (?:by|until|through))[^\n]{0,30}$",
    re.IGNORECASE,
)
_NOT_DUE_BEFORE: Final = re.compile(r"입사|발표|시작|start|면접|interview|부터", re.IGNORECASE)
_TILDE_BEFORE: Final = re.compile(r"~ ?$")
_RANGE_AFTER: Final = re.compile(r"(?: ?\([월화수목금토일]\))? ?(?:~|-|부터)")
_D_DAY: Final = re.compile(r"(?<![A-Za-z0-9])D-(?P<n>\d{1,2})(?!\d)(?![가-힣A-Za-z]*타입)")
_OPEN: Final = re.compile(
    r"(?:상시|수시|연중) ?(?:채용|모집|접수|지원 ?(?:가능|받)|마감 ?없)|(?:채용|모집|접수) ?(?:기간|마감|기한) ?:? ?(?:상시|수시)"
    r"|rolling basis|applications? (?:are|is) (?:always )?ongoing|ongoing recruitment|always open|no deadline",
    re.IGNORECASE,
)
_FILLED: Final = re.compile(
    r"(?:채용|충원|모집|적임자 ?(?:채용|선발)) ?(?:완료|확정)? ?(?:시|되면)(?:까지|에)?[\s,]{0,2}(?:조기 ?)?(?:포지션이? ?|공고가? ?)?마감"
    r"|(?:채용|충원) ?(?:완료 ?)?시까지|(?:until|when|once) (?:the (?:position|role|vacancy) is )?filled",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Day:
    value: str
    start: int
    end: int
    whole: bool  # a day, not a month


def find(scan: Scan) -> None:
    """Find days, the deadline, and what is said of it in words."""
    done = 0
    for numeral in scan.numerals:
        if numeral.taken or numeral.start < done:
            continue
        day = _day_at(scan, numeral.start)
        if day is None:
            continue
        kind: FactType = "deadline" if day.whole and _is_due(scan, day) else "date"
        scan.add(kind, day.value, day.start, day.end)
        done = day.end
    _claim(scan)
    if "D" in scan.text:
        for match in _D_DAY.finditer(scan.text):
            scan.add("deadline", f"D-{int(match['n'])}", *match.span())
            scan.claim(*match.span())
    _in_words(scan)


def _claim(scan: Scan) -> None:
    spans = sorted((one.fact.start, one.fact.end) for one in scan.findings if one.fact.type in {"date", "deadline"})
    at = 0
    for numeral in scan.numerals:
        while at < len(spans) and spans[at][1] <= numeral.start:
            at += 1
        if at < len(spans) and spans[at][0] <= numeral.start:
            numeral.taken = True


def _in_words(scan: Scan) -> None:
    text = scan.text
    if "시" in text or "채용" in text or "연중" in text:
        pass
    elif not re.search(r"rolling|ongoing|filled|always open|no deadline", text, re.IGNORECASE):
        return
    for pattern, value in ((_FILLED, "until_filled"), (_OPEN, "always_open")):
        for match in pattern.finditer(text):
            scan.add("deadline", value, *match.span())


def _day_at(scan: Scan, start: int) -> _Day | None:
    text = scan.text
    if _MAYBE.match(text, start) is None and _LETTER_BEFORE.match(text, max(0, start - 2)) is None:
        return None
    if text[start - 1 : start] == "." and text[max(0, start - 2) : start - 1].isdigit():
        return None
    return _korean(text, start) or _english(text, start) or _short(scan, start)


def _korean(text: str, start: int) -> _Day | None:
    if (match := _FULL.match(text, start)) is not None:
        year = int(match["y"]) if match["y"] else 2000 + int(match["yy"])
        if (value := _iso(year, int(match["m"]), int(match["d"]))) is not None:
            return _Day(value, start, match.end(), whole=True)
    if (match := _MONTH.match(text, start)) is not None and 1 <= (month := int(match["m1"] or match["m2"])) <= 12:
        return _Day(f"{int(match['y'])}-{month:02}", start, match.end(), whole=False)
    if (match := _DAY.match(text, start)) is not None and (value := _iso(None, int(match["m"]), int(match["d"]))):
        return _Day(value, start, match.end(), whole=True)
    return None


def _english(text: str, start: int) -> _Day | None:
    if (name := _NAME_BEFORE.search(text[max(0, start - 12) : start])) is not None:
        month, begin = _MONTHS[name[1][:3].lower()], start - len(name[0])
        if (match := _YEAR_AFTER_NAME.match(text, start)) is not None:
            return _Day(f"{int(match['y'])}-{month:02}", begin, match.end(), whole=False)
        match = _DAY_AFTER_NAME.match(text, start)
        if match is not None and (value := _iso(_int(match["y"]), month, int(match["d"]))) is not None:
            return _Day(value, begin, match.end(), whole=True)
    if (match := _DAY_BEFORE_NAME.match(text, start)) is not None:
        value = _iso(_int(match["y"]), _MONTHS[match["name"][:3].lower()], int(match["d"]))
        return None if value is None else _Day(value, start, match.end(), whole=True)
    return None


def _short(scan: Scan, start: int) -> _Day | None:
    """12/31 or 12.31 is a day only where a weekday, a deadline or a range says so."""
    text = scan.text
    if (match := _SHORT.match(text, start)) is None or text[start - 1 : start] in {"/", ".", "-"}:
        return None
    value = _iso(None, int(match["m"]), int(match["d"]))
    if value is None:
        return None
    before = scan.line_before(start, 40)
    said = _WEEKDAY.match(text, match.end()) or _DUE_AFTER.match(text, match.end()) or _DUE_BEFORE.search(before)
    return _Day(value, start, match.end(), whole=True) if said else None


def _is_due(scan: Scan, day: _Day) -> bool:
    after = scan.line_after(day.end, 24)
    if _DUE_AFTER.match(after):
        return True
    if _RANGE_AFTER.match(after):
        return False
    before = scan.line_before(day.start, 60)
    due = _DUE_BEFORE.search(before)
    if due is not None:
        return _NOT_DUE_BEFORE.search(due[0]) is None or "~" in due[0]
    return _TILDE_BEFORE.search(before) is not None and len(before.strip(" ~-•ㆍ*")) == 0


def _int(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _iso(year: int | None, month: int, day: int) -> str | None:
    try:
        date = dt.date(2000 if year is None else year, month, day)
    except ValueError:
        return None
    return f"--{date.month:02}-{date.day:02}" if year is None else date.isoformat()
