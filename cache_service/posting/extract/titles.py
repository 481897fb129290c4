"""The job on offer by its title. Colleagues, superiors and people served go by the same words and are none of it.

A title ends with the word of a role (``data/title_head.txt``) and stands where titles stand: in a headline, beside a
label, before 채용 or 모집, after "we are hiring a". It is given without words of level and employment type.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract.reading import Scan
from cache_service.posting.extract.terms import Hit
from cache_service.posting.extract.titles_english import headline_of, title_span

_LEVEL_KO: Final = re.compile(
    r"^(?:(?:(?:시니어|주니어|미들|책임|선임)급|시니어|주니어|신입|경력직?|인턴|정규직|계약직|기간제|파견직|파트타임|아르바이트|알바|단기|리드|미들|초급|중급|고급|및|/|·|,|~|\d{1,2}년 ?차?|이상|의)[ ·/,]*)+"
)
_PHRASE_KO: Final = re.compile(r"(?:[가-힣A-Za-z0-9&/+#.·()-]{1,20} ){0,3}[가-힣A-Za-z0-9&/+#.·-]{0,20}$")
_BREAK_KO: Final = re.compile(
    r"^.*(?:[\])>:|,!?~]|[.] |\d{3}[- ]|\d{4} |\d\. |(?:주실|하실|오실|가실|보실|질|갈|줄|통해|위해) |(?:[은는이가을를의에로와과며서]|(?<![출광재창입신보참최])고) |(?:하는|인|할|한|있는|없는|되는|위한|함께할|함께) |\d+명 |- )"
)
_WANTED_KO: Final = re.compile(
    r"(?:님|직|직무|포지션|분|인재)?(?: ?\([^()\n]{1,20}\))?(?:을|를|도)?(?: ?(?:상시|수시|긴급|신입|경력|경력직|신규|추가|정규직|계약직|파트|인턴|공개|각|총))*"
    r" ?(?:(?:[0-9O○]{1,3}|한|두|세|네|다섯|여섯|일곱|여덟|열) ?(?:명|분|인)(?:을|을 )?)? ?(?:\([^()\n]{1,12}\) ?)?(?:채용|모집|구인|급구|구합|구함|구해|찾습|찾고|찾아|모십|모시|뽑|초빙|공채|선발|충원|위촉|영입|기다립|기다려|모셔|포지션|직무|직군|와 함께 성장할|로 합류|로 함께|(?:으)?로 (?:근무할|근무하실|일하실|일할|합류|함께)|로서|업무를 담당할|에 지원할|에 지원하)"
)
_LABEL_KO: Final = re.compile(
    r"(?:(?:모집|채용|구인)(?= ?[:|])|모집 ?(?:분야|직종|부문|직무)|채용 ?(?:분야|직종|부문|직무)|담당 ?업무|직무|직종|직책|포지션|분야|지원 ?분야|업무)(?: ?명)? ?(?:은|는|:|-|\||\])\s*[^\n:]{0,14}$"
)
_WITH_US: Final = re.compile(r"(?:함께 ?할|함께하실|함께 일할|함께 성장할|일하실|일할|근무할|근무하실|모실|찾는) $")
_NOT_AFTER_KO: Final = re.compile(
    r"(?:들|님들|와의|과의|와 ?협업|과 ?협업|와 ?소통|와 긴밀|과 긴밀|와 커뮤|, ?[가-힣A-Z]{1,10}(?:와|과|등)|에게|으로부터|로부터| 등|의 ?(?:성장|업무|생산성|보조|지시)|들의|가 되|면허|자격|출신|경험|경력|를 지원|를 위|을 위"
    r"|를 관리|를 육성|를 교육|를 채용하|를 이끄|팀|와 함께 (?:일|협))"
)
_ALONE_HEAD_KO: Final = frozenset(
    "팀장 실장 파트장 본부장 주임 대리 과장 차장 부장 인턴 알바 알바생 아르바이트 아르바이트생 원장 가이드 기사 담당 담당자 직원 사원 보조 모델 감독 크루 서버 책임자 관리자 전문가 기술자 PM PO PD AE MD AM BD 공무".split()
)


def find(scan: Scan) -> None:
    """Find the titles of the job on offer."""
    done = -1
    hits = scan.terms("title_head")
    headline = headline_of(scan.text) if hits else (0, 0)
    for at, hit in enumerate(hits):
        if hit.start < done or _goes_on(scan, hit, hits[at + 1 : at + 2]):
            continue
        hangul = "가" <= scan.text[hit.end - 1] <= "힣" or (
            scan.text[hit.end - 1].isupper() and hit.end - hit.start <= 4
        )
        korean = hangul and not _english_around(scan, hit)
        span = _korean(scan, hit) if korean else title_span(scan, hit, headline)
        if span is not None:
            done = span[1]
            worded = scan.text[slice(*span)]
            scan.add("title", worded, *span, canonical=title_of(worded))


def _goes_on(scan: Scan, hit: Hit, after: list[Hit]) -> bool:
    """Whether the next word is a role too: "DevOps Engineer" and 물리치료사 선생님 are one title."""
    return bool(after) and after[0].start == hit.end + 1 and scan.text[hit.end] == " "


def _english_around(scan: Scan, hit: Hit) -> bool:
    return (
        hit.start > 1
        and scan.text[hit.start - 2].isascii()
        and scan.text[hit.start - 2].isalpha()
        and not ("가" <= scan.text[hit.end - 1] <= "힣")
    )


def _korean(scan: Scan, hit: Hit) -> tuple[int, int] | None:
    text, end = scan.text, hit.end
    before = scan.line_before(hit.start, 60)
    if _NOT_AFTER_KO.match(text, end):
        return None
    phrase = _PHRASE_KO.search(before)
    worded = before[phrase.start() :] if phrase else ""
    cut = _BREAK_KO.match(worded)
    worded = worded[cut.end() :] if cut else worded
    opening = hit.start - len(worded)  # of the headline's item, with the words of level
    level = _LEVEL_KO.match(worded)
    worded = worded[level.end() :] if level else worded
    worded = worded.lstrip(" ·/-(")
    start = hit.start - len(worded)
    start = _after_company(scan, start, hit.start)
    if (
        "가" <= text[end : end + 1] <= "힣"
        and not _WANTED_KO.match(text, end)
        and not re.match(r"(?:로서|로|은|는|이|가|을|를|의|입니다|님|직|와|과)(?![가-힣])|로서", text[end : end + 4])
    ):
        return None
    if start == hit.start and text[start:end] in _ALONE_HEAD_KO:
        return None
    wanted = _WANTED_KO.match(text, end) is not None or _WITH_US.search(text, max(0, start - 12), start) is not None
    headline = _is_headline(scan, start, end) or (level is not None and _is_headline(scan, opening, end))
    if not (wanted or headline or _LABEL_KO.search(before)):
        return None
    return (start, end)


def _after_company(scan: Scan, start: int, head: int) -> int:
    """Where the title begins if a company's name stands before it: 주식회사 다온회계 재무회계 담당자."""
    if scan.text.find(" ", start, head) < 0:
        return start
    for one in scan.findings:
        if one.fact.type == "company" and start < one.fact.end < head and one.fact.start <= start:
            return one.fact.end + (scan.text[one.fact.end] == " ")
    return start


def _is_headline(scan: Scan, start: int, end: int) -> bool:
    """Alone between two marks, on a line that is no item of a list."""
    line = scan.line_before(start, 80).lstrip(" ")
    if line.startswith(("-", "•", "*", "·", "ㆍ")):
        return False
    return scan.stands_alone(start, end) and (start == 0 or "\n" not in scan.text[:start] or not line)


_SAME_WORDS: Final = {
    "엔지니어": "개발자", "디벨로퍼": "개발자", "프로그래머": "개발자", "developer": "개발자", "engineer": "개발자", "programmer": "개발자",
    "backend": "백엔드", "back-end": "백엔드", "frontend": "프론트엔드", "front-end": "프론트엔드", "프런트엔드": "프론트엔드", "프론트앤드": "프론트엔드",
    "백앤드": "백엔드", "fullstack": "풀스택", "full-stack": "풀스택", "designer": "디자이너", "marketer": "마케터", "manager": "매니저", "매니져": "매니저",
    "nurse": "간호사", "product": "프로덕트", "data": "데이터", "software": "소프트웨어", "sw": "소프트웨어", "s/w": "소프트웨어", "android": "안드로이드",
    "server": "서버", "web": "웹", "mobile": "모바일", "app": "앱", "analyst": "애널리스트", "분석가": "애널리스트", "consultant": "컨설턴트",
    "안드로이드앱": "안드로이드", "치과위생사": "치위생사", "요리사": "조리사", "human": "", "resources": "hr", "인사": "hr", "호텔리어": "호텔리어", "교사": "교사", "teacher": "교사", "chef": "셰프", "쉐프": "셰프", "sr.": "senior", "jr.": "junior", "시니어": "senior", "주니어": "junior",
}  # fmt: skip
# "생산 관리자", "생산 관리 담당자": one who does what stands before.
_DOERS_KO: Final = re.compile(
    r"(?P<act>.*(?:판매|상담|생산|조립|포장|검사|운전|배송|경비|미화|사무|정산|회계|총무|인사|구매|자재|물류|영업|마케팅|홍보|청소|보안|시설|품질"
    r"|제조|가공|설치|정비|안내|매표|계산|세척|분류|상차|택배))(?:담당자|담당|사원|직원|요원|원|직)"
    r"|(?P<ruled>.*(?:관리|기획|운영|조리))(?:자|담당자|담당|직)|(?P<driven>.*(?:운전|배송|택배))(?:기사|사|수)|(?P<cooked>조리)사"
)
_DOERS: Final = frozenset("담당자 담당 사원 직원 요원 원 직".split())
_DOER: Final = "담당"
_SPELLED: Final = (
    ("프런트", "프론트"), ("쉐프", "셰프"), ("컨텐츠", "콘텐츠"), ("매니져", "매니저"), ("메니저", "매니저"), ("센타", "센터"), ("악세사리", "액세서리"),
    ("써비스", "서비스"), ("어시스턴트", "어시"), ("타겟", "타깃"),
)  # fmt: skip
_ROLE_WORDS_EN: Final = (
    (re.compile(r"\bfork[ -]lift\b", re.IGNORECASE), "forklift"),
    (re.compile(r"\b(forklift|crane|excavator|reach truck) drivers?\b", re.IGNORECASE), r"\1 operator"),
    (re.compile(r"\bfacilities\b", re.IGNORECASE), "facility"),
    (re.compile(r"\b(elementary|primary|middle|high|secondary) school (?=teacher)", re.IGNORECASE), r"\1 "),
)
_SOFTWARE: Final = frozenset(
    "백엔드 프론트엔드 풀스택 소프트웨어 안드로이드 ios 서버 웹 모바일 앱 데이터 devops 데브옵스 클라우드 게임 임베디드 머신러닝 ml ai".split()
)
_TURNED: Final = re.compile(r"([A-Za-z]+), ([A-Za-z]+(?: [A-Za-z]+)?)")
_PARTS: Final = re.compile(r"[A-Za-z]+(?:[-/.][A-Za-z]+)*\.?|[가-힣]+|[0-9]+|[+#]+")
_ENDS: Final = tuple(sorted(("개발자", "엔지니어", "디자이너", "디벨로퍼", "프로그래머", "매니저", "매니져", "마케터", "분석가", "애널리스트", "컨설턴트"), key=len, reverse=True))  # fmt: skip


@lru_cache(maxsize=4096)
def title_of(worded: str) -> str:
    """The comparable form: its words folded, other wordings of one word made one, in order."""
    parts = _parts(worded)
    worded_plainly = "개발자" in worded or "developer" in worded.casefold()
    if "개발자" in parts and _SOFTWARE.isdisjoint(parts) and not worded_plainly:
        parts = tuple(
            part if part != "개발자" else "engineer" for part in parts
        )  # a mechanical engineer is no developer
    return "".join(parts).replace("-", "") or fold(worded)


def says_less(stated: str, title: str) -> bool:
    """Whether ``stated`` says no more than ``title``: 개발자, or engineers, of a 백엔드 개발자."""
    parts = _parts(stated)
    return bool(parts) and set(parts) <= set(_parts(title))


@lru_cache(maxsize=4096)
def _parts(worded: str) -> tuple[str, ...]:
    parts: list[str] = []
    if (turned := _TURNED.fullmatch(worded)) is not None:
        worded = f"{turned[2]} {turned[1]}"  # Inspector, Quality
    for pattern, plainly in _ROLE_WORDS_EN:
        worded = pattern.sub(plainly, worded)
    for match in _PARTS.finditer(worded):
        word = match[0].casefold()
        for spelled, plainly in _SPELLED:
            word = word.replace(spelled, plainly)
        if word in _DOERS and parts:
            parts.append(_DOER)
            continue
        if (doer := _DOERS_KO.fullmatch(word)) is not None:
            act = next(one for one in doer.groups() if one)
            parts += [_SAME_WORDS.get(act, act), _DOER]
            continue
        end = next((end for end in _ENDS if word.endswith(end) and len(word) > len(end)), "")
        for part in (word[: len(word) - len(end)], end) if end else (word,):
            single = part[:-1] if part.endswith("s") and part.isascii() and len(part) > 4 else part
            parts.append(_SAME_WORDS.get(part) or _SAME_WORDS.get(single, single))
    return tuple(parts)


def same_title(one: str, other: str) -> bool:
    """Whether two titles name the same job: 백엔드 개발자, Back-end Engineer. A level is part of a title."""
    return title_of(one) == title_of(other)
