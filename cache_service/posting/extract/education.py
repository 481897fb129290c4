"""The education that is asked for: levels, bounds and majors. Training as a duty, a benefit or a trade is none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.reading import Scan

_LEVELS_KO: Final = (
    ("highschool", r"고등학교|고졸|고교"),
    ("associate", r"초대졸|전문대학?(?:교)?졸?|전문학사|2년제|초대"),
    ("bachelor", r"대학교|4년제(?: ?대학교?)?|대졸|학사|대학(?= ?졸업)"),
    ("master", r"석사|대학원"),
    ("phd", r"박사"),
)
_LEVELS_EN: Final = (
    ("highschool", r"high[ -]school(?: (?:diploma|degree|graduate|education))?|GED|secondary education"),
    ("highschool", r"secondary school (?:certificate|diploma|education)|A-levels?|GCSEs?|(?:NVQ|BTEC) (?:level )?\d|level [23] diploma"),
    ("associate", r"associate(?:'s|s)?(?: of \w+)? degree|associate's"),
    ("bachelor", r"bachelor(?:'s|s)?(?: of \w+)?(?: degree)?|undergraduate degree|university degree|college degree|college diploma|university graduate|degree[- ]qualified|college graduate|any degree"
                 r"|4-year degree|four-year degree|B\.?S\.?c?\.?(?=[ /,]|$)|B\.?A\.?(?=[ /,]|$)"),
    ("master", r"master(?:'s|s)(?: of \w+)?(?: degree)?|master of \w+|graduate degree|advanced degree|M\.?S\.?c\.?(?=[ /,]|$)|MBA"),
    ("phd", r"Ph\.?D\.?|doctorate|doctoral degree"),
)  # fmt: skip
_FINISHED: Final = (
    r"(?: ?\([^()\n]{1,12}\))?(?: ?(?:학위|학력))?(?: ?(?:소지|취득))?(?: ?(?:졸업|졸))?(?: ?(?:예정)?자)?"
)
_KOREAN: Final = re.compile(
    r"(?P<any>학력(?: ?[·/,] ?(?:전공|경력|나이|성별|연령)){0,3}(?:은|이|사항)? ?(?::|-|\|)? ?(?:무관|불문|제한 ?없|상관 ?없|관계 ?없))(?:음|이)?"
    r"|(?P<major>(?:[가-힣]{1,8}(?:·|/|, ?| 또는 | 및 )){0,3}[가-힣]{2,10}(?:학과|과|계열|학)?(?: 관련)? ?(?:전공|학과 졸업)(?:자)?)"
    r"|(?P<finished>(?:4년제 ?대학교?|전문대학?교?|대학원|대학교?|고등학교)(?:을|를|은|만|까지|까지만)? ?(?:나온|나오신|나오셨|졸업(?:한|하신|하고|했|하셨)|마친|마치신|마치셨|나왔|나와))"
    rf"|(?P<level>(?:[가-힣]{{2,9}}(?:학|공학|학 계열) (?=(?:학사|석사|박사)))?(?:{'|'.join(pattern for _, pattern in _LEVELS_KO)})){_FINISHED}(?: ?(?P<more>이상|↑))?"
)
_ENGLISH: Final = re.compile(
    r"(?P<any>\bno (?:formal )?(?:degree|education|diploma|qualifications?)(?: (?:is |are )?(?:required|needed|necessary))?"
    r"|\b(?:degree|education) (?:is )?not (?:required|needed|necessary)|\bany (?:level of )?education\b)"
    rf"|\b(?P<level>{'|'.join(pattern for _, pattern in _LEVELS_EN)})"
    r"(?: degree| diploma)?(?P<major> (?:in|of) (?:an? )?(?:[A-Za-z&'-]+(?:,? (?:and|or|&) |, | )){0,5}[A-Za-z&'-]+)?"
    r"(?P<more>,? (?:or (?:higher|above|equivalent|better)|and above|\(or equivalent\)|minimum))?",
    re.IGNORECASE,
)
_FINISHED_KO: Final = re.compile(
    r"(4년제 ?대학교?|전문대학?교?|대학원|대학교?|고등학교)(?:을|를|은|만|까지만|까지)? ?(?:나|졸업[하했]|마[치친])"
)
_ASKED_AFTER: Final = re.compile(r" ?(?:학위|이상|우대|필수|소지|보유|수료)(?! ?과정)")
_BARE_DEGREE: Final = re.compile(
    r"\b(?:degree|diploma) in (?:[A-Za-z&'-]+(?:,? (?:and|or|&) |, | )){0,4}[A-Za-z&'-]+", re.IGNORECASE
)
_STOP_IN_MAJOR: Final = re.compile(
    r",? (?:is|are|required|preferred|with|from|plus|who|that|at|we|or (?:higher|equivalent|related|a related)|and (?:\d|at|a minimum|strong|experience)"
    r"|to|for|not|expected|would|welcome|an? (?:asset|plus)|desirable|helpful|minimum|but).*$",
    re.IGNORECASE,
)
_ELSEWHERE_AFTER: Final = re.compile(
    r" ?(?:과정|출신 ?(?:대표|창업|연구진)|지원금|학자금|생 ?(?:대상|고객)|병원|생들|동아리|축제|급 (?:연구|인력)|입시|수업|교사|학생|교육과정|등록금"
    r"|와의? 협력|과의? 협력)"
    r"| (?:students?\b|swimming|class(?:es)?\b|teachers?\b|program(?:s|me)?\b|tuition|campus|recruit)",
    re.IGNORECASE,
)
_CUES_KO: Final = Cues(
    "학력",
    "고졸",
    "고등학교",
    "고교",
    "졸",
    "4년제",
    "2년제",
    "학사",
    "석사",
    "박사",
    "학위",
    "전공",
    "대학",
    "학과",
)
_NO_LEVEL_BEFORE: Final = re.compile(r"(?:서울|연세|고려|한국|시립|국립|근처|인근|[가-힣]{2}) ?$")


def find(scan: Scan) -> None:
    """Find the education asked for."""
    if not scan.text.isascii() and scan.has(_CUES_KO):
        for match in _KOREAN.finditer(scan.text):
            _korean(scan, match)
    begun = [hit.start for hit in scan.terms("education")]
    done = -1
    for start in begun:  # a match begins with a word of the list: the pattern is tried nowhere else
        if start >= done and (asked := _ENGLISH.match(scan.text, start)) is not None:
            done = asked.end()
            _english(scan, asked)
    taken = [(one.fact.start, one.fact.end) for one in scan.findings if one.fact.type == "education"]
    for start in begun:
        bare = _BARE_DEGREE.match(scan.text, start)
        if bare is not None and not any(begin < bare.end() and start < last for begin, last in taken):
            _state(scan, start, start + len(_STOP_IN_MAJOR.sub("", bare[0]).rstrip(" ,")))


def _korean(scan: Scan, match: re.Match[str]) -> None:
    text = scan.text
    if match["any"] or match["finished"]:
        _state(scan, *match.span())
        return
    if _ELSEWHERE_AFTER.match(text, match.end()):
        return
    if match["major"]:
        if not match["major"].startswith(("비전공", "타전공", "무관")):
            _state(scan, *match.span())
        return
    worded = match[0]
    name_only = re.fullmatch(r"대학교|고등학교|전문대학?교?|대학원|초대|고교|박사|석사|대학", worded)
    glued = match.start() > 0 and "가" <= text[match.start() - 1] <= "힣"
    if (
        name_only
        and not _ASKED_AFTER.match(text, match.end())
        and not (scan.stands_alone(*match.span()) and worded in {"석사", "박사"})
    ):
        return
    if glued and not worded.startswith(("학사", "석사", "박사")):
        return
    _state(scan, *match.span())


def _english(scan: Scan, match: re.Match[str]) -> None:
    if match["any"]:
        _state(scan, *match.span())
        return
    if _ELSEWHERE_AFTER.match(scan.text, match.end()) and not match["major"]:
        return
    level = match["level"]
    if re.fullmatch(r"[BM]\.?[SA]\.?c?\.?", level, re.IGNORECASE) and not (
        level.isupper() or level in {"BSc", "MSc", "B.Sc.", "M.Sc."}
    ):
        return
    plain = level.lower() in {"master", "bachelor"}
    if plain and not (match["major"] or "degree" in match[0].lower()):
        return
    if re.fullmatch(r"high[ -]school", level, re.IGNORECASE) and "degree" not in match[0].lower():
        return
    end = match.end()
    if match["major"] and not match["more"]:
        end = match.start() + len(_STOP_IN_MAJOR.sub("", match[0]).rstrip(" ,"))
        more = re.compile(r",? (?:or (?:higher|above|equivalent)|and above)", re.IGNORECASE).match(scan.text, end)
        end = more.end() if more else end
    _state(scan, match.start(), end)


def _state(scan: Scan, start: int, end: int) -> None:
    worded = scan.text[start:end]
    scan.add("education", worded, start, end, canonical=education_of(worded))
    scan.claim(start, end)


_LEVEL_WORDS: Final = re.compile(
    "|".join(pattern for table in (_LEVELS_KO, _LEVELS_EN) for _, pattern in table) + r"|대학원|대학교?|전문",
    re.IGNORECASE,
)
_SAYS_NO_FIELD: Final = re.compile(
    r"졸업(?:예정자?|자|생|하신|한)?|예정자?|졸(?:자|업)?(?![가-힣])|학위|소지자?|보유자?|취득자?|이상|이하|수준|동등|최종|정규|국내외|학력|과정|수료자?|재학생?|휴학생?|가능|포함"
    r"|환영|우대|필수|필요|해당자?|하신 ?분|이신 ?분|분(?![가-힣])|또는|혹은|이나|및|입니다|요구|자격|년제"
    r"|\b(?:degree|diploma|holders?|graduates?|undergraduate|postgraduate|university|college|school|or|and|above|higher|better|equivalent|level"
    r"|education|required|preferred|minimum|at least|completed|finished|four|two|year|any|subject|discipline|field|related|relevant|accredited"
    r"|an?|the|in|of|from|with|is|must|have|you|need|needed|experience|ged|certificate|plus|s)\b",
    re.IGNORECASE,
)
_FIELD_WORD: Final = re.compile(r"[가-힣]{2,}|[A-Za-z]{3,}")


@lru_cache(maxsize=2048)
def education_of(worded: str) -> str:
    """The comparable form: ``any``, a level (with ``+`` where more will do), and the major if one is named."""
    text = worded.strip()
    if re.search(
        r"무관|불문|제한 ?없|상관 ?없|관계 ?없|^any\b|^none$|\bno (?:formal )?(?:degree|education|diploma)|not (?:required|needed)",
        text,
        re.IGNORECASE,
    ):
        return "any"
    if (finished := _FINISHED_KO.match(text)) is not None:
        text = f"{finished[1]} 졸업"
    levels = [
        name
        for table in (_LEVELS_KO, _LEVELS_EN)
        for name, pattern in table
        if re.search(rf"(?<![A-Za-z]){pattern}" if table is _LEVELS_EN else pattern, text, re.IGNORECASE)
    ]
    major = re.search(r"([가-힣]{2,10}?)(?:학과|과|계열)?(?: 관련)? ?전공|(?: in | of )([A-Za-z &,'-]+)", text)
    named = fold(next(group for group in major.groups() if group)) if major else ""
    named = re.sub(r"(?:orhigher|orabove|orequivalent|andabove|degree)$", "", named)
    if levels and not named:
        named = _field(text)
    if not levels and not named:
        return f"={fold(text)}"
    # "대졸", "학사" and "학사 이상" ask for the same: nobody is turned away for a higher degree.
    return (f"{levels[0]}+" if levels else "") + (f":{named}" if named else "")


def _field(text: str) -> str:
    """What is left of a degree's wording without its level and words of asking: 약학 of 약학대학 졸업."""
    rest = _SAYS_NO_FIELD.sub(" ", _LEVEL_WORDS.sub(" ", text))
    words = _FIELD_WORD.findall(rest)
    return fold("".join(words))


def same_education(one: str, other: str) -> bool:
    """Whether two wordings ask for the same education: 대졸 이상, 학사 이상, Bachelor's degree or higher."""
    return education_of(one) == education_of(other)
