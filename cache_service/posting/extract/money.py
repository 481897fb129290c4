"""Pay: the amounts a text offers for the job, their currency and period. Other amounts stay plain numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.numerals import Numeral, number_value
from cache_service.posting.extract.reading import Scan

_MAN: Final = 10_000
_SIGNS: Final = {"$": "USD", "₩": "KRW", "€": "EUR", "£": "GBP", "¥": "JPY"}
_WORDS: Final = {
    "원": "KRW", "won": "KRW", "달러": "USD", "불": "USD", "dollars": "USD", "dollar": "USD", "유로": "EUR",
    "엔": "JPY", "euros": "EUR", "euro": "EUR", "pounds": "GBP", "$": "USD", "€": "EUR", "£": "GBP", "₩": "KRW", "¥": "JPY",
}  # fmt: skip
_BEFORE: Final = re.compile(r"(?:(?P<us>US)?(?P<sign>[$₩€£¥])|(?<![A-Za-z])(?P<code>[A-Z]{3})) ?$")
_AFTER: Final = re.compile(
    r" ?(?:(?P<code>(?!CEO|CTO|IPO|VIP|MBA|PPT|PDF|SNS|API)[A-Z]{3})(?![A-Za-z])|(?P<word>원(?![칙격인본활했하주서장])|달러"
    r"|불(?![가-힣])|유로(?![가-힣])"
    r"|엔(?![가-힣])|won\b|dollars?\b|euros?\b|pounds\b|[€£₩](?! ?\d)))"
)
_LINK: Final = re.compile(
    r" ?(?:원|won|달러|[A-Z]{3})? ?(?:이상,? |~|-|to\b|and\b|에서|부터) ?(?:최대|up to)? ?(?:US)?(?:[$₩€£¥]|[A-Z]{3})? ?"
)
_OTHERS: Final = (
    r"매출|투자|거래|상금|지원금|지원비|식대|식비|부담금|한도|복지|포인트|수당|상품권|축하|보너스|인센티브|성과급|경조|자금|예산|보증금|할인|대출|기부|교육비|도서|통신비"
    r"|주유|휴가비|건강검진|장학금|수수료|결제|누적|규모|자산|적립|revenue|funding|raised|bonus|allowance|stipend|budget|sign-?on|on-?call|stand-?by|overtime|turnover|profit|grant|savings|tuition"
    r"|valuation|equity"
    r"|series|invest|reimburse|discount|donat|market|401|matching|insurance|sales"
)
_OTHER: Final = re.compile(_OTHERS, re.IGNORECASE)
_PAY: Final = re.compile(
    r"(?P<pay>연봉|초봉|한 ?달에|매달|매월|하루(?= ?\d)|월급|주급|일급|(?<!\d)일당|시급|급여(?!를 받기| ?외|일)|임금|기본급|처우|시간당(?= ?\d)|salar(?:y|ies)|\bpay\b|\bpaid\b"
    r"|wages?\b|compensation|\bbase\b"
    r"|\bOTE\b|\bCTC\b|hourly|annual(?:ly)?\b|\bearn\b|remuneration)"
    r"|(?P<weak>(?<![가-힣\d])[연월](?= ?(?:\d|₩|약|최소|최대|실수령|고정|기본|[일이삼사오육칠팔구]?[백천])))"
    rf"|(?P<other>{_OTHERS})",
    re.IGNORECASE,
)
_OTHER_AFTER: Final = re.compile(
    r"[^\n.;~+,/(|]{0,14}?(?:매출|투자|식대|포인트|수당|상품권|할인|적립|보너스|인센티브|상당|bonus|allowance|stipend|budget|in (?:funding"
    r"|revenue)|funding|raised|per ref)",
    re.IGNORECASE,
)
_GIVEN_AFTER: Final = re.compile(r"[^\n.;~+,/(|]{0,14}?(?:지원(?!자)|지급|드려|드립|적립|제공)")
_PER: Final = re.compile(
    r"\+?(?: (?:gross|net|base))? ?(?P<per>(?:/|per\s|an?\s|each\s) ?(?P<unit>year|yr|annum|month|mo|day|hour|hr|h)\b|annually\b|yearly\b"
    r"|monthly\b|hourly\b|daily\b"
    r"|p\.?a\.|/ ?(?P<ko>년|연|월|일|시간)| ?\( ?(?:세전,? ?)?(?P<aside>연|월|일|시간)(?:당|간|마다)? ?(?:,? ?세전)?\))",
    re.IGNORECASE,
)
_PAY_AFTER: Final = re.compile(
    r"\+?(?: ?\(?(?:(?:gross|net) ?)?(?:per|an?|/) ?(?:year|yr|annum|month|hour|hr|h|day|week)\b"
    r"| ?(?:base|salary|annual|monthly|hourly|weekly|yearly|daily\b|per annum|OTE\b|DOE\b|/ ?(?:년|월|시간)|p\.a\."
    r"|\(? ?연봉|\(? ?월급|\(? ?시급|(?:이상|이하|수준|사이)?의 (?:급여|월급|일급|일당|시급)|(?:이상|이하|수준)?의 연봉))",
    re.IGNORECASE,
)
_AT_LEAST_AFTER: Final = re.compile(r"\+| ?\(?(?:이상|부터|~(?! ?\d)|or more|and up|minimum)", re.IGNORECASE)
_AT_MOST_AFTER: Final = re.compile(r" ?\(?(?:이하|미만|이내|까지|or less|max(?:imum)?\b)", re.IGNORECASE)
_AT_LEAST_BEFORE: Final = re.compile(
    r"(?:최소|최저|하한|(?:no ?one|nobody)[^.]{0,24} less than|at least|starting (?:at|from)|from|minimum(?: of)?|over|more than) ?$",
    re.IGNORECASE,
)
_AT_MOST_BEFORE: Final = re.compile(
    r"(?:최대|최고|상한|up to|at most|no more than|maximum(?: of)?|~) ?$", re.IGNORECASE
)
_YEARLY: Final = re.compile(r"(?:연봉|초봉)[^\d\n]{0,16}$|(?<![가-힣\d])연 ?(?:약|최소|최대)? ?$")
_MONTHLY: Final = re.compile(
    r"(?:월급|월 ?급여|한 ?달에|매달|매월|(?<![가-힣\d])월)(?:은|는|:)? ?(?:약|최소|최대|실수령)? ?$"
)
_ENDS: Final = re.compile(
    r"[+,.)~(/·|\]\n]|$|\s(?![\w%])|\s?(?:이상|이하|부터|까지|선|정도|내외|수준|협의|입니다|~|이며|이고|에서)"
)
_BOUNDS: Final = frozenset(
    {"이상", "이하", "부터", "까지", "정도", "수준", "내외", "협의", "입니", "이며", "이고", "에서"}
)
_KNOWN: Final = frozenset("USD KRW EUR GBP JPY CAD AUD SGD INR CHF HKD CNY".split())
_MOST_SAID: Final = 1_000_000  # "25 billion monthly views", "$1M daily" are no pay
_LEAST_ALONE: Final = {"KRW": 20_000_000}
_BOUND_BEFORE: Final = re.compile(r"(?:from|up to|at least|최소|최대|약) ?$", re.IGNORECASE)
_LABEL: Final = re.compile(
    r"(?:salary|\bpay|compensation|급여|연봉|월급|시급|일급)"
    r"(?: ?(?:range|of|is|은|는|:|-|\(|at least|up to|from|between|최소|최대|연봉|월급|시급|일급)){0,4} ?$",
    re.IGNORECASE,
)
# 하루 100만 건: a count of something.
_COUNTS: Final = re.compile(
    r" ?(?:[가-힣]{2,4} ?)?(?:건|명|개(?!월)|회|대|톤|곳|장|잔|권|번|그릇|마리|박스|평|리터|콜|뷰|다운로드|팔로워|사용자|고객|이용자|유저)(?![가-힣]{2})"
    r"| (?:orders?|users?|customers?|visits?|requests?|transactions?|calls?|people|downloads?|units?|messages?|events?)\b",
    re.IGNORECASE,
)
_GATE: Final = Cues(
    "$", "₩", "€", "£", "¥", "원", "만", "천", "억", "불", "달러", "유로", "연봉", "초봉", "월급", "달에", "매달", "매월", "하루", "일급", "일당", "시급", "급여", "연 ", "월 ", "won",
    "k-", "k ~", "dollar", "euro", "pound", "salar", "pay", "paid", "compens", "wage", "remunerat", "ote", "ctc", "earn", "hourly",
)  # fmt: skip
_CODE: Final = re.compile(
    r"(?:USD|KRW|EUR|GBP|JPY|CAD|AUD|SGD|INR|CHF|HKD|CNY|NZD|SEK|NOK|DKK|PLN|AED|BRL|MXN|ZAR|PHP|THB|VND|IDR|MYR|TWD)"
)
_PERIODS: Final = {
    "연봉": "year", "초봉": "year", "연": "year", "annual": "year", "annually": "year", "yearly": "year", "year": "year",
    "yr": "year", "annum": "year", "p.a.": "year", "pa.": "year", "년": "year",
    "월급": "month", "월": "month", "한 달에": "month", "한달에": "month", "매달": "month", "매월": "month", "하루": "day", "monthly": "month", "month": "month", "mo": "month",
    "일급": "day", "일당": "day", "일": "day", "daily": "day", "day": "day",
    "시급": "hour", "시간당": "hour", "시간": "hour", "hourly": "hour", "hour": "hour", "hr": "hour", "h": "hour",
}  # fmt: skip
_PERIOD_BEFORE: Final = re.compile(
    r"연봉|초봉|월급|한 ?달에|매달|매월|하루(?= ?(?:$|약|최소|최대))|일급|일당|시급|시간당|(?<![가-힣\d])(?:연|월) ?(?=$|급여|평균|최소|최대|약|실수령|고정|기본)|\b(?:annual(?:ly)?|yearly|monthly|hourly"
    r"|daily)\b",
    re.IGNORECASE,
)
# Won: less than this is no pay for the period.
_ASIDE: Final = re.compile(r" ?(?:(?:이상|이하|수준)?의 )?\(? ?(연봉|월급|시급|일급|일당|급여|annual)", re.IGNORECASE)
# A monthly amount that is "given" is pay from here on, an allowance below.
_LEAST_GIVEN: Final = 1_500_000
_EXTRA_AFTER: Final = re.compile(
    r" (?:in (?:bonus|tips|commission|stock|equity)\w*|(?:\w+ ){0,2}(?:stipend|allowance|budget|bonus|credit|reimbursement|grant)\b)",
    re.IGNORECASE,
)
_HUNDRED_MILLION: Final = re.compile(r"억대(?:의)? ?(?:의 )?(?:연봉|초봉)|(?:연봉|초봉)(?:은|이)? ?억대")
_SAID_JUST_BEFORE: Final = re.compile(r"(?:연봉|초봉|월급|시급|일급|일당)(?:은|는|:)? ?$")
_LABELLED: Final = re.compile(r"(?:급여|임금|보수)(?:은|는|:| :)? ?(?:연|월|일|주|시간당)? ?(?:약|최소|최대)? ?$")
_LEAST_PAY: Final = {"month": 500_000, "year": 10_000_000, "day": 30_000, "hour": 5_000}


@dataclass(frozen=True, slots=True)
class _Amount:
    value: int
    start: int
    end: int
    currency: str | None
    also: frozenset[int | str] = frozenset()


def find(scan: Scan) -> None:
    """Find amounts, then decide which of them are pay."""
    if not scan.has(_GATE) and _CODE.search(scan.text) is None:
        return
    if "억대" in scan.text:
        for match in _HUNDRED_MILLION.finditer(scan.text):
            scan.add("salary_min", 10**8, *match.span(), currency="KRW")
            scan.add("salary_period", "year", *match.span())
    numerals = scan.numerals
    index = 0
    while index < len(numerals):
        step = _at(scan, index)
        index += step


def _at(scan: Scan, index: int) -> int:
    low = scan.numerals[index]
    if not _usable(low):
        return 1
    high = scan.numerals[index + 1] if index + 1 < len(scan.numerals) else None
    if (
        high is None
        or not _usable(high)
        or high.start - low.end > 16
        or _LINK.fullmatch(scan.text, low.end, high.start) is None
    ):
        amounts = _priced(scan, (low,))
        high = None
    else:
        amounts = _priced(scan, (low, high))
        if not amounts:
            ranged = re.search(r"[~-]|to\b|에서|부터", scan.text[low.end : high.start]) is not None
            high = None
            # 100 ~ 2,001 is one range: its lower end alone is nothing, unless it has a currency of its own.
            amounts = () if ranged and _AFTER.match(scan.text, low.end) is None else _priced(scan, (low,))
    if not amounts or not _is_pay(scan, amounts):
        return 1
    _state(scan, amounts)
    low.taken = True
    if high is not None:
        high.taken = True
    return 1 if high is None else 2


def _usable(numeral: Numeral) -> bool:
    return not (numeral.taken or numeral.idle or numeral.name)


def _priced(scan: Scan, numerals: tuple[Numeral, ...]) -> tuple[_Amount, ...]:
    """The amounts with their common currency and unit of ten; empty if they are no money."""
    first, last = numerals[0], numerals[-1]
    before = _BEFORE.search(scan.text[max(0, first.start - 5) : first.start])
    inner = _BEFORE.search(scan.text[max(0, last.start - 5) : last.start]) if last is not first else None
    after = _AFTER.match(scan.text, last.end)
    currency = _currency(before) or _currency(inner) or _currency(after)
    values = [numeral.value for numeral in numerals]
    if last is not first:
        values[0] = _shared(first, last)
    whole = [value for value in values if isinstance(value, int)]
    plain = list(whole)
    if currency is None and last.scale <= 1000:
        whole = _bare(scan, numerals, whole)
    if len(whole) != len(numerals) or whole[0] > whole[-1]:
        return ()
    starts = (first.start - (len(before[0]) if before else 0), last.start - (len(inner[0]) if inner else 0))
    ends = (first.end, after.end() if after is not None else last.end)
    return tuple(
        _Amount(value, starts[index], ends[index - len(numerals)], currency, frozenset({raw} - {value}))
        for index, (value, raw) in enumerate(zip(whole, plain, strict=True))
    )


def _shared(low: Numeral, high: Numeral) -> int | str:
    """5,000~8,000만원 and 3천~5천만원: the unit of ten of the second holds for both."""
    if low.scale == 1000 and isinstance(low.value, int) and isinstance(high.value, int) and high.value >= _MAN * 1000:
        scaled = low.value * _MAN  # 9천~1억 2천만원, 3천~5천만원
        return scaled if scaled <= high.value else low.value
    if low.scale < high.scale and isinstance(high.value, int):
        for scale in (high.scale, _MAN):
            value = number_value(low.raw * scale)
            if isinstance(value, int) and value <= high.value:
                return value
    return low.value


def _bare(scan: Scan, numerals: tuple[Numeral, ...], values: list[int]) -> list[int]:
    """연봉 4000~6000 and 연 5천 mean 만원, 월 300 too; an English amount may stand without a currency by its size."""
    end = numerals[-1].end
    if not values or ("가" <= scan.text[end : end + 1] <= "힣" and scan.text[end : end + 2] not in _BOUNDS):
        return []
    ends = _ENDS.match(scan.text, end) is not None
    before = scan.line_before(numerals[0].start, 24)
    if min(values) >= 1000:
        if ends and max(values) < 30_000 and _YEARLY.search(before):
            return [value * _MAN for value in values]
        if numerals[-1].scale == 1 or numerals[-1].value != 1000 * numerals[-1].raw or max(values) >= 20_000:
            return values if _LABEL.search(before) or _is_bare_range(scan, numerals) else []
        return []
    if ends and min(values) >= 100 and max(values) <= 2000 and _MONTHLY.search(before):
        return [value * _MAN for value in values]
    return []


def _is_bare_range(scan: Scan, numerals: tuple[Numeral, ...]) -> bool:
    """120k-150k by itself."""
    first, last = numerals[0], numerals[-1]
    return first is not last and last.scale == 1000 and scan.stands_alone(first.start, last.end)


def _currency(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    groups = match.groupdict()
    if sign := groups.get("sign"):
        return _SIGNS[sign]
    if word := groups.get("word"):
        return _WORDS[word.lower()]
    return match["code"]


def _is_pay(scan: Scan, amounts: tuple[_Amount, ...]) -> bool:
    start, end = amounts[0].start, amounts[-1].end
    if not _is_plausible(scan, amounts):
        return False
    after = scan.line_after(end, 28)
    if amounts[0].currency is None and _COUNTS.match(after) is not None:
        return False
    if (said := _PAY_AFTER.match(after)) is not None:
        if _EXTRA_AFTER.match(after, said.end()) or _is_extra(scan, start):
            return False
        sure = "salary" in said[0].lower() or "base" in said[0].lower()
        return sure or amounts[0].currency == "KRW" or amounts[-1].value < _MOST_SAID
    before = scan.line_before(start, 48).rpartition(" · ")[2]
    nearest = scan.nearest(_PAY, start, len(before))
    if nearest is None:
        return _is_alone(scan, amounts)
    if nearest["other"] or _OTHER_AFTER.match(after):
        return False
    # 월 300만원: won, and neither given for something nor paid on top
    close = start - nearest.end() <= 6
    won = (
        amounts[0].currency == "KRW"
        or bool(amounts[0].also)
        or (scan.text[end - 1] == "만" and _ENDS.match(scan.text, end) is not None)
    )
    given = amounts[0].value < _LEAST_GIVEN and _GIVEN_AFTER.match(after) is not None
    return nearest["weak"] is None or (close and won and not given)


def _is_extra(scan: Scan, start: int) -> bool:
    """Whether the item before the amount is about something other than pay: a stipend, a turnover."""
    item = re.split(r"[,;·|/]", scan.clause_before(start, 40))[-1]
    found = list(_PAY.finditer(item))
    return bool(found) and found[-1]["other"] is not None


def _is_alone(scan: Scan, amounts: tuple[_Amount, ...]) -> bool:
    """ "정규직 · 5,000만원 · 판교" and "€45-55k": an amount the size of a year's pay between two separators."""
    first, last = amounts[0], amounts[-1]
    if (first.currency or "USD") not in _KNOWN or (first.currency is None and (last is first or last.value % 1000)):
        return False
    if first.value < _LEAST_ALONE.get(first.currency or "", 15_000) or last.value > 10**9:
        return False
    if first.currency != "KRW" and last.value > 500_000:
        return False
    before = scan.line_before(first.start, 24)
    bound = _BOUND_BEFORE.search(before)
    start = first.start - (len(bound[0]) if bound else 0)
    after = _AT_LEAST_AFTER.match(scan.text, last.end) or _AT_MOST_AFTER.match(scan.text, last.end)
    line = scan.line_before(first.start, 80) + scan.line_after(last.end, 80)
    return scan.stands_alone(start, after.end() if after else last.end) and not _OTHER.search(line)


def _is_plausible(scan: Scan, amounts: tuple[_Amount, ...]) -> bool:
    """Too little for the period it is said of: an allowance, whatever stands around it."""
    if amounts[0].value <= 0:
        return False
    if amounts[0].currency != "KRW" or _SAID_JUST_BEFORE.search(scan.line_before(amounts[0].start, 10)):
        return True
    if _LABELLED.search(scan.line_before(amounts[0].start, 24)):
        return True
    period, _ = _period(scan, amounts[0].start, amounts[-1].end)
    return amounts[0].value >= _LEAST_PAY.get(period or "", 0)


def _state(scan: Scan, amounts: tuple[_Amount, ...]) -> None:
    first, last = amounts[0], amounts[-1]
    before, after = scan.line_before(first.start, 16), scan.line_after(last.end, 16)
    if len(amounts) == 1:
        only_max = _AT_MOST_AFTER.match(after) or _AT_MOST_BEFORE.search(before)
        only_min = _AT_LEAST_AFTER.match(after) or _AT_LEAST_BEFORE.search(before)
    else:
        only_max = only_min = None
    if only_min or not only_max:
        scan.add("salary_min", first.value, first.start, first.end, currency=first.currency, also=first.also)
    if only_max or not only_min:
        scan.add("salary_max", last.value, last.start, last.end, currency=last.currency, also=last.also)
    _state_period(scan, first.start, last.end)


def _state_period(scan: Scan, start: int, end: int) -> None:
    period, span = _period(scan, start, end)
    if period is not None:
        scan.add("salary_period", period, *span)


def _period(scan: Scan, start: int, end: int) -> tuple[str | None, tuple[int, int]]:
    """The period of the amount at ``[start, end)`` and where it is said; the words after it win."""
    if (match := _PER.match(scan.text, end)) is not None:
        unit = match["unit"] or match["ko"] or match["aside"] or match["per"]
        return _PERIODS[unit.strip().lower()], match.span("per")
    before = scan.line_before(start, 48)
    offset = start - len(before)
    if found := list(_PERIOD_BEFORE.finditer(before)):
        word = found[-1]
        begin, last = offset + word.start(), offset + len(before[: word.end()].rstrip())
        return _PERIODS[word[0].strip().lower()], (begin, last)
    aside = _ASIDE.match(scan.text, end)
    if aside is None:
        return None, (end, end)
    return _PERIODS[aside[1].lower()], aside.span(1)
