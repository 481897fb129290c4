"""Benefits: what people get beside pay. A benefit is read where the text offers it, not where someone is to run it.

A wording of ``benefit.txt`` is an offer unless the words around it make it a duty or a product ("복리후생 제도 기획",
"life insurance sales"); one of ``benefit_shy.txt`` ("커피", "vision") only beside words of offering or among other
benefits. An offer that is denied ("식대는 지원하지 않습니다", "no health insurance") is a polarity, not a benefit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cache_service.posting.extract import benefit_frames, benefit_frames_korean, benefit_lists
from cache_service.posting.extract.reading import Scan
from cache_service.posting.extract.terms import Hit

_MAX_ITEM: Final = 30
_TAIL: Final = re.compile(
    r"(?![가-힣])|(?:을|를|이|가|은|는|과|와|의|도|로|으로|에|나|이나|만|등|및|제|제도|비|금|권|일|시|형|용|무|당|하는|해|나고|까지|부터|에서|이며|이고|자|실|대|들|기)(?![가-힣])"
    r"|(?:을|를|은|는|도|제도|비|금|과|와|및|등|이|의)?(?:지원|제공|지급|무료|무제한|운영|사용|이용|적용|가입|보장|부여|포인트|완비|가능|구비|선물|할인|무한|상시|혜택|제도|휴가|구매|구입|실시|시행|보유|비용|서비스|무상|별도|증정|축하|포상|자유|활동|공간|기기|운행|장려|대출|행사|도입|비치)"
)
_OFFER_KO: Final = re.compile(
    r"지원(?!자|서|사업|동기|부서|업무|팀|분야|하시|하실|하기|가능| 가능| 자격)|제공|지급|보장|부여|무료|무제한|드립|드려|드리|구비|완비|무한|증정|적용|가입|쏩니다|쏜다|누리|마음껏|자유롭|자유로운|혜택|축하|운행|실시|시행|별도|비치|장려|할인|무상"
)
_OFFER_AFTER_KO: Final = re.compile(
    r"[^,.\n/]{0,14}?(?:"
    + _OFFER_KO.pattern
    + r")|[^,.\n/]{0,6}(?:운영(?!자|팀|업무|하실|을|및| 및|/|,|·| 업무| 관리| 담당| 경험| 기획)|있음|있어요|있습니다|O\b|도입|이용|사용 가능)"
)
_DUTY_KO: Final = re.compile(
    r"[^,.\n]{0,14}?(?:관리(?!비)|담당|업무(?! ?(?:장비|기기|용|환경|공간|관련|에|시))|기획|정산|처리|개선|세일즈|영업|설계|개발(?!비)|구축|상담사|컨설팅|집행|취득 ?/ ?상실|취득|신고|계산|산정|서비스 ?(?:기획|개발)|플랫폼|업계|업종"
    r"|시장|브랜드|마케팅|경험|경력|유경험|우대|고객|콘텐츠|생산|제조|판매|매장|납품|배송|유통|상품(?!권)|제작|예약|점검|정비|센터|간호사|모니터링|보고|안내|진행하|입니다만|수립|발주|구매 ?(?:업무|관리|담당)|운영 ?(?:업무|및|관리|담당|경험|기획|[/·,] ?(?:관리|기획|개선|정산|개발)|하실))"
)
_DUTY_LINE_KO: Final = re.compile(
    r"(?:업무|관리|담당|기획|정산|처리|상담|영업|개발|구축|신고|대응|수립|집행|점검|보조|경험|경험자|우대|있으신 ?분|하신 ?분|가능하신 ?분|분|자)[.)]?\s*$"
)
_RUN_KO: Final = re.compile(r"운영[.)]?\s*$")
_EQUAL_CHANCES: Final = re.compile(
    r"\b(?:race|religion|gender|veteran|orientation|marital|accommodation)", re.IGNORECASE
)
_OFFERED_LINE_KO: Final = re.compile(r"지원|제공|지급|드립|드려|부여|무료|가능|보장")
# In lower case: a pattern of many branches that minds no case is slow.
_OFFER_EN: Final = re.compile(
    r"(?:\boffer(?:s|ed|ing)?|\bprovid(?:e|es|ed|ing)|\binclud(?:e|es|ed|ing)|\bbenefits?|\bperks?|\benjoy|\breceive|\bfree|\bcomplimentary|\bpaid|\bgenerous|\bcompetitive"
    r"|\bemployer-matched|\bcompany-paid|\bunlimited|\bplus|\bfully|\beligib\w{1,5}|\bget|\bsubsidi[sz]ed|\bcomprehensive|\bfull|\bexcellent|\bgreat|\bpackage)\b[^.;\n]{0,70}$"
)
_OFFER_AFTER_EN: Final = re.compile(
    r"[\s-](?:provided|offered|included|available|reimburse|paid|allowance|stipend|benefits?\b|coverage|plan\b|package|insurance\b(?! (?:sale|agent|compan|industry|claim|product)))",
    re.IGNORECASE,
)
_DUTY_BEFORE_EN: Final = re.compile(
    r"\b(?:manag\w{1,5}|administ\w{1,8}|process\w{0,4}|sell(?:ing)?|sales|coordinat\w{1,5}|handl\w{1,4}|experience|knowledge|responsible|develop(?:ing|s)?"
    r"|design(?:ing|s)?|assist(?:ing|s)?|ensur\w{1,3}|prepar\w{1,4}|maintain\w{0,4}|understanding|review\w{0,4}|analy[sz]\w{1,4}|implement\w{0,4}|monitor\w{0,4}|compute|calculat\w{1,4}|track\w{0,4}"
    r"|respond\w{0,3}|clients?|customers?|market\w{0,3}|industry|schedul(?:e|ing)|arrang\w{1,3}|verify\w{0,3}|teach\w{0,3}|deliver\w{0,3}|perform(?:ing|s)?|conduct\w{0,3}|create|lead|driv\w{1,3}|oversee\w{0,3}"
    r"|payroll|support(?:ing|s)?|familiar\w{0,4}|background in|must|able to|work|without regard|regardless)\b[^.;\n]{0,70}$"
    r"|(?:^\W*|\byou(?:'ll| will)? (?:also )?|\band )(?:order|restock|stock|set up|serve|clean|buy|purchase|advise|run|look after|organi[sz]e|negotiate|audit|book|answer|explain|sort|repair|fix|install|cook|collect)\b[^.;\n]{0,70}$"
)
_DUTY_AFTER_EN: Final = re.compile(
    r"(?:\s\w+)?[\s-](?:sales|claims?|administration|administrator|industry|compan(?:y|ies)|agents?|products?|underwriting|specialist|polic(?:y|ies)|business|clients?|customers?"
    r"|providers?|management|services team|department|market|records?|license|experience|accounting|processing|software|systems?|schedul|questions|issues|enrollment|inquiries|status|required)\b",
    re.IGNORECASE,
)
_DENIED_KO: Final = re.compile(
    r"(?:은|는|이|가|도|를|을)? ?(?:별도로? ?|따로 ?|현재 ?|전혀 ?)?(?:(?:지원|제공|지급|적용|운영|보장|가입|이용|실시)(?:하지|되지|은|이|을|는)? ?(?:않|없|안 ?(?:됩|됨|돼|되|해|합|함)|불가|못)|미(?:지원|제공|지급|적용|운영|가입)|없(?:음|습니다|어요|다(?!면)|으며|고)|불가(?!피|능하)|안 ?(?:됩|됨|돼|해|합|나))[가-힣]{0,4}"
)
_OFFERING_KO: Final = re.compile(r"지원|제공|지급|적용|보장|미")
_DENIED_BEFORE_EN: Final = re.compile(
    r"(?:\bno\s|\bwithout\s|\bnot\s(?:currently\s)?(?:offer|provide|include)(?:ed|d)?\s|n't\s(?:currently\s)?(?:offer|provide|include)\s|\bcannot\s(?:offer|provide)\s)(?:any\s|paid\s|company\s|employer\s)?$",
    re.IGNORECASE,
)
_DENIED_AFTER_EN: Final = re.compile(
    r"(?:\s\w{1,12})?\s(?:(?:is|are)\s(?:currently\s)?not\s(?:offered|provided|included|available|covered|paid)|(?:isn't|aren't)\s(?:offered|provided|included|available)|not\s(?:offered|provided|included|available)|unavailable)",
    re.IGNORECASE,
)
_SEPARATOR: Final = re.compile(
    r"(?=[\n,/·•ㆍ|;!?.:+-]|\s[-–+a&\s])(?:[\n,/·•ㆍ|;!?]|(?<=[가-힣)])\.|[.](?=\s|$|[A-Z])| [-–] | ?\+ |^\s*-|, and | and (?=[a-z])|\s{2,}|:|\s&\s)"
)
_EDGES: Final = " \t-*•·✔✅▶▷■□●○◦※>~→+[]()<>\"'“”‘.;:,!?ᆞ│_️👉✓☑#0123456789)"
_AND_MORE: Final = re.compile(r"\s?(?:등|등등|외|etc\.?|and more)$")
_CITED_KO: Final = re.compile(r"(?:지원|제공|지급|드)[가-힣]*(?:합니다|해요|드립니다|드려요|한다|하고 있습니다)$")


_NEXT_ITEM: Final = re.compile(r"[,/·]")
_JOINT: Final = re.compile(
    r"(?:(?P<verb>(?:을|를|은|는|도)? ?[가-힣]{0,5}(?:하고|드리고|하며|드리며|이고|이며|있고|있으며),? ?(?:또 |또한 )?)|와|과|이나| ?및| ?&| and| ?또는| ?\+|,) ?\Z"
)


@dataclass(slots=True)
class _Offer:
    hit: Hit
    sure: bool
    duty: bool
    korean: bool


def find(scan: Scan) -> None:
    """Find the benefits that the text offers, and those that it denies."""
    offers = _offers(scan)
    headed = bool(scan.terms("benefit_heading"))
    if offers:
        _find_offered(scan, offers, headed=headed)
    benefit_frames.find(scan)
    speaks = headed or any(one.sure and not one.duty for one in offers)
    if not scan.text.isascii():
        benefit_frames_korean.find(scan, speaks_of_benefits=speaks)
    if not offers and not headed and not any(hit.canonical == "strong" for hit in scan.terms("benefit_part")):
        return
    benefit_lists.find(scan, speaks_of_benefits=speaks)


def _find_offered(scan: Scan, offers: list[_Offer], *, headed: bool) -> None:
    concepts = {offer.hit.canonical for offer in offers if offer.sure and not offer.duty}
    end = -1
    for at, offer in enumerate(offers):
        if offer.hit.start < end:
            continue
        if (denial := _denied(scan, offer)) is not None:
            start, stop = denial
            of = scan.text[offer.hit.start : offer.hit.end]
            scan.add("polarity", "not_allowed", start, stop, of=of, canonical=offer.hit.canonical)
            end = stop
            continue
        among = len(concepts - {offer.hit.canonical})
        if _is_offered(scan, offer, among, headed=headed):
            start, stop = _item(scan.text, offer.hit.start, offer.hit.end)
            start, stop = max(start, end), _until_next(scan.text, offers, at, stop)
            start += len(scan.text[start:stop]) - len(scan.text[start:stop].lstrip(" 및와과,&"))
            start = min(start, offer.hit.start)
            scan.add("benefit", scan.text[start:stop], start, stop, canonical=offer.hit.canonical)
            end = stop


def _until_next(text: str, offers: list[_Offer], at: int, stop: int) -> int:
    """``stop``, or where the next benefit of the same item is joined on ("석식 및 교통비 지원")."""
    here = offers[at].hit
    for other in offers[at + 1 : at + 4]:
        if other.hit.start >= stop:
            break
        joint = _JOINT.search(text, here.end, other.hit.start)
        if joint is not None and other.hit.canonical != here.canonical:
            return here.end + len(text[here.end : joint.end()].rstrip()) if joint["verb"] else joint.start()
    return stop


def _offers(scan: Scan) -> list[_Offer]:
    hits = [(hit, True) for hit in scan.terms("benefit")] + [(hit, False) for hit in scan.terms("benefit_shy")]
    hits.sort(key=lambda pair: (pair[0].start, -pair[0].end, not pair[1]))
    found: list[_Offer] = []
    end = 0
    for hit, sure in hits:
        if hit.start < end:
            continue
        korean = "가" <= scan.text[hit.end - 1] <= "힣"
        if korean and not _TAIL.match(scan.text, hit.end, hit.end + 8):
            continue
        end = hit.end
        found.append(_Offer(hit, sure, _is_duty(scan, hit, korean=korean), korean))
    return found


def _is_duty(scan: Scan, hit: Hit, *, korean: bool) -> bool:
    after = scan.clause_after(hit.end, 60)
    if korean or not scan.text.isascii():
        item = _NEXT_ITEM.split(after, 1)[0]
        if _DUTY_KO.match(after) and not _OFFER_KO.search(item[:10]):
            return True
        return _DUTY_LINE_KO.search(after) is not None and not _OFFERED_LINE_KO.search(after)
    before = scan.clause_before(hit.start, 80)
    return _DUTY_BEFORE_EN.search(before.lower()) is not None or _DUTY_AFTER_EN.match(after) is not None


def _is_offered(scan: Scan, offer: _Offer, among: int, *, headed: bool) -> bool:
    hit = offer.hit
    if offer.korean:
        if among == 0 and not headed and _RUN_KO.search(scan.clause_after(hit.end, 24)):
            return False  # someone is to run it
        if offer.sure:
            return not offer.duty or (among >= 4 and headed)
        if benefit_frames_korean.is_given(scan, hit.start, hit.end):
            return True
        offered = _OFFER_AFTER_KO.match(scan.line_after(hit.end, 24)) is not None
        return not offer.duty and offered and (among >= 1 or headed)
    before = scan.clause_before(hit.start, 90)
    said = (
        _OFFER_EN.search(before.lower()) is not None
        or _OFFER_AFTER_EN.match(scan.clause_after(hit.end, 20)) is not None
    )
    if offer.sure:
        return not offer.duty or (said and among >= 2) or among >= 4
    if benefit_frames.is_given(scan, hit.start, hit.end):
        return True
    if among < 1 or _EQUAL_CHANCES.search(before) or _EQUAL_CHANCES.search(scan.clause_after(hit.end, 60)):
        return False
    return (said and not offer.duty) or (among >= 3 and scan.stands_alone(hit.start, hit.end))


def _denied(scan: Scan, offer: _Offer) -> tuple[int, int] | None:
    hit = offer.hit
    if offer.korean:
        match = _DENIED_KO.match(scan.clause_after(hit.end, 30))
        vague = match is not None and not offer.sure and not _OFFERING_KO.search(match[0])
        return None if match is None or vague else (hit.start, hit.end + match.end())
    if not offer.sure:
        return None
    match = _DENIED_BEFORE_EN.search(scan.clause_before(hit.start, 40))
    if match is not None:
        return hit.start - len(match[0]), hit.end
    match = _DENIED_AFTER_EN.match(scan.clause_after(hit.end, 50))
    return None if match is None else (hit.start, hit.end + match.end())


def _item(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole item that the wording stands in, if it is short; else the wording."""
    first = 0
    low = max(0, start - _MAX_ITEM)
    window = text[low:start]
    for match in _SEPARATOR.finditer(window):
        first = match.end()
    following = _SEPARATOR.search(text[end : end + _MAX_ITEM + 2])
    last = end + (following.start() if following else min(_MAX_ITEM + 2, len(text) - end))
    begin = low + first
    cut = text[begin:last]
    if (first == 0 and low > 0) or len(cut) > _MAX_ITEM:
        return _word(text, start, end)
    begin = min(begin + len(cut) - len(cut.lstrip(_EDGES)), start)
    lead = _LEAD_EN.match(text, begin, start)
    begin = lead.end() if lead else begin
    last = max(end, begin + len(_AND_MORE.sub("", text[begin:last].rstrip(_EDGES))))
    if text.count("(", begin, last) > text.count(")", begin, last):
        closing = text[last : last + 1] == ")"
        last = last + 1 if closing else max(end, begin + len(text[begin : text.rfind("(", begin, last)].rstrip()))
    return begin, last


_LEAD_EN: Final = re.compile(
    r"(?:(?:and|including|also|our|or|with|plus|a|an|the|your|as well as|we offer|we provide|benefits include|we (?:also |will )?(?:cover|pay|reimburse|fund|match|give you)(?: for)?|(?:everyone|you(?:'ll)?) (?:gets?|receives?)|half of) )+",
    re.IGNORECASE,
)
_REST: Final = re.compile(
    r"(?:제도|비용|비|금|제|권)? ?(?:지원금?|제공|지급|무료|보장|운영|가입|무제한)(?![가-힣])|(?:제도|비용|비|금|제|권)(?![가-힣])"
)


def _word(text: str, start: int, end: int) -> tuple[int, int]:
    match = _REST.match(text, end, end + 10)
    return start, match.end() if match else end
