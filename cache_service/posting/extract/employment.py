"""The employment type of the job on offer. People, duties or prospects named by the same words are none of it:
"계약직 관리", "인턴 경험", "정규직 전환 가능", "full-time students", "contract negotiation".

Every employment for a time, by assignment or by the day (기간제, 촉탁직, 위촉직, 일용직, 도급, temp, seasonal, per diem,
1099) is ``contract``; so is 무기계약직, which agrees with full_time too, since its contract has no end. 상근 is full_time,
비상근 and zero hours are part_time.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.reading import Scan

_KOREAN: Final = re.compile(
    r"(?=[계공기꿀단도무비상시아알야위인일임장정주촉파평풀프한])"
    r"(?:(?P<contract>비 ?정규직|(?P<lasting>무기 ?계약직|공무직(?![가-힣]))|계약직|기간제(?! ?법)|파견직|촉탁직|위촉직|일용직|임시직|도급(?=직| ?계약직|(?: ?형태)? ?근무)직?"
    r"|단기 ?(?:근무(?!지)|계약(?!서)|근로)|한시직|시즌직)"
    r"|(?P<part_time>파트 ?타임|파트 ?타이머|아르바이트|(?<![가-힣])(?:단기|주말|야간|평일|장기|꿀)?알바(?![가-힣]{0,1}[트니])|(?<![가-힣\d\-])시간제(?= ?(?:으?로 (?:채용|근무|일)|채용|모집|근로|근무|직|계약|강사|교사|보육|일자리|아르바이트|채용|모집|입니다|이에요|이며|이고|$))|시간 ?선택제(?= ?(?:근무|근로|일자리|채용|임기|공무원))"
    r"|비상근(?: ?직)?|단시간 ?근로)"
    r"|(?P<full_time>정규직|풀 ?타임|(?<![가-힣])상근(?! ?(?:임원|감사|부회장|이사|직원|인원|자|예비))직?)"
    r"|(?P<intern>인턴십|인턴쉽|인턴(?!넷))|(?P<freelance>프리랜서|프리랜스))"
)
_LASTS: Final = re.compile(r"\d{1,2} ?(?:개월|년)(?:짜리|간)? ?계약(?= |$|[,.)]|직|으로|이며|이고|입니다|후)")
_KO_WORDS: Final = Cues(
    "정규", "타임", "타이머", "계약", "공무직", "기간제", "파견직", "촉탁", "위촉", "일용", "임시직", "도급", "단기", "한시직", "시즌직", "아르바이트",
    "알바", "시간제", "선택제", "상근", "단시간", "인턴", "프리랜",
)  # fmt: skip
_OFFER: Final = r"(?=\s(?:position|role|job|basis|employ|staff|work\b|opportunit|assignment|opening|hire|only|to hire|contract|vacanc|post\b|gig|placement|appointment))"
_ENGLISH: Final = re.compile(
    rf"\b(?:(?P<full_time>full[\s-]?time|permanent(?=\s(?:position|role|job|employ|contract|staff|post\b|full|opportunit|appointment|vacanc))|(?:(?<=post is )|(?<=role is )|(?<=position is )|(?<=job is ))(?:permanent|open-ended)|open-ended contract|indefinite contract|permanently employed)"
    r"|(?P<part_time>part[\s-]?time|zero[\s-]hours?(?: contract)?)"
    rf"|(?P<contract>fixed[\s-]term|contract(?:or)?{_OFFER}|independent contractors?|temp[\s-]to[\s-](?:hire|perm)|contract[\s-]to[\s-]hire"
    rf"|(?<=on a )contract\b|(?:(?<=role is )|(?<=position is )|(?<=job is )|(?<=employment is ))contract\b|(?<=on )contract\b|(?<=type: )contract\b|(?:(?<=as a )|(?<=as an ))contractor|(?:temporary|temp|seasonal|per[\s-]diem|casual|interim){_OFFER}"
    r"|(?:(?:one|two|three|six|nine|twelve|eighteen|\d{1,2})[\s-](?:year|month)s?(?: fixed)? )contract\b|(?:maternity|parental|paternity|sick[\s-]leave|long-term sick|sabbatical) cover\b|temporary (?=for (?:the|a|six|three|one|two|\d)|until)|seasonal (?=from|until|for the)|(?<=the post is )(?:temporary|seasonal)|(?<=the role is )(?:temporary|seasonal)|(?<=the job is )(?:temporary|seasonal)|per[\s-]diem(?=\s\w{1,14}\s(?:position|role|job)\b)|(?<=this is )(?:temporary|seasonal|per[\s-]diem)|on a (?:temporary|seasonal|per[\s-]diem|casual) basis|(?<!in )(?<!since )1099(?=\s|$|[,.)/]))"
    r"|(?P<intern>internship|intern)|(?P<freelance>freelancers?|freelance|self[\s-]employed(?=\s(?:basis|role|position|contract|partner|only)|[.,)]|$)))\b",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(
    r"\b(?:(?P<contract>contract(?:or)?|temp|temporary|seasonal|per[\s-]diem)|(?P<full_time>permanent))\b",
    re.IGNORECASE,
)
_GATE: Final = Cues(
    "time", "contract", "intern", "freelanc", "fixed", "perman", "temp", "season", "diem", "1099", "zero", "casual", "interim", "cover", "self", "open-ended", "indefinite",
)  # fmt: skip
_ALONE_WORDS: Final = Cues("contract", "temp", "seasonal", "per diem", "per-diem", "per\ndiem", "permanent")
_BEGIN: Final = Cues(
    "full", "part", "zero", "fixed", "permanent", "contract", "independent contractor", "temp", "seasonal", "per diem", "per-diem",
    "per\ndiem", "casual", "interim", "one", "two", "three", "six", "nine", "twelve", "eighteen", *"123456789", "maternity", "parental", "paternity", "sick", "long-term", "sabbatical", "self", "open-ended", "indefinite", "on a temp", "on a seasonal", "on a per", "on a casual", "1099", "intern", "freelance",
)  # fmt: skip
_WELCOME: Final = re.compile(r"s (?:are )?(?:welcome|wanted|needed|preferred)", re.IGNORECASE)
_ELSEWHERE_AFTER: Final = re.compile(
    r" ?(?:\)|사원|직원|근로자|인력|작가|디자이너|개발자)? ?(?:의\s|을\s|를\s|이나\s|들|와\s|과\s|\s)?(?:채용 ?연계|[으]?로의? ?전환|전환|관리|채용 ?(?:및"
    r"|담당|업무|관리)|담당|대비|경험|경력|출신|이력|교육|멘토"
    r"|수료|협업|협력|발굴|수수료|정산|급여|등\s|대상|보호|비율|섭외|매니저|매니지|소싱|매칭|플랫폼|시장|커뮤니티|네트워크|계약 ?(?:여부|관리)|포함 ?\d|후\s|종료|기간 ?(?:중"
    r"|포함|후|동안|을|이|은)|및 ?\w{0,8} ?관리|프로그램 ?(?:운영|기획|관리)|이상|채용률)"
    r"| ?(?:또는\s)?\w{0,4} ?(?:근무\s)?(?:경험|경력)\b"
    r"|(?:가|이|을|를)? ?(?:아니|아닌|아님|아닙|불가|제외)",
)
_ELSEWHERE_AFTER_EN: Final = re.compile(
    r"[\s-](?:students?|studies|study|enrol|education|equivalent|work experience|experience|degree"
    r"|program(?:me)? (?:management|coordinat)|years?"
    r"|professional|professionals|staff|associates|team|employees?|workers?|personnel|faculty|contractors?"
    r"|job experience|hires|coach|mentor|course|undergrad|graduate|mba|compan|developers|designers|writers"
    r"|partners|experience|supervis|recruit|nego|manag|commitment to)"
    r"|s\b|\s(?:or part|and part)[\s-]time\s(?:staff|employ|associates|experience|students|team)|,? or equivalent",
    re.IGNORECASE,
)
_ELSEWHERE_BEFORE_EN: Final = re.compile(
    r"(?:\bnot (?:an?\s)?|\bno\s|\bnon-|train(?:ing)?\s|manag(?:e|ing)\s|supervis(?:e|ing)\s|mentor(?:ing)?\s"
    r"|previous\s|prior\s|experience as an?\s|years?\s(?:of\s)?(?:\w+\s)?"
    r"|\bto (?:an?\s|the\s)?|opportunity for\s|potential (?:for|of)\s|become\s|with\s|hire\s|recruit(?:ing)?\s"
    r"|an?\s(?:\w+\s)?summer\s|through\s|complet\w+\s(?:an?\s)?|former\s|freelance and\s)$",
    re.IGNORECASE,
)
_ELSEWHERE_BEFORE: Final = re.compile(
    r"(?:비|전직|전환형\s|채용 ?연계형 ?|수습 ?기간 ?\(|\d ?개월 ?\(|신입 ?/|경험자? ?\([^)\n]{0,10})$"
)


def find(scan: Scan) -> None:
    """Find what type of employment the text offers."""
    if not scan.text.isascii() and scan.has(_KO_WORDS):
        for match in _KOREAN.finditer(scan.text):
            if not _about_something_else(scan, match):
                _state(scan, match)
        if "계약" in scan.text:
            known = scan.spans_of("employment_type")
            for match in _LASTS.finditer(scan.text):
                if not known.touch(*match.span()):
                    scan.add("employment_type", "contract", *match.span())
    if scan.has(_GATE):
        _english(scan)


def _english(scan: Scan) -> None:
    seen: set[int] = set()
    for match in scan.begun(_ENGLISH, _BEGIN):
        if not _about_something_else_en(scan, match):
            seen.add(match.start())
            _state(scan, match)
    for match in scan.begun(_ALONE, _ALONE_WORDS):
        if match.start() not in seen and scan.stands_alone(*match.span()):
            _state(scan, match)


def _state(scan: Scan, match: re.Match[str]) -> None:
    for kind in ("full_time", "part_time", "contract", "intern", "freelance"):
        if match.groupdict().get(kind):
            lasting = match.groupdict().get("lasting") is not None
            also = frozenset({"full_time"}) if lasting else frozenset[int | str]()
            scan.add("employment_type", kind, *match.span(), also=also)
            scan.claim(*match.span())


def _about_something_else(scan: Scan, match: re.Match[str]) -> bool:
    before = scan.line_before(match.start(), 10)
    return (
        _ELSEWHERE_AFTER.match(scan.line_after(match.end(), 24)) is not None
        or _ELSEWHERE_BEFORE.search(before) is not None
    )


def _about_something_else_en(scan: Scan, match: re.Match[str]) -> bool:
    if _WELCOME.match(scan.text, match.end()):
        return False
    if match.lastgroup == "intern" and match[0][:1].islower() and scan.line_before(match.start(), 3)[-1:] == "-":
        return True
    return (
        _ELSEWHERE_AFTER_EN.match(scan.line_after(match.end(), 32)) is not None
        or _ELSEWHERE_BEFORE_EN.search(scan.line_before(match.start(), 32)) is not None
    )
