"""What a heading in a posting announces: decided by the words of the heading, in Korean and English."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

Topic = Literal[
    "company", "team", "position", "duties", "requirements", "preferred", "benefits", "conditions", "process", "apply"
]

# Names of jobs: a heading that ends in one announces a job, a call that names one is for that job only.
ROLE_KO: Final = (
    r"(?:디자이너|개발자|엔지니어|매니저|담당자|마케터|연구원|기획자|프로듀서|에디터|상담[사원]|컨설턴트|"
    r"간호사|강사|선생님|교사|조리사|셰프|바리스타|스[탭텝]|스태프|사원|직원|팀장|파트장|리[드더]|총괄|"
    r"책임자|작가|어시스턴트|오퍼레이터|운영자|관리자|변호사|회계사|세무사|약사|수의사|아나운서|편집자|제작자|모델러|"
    r"애니메이터|아티스트|디렉터|분석가|사이언티스트|프로그래머|기술자|설계자|코디네이터|트레이너|튜터|코더|포토그래퍼|"
    r"테크니션|방사선사|건축가)"
)
ROLE_EN: Final = (
    r"(?:\b[CP]D|\bMD|\bPM|[Ll]ead|[Dd]esigner|[Dd]eveloper|[Ee]ngineer|[Mm]anager|[Mm]arketer|[Aa]nalyst|[Ss]cientist|"
    r"[Cc]onsultant|[Ss]pecialist|[Ee]ditor|[Aa]ssociate|[Dd]irector|[Aa]ssistant|[Rr]epresentative|[Cc]oordinator|"
    r"[Aa]rchitect|[Pp]rogrammer)"
)

# Tried in this order on the heading without white space and marks, in lower case; the first that is found decides.
_TABLE: Final[tuple[tuple[Topic, str], ...]] = (
    ("company", r"(합류|지원|선택|함께)해야(하는|할)|이유$"),
    (
        "preferred",
        r"우대|이런(분|점|경험|역량|능력|강점|기술)?.{0,12}(더욱|더좋|환영|반가|큰도움|플러스|좋아요|좋습니다)|"
        r"(경험|강점|능력).{0,8}(있으?(시)?다면|있으면)|선호(자격|조건|요건)|필수는아니|"
        r"preferred|nicetohave|niceto|desired(skills|qualif|exper)|bonuspoints|(is|area)?plus$|assets?$",
    ),
    (
        "requirements",
        r"(자격|필수|필요|공통|최소|기본)(요건|조건|자격|역량|성향|사항$|경험|스킬)|지원(자격|요건|조건)|요구(역량|사항)|핵심역량$|기술스택|"
        r"함께하고싶|(분|사람|동료|인재|능력자님?|팀원)(들)?(을|를|과|와)?.{0,10}(찾|기다|모십|원합|원해|성장하고싶)|"
        r"팀원의모습|이런(분|사람|동료|인재|팀원|능력자)(님)?(들)?(과|을|와|이)|기대하는(것|점|역할)|바라는분|어떤(분|사람|경험과역량)(을|이)?.{0,6}(찾|필요)|"
        r"qualif|requirement|whatwe.?relookingfor|whatwelookfor|whoyouare|whatyou.{0,4}(need|bring)|(must|you)have$|"
        r"^skills|skills(required|and)|aboutyou|theidealcandidate|idealcandidate|basicexperience|whatittakes",
    ),
    (
        "process",
        r"전형(절차|절자|과정|프로세스|일정|단계|및|안내|순서|방법)|(채용|선발|지원|진행|면접|인터뷰|입사|심사)"
        r"(의)?(절차|과정|프로세스|전형|단계|여정)|합류(하는|하기)?(여정|과정|절차|프로세스)|인재영입(프로세스|과정|절차)|"
        r"(되는|되기위한|으로가는)(합류)?(여정|과정)|채용은(이렇게|어떻게)|이렇게합류|(채용|전형)일정|"
        r"(hiring|interview|recruit(ing|ment)|selection|application)(process|steps)",
    ),
    (
        "apply",
        r"(제출|구비|지원)(서류|자료|양식|방법)|서류제출|지원(시|시참고사항|전|하시기?전|기간|안내)|접수(방법|기간)|입사지원|"
        r"포트폴리오(제출|형식|작성|첨부|안내)|이력서|자기소개서|유의사항|참고(사항|해주세요|바랍니다)|안내사항|필독|확인(해주세요|사항|부탁)|꼭읽어|"
        r"^기타사항|채용서류|문의(처|사항)?$|(접수|지원|서류|공고)마감|^마감(일|일정|안내)?$|howtoapply|applicationinstr|toapply|applynow|contact(us|info)?$|deadline",
    ),
    (
        "conditions",
        r"(근무|근로)(조건|형태|시간|지$|지역|위치|장소|요일|기간|일시|일정|내용|정보|상세|계약)|(고용|채용|계약)(형태|조건|구분)|"
        r"계약기간|급여(?!제도)|연봉|처우|수습|fitting기간|입사조건|모집(조건|부문|분야|인원|개요|구분|요강)|채용(정보|개요|인원)|공고$|"
        r"근무및|working(conditions|hours)|compensation|^salary|payrange|payrate|employmenttype|jobtype|joblocation|"
        r"^location|^schedule|^duration|^start(date)?$|positiontype|^hours$|travelrequ|workauthor",
    ),
    (
        "benefits",
        r"급여제도|복리후생|복지|혜택|베네핏|(근무|업무|사무)환경|근무제도|benefit|perks|whatwe.?(offer|ll?offer|provide)|weoffer|"
        r"whatyou.{0,4}get|what.?sinitforyou",
    ),
    (
        "team",
        r"(팀|조직|부서|파트|챕터|스쿼드|본부|지부)(들?을|를|은|는|이|에|에대해|에서는)?(소개|어떤|구성|를?알고싶|이렇게구성|는요)|"
        r"팀(의)?(분위기|커뮤니케이션|목표)|동료(들)?의?(한마디|코멘트|메[시세]지|이야기)|동료를위한|채용담당자|"
        r"함께(할|하는|일할|일하게될|협업할|하게될)(동료|팀|사람|파트너)|사람들과일|누구와|합류(하게)?(될|할)(팀|조직|부서)|소속(팀|셀|부서)|"
        r"abouttheteam|^aboutteam|aboutourteam|^theteam|^ourteam|meettheteam|whoyou.{0,4}workwith",
    ),
    (
        "duties",
        r"(주요|담당|상세|핵심|수행|직무)업무|업무(내용|책임|소개|개요|범위|r&r)|r&r|(주|담당)?업무는|"
        r"(이런|이러한|어떤|무슨)(업무|일|역할)(들)?(을|를|이)?.{0,6}(하|맡|담당|수행|함께|해요|합니다)|하는일$|맞이할과제|"
        r"(하시게될|하게될|하실|맡게될|담당하시?게?될|담당하실)(업무|일)?|responsibilit|whatyou.{0,4}(do|bedoing|workon)|duties|yourrole|"
        r"essentialfunctions|day-?to-?day|yourimpact|yourmission",
    ),
    (
        "position",
        r"(직무|포지션|역할|롤|모집)(을|를|에대해|에대한)?(소개|개요|정의|내용|설명|간략|관한)|어떤포지션|직무summary|포지션의|포지션은|careerpath|(이|본|해당|각)(포지션|직무|채용)|직무에|"
        r"(합류|입사)하(시)?면|이런(성장|경험)(을|이)?.{0,6}(경험|할수)|커리어에|프로젝트(를|을)?소개|해결하고싶은문제|"
        rf"{ROLE_KO}(님)?(을|를|은|는)?(소개)?(할게요)?$|about(the|this)(role|job|position|opportunity)|^the(role|job|position|opportunity)$|"
        r"job(summary|description|purpose|overview)|position(summary|overview|description)|^(position|role|summary)$|"
        r"rolesummary|theopportunity",
    ),
    (
        "company",
        r"회사|기업|당사|(서비스|제품|프로덕트|브랜드|사업|솔루션|매장|조직도)(들?을|를|은)?(소개|분야|영역|현황|안내)|비전|미션|연혁|걸어온길|"
        r"수상|기사|뉴스|보도|언론|핵심가치|문화|일하는방식|이렇게일(하|해|합)|인재상|history|vision|mission|aboutus|^about|"
        r"whoweare|ourculture|ourvalues|ourstory|companydescription|companyoverview|thecompany|overview$|투자|성과|홈페이지|"
        r"어떤곳|소개(합니다|할게요|해요)?$|whoiswe|^why",
    ),
)
_RULES: Final = tuple((topic, re.compile(pattern)) for topic, pattern in _TABLE)
_PATTERN: Final[dict[Topic, re.Pattern[str]]] = {topic: rule for topic, rule in _RULES if topic != "company"}
_MARKS: Final = re.compile(r"[^\w&'’%-]+|_")
# Only inside brackets are these words enough.
_BRACKETED: Final[tuple[tuple[Topic, re.Pattern[str]], ...]] = (
    ("process", re.compile(r"전형|채용은|^채용$|^process$")),
    ("apply", re.compile(r"제출|공지|^지원$")),
)
_HOMES: Final[frozenset[Topic]] = frozenset({"duties", "requirements", "preferred"})


# Headings repeat from posting to posting.
@lru_cache(maxsize=4096)
def topic_of(heading: str, home: Topic, *, bracketed: bool = False) -> Topic | None:
    """What ``heading`` announces, None if its words do not say. Where it may announce ``home`` too, it does
    for lists of duties, requirements and preferences ("자격요건 및 우대사항")."""
    compact = _MARKS.sub("", heading).lower()
    if not compact:
        return None
    if home in _HOMES and _PATTERN[home].search(compact):
        return home
    for topic, rule in _RULES:
        if rule.search(compact):
            return topic
    if bracketed:
        for topic, rule in _BRACKETED:
            if rule.search(compact):
                return topic
    return None
