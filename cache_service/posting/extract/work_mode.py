"""Where the work is done: onsite, hybrid, remote. What is not offered counts too: "재택 불가" states onsite.

"재택 가능" is said of hybrid and of fully remote jobs; it is read as hybrid and marked to agree with remote.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.reading import Scan

_REMOTE_KO: Final = re.compile(
    r"(?:재택 ?(?=근무|입니다|이며|이고|이에요|예요|만 |[을를과와] ?(?:[가-힣]{1,5}(?:[을를과와])? )?(?:섞|병행|혼합|번갈|겸)|가능|불가|출근|병행|으로|이|은|도|\d|및|/|·|안|없|전면|지원|제)|원격 ?\(재택\) ?|재택 ?\(원격\) ?|재택[/·]원격 ?|원격 ?(?=근무|출근"
    r"|으로 ?(?:일|근무))"
    r"|(?<=[회일번])재택|(?<=[회일번] )재택|자택 ?(?=근무)|(?<=완전 )원격|(?<=전면 )원격|집에서(?:만|도)? ?(?:일(?=하|을|합|할|해)|근무|업무)|홈 ?오피스 ?(?=근무)"
    r"|(?<=풀 )리모트(?=로|입|$)|풀리모트|리모트 ?(?=근무|워크(?!샵|숍|인)|가능|불가|출근)|텔레워크)(?:근무|워크)?(?:제(?!한|외|공))?"
)
_NOT_THE_JOB: Final = re.compile(
    r" ?(?:환경|기기|업무 ?(?:기기|장비)|장비|수당|경험|솔루션|플랫폼|도구|툴|시장|서비스|용품|워커|비용|시\)|보안|제품)"
)
_REFUSED: Final = re.compile(
    r"(?:(?:을|를)? ?하(?:는|실|시는) ?(?:자리|일|직무|포지션|업무|곳|회사))?(?:은|는|이|가|도|를|을|제도)? ?(?:현재\s|원칙적으로\s|전혀\s|따로\s|지원(?:하지|이|은)? ?|제공(?:하지|되지)? ?|허용(?:하지|되지)? ?|진행하지 ?"
    r"|시행하지 ?|실시하지 ?|운영하지 ?|가능하지 ?|적용되지 ?|하지 ?|(?:하실|할|될|이용할) ?수(?:는|가)? ?)*"
    r"(?:불가(?:능)?|없(?!이(?! ?(?:전원 ?|모두 ?|매일 ?)?출근)|는 ?한|다면)|안 ?(?:됩|돼|되|함|합)|않|어렵|미지원|미제공|금지|제외|X\b|아님|아닙|아닌|: ?(?:불가|없음|X\b))[가-힣]{0,4}"
)
_UNLIMITED: Final = re.compile(r"제한 ?없|무제한|횟수 ?(?:상관|관계)")
_FOR_A_TIME: Final = re.compile(r"(?:기간|동안|중에?|때|에)(?:은|는)? ?$")
_FULL: Final = re.compile(
    r"전 ?직원|모두가|다 같이|전면|완전|전일 ?$|100 ?%|풀 ?$|풀재택|상시|영구|전원|전사 ?재택|주 ?5 ?일|매일|모든 ?(?:직원|구성원)|출근 ?없|full",
    re.IGNORECASE,
)
_PARTLY: Final = re.compile(
    r"(?:주|월|달에) ?(?:최대 ?)?(?:1|2|3|4|한|두|세|네)(?: ?[~\-,] ?\d)? ?(?:회|일|번|차례)|일주일에|(?:월|화|수|목|금)요일|일부|부분|병행|혼합"
    r"|격주|하이브리드|출근(?! ?없)|자율|선택|필요 ?시|상황에|협의|경우|시 ?재택"
)
_OFFERED: Final = re.compile(
    r" ?(?:가\s|이\s|도\s|를\s|제도 ?|도입|시행 ?중|일부)? ?(?:가능|지원|제공|허용|운영|시행|OK|병행|선택|활용|자유)"
)
_HYBRID_KO: Final = re.compile(
    r"하이브리드 ?(?:근무|워크|출근|재택|형 ?근무|제도|방식|형태|로 ?(?:근무|일)|입니다|이에요|이며|이고)(?:제)?|거점 ?오피스 ?(?:근무|출근)"
)
_ONSITE_KO: Final = re.compile(
    r"상주 ?(?:근무|형 ?근무|직(?![가-힣])|하(?:며|여|면서|는 ?(?:형태|근무|포지션|직무)))|(?:고객사|현장|사내|파견지) ?상주(?! ?(?:인력|직원|업체))"
    r"|(?:사무실|오피스|본사|현장|회사)(?:로|에|으로)? ?(?:전일 ?|매일 ?|상시 ?)?(?:출근|대면 ?근무)(?! ?(?:시(?![가-힣])|시간|길|버스|거리|없|불필요|하지|안))"
    r"|(?:^|(?<=[\s:(/·|,]))(?:전일|매일|상시|전면|전원|100%|풀) ?(?:사무실|오피스|회사|본사)?(?:로|에|으로)? ?출근(?! ?(?:시간|길|버스|없|하지|안))"
    r"|(?:^|(?<=[\s:(/·|,]))출근 ?근무(?! ?(?:시간|없|하지))|대면 ?근무",
    re.MULTILINE,
)
_ANYWHERE_KO: Final = re.compile(
    r"(?:(?:전국|전 ?세계|세계)? ?어디(?:서든|서나|에서든|에서나|든)(?:지)? ?(?:원하는 곳에서 ?)?(?:자유롭게 ?)?(?=일|근무|업무)"
    r"|(?:원하는|편한|희망하는) ?(?:곳|장소|공간)(?:에서|이면|이라면)? ?(?:어디든 ?|자유롭게 ?)?(?=일|근무|업무)"
    r"|근무 ?(?:장소|지)(?:는|은|가|에)? ?(?:완전 ?)?(?:자유|제한 ?없|구애))"
)
_DAYS_KO: Final = re.compile(
    r"(?:주|일주일에|매주) ?(?:(?P<all>5|오|다섯)|(?P<some>[1-4]|한|두|세|네|하루|이틀|사흘|나흘))(?: ?[~\-,] ?\d)? ?(?:일|회|번|차례)?(?:은|만|씩|을)? ?"
    r"(?:사무실|오피스|본사|회사)?(?:로|에|으로)? ?출근(?! ?(?:시간|길|없|하지))"
)
_OFFICE_KO: Final = re.compile(
    r"출근 ?(?:필수|의무|필요)|현장 ?근무(?! ?(?:경험|경력|자|인력|직원|환경|수당|관리|가능자))"
)
_PART_ONSITE: Final = re.compile(r"주 ?[1-4] ?(?:회|일|번)(?:은|만)? ?(?:사무실|오피스)(?:로|에|으로)? ?$")
# "강남구 사무실로 출근합니다" says where.
_TELLS_WHERE: Final = re.compile(r"[가-힣](?:시|군|구|동|읍|면|역|로|길|도) ?$|에 있는 ?$|에 위치한 ?$")
_GATE_KO: Final = Cues(
    "재택", "원격", "리모트", "텔레", "하이브리드", "상주", "출근", "대면", "거점", "집에서", "자택", "홈오피스", "홈 오피스", "어디",
    "원하는", "편한", "희망하는", "근무지", "근무 장소", "근무장소", "현장",
)  # fmt: skip
_REMOTE_WORDS_KO: Final = Cues("재택", "원격", "자택", "집에서", "홈", "리모트", "풀리모트", "텔레워크")
_HYBRID_WORDS_KO: Final = Cues("하이브리드", "거점")
_ONSITE_WORDS_KO: Final = Cues(
    "상주", "고객사", "현장", "사내", "파견지", "사무실", "오피스", "본사", "회사", "전일", "매일", "상시", "전면", "전원", "100%", "풀", "출근",
    "대면",
)  # fmt: skip
_LABELLED_WORDS: Final = Cues("하이브리드", "재택", "원격", "출근", "상주")
_LABELLED: Final = re.compile(r"하이브리드|재택|원격|출근|상주")
_TAGGED: Final = re.compile(r"[\[·|/,] ?$")
_LABEL: Final = re.compile(
    r"(?:근무 ?(?:형태|방식|유형|장소)|work ?(?:mode|type|style|arrangement|model)|workplace(?: type)?|location) ?[:\-|] ?$",
    re.IGNORECASE,
)
_REMOTE_EN: Final = re.compile(
    r"\b(?:(?P<full>(?:fully|100 ?%|entirely|completely|permanently)[\s-](?:remote(?:ly)?|distributed)"
    r"|remote[\s-](?:first|only))"
    r"|(?P<plain>(?:remote[\s-](?:work(?:ing)?(?!ers?\b)|position|role|job|opportunit(?:y|ies)|employment|basis"
    r"|friendly|option))|work(?:ing|s)?\s(?:remotely|from (?:home|anywhere))|work-from-home|WFH|telecommut(?:e"
    r"|ing)|telework(?:ing)?)"
    r"|(?P<bare>remote))\b",
    re.IGNORECASE,
)
_HYBRID_EN: Final = re.compile(
    r"\bhybrid[\s-](?:work(?:ing)?|role|position|schedule|model|arrangement|job|environment|remote|office|setup"
    r"|set-up|policy|basis|option)\b",
    re.IGNORECASE,
)
_ONSITE_EN: Final = re.compile(
    r"\b(?:(?:work(?:ing|s)?|be|is|fully|100 ?%|entirely|required|full-time)[\s,]{1,2}(?:on[\s-]?site"
    r"|in[\s-](?:the\s)?office|in[\s-]person)"
    r"|(?:on-?site|in-office|in-person)\s(?:position|role|work|job|only|presence|required|basis"
    r"|employment)(?!\s(?:shop|interview)))\b",
    re.IGNORECASE,
)
_BARE_EN: Final = re.compile(r"\b(?:(?P<hybrid>hybrid)|(?P<onsite>on[- ]?site|in-office))\b", re.IGNORECASE)
_GATE_EN: Final = Cues(
    "remote", "home", "telecommut", "telework", "hybrid", "on-site", "onsite", "on site", "office", "wfh", "in person",
    "in-person", "anywhere", "distributed", "virtual",
)  # fmt: skip
_COUNT: Final = r"(?:(?P<all>5|five|all|every)|(?P<some>[1-4]|one|two|three|four|a few|some))(?: ?(?:-|to|or) ?\w{1,5})?(?: \(\d\))?"
_WEEK: Final = r"(?:(?:,? (?:a|per|each|every)| ?/) ?(?:work ?)?week|\sweekly)?"
_AT_OFFICE: Final = (
    r"(?:(?:in|at|from)(?: the| our)?[ -](?:[a-z]{2,12} )?(?:offices?|hq|headquarters)|in[ -]person|on[ -]?site)"
)
_DAYS_OFFICE: Final = re.compile(
    rf"\b(?:{_COUNT} days?{_WEEK}(?: (?:are|is|spent|working|work|required|minimum|of))*,? {_AT_OFFICE}"
    rf"|{_AT_OFFICE},? (?:for )?(?:at least |minimum (?:of )?)?{_COUNT.replace('<all>', '<all2>').replace('<some>', '<some2>')}"
    rf" days?(?:{_WEEK}))",
    re.IGNORECASE,
)
_DAYS_HOME: Final = re.compile(
    rf"\b{_COUNT} days?{_WEEK}(?: (?:working|work|of))*,? (?:(?:from|at) home\b|remote(?:ly)?\b|WFH\b)", re.IGNORECASE
)
# Somewhat here, somewhat there.
_IN_TOWN: Final = re.compile(r" (?:in|at) [A-Z]")
_PARTS_EN: Final = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri)days? (?:from|at) home\b|\b(?:partly|part(?: of the)? time|some(?: days| of the time)?|half(?: the time)?) (?:from |at )?home,? (?:and|,) (?:partly |part(?: of the)? time |some(?: days| of the time)? |half )?(?:in|at|from) (?:the|our) office"
    r"|\b(?:partly|some days|half) (?:in|at|from) (?:the|our) office,? and (?:partly |some days |half )?(?:from |at )?home"
    r"|\bbetween (?:home|the office) and (?:the office|home)\b|\bmix of (?:home|remote|office)[- ](?:and|&) ?\w+",
    re.IGNORECASE,
)
_ANYWHERE_EN: Final = re.compile(
    r"\bfrom (?:anywhere(?: in the world)?|wherever (?:you|they) (?:like|want|choose|live|are))\b(?! else)|\b(?:fully |globally |100% )?(?:distributed|virtual)[ -](?:first|team|company|position|role)\b"
    r"|\ball[ -]remote\b|\bhome[ -]based (?:position|role|job|work)\b|\bfrom (?:your |the comfort of your )own home\b|\blocation: ?anywhere\b",
    re.IGNORECASE,
)
_ANYWHERE_WORDS: Final = Cues(
    "anywhere", "wherever", "distributed", "virtual", "all remote", "all-remote", "home-based", "home based", "own home",
)  # fmt: skip
_ANYWHERE_WORDS_KO: Final = Cues("어디", "원하는", "편한", "희망하는", "근무지", "근무 장소", "근무장소")
_HYBRID_WORDS: Final = Cues("hybrid")
_BARE_WORDS: Final = Cues("hybrid", "site", "in-office")
_DAY_WORDS: Final = Cues("days", "day ")
_OFFICE_WORDS: Final = Cues("office", "on-site", "onsite", "on site", "in person", "in-person")
_REMOTE_WORDS: Final = Cues("remote", "home", "telecommut", "telework", "wfh", "anywhere", "distributed")
_OF_WORK: Final = re.compile(
    r"\b(?:work\w*|role|job|position|live|location|remote\w*|based|join us)\b[^.]{0,16}$|^\W*$", re.IGNORECASE
)
_OFFICE_ONLY: Final = re.compile(
    r"\b(?:on-?site|in[ -](?:the )?office|in[ -]person) (?:only|required|mandatory|attendance|5 days)\b|\boffice[ -]based\b"
    r"|\b(?:must|required to|expected to) (?:be|come|report|work)(?: \w+){0,3} (?:on-?site|(?:in|into|to|at) (?:the|our) office)\b",
    re.IGNORECASE,
)
_NOT_EN: Final = re.compile(
    r"(?:\bno\s|\bnot\s(?:be\s|offer(?:ing)?\s|allow(?:ing)?\s|support(?:ing)?\s|currently\s|an?\s"
    r"|eligible for\s|available for\s|open to\s|possible to\s)*|\bnon-|\bwithout\s|n't\s(?:be\s|offer\s|allow\s"
    r"|support\s|currently\s|a\s|currently offer\s)*|cannot\s(?:be\s)?(?:\w+\s)?)(?:(?:fully|any|100%"
    r"|permanent)[\s-])?$",
    re.IGNORECASE,
)
_REFUSED_EN: Final = re.compile(
    r"(?:\s\w{1,12}){0,2}\s(?:is|are|will)\s(?:currently\s)?(?:not|never|un)|(?:\s\w{1,12})?\s(?:isn't|aren't"
    r"|not)\s|: ?(?:no|none|not)\b|\s(?:unavailable|not available|not possible|prohibited)",
    re.IGNORECASE,
)
_PARTLY_EN: Final = re.compile(
    r"(?:\b(?:one|two|three|four|[1-4])(?: ?(?:-|to|or) ?\w{1,5})?\s(?:days?|times?)|\bpart(?:ly|ial)|occasional"
    r"|sometimes|\bsome\b|flexib|hybrid|optional|\boptions?\b|possib|availab|allowed|as needed|\bon (?:mon|tues"
    r"|wednes|thurs|fri)days?)",
    re.IGNORECASE,
)
_NOT_THE_JOB_EN: Final = re.compile(
    r"[\s-](?:teams?|control|sens|monitor|site|communit|area|region|support|access|location|server|desktop"
    r"|device|diagnos|office|patient|learning|village|island|camera|collabor|stakeholder|client|customer"
    r"|employees|workers|worker|meeting|tools|management|environment|hands)",
    re.IGNORECASE,
)
# "A remote role" is one; "remote work" and "working from home" are said of hybrid jobs too.
_THE_JOB: Final = ("from anywhere", "position", "role", "job", "employment")
_BOTH: Final = frozenset({"remote"})
_WILL: Final = re.compile(r"(?:will|you|you'll) $", re.IGNORECASE)
_HYBRID_TOO: Final = frozenset({"hybrid"})


def find(scan: Scan) -> None:
    """Find the work mode that the text offers."""
    if not scan.text.isascii() and scan.has(_GATE_KO):
        _korean(scan)
    if scan.has(_GATE_EN):
        _english(scan)
    scan.merge("work_mode")


def _korean(scan: Scan) -> None:
    for match in scan.begun(_REMOTE_KO, _REMOTE_WORDS_KO):
        _remote_ko(scan, match)
    for match in scan.begun(_HYBRID_KO, _HYBRID_WORDS_KO):
        refused = _REFUSED.match(scan.clause_after(match.end(), 30))
        end = match.end() + (refused.end() if refused else 0)
        scan.add("work_mode", "onsite" if refused else "hybrid", match.start(), end)
    for match in scan.begun(_ONSITE_KO, _ONSITE_WORDS_KO):
        around = scan.clause_before(match.start(), 30) + scan.clause_after(match.end(), 30)
        if "재택" in around or "원격" in around or "하이브리드" in around:
            continue
        if _PART_ONSITE.search(scan.line_before(match.start() + 4, 24)):
            continue
        if _REFUSED.match(scan.clause_after(match.end(), 24)) or _TELLS_WHERE.search(
            scan.line_before(match.start(), 12)
        ):
            continue
        scan.add("work_mode", "onsite", *match.span())
    _by_days_ko(scan)
    for match in scan.begun(_LABELLED, _LABELLED_WORDS):
        _labelled(scan, match)


def _by_days_ko(scan: Scan) -> None:
    """Shares of the week, and what says where in other words."""
    text = scan.text
    if "출근" in text or "현장" in text:
        for match in _DAYS_KO.finditer(text):
            scan.add("work_mode", "onsite" if match["all"] else "hybrid", *match.span())
        for match in _OFFICE_KO.finditer(text):
            around = scan.clause_before(match.start(), 30) + scan.clause_after(match.end(), 30)
            if not ("재택" in around or _REFUSED.match(scan.clause_after(match.end(), 20))):
                scan.add("work_mode", "onsite", *match.span())
    if scan.has(_ANYWHERE_WORDS_KO):
        for match in _ANYWHERE_KO.finditer(text):
            partly = _PARTLY.search(scan.clause_before(match.start(), 32))
            scan.add(
                "work_mode", "hybrid" if partly else "remote", *match.span(), also=_BOTH if partly else frozenset()
            )


def _labelled(scan: Scan, match: re.Match[str]) -> None:
    tagged = match[0] == "하이브리드" and _TAGGED.search(scan.line_before(match.start(), 2)) is not None
    if tagged and scan.stands_alone(*match.span()):
        scan.add("work_mode", "hybrid", *match.span())
        return
    if not _LABEL.search(scan.line_before(match.start(), 16)) or not scan.stands_alone(*match.span()):
        return
    if any(
        one.fact.type == "work_mode" and one.fact.start <= match.start() < one.fact.end for one in scan.findings[-4:]
    ):
        return
    value = {"하이브리드": "hybrid", "출근": "onsite", "상주": "onsite"}.get(match[0], "remote")
    scan.add("work_mode", value, *match.span())


def _remote_ko(scan: Scan, match: re.Match[str]) -> None:
    after = scan.clause_after(match.end(), 32)
    if _NOT_THE_JOB.match(after):
        return
    before = scan.clause_before(match.start(), 24)
    start, end = match.span()
    if _UNLIMITED.search(after[:14]) or _UNLIMITED.search(before[-14:]):
        scan.add("work_mode", "remote", start, end)
        return
    if (refused := _REFUSED.match(after)) is not None:
        if _FOR_A_TIME.search(before):
            return
        scan.add("work_mode", "onsite", start, end + refused.end())
        return
    offered = _OFFERED.match(after)
    end += offered.end() if offered else 0
    partly = _PARTLY.search(before) or _PARTLY.search(re.split(r"[,/]", after[:20])[0])
    if (_FULL.search(before) or "에서만" in match[0]) and not re.search("병행|혼합|선택", after):
        scan.add("work_mode", "remote", start, end)
    elif partly:
        scan.add("work_mode", "hybrid", start, end)
    elif offered or not (_LABEL.search(before) or re.search(r"전면|완전|으로\s", after[:8])):
        scan.add("work_mode", "hybrid", start, end, also=_BOTH)
    else:
        scan.add("work_mode", "remote", start, end)


def _english(scan: Scan) -> None:
    _by_days_en(scan)
    for match in scan.around(_REMOTE_EN, _REMOTE_WORDS, 32, 48):
        _remote_en(scan, match)
    for match in scan.around(_HYBRID_EN, _HYBRID_WORDS, 4, 32):
        refused = _NOT_EN.search(scan.clause_before(match.start(), 32))
        scan.add("work_mode", "onsite" if refused else "hybrid", *match.span())
    for match in scan.around(_ONSITE_EN, _OFFICE_WORDS, 40, 48):
        around = scan.clause_before(match.start(), 40) + scan.clause_after(match.end(), 40)
        if _NOT_EN.search(scan.clause_before(match.start(), 32)):
            continue
        if re.search(r"\bdays?\b", around) and _PARTLY_EN.search(around):
            scan.add("work_mode", "hybrid", *match.span())
        elif not re.search(r"\b(?:remote|home|hybrid)\b", around, re.IGNORECASE):
            scan.add("work_mode", "onsite", *match.span())
    for match in scan.around(_BARE_EN, _BARE_WORDS, 8, 24):
        if (_alone(scan, match) or _IN_TOWN.match(scan.text, match.end())) and not _NOT_EN.search(
            scan.clause_before(match.start(), 32)
        ):
            scan.add("work_mode", str(match.lastgroup), *match.span())


def _by_days_en(scan: Scan) -> None:
    """Shares of the week, and what says where in other words."""
    if "day" in scan.lowered:
        for match in scan.around(_DAYS_OFFICE, _DAY_WORDS, 48, 80):
            around = scan.clause_before(match.start(), 40) + scan.clause_after(match.end(), 40)
            whole = (match["all"] or match["all2"]) and not re.search(r"remote|home|hybrid", around, re.IGNORECASE)
            scan.add("work_mode", "onsite" if whole else "hybrid", *match.span())
        for match in scan.around(_DAYS_HOME, _DAY_WORDS, 24, 80):
            scan.add("work_mode", "remote" if match["all"] else "hybrid", *match.span())
    _anywhere_en(scan)
    if scan.has(_OFFICE_WORDS):
        for match in scan.around(_OFFICE_ONLY, _OFFICE_WORDS, 56, 64):
            if not _NOT_EN.search(scan.clause_before(match.start(), 32)):
                scan.add("work_mode", "onsite", *match.span())


def _anywhere_en(scan: Scan) -> None:
    if "home" in scan.lowered or "mix of" in scan.lowered:
        for match in _PARTS_EN.finditer(scan.text):
            scan.add("work_mode", "hybrid", *match.span())
    if scan.has(_ANYWHERE_WORDS):
        for match in scan.around(_ANYWHERE_EN, _ANYWHERE_WORDS, 32, 48):
            before = scan.clause_before(match.start(), 40)
            if match[0].lower().startswith("from anywhere") and not _OF_WORK.search(before):
                continue
            if _NOT_EN.search(before):
                scan.add("work_mode", "onsite", *match.span())
            elif not _MANAGED.search(before):
                scan.add("work_mode", "remote", *match.span())


_MANAGED: Final = re.compile(
    r"\b(?:manag\w*|lead\w*|mentor\w*|build\w*|grow\w*|scal\w+|coordinat\w*|with|experience \w+|support\w*|access\w*)(?: an?| our| of| the)? ?$",
    re.IGNORECASE,
)


def _alone(scan: Scan, match: re.Match[str]) -> bool:
    """A headline's part or the value of a label, if that label is about the work mode."""
    before = scan.line_before(match.start(), 24)
    return scan.stands_alone(*match.span()) and (not before.rstrip().endswith(":") or _LABEL.search(before) is not None)


def _remote_en(scan: Scan, match: re.Match[str]) -> None:
    before = scan.clause_before(match.start(), 40)
    after = scan.clause_after(match.end(), 40)
    if _NOT_EN.search(before) or _REFUSED_EN.match(after):
        if match["full"] is not None and _REFUSED_EN.match(after) is None:
            return  # not fully remote: which of the other two stays open
        scan.add("work_mode", "onsite", *match.span())
        return
    if match["full"]:
        scan.add("work_mode", "remote", *match.span())
        return
    partly = _PARTLY_EN.search(before) or _PARTLY_EN.search(after)
    if match["bare"]:
        if _NOT_THE_JOB_EN.match(scan.line_after(match.end(), 20)):
            return
        said = _alone(scan, match) or _LABEL.search(before) or re.search(r"\b(?:is|are|be|work|days?)\s$", before)
        if not said:
            return
    if partly:
        strictly = re.search(r"\bdays?\b|times|occasional|part|hybrid|sometimes", partly[0], re.IGNORECASE)
        scan.add("work_mode", "hybrid", *match.span(), also=frozenset() if strictly else _BOTH)
    else:
        always = match[0].lower().endswith(_THE_JOB) or (
            match[0].lower() == "work remotely" and _WILL.search(before) is not None
        )
        agrees = _HYBRID_TOO if match["plain"] and not always else frozenset()
        scan.add("work_mode", "remote", *match.span(), also=agrees)
