"""The words of polarity: cues, the conditions they are about, and what the two may have between them."""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.canonical import fold

GATE_KO: Final = re.compile(
    r"필수|우대|가점|선호|무관|상관|관계 ?없|불문|필요|몰라|없어도|않아도|아니어도|여도|불가|수 ?없|어렵|어려|안 ?[됨됩돼되]|금지|지양|가능|환영|있으면|허용"
)
CUE_KO: Final = re.compile(
    r"(?P<preferred>(?:필수(?:는|가)? ?아니(?:지만|나|며|고|라도|더라도)[^.\n]{0,20}?(?:우대|좋|가점)|필수 ?아님[^.\n]{0,6}?우대|우대(?! ?금리| ?보상| ?혜택| ?정책| ?조건| ?사항| ?제도| ?요건| ?가입| ?환율| ?고객)|가점|가산점|선호(?!도|하는 ?(?:브랜드|기업))|있으면 ?(?:더 ?|더욱 ?)?(?:좋|플러스|우대|가점)|(?:이?면|다면|시면) (?:더 ?|더욱 ?)?좋(?:아요|습니다|음|겠)|면 ?플러스)[가-힣]{0,5})"
    r"|(?P<not_needed>(?:필수(?:는|가|사항은|조건은)? ?(?:아님|아닙|아니)|불필요|필요 ?없|필요(?:하지|치|로 ?하지|하진) ?않|필요(?:는|가) ?없|(?:몰라도|없어도|않아도|아니어도|아니라도|없으셔도|모르셔도|못해도|안 ?해도) ?(?:됩니다|돼요|되며|됨|됩|되고|괜찮|무방|지원|상관|OK))[가-힣]{0,4})"
    r"|(?P<any>(?:무관(?!심|용|한|하게)|상관 ?없(?:음|습니다|어요|이 ?지원|이 ?누구나)|관계 ?없(?:음|습니다|어요|이 ?지원|이 ?누구나)|불문)(?:합니다|함)?)"
    r"|(?P<not_allowed>(?:(?:할|하실|될) ?수(?:는|가)? ?없|어렵(?=[습고지다])|불가(?!피|분|결|역|사의|침|능하지)|안 ?(?:됨|됩니다|돼요|되며|됩니)|금지|지양(?! ?하는 ?문화)|불허|(?:허용|지원|제공|인정)(?:하지|되지|은|이)? ?(?:않|안 ?[해됩됨함]|불가)|미지원|미제공)[가-힣]{0,5})"
    r"|(?P<required>(?:필수(?! ?(?:의약품|서류|항목|요소|기능|과목|품목|재|템|앱|인력|예방|정보|교육|불가결|기재|입력|첨부|제출 ?서류|유지))(?!적|로)[가-힣]{0,4}|필요(?:합니다|함|로 ?합니다|로 ?함)|필요(?=\s*(?:$|[,)\n.]))|반드시 ?(?:필요|소지|보유)))"
    r"|(?P<allowed>(?:가능|환영|허용|OK\b)(?!성|자|한|하신|할|하지|토록|하도록|하게)[가-힣]{0,4})",
    re.MULTILINE,
)
PHRASE_CUES_KO: Final = (
    "우대",
    "필수",
    "필요",
    "가점",
    "가산점",
    "있으면",
    "불필요",
    "없어도",
    "몰라도",
    "선호",
    "반드시",
    "아니어도",
)
LEAD_KO: Final = re.compile(
    r"^(?:[\s,/·|:)\]\-*•✔>~]|\d+[.)]|(?:합니다|하며|이며|이고|입니다|하고|지만|이나|사항|조건|자격|함|됨|임|며|고|나)(?=[\s,/·]|$))+"
)
_CONDITION_KO: Final = (
    r"경력(?: ?사항| ?기간| ?연수)?|학력(?: ?사항)?|나이|연령|성별|전공(?: ?여부| ?학과)?|국적|재택(?: ?근무)?|원격(?: ?근무)?|하이브리드(?: ?근무)?|야근|잔업|주말 ?(?:근무|출근)|휴일 ?근무"
    r"|출장|교대(?: ?근무)?|[2-4]교대(?: ?근무)?|야간 ?근무|병역(?: ?필)?|군필|결혼 ?여부|거주지|지역|신입(?: ?지원)?|비전공자?(?: ?지원)?|초보자?|외국인(?: ?지원)?|겸직|겸업|부업|흡연|중복 ?지원|포트폴리오(?: ?(?:제출|지참|첨부))?"
    r"|자격증(?: ?소지)?|자차(?: ?(?:소지|보유|출퇴근))?|차량 ?(?:소지|보유)|경험(?: ?유무)?|실무 ?경험|관련 ?경험|유관 ?경험|관련 ?경력|동종 ?업계 ?경력|인턴 ?경험|유학 ?경험|요일|시간대?|장애 ?여부|혼인 ?여부|비자 ?(?:지원|스폰서십)|보증인|면허(?:증)?|체력"
    r"|스펙|어학 ?성적|종교|외모|출신 ?학교|학점|학벌|관련 ?전공|동반 ?입사|대리 ?지원|조기 ?퇴근|지각|무단 ?결근|휴대폰 ?사용|운전|[가-힣]{2,6} ?전공|[가-힣]{2,8}관련 ?전공"
)
CONDITIONS_KO: Final = re.compile(
    rf"(?<![가-힣])(?:{_CONDITION_KO})(?=[은는이가을를도과와의에로자]|[^가-힣]|으로|소지|보유|이나|거나|및|$|여도|우대|필수|무관|불가|불문|금지|없|필요|또는|만)"
)
NAMED_GAP_KO: Final = re.compile(
    r"(?: ?\d{1,2} ?년(?: ?이상)?(?= ?(?:이|우대|필수|인)))?(?:은|는|이|가|을|를|도|에|에는|의|으로|로|과|와|자는|자도|자가|자는)?(?:자)? ?(?:소지|보유|소유|보유자|소지자|경험자|전공자|이수자|이신 ?분|분|수행|근무자?|가능|가능자|자|지원|여부|제한|사항|유무|제출)?(?:은|는|이|가|을|를|도|에)? ?(?:있는 ?분|있으신 ?분|있으면|전혀|현재|반드시|모두|따로|원칙적으로|매우|특별히|별도로|시)?[\s:(]*"
)
# Longest first and without going back: a gap is told in one pass.
GAP_KO: Final = re.compile(
    r"(?:[ ()A-Za-z0-9+#]|커뮤니케이션|비즈니스|의사소통|프로그램|프로젝트|면허증|반드시|서비스|원어민|있으면|있으신|자격증|가능|개발|경력|경험|고급|관련|구사|구축|기반|기술|높으|높은|능력|능숙|능통|다년|다루|다룰|대한|등을|등의|레벨|면서|면허|모두|보유|분석|사람|사용|상급|설계|성적|소지|수준|숙련|시면|신규|실력|실무|아는|아시|언어|업무|우수|운영|운전|으로|으면|으신|이상|이용|이해|있는|있다|있으|자격|작업|전문|전혀|점수|제작|제출|중급|지식|지참|처리|초급|취득|하지|하진|튜닝|편집|필요|필히|하다|해보|현재|환경|활용|회화|가|과|급|꼭|년|는|다|더|도|등|로|를|면|및|보|본|분|수|시|신|써|쓰|에|와|유|은|을|의|이|인|있|자|점|줄|증|툴|하|한|해){0,18}+"
)
# A condition that a phrase narrows ("대규모 트래픽 경험") is the phrase.
QUALIFIED_KO: Final = re.compile(r"[가-힣A-Za-z0-9)] ?$")
ALLOWED_KO: Final = re.compile(
    r"(?<![가-힣])(?P<of>재택(?: ?근무)?|원격(?: ?근무)?|하이브리드 ?근무|신입|비전공자?|초보자?|외국인|장애인|고령자|경력단절[가-힣]{0,3}|미경험자?|무경험자?|주부|대학생|휴학생|재학생|졸업예정자|고졸|무경력자?|학력 ?무관|겸직|겸업|부업|투잡|반려동물 ?동반(?: ?출근)?|보충역|병역특례)(?:은|는|도|의|이|가|을)? ?(?:지원 ?|근무 ?|출근 ?|모두 ?|누구나 ?|적극 ?|전면 ?|상시 ?|일부 ?|부분 ?)*$"
)
PHRASE_KO: Final = re.compile(
    r"(?:^|[,/·|:(]\s*|(?<=며 )|(?<=고 ))(?P<of>[가-힣A-Za-z0-9+#&.][가-힣A-Za-z0-9+#&.()~% ]{1,32}?)(?:은|는|이|가|을|를|도|에|으로|로)?\s?(?:(?:보유|소지)?(?:하신|하고 ?계신|한) ?분|높(?:으신|은) ?분|가능(?:하신|한)? ?분|있으신 ?분|있는 ?분|있으면|있으시면|가지신 ?분|갖추신 ?분|하신 ?분|해 ?보신 ?분|이신 ?분|분|소지자|보유자|소유자|가능자|능숙자|(?<=경험)자|(?<=전공)자|있는 ?자|하면|이면|면)?(?:은|는|을|를)?\s*[:(]?\s*$"
)
NO_SUBJECT_KO: Final = re.compile(
    r"^(?:우대|필수|해당|관련|아래|위|다음|이런|기타|추가|지원|제출|기재|작성|첨부|보훈|국가|장애인|취업|병역|서류|하나|참고|\d|등|및|또는|아니|등의|본|당사|모두|최대|특히|\s)|서류|이력서|의약|금리|기재|허위|규정|법령|법률|절차$|시$"
)
REMOTE: Final = re.compile(
    r"재택(?: ?근무)?|원격(?: ?근무)?|remote(?: work(?:ing)?)?|work(?:ing)? from home|telecommut\w+|wfh", re.IGNORECASE
)
REMOTE_ALLOWED: Final = re.compile(r"\s(?:is |are )?(?:allowed|permitted|possible|ok|okay|fine)\b", re.IGNORECASE)
QUALITY_KO: Final = re.compile(
    r"지식|경험|경력|능력|자격|스킬|기술|학위|점수|성적|전공|면허|이력|이해|실력|수료|졸업|출신|거주|소지|근무|포트폴리오|가능|관심"
)
HEADING_GATE: Final = re.compile(r"우대|필수|required|preferred|nice[ -]to[ -]have|must[ -]have|plus|bonus|desired")
HEADING: Final = re.compile(
    r"[\s\[\]<>【】■●▶◆*#(\-•·]*(?:(?P<preferred>(?:우대 ?(?:사항|조건|요건|자격|역량|스킬|기술|경험)?|자격 ?요건 ?\(우대\)|있으면 좋은 ?[가-힣]{0,6}|이런 분이?면? ?(?:더 ?)?(?:좋|우대)[가-힣]{0,5}|preferred(?: (?:qualifications?|skills?|experience|requirements?))?|nice[ -]to[ -]haves?|bonus(?: points| skills)?|(?:big |huge )?plus(?:es)?|desired(?: (?:skills?|qualifications?|experience))?)\s*(?:\([^)\n]{0,10}\))?\s*(?:[\])>】:]+|$))"
    r"|(?P<required>(?:필수 ?(?:사항|조건|요건|자격|역량|스킬|기술|경험|자격 ?요건)?|자격 ?(?:요건|조건) ?\(필수\)|required(?: (?:qualifications?|skills?|experience))?|must[ -]haves?|minimum requirements)\s*(?:\([^)\n]{0,10}\))?\s*(?:[\])>】:]+|$)))\s*",
    re.IGNORECASE,
)
OTHER_HEADING: Final = re.compile(
    r"\s*(?:[\[<【■●▶◆#(].{0,24}|.{0,30}[:\]】>]\s*|(?:자격|지원|근무|복리|복지|혜택|채용|전형|담당|주요|기타|제출|급여|유의|접수)[가-힣 ]{0,8}|(?:responsibilities|requirements|qualifications|benefits|about.{0,20}|what.{0,20}))\s*$",
    re.IGNORECASE,
)
MARKS: Final = re.compile(r"(?:[\s\-*•·ㆍ✔▶>~]|\d{1,2}[.)])*")
ITEM_END: Final = re.compile(
    r"(?:(?:이|가|을|를|은|는)? ?(?:있으신|있는|가지신|갖추신|보유하신|하신|해 ?보신|이신|높은|높으신) ?분|\s?(?:소지자|보유자|전공자|경험자)|\s?(?:은|는|을|를))$"
)
_SHARED: Final = (
    (re.compile(r"경력|experience|연차"), "experience"),
    (re.compile(r"경험"), "experience"),
    (re.compile(r"학력|education|degree|diploma|학벌|bachelor|master|associate|ph\.?d"), "education"),
    (re.compile(r"재택|원격|remote|from home|하이브리드"), "remote"),
    (re.compile(r"나이|연령|\bage\b"), "age"),
    (re.compile(r"성별|gender"), "gender"),
    (re.compile(r"국적|nationality|citizenship|외국인"), "nationality"),
    (re.compile(r"주말|휴일|weekend"), "weekend work"),
    (re.compile(r"야근|잔업|overtime"), "overtime"),
    (re.compile(r"야간|night"), "night work"),
    (re.compile(r"출장|travel"), "travel"),
    (re.compile(r"교대|shift work"), "shift work"),
    (re.compile(r"비자|sponsorship"), "visa sponsorship"),
    (re.compile(r"relocation|이주"), "relocation"),
    (re.compile(r"포트폴리오|portfolio"), "portfolio"),
    (re.compile(r"자차|차량|own (?:car|vehicle|transport)|reliable transport"), "own vehicle"),
    (re.compile(r"겸직|겸업|부업|투잡"), "second job"),
    (re.compile(r"흡연|smoking"), "smoking"),
    (re.compile(r"반려동물|\bpets?\b"), "pets"),
)


def condition(words: str) -> str:
    """The form for comparing of a condition, the same for Korean and English wordings."""
    folded = fold(words)
    if "비전공" in folded:
        return "non-major"
    if "신입" in folded or "초보" in folded or "미경험" in folded or "무경험" in folded:
        return "newcomer"
    return next(
        (name for pattern, name in _SHARED if pattern.search(folded)),
        folded.replace(" ", "") if not folded.isascii() else folded,
    )
