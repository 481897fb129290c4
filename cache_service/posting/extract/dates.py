"""Days and the deadline. ``2027-03-15``, ``2027-03`` (a month), ``--12-31`` (no year), ``D-3``, ``always_open``,
``until_filled``. A day is the deadline where the words beside it say so; any other is a ``date``.

A deadline that depends on the day of reading ("이달 말까지", "by next Friday") has its wording as value: no day can be
computed from the text alone, and no request's deadline equals it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.number_words import sino
from cache_service.posting.extract.reading import Scan
from cache_service.posting.facts import FactType

_YEAR: Final = r"(?P<y>(?:19|20|21)\d{2})"
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
    r"|DECEMBER|january|february|april|june|july|august|september|october|november|december)"
)
_NAME_BEFORE: Final = re.compile(rf"(?<![A-Za-z])({_MONTH_NAME})\.?\s$")
_DAY_AFTER_NAME: Final = re.compile(rf"(?P<d>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:,?\s{_YEAR}(?!\d))?")
_YEAR_AFTER_NAME: Final = re.compile(rf"{_YEAR}(?!\d)")
_DAY_BEFORE_NAME: Final = re.compile(
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<name>{_MONTH_NAME})\b\.?(?:,?\s{_YEAR}(?!\d))?"
)
# 12/14/2026 is the American order; 25/03/2027 can only be the other.
_SLASHED: Final = re.compile(rf"(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.]{_YEAR}(?!\d)")
# What every day written in digits has; most numerals have none of it.
_MAYBE: Final = re.compile(r"\d{1,4} ?(?:[년월./-]|(?:st|nd|rd|th)? ?(?:of )?[A-Z])")
_LETTER_BEFORE: Final = re.compile(r"[a-zA-Z.] ")
_TIME: Final = r"(?: ?(?:오전|오후|자정|정오|낮|밤)? ?\d{0,2}(?::\d{2}|시(?: ?\d{1,2}분)?)?)"
_DUE_AFTER: Final = re.compile(
    rf"(?: ?\( ?[월화수목금토일](?:요일)? ?\)| ?[월화수목금토일]요일)?{_TIME}[. ]?(?:(?:도착분|소인분|접수분)? ?까지|(?:에|부로|로)? ?마감|접수 ?마감|한\b|\(마감)"
)
_DUE_BEFORE: Final = re.compile(
    r"(?:마감|접수 ?기한|기한|모집 ?기간|접수 ?기간|지원 ?기간|채용 ?기간|서류 ?접수|원서 ?접수|deadline|apply(?:\s\w{1,12}){0,4}\s(?:by|before|until)"
    r"|applications?(?:\s\w{1,12}){0,4}\s(?:by|until|before|close)|clos(?:es?|ing)(?:\sdate)?|due(?:\sdate)?"
    r"|no later than|\bcloses|\bends?\b|\(by "
    r"|open (?:un)?till?|accepted (?:by|until|through|till)|applications? (?:open )?(?:until|till|through)"
    r"|(?:submit|send|e-?mail|apply)(?:\s\w{1,12}){0,5}\s(?:by|before|until|till)|last (?:day|date) (?:to apply|to let us know|for applications|of application|for applying))[^\n]{0,30}$",
    re.IGNORECASE,
)
_NOT_DUE_BEFORE: Final = re.compile(r"입사|발표|시작|start|면접|interview|부터", re.IGNORECASE)
_TILDE_BEFORE: Final = re.compile(r"~ ?$")
_CLOSING_TILDE: Final = re.compile(r"(?:^|[\s(])~ ?$")
_RANGE_AFTER: Final = re.compile(r"(?: ?\([월화수목금토일]\))? ?(?:~|-|부터)")
# The first day of a period: the deadline is the other one.
_PERIOD_AFTER: Final = re.compile(
    r"[ .]{0,2}(?:\([월화수목금토일]\))? ?(?:\d{1,2}:\d\d ?)?(?:~|-|–|부터|through\b|to\b|until\b)"
)
_PERIOD_BEFORE: Final = re.compile(
    r"(?:(?:접수|모집|지원|공고|응모) ?(?:기간)?|applications?[^\n]{0,24}|accepted)[^\n]{0,40}(?:~|-|–|부터|through|until|to) ?$",
    re.IGNORECASE,
)
_D_DAY: Final = re.compile(r"(?<![A-Za-z0-9])D-(?P<n>\d{1,2})(?!\d)(?![가-힣A-Za-z]*타입)")
_OPEN: Final = re.compile(
    r"(?:상시|수시|연중|365일) ?(?:로 ?)?(?:채용|모집|접수|지원 ?(?:가능|받)|마감 ?없)"
    r"|(?:채용|모집|접수|지원|마감) ?(?:기간|마감|기한|일|방식|형태)? ?[:|은는]? ?(?:상시|수시|연중)(?! ?(?:로 ?)?(?:채용|모집|접수|근|퇴|교육|평가|출))"
    r"|마감 ?(?:일|기한)?(?:은|이|을)? ?(?:따로 |별도로 |정해 ?두지 |정하지 )?(?:없|않)"
    r"|\brolling (?:basis|admissions?|applications?|deadline|recruitment|hiring|intake)|\bon a rolling\b"
    r"|(?:기한|마감|기간)(?:의? ?제한)? ?없이|year-round|언제든(?:지|지요)? ?(?:지원|접수|문의|연락|이력서)|applications? (?:are|is) (?:always )?(?:ongoing|open year)|ongoing (?:recruitment|hiring)|always (?:open|hiring)"
    r"|(?:no|without an?) (?:application |closing |set |fixed )?(?:deadline|closing date)|hiring year-?round|open-ended deadline",
    re.IGNORECASE,
)
_FILLED: Final = re.compile(
    r"(?:채용|충원|모집|선발|적임자 ?(?:채용|선발)?|인원|정원) ?(?:을 ?|이 ?|가 ?)?(?:완료|확정|충원|마감|채워지|찰|나타나|구하|결정)? ?(?:시|되면|되는 ?대로|하면"
    r"|면|때)(?:까지|에)?[\s,]{0,2}(?:조기 ?)?(?:포지션이? ?|공고가? ?)?(?:마감|종료)"
    r"|(?:채용|충원|모집) ?(?:완료 ?)?시 ?까지|(?:채용|충원)(?:이|을)? ?(?:완료)?될 ?때까지|(?:사람|직원|적임자|분|인재)(?:을|를)? ?(?:구할|찾을|뽑을|모실) ?때까지"
    r"|(?:until|when|once|till) (?:(?:the |this |all |both )?(?:positions?|roles?|vacanc(?:y|ies)|posts?|jobs?)"
    r" (?:is |are |has been |have been )?)?filled"
    r"|until (?:we|someone)[a-z' ]{0,6} (?:find|found|hired?|fill)\b",
    re.IGNORECASE,
)
_IN_WORDS: Final = Cues(
    "상시", "수시", "언제든", "기한", "없이", "연중", "365일", "마감", "시까지", "시 까지", "때까지", "종료", "rolling", "ongoing", "filled", "until we",
    "always open", "always hiring", "deadline", "closing date", "year-round", "until someone",
)  # fmt: skip
# 12월 마지막 날, 십이월 삼십일일, New Year's Eve: days that no digits state.
_LAST_DAY: Final = re.compile(r"(?:(?P<y>20\d\d) ?년 ?)?(?P<m>\d{1,2}) ?월 ?(?:마지막 ?날|말일)")
_SINO_MONTHS: Final = {"시": 10, "유": 6}
_SINO_DAY: Final = re.compile(
    r"(?=[구사삼시십오유육이일칠팔])(?<![가-힣])(?P<m>일|이|삼|사|오|유|육|칠|팔|구|시|십|십일|십이)월 ?(?P<d>(?:이|삼)?십?[일이삼사오육칠팔구]?)일(?![가-힣]{0,1}[요정])"
)
_ORDINALS: Final = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
        " seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth"
        " twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first".split(), 1
    )
}  # fmt: skip
_ORDINAL: Final = "(?P<d>(?i:" + "|".join(sorted(_ORDINALS, key=len, reverse=True)).replace("-", "[- ]") + "))"
_ORDINAL_DAY: Final = re.compile(
    rf"\b(?:{_ORDINAL}(?: day)? of (?P<after>{_MONTH_NAME})|(?P<before>{_MONTH_NAME}) (?:the )?{_ORDINAL.replace('<d>', '<n>')})\b"
    rf"(?:,? {_YEAR}(?!\d))?"
)
_ORDINAL_WORDS: Final = Cues(*_ORDINALS, *(word.replace("-", " ") for word in _ORDINALS if "-" in word))
_YEAR_END: Final = re.compile(
    r"(?:올해|금년|올 ?해|이번 ?해|연)(?: ?의)? ?(?:마지막 ?날|말일|(?<=연)말(?= ?까지))|New Year['\u2019]?s Eve|(?:the )?(?:last day|end) of"
    r" (?:the|this) year",
    re.IGNORECASE,
)
_NAMED_DAYS: Final = re.compile(
    r"(?P<eve>Christmas Eve|크리스마스 ?이브)|(?P<day>Christmas(?: Day)?(?= ?[,.]|$)|크리스마스(?= ?(?:까지|마감)))|(?P<new>New Year['\u2019]?s Day)",
    re.IGNORECASE,
)
_YEAR_END_WORDS: Final = Cues(
    "올해", "금년", "연말", "올 해", "이번 해", "new year", "of the year", "of this year"
)  # fmt: skip
_NAMED_WORDS: Final = Cues("christmas", "크리스마스", "new year")
_NAMED: Final = {"eve": "--12-24", "day": "--12-25", "new": "--01-01"}
_RELATIVE: Final = re.compile(
    r"(?:(?=[공글금내다모목수연오올월이일주차토화\d])(?:오늘|내일|모레|글피|(?:이번|다음|금|차|다다음) ?(?:주|달|월)(?: ?(?:[월화수목금토일]요일|말일|말|초|중순|중|\d{1,2}일))?|금주(?: ?내)?|이달(?: ?(?:말일|말"
    r"|초|중순|\d{1,2}일))?|월말|월 말|주말|연내|올해(?: 안| 말)?|내년 ?(?:초|\d{1,2}월)?|(?:다음|이번) ?분기 ?(?:말|까지)?"
    r"|\d{1,2}월 ?(?:말|초|중순)|[월화수목금토일]요일|공고일(?:로)?부터 ?\d{1,3} ?(?:일|주)|\d{1,3} ?(?:일|주일?) ?(?:이내|안|뒤|후))"
    r"|\b(?=[bcdefilmnstw])(?:today|tomorrow|tonight|(?:the )?(?:end|close|middle|beginning) of (?:the|this|next|business)"
    r"(?: (?:day|week|month|quarter|year|summer))?(?: (?:today|tomorrow))?|(?:this|next|coming) (?:week|month|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: next week)?|month-end|EOD|EOW|midnight"
    r"|(?:end of |mid-|late |early )(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|(?:in|within) (?:the next )?(?:\d{1,2}|one|two|three|four|five|six|seven|ten|a|an) (?:days?|weeks?|months?))\b)",
    re.IGNORECASE,
)
_RELATIVE_WORDS: Final = Cues(
    "까지", "마감", "기한", "deadline", "apply", "applic", "closes", "closing", "due", "no later than", "open until",
)  # fmt: skip
_DUE_AFTER_RELATIVE: Final = re.compile(
    r"(?: ?(?:자정|오후|오전|정오|밤)? ?\d{0,2}시?)? ?(?:(?:까지(?:만|는)?|에|내로?) ?(?:꼭 |서류를? ?|이력서를? ?|지원서를? ?|원서를? ?|입사지원서를? ?|서류 )?"
    r"(?:지원(?!금|하는 ?업)|접수|마감|모집|응모|제출|신청|보내))"
)
_DUE_BEFORE_RELATIVE: Final = re.compile(
    r"(?:(?:마감|접수|지원|모집|서류|제출)(?: ?(?:일|기한|기간|마감))?(?:은|는|이)? ?[:|]? ?(?:~ ?)?"
    r"|(?:apply|appl(?:y|ications?)|submit|send)(?:\s[\w']{1,12}){0,6}\s(?:by|before|until|till|no later than|through)(?:\sthe)?\s"
    r"|applications?(?:\s\w{1,10}){0,2}\s(?:close|closing|due|end|accepted)(?:s)?(?:\sat|\son|\sby|\suntil|\sthrough)?(?:\sthe)?\s"
    r"|deadline(?:\sis|:|\sof)?(?:\sthe)?\s|clos(?:es|ing)(?:\sdate)?(?:\sis|:|\son|\sat)?(?:\sthe)?\s|due(?:\sby|\son)?(?:\sthe)?\s"
    r"|no later than\s(?:the\s)?|open until\s(?:the\s)?)$",
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
    if "D-" in scan.text:
        for match in _D_DAY.finditer(scan.text):
            scan.add("deadline", f"D-{int(match['n'])}", *match.span())
            scan.claim(*match.span())
    _in_words(scan)
    _named(scan)
    if scan.has(_RELATIVE_WORDS):
        _relative(scan)


def _claim(scan: Scan) -> None:
    spans = sorted((one.fact.start, one.fact.end) for one in scan.findings if one.fact.type in {"date", "deadline"})
    at = 0
    for numeral in scan.numerals:
        while at < len(spans) and spans[at][1] <= numeral.start:
            at += 1
        if at < len(spans) and spans[at][0] <= numeral.start:
            numeral.taken = True


def _in_words(scan: Scan) -> None:
    if not scan.has(_IN_WORDS):
        return
    filled = list(scan.around(_FILLED, _IN_WORDS, 48, 64))
    for match in filled:
        scan.add("deadline", "until_filled", *match.span())
    for match in scan.around(_OPEN, _IN_WORDS, 32, 64):
        if not any(one.start() < match.end() and match.start() < one.end() for one in filled[:8]):
            scan.add("deadline", "always_open", *match.span())


def _named(scan: Scan) -> None:
    """Days without digits; one is the deadline by the same words as any other."""
    text = scan.text
    dated = _last_days(text) + _sino_days(text) + _ordinal_days(scan)
    feasts: list[_Day] = []
    if scan.has(_YEAR_END_WORDS):
        feasts += [_Day("--12-31", *match.span(), whole=True) for match in _YEAR_END.finditer(text)]
    if scan.has(_NAMED_WORDS):
        feasts += [
            _Day(_NAMED[match.lastgroup], *match.span(), whole=True)
            for match in _NAMED_DAYS.finditer(text)
            if match.lastgroup
        ]
    for day in dated:
        due = _is_due(scan, day) or _is_due_relative(scan, day.start, day.end)
        scan.add("deadline" if due else "date", day.value, day.start, day.end)
        scan.claim(day.start, day.end)
    for day in feasts:
        if _is_due_relative(scan, day.start, day.end):
            scan.add("deadline", day.value, day.start, day.end)
        scan.claim(day.start, day.end)


def _last_days(text: str) -> list[_Day]:
    if "말일" not in text and "마지막" not in text:
        return []
    return [
        _Day(_last(_int(match["y"]), month), *match.span(), whole=True)
        for match in _LAST_DAY.finditer(text)
        if 1 <= (month := int(match["m"])) <= 12
    ]


def _sino_days(text: str) -> list[_Day]:
    days = []
    for match in _SINO_DAY.finditer(text) if "월" in text else ():
        month = _SINO_MONTHS.get(match["m"]) or sino(match["m"])
        if match["d"] and (value := _iso(None, month, sino(match["d"]))) is not None:
            days.append(_Day(value, *match.span(), whole=True))
    return days


def _ordinal_days(scan: Scan) -> list[_Day]:
    """The first of March, March the thirty-first."""
    days = []
    for match in _ORDINAL_DAY.finditer(scan.text) if scan.has(_ORDINAL_WORDS) else ():
        month = _MONTHS[(match["after"] or match["before"])[:3].lower()]
        day = _ORDINALS[(match["d"] or match["n"]).lower().replace(" ", "-")]
        if (value := _iso(_int(match["y"]), month, day)) is not None:
            days.append(_Day(value, *match.span(), whole=True))
    return days


def _relative(scan: Scan) -> None:
    """Deadlines that count from the day of reading, as worded."""
    known = sorted((one.fact.start, one.fact.end) for one in scan.findings if one.fact.type in {"deadline", "date"})
    at = 0
    for match in scan.around(_RELATIVE, _RELATIVE_WORDS, 64, 96):
        start, end = match.span()
        while at < len(known) and known[at][1] <= start:
            at += 1
        if (at < len(known) and known[at][0] < end) or not _is_due_relative(scan, start, end):
            continue
        if match[0].endswith("요일") and known and 0 <= start - known[max(0, at - 1)][1] <= 2:
            continue  # 12월 31일 목요일까지
        if at < len(known) and known[at][0] - end in {0, 1, 2} and match[0].lower().endswith("day"):
            continue  # Thursday, December 31st
        scan.add("deadline", match[0], start, end)
        scan.claim(start, end)


def _is_due_relative(scan: Scan, start: int, end: int) -> bool:
    if _DUE_AFTER_RELATIVE.match(scan.line_after(end, 32)):
        return True
    before = scan.line_before(start, 64)
    if (due := _DUE_BEFORE_RELATIVE.search(before)) is None:
        return False
    return not due[0][0] >= "가" or scan.line_after(end, 4).lstrip().startswith("까지") or scan.stands_alone(start, end)


def _last(year: int | None, month: int) -> str:
    """The last day of a month; of February without a year, the 28th."""
    first = dt.date((year or 2001) + month // 12, month % 12 + 1, 1)
    return _iso(year, month, (first - dt.timedelta(days=1)).day) or ""


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
    if (match := _SLASHED.match(text, start)) is not None:
        month, day = int(match["a"]), int(match["b"])
        if month > 12:
            month, day = day, month
        if (value := _iso(int(match["y"]), month, day)) is not None:
            return _Day(value, start, match.end(), whole=True)
    if (match := _DAY_BEFORE_NAME.match(text, start)) is not None:
        value = _iso(_int(match["y"]), _MONTHS[match["name"][:3].lower()], int(match["d"]))
        return None if value is None else _Day(value, start, match.end(), whole=True)
    return None


def _short(scan: Scan, start: int) -> _Day | None:
    """12/31 or 12.31 is a day only where a weekday, a deadline or a range says so."""
    text = scan.text
    if (match := _SHORT.match(text, start)) is None or text[start - 1 : start] in {"/", ".", "-", "$", "£", "€", "₩"}:
        return None
    value = _iso(None, int(match["m"]), int(match["d"]))
    if value is None:
        return None
    before = scan.line_before(start, 40)
    said = (
        _WEEKDAY.match(text, match.end())
        or _DUE_AFTER.match(text, match.end())
        or _DUE_BEFORE.search(before)
        or _CLOSING_TILDE.search(before)
    )
    return _Day(value, start, match.end(), whole=True) if said else None


def _is_due(scan: Scan, day: _Day) -> bool:
    after = scan.line_after(day.end, 24)
    if _DUE_AFTER.match(after):
        return True
    if _RANGE_AFTER.match(after) or _PERIOD_AFTER.match(after):
        return False
    before = scan.line_before(day.start, 60)
    if _PERIOD_BEFORE.search(before) and not _NOT_DUE_BEFORE.search(before):
        return True
    due = _DUE_BEFORE.search(before)
    if due is not None:
        return _NOT_DUE_BEFORE.search(due[0]) is None or "~" in due[0]
    opened = _TILDE_BEFORE.search(before)
    return opened is not None and (before[: opened.start()].rstrip().endswith("(") or not before.strip(" ~-•ㆍ*"))


def _int(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _iso(year: int | None, month: int, day: int) -> str | None:
    try:
        date = dt.date(2000 if year is None else year, month, day)
    except ValueError:
        return None
    return f"--{date.month:02}-{date.day:02}" if year is None else date.isoformat()
