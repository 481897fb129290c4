"""Names of the employer that no legal form marks, found by how a text presents it: "누리결제는 ... 회사입니다",
"서윤치과의원에서 함께할", "[누리페이] 채용", "At Pixelbarn, we", "Fenwick Dental is hiring".

Customers, partners and tools are named in other ways and are left alone.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.extract.companies import without_particle
from cache_service.posting.extract.reading import Scan

# The last word of many names of employers. As a word by itself it names nobody.
_KINDS_KO: Final = (
    "병원|의원|치과|한의원|약국|학교|대학교|어린이집|유치원|학원|은행|증권|보험|캐피탈|물류|운수|해운|항공|건설|산업|공업|정밀|금속|중공업|전자|전기|화학|제약"
    "|바이오|식품|푸드|상사|무역|상회|호텔|리조트|베이커리|카페|테크|소프트|랩스|랩|스튜디오|컴퍼니|코퍼레이션|그룹|홀딩스|재단|공단|공사|협회|조합|연구소|연구원"
    "|법인|센터|미용실|헤어|마트|백화점|컨설팅|솔루션|시스템|시스템즈|네트웍스|엔터테인먼트|게임즈|페이|결제|뱅크|모빌리티|커머스|로지스틱스|엔지니어링|데이터|에너지"
    "|승강기|디자인|미디어|출판|교육|에듀|케어|헬스케어|요양원|복지관|농장|농원|수산|주방|키친|유통|섬유|패션|코스메틱|화장품|여행사|관광|렌터카|보안|시큐리티|클리닝|환경|인쇄|목재|가구|철강|조선|모터스|자동차|타이어"
)
_NAME_KO: Final = r"[가-힣A-Za-z0-9&]{2,20}"
_START: Final = r"(?:^|\n|[.!?~] ?|안녕하세요,? ?|저희 ?|우리 ?회사 ?|(?<=[가-힣][는은한온을든인던]) )"
_IS: Final = re.compile(
    rf"{_START}(?P<name>{_NAME_KO})(?:은|는) (?=[^\n.!?]{{0,80}}(?:회사|기업|병원|의원|치과|센터|스타트업|브랜드|학원|학교|기관|법인|설립|창업|창립|개원|개업|전문점"
    r"|플랫폼|서비스를|물류|고객사|공장|매장|제조|만들|운영하|개발하|제공하|성장)(?:[^\n.!?]{0,30}(?:다|요|죠))?)"
)
_WITH: Final = re.compile(
    rf"{_START}(?P<name>{_NAME_KO})(?:에서|와|과) (?=[^\n.!?]{{0,30}}(?:찾습|찾고|모집|채용|뽑|함께 ?(?:할|일|성장|하실)|모십|모시|구합|일하실|일할))"
)
_AM: Final = re.compile(
    rf"{_START}(?P<name>[가-힣A-Za-z0-9&]{{1,16}}(?:{_KINDS_KO}))(?:입니다|이에요|예요|라고 합니다)"
)
_HEADLINE: Final = re.compile(
    rf"(?:^|\n|— |- |\d차 )(?P<name>[가-힣A-Za-z0-9&]{{1,14}}(?:{_KINDS_KO}))(?= [^\n]{{0,40}}(?:채용|모집|공고|구인|급구|구합|연구원|인턴|사원|담당)|$|\n)"
)
_BRACKETED: Final = re.compile(
    rf"(?:^|\n)\[(?P<name>{_NAME_KO}(?: {_NAME_KO})?)\] ?(?=[^\n]{{0,40}}(?:채용|모집|구인|개발자|엔지니어|디자이너|담당|사원|매니저|간호사|기사|강사|인턴|Engineer|Manager))"
)
_CORPORATION: Final = re.compile(
    r"(?<![가-힣])(?:법무|의료|학교|재단|사단|사회복지|회계|세무|노무|특허|농업회사)법인 ?(?P<name>[가-힣A-Za-z0-9]{1,14})"
)
_NOBODY_KO: Final = frozenset(
    """우리 저희 당사 본사 회사 귀사 지원자 팀 직무 업무 포지션 담당자 고객 현장 매장 지점 사무실 병원 의원 학원 학교 센터 은행 호텔 카페 공장
    연구소 법인 이곳 여기 그곳 누구 모두 본인 동료 개발자 디자이너 간호사 신입 경력 근무지 급여 연봉 복지 채용 공고 모집 환경 분야 업계 시장 국내 해외
    서비스 제품 플랫폼 부서 조직 기관 기업 스타트업 브랜드 물류 건설 데이터 교육 디자인 미디어 보안 유통 자동차 전자 화학 에너지 정규직 계약직
    인턴 서울 부산 대구 인천 광주 대전 울산 경기 판교 강남 재택 주요업무 자격요건 우대사항 급구 긴급 상시 신입사원 연구원 물류센터 고객센터 콜센터
    데이터센터 쇼핑몰 요양원 어린이집 유치원 저희팀 우리팀 이번 해당 본 각 전국 대기업 중견기업 중소기업 외국계 원격 풀타임 파트타임 시스템 솔루션 재무회계
    건강한 오랜 함께 다양한 새로운 좋은 지금 현재 앞으로 오늘 매일 매년 올해 작년 이후 그동안 이를 이런 그런 모든 우리는 저희는""".split()
)
_CAP: Final = r"(?:[A-Z][\w&'’.-]{0,24}|&|and|of|the)"
_NAME_EN: Final = (
    r"(?:St\. )?[A-Z][\w&'’-]{0,24}(?:\.(?=com|io|ai))?(?:(?: (?:&|and|of|the))? [A-Z][\w&'’.-]{0,24}){0,4}"
)
_KINDS_EN: Final = (
    "Hospital|Bakery|Studios?|Labs?|Dental|Trust|Farms?|Hotel|Nursery|School|County|Group|Bank|Clinic|Logistics|Foods?|Systems|Software|Technologies"
    "|Tech|Security|Analytics|Media|Partners|Consulting|Services|Solutions|Construction|Electrical?|Care|Health|Healthcare|Market|Cafe|Café|Restaurant"
    "|Academy|College|University|Company|Industries|Motors|Energy|Pharma|Pharmacy|Insurance|Capital|Airlines|Airways|Council|Foundation|Institute"
    "|Kitchen|Brewery|Gym|Fitness|Salon|Spa|Works|Press|Publishing|Games|Robotics|Networks|Dynamics|Castings|Plumbing|Roofing|Landscaping|Veterinary|Church"
)
_PRESENTS_EN: Final = re.compile(
    rf"(?:^|(?<=\n)|(?<=[.!?] ))(?P<name>{_NAME_EN})"
    r"(?=,? (?:is (?:an?|the|one|hiring|looking|seeking|recruiting|now|growing|home|located|based|proud)|was (?:founded|established|started)|are hiring"
    r"|(?:builds|makes|protects|serves|helps|designs|develops|operates|seeks|needs|wants|started|opened|has been|employs|delivers|provides|sells|runs|brings|creates|manufactures|supplies|powers) ))"
)
_WITHIN_EN: Final = re.compile(
    rf"(?:\bAt|\bJoin|\bWelcome to|\bWe are|\bWe're|\bAbout|\bjoin|\bhere at|\bat|\bWith) (?P<name>{_NAME_EN})(?=,? (?:we|you|our|everyone|and help|as an?|team|a |the |\d+ people)|[,.!:\n]|$)"
)
_TEAM_EN: Final = re.compile(rf"\b(?:the|our) (?P<name>{_NAME_EN}) team\b")
_KIND_EN: Final = re.compile(
    rf"(?:^|(?<=\n)|(?<=[–—|,@-] )|(?<=\bat ))(?P<name>(?:St\. )?(?:[A-Z][\w&'’-]{{0,20}} (?:& )?){{1,3}}(?:{_KINDS_EN}))(?=$|\n| ?[–—|,.(!-]| is| was| seeks| needs)"
)
_NOBODY_EN: Final = re.compile(
    r"^(?:This|That|The (?:position|role|job|team|company|candidate|successful|ideal|work)|It|You|We|Our|Your|They|He|She|There|Here|What|Who|Us|Work|Location|Salary|Responsibilit\w+|Requirements?"
    r"|Qualifications?|Benefits?|Experience|Education|Job|Position|Role|Full|Part|Remote|Hybrid|Must|Candidates?|Applicants?|Applications?|Least|Home|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|Night|Day|English|Korean|Spanish|French|German|Excel|Knowledge|Ability|Strong|Excellent|No|Note|Please|If|As|In|On|For"
    r"|Bonus|Pay|Training|Overtime|Team|Product|Design|Marketing|Sales|Engineering|Finance|Operations|Python|Java|React|SQL|AWS|Company|New York|London|Seoul|Night Shift|Success|Safety|Quality|Customer|Support)\b"
)


# Each pattern with words (lower case) without one of which it cannot match.
_KOREAN: Final = (
    (_IS, ("은 ", "는 ")),
    (_WITH, ("에서 ", "와 ", "과 ")),
    (_AM, ("입니다", "이에요", "예요", "라고 합니다")),
    (_HEADLINE, tuple(_KINDS_KO.split("|"))),
    (_BRACKETED, ("[",)),
    (_CORPORATION, ("법인",)),
)
_ENGLISH: Final = (
    (_PRESENTS_EN, (" ",)),
    (_WITHIN_EN, ("at ", "join ", "we are ", "we're ", "about ", "with ", "welcome to ")),
    (_TEAM_EN, (" team",)),
    (_KIND_EN, tuple(kind.removesuffix("?").lower().removesuffix("s") for kind in _KINDS_EN.split("|"))),
)


def find(scan: Scan) -> None:
    """Find how the text calls the employer."""
    text = scan.text
    known = [(one.fact.start, one.fact.end) for one in scan.findings if one.fact.type == "company"]
    if not text.isascii():
        for pattern, cues in _KOREAN:
            for match in pattern.finditer(text) if scan.has(cues) else ():
                _korean(scan, match, known, whole=pattern is _CORPORATION)
    if any(char.isupper() for char in text[:4000]):
        titles = [(one.fact.start, one.fact.end) for one in scan.findings if one.fact.type == "title"]
        for pattern, cues in _ENGLISH:
            for match in pattern.finditer(text) if scan.has(cues) else ():
                _english(scan, match, known, titles)


def _korean(scan: Scan, match: re.Match[str], known: list[tuple[int, int]], *, whole: bool) -> None:
    start, end = match.span() if whole else match.span("name")
    name = scan.text[start:end]
    if name in _NOBODY_KO or name.endswith("법인") or without_particle(name) in _NOBODY_KO or name.isdigit():
        return
    if name.endswith(
        (
            "팀",
            "부서",
            "현장",
            "매장",
            "지점",
            "분야",
            "시장",
            "업계",
            "들",
            "분",
            "자",
            "님",
            "부",
            "년",
            "월",
            "일",
            "시",
            "곳",
        )
    ):
        return
    if any(
        hit.start < end and start < hit.end and hit.end - hit.start >= end - start - 1 for hit in scan.terms("location")
    ):
        return
    _state(scan, start, end, known)


def _english(scan: Scan, match: re.Match[str], known: list[tuple[int, int]], titles: list[tuple[int, int]]) -> None:
    start, end = match.span("name")
    name = scan.text[start:end].rstrip(".,")
    end = start + len(name)
    if _NOBODY_EN.match(name) or len(name) < 3:
        return
    if any(begin < end and start < last for begin, last in titles):
        return
    if any(hit.end == end for hit in scan.terms("title_head")):
        return
    if any(hit.start == start and hit.end == end for family in ("skill", "location") for hit in scan.terms(family)):
        return
    _state(scan, start, end, known)


def _state(scan: Scan, start: int, end: int, known: list[tuple[int, int]]) -> None:
    if any(begin < end and start < last for begin, last in known):
        return
    known.append((start, end))
    scan.add("company", scan.text[start:end], start, end)
