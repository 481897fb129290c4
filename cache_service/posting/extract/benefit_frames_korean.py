"""Korean ways of giving: heads that make a benefit of any word before them, and verbs that give a plain noun.

자격수당, 난임 치료 휴가 and 이직 축하금 are benefits by their last part, wherever nobody is said to run or sell them; 안경 구입비
and 학회 참가비 where they are given or something else is. "신발은 회사에서 드려요" gives a plain noun of
``data/benefit_shy.txt``.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.reading import Scan

_SURE: Final = ("수당", "휴가", "지원금", "장려금", "축하금", "격려금", "위로금", "상여금", "휴직", "당직비", "휴가비")
_OPEN: Final = (
    "구입비", "구매비", "수술비", "참가비", "치료비", "검진비", "예방접종", "예방주사", "협회비", "회비", "응시료", "수강료", "등록금", "학자금", "숙박비", "주거비", "월세", "보험료", "돌봄비",
    "보육비", "교육비", "강의비", "활동비", "보조금", "상품권", "회원권", "숙박권", "이용권", "관람권", "입장권", "할인권", "식사권", "대출", "포인트", "단련비", "유지비", "이용료", "주유비",
    "유류비", "세탁비", "미용비", "통근비", "톨비", "축의금", "조의금", "조의 화환", "화환", "금반지", "귀성비", "연수", "동호회", "배달",
)  # fmt: skip
_HEADS: Final = re.compile(
    rf"(?:{'|'.join((*_SURE, *_OPEN))})(?![가-힣]{{0,1}}(?:자|률|율|철|지|객|식|제|법|처|소|사(?!용)))"
)
_CUES: Final = Cues(*_SURE, *_OPEN)
# The words of the item that stand before the head: nouns, no particle and no verb on them.
_BEFORE: Final = re.compile(
    r"(?:(?<![가-힣A-Za-z0-9])(?:[가-힣A-Za-z]{1,8}(?<![은는이가을를의에로도와과고며서요다면할한된일월년간해])|가족|자녀|아이|유급|무급|대학원|유아|육아|치과|국가|회의|정기|난임|해외|시력|전기차|안식년|결혼기념일|생일)(?:·[가-힣]{1,6})? ){0,2}[가-힣A-Za-z]{0,7}\Z"
)
_PLAIN_HEADS: Final = frozenset(
    {"수당", "휴가", "지원금", "휴직", "회비", "대출", "포인트", "할인", "월세", "연수", "배달", "충전"}
)
_GIVES: Final = (
    r"(?:드립니다|드려요|드리며|드리고|드림|드린다|드리는|지원|제공|지급|무료|무제한|보조|전액|실비|절반|공짜|쏩니다|쏴요|챙겨|있습니다|있어요|있음|보장|부여|가입|유급|"
    r"(?:이|가)? ?나(?:와요|옵니다|갑니다)|씁니다|쓰세요|쓸 수|받(?:아요|습니다|으세요)|무이자|회사 ?부담|별도)"
)
_TAIL: Final = re.compile(
    rf"(?:은|는|이|가|을|를|도|과|와|까지|이나|나)?(?: ?(?:및|등))?(?:(?=\s*[,./·|)(\n&+]|\s*$)|[^,.\n/]{{0,18}}?{_GIVES}| (?:월|연|매월|매년|매달|분기|최대|총|하루|주|\d))"
)
_OTHERS: Final = re.compile(
    r"고객|손님|환자|회원(?!권)|수강생|어르신|학생|입주민|이용자|투숙객|관리|담당|업무|계산(?!해 ?드)|정산|심사|상담|판매|영업|기획|신청 ?접수|안내|처리|발급|집행|산정|응대|청구|보험금|납부|여행사|금융|투자|서비스를|인프라|플랫폼|자동차|소상공인|상품 ?(?:개발|기획)|제외|미지급|않|없(?:음|습|다|어)|불가|사용 ?(?:후|시|중)|기간 ?(?:중|동안)|대체 ?(?:인력|근무|간호|강사)|대체자"
)
# Somebody gives a plain noun.
_GIVEN: Final = re.compile(
    r"(?:을|를|은|는|이|가|도|과|와|까지)?(?:[가-힣 ·,]{0,12}(?:은|는|을|를|도))? ?(?:[가-힣\d%]{1,8} ){0,3}?(?:회사(?:에서|가|는)? ?(?:전액 ?)?(?:삽니다|사요|사 ?드|냅니다|내요|부담|쏩니다|드립|드려|챙겨|제공|지원|줍니다)|드립니다|드려요|드림|챙겨 ?드|사 ?드립|공짜|쏩니다|"
    r"무료(?:입니다|예요|이고|로 (?:드|제공))?(?=\s*[,.)\n/·]|$|입|예|이고)|전액 ?(?:지원|회사)|실비 ?지원|절반 ?지원|무제한(?! ?요금))"
)


def is_given(scan: Scan, start: int, end: int) -> bool:
    """Whether the words around the noun at ``[start, end)`` give it to those who work there."""
    after = scan.line_after(end, 32)
    return _GIVEN.match(after) is not None and _OTHERS.search(scan.clause_before(start, 40) + " " + after) is None


def find(scan: Scan, *, speaks_of_benefits: bool) -> None:
    """Find the items that end in one of the heads."""
    if not scan.has(_CUES):
        return
    known = scan.spans_of("benefit", "polarity", "salary_min", "title", "skill")
    matches = list(scan.begun(_HEADS, _CUES))
    speaks_of_benefits = speaks_of_benefits or len(matches) > 1
    done = 0
    for match in matches:
        if match.start() < done or known.touch(*match.span()):
            continue
        low = max(done, match.start() - 26)
        before = _BEFORE.search(scan.text, low, match.start())
        start = before.start() if before else match.start()
        if start == match.start() and match[0] in _PLAIN_HEADS:
            continue
        if not _is_offered(scan, start, match, speaks_of_benefits=speaks_of_benefits):
            continue
        done = match.end()
        if not known.touch(start, done):
            scan.add("benefit", scan.text[start:done], start, done, canonical=fold(scan.text[start:done]))


def _is_offered(scan: Scan, start: int, match: re.Match[str], *, speaks_of_benefits: bool) -> bool:
    after = scan.line_after(match.end(), 32)
    tail = _TAIL.match(after)
    if tail is None or _OTHERS.search(scan.line_before(start, 24)) or _OTHERS.search(after):
        return False
    if match[0] in _SURE or speaks_of_benefits:
        return True
    return re.search(_GIVES, tail[0]) is not None
