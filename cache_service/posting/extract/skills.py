"""Skills: tools, languages, methods, licences. What a word alone does not tell, its neighbours do.

A word of ``skill.txt`` is a skill wherever it stands. One of ``skill_shy.txt`` ("Go", "Excel", "Sketch") is one in a
list of skills or beside words such as 경험 and "proficient in"; a human language where someone is to use it. Licences
with a regular ending (기능사, 면허, "Certification") and Latin names in a list of skills are read without a list.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.reading import Scan
from cache_service.posting.extract.skill_words import COMMON_WORDS

_TAIL: Final = re.compile(
    r"(?![가-힣])|(?:합니다|하는|하고|하며|하여|해 )|(?:을|를|이|가|은|는|과|와|의|도|로|으로|에|나|이나|만|등|및|이며|이고|보다|까지|랑|하고|에서|에|에도|로만|로서|인|자|란|으로만|에는|과의|와의|라도|증)(?![가-힣])"
    r"|(?:활용|사용|능력|능숙|경험|개발|운영|자격|프로그램|가능|능통|회화|관련|다룰|우수|기반|필수|우대|소지|보유|작업|실력|중급|상급|초급|고급|기초|함수|면허|언어"
    r"|점수|성적|전문|숙련|이상|업무|기술|환경|툴|서버|엔지니어|구사|원어민|또는|등의|등을|취득|이해|지식|문서|커뮤니케이션|통역|번역|의사소통|유경험|경력|모델|설계|용접|가공"
    r"|쿼리|학습|분석|처리|연동|클러스터|튜닝|구축|제작|편집|도면|증빙|수료|메일|이메일|네이티브|1급|2급)"
)
_LIST_GAP: Final = re.compile(
    r"(?:과|와|이나|나|랑|하고)\s|\s?\(\s?|\)?\s*(?:등)?(?:과|와|이나|나|랑)?(?:\s*(?:[,/·ㆍ|&+、;]|및|또는|혹은|(?<=\s)(?:and|or|and/or)(?=\s))){1,2}\s*"
)
_CUE_KO: Final = re.compile(
    r" ?(?:\([^)\n]{1,16}\) ?)?(?:을|를|으로|로|와|과|의|에|에 ?대한|은|는|이|가|도|만)? ?(?:등(?:의|을)? ?)?(?:꼭 ?|반드시 ?|잘 ?|주로 ?|직접 ?)?(?:이용|활용|사용|경험|능숙|능통|다룰|다루|개발 ?(?:경험|경력|능력|가능|자|환경)|기반|프로그래밍"
    r"|언어|숙련|툴|가능|운영 ?경험|작성 ?(?:능력|가능)|작업 ?(?:가능|능력)|네이티브|필수|우대|자격|유경험|중급|상급|이해도?|지식|프로그램|편집|개발자|몰라|모르|없어도|불필요|무관|있으면|필요|클라이언트|서버|코드|엔진|테스트|상하차|운전(?!원|기사|직)|운행|자격|소지|보유|만 ?(?:알|쓸|다룰)|꼭|못 ?해|써 ?보|써 ?본|쓸 ?줄|할 ?줄|사용법|안 ?해|(?:[가-힣]{1,6}(?:을|를) ?)?(?:만듭|만들|작성|구현|짜|짭|쓰는|쓸|씁|배포|구축|개발합|개발하))"
)
_DRIVING: Final = re.compile(r" ?(?:이|에)? ?(?:가능|능숙|경험|경력|필수)")
# What stands before a word is searched in lower case: a pattern of many branches that minds no case is slow.
_CUE_BEFORE_EN: Final = re.compile(
    r"\b(?:experienced?|proficien\w{1,4}|knowledge|familiar\w{0,4}|expertise|skilled|skills?|fluen\w{1,3}|competen\w{1,4}|understanding"
    r"|background|programming|coding|certified|command|hands-on|languages?|tools?|frameworks?|software|using)\b[^.;\n]{0,60}$",
)
_CUE_AFTER_EN: Final = re.compile(
    r"[\s-](?:experience|skills?|proficiency|knowledge|developers?|development|programming|certifi|framework|language"
    r"|apps?\b|engineers?|operators?|licen[cs]e|certified|reports?|formulas?|pivot|modell?ing|templates?|queries|dashboards|services?|codebase|stack\b|code\b|scripts?|scripting|spreadsheets?|macros|expertise|databases?|SDK)",
    re.IGNORECASE,
)
# What is asked for, or used: "R is a plus", "reports in Excel", "a bit of Rust".
_STANCE_AFTER: Final = re.compile(
    r"\s(?:is |are )?(?:an? |strongly |not )*(?:required|needed|preferred|musts?\b|plus\b|nice[- ]to[- ]ha|desired|desirable|optional|essential|mandatory|bonus\b|asset\b)",
    re.IGNORECASE,
)
_USED_IN: Final = re.compile(
    r"(?:[a-z] (?:in|with|using|into|via|of|like)|\b(?:[Uu]se|[Uu]ses|[Uu]sing|[Kk]now|[Kk]nows|[Ww]rite|[Rr]un|[Ll]earn|[Oo]perate|[Dd]rive)(?: an?| the)?) $"
)
_OF_TIME: Final = re.compile(r",? (?:19|20)\d\d\b| (?:term|semester|season|break)\b")
# One letter is a language where something is written in it.
_WRITTEN_IN: Final = re.compile(
    r"\b(?:writ\w+|cod\w+|drivers?|program\w*|develop\w*|firmware|scripts?|analysis|analytics|software|modules?|services?|back ?ends?|librar\w+|models?|tools?|fluent|proficien\w+|experienced?|knowledge|skills?|statistics|apps?|systems?|know|using)\b(?: [a-z]+){0,3}? (?:in|with|using|of) $|\b(?:[Kk]now|[Uu]se|[Uu]sing|[Ww]rite) $",
)
_LIST_ENDS: Final = re.compile(r"\s?(?:[,.;/)&]|$|\s(?:and|or|for|is|are|scripts?|code|programming)\b)")
# In an item of their own these name a tool, whatever else the word means.
_TOOLS: Final = frozenset(
    "Excel EXCEL Illustrator Postman Snowflake Looker Slack Notion Jest Cypress Unity Maya Flask Bootstrap Swift Rust Ruby Oracle ORACLE Windows Android iOS Spark Sass npm CRM ETL Workday PowerPoint InVision Electron Puppet SaltStack Helm Kibana Zoom SDK CAE Inventor Sketch".split()
)
_POST: Final = re.compile(r" (?:operators?|drivers?|engineers?)\b", re.IGNORECASE)
_OPERATED: Final = re.compile(
    r"\b(?:[Dd]riv\w+|[Oo]perat\w+|[Uu]s(?:e|es|ing)|[Rr]un(?:ning)?|[Hh]andl\w+)(?: an?| the| our)? $"
)
_NOT_AFTER_EN: Final = re.compile(
    r"['-](?:s\b|to\b|level)|\s(?:to\b|at\b|above|beyond|back|through|live\b|the\b|into|out\b|up\b|down\b|you|us\b|on\b|over\b)",
    re.IGNORECASE,
)
_VERB_BEFORE: Final = re.compile(r"\b(?:to|will|can|who|you|and then|must|we|they|not)\s$", re.IGNORECASE)
_TONGUE_KO: Final = re.compile(
    r"(?:로|를|을|의|에|가|이|으로)? ?(?:\([^)\n]{1,14}\) ?)?(?:로 ?된 ?)?(?:비즈니스 ?|기초 ?|일상 ?|자유로운 ?|유창한 ?|원활한 ?|원어민|능숙한 ?|해외 ?|실무 ?|업무 ?)?"
    r"(?:능통|능숙|회화|구사|커뮤니케이션|의사 ?소통|소통|가능|실력|능력|성적|점수|원어민|네이티브|필수|우대|작문|독해|말하기|쓰기|읽기|활용|우수|자격|레벨|수준|상급|중급|고급|상 ?이상"
    r"|유창|업무 ?(?:가능|능력)|메일|이메일|번역|통역|미팅|컨퍼런스 ?콜|프레젠테이션|역량|중 ?(?:하나|1)|공인|듣기|화상|문서 ?(?:작성|독해)|상담 ?가능|발표|한 ?가지|사용|통·?번역|못 ?해|몰라|계약서|서류|전화|응대|대화|말하|JLPT|TOEIC|토익|토플|HSK|OPI[Cc]|TOPIK|[A-C][12](?![0-9])|N[1-5](?![0-9])|전공자|어학|무관|불필요|몰라도|가 ?필요)"
)
_RENDERED_KO: Final = re.compile(r"(?:번역|통역|통번역|회화|외국어|어학|상담) ?\($")
_NOT_TONGUE_KO: Final = re.compile(
    r" ?(?:이름|닉네임|호칭|교육|학습|학원|강사|교사|교재|콘텐츠|수업|강의|캠프|동화|지원|스터디|도서|유치원|과외|선생|어학원|회화 ?(?:지원|수업|교육|강의|강사|수강|학원)|(?:능력)? ?향상)"
)
_TONGUE_BEFORE: Final = re.compile(
    r"(?:some|bit of|little|basic|decent|plus|helps?|bonus(?: points)? (?:for|if)|points for|plus (?:for|if)|ideally|must|required:|preferred:|fluen\w{1,3}|proficien\w{1,4}|native|bilingual|trilingual|multilingual|speak\w{0,4}|spoken|written|verbal|oral|read|write"
    r"|command of(?: the)?|conversational|knowledge of|level|communicat\w{1,5}|languages?|skills?|literate|mother tongue|advanced|excellent|good"
    r"|business|strong|working|professional)\b[^.;\n]{0,28}$",
)
_TONGUE_AFTER: Final = re.compile(
    r"(?:\s(?:and|or|&)\s\w{4,12})?[\s-](?:language(?! arts)|speak(?:er|ing)|skills?|fluency|fluent|proficien|(?:is|are|a|strongly|not)\s|required|preferred"
    r"|communication|\(|written|spoken|both|both written|verbal|oral|needed|essential|desirable|desired|is|are|would|optional|helpful|mandatory|level|JLPT|TOEIC|HSK|TOPIK|[A-C][12]\b|N[1-5]\b|with (?:guests|customers|clients|patients)|mother|native|reading|writing|comprehension)",
    re.IGNORECASE,
)
_NOT_TONGUE_EN: Final = re.compile(
    r"[\s-](?:teacher|tutor|literature|lessons?|class|department|major|cuisine|food|market|compan|customers|garden|learner"
    r"|manufactur|brand|government|culture|restaurant|speaking (?:countr|market|world))",
    re.IGNORECASE,
)
_LICENCE_KO: Final = re.compile(
    r"(?<![가-힣])(?:[가-힣]{2,14}(?:기능사|산업기사|기능장|기술사)(?: ?자격증?)?|[가-힣]{2,10} ?[12]?급? ?(?:자격증|면허증?|이수증|수료증))"
)
_NO_LICENCE_KO: Final = re.compile(
    r"(?:관련|해당|각종|유관|국가|전문|필요|기술|민간|직무|분야|소지|업무|취득|보유|우대|기타|이상|본인|담당|직종|보유한|있는|있으신|공인|전공|하나|종류|위한|자격|다수|모든|이외|관한"
    r"|산업|디자인|어학|컴퓨터|다음|이하|아래|등의|대한|관련된|외국어|영업|개별|또는|혹은|그외|신규|의료인?|의료|회계|세무|보건|안전|전기|정보|무역|물류|인사|노무|부동산|금융|건축)(?:의|및)? ?$"
)
_LICENCE_EN: Final = re.compile(
    r"\b(?:[A-Z][A-Za-z'/&-]{1,18} ){1,4}(?:[Ll]icen[sc]e|[Ll]icensure|[Cc]ertification|[Cc]ertificate)\b"
)
_LICENCE_SMALL_EN: Final = re.compile(
    r"\b(?P<name>(?:(?!(?:and|or|with|have|has|hold|holds|a|an|the|your|our|of|in|for|to|is|are|valid|current|active|relevant|professional|required|industry|state|appropriate|any|must|software|business|product|birth|death|gift|marriage|open|source|site|user|other|clean|full|own|obtain|maintain|possess|no|additional|applicable|related|necessary|preferred|this|that|each|all|not|need|needs|needed|by|as|company|national|technical|college|training|equivalent|advanced|similar|degree|experience|know|possession|including|if|new|on|from|at|school|high|will|can|recognised|recognized|accredited|suitable|specialist|some|both|either|postgraduate|graduate|diploma|bachelor's|master's|associate's|under|via|through|their|its|his|her|us|uk|unrestricted|minimum|who|you|we|it)\b)[A-Za-z][A-Za-z'&-]{1,16} ){1,3})(?:licen[sc]e|certification|certificate|permit)\b(?! (?:agreement|fee|key|plate|renewal|holder|program|course|management|of|holders|application|server|compliance))"
)
_LEADING_EN: Final = re.compile(
    r"(?:(?:A|An|The|Valid|Current|Active|Required|Preferred|Must|Have|Has|Possess|Possession|Hold|State|Your|Our|Any|Other|Relevant|Appropriate"
    r"|Applicable|Additional|Unrestricted|Minimum|With|Or|And|Of|Professional|Industry|National|Company|Software|Product|Birth|Obtain|Maintain|Technical"
    r"|Education|Requirements|Qualifications|Skills|Experience|Desired|Clean|Full|UK|US|Plus|Bachelor's|Masters?|Degree|Diploma|College|Technical|School|High|GED|Continuing|Training|Business|Work) )+"
)
_LICENCE_CUE: Final = re.compile(
    r"required|preferred|must|valid|current|active|possess|hold|have|plus|certified|obtain|desired|prefer|need|\bor\b",
    re.IGNORECASE,
)
_NEXT_NAME: Final = re.compile(
    r"(?:\s?[,/·]\s?(?:and |or )?| and | or | 및 | 또는 )(?P<name>[A-Z][A-Za-z0-9.+#-]{1,22}[A-Za-z0-9+#])(?= ?(?:[,/)·]|및|또는|등|을|를|활용|사용|경험|and\b|or\b|$)|\.(?:\s|$))",
    re.MULTILINE,
)
_NAME_KO: Final = re.compile(
    r"(?P<name>[A-Z](?<![A-Za-z0-9@./_+&-].)[A-Za-z0-9.+#-]{1,22}[A-Za-z0-9+#])(?:을|를|으로|로)? ?(?:등(?:의|을)? ?)?(?:활용|사용|이용|기반 ?(?:의 ?)?개발|개발 ?(?:경험|경력)|운영 ?(?:경험|경력)|경험|능숙|숙련|다룰|다루|프레임워크|라이브러리)"
)
_NAME_EN: Final = re.compile(
    r"\b(?:experienced? (?:with|using)|proficien(?:t|cy) (?:in|with)|familiar(?:ity)? with|knowledge of|expertise (?:in|with)|skilled in"
    r"|hands-on with|working with) (?P<name>[A-Z][A-Za-z0-9.+#-]{1,22}[A-Za-z0-9+#])(?=[,;).]|\s(?:is|or|and|required|preferred|a plus)\b|\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_NAME_WORDS_EN: Final = Cues(
    "experience", "proficien", "familiar", "knowledge of", "expertise", "skilled in", "hands-on with", "working with"
)  # fmt: skip
_MIXED: Final = re.compile(r"[a-z][A-Z]|[A-Za-z]\d|[a-z]\.[a-z]|[#+]$|[A-Z]{2,}[a-z]")
_AMOUNT: Final = re.compile(r" ?\$? ?\d")
_DIGIT_BEFORE: Final = re.compile(r"[\dkK] ?$")
_ODD_BEFORE: Final = frozenset("@_\\")
_JOINING: Final = frozenset("&'-.+#%*")


@dataclass(slots=True)
class _Word:
    """A place that may name a skill; ``kind``: sure, shy or tongue."""

    kind: str
    canonical: str
    start: int
    end: int


def find(scan: Scan) -> None:
    """Find every mention of a skill."""
    words = _words(scan)
    accepted = [_said(scan, word) for word in words]
    _spread(scan.text, words, accepted)
    taken = [word for word, said in zip(words, accepted, strict=True) if said]
    spans = [(word.start, word.end) for word in taken]
    for word in taken:
        scan.add("skill", scan.text[word.start : word.end], word.start, word.end, canonical=word.canonical)
    _names(scan, words, taken, spans)
    _licences(scan, sorted(spans))


def _words(scan: Scan) -> list[_Word]:
    found = [
        _Word(kind, hit.canonical, hit.start, hit.end)
        for kind, family in (("sure", "skill"), ("shy", "skill_shy"), ("tongue", "skill_tongue"))
        for hit in scan.terms(family)
    ]
    found.sort(key=lambda word: (word.start, -word.end, word.kind != "sure"))
    kept: list[_Word] = []
    for word in found:
        if (not kept or word.start >= kept[-1].end) and _whole(scan.text, word):
            kept.append(word)
    return kept


def _whole(text: str, word: _Word) -> bool:
    """Whether the word is not part of a longer one, an address or a name."""
    before = text[word.start - 1] if word.start else " "
    after = text[word.end : word.end + 8]
    if word.canonical == "CAD" and (
        _AMOUNT.match(after) or before == "$" or _DIGIT_BEFORE.search(text, max(0, word.start - 3), word.start)
    ):
        return False  # Canadian dollars
    if "가" <= text[word.end - 1] <= "힣":
        return _TAIL.match(after) is not None
    if before in _ODD_BEFORE or (before in "./" and text[max(0, word.start - 2) : word.start - 1].isascii() and before == "."
                                 and text[max(0, word.start - 2) : word.start - 1].isalnum()):  # fmt: skip
        return False
    if after[:1] == "@" or (
        after[:1] == "." and after[1:3].isascii() and after[1:3].isalpha() and after[1:2].islower()
    ):
        return False
    short = word.end - word.start <= 2
    if short and (before in _JOINING or after[:1] in _JOINING - {"."}):
        return False
    return after[:1] not in {"#", "+"} or word.canonical == "SQL"


def _said(scan: Scan, word: _Word) -> bool:
    match word.kind:
        case "sure":
            return True
        case "shy":
            return _said_shyly(scan, word)
        case _:
            return _spoken(scan, word)


def _said_shyly(scan: Scan, word: _Word) -> bool:
    after = scan.clause_after(word.end, 30)
    wording = scan.text[word.start : word.end]
    if word.canonical == "운전":
        return _DRIVING.match(after) is not None
    if _CUE_KO.match(after):
        return True
    if word.canonical == "forklift" and wording.isascii():
        return _OPERATED.search(scan.clause_before(word.start, 30)) is not None or (
            _CUE_AFTER_EN.match(after) is not None and _POST.match(after) is None
        )
    if not wording.isascii() or wording.islower() or _NOT_AFTER_EN.match(after):
        return wording == "excel" and re.search(
            r"\b(?:proficien\w{1,4}|experience|knowledge|skills?|familiar\w{0,4}) (?:\w+ )?(?:in|with|of|using) $",
            scan.clause_before(word.start, 40), re.IGNORECASE,
        ) is not None  # fmt: skip
    before = scan.clause_before(word.start, 90)
    if _VERB_BEFORE.search(before):
        return False
    if _STANCE_AFTER.match(after) or (len(wording) > 1 and _USED_IN.search(before) and not _OF_TIME.match(after)):
        return True
    if len(wording) == 1:
        return (_WRITTEN_IN.search(before) is not None and _LIST_ENDS.match(after) is not None) or (
            re.search(r"(?:in|with|of|using|like|:) $", before) is not None
            and _CUE_BEFORE_EN.search(before.lower()) is not None
        )
    if wording in _TOOLS and scan.stands_alone(word.start, word.end):
        return True
    return _CUE_BEFORE_EN.search(before.lower()) is not None or _CUE_AFTER_EN.match(after) is not None


def _spoken(scan: Scan, word: _Word) -> bool:
    after = scan.clause_after(word.end, 40)
    wording = scan.text[word.start : word.end]
    if not wording.isascii():
        if (
            _RENDERED_KO.search(scan.text, max(0, word.start - 8), word.start)
            and scan.text[word.end : word.end + 1] == ")"
        ):
            return True
        return _NOT_TONGUE_KO.match(after) is None and _TONGUE_KO.match(after) is not None
    if wording[0].islower() and wording not in {"english", "spanish"}:
        return False
    if _NOT_TONGUE_EN.match(after):
        return False
    return (
        _TONGUE_KO.match(after) is not None
        or _TONGUE_AFTER.match(after) is not None
        or _TONGUE_BEFORE.search(scan.clause_before(word.start, 60).lower()) is not None
    )


def _spread(text: str, words: list[_Word], accepted: list[bool]) -> None:
    """In a list one skill vouches for its neighbours, to both sides."""
    forward = range(1, len(words))
    for order, step in ((forward, -1), (reversed(range(len(words) - 1)), 1)):
        for at in order:
            if not accepted[at] and accepted[at + step] and _beside(text, words[at], words[at + step]):
                accepted[at] = True


def _beside(text: str, one: _Word, other: _Word) -> bool:
    first, second = (one, other) if one.start < other.start else (other, one)
    if second.start - first.end > 12 or "운전" in (one.canonical, other.canonical):
        return False
    return _LIST_GAP.fullmatch(text[first.end : second.start]) is not None


def _names(scan: Scan, words: list[_Word], taken: list[_Word], spans: list[tuple[int, int]]) -> None:
    """Names that no list knows: in a list behind a skill, or beside words of use."""
    known = {word.start for word in words}
    elsewhere = scan.spans_of("employment_type", "work_mode")
    for word in taken:
        end = word.end
        while (match := _NEXT_NAME.match(scan.text, end)) is not None and match.start("name") not in known:
            if not _is_name(match["name"]) or elsewhere.touch(*match.span("name")):
                break
            _add_name(scan, match, known, spans)
            end = match.end("name")
    if not scan.text.isascii():
        for match in _NAME_KO.finditer(scan.text):
            name = match["name"]
            if match.start("name") not in known and _is_name(name) and not name.isupper():
                _add_name(scan, match, known, spans)
    for match in scan.begun(_NAME_EN, _NAME_WORDS_EN):
        name = match["name"]
        shaped = name[0].isupper() and _is_name(name) and not name.isupper()
        if match.start("name") not in known and shaped and (_MIXED.search(name) or _ends(scan.text, match.end("name"))):
            _add_name(scan, match, known, spans)


def _ends(text: str, end: int) -> bool:
    return re.match(r"\.?\s*$|\s(?:is|required|preferred)\b", text[end : end + 12]) is not None


def _add_name(scan: Scan, match: re.Match[str], known: set[int], spans: list[tuple[int, int]]) -> None:
    start, end = match.span("name")
    if any(begin < end and start < last for begin, last in spans):
        return  # the Boot of Spring Boot
    known.add(start)
    spans.append((start, end))
    scan.add("skill", match["name"], start, end, canonical=match["name"])


def _is_name(word: str) -> bool:
    return word.lower() not in COMMON_WORDS and word.lower().rstrip("s") not in COMMON_WORDS


def _licences(scan: Scan, spans: list[tuple[int, int]]) -> None:
    text = scan.text
    if (
        "기능" in text
        or "면허" in text
        or "이수증" in text
        or "수료증" in text
        or "자격증" in text
        or "산업기사" in text
        or "기술사" in text
    ):
        for match in _LICENCE_KO.finditer(text):
            if not _taken(match.span(), spans) and not _vague(match[0]):
                scan.add("skill", match[0], *match.span(), canonical=fold(match[0]).replace(" ", ""))
    if "icen" in text or "ertifica" in text or " permit" in text:
        _small_licences(scan, spans)
        for match in _LICENCE_EN.finditer(text):
            lead = _LEADING_EN.match(match[0])
            start = match.start() + (lead.end() if lead else 0)
            if text[start].islower() or text[start : match.end()].startswith(("Licen", "Certif")):
                continue
            around = (
                scan.clause_before(match.start(), 40) + (lead[0] if lead else "") + scan.clause_after(match.end(), 30)
            )
            if _LICENCE_CUE.search(around) and not _taken((start, match.end()), spans):
                scan.add(
                    "skill", text[start : match.end()], start, match.end(), canonical=fold(text[start : match.end()])
                )


def _small_licences(scan: Scan, spans: list[tuple[int, int]]) -> None:
    """Licences that are no proper names: "security guard license", "welding certificate"."""
    for match in _LICENCE_SMALL_EN.finditer(scan.text):
        if _taken(match.span(), spans) or not match["name"].strip().islower():
            continue
        around = scan.clause_before(match.start(), 40) + scan.clause_after(match.end(), 30)
        if _LICENCE_CUE.search(around) or scan.stands_alone(*match.span()):
            scan.add("skill", match[0], *match.span(), canonical=fold(match[0]))


def _vague(licence: str) -> bool:
    stem = re.sub(r"(?:자격증|면허증?|이수증|수료증)$", "", licence)
    return stem != licence and (
        _NO_LICENCE_KO.search(stem) is not None
        or stem.strip().endswith(("한", "의", "은", "는", "및", "된", "할", "인", "를", "을", "이나", "거나"))
    )


def _taken(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    """Whether ``span`` overlaps one of ``spans`` (sorted, without overlap)."""
    at = bisect_left(spans, (span[1], 0))
    return at > 0 and spans[at - 1][1] > span[0]
