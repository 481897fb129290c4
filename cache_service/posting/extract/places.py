"""Where the job is. A place that is named for another reason (customers, markets, schools, history) is none of it.

A place counts as a label's value ("근무지: ..."), as an item of a headline ("[서울 강남]", "Nurse - Austin, TX"), where
the words beside it say that one works there ("판교 오피스에서 근무", "our Austin office", "based in Berlin"), and a
station with the way to it ("강남역 도보 5분"). ``canonical`` is a path, see ``place_phrases``; ``posting.places``
compares two of them.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract.place_phrases import CITY_AND_STATE, PlacePhrase, phrase_at
from cache_service.posting.extract.reading import Scan

_LABEL: Final = re.compile(
    r"(?:근무 ?(?:지(?:역|점)?|장소|위치|처|매장)\s?(?:\([^()\n]{0,12}\) ?)?[\])】]?\s?[:\-|은는]?"
    r"|(?:(?:^|[\s•\-\[(ㆍ*·■])(?:위치|장소|지역|주소|소재지|사무실|오피스|본사|매장|회사 ?위치|오시는 ?길)"
    r"|\b(?:locations?|office|address|where|workplace|work ?site|site|city))\s?(?:\([^()\n]{0,12}\) ?)?[\])】]?\s?[:|\])】])\s?[^:\n.!?]{0,32}$",
    re.IGNORECASE,
)
_LABEL_LINE: Final = re.compile(r"(?:근무 ?(?:지(?:역)?|장소|위치)|위치|오시는 ?길|Location|Office)[\]】)>]?\s?:?\s*$", re.IGNORECASE)
_ELSEWHERE_LINE: Final = re.compile(
    r"(?:담당|영업|관할|대상|서비스|배송|진출|희망) ?(?:지역|국가|시장)|출장|여행|견학|워크샵|워크숍|고객사|거래처|파트너|협력사|투자|진출|출신|거주|거점|지사(?:를|가|와|로)|법인|수출|수상|선정|전시|박람회|인수|졸업"
)
_HISTORY: Final = re.compile(
    r"(?<!\d)(?:19|20)?\d\d ?[년.].{0,40}(?:설립|이전|오픈|개점|준공|개소|시작|창업|선정|수상|개최|론칭|런칭|확장|출시|진출|인수|체결|개관)"
)
_GLUED: Final = re.compile(
    r"(?![가-힣A-Za-z0-9])|(?:에서|에는|에|의|으로|로|은|는|이나|이며|이고|이|가|과|와|및|도 |까지|입니다|권|근무|소재|\d?(?:호)?점|지점|지사|본사|본점|사무실|사무소"
    r"|오피스|센터|캠퍼스|공장|사옥|연구소|지역|쪽|내 |인근|근처|근교|출근|상주|포함|또는|매장|영업소|시내|전지역|일대|팀|라운지)(?!들)"
)
_NOT_A_PLACE: Final = re.compile(
    r" ?(?:대학|은행|시장(?![가-힣])|시장에|시장을|시장의|국제(?!도시|업무)|창조|경제|투자|시청|교통|지하철|신문|증권|출신|출장|여행|진출|거주|고객|시민|주민|지부|올림픽|영화제|페스티벌|패션"
    r"|전시|박람회|행사|관광|소비자|유저|사용자|정부|교육청|드라마|음식|요리|영화|문화|법인|생활권|창업|테크노파크|벤처|스타트업|언론|매출|수출|수입|학생|환자|구단|라이온즈|타워|호텔|식품|우유|보증|의료|대공원)"
)
_WORKED_AT: Final = re.compile(
    r" ?(?:(?:에 ?(?:있는|위치한|소재한|위치하고 ?있는) ?)?(?:[가-힣A-Za-z0-9]{0,10} ?)?(?:본사|본점|사무실|사무소|오피스|지점|센터|캠퍼스|공장|사옥|연구소|매장|지사|병원|학교|호텔|식당|카페"
    r"|현장|라운지|스튜디오|물류센터|\d?호?점|라인|본원|학원|유치원|어린이집|요양원|약국)?)(?: ?\([^()\n]{0,20}\))?"
    r"(?:에서|으로|로|내|에)? ?(?:함께 |상시 |주로 |전일 |매일 |주 ?5일 )?(?:근무(?!복|시간|표|자|하고 ?있|중)|일하|일할|출근|상주|채용|모집|구인|구합니다|같이 일)"
)
_LIES_AT: Final = re.compile(r" ?(?:에|에서) ?(?:있|위치|자리|소재|출근|근무|만나)")
_SUBJECT: Final = re.compile(r"(?:사무실|오피스|근무지|근무 ?장소|일터|일하(?:는|실) ?곳|매장|사옥|본사|회사|병원|공장|연구소|학원|캠퍼스|위치)(?:은|는|이|가)\s[^.\n]{0,16}$")
_NEAR: Final = re.compile(
    r"(?: ?\d{1,2}호선)?(?:에서|까지|과|와)? ?(?:과 )?(?:도보|걸어서|\d{1,2}(?:번|,\d|-\d)* ?(?:번 ?)?출구|\d{1,2} ?분|역세권|바로 ?(?:앞|옆)|코앞|초역세권|(?:인근|근처|부근|앞)(?:에|의| )? ?(?:위치|오피스|사무실"
    r"|근무|건물|에 ?있|$))"
)
_HEADLINE_AFTER: Final = re.compile(r"[^.!?\n]{0,36}(?:채용|모집|구인|구합니다|찾습니다|급구|초빙|모십니다)")
_SENTENCE: Final = re.compile(r"(?:니다|어요|아요|예요|에요|세요|됩니|합니|있는|하는|위해|통해|에서|으로)")
_ROAD_ALONE: Final = re.compile(r"(?:대로|로|길) ?\d{1,4}")
_ROAD_BEFORE: Final = re.compile(r"[가-힣]{1,8}\d{0,3}$")
_ROAD_REST: Final = re.compile(r"(?: ?[번가나다라]{0,2}길)?(?: ?\d{1,4}(?:-\d{1,4})?(?![\d층호년월일분명%]))?")
_STATION: Final = re.compile(r"역(?=(?: ?\d{1,2}호선)?(?:에서|까지|과|와)? ?(?:도보|걸어서|\d{1,2} ?번? ?출구|\d{1,2} ?분|역세권|바로|(?:인근|근처|앞)에? ?(?:위치|오피스|사무실)))")
_STATION_NAME: Final = re.compile(r"(?<![가-힣])[가-힣]{2,9}$")
_COMMON_WORDS: Final = frozenset({"경기", "동경", "인도", "파리", "세종", "한남", "서원", "센텀", "상해", "심천", "북경"})

_LABEL_EN: Final = re.compile(
    r"(?:\b(?:location|locations|office|address|where|workplace|work ?site|city|based)\s?[:\-|]\s?[^.;:\n]{0,30})$", re.IGNORECASE
)
_WORKED_IN: Final = re.compile(
    r"(?:\b(?:based|located|situated|headquartered|on-?site|in-office|hybrid|remote|full-time|part-time|position|role|job|opening|vacancy|opportunity|work|working|works|join us|reside|live|living"
    r"|hiring|here|internship|you)\s(?:is\s|be\s|will be\s)?(?:located\s|based\s)?(?:in|at|near|from|out of)"
    r"|\b(?:our|the|its)\s(?:\w+\s){0,3}(?:office|team|headquarters|hq|studio|lab|store|clinic|hospital|campus|facility|plant|warehouse|school|location|restaurant|site|branch)s?(?:\sis)?(?:\s(?:based|located))?\s(?:in|at)"
    r"|\b(?:office|team|headquarters|clinic|hospital|campus|facility|plant|warehouse|restaurant|school|store)\s(?:is\s)?(?:based\s|located\s)?in"
    r"|\brelocat(?:e|ion|ing)\sto|\bcommut\w+\s(?:to|distance (?:of|to)))\s(?:(?:downtown|central|the|our|greater|metro|sunny|beautiful|heart of)\s)*$"
    r"|\bour\s(?:new\s|growing\s|downtown\s)?$",
    re.IGNORECASE,
)
_OUR_END: Final = re.compile(r"\bour\s(?:new\s|growing\s|downtown\s)?$", re.IGNORECASE)
_WORKPLACE_EN: Final = re.compile(
    r"(?:-|\s)based\b|\s(?:area\s)?(?:office|headquarters|HQ|campus|studio|store|warehouse|plant|clinic|lab|location|hub|branch|facility|restaurant|hospital|team|site|kitchen|school|depot)\b(?!s)",
    re.IGNORECASE,
)
_ELSEWHERE_EN: Final = re.compile(
    r"\b(?:customers?|clients?|users?|markets?|travel\w*|trips?|visits?|founded|established|born|opened|started|offices|presence|operations|expand\w*|launch\w*|merchants|university|state|bank|degree|people|companies"
    r"|partners?|suppliers?|conference|event|incorporated|laws?|offers?|stores|locations|experience|expertise|republic|city|born|schools|served?|serving)\s(?:\w+\s){0,3}(?:in|to|of|from|across|throughout|for|near|at|with)?\s?(?:the\s)?$",
    re.IGNORECASE,
)
_NOT_A_PLACE_EN: Final = re.compile(
    r"'s?\s?(?:largest|leading|best)|\s(?:Times|Stock|University|College|Post|Philharmonic|Symphony|laws?\b|Board|markets?\b|customers|clients|users|Consulting|Bank|Red Sox|Medical|Department"
    r"|Police|Government|Act\b|residents|State|Health|Children|License|Bar\b|Business|Insurance|Life\b|Magazine|Review|Herald|Globe|Journal|Fashion|Marathon|brand|Works|Institute|School of|time\b|only law|privacy|Consumer|Labor|Fair|Civil|and beyond)"
)
_SENTENCE_EN: Final = re.compile(r"\b(?:is|are|was|were|has|have|we|you|our|will|with|customers|across|throughout|including|offices)\b", re.IGNORECASE)


def find(scan: Scan) -> None:
    """Find the places where the job is."""
    hits = scan.terms("location")
    at, accepted = 0, -10
    while at < len(hits):
        phrase, at = phrase_at(scan.text, hits, at)
        phrase = _with_station(scan, phrase)
        joined = _joins(scan, accepted, phrase.start)
        if _is_place(scan, phrase) and (_about_the_job(scan, phrase) or joined):
            _state(scan, phrase)
            accepted = phrase.end
    if not scan.text.isascii():
        _roads_and_stations(scan)
    if ", " in scan.text or "," in scan.text:
        _cities_with_state(scan)


def _state(scan: Scan, phrase: PlacePhrase) -> None:
    start, end = phrase.start, phrase.end
    scan.add("location", scan.text[start:end], start, end, canonical=phrase.canonical)
    scan.claim(start, end)


def _with_station(scan: Scan, phrase: PlacePhrase) -> PlacePhrase:
    """"선릉" with the 역 after it."""
    text = scan.text
    if text[phrase.end : phrase.end + 1] == "역" and "가" <= text[phrase.end - 1] <= "힣" and text[phrase.end + 1 : phrase.end + 2] not in {"사", "량", "할"}:
        return PlacePhrase(phrase.start, phrase.end + 1, phrase.path, phrase.road)
    return phrase


def _joins(scan: Scan, accepted: int, start: int) -> bool:
    """Whether this place is one more of a list whose last was one of the job: "서울 또는 부산", "Seoul or Busan"."""
    between = scan.text[accepted:start] if 0 <= accepted <= start <= accepted + 6 else None
    return between is not None and between.strip() in {",", "/", "·", "및", "또는", "&", "or", "and", "|"}


def _is_place(scan: Scan, phrase: PlacePhrase) -> bool:
    text, end = scan.text, phrase.end
    after = text[end : end + 16]
    worded = text[phrase.start : end]
    if "가" <= text[end - 1] <= "힣":
        if worded in _COMMON_WORDS and not _stands_in_headline(scan, phrase):
            return _LABEL.search(scan.line_before(phrase.start, 48)) is not None and worded != "경기"
        return bool(phrase.road) or (_GLUED.match(after) is not None and _NOT_A_PLACE.match(after) is None)
    return _NOT_A_PLACE_EN.match(text, end) is None


def _about_the_job(scan: Scan, phrase: PlacePhrase) -> bool:
    return _korean(scan, phrase) if "가" <= scan.text[phrase.start] <= "힣" else _english(scan, phrase)


def _korean(scan: Scan, phrase: PlacePhrase) -> bool:
    start, end = phrase.start, phrase.end
    before, after = scan.line_before(start, 60), scan.line_after(end, 40)
    if _HISTORY.search(before[-40:] + scan.text[start:end] + after):
        return False
    if _LABEL.search(before) and not _ELSEWHERE_LINE.search(before):
        return True
    if not before.strip("-•·ㆍ* ") and _label_line_above(scan, start):
        return True
    if "셔틀" in after or "통근" in after or _ELSEWHERE_LINE.search(before) or _ELSEWHERE_LINE.match(after.lstrip(" 에로의")):
        return False
    if _WORKED_AT.match(after) or (_SUBJECT.search(before) and (_LIES_AT.match(after) or after.startswith(("입니", "이에", "예요")))):
        return True
    if scan.text[end - 1] == "역" and _NEAR.match(after):
        return True
    return _stands_in_headline(scan, phrase) or _opens_headline(before, after)


def _label_line_above(scan: Scan, start: int) -> bool:
    above = scan.text[max(0, start - 40) : start].rstrip(" \n-•·ㆍ*")
    return "\n" in scan.text[max(0, start - 12) : start] and _LABEL_LINE.search(above[above.rfind("\n") + 1 :]) is not None


def _stands_in_headline(scan: Scan, phrase: PlacePhrase) -> bool:
    """An item of a short line that is no sentence."""
    if not scan.stands_alone(phrase.start, phrase.end):
        return False
    listed = _LISTED.match(scan.text, phrase.end)
    if listed is not None and not _LIST_END.match(scan.text, listed.end()):
        return False
    line = scan.line_before(phrase.start, 80) + scan.line_after(phrase.end, 60)
    if len(line) > 90 or _ELSEWHERE_LINE.search(line) or (line.count(",") > 2 and "," in scan.text[phrase.end : phrase.end + 2]):
        return False
    return _SENTENCE.search(line) is None


# The rest of a list that a place opens: "/대만 CS 응대" goes on with a word and is no list of places.
_LISTED: Final = re.compile(r"(?: ?[/·,] ?[^\s/·,()\[\]|]{1,12})+")
_LIST_END: Final = re.compile(r" ?(?:$|[\n|()\[\]~]| [-–]|근무|지역|채용|모집|중 ?택|점\b)")


def _opens_headline(before: str, after: str) -> bool:
    opened = before.strip()
    return (not opened or opened[-1] in "])】>") and after.startswith(" ") and _HEADLINE_AFTER.match(after) is not None


def _english(scan: Scan, phrase: PlacePhrase) -> bool:
    start, end = phrase.start, phrase.end
    before, after = scan.clause_before(start, 60), scan.line_after(end, 40)
    if _LABEL_EN.search(before):
        return True
    if _ELSEWHERE_EN.search(before) or _AUTHORISED.search(before):
        return False
    if _OUR_END.search(before):
        return _WORKPLACE_EN.match(after) is not None
    if _WORKED_IN.search(before) or _WORKPLACE_EN.match(after) or _after_title(scan, start):
        return True
    if _KOREAN_WORK.match(after):
        return True
    line = scan.line_before(start, 80) + scan.line_after(end, 60)
    return len(line) <= 90 and scan.stands_alone(start, end) and _SENTENCE_EN.search(line) is None and line.count(",") < 3


_AUTHORISED: Final = re.compile(r"authori[sz]|eligib|legal|right to|permit|visa|sponsor", re.IGNORECASE)
_IN: Final = re.compile(r"(?: position| role| job)?(?:s)? (?:in|at) $")


def _after_title(scan: Scan, start: int) -> bool:
    """Whether "<title> in " stands right before."""
    found = _IN.search(scan.text, max(0, start - 18), start)
    return found is not None and any(hit.end in {found.start(), found.start() + 1} for hit in scan.terms("title_head"))


_KOREAN_WORK: Final = re.compile(r" ?(?:오피스|본사|사무실|지사)?(?:에서)? ?(?:근무|출근|상주)")


def _roads_and_stations(scan: Scan) -> None:
    """Roads and stations that no list has: "언주로 106길 41" as a label's value, "이수역 도보 3분"."""
    text = scan.text
    taken = [(one.fact.start, one.fact.end) for one in scan.findings if one.fact.type == "location"]
    if "역" in text:
        known = [(hit.start, hit.end) for hit in scan.terms("location")]
        for match in _STATION.finditer(text):
            name = _STATION_NAME.search(text, max(0, match.start() - 10), match.start())
            if name is not None and not any(start <= name.start() < end for start, end in (*taken, *known)):
                scan.add("location", text[name.start() : match.end()], name.start(), match.end(), canonical=fold(name[0]))
    for match in _ROAD_ALONE.finditer(text):
        name = _ROAD_BEFORE.search(text, max(0, match.start() - 12), match.start())
        if name is None or any(start <= match.start() < end for start, end in taken):
            continue
        rest = _ROAD_REST.match(text, match.end())
        start, end = name.start(), rest.end() if rest else match.end()
        if scan.stands_alone(start, end) or _LABEL.search(scan.line_before(start, 48)):
            _state(scan, PlacePhrase(start, end, (), fold(text[start:end])))


def _cities_with_state(scan: Scan) -> None:
    taken = [(one.fact.start, one.fact.end) for one in scan.findings if one.fact.type == "location"]
    for match in CITY_AND_STATE.finditer(scan.text):
        start, end = match.span()
        if any(begin < end and start < last for begin, last in taken):
            continue
        city, _, rest = match[0].partition(",")
        phrase = PlacePhrase(start, end, ("us", rest.split()[0].lower().strip(","), city.lower()))
        if _english(scan, phrase):
            _state(scan, phrase)
