"""Where the job is. Places named for other reasons (universities, banks, markets, customers, history) are none.

A place counts beside a label, alone between two separators, before what is done or stands there ("판교에서 근무",
"Austin office"), with a street or a station's exit, or after "based in". Its canonical form is a path from the large
to the small, so that 경기 성남시 분당구 and 경기도 성남시 분당구 are one and 판교 is known to lie in both.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.plain import plain
from cache_service.posting.extract.reading import Scan, Spans
from cache_service.posting.extract.terms import LEXICON, Hit

# What may follow a Korean place: an end, a particle, or what stands there.
_ENDS_KO: Final = re.compile(
    r"(?![가-힣])|(?:로|길|대로) ?\d|(?:특별시|광역시|시|군|구|동|역|점|권)?(?:에서는|에서의|에서도|에서|에는|에도|에|의|으로|로|은|는|을|를|과|와|이|가|까지|부터"
    r"|입니다|이며|이고|이에요|예요|내|권|본사|지사|지점|점|오피스|사무실|사무소|센터|공장|매장|캠퍼스|사옥|소재|일대|인근|근처|지역|시내|역|동)(?![가-힣])"
    r"|(?:본사|지사|지점|점|오피스|사무실|사무소|센터|공장|매장|캠퍼스|사옥|현장)(?:에서|에|로|으로|의|입니다|,)"
)
_GAP: Final = re.compile(r" ?[,·/>|]? ?\(?|\s?-\s?")
_NUMBER: Final = r" ?\d{1,5}(?:-\d{1,4})?(?:번길|길)?(?: ?\d{1,5}(?:-\d{1,4})?(?:번지|호|층)?)?"
_STREET: Final = re.compile(
    rf"(?:로|길|대로){_NUMBER}(?![가-힣])"
    rf"| ?(?:[가-힣]{{1,8}}(?:구|군|읍|면) ?)?(?:[가-힣]{{1,10}}\d{{0,4}}(?:로|길|대로){_NUMBER}"
    rf"|[가-힣]{{1,4}}\d{{0,2}}동(?={_NUMBER}| ?[,)(./|]|$|에서|에 )(?:{_NUMBER})?)(?![가-힣])"
)
_EXIT: Final = re.compile(r" ?(?:\d호선 ?)?(?:\d{1,2}번 ?)?(?:출구|도보|역세권|에서 도보|근처|인근|부근)")
_STATION: Final = re.compile(
    r"(?<![가-힣])(?!지하철|기차|무슨|해당|이 )[가-힣]{2,8}역(?= ?(?:\d{1,2}(?:번 ?출구|분)|도보|인근|근처|부근|역세권|출구|앞|바로))"
    r"|(?<![가-힣])[가-힣]{2,4}(?:국제)?공항(?= ?(?:제\d|터미널|근무|현장|내 |에서|$|[,.)\n]))"
    r"|(?<![가-힣])[가-힣]{2,6}(?:산업단지|산단|공단|혁신도시|신도시|연구단지|테크노밸리|자유무역지역)(?= ?(?:내 |에서|에 |근무|현장|소재|위치|$|[,./|·)\n]))"
)
# What the names above end with: without it no name is looked for.
_STATION_TAIL: Final = re.compile(
    r"역 ?(?:\d{1,2}(?:번 ?출구|분)|도보|인근|근처|부근|역세권|출구|앞|바로)"
    r"|공항 ?(?:제\d|터미널|근무|현장|내 |에서|$|[,.)\n])"
    r"|산업단지|산단|공단|혁신도시|신도시|연구단지|테크노밸리|자유무역지역"
)
_NAME: Final = r"[A-ZÀ-ÖØ-ÞČŁŚŞŽ][a-zß-ÿ'’-]{2,}(?:[ -](?:(?:upon|on|le|la|de|of|the|sur|am|an|in|under)[ -]){0,2}[A-ZÀ-ÖØ-ÞČŁŚŞŽ][a-zß-ÿ'’-]{2,}){0,2}"
_TOWN_IN: Final = re.compile(
    rf" (?:in|near|outside|just outside|close to|above) (?:downtown |central |sunny |rural |the (?:heart|centre|center|middle|suburbs|north|south|east|west|outskirts) of |beautiful |historic |leafy )?"
    rf"(?P<town>{_NAME})(?=[.,;:)!|\n]|$| [(–-]| (?:needs?|seeks|wants|has|is (?:looking|hiring|seeking)|looking|and (?:is|has|needs)|with|from|starting)\b)"
)
_LEADS_IN: Final = re.compile(
    r"\b(?:based|located|situated|(?:office|site|shop|store|warehouse|clinic|depot|plant|factory|studio|bakery|farm|workshop|branch|hotel|restaurant|kitchen|garage|salon|practice|surgery|laborator(?:y|ie)|lab|showroom|"
    r"headquarter|hospital|campu|yard|mill|brewer(?:y|ie)|winer(?:y|ie)|nurser(?:y|ie)|bookshop|pharmac(?:y|ie)|premise|headquarter|café|cafe|pub|inn|opening|vacanc(?:y|ie)|job|post|position)(?:e?s)?(?: (?:is|are|stands?|sits?|lies|will be))?"
    r"|on-?site|(?:you|days?|three|two|four) (?:are|is)|work(?:ing)?|join us|come and work|live and work|here)\Z"
)
_LABELLED_TOWN: Final = re.compile(
    rf"(?:^|(?<=[\n|·•;.] )|(?<=[\n|·•;*-]))(?:[Ww]ork(?:ing)? |[Jj]ob |[Oo]ffice )?(?:[Ll]ocation|[Pp]lace of work|[Ww]orkplace|[Ww]ork ?site|[Ss]ite|[Dd]uty station|[Pp]lace|[Bb]ase|[Ww]here|[Bb]ased in) ?[:|] ?(?P<town>{_NAME})(?=[,.;|(\n]|$| [-–(])",
    re.MULTILINE,
)
_OUR_TOWN: Final = re.compile(
    rf"\b(?:[Oo]ur|[Tt]he|[Aa]) (?P<town>{_NAME})(?= (?:office|branch|depot|studio|plant|store|shop|clinic|campus|warehouse|showroom|factory|workshop)\b)"
)
_LABELS_TOWN: Final = Cues(
    "location:",
    "location :",
    "location|",
    "location |",
    "place of work",
    "workplace",
    "worksite",
    "work site",
    "site:",
    "duty station",
    "place:",
    "base:",
    "where:",
    "based in:",
)
_OUR_CUES: Final = Cues(
    " office",
    " branch",
    " depot",
    " studio",
    " plant",
    " store",
    " shop",
    " clinic",
    " campus",
    " warehouse",
    " showroom",
    " factory",
    " workshop",
)
_LONGEST_LEAD: Final = 24
_NO_TOWN: Final = frozenset(
    """January February March April May June July August September October November December English Korean Spanish French German Spring Summer Autumn
    Fall Winter Remote Hybrid Onsite On-site Various Multiple Anywhere Flexible Nationwide Home Online Worldwide Monday Tuesday Wednesday Thursday Friday
    Saturday Sunday Christmas Easter New Head Main Central Regional Local Mobile Virtual Global Corporate Design Marketing Sales Finance Engineering
    Retail Flagship Apple Company Back Front Post Box Ticket Nurse Steel Power Chemical Print Model Photo Dental Vet School North South West East Southern Northern""".split()
)
_STATION_WORDS: Final = Cues("역", "공항", "단지", "산단", "공단", "도시", "밸리", "자유무역")
_REGION: Final = (
    r"(?:(?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]"
    r"|ON|BC|AB|QC|NS|MB|SK)\b(?:,? ?\d{5})?"
    r"|(?:USA|US|UK|Canada|Germany|France|Japan|Korea|South Korea|Australia|New Zealand|Ireland|India|Spain|Netherlands"
    r"|England|Scotland|Wales|Rhode Island|Nova Scotia|Ontario|Alberta|British Columbia|Quebec|Texas|California|Florida|Illinois"
    r"|Ohio|Oregon|Washington|Colorado|Georgia|Michigan|Virginia|Massachusetts|Arizona|Nevada|Utah|Minnesota|Wisconsin|Tennessee"
    r"|Pennsylvania|North Carolina|South Carolina|New York|New Jersey|Maryland|Missouri|Indiana|Kentucky|Louisiana|Iowa|Kansas"
    r"|Alabama|Maine|Vermont|Idaho|Montana|Hawaii|Alaska)\b)"
)
_STATE: Final = re.compile(rf",? {_REGION}")
# A town that no list knows, with its state or country.
_IN_REGION: Final = re.compile(rf", {_REGION}")
_TOWN: Final = re.compile(r"(?<![A-Za-z.'-])(?:[A-Z][a-z]+\.? ){0,2}[A-Z][a-z]{2,}\Z")
_LONGEST_TOWN: Final = 100
_LABEL: Final = re.compile(
    r"(?:근무 ?(?:지역|장소|위치|처|지)(?: ?주소)?|위치|소재지|주소|지역|본사|사무실|오피스|일하는 곳|location|office|based|address|work ?place|where|site)"
    r"(?: ?(?:은|는|:|-|\||\]|>|\)|\(|이|가|at|in|is|약))*\s*$",
)
_DONE_KO: Final = re.compile(
    r"(?:시|군|구|동|역|점)?(?:에서|에|으로|로)(?:만|의|도)? ?(?:위치(?!한 고객)|있(?:는|습|으)|근무|일하|일할|일합|일해|출근|상주|자리|함께|소재|채용|모집|뵙|만나|문을 (?:연|열|여)|문 (?:연|열)|뿌리|둥지|터(?:를)? 잡|본사를|본점을|기반을|개원|개업|개점)"
    r"|(?:시|군|구|동|역)? ?(?:본사|지사|지점|오피스|사무실|사무소|센터|공장|매장|캠퍼스|사옥|현장|점)(?:에서|에|로|으로|입니다|의)? ?(?:위치|근무|일하|일할|일합|일해|출근|상주|함께|입니다|$|[.,\n)])"
    r"|(?:시|군|구|동|역)? ?(?:근무|소재|거주|상차|하차|출발)(?!자 우대)"
)
_BEFORE_EN: Final = re.compile(
    r"(?:\b(?:based|located|office|offices|headquartered|position|role|job|opportunity|work(?:ing)?|on-?site|in-?person"
    r"|opening|hiring|team|studio|store|clinic|hospital|warehouse|school|restaurant|facility|plant|branch|site|hub|join us)"
    r" (?:is |are )?(?:based |located )?(?:in|at|near|out of)(?: (?:our|downtown|central|the|sunny))?|\bour|\bat our|\bin our|\bthe) $",
)
_STRONG_BEFORE: Final = re.compile(
    r"\b(?:based|located|in|at|near|outside|out of)(?: (?:our|downtown|central|sunny|rural|beautiful))? $"
)
_CLOSED: Final = re.compile(
    r"[.,;)\n!|]| (?:and |with|\((?:hyb|rem)|needs? |seeks |wants |is (?:looking|hiring|seeking|recruiting))"
)
_PART_OF_TOWN: Final = re.compile(r"\b(?:downtown|central|greater|north|south|east|west|inner|old|midtown) $")
_OFFICE_AFTER: Final = re.compile(
    r"(?:-based\b| (?:office|headquarters|HQ|location|studio|store|branch|site|warehouse|clinic|campus|plant|hub|showroom|facility)\b)",
    re.IGNORECASE,
)
_NOT_AFTER: Final = re.compile(
    r"(?:시|도)?(?:대학|대병원|은행|교통공사|시장 ?(?:진출|공략|점유)|진출|출장|여행|지역 ?(?:영업|담당|고객)|시청|도청|법원|신문|일보|펀드|도시락|고객|본부 ?담당|출신|산 |식 )"
    r"| (?:times|university|bank|stock exchange|market\b|college|customers?|clients?|institute|museum|marathon|accord|school of)"
    r"|(?:에서|에) (?:시작|설립|창업|태어|출발|열린|개최)",
    re.IGNORECASE,
)
_NOT_BEFORE: Final = re.compile(
    r"(?:출장|여행|진출|법인|고객사|수출|travel(?:ing)? to|trips? to|university of|bank of|founded in|started in|began in|clients? in"
    r"|customers? in|markets? in|degree from|university in|expan\w+ (?:in)?to|born in|relocat\w+ (?:from|to))(?: ?[:은는이가,(]?) ?$",
)


def find(scan: Scan) -> None:
    """Find where the job is."""
    hits = [hit for hit in scan.terms("location") if _stands(scan.text, hit)]
    at = stated = 0
    while at < len(hits):
        run = [hits[at]]
        while at + len(run) < len(hits) and _joins(scan.text, run[-1], hits[at + len(run)]):
            run.append(hits[at + len(run)])
        stated = _state(scan, run) if run[0].start >= stated else stated
        at += len(run)
    if ", " in scan.text:
        _unlisted(scan)
    _towns(scan)
    if scan.has(_STATION_WORDS) and _STATION_TAIL.search(scan.text):
        _stations(scan)


def _towns(scan: Scan) -> None:
    """English towns that no list knows, where the words around them can only lead to a place: "our site in Ghent"."""
    text = scan.text
    matches = [
        match
        for match in _TOWN_IN.finditer(text)
        if _LEADS_IN.search(text, max(0, match.start() - _LONGEST_LEAD), match.start())
    ]
    matches += _LABELLED_TOWN.finditer(text) if scan.has(_LABELS_TOWN) else ()
    matches += scan.around(_OUR_TOWN, _OUR_CUES, 48, 16) if scan.has(_OUR_CUES) else ()
    known = scan.spans_of("location", "skill", "title", "company") if matches else Spans(())
    for match in matches:
        start, end = match.span("town")
        first = re.split("[ -]", match["town"], maxsplit=1)[0]
        if not known.touch(start, end) and first not in _NO_TOWN and match["town"] not in _NO_TOWN:
            scan.add("location", match["town"], start, end, canonical=place_of(match["town"]))


def _stations(scan: Scan) -> None:
    """Stations that no list knows: 홍대입구역 3분 거리."""
    known = scan.spans_of("location")
    for match in _STATION.finditer(scan.text):
        if not known.touch(*match.span()):
            scan.add("location", match[0], *match.span(), canonical=place_of(match[0]))


def _unlisted(scan: Scan) -> None:
    known = {one.fact.end for one in scan.findings if one.fact.type == "location"}
    text, done = scan.text, 0
    for region in _IN_REGION.finditer(text):
        town = _TOWN.search(text, max(done, region.start() - _LONGEST_TOWN), region.start())
        if town is None:
            continue
        start, done = town.start(), region.end()
        if done not in known and _is_of_the_job(scan, start, done, hangul=False):
            scan.add("location", text[start:done], start, done, canonical=place_of(text[start:done]))


def _stands(text: str, hit: Hit) -> bool:
    last = text[hit.end - 1]
    if "가" <= last <= "힣":
        return _ENDS_KO.match(text, hit.end) is not None and _NOT_AFTER.match(text, hit.end) is None
    return text[hit.start].isupper() and _NOT_AFTER.match(text, hit.end) is None


def _joins(text: str, one: Hit, other: Hit) -> bool:
    gap = _GAP.match(text, one.end)
    if gap is None or gap.end() != other.start:
        return False
    mine, theirs = one.canonical.split("/"), other.canonical.split("/")
    return mine[0] == theirs[0] and len(theirs) >= len(mine)


def _state(scan: Scan, run: list[Hit]) -> int:
    """Note the place that ``run`` names if it is of the job; where its words end."""
    text, start, end = scan.text, run[0].start, run[-1].end
    hangul = "가" <= text[end - 1] <= "힣"
    street = _STREET.match(text, end) if hangul else _STATE.match(text, end)
    after = street.end() if street else end
    if not (
        _is_of_the_job(scan, start, after, hangul=hangul)
        or _is_an_address(scan, run)
        or (street is not None and len(run) + hangul > 1)
    ):
        return end
    scan.add("location", text[start:after], start, after, canonical=place_of(text[start:after]))
    if street is not None:
        scan.claim(end, after)
    return after


def _is_an_address(scan: Scan, run: list[Hit]) -> bool:
    """From the large to the small, in Korean: nobody writes 서울 송파구 잠실동 of anything but where something is."""
    steps = [hit.canonical.count("/") for hit in run]
    if len(run) < 2 or steps != sorted(set(steps)) or not "가" <= scan.text[run[-1].end - 1] <= "힣":
        return False
    if any(scan.text[one.end : other.start] != " " for one, other in itertools.pairwise(run)):
        return False
    return _NOT_BEFORE.search(scan.line_before(run[0].start, 40).lower()) is None


def _is_of_the_job(scan: Scan, start: int, end: int, *, hangul: bool) -> bool:
    before = scan.line_before(start, 40).lower()
    if _NOT_BEFORE.search(before):
        return False
    if not hangul and (part := _PART_OF_TOWN.search(before)) is not None:
        start -= len(part[0])
    if scan.stands_alone(start, end) or _LABEL.search(before):
        return True
    text = scan.text
    if hangul:
        return _DONE_KO.match(text, end) is not None or _EXIT.match(text, end) is not None
    if _OFFICE_AFTER.match(text, end):
        return True
    closed = end == len(text) or _CLOSED.match(text, end) is not None
    return _BEFORE_EN.search(before) is not None or (closed and _STRONG_BEFORE.search(before) is not None)


@lru_cache(maxsize=2048)
def place_of(worded: str) -> str:
    """The comparable form of a place: the paths of the places it names, joined, then what no list knows."""
    text = _with_code(plain(worded)[0])
    hits = [hit for hit in LEXICON.find(text).get("location", []) if _stands(text, hit)]
    parts: dict[str, None] = {}
    rest, at = "", 0
    for hit in hits:
        parts.update(dict.fromkeys(hit.canonical.split("/")))
        rest += text[at : hit.start]
        at = hit.end
    rest = re.sub(r"[^\w]", "", fold(rest + text[at:])) if hits else fold(text)
    state = _STATE.sub("", rest) if parts else rest
    state = _STATES.get(state, state)
    return "/".join([*parts, *([f"+{state}"] if state and not _says_nothing(state, parts) else [])])


_STATES: Final = {
    name: code.lower()
    for code, name in (
        pair.split(":")
        for pair in """AL:alabama AK:alaska AZ:arizona AR:arkansas CA:california CO:colorado CT:connecticut DE:delaware FL:florida GA:georgia
        HI:hawaii ID:idaho IL:illinois IN:indiana IA:iowa KS:kansas KY:kentucky LA:louisiana ME:maine MD:maryland MA:massachusetts MI:michigan
        MN:minnesota MS:mississippi MO:missouri MT:montana NE:nebraska NV:nevada NH:newhampshire NJ:newjersey NM:newmexico NY:newyork
        NC:northcarolina ND:northdakota OH:ohio OK:oklahoma OR:oregon PA:pennsylvania RI:rhodeisland SC:southcarolina SD:southdakota
        TN:tennessee TX:texas UT:utah VT:vermont VA:virginia WA:washington WV:westvirginia WI:wisconsin WY:wyoming ON:ontario
        BC:britishcolumbia AB:alberta QC:quebec NS:novascotia MB:manitoba SK:saskatchewan""".split()
    )
} | {
    name: code.lower()
    for code, names in (
        pair.split(":")
        for pair in """JPN:japan,일본 CHN:china,중국 VNM:vietnam,베트남 THA:thailand,태국 IDN:indonesia,인도네시아 PHL:philippines,필리핀
        MYS:malaysia,말레이시아 IND:india,인도 ARE:uae,unitedarabemirates AUS:australia,호주 NZL:newzealand,뉴질랜드
        GBR:uk,unitedkingdom,england,scotland,영국 IRL:ireland,아일랜드 FRA:france,프랑스 DEU:germany,독일 NLD:netherlands,네덜란드
        BEL:belgium,벨기에 CHE:switzerland,스위스 AUT:austria,오스트리아 CZE:czechrepublic,czechia,체코 POL:poland,폴란드
        HUN:hungary,헝가리 ESP:spain,스페인 PRT:portugal,포르투갈 ITA:italy,이탈리아 SWE:sweden,스웨덴 DNK:denmark,덴마크
        NOR:norway,노르웨이 FIN:finland,핀란드 GRC:greece,그리스 ISR:israel,이스라엘 TUR:turkey,튀르키예 CAN:canada,캐나다
        MEX:mexico,멕시코 BRA:brazil,브라질""".split()
    )
    for name in names.split(",")
}


_AFTER_TOWN: Final = re.compile(r",\s*(?:the )?([A-Za-z][A-Za-z .]+?)\.?$", re.IGNORECASE)
_SHORT_COUNTRIES: Final = {
    "nz": "NZL", "uk": "GBR", "uae": "ARE", "jp": "JPN", "de": "DEU", "fr": "FRA", "ie": "IRL", "nl": "NLD", "es": "ESP", "au": "AUS",
}  # fmt: skip


def _with_code(text: str) -> str:
    """``text`` with the state or country after its last comma as a code: "Springfield, Illinois", "Hamilton, NZ"."""
    if (match := _AFTER_TOWN.search(text)) is None:
        return text
    name = fold(match[1])
    code = _SHORT_COUNTRIES.get(name) or _STATES.get(name, "")
    return f"{text[: match.start()]}, {code.upper()}" if code else text


def _says_nothing(rest: str, parts: dict[str, None]) -> bool:
    """A state that the path has already, or words such as 근무 and office."""
    return rest.upper() in parts or rest in {
        "usa",
        "us",
        "uk",
        "본사",
        "office",
        "지역",
        "내",
        "역",
        "한국",
        "korea",
        "시",
        "구",
        "도",
    }


def same_place(one: str, other: str) -> bool:
    """Whether two wordings name the same place: 경기 성남시 분당구, 경기도 성남시 분당구."""
    return set(place_of(one).split("/")) == set(place_of(other).split("/"))


def within(stated: str, of: str) -> bool:
    """Whether ``stated`` is ``of`` or says less of the same place: 서울 of 서울 강남구; 판교 lies in 성남."""
    return set(place_of(stated).split("/")) <= set(place_of(of).split("/")) or fold(stated) in fold(of)
