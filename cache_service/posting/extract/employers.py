"""Names of the employer that no legal form marks, found by how a text presents it: "누리결제는 ... 회사입니다",
"서윤치과의원에서 함께할", "[누리페이] 채용", "At Pixelbarn, we", "Fenwick Dental is hiring".

Customers, partners and tools are named in other ways and are left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from cache_service.posting.extract.companies import without_particle
from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.reading import Scan
from cache_service.posting.extract.terms import Hit

_NAME_KO: Final = r"[가-힣A-Za-z0-9&]{2,20}"
_START: Final = r"(?:^|(?=[\n.!?~안저우 ])(?:\n|[.!?~] ?|안녕하세요,? ?|저희 ?|우리 ?회사 ?|우리 |회사 ?소개 ?: ?|소개 ?: ?|(?<=[가-힣][는은한온을든인던]) ))"
_IS: Final = re.compile(
    r"(?:은|는) (?!기업|회사|스타트업|브랜드|병원|곳|팀|기관|학교|학원|센터|플랫폼|서비스)(?=[^\n.!?]{0,80}(?:회사|기업|병원|의원|치과|센터|스타트업|브랜드|학원|학교|기관|법인|설립|창업|창립|개원|개업|전문점"
    r"|플랫폼|서비스를|물류|고객사|공장|매장|제조|만들|운영하|개발하|제공하|성장|연구합|연구하|렌탈|판매합|판매하|설계합|시공|병상|규모입|지점을|수출|납품합|가공|재배|돌봅|진료합|진료하고|진료해|가르칩|가르쳐|도와 ?드|문을 ?(?:연|열))(?:[^\n.!?]{0,30}(?:다|요|죠))?)"
)
_WITH: Final = re.compile(
    r"(?:에 (?=합류하(?:세|십|실|시고)|지원하(?:세|십))|(?:에서는|에서|와|과|이|가) (?=[^\n.!?]{0,30}(?:찾습|합류하|지원하(?:세|십|시)|매장을 (?:엽|열)|문을 (?:엽|열)|드리는 ?(?:혜택|복지|약속)|찾아|구해요|초빙|찾고|모집|채용|뽑|함께 ?(?:할|일|성장|하실)|모십|모시|구합|일하실|일할)))"
)
_NAME_BEFORE: Final = re.compile(rf"{_START}(?P<name>{_NAME_KO})\Z")
_QUOTED_BEFORE: Final = re.compile(rf"{_START}['\"‘“]?(?P<name>{_NAME_KO})['\"’”]?\Z")
_LONGEST_BEFORE: Final = 32
# Around the last word of a name (``data/employer_kind.txt``): what stands before it and what comes after.
_AM_BEFORE: Final = re.compile(rf"{_START}(?P<name>[가-힣A-Za-z0-9&]{{1,16}})\Z")
_AM_AFTER: Final = re.compile(r"입니다|이에요|예요|라고 합니다")
_HEADLINE_BEFORE: Final = re.compile(r"(?:^|\n|— |- |\d차 )(?P<name>[가-힣A-Za-z0-9&]{1,14})\Z")
_HEADLINE_AFTER: Final = re.compile(
    r" [^\n]{0,40}(?:채용|모집|공고|구인|급구|구합|구해|찾습|연구원|인턴|사원|담당|직원)|$|\n| ?[|,/–-] ?(?=[^\n]{2})"
)
# Endings that make a name of almost any word before them, wherever it stands.
_CERTAIN_BEFORE: Final = re.compile(r"(?<![가-힣A-Za-z0-9])(?P<name>[가-힣A-Za-z0-9&]{2,12})\Z")
_CERTAIN_AFTER: Final = re.compile(
    r"(?:에서|에서는|의|은|는|이|가|와|과|을|를|로|으로)?(?![가-힣A-Za-z0-9])|(?:입니다|이에요|예요)"
)
_CERTAIN: Final = frozenset(
    """치과 의원 한의원 약국 어린이집 유치원 상사 상회 테크 소프트 랩스 컴퍼니 코퍼레이션 홀딩스 로지스 로지스틱스 푸드 제약 증권 캐피탈 페이먼츠
    뱅크 모터스 네트웍스 게임즈 엔터테인먼트 스튜디오 요양원 정밀 중공업 베이커리 모빌리티 커머스 시큐리티 바이오 해운 운수 건설 전자 식품""".split()
)
_COMMON_BEFORE: Final = re.compile(
    r"(?:종합|대학|동물|요양|한방|재활|전문|상급|시중|저축|지방|인터넷|대형|소형|일반|대기업|기업|국내|해외|소아|여성|치매|교정|동네|현대|국공립|가정|직장|민간"
    r"|공립|사립|병설|영어|놀이|숲|이|웹|앱|모바일|에듀|핀|푸드|바이오|딥|빅|가전|반도체|토목|건축|플랜트|신규|냉동|가공|건강|수산|유기농|즉석|의료|생명|레드|그린"
    r"|첨단|미디어|오픈|클라우드|네트워크|교육|물류|패션|뷰티|부동산|애그|여행|라이브|소셜|이커머스|소|사|전|다)$"
)
_OTHERS_BEFORE: Final = re.compile(r"고객사|파트너|협력|거래처|납품|출신|경쟁|투자사|계열사|인수|공급|등과|업종|분야")
_KIND_BEFORE: Final = re.compile(
    r"(?:^|(?<=\n)|(?<=[–—|,@-] )|(?<=\bat ))(?P<name>(?:St\. )?(?:[A-Z][\w&'’-]{0,20} (?:& )?){1,3})$"
)
_KIND_AFTER: Final = re.compile(r"$|\n| ?[–—|,.(!-]| is| was| seeks| needs")
_AROUND: Final[dict[str, tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]]] = {
    "ko": ((_AM_BEFORE, _AM_AFTER), (_HEADLINE_BEFORE, _HEADLINE_AFTER), (_CERTAIN_BEFORE, _CERTAIN_AFTER)),
    "en": ((_KIND_BEFORE, _KIND_AFTER),),
}
_LONGEST: Final = 64
_BRACKETED: Final = re.compile(
    rf"(?:^|\n)\[(?P<name>{_NAME_KO}(?: {_NAME_KO})?)\] ?(?=[^\n]{{0,40}}(?:채용|모집|구인|충원|영입|초빙|개발자|엔지니어|디자이너|담당|사원|매니저|간호사|기사|강사|인턴|Engineer|Manager))"
)
_CALLED: Final = re.compile(
    r"(?:스튜디오|디자인 ?그룹|그룹|사무소|서점|공방|치과|농원|베이커리|회사|기업|병원|의원|학원|브랜드|스타트업|카페|식당|농장|재단|기관|업체|쇼핑몰|에이전시) (?P<name>[가-힣A-Za-z0-9]{2,12})(?:입니다|이에요|예요|이라고|에서 |\(| ?\|)"
)
_NAMED_KO: Final = re.compile(
    r"(?:회사|병원|가게|브랜드|학원|공방|팀|법인|서비스) ?(?:의 )?이름은 (?P<name>[가-힣A-Za-z0-9]{2,12}?)(?:입니다|이에요|예요|이고|이며|,)"
)
_CORPORATION: Final = re.compile(
    r"(?<![가-힣])(?:법무|의료|학교|재단|사단|사회복지|회계|세무|노무|특허|농업회사)법인 ?(?P<name>[가-힣A-Za-z0-9]{1,14})"
)
_NOBODY_KO: Final = frozenset(
    """주방 홀 카운터 창고 접수처 응급실 병동 수술실 로비 현관 강의실 교실 기숙사 농가 밭 논 공원 역 항구 공항 부두 선박 차량 트럭 여러분 누군가 새싹 동네 마을 이웃 가족 부모님 아이들 아이 학생들 어르신 환자 환자분 손님 고객님 회원 회원님
    관심 열정 마음 꿈 사명감 책임감 우리 저희 당사 본사 회사 귀사 지원자 팀 직무 업무 포지션 담당자 고객 현장 매장 지점 사무실 병원 의원 학원 학교 센터 은행 호텔 카페 공장
    연구소 법인 이곳 여기 그곳 누구 모두 본인 동료 개발자 디자이너 간호사 신입 경력 근무지 급여 연봉 복지 채용 공고 모집 환경 분야 업계 시장 국내 해외
    서비스 제품 플랫폼 부서 조직 기관 기업 스타트업 브랜드 물류 건설 데이터 교육 디자인 미디어 보안 유통 자동차 전자 화학 에너지 정규직 계약직
    인턴 서울 부산 대구 인천 광주 대전 울산 경기 판교 강남 재택 주요업무 자격요건 우대사항 급구 긴급 상시 신입사원 연구원 물류센터 고객센터 콜센터
    데이터센터 쇼핑몰 요양원 어린이집 유치원 저희팀 우리팀 이번 해당 본 각 전국 대기업 중견기업 중소기업 외국계 원격 풀타임 파트타임 시스템 솔루션 재무회계
    상품 학생 다음 관심 개선 주요고객 사용자 소비자 콘텐츠 기술 경험 미래 세상 가치 목표 비전 사람 인재 우리나라 대한민국 디지털 글로벌 온라인 모바일
    게임 음악 영상 광고 마케팅 개발 운영 관리 영업 생산 품질 구매 회계 재무 인사 총무 법무 연구 기획 전략 투자 금융 의료 건강 음식 식품 요리 여행 패션
    뷰티 부동산 농업 어업 제조 제조업 유통업 서비스업 사업 업계 이 그 저 것 수 점 면 때 전 후 중 안 밖 위 아래 목적 방향 이유 결과 과정 방법 문제 답 질문
    경쟁력 성장 도전 열정 책임 소통 협업 신뢰 존중 문화 복지제도 사내어린이집 직장어린이집 건강기능식품 헬스케어기능식품 생화학 분자생물학 구성원 임직원 직원
    대표 대표님 사장 원장 팀원 동료들 파트너 파트너사 협력사 거래처 매출 수익 시간 장소 공간 지역 도시 나라 세계 인공지능 빅데이터 클라우드 로봇
    건강한 오랜 함께 다양한 새로운 좋은 지금 현재 앞으로 오늘 매일 매년 올해 작년 이후 그동안 이를 이런 그런 모든 우리는 저희는""".split()
)
_NO_NAME_ENDS: Final = tuple(
    "하 되 만드 만들 이끄 키우 나가 법인 팀 부서 현장 매장 지점 분야 시장 업계 들 분 자 님 부 년 월 일 시 곳 서비스 의사 지원서".split()
)
_NAME_EN: Final = (
    r"(?:St\. )?[A-Z][\w&'’-]{0,24}(?:\.(?=com|io|ai))?(?:(?: (?:&|and|of|the))? [A-Z][\w&'’.-]{0,24}){0,4}"
)
_SENTENCE_START: Final = re.compile(r"[\n.!?] ?(?=[A-Z])")
_PRESENTS_EN: Final = re.compile(
    rf"(?P<name>{_NAME_EN})"
    r"(?=(?: \([^()\n]{1,60}\))?,? (?:is (?:an?|the|one|rated|owned|run|part|among|known|home|where|two|three|four|five|six|seven|eight|nine|ten|\d+|hiring|looking|seeking|recruiting|now|growing|home|located|based|proud)|was (?:founded|established|started)|are hiring"
    r"|was (?:set up|formed|born|created|launched)|have (?:been|built|made)|(?:grows|keeps|trains|treats|fits|fitted|cleans|feeds|moves|teaches|publishes|repairs|restores|installs|distributes|imports|exports|farms|brews|bakes|cares|ships|prints|hosts|manages|speciali[sz]es|offers|invests|"
    r"insures|represents|advises|cooks|rents|lends|looks|grew|began|connects|supports|maintains|combines|stands|welcomes|appoints|recruits|are (?:a|an|the|one|looking|seeking|recruiting))\b|(?:builds|makes|protects|serves|helps|designs|develops|operates|seeks|needs|wants|wishes|invites|has|started|opened|has been|employs|delivers|provides|sells|runs|brings|creates|manufactures|supplies|powers) ))"
)
_WITHIN_EN: Final = re.compile(
    rf"(?:\bAt|\bJoin|\bWelcome to|\bWe are|\bWe're|\bAbout|\b[Aa]bout us: ?|\bWho we are: ?|\bjoin|\bhere at|\b[Ww]ork(?:ing)? (?:for|with us at)|\b[Ll]ife at|\b[Cc]areers at|\b[Ww]rite to|\b[Aa]pply (?:directly )?(?:to|at|with)|\bemployer(?: will be| is|:)|\bThis is|\bcall us|\bcalled|\bat|\bWith) (?P<name>{_NAME_EN})(?=,? (?:we|and|you|our|everyone|and help|as an?|team|a |the |\d+ people|means? |by |before |until |is |- )|[,.!:\n]|$)"
)
_TEAM_EN: Final = re.compile(rf"\b[Jj]oin (?:the|our) (?P<name>{_NAME_EN}) (?:team|family|crew)\b")
_NAMED_EN: Final = re.compile(
    rf"\b(?:[Ww]e at|[Oo]n behalf of(?: the)?|[Ww]elcome aboard|[Oo]ur name is|[Ww]ho is|[Oo]ur client,?|[Ss]end [\w ]{{1,30}} to) (?P<name>{_NAME_EN})(?=[,.!?:;\n]|$| [a-z])"
)
_NOBODY_BEGINS: Final = ("We ", "You ", "Our ", "Your ", "This ", "It ", "They ")
_LEVEL_WORDS: Final = (
    r"(?:시니어|주니어|신입|경력|정규직|계약직|인턴|Senior|Junior|Lead|Sr\.?|Jr\.?|Part-time|Full-time)"
)
_COUNTED: Final = re.compile(r"\d+(?:[가-힣]|$)")
_SINCE_EN: Final = re.compile(
    rf"\b(?:Since \d{{4}},?|For (?:over |more than |nearly |almost )?(?:\d{{1,3}}|ten|twenty|thirty|forty|fifty|a hundred) years,?|(?:Based|Located|Founded|Established|Headquartered|Born) (?:in|on|near) [A-Z\d][\w' ]{{1,24}},) "
    rf"(?={_NAME_EN} (?:has|have|is|was|[a-z]{{2,14}}s) )(?P<name>{_NAME_EN})"
)
_OPENS_EN: Final = re.compile(
    rf"(?={_NAME_EN} \([A-Z][\w ,]{{1,24}}\) (?:needs|is|has|wants|seeks)\b)(?P<name>{_NAME_EN})"
)
_LED_BY: Final = re.compile(
    rf"(?P<name>[가-힣A-Za-z0-9&]{{2,14}}|{_NAME_EN}(?= ?[|,:–—-])) ?[|,:–—-] ?(?:{_LEVEL_WORDS}[ /·]?)*"
)
_FOLLOWED_BY: Final = re.compile(
    rf"(?: \([^()\n]{{1,20}}\))?(?:, | [-–—|@] | at | with )(?P<name>{_NAME_EN})(?=$|\n| ?[(|–—]| - | in |\.\s|\.$|, [A-Z])"
)
_LABELLED_NAME: Final = re.compile(
    rf"(?:회사 ?명|기업 ?명|업체 ?명|상호(?: ?명)?|법인 ?명|기관 ?명|\b(?:Company|Employer|Organi[sz]ation)(?: [Nn]ame)?) ?[:|] ?(?P<name>{_NAME_EN}|[가-힣A-Za-z0-9&]{{2,20}})"
)
_NOBODY_EN: Final = re.compile(
    r"^(?:Opportunity|HR|The Head|Head|Chief|Director|Manager|Evenings?|Weekends?|Early|Late|Shifts?|Permanent|Temporary|Fixed|Level|Grade|Band|EMEA|APAC|Nationwide|Various|Immediate|Graduate|Vacanc\w+|Vacant|Title|Opening|Openings|Recruit\w*|Available|Starting|Start|Term|Contract|Salary|Rate|Per|Up|Competitive|Flexible|Online|Great|Good|New|First|Second|Third|Final|Apply|Send|Email|Call|"
    r"JOB|DEPARTMENT|TITLE|ROLE|TEAM|LOCATION|Department|Division|Reports|Typically|Technology|Let's|Come|Help|Those|These|Summary\w*|Construction|Usually|Generally|Sometimes|Often|Today|Tomorrow|Each|Every|Any|Create|Innovate|Build|Make|Sell|Grow|Run|Use|Work \w+|Christmas|Easter|Summer|Winter|Spring|Autumn|School|University|College|High School|Everyone|Everybody|Nobody|Someone|Anyone|People|Parents|Patients|Guests|Clients|Students|Children|Colleagues|Employees|Staff|Drivers|Nurses|Teachers|Engineers|Managers|Applicants|Interviews?|Closing|Deadline|"
    r"The (?:Company|Institute|Head|Chief|Director|Manager|Senior|Junior|best|first|right|next|new|salary|shift|post|office|school|hospital|hotel|shop|kitchen|person|pay|contract|closing|deadline|interview|UK|US|USA|Netherlands|City|State|Ministry|Government|World|Internet)|WANTED|Wanted|Hiring|HIRING|Urgent|URGENT|Now|NOW|Information|Data|Risk|Creative|Business|Customer|Human|Public|Social|Supply|Computer|Software|Advanced?|Advancement|POSITION|COMPANY|This|That|The (?:position|role|job|team|company|candidate|successful|ideal|work)|It|You|We|Our|Your|They|He|She|There|Here|What|Who|Us|Work|Location|Probation|Trial|Notice|Headcount|Hours|Deadline|Employment|Seniority|Travel|Parking|Lunch|Housing|Salary|Responsibilit\w+|Requirements?"
    r"|Qualifications?|Benefits?|Experience|Education|Job|Position|Role|Full|Part|Remote|Hybrid|Must|Candidates?|Applicants?|Applications?|Least|Home|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|Night|Day|English|Korean|Spanish|French|German|Excel|Knowledge|Ability|Strong|Excellent|No|Note|Please|If|As|In|On|For"
    r"|Bonus|Pay|Training|Overtime|Team|Product|Design|Marketing|Sales|Engineering|Finance|Operations|Python|Java|React|SQL|AWS|Company|New York|London|Seoul|Night Shift|Success|Safety|Quality|Customer|Support)\b"
)


def _with_cues(*patterns: tuple[re.Pattern[str], tuple[str, ...]]) -> tuple[tuple[re.Pattern[str], Cues], ...]:
    return tuple((pattern, Cues(*words)) for pattern, words in patterns)


# Each pattern with words (lower case) without one of which it cannot match.
_KOREAN: Final = _with_cues(
    (_BRACKETED, ("[",)),
    (
        _CALLED,
        (
            "회사 ",
            "그룹 ",
            "사무소 ",
            "서점 ",
            "공방 ",
            "농원 ",
            "베이커리 ",
            "스튜디오 ",
            "기업 ",
            "병원 ",
            "스타트업 ",
            "브랜드 ",
            "카페 ",
            "식당 ",
            "농장 ",
            "재단 ",
            "기관 ",
            "업체 ",
            "학원 ",
        ),
    ),
    (_NAMED_KO, ("이름은 ",)),
    (_LABELLED_NAME, ("명:", "명 :", "명|", "명 |", "상호")),
)
# These begin with one of their words.
_ENGLISH: Final = _with_cues(
    (
        _WITHIN_EN,
        (
            "at ",
            "join ",
            "we are ",
            "we're ",
            "about ",
            "with ",
            "welcome to ",
            "here at ",
            "who we are:",
            "work for",
            "working for",
            "work with us",
            "working with us",
            "life at",
            "careers at",
            "write to",
            "apply ",
            "employer",
            "this is ",
            "call us",
            "called ",
        ),
    ),
    (
        _TEAM_EN,
        (
            "join the",
            "join our",
            "part of the",
            "part of our",
            "member of the",
            "member of our",
            "in the",
            "in our",
            "with the",
            "with our",
            "for the",
            "for our",
            "at the",
            "at our",
        ),
    ),
    (_NAMED_EN, ("we at ", "on behalf of", "welcome aboard", "our name is", "who is ", "our client", "send ")),
    (_SINCE_EN, ("since ", "for ", "based ", "located ", "founded ", "established ", "headquartered ", "born ")),
)
# A name, and the words behind it that make it one.
_WITH_PARTICLE: Final = (
    (_NAME_BEFORE, _IS, Cues("은 ", "는 "), Cues("은 ", "는 ")),
    (
        _QUOTED_BEFORE,
        _WITH,
        Cues("에서 ", "에서는 ", "에 ", "와 ", "과 ", "이 ", "가 "),
        Cues("에서 ", "에서는 ", "에 ", "와 ", "과 ", "이 ", "가 "),
    ),
)
_LABELS_EN: Final = Cues("company:", "employer:", "organisation:", "organization:", "name:")


def find(scan: Scan) -> None:
    """Find how the text calls the employer."""
    names = _Names(scan)
    if not scan.text.isascii():
        _find_korean(scan, names)
    if scan.lowered != scan.text:
        _find_english(scan, names)
    for hit in scan.terms("employer_kind"):
        state = names.korean if hit.canonical == "ko" else names.english
        for before, after in _AROUND[hit.canonical]:
            if after.match(scan.text, hit.end) is None:
                continue
            if before is _CERTAIN_BEFORE and not _is_certain(scan, hit):
                continue
            if (name := before.search(scan.text, max(0, hit.start - _LONGEST), hit.start)) is not None:
                state(name.start("name"), hit.end)
    _beside_titles(scan, names)


def _is_certain(scan: Scan, hit: Hit) -> bool:
    text = scan.text
    if text[hit.start : hit.end] not in _CERTAIN or _COMMON_BEFORE.search(text, max(0, hit.start - 8), hit.start):
        return False
    return _OTHERS_BEFORE.search(scan.clause_before(hit.start, 48)) is None


def _beside_titles(scan: Scan, names: _Names) -> None:
    """What a headline names beside the title: "마루디자인 | 웹 디자이너", "Truck Driver, Harbor Freightways (Busan)"."""
    for one in [one.fact for one in scan.findings if one.fact.type == "title"]:
        before = scan.line_before(one.start, 60)
        if (match := _LED_BY.fullmatch(before)) is not None:
            start = one.start - len(before)
            state = names.korean if "가" <= match["name"][-1] <= "힣" else names.english
            state(start + match.start("name"), start + match.end("name"))
        if (follows := _FOLLOWED_BY.match(scan.text, one.end)) is not None:
            names.english(*follows.span("name"))


def _find_korean(scan: Scan, names: _Names) -> None:
    for match in _CORPORATION.finditer(scan.text) if "법인" in scan.text else ():
        if not match["name"].endswith(_NO_NAME_ENDS):
            start, end = match.span()
            names.korean(start, start + len(without_particle(scan.text[start:end])))
    for before, after, gate, particles in _WITH_PARTICLE:
        for match in _followed(scan, before, after, particles) if scan.has(gate) else ():
            if not match["name"].endswith(_NO_NAME_ENDS):
                names.korean(*match.span("name"))
    for pattern, cues in _KOREAN:
        for match in pattern.finditer(scan.text) if scan.has(cues) else ():
            if not match["name"].endswith(_NO_NAME_ENDS):
                names.korean(*match.span("name"))


def _find_english(scan: Scan, names: _Names) -> None:
    for match in _presented(scan.text):
        names.english(*match.span("name"))
    for pattern, cues in _ENGLISH:
        for match in scan.begun(pattern, cues):
            names.english(*match.span("name"))
    if scan.has(_LABELS_EN):
        for match in _LABELLED_NAME.finditer(scan.text):
            names.english(*match.span("name"))
    if "(" in scan.text and (opens := _OPENS_EN.match(scan.text)) is not None:
        names.english(*opens.span("name"))


def _followed(scan: Scan, before: re.Pattern[str], after: re.Pattern[str], particles: Cues) -> Iterator[re.Match[str]]:
    """The matches of ``before`` that end where one of ``after`` begins, with one of ``particles``."""
    done = 0
    for at in particles.starts(scan.places):
        if (following := after.match(scan.text, at)) is None:
            continue
        if (match := before.search(scan.text, max(done, at - _LONGEST_BEFORE), at)) is not None:
            done = following.end()
            yield match


def _presented(text: str) -> Iterator[re.Match[str]]:
    """What a sentence presents as its subject."""
    starts = [0, *(match.end() for match in _SENTENCE_START.finditer(text))]
    for start in starts:
        if text.startswith(_NOBODY_BEGINS, start):
            continue
        if (match := _PRESENTS_EN.match(text, start)) is not None:
            yield match


class _Names:
    """States names that are nobody else's: no place, no title, no word of postings, none that is known already."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._ready = False

    def _prepare(self) -> None:
        """Look at what is known, once there is a name."""
        self._ready = True
        scan = self._scan
        self._known = sorted((one.fact.start, one.fact.end) for one in scan.findings if one.fact.type == "company")
        self._titles = scan.spans_of("title")
        self._places = scan.terms("location")
        self._place_starts = [hit.start for hit in self._places]
        self._heads = frozenset(hit.end for hit in scan.terms("title_head"))
        self._named = frozenset((hit.start, hit.end) for kind in ("skill", "location") for hit in scan.terms(kind))

    def korean(self, start: int, end: int) -> None:
        if not self._ready:
            self._prepare()
        name = self._scan.text[start:end]
        if name in _NOBODY_KO or without_particle(name) in _NOBODY_KO or _COUNTED.match(name):
            return
        at = bisect_left(self._place_starts, end)
        places = self._places[max(0, at - 3) : at]
        if not any(hit.end > start and hit.end - hit.start >= end - start - 1 for hit in places):
            self._state(start, end)

    def english(self, start: int, end: int) -> None:
        if not self._ready:
            self._prepare()
        name = self._scan.text[start:end].rstrip(".,")
        end = start + len(name)
        if _NOBODY_EN.match(name) or len(name) < 3 or self._titles.touch(start, end):
            return
        if end not in self._heads and (start, end) not in self._named:
            self._state(start, end)

    def _state(self, start: int, end: int) -> None:
        at = bisect_left(self._known, (end, 0))
        if at == 0 or self._known[at - 1][1] <= start:
            self._known.insert(at, (start, end))
            self._scan.add("company", self._scan.text[start:end], start, end)
