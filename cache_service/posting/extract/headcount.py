"""How many people are hired. The size of a team or of the company is a plain number."""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.reading import Scan

_LABEL: Final = re.compile(
    r"(?:(?:채용|모집|선발) ?(?:예정 ?)?인원(?:수)?|인원(?= ?:)|(?-i:TO)|head ?count|openings?|vacanc(?:y|ies)"
    r"|positions? available|number of (?:hires|openings|positions|posts|places|jobs|vacancies|staff required|people(?: to be)? hired))"
    r" ?(?:은|는|:|-|\||\()? ?(?:총|약|of)? ?$",
    re.IGNORECASE,
)
_PERSONS: Final = re.compile(r" ?(?:여 ?)?(?:명|분|인(?![가-힣])|名)")
_HIRED: Final = re.compile(
    r" ?(?:여 ?)?(?:명|분|인) ?(?:\)|을|를|의|만|정도|내외|이상|\s){0,3}(?:[가-힣A-Za-z]{1,10}(?:을|를)\s)?(?:신규 ?|추가 ?|추가로 ?|더 ?)?(?:채용|모집|선발|뽑"
    r"|구인|급구|충원|모셔|모십|모시|찾습|찾고|구합|구함|구해요|초빙)"
)
_HIRING_BEFORE: Final = re.compile(
    r"(?:채용|모집|선발) ?(?:\(|:|-|은|을)? ?(?:총|약)? ?$|(?:^|[\s,/·(])(?:신규|신입|경력|경력직|각|정규직|계약직) ?$"
    r"|(?:충원|모집|채용|구인|선발)[^\n.]{0,16}총 ?$"
)
_ENGLISH_BEFORE: Final = re.compile(
    r"\b(?:hiring|recruiting|hire|recruit|looking for|seeking|appoint(?:ing)?|tak(?:e|ing) on|employ|room for|vacanc(?:y|ies) for|fill)\s(?:for\s)?(?:up to\s|another\s|a further\s|exactly\s|just\s|only\s|around\s|about\s|some\s)?$",
    re.IGNORECASE,
)
_NEEDS: Final = re.compile(
    r"\b(?:needs?|wants?|seeks?|hir(?:es|ing)|for|appoints?|appointing|recruits?|takes? on|taking on|looking for|adding|add|employ)\s(?:up to\s|another\s)?$",
    re.IGNORECASE,
)
_ENGLISH_AFTER: Final = re.compile(
    r" (?:\(\d{1,3}\)\s)?(?:(?:full-time|part-time|open|available|new)\s)?(?:openings?|vacanc(?:y|ies)"
    r"|(?:contract|permanent|temporary|seasonal|fixed-term|full-time|part-time|open|vacant) positions?"
    r"|positions?(?! (?:in|of))|posts(?= (?:are|available|open|to)|[.,)]|$)|headcount|hires|new (?:colleagues|starters|hires|recruits)(?= (?:wanted|needed|to join))|seats?(?= (?:open|available))|people(?= (?:needed|wanted|to join)))\b",
    re.IGNORECASE,
)
_NOT_PEOPLE: Final = re.compile(
    r" ?(?:\+|%|-|(?:\w+\s){0,2}?(?:years?|yrs?|months?|days?|hours?|percent)\b)", re.IGNORECASE
)
_PAST: Final = re.compile(
    r"(?:누적|지난|작년|팀원|직원|구성원|임직원|고객|사용자|회원|규모|평균|퇴사|이직|매년|매월)[^\n]{0,14}$"
)
_UNSPECIFIED: Final = re.compile(
    r"(?=[0NOXox○◯〇너다두몇서세약여한])"
    r"(?:(?<![\d가-힣A-Za-z,.○◯])(?:0{1,3}|[Oo○◯〇]{1,3}|N|[Xx]{2,3}) ?명(?![확예칭함시단령])"
    r"|(?:한|두|세) ?자릿? ?수(?! ?(?:성장|증가|이상의? ?(?:성장|매출)|금리))(?: ?(?:명|인원))?|약간 ?명|(?<![가-힣])(?:두어|서너|너댓|여러|몇|다수) ?명)"
)
_HIRED_UNSPECIFIED: Final = re.compile(r"[^\n.]{0,12}?(?:채용|모집|선발|뽑|구인|충원|모십|모시|찾습|찾고)")
_HIRING_LABEL: Final = re.compile(r"(?:채용|모집|선발|인원|TO)[^\n.]{0,10}$")
_SURE: Final = ("0", "O", "o", "○", "◯", "〇", "N", "X", "x", "약간")
_SEVERAL: Final = re.compile(
    r"\b(?:several|multiple|various|numerous|a few|many|some)\s(?:(?:full-time|part-time|open|available|new)\s)?"
    r"(?:openings|vacancies|(?:open )?positions(?=\s(?:available|open|to fill)|[.!,]|$))"
    r"|\b(?:hiring|recruiting|appointing|need|needs|seeking|taking on|looking for)\s(?:several|multiple|a few|a number of|a handful of|various|numerous)\s(?!years|months|weeks|days|sites|offices|locations|branches|awards|clients|customers|teams|projects|times)(?=[A-Za-z])"
    r"|\b(?:has|have)\s(?:several|multiple|a number of|various|numerous)\s(?:\w+\s){0,2}(?:openings|vacancies|positions|posts|roles|jobs)\b"
    r"|\b(?:several|multiple|various|numerous|a number of|a few)\s(?:posts|hires|openings|jobs|roles|places|positions|vacancies)(?=\s(?:are|available|open|to fill|for)\b|\s*$|[.!,|)])",
    re.IGNORECASE | re.MULTILINE,
)
_SEVERAL_WORDS: Final = Cues(
    "openings",
    "vacancies",
    "positions",
    "hiring",
    "recruiting",
    "several",
    "multiple",
    "numerous",
    "various",
    "a number of",
    "a handful",
    "a few",
)
_SEVERAL_BEGIN: Final = Cues(
    "several", "multiple", "various", "numerous", "a few", "many", "some", "hiring", "recruiting", "appointing", "need", "seeking", "taking on", "looking for", "has ", "have ", "a number of"
)  # fmt: skip
_ONE: Final = re.compile(r"single (?:opening|vacancy|position|post|hire)\b", re.IGNORECASE)
_ONE_WORDS: Final = Cues("single open", "single vac", "single pos", "single hire")
_AFTER_LABEL: Final = re.compile(r"(?:모집|채용|구인) ?(?:분야|직종|부문)? ?[:|] ?[가-힣A-Za-z ]{2,16} $")
_COUNTED_ITEM: Final = re.compile(r"(?:직|직\([^()]{0,30}\)), ?$")
_TIMES: Final = re.compile(r" ?\(?[x×] ?\Z", re.IGNORECASE)
# People counted without a counter, or as 사람: "둘을 찾습니다", "네 사람을 모십니다".
_COUNTED: Final = {word: value for value, words in enumerate(
    ("하나 한", "둘 두", "셋 세", "넷 네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"), 1) for word in words.split()
}  # fmt: skip
_COUNTED_KO: Final = re.compile(
    r"(?<![가-힣])(?:(?P<bare>둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열)(?:을|를|만)|(?P<people>한|두|세|네|다섯|여섯|일곱|여덟|아홉|열) ?사람(?:을|만)?)"
    r" ?(?:더 |새로 |추가로 |함께 |모두 )?(?:찾|뽑|모시|모십|모집|채용|구합|구해|기다|초빙|선발)"
)
_COUNTED_WORDS: Final = Cues("둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉", "사람")
_ALONE_ENDS: Final = frozenset("·|•ㆍ\n")
_GATE: Final = Cues(
    "명", "분", "인", "자릿", "자리", "to", "open", "vacan", "position", "head", "hiring", "hire", "recruit", "looking for", "seeking",
    "number of",
)  # fmt: skip


def find(scan: Scan) -> None:
    """Find how many people are hired, ``unspecified`` for 0명, OO명, 한 자릿수 and "several openings"."""
    _uncounted(scan)
    titles = [one.fact for one in scan.findings if one.fact.type == "title"]
    if not scan.has(_GATE) and not titles:
        return
    starts, ends = frozenset(title.start for title in titles), frozenset(title.end for title in titles)
    _unspecified(scan)
    for numeral in scan.numerals:
        if numeral.taken or numeral.idle or numeral.name or not isinstance(numeral.value, int):
            continue
        if numeral.value > 1_000_000 or numeral.value == 1099:  # 1099 is a tax form
            continue
        end = _end(scan, numeral.start, numeral.end, beside=numeral.start - 1 in ends)
        if end is None and (times := _TIMES.search(scan.text, max(0, numeral.start - 5), numeral.start)) is not None:
            end = numeral.end if times.start() in ends else None  # "Crane Operator x 3"
        if end is None and numeral.end + 1 in starts and _is_needed(scan, numeral.start):
            end = numeral.end  # "needs 4 Office Cleaners", "12 Seasonal Pickers, ..."
        if end is not None:
            if _PAST.search(scan.line_before(numeral.start, 28)):
                continue
            scan.add("headcount", numeral.value, numeral.start, end)
            scan.claim(numeral.start, end)


def _uncounted(scan: Scan) -> None:
    """People without a counter behind their number."""
    if scan.has(_COUNTED_WORDS):
        for match in _COUNTED_KO.finditer(scan.text):
            number = match["bare"] or match["people"]
            scan.add("headcount", _COUNTED[number], *match.span(str(match.lastgroup)))
            scan.claim(*match.span(str(match.lastgroup)))


def _unspecified(scan: Scan) -> None:
    text = scan.text
    if "명" in text or "자리" in text or "자릿" in text:
        for match in _UNSPECIFIED.finditer(text):
            if _PAST.search(scan.line_before(match.start(), 28)):
                continue
            if not match[0].startswith(_SURE) and not _is_of_hiring(scan, match):
                continue
            scan.add("headcount", "unspecified", *match.span())
            scan.claim(*match.span())
    if scan.has(_ONE_WORDS):
        for match in scan.begun(_ONE, _ONE_WORDS):
            scan.add("headcount", 1, *match.span())
    if scan.has(_SEVERAL_WORDS):
        for match in scan.begun(_SEVERAL, _SEVERAL_BEGIN):
            scan.add("headcount", "unspecified", *match.span())
            scan.claim(*match.span())


def _is_of_hiring(scan: Scan, match: re.Match[str]) -> bool:
    return (
        _HIRED_UNSPECIFIED.match(scan.line_after(match.end(), 24)) is not None
        or _HIRING_LABEL.search(scan.line_before(match.start(), 16)) is not None
    )


def _end(scan: Scan, start: int, end: int, *, beside: bool) -> int | None:
    text = scan.text
    before = scan.line_before(start, 28)
    persons = _PERSONS.match(text, end)
    if _LABEL.search(before):
        return None if _NOT_PEOPLE.match(text, end) else (persons.end() if persons else end)
    if persons is not None:
        hired = (
            _AFTER_LABEL.search(before)
            or _is_item(scan, start, persons.end(), beside=beside)
            or _HIRED.match(text, end)
            or _HIRING_BEFORE.search(before)
            or _is_alone(scan, start, persons.end())
        )
        return persons.end() if hired else None
    if (after := _ENGLISH_AFTER.match(text, end)) is not None:
        return after.end()
    if _ENGLISH_BEFORE.search(before) and not _NOT_PEOPLE.match(text, end):
        return end
    return None


def _is_needed(scan: Scan, start: int) -> bool:
    """Whether a number before a title is how many are needed: it begins the clause, or a verb says so."""
    before = scan.clause_before(start, 40)
    return not before.strip(" -*•·") or _NEEDS.search(before) is not None


def _is_item(scan: Scan, start: int, end: int, *, beside: bool) -> bool:
    """ "- 2명": all there is in an item of a list, or right after the job that is on offer ("용접공 2명,")."""
    before, after = scan.line_before(start, 40), scan.line_after(end, 40).strip(" ")
    if not before.strip(" -*•·ㆍ■"):
        return not after.strip(" .")
    return (beside or _COUNTED_ITEM.search(before) is not None) and after[:1] in {"", ",", ".", "/", "(", "·", "|", "-"}


def _is_alone(scan: Scan, start: int, end: int) -> bool:
    """ "정규직 · 2명 · 판교": all there is between two separators of a headline."""
    before, after = scan.line_before(start, 80).rstrip(" "), scan.line_after(end, 80).lstrip(" ")
    if not (before or after) or (before and before[-1] not in _ALONE_ENDS) or (after and after[0] not in _ALONE_ENDS):
        return False
    return before[-1:] in {"·", "|"} or after[:1] in {"·", "|"}
