"""Years of experience that are asked for, and months of probation. Years of anything else are plain numbers."""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.numerals import Numeral
from cache_service.posting.extract.reading import Scan

MAX_YEARS: Final = 60
YEAR: Final = 12
_EXPERIENCE_MONTHS: Final = re.compile(r" ?(?P<plus>\+)?(?P<nth>(?!))?(?:개월|달|[\s-]?months?\b'?)", re.IGNORECASE)
_UNIT: Final = re.compile(
    r" ?(?P<plus>\+|-?plus\b| or more\b)? ?(?:\(\d{1,2}\+?\) ?)?"
    r"(?:(?:년(?!도|대|생|제|월| ?\d{1,2} ?월)(?: ?\d{1,2} ?개월)?|해(?= ?(?:이상|이하|동안|경력|경험|의\s|넘|남짓|정도|가량|쯤|일[하한해]|몸|지[낸나]|를 ?넘|을 ?넘|는 |를 |[^가-힣\s]|\s[^가-힣]|$)))(?: ?간)?(?P<nth> ?차)?|-?(?:years?|yrs?)\b\.?'?)",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r" ?\+? ?(?:\(\d{1,2}\) ?)?(?:년(?: ?차)?|해|-?years?|-?yrs?)? ?(?P<from>이상|부터)? ?[,.]? ?(?P<to>~|-|to\b|에서|and\b)?"
    r" ?(?:최대|만|up to)? ?",
    re.IGNORECASE,
)
_AT_LEAST_AFTER: Final = re.compile(
    r" ?\(?(?:이상|초과|(?:is|are) (?:the|our|an?) (?:absolute |bare )?minimum\b|(?:이|가)? ?(?:최소|하한)(?![가-힣])|(?:을|를)? ?넘(?:게|은|는|으신|어|긴)?|(?:을|를)? ?채[우운]|↑|부터|~(?! ?\d)|\+|or more|or longer|or upwards|and upwards|or beyond|or above|or greater|and above|or over|and up|plus\b|minimum|min\b)",
    re.IGNORECASE,
)
_AT_MOST_AFTER: Final = re.compile(
    r" ?\(?(?:이하|미만|이내|까지|↓|or less|or fewer|or under|max(?:imum)?\b)", re.IGNORECASE
)
_AT_LEAST_BEFORE: Final = re.compile(
    r"(?:최소|적어도|at least|at minimum|minimum(?: of)?|min\.?|over|(?<!no )(?<!not )more than|(?:no|not) (?:less|fewer) than|above) ?:? ?(?:만 ?)?$",
    re.IGNORECASE,
)
_AT_MOST_BEFORE: Final = re.compile(
    r"(?:최대|up to|at most|no more than|not more than|less than|under|maximum(?: of)?|fewer than) ?:? ?$|~ ?$",
    re.IGNORECASE,
)
_EXPERIENCE: Final = re.compile(
    r"경력|경험|연차|실무|이력|종사|experience|\bPQE\b|\bexp\b|career|track record|expertise|background|practice\b|fieldwork|behind you|under your belt|post-qualif|in the (?:field|trade|industry|seat|sector|role|profession|business\b)|in a similar (?:role|post|position)",
    re.IGNORECASE,
)
_GATE: Final = Cues("년", "해", "개월", "year", "yr", "month")
_NOT_BEFORE: Final = re.compile(
    r"설립|창립|출시|런칭|론칭|개업|개원|오픈|창업|업력|입사|근속|재직|계약|유효|보증|지난|최근|향후|약정|휴가|포상|found|establish|history|anniversary|\blast|\bpast|\bnext"
    r"|within|warranty|contract|tenure|\bwe(?:'ve| have| bring)|\bour\b|combined|collective|중도",
    re.IGNORECASE,
)
_OF_A_COMPANY: Final = re.compile(r" ?(?:의 )?(?:스타트업|기업|회사)(?!에서| ?(?:경력|경험|재직|근무))")
_NOT_AFTER: Final = re.compile(
    r" ?(?:이상 ?)?(?:전(?!문|임|기|자|산|략|공|담|후)|뒤|후(?!보)|만에|동안|근속|재직|연속|마다|주기|계약|내에|째|근무 ?(?:시|하면|후)|단위|연장"
    r"|된 |의 (?:스타트업|기업|회사|역사|업력|휴가|비전)| (?:무이자|할부)"
    r"|(?:까지|이상)?(?:는|은|이)? ?(?:아니|안 ?되|없어도|미만이어도)"
    r"|(?:of (?:\w+ ){0,3}experience )?(?:is |are )?(?:not |un)(?:required|necessary|needed)"
    r"|ago|old\b|in business|anniversar|of (?:service|age|growth|history|operation|employment|tenure|success)"
    r"|in a row|running|from now|vesting|contract"
    r"|(?:high|degree|college|university)\b)",
    re.IGNORECASE,
)
_BARE_TAIL: Final = re.compile(
    r" ?(?:$|[)\],/]|이신|인 ?(?:분|자)|분\b|자(?![가-힣])|의\s|필수|필요|보유|해당|되신|하신|해 ?보신|있으신|개발|운영|진행|담당|수행|관리|경력|근무하신|우대|근무자|사이|베테랑|숙련|,)"
)
_WORKED: Final = re.compile(
    r"[^.\n]{0,24}(?:일한|일하신|일해 ?(?:온|오신|본|보신)|근무한|근무하신|몸담(?:은|으신|아 ?온)|지낸|지내신|지나신|해 ?온|해 ?오신|해 ?보신|해 ?본|다룬|다루신|쌓은|쌓으신|종사한|종사하신|맡은|맡아 ?온) ?"
    r"(?:분|적|사람|인재|경험|정도|베테랑|전문가|[가-힣]{2,6}[를을])"
)
_SERVED: Final = re.compile(
    r"(?:\b(?:you|who|candidates?|colleague|someone|somebody) (?:have|has)|you've|having)\b[^.;]{0,32}\b(?:spent|worked|for|done)\s(?:at least |over |more than |some |about )?$",
    re.IGNORECASE,
)
_OF_WHAT: Final = re.compile(r"'? ?(?:of|in|with|as|behind|on|at|[a-z]{2,12}ing)\b", re.IGNORECASE)
_HELD: Final = re.compile(
    r"(?:^|[\s(])(?:with|have|has|having|bring|brings|need|needs|requires?|want|plus|you|and|about|some)\s+(?:an?\s)?$|^\W*(?:an?\s)?$",
    re.IGNORECASE,
)
_DECADE: Final = re.compile(
    r"(?:at least |over |more than |a minimum of )?(?:(?P<half>half a)|a|one) decade(?: or more)?(?= of (?:[\w-]+ ){0,4}(?:experience|practice)| (?:in|as|behind)\b)",
    re.IGNORECASE,
)
_FROM_NEWCOMER: Final = re.compile(r"신입 ?(?:~|-|에서|부터) ?(?:경력 ?)?$")
_BULLET: Final = re.compile(r"(?:\s*[•\-*·▪ㆍ]\s*)+")
_OURS: Final = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
_NO_WORDS: Final = Cues(
    "n't need", "zero ", "isn't ", "no ", "not ", "unnecessary", "unneeded", "without ", "regardless", "any level"
)
_NEWCOMER: Final = re.compile(
    r"신입 ?(?:사원)? ?(?:및|/|·|,|or|또는|혹은|~|&|이나|과|\+) ?(?=경력|\d{1,2} ?년)"
    r"|(?<=경력) ?(?:및|/|·|,|or|또는|혹은|&|이나|과|\+) ?신입"
    r"|신입 ?(?:사원)?(?:도|은|을|분도)? ?(?:지원 ?)?(?:가능|환영|채용|모집|지원|좋|괜찮|OK)(?! ?(?:프로그램|담당|업무|관리|기획|교육)|[^.,\n]{0,10}(?:없|않|불가|안 ?[돼되됩받]|어렵))"
    r"|신입 ?(?:사원)? ?(?:초봉|연봉)"
    r"|(?:경력|구분|모집|분야|대상) ?: ?신입"
)
_ANY_YEARS: Final = re.compile(
    r"(?:경력|경험|연차(?= ?(?:무관|불문))) ?(?:은|는|:|사항|유무|여부)?(?:에|와|과)? ?(?:무관(?!한 ?(?:휴|유))|상관 ?(?:없|하지 ?않)|관계 ?없|제한 ?없|불문|안 ?봅)(?!이 (?:모든|동일|수습))|(?:경력|경험)(?:이|은)? ?없(?:어도|으셔도)(?= ?(?:지원|가능|됩|돼|괜찮|OK|환영))|(?:초보자?|무경력자?|미경험자?)(?:도|분도)? ?(?:지원 ?)?(?:가능|환영|OK|괜찮)|(?:신입|경력) ?[/·,] ?(?:신입|경력) ?무관"
)
_NEWCOMER_WORDS: Final = Cues("신입", "경력", "경험", "연차", "초보", "무경력", "미경험")
_NO_EXPERIENCE: Final = re.compile(
    r"\bno (?:\w+ ){0,2}experience(?: is)?,? (?:required|necessary|needed)|(?:^|(?<=[.;,:|·!\n-] )|(?<=[.;,:|·!\n])|(?<=prior )|(?<=previous )|(?<=work )|(?<=relevant ))(?:[A-Z][a-z]{2,12} )?experience (?:is |isn't )?(?:at all )?(?:(?<=n't )|not ?|un)[ -]?(?:required|necessary|needed)"
    r"|without (?:any )?(?:prior |previous )?experience (?:is|are) welcome|regardless of experience|any level of experience"
    r"|(?:don't|do not) need (?:any )?(?:prior |previous |work )?experience|\bexperience is (?:not a|no) (?:requirement|must)|no experience whatsoever|zero experience|no (?:prior |previous )?experience(?= ?(?:$|[.,;)!·|\n]))",
    re.IGNORECASE | re.MULTILINE,
)
_PROBATION: Final = Cues("수습", "시용", "probation", "trial period", "trial month")
_NO_PROBATION: Final = re.compile(
    r"수습 ?(?:기간)?(?:은|이|도|을)? ?(?:별도로 |따로 )?(?:없(?:음|습니다|어요|이|다|는)?|: ?없음|미적용|면제|두지 ?않)"
    r"|\bno (?:probation|trial period)|(?:without|waive(?:d|s)?) (?:an?y? |the )?(?:probation|trial period)|probation(?:ary)? (?:period )?(?:is )?waived",
    re.IGNORECASE,
)
_HALF_YEAR: Final = re.compile(r"반 ?년|반 ?해|(?:a )?half[- ]?(?:(?:a|of a)[- ])?year", re.IGNORECASE)
_MONTHS: Final = re.compile(
    r" ?(?:\(\d{1,2}\) ?)?(?:개월|달(?=[^가-힣]|간|의|은|이|을|입|동안|까지|로|$)|[\s-]?months?\b'?)", re.IGNORECASE
)
_WEEKS: Final = re.compile(r" ?(?:주|일|[\s-]?(?:weeks?|days?)\b)", re.IGNORECASE)
_TO_PROBATION: Final = re.compile(
    r"(?: ?간)?(?:의|은|을|\s|-|\(|\bof\b)*(?:(?:are|is|will be|serve as|count as|of employment (?:are|is))\s(?:an?\s|the\s|your\s)?)?(?:수습|시용|probation|trial period)",
    re.IGNORECASE,
)
_FROM_PROBATION: Final = re.compile(
    r"(?:수습|시용|probation(?:ary)?|trial (?=period))[\s)]{0,2}(?:기간|근무|period|time)?(?: ?기간)?[\s)]{0,2}(?:은|이|을|:|-|\(|of|is|lasts|for|"
    r"입사 ?후|전 ?임직원을? ?대상으로|기본|최대|약|총|a|the|first|모두|동일|~|,|\s){0,10}$",
    re.IGNORECASE,
)


def find(scan: Scan) -> None:
    """Find probation first: its months are no experience."""
    if scan.has(_PROBATION):
        _find_probation(scan)
    numerals = scan.numerals if scan.has(_GATE) else []
    for index, numeral in enumerate(numerals):
        if not _usable(numeral):
            continue
        after = numerals[index + 1] if index + 1 < len(numerals) else None
        if after is None or not _range(scan, numeral, after):
            _single(scan, numeral, after)
    _find_newcomers(scan)
    if "decade" in scan.lowered:
        for match in _DECADE.finditer(scan.text):
            around = f"{scan.clause_before(match.start(), 48)} {scan.clause_after(match.end(), 48)}"
            if not _OURS.search(around):
                scan.add("years_min", 5 if match["half"] else 10, *match.span())


def _usable(numeral: Numeral) -> bool:
    return not (numeral.taken or numeral.idle or numeral.name) and numeral.scale == 1 and 0 <= numeral.raw <= MAX_YEARS


def _range(scan: Scan, low: Numeral, high: Numeral) -> bool:
    if not _usable(high) or low.raw > high.raw or high.start - low.end > 16:
        return False
    link = _LINK.fullmatch(scan.text, low.end, high.start)
    unit = _UNIT.match(scan.text, high.end)
    if link is None or unit is None or not (link["from"] or link["to"]):
        return False
    if (
        link["to"]
        and link["to"].lower() == "and"
        and not re.search(r"between\s$", scan.line_before(low.start, 9), re.IGNORECASE)
    ):
        return False
    if link["from"] and not link["to"] and not _AT_MOST_AFTER.match(scan.text, unit.end()):
        return False
    if not _is_experience(scan, low.start, unit, ranged=True):
        return False
    end = _bound_end(scan, unit.end())
    if isinstance(low.value, int):
        scan.add("years_min", low.value, low.start, high.start if high.start == low.end else low.end)
    if isinstance(high.value, int):
        scan.add("years_max", high.value, high.start, end)
    low.taken = high.taken = True
    return True


def _bound_end(scan: Scan, end: int) -> int:
    bound = _AT_LEAST_AFTER.match(scan.text, end) or _AT_MOST_AFTER.match(scan.text, end)
    return end if bound is None else bound.end()


def _single(scan: Scan, numeral: Numeral, after: Numeral | None) -> None:
    value, unit = numeral.value, _UNIT.match(scan.text, numeral.end)  # a part of a year stays as written: "3.5"
    if unit is None and isinstance(value, int) and value >= YEAR and value % YEAR == 0:  # 36 months of experience
        value, unit = value // YEAR, _EXPERIENCE_MONTHS.match(scan.text, numeral.end)
    if unit is None:
        return
    if not _is_experience(scan, numeral.start, unit, ranged=False):
        return
    before = scan.line_before(numeral.start, 16)
    most = _AT_MOST_AFTER.match(scan.text, unit.end()) or _AT_MOST_BEFORE.search(before)
    least = unit["plus"] or _AT_LEAST_AFTER.match(scan.text, unit.end()) or _AT_LEAST_BEFORE.search(before)
    kind = "years_max" if most and not least else "years_min"
    end = _bound_end(scan, unit.end())
    scan.add("years_max" if kind == "years_max" else "years_min", value, numeral.start, end)
    numeral.taken = True
    if after is not None and after.start < unit.end() and after.value == numeral.value:  # five (5) years
        after.taken = True


def _is_experience(scan: Scan, start: int, unit: re.Match[str], *, ranged: bool) -> bool:
    after = scan.clause_after(unit.end(), 48)
    before = scan.clause_before(start, 40)
    if _NOT_AFTER.match(after) or (unit["nth"] and _OF_A_COMPANY.match(after)):
        return False
    nearest = scan.nearest(_EXPERIENCE, start, len(before))
    against = scan.nearest(_NOT_BEFORE, start, len(before))
    if against and (nearest is None or against.start() > nearest.start()):
        return False
    if unit["nth"] or nearest or _FROM_NEWCOMER.search(before):
        return True
    if _EXPERIENCE.search(after) or _WORKED.match(after) or _SERVED.search(before):
        return True
    bound = _AT_LEAST_AFTER.match(after) or _AT_MOST_AFTER.match(after)
    rest = after[bound.end() :] if bound else after
    english = unit[0].rstrip(".'").lower().endswith(("s", "r"))
    if not (bound or unit["plus"] or ranged or _AT_LEAST_BEFORE.search(before)):
        return english and _HELD.search(before) is not None and _OF_WHAT.match(rest) is not None
    if english and not before.strip(" -*•·(") and rest.strip()[:1] in {"", ",", ")"}:
        return True
    return (_OF_WHAT.match(rest) if english else _BARE_TAIL.match(rest)) is not None


def _find_newcomers(scan: Scan) -> None:
    text = scan.text
    if scan.has(_NEWCOMER_WORDS):
        newcomers = _NEWCOMER.finditer(text) if "신입" in text else ()
        done = -1
        for match in sorted(
            (*scan.begun(_ANY_YEARS, _NEWCOMER_WORDS), *newcomers), key=lambda match: (match.start(), -match.end())
        ):
            if match.start() >= done and not _is_a_duty(scan, match):
                worded = match[0].rstrip(" /·,~&+")
                start = match.start() + len(match[0]) - len(match[0].lstrip(" /·,&+및또는혹은or이나과"))
                scan.add("years_min", 0, start, match.start() + len(worded))
                done = match.end()
    if "xperience" in text:
        for match in scan.around(_NO_EXPERIENCE, _NO_WORDS, 28, 64):
            scan.add("years_min", 0, *match.span())


def _is_a_duty(scan: Scan, match: re.Match[str]) -> bool:
    """Whether hiring newcomers is what somebody does: the whole item of a list says so, "- 신입 사원 채용"."""
    before = scan.line_before(match.start(), 8)
    after = scan.line_after(match.end(), 8)
    return "사원" in match[0] and _BULLET.fullmatch(before) is not None and not after.strip(" .")


def _find_probation(scan: Scan) -> None:
    for match in _NO_PROBATION.finditer(scan.text):
        scan.add("probation_months", 0, *match.span())
    for match in _HALF_YEAR.finditer(scan.text):
        if _is_probation(scan, match.start(), match.end()):
            scan.add("probation_months", 6, *match.span())
    for numeral in scan.numerals:
        if numeral.taken or numeral.name or not isinstance(numeral.value, int) or numeral.value > 365:
            continue
        unit = _MONTHS.match(scan.text, numeral.end)
        if unit is None:
            _days_of_probation(scan, numeral)
        elif _is_probation(scan, numeral.start, unit.end()):
            scan.add("probation_months", numeral.value, numeral.start, unit.end())
            scan.claim(numeral.start, unit.end())


def _days_of_probation(scan: Scan, numeral: Numeral) -> None:
    """90 days are three months; days or weeks that make no whole months stay a number."""
    unit = _WEEKS.match(scan.text, numeral.end)
    if unit is None or "day" not in unit[0].lower() or not isinstance(numeral.value, int) or numeral.value % 30:
        return
    if _is_probation(scan, numeral.start, unit.end()):
        scan.add("probation_months", numeral.value // 30, numeral.start, unit.end())
        numeral.taken = True


def _is_probation(scan: Scan, start: int, end: int) -> bool:
    return (
        _TO_PROBATION.match(scan.line_after(end, 40)) is not None
        or _FROM_PROBATION.search(scan.line_before(start, 48)) is not None
    )
