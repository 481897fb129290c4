"""The education that the job asks for: 학력 무관, 고졸, 대졸 이상, Bachelor's degree in Nursing; majors too.

``canonical``: the level, with ``+`` (a degree that is asked for is the least, 이상 or not) or ``-`` (이하), and after
a space the field of study, folded: "bachelor+", "any", "bachelor+ nursing", "major 컴퓨터공학". Education as duty, trade or
benefit ("석사 과정 지원", "학사 관리") and people's own degrees ("박사 출신 대표") are none of it.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract.reading import Scan

LEVELS: Final = ("highschool", "associate", "bachelor", "master", "doctor")

_ANY_KO: Final = re.compile(
    r"학력(?:[ ,·/및]{1,3}(?:전공|나이|연령|성별|경력|학벌|스펙)){0,3} ?(?:은|에|이나)? ?:? ?(?:무관|불문|(?:제한|상관|관계|구애)(?:이|은)? ?(?:없[가-힣]{0,2}|받지 ?않[가-힣]{0,2})|안 ?(?:봅니다|봐요))"
)
_LEVEL: Final = (
    r"(?:(?P<highschool>고졸|고등학교 ?졸업|고교 ?졸업|고등학교 ?(?=이상))"
    r"|(?P<associate>초대졸|초대 ?졸업|(?:2년제|3년제|2[,·/~\-]3년제) ?(?:대졸|대학(?:교)? ?졸업|졸업|대학(?:교)?(?= ?이상))|전문대(?:학)?(?:교)? ?졸업|전문대졸|전문대(?:학)?(?= ?이상)|전문학사)"
    r"|(?P<bachelor>(?:정규 ?)?(?:4년제 ?)(?:정규 ?)?(?:대졸|대학(?:교)? ?졸업|졸업|대학(?:교)?(?= ?(?:이상|학위)))|대졸|(?:대학교|대학) ?졸업|(?:대학교|대학) ?(?=이상)|(?<![가-힣])학사)"
    r"|(?P<master>(?<![가-힣])석사|대학원 ?졸업)|(?P<doctor>(?<![가-힣])박사))"
)
_BOUND: Final = (
    r"(?: ?\((?:2|3|4|2[,·/~]3)년제?\))?(?: ?학위)?(?: ?(?:졸업)?예정자?| ?졸업자?)?(?P<bound> ?\(?이상\)?| ?이하|↑| 이상)?"
)
_KOREAN: Final = re.compile(_LEVEL + _BOUND)
_OR: Final = re.compile(r" ?(?:/|·|또는|혹은|이나|or) ?")
_NOT_ASKED: Final = re.compile(
    r" ?(?:과정 ?(?:지원|진학|운영|학비|등록금|개설)|출신|진학|학비|등록금|장학|님|들이|들의|들로|연구진|초임|초봉|관리|일정|행정|운영|시스템|업무|제도|편입|경고|생활|논문 ?지도|인력 ?(?:으로|보유|비율|다수)|연구원들|\d{1,3} ?(?:명|인|%)"
    r"|(?:학위)? ?(?:취득|과정)? ?지원(?! ?가능|자|서)|졸업생|졸업 ?(?:후|식|앨범)|\w{0,4} ?(?:멤버|동료|대표|창업자|연구진|구성원))"
)
_PEOPLE: Final = re.compile(r"(?:대표|창업자|CEO|CTO|연구진|구성원|팀원|멤버|교수|동료|MIT|스탠퍼드|하버드|출신|카이스트|KAIST|포항공대|서울대|임직원)[^.\n]{0,16}$")
_MAJOR: Final = re.compile(r"전공(?! ?(?:의(?:사|들|가|를|는|은|생)|서적|과목|수업|교수|책))(?:자|생)?")
_MAJOR_ANY: Final = re.compile(r" ?(?:은|은 |:)? ?(?:무관|불문|(?:제한|상관|관계) ?없[가-힣]?)")
_NONMAJOR: Final = re.compile(r"(?<![가-힣])비$")
_FIELD_WORD: Final = re.compile(r"[가-힣A-Za-z0-9/&·]{1,24}$")
_FIELD_END: Final = re.compile(r"(?:학|과|학과|학부|계열|계|분야|디자인|공학|관련|유관|동종|해당|미술|음악|영어|경영|회계|컴퓨터|전자|기계|전기|체육|예체능|어문|상경|이공|인문|법|의류|의상|패션|IT|CS|SW|간호|조리|요리|식품|화학|생물|건축|토목|유아교육|사회복지|외국어|통번역|언어|영상|애니메이션|무역|물류|통계|수학|금융|마케팅|광고|문예창작|물리치료)$")
_NO_FIELD: Final = re.compile(r"(?:이상|이하|졸|졸업|학사|석사|박사|학위|학력|필수|우대|요건|사항|경력|자격|분|자|년|신입|의|를|을|는|은|한|하신|등|및|또는|혹은|무관)$")

_DEGREES_EN: Final = re.compile(
    r"(?P<any>\bno (?:college |university |formal |specific |4-year )?(?:degree|education(?:al)?(?: requirements?)?|diploma)(?: is| are)? ?(?:required|necessary|needed)?"
    r"|\b(?:college |university )?degree (?:is )?not (?:required|necessary|needed)|\b(?:all|any) (?:education|educational) (?:levels?|backgrounds?))"
    r"|(?P<doctor>\bPh\.? ?D\.?(?![A-Za-z])|\bdoctora(?:te|l)(?: degree)?|\bjuris doctor)"
    r"|(?P<master>\bmaster[’']?s[’']?(?=[ ,/.;)]| degree|$)|\bmaster(?: degree|(?= of (?:science|arts|business|engineering|public|social|education)))|\b(?:M\.S\.?c?\.?|M\.A\.|MSc|MBA)(?![A-Za-z])"
    r"|(?:(?<=BS/)|(?<=BA/)|(?<=BS or )|(?<=B\.S\. or ))M[SA]\b|\bMS(?= degree| in [A-Z])|\b(?:advanced|graduate|post-?graduate) degree)"
    r"|(?P<bachelor>\bbachelor(?:[’']?s[’']?|(?= of | degree| in ))|\b(?:B\.S\.?c?\.?|B\.A\.|BSc|BEng|B\.Tech|B\.E\.)(?![A-Za-z])|\bB[SA](?:/B[SA])?(?= degree| in |/M| or M|, M| required| or higher| or equivalent)"
    r"|\b(?:undergraduate|(?:four|4)[- ]year(?: college| university)?|college|university|BSN)(?= degree)|\bBSN\b)"
    r"|(?P<associate>\bassociate[’']?s? degree|\bassociate[’']s\b|\b(?:two|2)[- ]year(?: college)? degree)"
    r"|(?P<highschool>\b(?:high[- ]school|HS|secondary school) (?:diploma|degree|graduat\w+|education|or equivalent|or GED)|\bG\.?E\.?D\b|\bhigh[- ]school(?=/GED))"
    r"|(?P<degree>\bdegree (?=in [A-Za-z]))",
    re.IGNORECASE,
)
_DEGREE_WORD: Final = re.compile(r"(?:[’']s)?(?: of (?:Science|Arts|Engineering|Business(?: Administration)?|Education|Nursing))?(?: degree| diploma)?", re.IGNORECASE)
_FIELD_EN: Final = re.compile(
    r"\s?in (?:an? |the )?(?!(?:hand|order|our|your|which|this|any)\b)(?P<field>(?!related|relevant|similar)[A-Za-z&][A-Za-z&\-]{1,24}(?: (?!or\b|and\b|is\b|required\b|preferred\b|with\b|from\b|plus\b|a\b|strongly\b|highly\b|at\b)[A-Za-z&\-]{2,24}){0,3})",
)
_HIGHER: Final = re.compile(r" ?(?:or (?:higher|above|greater|better|equivalent)|and above|\+|minimum)", re.IGNORECASE)
_OR_EN: Final = re.compile(r" ?(?:/|,? or |, ) ?(?:an? )?", re.IGNORECASE)
_NOT_ASKED_EN: Final = re.compile(
    r"\s?(?:program|programs|students?|tuition|reimburs|candidates? (?:are|in)|theses|level courses|of (?:freedom|care|autonomy|difficulty|accuracy|independence)|holders? (?:on|in) our|-level courses|teachers?|scholarship|courses?)", re.IGNORECASE
)
_PEOPLE_EN: Final = re.compile(
    r"(?:pursu\w+ (?:an?|your|their)|tuition (?:assistance|reimbursement)[^.]{0,30}|earn (?:an?|your)|towards? (?:an?|your)|founder\w*[^.]{0,20}|our team (?:of|has|includes)[^.]{0,30}|to some|high|certain|great(?:er)?|teach(?:ing)?|scrum|team of|dozens of|colleagues with|current)\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
def find(scan: Scan) -> None:
    """Find what education the text asks for."""
    done = -1
    for hit in scan.terms("education"):
        if hit.start < done and hit.canonical != "major":
            continue
        match hit.canonical:
            case "any ko":
                done = max(done, _any(scan, hit.start))
            case "ko":
                done = max(done, _korean(scan, hit.start))
            case "major":
                _major(scan, hit.start)
            case _:
                done = max(done, _english(scan, hit.start))


def _any(scan: Scan, start: int) -> int:
    match = _ANY_KO.match(scan.text, start)
    if match is None:
        return -1
    scan.add("education", match[0], *match.span(), canonical="any")
    return match.end()


def _korean(scan: Scan, start: int) -> int:
    match = _KOREAN.match(scan.text, start)
    if match is None or _not_asked(scan, match):
        return -1
    level, end, bound = _level(match), match.end(), match["bound"]
    while (link := _OR.match(scan.text, end)) and (other := _KOREAN.match(scan.text, link.end())):
        level, end, bound = min(level, _level(other), key=LEVELS.index), other.end(), other["bound"]
    sign = "-" if bound and "이하" in bound else "+"
    value = scan.text[start:end].rstrip()
    scan.add("education", value, start, start + len(value), canonical=level + sign)
    scan.claim(start, end)
    return end


def _level(match: re.Match[str]) -> str:
    return next(level for level in LEVELS if match[level])


def _not_asked(scan: Scan, match: re.Match[str]) -> bool:
    after = scan.line_after(match.end(), 20)
    return _NOT_ASKED.match(after) is not None or _PEOPLE.search(scan.clause_before(match.start(), 30)) is not None


def _major(scan: Scan, start: int) -> None:
    match = _MAJOR.match(scan.text, start)
    if match is None:
        return
    before, end = scan.clause_before(start, 40), match.end()
    if (rest := _MAJOR_ANY.match(scan.text, end)) is not None:
        key, end = "major any", rest.end()
    elif _NONMAJOR.search(before):
        key, start = "major none", start - 1
    elif field := _field(before):
        key, start = f"major {_field_key(field)}", scan.text.rfind(field, 0, start)
    else:
        return
    scan.add("education", scan.text[start:end], start, end, canonical=key)


def _field(before: str) -> str:
    """The words right before 전공 that name a field of study."""
    words: list[str] = []
    for word in reversed(before.rstrip().split(" ")):
        found = _FIELD_WORD.search(word)
        if found is None or _NO_FIELD.search(word) or len(words) >= 3:
            break
        if not words and not _FIELD_END.search(word):
            break
        words.insert(0, found[0])
        if found[0] != word:
            break
    return " ".join(words)


def _field_key(field: str) -> str:
    key = fold(field)
    return "related" if key in {"관련", "유관", "관련학과", "유관학과", "해당", "동종", "관련분야", "유관분야"} else re.sub(r"(?:학과|과|관련|계열)$", "", key) or key


def _english(scan: Scan, start: int) -> int:
    match = _DEGREES_EN.match(scan.text, start)
    if match is None:
        return -1
    kind, end = str(match.lastgroup), match.end()
    if kind == "any":
        key = "any"
    elif _PEOPLE_EN.search(scan.clause_before(start, 60)) or _NOT_ASKED_EN.match(scan.line_after(end, 24)):
        return -1
    else:
        level, end = _joined(scan.text, match, kind)
        field = _FIELD_EN.match(scan.text, end)
        if level == "degree" and field is None:
            return -1
        key = level if level == "degree" else f"{level}+"
        if field is not None:
            end, key = field.end(), f"{key} {fold(field['field'])}"
    value = scan.text[start:end].rstrip()
    scan.add("education", value, start, start + len(value), canonical=key)
    return end


def _joined(text: str, match: re.Match[str], level: str) -> tuple[str, int]:
    """The least of the degrees that are joined by "or" or "/", and where they end."""
    word = _DEGREE_WORD.match(text, match.end())
    end = word.end() if word else match.end()
    while (link := _OR_EN.match(text, end)) is not None and (other := _DEGREES_EN.match(text, link.end())) is not None:
        kind = str(other.lastgroup)
        if kind in {"any", "degree"}:
            break
        level = min(level, kind, key=LEVELS.index) if level in LEVELS else kind
        word = _DEGREE_WORD.match(text, other.end())
        end = word.end() if word else other.end()
    return level, end
