"""The level of the job on offer. Seniors who are cared for, superiors and juniors who are mentored are none of it."""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.reading import Scan

_ROLE_KO: Final = (
    r"(?=[ -]?(?:[가-힣A-Za-z/+#.-]{1,14} ){0,3}[가-힣A-Za-z/+#.-]{0,12}(?:개발자|엔지니어|디자이너|매니저|마케터|기획자|연구원|간호사|담당자|컨설턴트|분석가|PM|PO|MD|PD"
    r"|셰프|요리사|조리사|강사|교사|상담사|바리스타|변호사|회계사|세무사|인력|채용|모집|포지션|직급|레벨|급|Engineer|Developer|Designer|Manager))"
)
_KOREAN: Final = re.compile(
    r"(?=[C경과대리미본부사선수시신실연이인임주중직차책최테팀파])"
    r"(?:(?P<any>(?:직급|연차) ?(?:은|:)? ?무관|신입 ?[/·,&및~] ?경력(?!증명)|경력 ?[/·,&및] ?신입)"
    rf"|(?P<executive>임원(?:급)?(?= ?(?:급|채용|모집|포지션|후보|을|$))|본부장(?:급)?|CTO|CFO|COO|CMO|최고[가-힣]{{2,6}}책임자|이사급|C레벨|C-레벨)"
    rf"|(?P<lead>책임자급|팀장(?:급)?|파트장|실장(?:급)?|리드(?=급|[ )]|$)|파트 ?리더|팀 ?리더|테크 ?리드)"
    rf"|(?P<senior>시니어{_ROLE_KO}|시니어(?=(?:을|를|로|만)? ?(?:모십|모시|찾|뽑|채용|구합|선발|우대))|시니어(?=급| ?레벨| ?\)|$)|책임급|(?:책임|선임|수석)(?= ?(?:연구원|엔지니어|개발자|디자이너|매니저|컨설턴트))|시니어(?=[~/·-])|(?<=[~/·-])시니어|(?<=직급: )(?:차장|부장)|(?<=직급 )(?:차장|부장)|과장[~·/-]차장|수석급|선임급|차[·~-]?부장급|부장급|차장급)"
    rf"|(?P<junior>주니어{_ROLE_KO}|주니어(?=급| ?레벨| ?\)|$)|주니어(?=[~/·-]|부터)|사원급|(?<=직급: )(?:사원|주임)|(?<=직급 )(?:사원|주임)|주임급|사원[~-]주임|사원[~-]대리급?)"
    rf"|(?P<mid>미들{_ROLE_KO}|미드 ?레벨|미들 ?레벨|대리[~·-]?과장급?|미들급|미들(?=까지|부터)|중급(?= ?(?:이상|개발자|기술자|엔지니어|[가-힣A-Za-z]{1, 8} (?:[가-힣A-Za-z]{1, 8} )?(?:개발자|기술자|엔지니어|디자이너)))|(?<=직급: )(?:대리|과장)|(?<=직급 )(?:대리|과장)|대리급|과장급|중간 ?관리자급)"
    r"|(?P<entry>수습사원|신입(?= ?(?:사원)? ?(?:채용|모집|공채|지원|환영|가능|\)|만|을|을 |도|$|[.,·|/]))|신입사원(?! ?(?:교육|온보딩|연수|멘토)))"
    r"|(?P<intern>(?<!전 )인턴(?:십|사원)?(?= ?(?:채용|모집|공고|\)|을|$|[.,·|/]| ?(?:개발자|디자이너|연구원|마케터|기획자)))))"
)
_ENGLISH: Final = re.compile(
    r"\b(?:(?P<any>all levels|any level|all experience levels)"
    r"|(?P<entry>entry[- ]level|new grads?|graduate(?= (?:role|position|scheme|programme|trainee))|(?<=[Ll]evel: )entry|(?:recent|new|fresh|college|university|high[- ]school) (?:graduates?|leavers?)(?= (?:welcome|position|role|program|are|may|can|encouraged))|school leavers?(?= (?:welcome|are|may|can))|fresh graduates?|first job(?=[?.!])|(?:graduate|trainee) level)"
    r"|(?P<intern>intern(?:ship)?(?= (?:position|role|opportunity|program)| ?[-–|,:)(]| ?$|s? wanted|s (?:are )?welcome)|(?<= )Intern\b)"
    r"|(?P<mid>mid[- ](?:level|senior|weight)|midlevel|midweight|(?<=to )mid(?=$|[ ,.)–-])|(?<=[Ll]evel: )mid|(?<=\()mid(?=[-)])|intermediate(?=[- ]level| [A-Z]))"
    r"|(?P<executive>(?:Head|Director|VP|Vice President|SVP|Chief \w+ Officer)(?= (?:of|,)|\b(?= role| position))|executive[- ]level|executive (?=appointment|position|role|post\b|vacancy)|C-level|C-suite"
    r"|(?<=a )director(?= of)|(?<=as )head(?= of))"
    r"|(?P<senior>senior[- ]level|(?<=[Ll]evel: )senior|(?<=\()senior(?=\))|(?:senior|Sr\.?)(?=[ -][A-Za-z])|principal(?=(?: [A-Za-z]+){0,2} (?:engineer|developer|designer|scientist|consultant|architect|analyst))"
    r"|staff(?= (?:engineer|software engineer|designer|scientist)))"
    r"|(?P<junior>junior[- ]level|(?<=[Ll]evel: )junior|(?<=\()junior(?=\))|(?<=for )juniors|(?:junior|Jr\.?)(?=[ -][A-Za-z]))"
    r"|(?P<lead>team lead(?:er)?(?!s)|tech(?:nical)? lead|Lead(?= [A-Z][a-z]+)|lead(?= (?:engineer|developer|designer|nurse|teacher|technician|cook|analyst|driver|mechanic|carpenter|cashier|barista))|(?<=[a-z] )Lead\b|supervisor[- ]level|leadership (?=role|position|post\b)))",
    re.IGNORECASE,
)
_NOT_AFTER: Final = re.compile(
    r" ?(?:고객|세대|센터|케어|대상|시장|모델|층|산업|타깃|타겟|복지|멘토링|교육|육성|양성|코칭|온보딩|들|와 ?협업|과 ?협업|에게|를 ?(?:지도|멘토|코칭|이끌)|와 함께|의 지도"
    r"|보고|와의|의 ?성장|을 ?(?:지도|멘토|코칭|이끌))"
    r"|(?:팀원|멘티)"
    r"|[ -](?:management|leadership|leaders|living|care|center|centre|citizens?|residents?|high|stakeholders?|executives?|colleagues|team members|staff(?! nurse)|engineers|developers|designers|members"
    r"|nurses|managers|partners|years|school|moments|center|housing|home|home care|adults|community|communities|officials|leader)",
    re.IGNORECASE,
)
_NOT_BEFORE: Final = re.compile(
    r"(?:report(?:s|ing)? (?:directly )?to (?:the |our |a |an )?|mentor(?:ing|s)? (?:our |the )?|support(?:ing|s)? (?:our |the )?|work(?:ing)? (?:closely )?with (?:our |the |a |an )?|train(?:ing)? "
    r"|coach(?:ing)? |guid(?:e|ing) |for (?:our |the )?|\bto (?:the |our )?|\bwill |\bto |\band |\bassist(?:ing)? (?:the |our )?|by (?:the |our |a )?|under (?:the |our |a )?|can |you |help )$"
    r"|(?:보고|멘토링|육성|노인|어르신|현직|기존|전직|사내) ?$",
)
# What a match begins with, or begins a few characters before: the text is searched only near these.
_CUES_KO: Final = Cues(
    *"""무관 신입 수습 c레벨 c-레벨 책임 선임 수석 중급 차장 임원 본부장 cto cfo coo cmo 최고 이사급 책임자급 팀장 파트장 실장 리드 리더 시니어 책임급 수석급 선임급 부장 차장급 주니어 사원 주임 미들
    미드 대리 과장 중간 인턴""".split()
)
_CUES_EN: Final = Cues(
    "all level", "any level", "all experience", "entry", "new grad", "graduate", "recent grad", "fresh grad", "college ", "university ", "high school", "high-school", "school leaver", "first job", "trainee level", "leadership", "c-suite", "intern", "intermediate", "mid", "head", "director", "vp",
    "vice president", "svp", "chief", "executive", "c-level", "senior", "sr", "principal", "staff", "junior", "jr", "lead",
    "team lead", "tech", "supervisor",
)  # fmt: skip
_OF_ANYTHING: Final = frozenset({"intermediate", "Intermediate", "INTERMEDIATE"})
# A degree of any skill is a level only near another word of level.
_LEVELS_EN: Final = Cues(
    "all level", "any level", "all experience", "entry", "new grad", "graduate ", "recent grad", "intern", "mid-", "mid ", "midlevel", "intermediate level",
    "intermediate-level", "head", "director", "vp", "vice president", "svp", "chief", "executive", "c-level", "senior", "sr", "principal", "staff", "junior",
    "jr", "lead", "team lead", "tech", "supervisor",
)  # fmt: skip


def find(scan: Scan) -> None:
    """Find the level of the job."""
    text = scan.text
    if not text.isascii():
        for match in scan.around(_KOREAN, _CUES_KO, 10, 120):
            if match.start() and match.lastgroup not in {"any"} and "가" <= text[match.start() - 1] <= "힣":
                continue
            _state(scan, match)
    for match in scan.begun(_ENGLISH, _CUES_EN):
        if match[0] in _OF_ANYTHING and not scan.near(_LEVELS_EN, match.end() - 79, match.start() + 2):
            continue
        if (
            match.lastgroup in {"lead", "executive"}
            and not match[0][0].isupper()
            and not re.match(r"team lead|tech|lead (?=)|lead$|executive|C-", match[0], re.IGNORECASE)
        ):
            continue
        _state(scan, match)


def _state(scan: Scan, match: re.Match[str]) -> None:
    if _NOT_AFTER.match(scan.text, match.end()) or _NOT_BEFORE.search(scan.line_before(match.start(), 40).lower()):
        return
    level = str(match.lastgroup)
    scan.add("seniority", level, *match.span())
