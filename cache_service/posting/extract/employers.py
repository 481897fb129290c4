"""Names by which a text presents the employer, with or without a corporate form: "저희 누리페이는", "At Acme, we",
"[누리페이] 백엔드 개발자 채용". Customers, partners and tools stand elsewhere and are left alone ("Google Analytics", "삼성전자
등 고객사"). Any name counts in these positions; one of the list ``company`` also right before the title of a headline.
``canonical`` is ``company_key``. Titles and places must have been looked for before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cache_service.posting.company_names import company_key
from cache_service.posting.extract.reading import Scan

_KO: Final = r"(?:[A-Z][A-Za-z0-9&.'\-]{0,20} ){0,2}[가-힣A-Za-z0-9&.\-]{2,20}?"
_QUOTE: Final = "['\"’‘“”「」]"
_QUOTES: Final = frozenset("'\"’‘“”「」")
_WHO: Final = r"(?:분|인재|동료|가족|크루|멤버|팀원|사람|주인공|식구|구성원|여러분|파트너|선생님|개발자|디자이너|엔지니어|매니저|간호사|마케터|전문가|지원자|기획자|기사|담당자|직원|사원|강사|교사)"
_NAME_BEFORE: Final = re.compile(rf"(?<![가-힣A-Za-z0-9]){_KO}$")
# Where a name may stand: the word that shows it, and what is read from there (forwards) or before it (backwards).
_FORWARDS_KO: Final = tuple(
    (word, re.compile(pattern))
    for word, pattern in (
        ("저희", rf"저희 ?{_QUOTE}?(?P<name>{_KO}){_QUOTE}?(?P<particle>은|는)(?=\s)"),
        ("우리 ", rf"우리 {_QUOTE}?(?P<name>{_KO}){_QUOTE}?(?P<particle>은|는)(?=\s)"),
        ("당사인", rf"당사인 {_QUOTE}?(?P<name>{_KO}){_QUOTE}?(?P<particle>은|는)(?=\s)"),
        ("안녕하세요", rf"안녕하세요[.,!~]? ?\n?(?:[^\n.!]{{0,24}} )?{_QUOTE}?(?P<name>{_KO}){_QUOTE}?(?P<particle>입니다|이에요|예요|의 )"),
    )
)
_TOGETHER: Final = re.compile(
    rf"(?P<particle>에서|와|과) ?(?:함께 ?)?(?:할|하실|하고 ?싶은|일할|일하실|성장할|성장하실|성장해 ?나갈|만들어 ?(?:갈|나갈)|근무할|근무하실|커리어를)(?=[^\n.]{{0,40}}{_WHO})"
)
_JOINED_KO: Final = re.compile(r"(?P<particle>의 여정에|의 성장에|의 팀에| ?팀에|에) ?$")
_LINE_KO: Final = re.compile(
    rf"(?:\A|[.!?\n]) ?[-•■▶* ]{{0,3}}{_QUOTE}?(?P<name>{_KO}){_QUOTE}?(?: ?\([^()\n]{{1,30}}\))?(?P<particle>에서는|에서|이|가|은|는) (?P<rest>[^\n.]{{0,130}})"
)
_IS_COMPANY: Final = re.compile(r"(?:회사|기업|스타트업|병원|브랜드|그룹|제조사|개발사|전문점|에이전시|대행사|기관|법인|은행|증권사|학원|연구소|플랫폼)(?:입니다|이에요|예요|이며|으로서|로서)")
_HIRES: Final = re.compile(rf"{_WHO}(?:님|들|분들)?[을를] ?(?:새로 ?|함께 ?)?(?:찾|모집|모십|모시|채용|구합|기다)|채용합니다|모집합니다")
_LABELLED: Final = re.compile(r"(?:회사명|기업명|상호(?:명)?|업체명|^\W{0,3}(?:Company(?: Name)?|Employer))\s?[\])]?\s?[:|]\s?(?P<name>[^\n|,()\[\]:]{2,40})", re.MULTILINE)
_BRACKETED: Final = re.compile(r"^\s*[\[【<](?P<name>[^\[\]【】<>\n]{2,20})[\]】>]")
_NO_NAME: Final = frozenset(
    "팀 팀원 부서 본부 회사 기업 서비스 제품 고객 고객사 앱 어플 플랫폼 솔루션 사업 사업부 브랜드 프로젝트 조직 구성원 직원 "
    "동료 아이 아이들 사회 모두 나라 삶 일상 문화 지구 미래 생활 음식 콘텐츠 데이터 기술 목표 비전 미션 일 크루 멤버 학생 "
    "환자 환자분 선생님 여러분 사람 사람들 이들 이곳 여기 저희 우리 당사 본사 당신 그들 자신 스스로 시장 업계 세계 세상 국내 "
    "해외 글로벌 스타트업 성장 여정 도전 곳 분 분들 전문가 개발자 디자이너 마케터 엔지니어 매니저 기획자 파트너 파트너사 유저 "
    "사용자 이용자 소비자 대표 대표님 대표이사 창업자 경영진 리더 현업 유관 모든 모델 포지션 직무 업무 채용 공고 시스템 과정 "
    "프로세스 환경 사무실 오피스 매장 병원 학교 학원 연구소 센터 공장 현장 지역 한국 서울 미국 일본 중국 국가 정부 기관 "
    "협력사 고객분 인재 가족 식구 친구 커뮤니티 누구 무엇 것 수 때 중 등 및 위 아래 다음 이번 지금 현재 오늘 올해 내년 "
    "항상 계속 본인 귀하 부문 분야 영역 역할 책임 자리 그룹 광고주 브랜드사 제조사 작가 작가님 크리에이터 호스트 의사 간호사 "
    "선배 멘토 후배 동반자 이웃 자연 동물 반려동물 아이디어 꿈 가치 열정 마음 가슴 기쁨 행복 건강 방향 바탕 기반 중심 상황 "
    "관점 측면 투자 유치 합류 입사 근무 하나 둘 최고 최초 최대 상장사 대기업 계열사 자회사 모회사 관계사 법인 지사 지점 게임 "
    "웹사이트 파트 개선 학생들 인사담당자 스쿼드 셀 챕터 길드 연구원 매장 지금까지 앞으로 이후 최근 먼저 특히 또한 그리고 "
    "하지만 우리의 해당 각자 서로 모든분 이제 직군 직종 공동체 업종 주니어 시니어 신입 경력자 입사자 지원자 합격자 후보자 "
    "면접관 리크루터 채용담당자".split()
)
_NO_NAME_END: Final = re.compile(
    r"(?:팀|팀원|부서|본부|사업부|회사|서비스|고객|고객사|제품|플랫폼|솔루션|프로젝트|구성원|직원|동료|여러분|사람|담당자|(?<!형제)들|적인|하시|으시|님|분|개발자|디자이너|마케터|엔지니어|매니저|기획자|유저|사용자|업계|프로세스|사이트|콘텐츠|컨텐츠|영상|환경|사무실|\d개|파트너|과정|이상|한|던|된|않|있|없|\d[년월일명])$"
)
_NO_NAME_WORD: Final = re.compile(
    r"^(?:신입|경력|경력직|정규직|계약직|인턴|채용|급구|긴급|상시|수시|모집|공고|마감|필독|공지|재택|원격|서울|경기|부산|판교|강남|수도권|자격|주요|담당|우대|근무|복리|복지|전형|혜택|지원|회사|팀|직무|포지션|업무|이런|저런|필수|기타|공통|시니어|주니어|리더|팀장|연구소|본사|지사|센터|신규|추가|투자|D2C|B2B|B2C|AI|IT|SaaS|UX|UI|PM|PO|MD|HR|About|Job|Role|Team|We|Our|NEW|New|HOT|Remote|Hybrid|Urgent|Full|Part|Hiring|Senior|Junior|Seoul)(?:$|[\s/··\-()])|투자|\d+억|\d+년|년차|근무|이상|가능|여러분|점\b|소개|안내|요건|사항|업무|조건"
)
_VERBISH: Final = re.compile(r"(?:하는|있는|되는|드는|끄는|위한|위해|통해|대한|함께|다양한|새로운|저희|우리|[을를] )")
_CUSTOMER: Final = re.compile(r"고객사|거래처|파트너사|협력사|경쟁사|등 |같은 |출신|포함|투자")

_EN: Final = r"(?:[A-Z][\w&'’\-]*(?:\.\w+)?|[a-z]{1,6}[A-Z]\w*)(?: (?:[A-Z][\w&'’\-]*|&|of(?= [A-Z])|and(?= [A-Z]))){0,4}"
_FORWARDS_EN: Final = tuple(
    (word, re.compile(pattern))
    for word, pattern in (
        ("At ", rf"At (?P<name>{_EN}),? (?=(?:we|you|our|everyone|people|every|it's|diversity)\b)"),
        ("oin ", rf"oin (?:the )?(?P<name>{_EN})(?=(?: team| as\b| family|!|\.| and (?:help|make|be|work)|'s|,? where|$|\n))"),
        ("oining ", rf"oining (?:the )?(?P<name>{_EN})(?=(?: team| as\b|!|\.|,))"),
        ("elcome to ", rf"elcome to (?P<name>{_EN})(?=[!.,\n]|$| -)"),
        (" at ", rf" at (?P<name>{_EN})\b"),
    )
)
_AT_WHAT: Final = re.compile(r"(?:careers?|working|life|work|role|position|opportunity|here)$", re.IGNORECASE)
_OPENING_EN: Final = re.compile(rf"(?:\A|[.!?\n])\W{{0,4}}(?:(?P<about>About|ABOUT|Why|Working at|Careers at|Life at|Who is) )?(?P<name>{_EN})")
_ENDS_LINE: Final = re.compile(r" ?[:?!]? ?(?:$|\n)")
_EMPLOYS: Final = re.compile(r",? (?:was (?:founded|established|started)|is (?:currently |now |actively |also )?(?:seeking|hiring|looking for|recruiting|searching for|headquartered|growing)|(?:seeks|needs) an? )")
_IS_COMPANY_EN: Final = re.compile(
    r"(?:,? \([^()\n]{1,30}\))?,? is (?:an?|the|one of|now|currently|proud to be) [^\n.]{0,110}?\b(?:company|companies|firm|startup|start-up|provider|leader|platform|hospital|bank|agency|organi[sz]ation|non-?profit|retailer|manufacturer|brand"
    r"|group|business|studio|school|university|consultancy|restaurant|clinic|developer|distributor|supplier|corporation|employer)\b"
)
_AT_EN: Final = re.compile(rf"(?: ?\([^()\n]{{1,20}}\))? (?:at|@|with) (?P<name>{_EN})")
_NO_NAME_EN: Final = frozenset(
    "our us the this we you it they company team role position job he she there that what these your my its his her as an a in for with if who all each every some why how when where"
    " about here candidate candidates applicants experience responsibilities requirements qualifications benefits summary overview opportunity department client customer customers"
    " employer employees staff management data engineering product sales marketing research design operations finance hr it today location salary compensation individual ideal successful"
    " must ability knowledge strong work reporting title description duties note please equal eeo training travel education bachelor master degree joining being working home".split()
)


def find(scan: Scan) -> None:
    """Find the names that present the employer."""
    text = scan.text
    if not text.isascii():
        _find_korean(scan)
    _find_english(scan)
    if ":" in text or "|" in text:
        for match in _LABELLED.finditer(text):
            _state(scan, match.start("name"), match["name"].rstrip())
    _headline(scan)
    for hit in scan.terms("company"):
        if text.endswith("the ", 0, hit.start) and text.startswith(" team", hit.end):
            _state(scan, hit.start, text[hit.start : hit.end])


def _places_of(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _find_korean(scan: Scan) -> None:
    text = scan.text
    for word, pattern in _FORWARDS_KO:
        for at in _places_of(text, word):
            if (match := pattern.match(text, at)) is not None:
                _korean(scan, match["name"], match.start("name"), match["particle"])
    if "함께" in text or "할" in text:
        for match in _TOGETHER.finditer(text):
            _before(scan, match.start(), match["particle"])
    for at in _places_of(text, "합류"):
        if text[at + 2 : at + 3] in {"하", "해", "할"} and (match := _JOINED_KO.search(text, max(0, at - 8), at)) is not None:
            _before(scan, match.start(), match["particle"])
    for match in _LINE_KO.finditer(text):
        if (match["particle"] in {"은", "는"} and _IS_COMPANY.search(match["rest"])) or _HIRES.search(match["rest"][:60]):
            _korean(scan, match["name"], match.start("name"), match["particle"])


def _before(scan: Scan, end: int, particle: str) -> None:
    if scan.text[end - 1 : end] in _QUOTES:
        end -= 1
    name = _NAME_BEFORE.search(scan.text, max(0, end - 24), end)
    if name is not None:
        _korean(scan, name[0], name.start(), particle)


def _find_english(scan: Scan) -> None:
    text = scan.text
    for word, pattern in _FORWARDS_EN:
        for at in _places_of(text, word):
            if word == " at " and not _AT_WHAT.search(text, max(0, at - 12), at):
                continue
            if (match := pattern.match(text, at)) is not None:
                _english(scan, match.start("name"), match["name"])
    for match in _OPENING_EN.finditer(text):
        ends = _ENDS_LINE if match["about"] else None
        if (ends and ends.match(text, match.end())) or _EMPLOYS.match(text, match.end()) or _IS_COMPANY_EN.match(text, match.end()):
            _english(scan, match.start("name"), match["name"])


def _korean(scan: Scan, name: str, start: int, particle: str) -> None:
    if particle in {"은", "는", "와", "과", "이", "가"} and not _agrees(name, particle):
        return
    if _no_name(name) or _NO_NAME_WORD.search(name) or _VERBISH.search(name) or name.isdigit():
        return
    if _CUSTOMER.search(scan.clause_before(start, 10)):
        return
    _state(scan, start, name)


def _no_name(name: str) -> bool:
    """Whether a common noun stands where a name would."""
    last = name.rpartition(" ")[2]
    return last in _NO_NAME or _NO_NAME_END.search(name) is not None


def _agrees(name: str, particle: str) -> bool:
    """Whether the particle can follow the name: after a Hangul letter its form tells."""
    last = name[-1]
    if not "가" <= last <= "힣":
        return True
    return ((ord(last) - 0xAC00) % 28 != 0) == (particle in {"은", "과", "이"})


def _english(scan: Scan, start: int, name: str) -> None:
    name = re.sub(r"(?:[’']s)?[.,’']*$", "", name)
    words = name.split()
    if not words or words[0].lower() in _NO_NAME_EN or words[-1].lower() in _NO_NAME_EN:
        return
    end = start + len(name)
    if any(hit.end == end and hit.start >= start for hit in scan.terms("title_head")):
        return
    if any(hit.start <= start and hit.end >= end for hit in scan.terms("location")):
        return
    _state(scan, start, name)


def _state(scan: Scan, start: int, name: str) -> None:
    name = name.strip(" '\"’‘“”")
    end = start + len(name)
    if len(name) < 2 or any(one.fact.start < end and start < one.fact.end and one.fact.type in {"company", "location", "url", "email"} for one in scan.findings):
        return
    scan.add("company", name, start, end, canonical=company_key(name))


def _headline(scan: Scan) -> None:
    """Names around the title of a headline: "[누리페이] 백엔드 개발자 채용", "카카오 백엔드 개발자", "Nurse at Acme"."""
    titles = [one.fact for one in scan.findings if one.fact.type == "title"]
    if not titles:
        return
    first = min(titles, key=lambda fact: fact.start)
    text, line = scan.text, scan.text.find("\n")
    in_first = line < 0 or first.start < line
    if in_first and (match := _BRACKETED.match(text)) is not None and match.end() <= first.start:
        name = match["name"].strip()
        if not _NO_NAME_WORD.search(name) and not _no_name(name) and not _taken(scan, match.start("name"), match.end("name")):
            _state(scan, match.start("name") + len(match["name"]) - len(match["name"].lstrip()), name)
    if in_first and (match := _AT_EN.match(text, first.end)) is not None:
        _english(scan, match.start("name"), match["name"])
    for hit in scan.terms("company"):
        if any(hit.end <= title.start <= hit.end + 12 and "\n" not in text[hit.end : title.start] and not text[hit.end : title.start].strip(" 시니어주니어신입경력()[]") for title in titles):
            _state(scan, hit.start, text[hit.start : hit.end])


def _taken(scan: Scan, start: int, end: int) -> bool:
    return any(one.fact.start < end and start < one.fact.end for one in scan.findings)

