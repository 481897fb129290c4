"""The title of the job on offer, without words of level and employment ("시니어 백엔드 개발자" states 백엔드 개발자).

A title counts in the positions where a posting names its job: the headline, a label's value ("모집분야: 간호사"), what is
looked for ("X를 찾습니다", "we are hiring an X"), and what one joins or works as ("X로서", "As an X, you will").
Colleagues and customers stand elsewhere. ``canonical`` is ``title_key``.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.extract.reading import Scan
from cache_service.posting.extract.seniority_words import LEVEL_WORD
from cache_service.posting.extract.terms import Hit
from cache_service.posting.extract.title_keys import qualified, title_key

_TAIL: Final = r"(?: ?\((?:[^()\n]{1,24})\))?(?: ?(?:신입|경력직?|정규직|계약직|인턴|사원|포지션|직무|크루|멤버|동료|인재|부문|직))?(?: ?(?:님|분들?|한 ?분|\d+ ?명|[0O○]{1,2}명))?"
_WANTED: Final = re.compile(
    _TAIL + r"(?:(?:을|를) ?(?:[가-힣]{1,6} ){0,2}(?:찾|모집|채용|모시|모십|구합|구하|구인|기다|뽑|초빙|영입|충원|선발|초대|모셔)"
    r"| ?(?:상시 ?|수시 ?|공개 ?|신규 ?|추가 ?|긴급 ?)?(?:채용(?! ?(?:담당|업무|프로세스|관리|플랫폼|시장|대행|절차|브랜딩|공고 ?(?:작성|게시|관리)|연계|을|의|에|과|및|,))|모집(?! ?(?:업무|및|을|,))|구인(?!구직)|급구|초빙|구합니다|구해요|찾습니다|찾아요|찾고 ?있|모십니다|모셔요|모집합니다))"
)
_POSITION_KO: Final = re.compile(_TAIL + r"(?:(?:으로서|로서)(?!의|는? ?(?:직|경력|경험|\d))| ?(?:포지션|직무|직군)(?:입니다|이에요|예요|을 ?(?:맡|수행)|에 ?(?:지원|도전)|의 ?주요|로 ?(?:합류|근무|채용))|(?:으)?로 ?(?:합류|함께(?! ?성장)|근무|일하실|일할|입사|활약|채용)|에 ?(?:지원할|지원하|도전하))")
_GENERIC_AS: Final = frozenset({"전문가", "책임자", "실무자", "리더", "직원", "사원", "팀원", "크루", "담당자", "연구자", "파트너"})
# Words that name anybody: a title only with a word of a trade before them.
_ANYBODY: Final = frozenset(
    "사원|직원|specialist|associate|team member|crew member|staff|worker|lead|head|officer|intern|trainee|generalist"
    "|담당자|담당|책임자|실무자|위원|이사|소장|원장|실장|센터장|manager|assistant|agent|partner|직무".split("|")
)
_LABEL: Final = re.compile(
    r"(?:모집 ?(?:분야|부문|직종|직무|직군|포지션|업무)|직무(?:명| ?분야)?|직종|채용 ?(?:분야|부문|직무|직군|포지션|직종)|포지션(?:명)?|직책명|지원 ?(?:분야|부문|직무)|\b(?:job )?(?:position|title|role|opening|vacancy))"
    r"\s?[\])】]?\s?[:|]\s?(?P<value>[^\n:]{1,60})",
    re.IGNORECASE,
)
_LABEL_GATE: Final = re.compile(r"(?:분야|부문|직무|직종|직군|포지션|업무|osition|itle|ole|pening|acancy|OSITION|ITLE)명?\s?[\])】]?\s?[:|]")
_VALUE_END: Final = re.compile(r" ?[|(\[\n,;•]| - | – |\.\s|\.$| (?:채용|모집|신입|경력|정규직|계약직|[0O○\d]{1,3} ?명)(?![가-힣])")
_NO_VALUE: Final = re.compile(r"(?:니다|어요|세요|하는|위한|무관|협의|면접|이해|경험|능력|요건|개요|소개|기간|방법|절차|마감|상세|및 자격)")
_SENTENCE_KO: Final = re.compile(r"(?:협업|협력|경험|경력 ?\d|우대|능력|이해|보유|숙련|가능|니다|어요|아요|예요|에요|세요|하는|위한|있는|되는|[을를] )")
_SENTENCE_EN: Final = re.compile(r"\b(?:is|are|was|we|We|you|You|will|have|has|must|who|our|Our|with|to|and (?:a|the|our|other))\b")
_HEAD_AFTER: Final = re.compile(r" ?(?:$|[|(\[/·)\]~]| [-–] ?|- )")
_HEAD_AFTER_EN: Final = re.compile(
    r"(?: (?:I{1,3}|IV|[1-4]))?\s?(?:$|[|(\[/,!:–]|- | - | (?:at|in|for|wanted|needed|hiring|job|position|opening|role|required|vacancy|opportunity)\b| [@])", re.IGNORECASE
)
_BULLET: Final = re.compile(r"^\s*(?:[-•·*ㆍ■▶◦●○ㅁ∙※✓✔+]|\d{1,2}[.)])")

_TOKEN_BEFORE: Final = re.compile(r"[가-힣A-Za-z0-9/&+#.·\-]{1,24}$")
_STOP_KO: Final = re.compile(
    r"(?:을|를|에서|에게|까지|부터|(?<![가-힣])(?:각|및|등|또는|본|우리|저희|당사|귀하|함께|같이|새로운|우수한|신규|이런|전문|분야|업무|담당할|더|잘|그|이|한|두|세|\d명|최고의?|다음|직무|포지션|모집|채용|공고|안녕하세요|입사|성장|실력|경력|경력직|정규직|계약직|파트타임|아르바이트|프리랜서|상주|재택|급구|긴급|상시|수시|[0O○]명|대졸|초대졸|고졸|학사|석사|박사|무관)"
    r"|[가-힣](?:하는|있는|없는|되는|가는|드는|끄는|리는|지는|주는|나갈|하실|주실|가실|해줄|어갈|드실)|할|갈|줄|실(?<!교실)(?<!병실)(?<!수술실)(?<!응급실)(?<!중환자실)(?<!연구실)(?<!실험실)(?<!조리실)(?<!기획실)(?<!분만실)(?<!급식실)(?<!분석실)(?<!검사실)(?<!상담실)|적인|로운|스러운|한(?<!신한)(?<!북한)(?<!유한)(?<!대한)|된|던|께|하신|으신|낼|[가-힣](?:사|자|체|들)가|하고|하며|해|로서|으로|라는|니다|어요|아요|의(?<!한의)(?<!회의)(?<!강의)|와|에|는|은|차|년|명|이상|님)$"
)
_INSTITUTION: Final = re.compile(
    r"(?:병원|의원|학교|대학교|유치원|어린이집|호텔|그룹|컴퍼니|랩스|소프트|테크|코리아|건설|전자|물산|식품|마트|은행|학원|요양원|약국|주식회사|㈜|\(주\)|치과|한의원|의료원|복지관|센터|산업|제약|바이오|엔지니어링|시스템즈|네트웍스|홀딩스|푸드|베이커리|스튜디오|에너지|모빌리티|로지스틱스|페이|뱅크|증권|카드|생명|화재|정밀|공업|중공업|화학|상사|유통|물류|운수|통상|개발원|연구소|재단|협회|공사|공단|시청|구청)$"
)
_LEVEL_TOKEN: Final = re.compile(r"^(?:시니어|주니어|신입|인턴|경력|경력직|팀장급|리드|미들|senior|junior|sr\.?|jr\.?|lead|principal|staff|intern|entry-level|mid-level|mid|middle)$", re.IGNORECASE)
_TOKEN_BEFORE_EN: Final = re.compile(r"[A-Za-z0-9+#/&.'\-]{1,24}$")
_STOP_EN: Final = frozenset(
    "a an the our your their its his her this that these those we you i us to for of in on at as with by from and or but be is are was were will can may"
    " looking seeking hiring need needs needed want wants find finding recruit recruiting join adding hire seek search searching currently now also immediately"
    " experienced talented passionate motivated self-motivated skilled highly creative dynamic outstanding driven dedicated enthusiastic energetic reliable friendly"
    " full-time part-time fulltime temporary permanent contract contractor freelance remote hybrid onsite on-site new next first great good strong exceptional qualified ambitious"
    " professional proactive hardworking hard-working results-driven results-oriented detail-oriented organized compassionate caring licensed certified innovative"
    " senior junior sr sr. jr jr. lead principal staff intern mid mid-level entry-level entry level mid-senior sr/mid one two three several multiple additional more another any every other"
    " some all both local global successful seasoned versatile smart bright curious collaborative technical-minded entrepreneurial accomplished world-class top rockstar very extremely urgently"
    " bilingual only exciting opportunity position role title job welcome apply career open opening immediate hire: who whose such like former previous".split()
)
_TRIGGER_EN: Final = re.compile(
    r"(?:\b(?:look(?:ing)? for|seek(?:s|ing)?|search(?:ing)? for|in search of|hir(?:e|es|ing)|recruit(?:s|ing)?|in need of|needs?|welcom(?:e|ing)|on the hunt for|opening for|openings for|opportunity for|vacancy for"
    r"|vacancies for|(?:role|position|job|title|post) (?:of|as|for)|(?:position|role|job) is)\s"
    r"|\bjoin(?:ing)?\s(?:[\w'&]+\s){1,5}as\s|\byou(?:'ll| will) (?:be|work as|serve as|act as)\s|(?:^|(?<=[.!?\n]))[ \"]?As\s|\bAs\s(?=an?\s)|^as\s|\b[Ww]ork(?:ing)? as\s|\bserves? as\s)"
    r"(?P<praise>(?:[\w'’\-/]+,?\s){0,7})$"
)
_TRIGGER_STOP: Final = re.compile(r"\s(?:who|that|which|with|to|will|can|from|has|have|is|are|where|under|alongside|support|supports?|help|helps|manage|managing|at|in|for|by)\s[^.]*$")
_EXPERIENCE_EN: Final = re.compile(r"\b(?:experience[sd]?|years?|previous|prior|worked|formerly|similar|equivalent|background|report(?:s|ing)?|alongside|assist(?:s|ing)?|support(?:s|ing)?|manag(?:e|es|ing)|partner(?:ing)?|collaborat\w+|team of|our)\b[^.]{0,30}$", re.IGNORECASE)
_ROLE_AFTER_EN: Final = re.compile(r"\s(?:will|is responsible|reports? to|role\b|position\b|opening\b|job\b|vacancy\b|works? (?:closely|with|under)|is an? )")
_WANTED_AFTER_EN: Final = re.compile(r"s?\s(?:wanted|needed|required)\b", re.IGNORECASE)
_THE: Final = re.compile(r"(?:^|[.!?:\n\"] ?)(?:The|This)\s(?:successful |ideal |new )?$|\b(?:for|to|in) (?:the|this|our|an?)\s(?:open |new |exciting )?$")
_OF: Final = re.compile(r" of (?:[A-Z][\w&]+)(?:(?: and| &|,)? [A-Z][\w&]+){0,3}")
_MORE_TITLE: Final = re.compile(r" (?!of\b|for\b|at\b|in\b)[A-Z]")
_OF_HEADS: Final = frozenset({"director", "head", "vice president", "vp", "manager", "chief"})


def find(scan: Scan) -> None:
    """Find the titles of the job on offer."""
    found: list[tuple[int, int]] = []
    _labels(scan, found)
    hits = scan.terms("title_head")
    first_line = _first_line(scan.text) if hits else (0, 0)
    for at in range(len(hits) - 1, -1, -1):
        hit = hits[at]
        if any(start <= hit.start < end for start, end in found):
            continue
        korean = "가" <= scan.text[hit.end - 1] <= "힣" or _hangul_before(scan.text, hit.start)
        span = _korean(scan, hit, first_line) if korean else _english(scan, hit, first_line)
        if span is not None:
            _state(scan, *span, found, anybody=hit.canonical in _ANYBODY)


def _state(scan: Scan, start: int, end: int, found: list[tuple[int, int]], *, anybody: bool = False) -> None:
    value = scan.text[start:end].strip()
    if not value or (anybody and not qualified(value)):
        return
    start = scan.text.index(value, start)
    found.append((start, start + len(value)))
    scan.add("title", value, start, start + len(value), canonical=title_key(value))


def _first_line(text: str) -> tuple[int, int]:
    """The span of the first line if it can be a headline: short, no bullet, no sentence."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    line = text[start:end]
    if len(line) > 90 or _BULLET.match(line) or line.rstrip().endswith((".", ":", "요", "다")):
        return 0, 0
    if _SENTENCE_KO.search(line) or _SENTENCE_EN.search(line):
        return 0, 0
    return start, end


def _hangul_before(text: str, start: int) -> bool:
    """A Latin head such as MD or PM that stands among Korean words."""
    return "가" <= text[max(0, start - 2) : start].strip()[-1:] <= "힣"


def _labels(scan: Scan, found: list[tuple[int, int]]) -> None:
    if _LABEL_GATE.search(scan.text) is None:
        return
    for match in _LABEL.finditer(scan.text):
        value = match["value"]
        cut = _VALUE_END.search(value)
        value = (value[: cut.start()] if cut else value).rstrip()
        lead = LEVEL_WORD.match(value)
        start = match.start("value") + (lead.end() if lead else 0)
        value = value[lead.end() :] if lead else value
        if 2 <= len(value.strip()) <= 32 and not _NO_VALUE.search(value) and not value.strip().isdigit():
            _state(scan, start, start + len(value), found)


def _korean(scan: Scan, hit: Hit, first_line: tuple[int, int]) -> tuple[int, int] | None:
    text, end = scan.text, hit.end
    after = scan.line_after(end, 48)
    headline = first_line[0] <= hit.start < first_line[1]
    if _WANTED.match(after) or (_POSITION_KO.match(after) and hit.term.wording not in _GENERIC_AS):
        return _left_korean(scan, hit.start, headline=headline), end
    if headline and _HEAD_AFTER.match(text[end : min(first_line[1], end + 4)]):
        return _left_korean(scan, hit.start, headline=True), end
    return None


def _left_korean(scan: Scan, start: int, *, headline: bool) -> int:
    """Where the title begins that ends in the head at ``start``."""
    text = scan.text
    line = max(text.rfind("\n", 0, start) + 1, start - 60)
    begin = start
    glued = _TOKEN_BEFORE.search(text, line, start)
    if glued is not None:
        begin = glued.start()
        if _STOP_KO.search(glued[0]) or _LEVEL_TOKEN.match(glued[0]):
            begin = start
    starts = [begin]
    while len(starts) < 5 and begin > line and text[begin - 1] == " ":
        token = _TOKEN_BEFORE.search(text, line, begin - 1)
        if token is None or _ends_title(scan, token):
            break
        begin = token.start()
        starts.append(begin)
        if begin > line and text[begin - 1] not in " ([":
            break
    if headline and len(starts) > 1 and _INSTITUTION.search(text[starts[-1] : starts[-2]].strip()):
        starts.pop()
    if headline and len(starts) > 2 and _unknown_before_known(text, starts):
        starts.pop()
    while len(starts) > 1 and text[starts[-1]] in "-/·&.":
        starts.pop()
    return starts[-1]


def _ends_title(scan: Scan, token: re.Match[str]) -> bool:
    word = token[0]
    if _STOP_KO.search(word) or _LEVEL_TOKEN.match(word) or word.endswith((".", "-")) or word in {"-", "/", "·", "&"}:
        return True
    return any(one.fact.start < token.end() and token.start() < one.fact.end for one in scan.findings)


def _unknown_before_known(text: str, starts: list[int]) -> bool:
    """A word that no title is known to begin with, before one that is: a company's name before "백엔드 개발자"."""
    first, second = text[starts[-1] : starts[-2]].strip(), text[starts[-2] : starts[-3]].strip()
    return title_key(first) == first.lower() and title_key(second) != second.lower()


def _english(scan: Scan, hit: Hit, first_line: tuple[int, int]) -> tuple[int, int] | None:
    text, end = scan.text, hit.end
    if hit.canonical in {"head", "lead", "chief"} and (text[hit.start].islower() or _MORE_TITLE.match(text, end)):
        return None
    if hit.canonical in _OF_HEADS and (more := _OF.match(text, end)) is not None:
        end = more.end()
    headline = first_line[0] <= hit.start < first_line[1]
    if headline and text[hit.start].isupper() and _HEAD_AFTER_EN.match(text[end : min(first_line[1], end + 14)]):
        return _left_english(scan, hit.start), end
    if text[end : end + 1] == "-" or text[end : end + 2] == "'s":
        return None
    after = scan.line_after(end, 24)
    start = _left_english(scan, hit.start)
    before = scan.clause_before(start, 90)
    if _WANTED_AFTER_EN.match(after) and text[start].isupper():
        return start, end
    trigger = _TRIGGER_EN.search(before)
    if trigger is not None and not _TRIGGER_STOP.search(" " + trigger["praise"]) and not _EXPERIENCE_EN.search(before[: trigger.start()][-40:]):
        return start, end
    if _ROLE_AFTER_EN.match(after) and _THE.search(before) and not _EXPERIENCE_EN.search(before):
        return start, end
    if _WANTED.match(after) or _POSITION_KO.match(after):
        return start, end
    return None


def _left_english(scan: Scan, start: int) -> int:
    text = scan.text
    line = max(text.rfind("\n", 0, start) + 1, start - 70)
    capital = text[start].isupper()
    begin = start
    for _ in range(5):
        gap = begin - 1
        if gap < line or text[gap] != " ":
            break
        token = _TOKEN_BEFORE_EN.search(text, line, gap)
        if token is None or not _part_of_title(token[0], capital=capital):
            break
        if any(one.fact.start < token.end() and token.start() < one.fact.end for one in scan.findings):
            break
        begin = token.start()
    while text[begin] in "&/-." and begin < start:
        begin = text.index(" ", begin) + 1
    return begin


def _part_of_title(word: str, *, capital: bool) -> bool:
    if word == "&":
        return True
    if word.lower().rstrip(".,") in _STOP_EN or word.lower() in _STOP_EN or word.endswith((".", "ed", "ly")) and word[0].islower():
        return False
    return word[0].isupper() or word[0].isdigit() or not capital
