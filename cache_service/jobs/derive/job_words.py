"""The words by which a sentence shows that it is about a job on offer, as patterns."""

from __future__ import annotations

import re
from typing import Final

from cache_service.jobs.derive.topics import ROLE_EN, ROLE_KO

_HIRING: Final = (
    r"서류\s*(?:전형|심사|검토|합격|지원|접수|통과|제출)|[1-3]\s*차\s*(?:면접|인터뷰)|(?:실무|임원|대면|화상|최종|전화)진?\s*면접|"
    r"면접\s*(?:전형|절차|관련|일정|시\b|후\b)|면접(?:에서|을\s*통해)|인터뷰\s*(?:전형|대상|일정)|"
    r"전형\s*(?:절차|과정|결과|단계|프로세스|별)|합격자|불합격|최종\s*합격|이력서|자기\s*소개서|경력\s*기술서|"
    r"포트폴리오\S*\s*(?:.{0,12})(?:제출|첨부|필수|포함|PDF|pdf)|지원서|입사\s*지원|처우\s*협의|레퍼런스\s*체크|"
    r"지원(?:을|에)?\s*(?:바랍|바라|부탁|기다|가능)|지원해\s*(?:주|보)|지원\S*\s*기다|(?:상시|수시)\s*채용|마감될|조기\s*마감|허위\s*사실|희망\s*연봉|"
    r"채용\s*(?:시\b|완료|절차|전형|과정|검진|포지션|형태|조건|담당)|채용이\s*취소|필수\s*제출|모집\s*(?:부문|분야|인원|요강|공고|개요)|접수(?:를|는|부탁)|"
    r"[가-힣]+\s?\(?[0-9oOㅇ○0]{1,2}\s?명\)?\s*(?:$|모집|채용)"
)
_CONDITIONS: Final = (
    r"수습|시용\s*(?:기간|평가)|정규직|정직원|계약직|고용\s*형태|포괄\s*임금|급여(?:는|\s*(?:100|:|협))|연봉(?:은|\s*(?:은|협|\d|:))|"
    r"근무\s*(?:지|시간|장소|형태|요일|일시|기간|조건|위치)\s*(?::|은\b|는\b)|주\s*5일|입사\s*(?:일|후|시|하시|하면)|월\s*[~-]\s*금|"
    r"정규\s*근무|풀타임|파트타임|재택\s*근무를\s*기본|출퇴근\s*시간"
)
_THIS_JOB: Final = (
    r"본\s*(?:공고|포지션|채용|직무|역할|업무|직책)|(?:해당|이|이번|위)\s*(?:포지션|직무|공고|역할)|이번\s*채용|직무(?:\.|$)|요구(?:됩니다|되며|되는\s*(?:직무|자리|역량))|위와\s*같은\s*(?:성향|분)|업무(?:입니다|예요|이며)|(?:맡아|맡게|진행하게|담당하게|수행하게)\s|이런\s*분|아래와\s*같이|역할을\s*(?:수행|담당|맡)|포지션(?:입니다|이에요|은|의|에|으로)|"
    r"직무(?:입니다|이며|이에요|를\s*담당|로서)|금번|신규\s*채용|전\s*직군|모집\s*중|하기와\s*같|"
    r"경력\s*(?:직|자\b|사원|무관|\d|\(|상관|을\s*가진|:)|경력을\s*가진|신입\s*(?:/|및|·|또는|부터|,|과)|신입\s*사원(?:을|\s*(?:모집|채용))|구분\s*:|우대|"
    r"(?<!\w)(?:아래|다음)(?:의|와|과)?\s*(?:같은|같이)?.{0,25}(?:성향|역량|분을|분들|인재|포지션|공고|자격|모집|채용)|자세한\s*(?:내용|공고)|"
    r"(?:능력|역량|자격|경험|스킬|성격)(?:이|을|과|를|들이)?\s*(?:필요|요구|갖춘\s*(?:분|인재|팀원|동료))|(?:하실|하게\s*될|맡게\s*될)\s*(?:업무|일\b|일을|역할)|담당하게|담당하시|수행하게|담당합니다|담당하며|"
    r"업무를\s*(?:담당|수행|하게|맡|진행)|(?:함께|같이)\s*일하게\s*(?:되|될)|합류하(?:게\s*되|시게)\s|(?:팀|본부|그룹|파트|실|셀)\s*소속(?:으로|될|되어|입니다)"
)
_DEPARTMENT: Final = (
    r"(?:개발|디자인|마케팅|운영|영업|세일즈|CX|CS|HR|플랫폼|콘텐츠|컨텐츠|기획|상품|MD|데이터|서비스|고객\S{0,6}|인사|재무|회계|물류|브랜드|사업|"
    r"프로덕트|제품|QA|연구|R&D|경영\S{0,4}|전략|채용|UX|커뮤니케이션|경험|커머스|제작|편집|기술|지원|관리|Product|Design|Legal|People|SCM|PR|홍보|"
    r"구매|생산|품질|법무|총무|인프라|보안|AI|웹툰제작|크리에이티브|비주얼|영상|소싱|리워드|광고|솔루션)"
    r"\s?\S{0,8}(?:팀|파트|본부|그룹|챕터|[가-힣]실|셀|스쿼드|조직)"
)
_PARTICLES: Final = r"(?:은|는|의|에서|에서는|에|과|이|을|으로)\s"
_ENGLISH: Final = (
    r"\b(?:this|the|our|an? \w+|in (?:this|your)|ideal|open|following) "
    r"(?:role|position|job|opportunity|opening|internship|candidate)s?\b(?! employer)|"
    r"\bcandidates?\b|\bapplicants?\b|\bapply(?:ing)?\b|\bresum[eé]s?\b|\bcover letter\b|"
    r"\bjob (?:description|summary|title|type|id|code|number)\b|"
    r"\b(?:looking|seeking|searching|hiring|recruiting)\b|\bhas an? .{0,40}opening|"
    r"\bwe (?:need|want) (?:an?|someone|you)\b|"
    r"\bjoin (?:our|the|us|a)\b|\byou(?:['’]?(?:ll|re|ve|d))?\b|\byours?\b|\breports? (?:directly )?to\b|"
    r"\bresponsib(?:le|ilit)|\bqualifications?\b|\brequirements?\b|\bsalary\b|\bfull[- ]?time\b|\bpart[- ]?time\b|"
    r"\bcontract\b|\btemporary\b|\binternship\b|\byears?['’]? (?:of )?experience\b|\breq(?:uisition)?\s?#?\d+|"
    r"\b(?:degree|bachelor|master['’]s|ph\.?d)\b|\bsuccessful\b.{0,30}\bwill\b|\bexperience level\b|"
    r"\bwill be (?:responsible|part|working|based|required|expected|able)\b|"
    r"^(?:date|location|duration|rate|start|type|duties)\s*:|\bnew member\b|\bhe or she\b|\bs/he\b|\bincumbent\b|"
    r"\bour team (?:is|works|develops|builds)|\b(?:the|our) .{0,40}\b(?:team|group|department|division)\b|"
    r"\b(?:analysts?|scientists?|roles?|team member|in need of)\b|\bimmediate\b|\bvisa\b|\bh-?1b\b|\bw2\b|\bc2c\b"
)
COMPANY_SPEAKS: Final = re.compile(
    r"\b(?:we(?:['’]\w+)?|our|us|company|companies|founded|established|headquartered|its|firm|startup|overview)\b",
    re.IGNORECASE,
)
RECRUIT: Final = re.compile(
    r"(?:모집|채용|영입)(?:합니다|해요|하고|하려|하오니|하기|중|을\s*진행|을\s*시작|!|$)|구인|(?<!문제를\s)(?<!답을\s)찾(?:고\s*(?:있|계)|습니다|아요|는\s*중)|모십니다|모시고|모시려|모셔요|"
    r"기다(?:립니다|려요|릴게|리고|리겠)|(?:분|인재|여러분|동료|지원)\S*\s*(?:적극\s*|모두\s*)?환영|초대합니다|함께\s*하?실|함께하고\s*(?:싶|자)|합류하|동참하|지원\s*해"
)
# A call to whoever wants to work there serves every job of the company.
ANYONE: Final = re.compile(
    r"(?:동료|인재|팀원|멤버|크루|여러분|구성원|사람|가족|당신|식구|분|인원|주인공|파트너)(?:들|분|분들|님|님들)?(?:을|를|의|과|이|은|도|,|\s|!|~|$)"
)
DEPARTMENT_SUBJECT: Final = re.compile(rf"^[^.!?]{{0,30}}{_DEPARTMENT}(?:은|는)\s")
KOREAN: Final = re.compile("|".join((_HIRING, _CONDITIONS, _THIS_JOB, _DEPARTMENT + _PARTICLES)))
ENGLISH: Final = re.compile(_ENGLISH, re.IGNORECASE)
ROLE: Final = re.compile(f"{ROLE_KO}|{ROLE_EN}")
ROLE_WANTED: Final = re.compile(
    rf"(?:{ROLE_KO}|{ROLE_EN}|전문가)\s?(?:님|분|직)?(?:들)?(?:을|를|\)|\s*(?:모집|채용|영입|구인|구합|찾|충원)|\s\S{{1,5}}(?:을|를)\s*(?:모|찾|채용|기다|구합|영입))|"
    r"(?:기술|개발|영업|디자인|마케팅|기획|운영|전문|경력|연구|제작)\s*인재|(?:기획|개발|디자인|제작|운영|담당|설계|영업|분석|관리|판매|교육)(?:을|를)?\s*(?:할|하실|해\s*주실|해줄)\s"
)
QUALIFIED: Final = re.compile(r"가능하신|높으시|갖추신|보유하신|있으신|관련\s*경력|이신\s?분")
ROLE_TOLD: Final = re.compile(
    rf"(?:{ROLE_KO}|{ROLE_EN})(?:은|는)\s|신입\s?\S{{0,6}}\s?(?:{ROLE_KO}|{ROLE_EN})|신입(?:이|도|분)"
)
# A sentence with a job as its subject; people of many kinds ("직원은", "작가는") are as often the company's customers.
ROLE_SUBJECT: Final = re.compile(
    r"(?!\S*(?:직원|사원|작가|교사|강사|선생님|리더|디자이너와|전문가)(?:은|는))"
    + rf"\S*(?:{ROLE_KO}|{ROLE_EN})(?:은|는)\s"
)
TEAM_TOLD: Final = re.compile(r"^\W*(?:저희|우리)?\s?(?:\S+\s){0,2}\S*\s?(?:팀|[Tt]eam)(?:은|는|에서는)\s")
ONE_WANTED: Final = re.compile(
    r"(?:신|한|는|실|은|을|던|할|난|친|될)\s*분(?:들)?(?:이?(?:면|라면|시면|다면).{0,14})?[.!~,]*$|\S자\s*우대|능통자|가능자$|소지자$",
    re.MULTILINE,
)
REMARK: Final = re.compile(r"^\(.*\)\s*$|^[^\w]*$", re.DOTALL)
