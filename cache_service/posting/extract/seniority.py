"""The level of the job on offer: intern, entry, junior, mid, senior, lead, executive, any.

A level counts beside the job's title (as ``titles`` found it), as a label's value ("직급: 대리~과장"), as a grade ("팀장급"),
and where the text says who may apply (신입/경력). 시니어 customers, a "senior center", "mentor juniors", "report to the
Director" and "lead the team" say nothing of the job's level.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from cache_service.posting.extract.reading import Scan
from cache_service.posting.extract.seniority_words import CREATIVE, LEVEL_TITLE, LEVEL_WORD, RANKS

_BOTH: Final = re.compile(
    r"(?<![가-힣])신입(?:사원)?(?:분들?)? ?(?:/|·|,|및|과|~|&|or|또는|혹은|이나|이든|부터) ?경력(?:직|자|사원)?(?! ?\d)(?!(?: ?무관)? ?\d)(?:까지| ?무관| ?모두| ?누구나)?|경력(?:직|자)? ?(?:/|·|및|과|&) ?신입(?! ?\d)"
    r"|\ball (?:seniority |experience |career )levels\b|\ball levels (?:are )?(?:welcome|considered|of experience|may apply|accepted)|\bany (?:seniority|experience) level\b",
    re.IGNORECASE,
)
_NEW: Final = re.compile(
    r"(?<![가-힣])신입(?:사원|분들|분|자)?(?= ?(?:도|은|이라도|이더라도)? ?(?:분들도 ?)?(?:지원(?! ?불가)|가능|환영|모집|채용|우대|공채|포지션|레벨|입사자? ?(?:가능|환영)|OK|입니다|이신|을 ?(?:모집|채용|찾)|를 ?(?:모집|채용|찾)|[)\]]|$|\n))(?! ?(?:채용 ?(?:담당|업무)|입사자 ?교육|지원금|지원 ?프로그램))"
)
_RANK: Final = "|".join(sorted(map(re.escape, RANKS), key=len, reverse=True))
_GRADE: Final = re.compile(rf"(?<![가-힣A-Za-z])(?:(?:{_RANK})(?:급)? ?(?:~|-|/|,|·|이상|에서|부터) ?)?(?P<rank>{_RANK}) ?(?:직)?급(?!여|식|성장|변|속|등)", re.IGNORECASE)
_GRADE_NOT: Final = re.compile(r" ?(?:들|은 |과의|과 |의 |와 |인사|자리|면접|회의|임원|/?핵심|인재 ?소싱)")
_LABEL: Final = re.compile(
    rf"(?:직급(?: ?[/·] ?직책)?|직책|레벨|채용 ?레벨|경력 ?수준|\b(?:seniority(?: level)?|career level|job level|level|experience level))\s?[:|]\s?(?:(?:{_RANK})(?:급)? ?[~\-/,·] ?)?(?P<rank>(?:{_RANK})|Senior|Junior|Mid[- ]?Senior|Mid|Entry|Lead|Executive|Director|Intern|Internship|Associate|Staff|Principal|Any)(?![가-힣a-z])",
    re.IGNORECASE,
)
_LABEL_EN: Final = {
    "senior": "senior", "junior": "junior", "mid": "mid", "entry": "entry", "lead": "lead", "executive": "executive", "director": "executive",
    "intern": "intern", "internship": "intern", "associate": "entry", "staff": "senior", "principal": "senior", "any": "any",
}  # fmt: skip
_LEVEL_JOB: Final = re.compile(
    r"\b(?:(?P<entry>entry[- ]level|new grad)|(?P<senior>senior(?:[- ]level)?)|(?P<mid>mid(?:dle)?[- ](?:level|career))|(?P<junior>junior(?:[- ]level)?)|(?P<executive>executive[- ]level|C-level))"
    r"\s(?:(?:full|part)-time\s)?(?:position|role|opening|job|opportunity|hire|candidates?)\b",
    re.IGNORECASE,
)
_LEVEL_KO: Final = re.compile(r"(?<![가-힣])(?:(?P<senior>시니어)|(?P<junior>주니어)|(?P<mid>미들|미드))(?:급)? ?(?:레벨|포지션|채용|모집|을 ?(?:찾|모집)|를 ?(?:찾|모집)|인재를|분을)")
_PEOPLE: Final = re.compile(r"(?:이후|다른|우리|저희|동료|선배|with|of|our|the)\s$")
_AROUND: Final = re.compile(r"^[\s(\[,/\-–]{1,3}$")
_BETWEEN: Final = re.compile(r"^[\s)\](]*$")
_ALSO: Final = {
    "any": frozenset({"entry"}), "entry": frozenset({"any", "intern", "junior"}),
}  # fmt: skip


def find(scan: Scan) -> None:
    """Find the level of the job. Titles must have been looked for before."""
    seen: list[tuple[int, int]] = []
    for title in [one.fact for one in scan.findings if one.fact.type == "title"]:
        _of_title(scan, title.start, title.end, seen)
    for hit in scan.terms("seniority"):
        for pattern, back, judge in _READ_AT[hit.canonical]:
            match = pattern.search(scan.text, max(0, hit.start - back), hit.end + 40) if back else pattern.match(scan.text, hit.start)
            if match is not None:
                judge(scan, match, seen)


def _state(scan: Scan, level: str, start: int, end: int, seen: list[tuple[int, int]], also: frozenset[int | str] = frozenset()) -> None:
    if any(begin < end and start < last for begin, last in seen):
        return
    seen.append((start, end))
    scan.add("seniority", level, start, end, also=also or _ALSO.get(level, frozenset()))


def _of_title(scan: Scan, start: int, end: int, seen: list[tuple[int, int]]) -> None:
    text = scan.text
    from_, to = max(0, start - 24), min(len(text), end + 24)
    for match in LEVEL_WORD.finditer(text, from_, to):
        level = str(match.lastgroup)
        before, after = text[match.end() : start], text[end : match.start()]
        inside = start <= match.start() < end
        if inside or (match.end() <= start and (_near(before) or _mere_words(before))) or (match.start() >= end and _AROUND.match(after)):
            also = frozenset({"lead"}) if match[0].lower() in {"principal", "staff"} else frozenset()
            if level == "entry" and _BOTH.match(text, match.start()):
                continue
            _state(scan, level, *match.span(), seen, also)
    if (match := LEVEL_TITLE.search(text[start:end])) is not None and not CREATIVE.search(text[start:end]):
        level = str(match.lastgroup)
        _state(scan, level, start + match.start(), start + match.end(), seen, frozenset({"lead"}) if level == "executive" and match[0].lower().startswith("head") else frozenset())


def _near(between: str) -> bool:
    return _BETWEEN.match(between) is not None or between.strip(" /,·") in {"", "or", "급"}


def _mere_words(between: str) -> bool:
    """Only further levels, types of employment or places stand between a level and the title."""
    return "\n" not in between and len(between) <= 16 and re.fullmatch(r"[\s/,·()\[\]]*(?:(?:시니어|주니어|경력|정규직|계약직|level|full-time|part-time|senior|or)[\s/,·()\[\]]*)+", between, re.IGNORECASE) is not None


def _both(scan: Scan, match: re.Match[str], seen: list[tuple[int, int]]) -> None:
    _state(scan, "any", *match.span(), seen)


def _new(scan: Scan, match: re.Match[str], seen: list[tuple[int, int]]) -> None:
    after = scan.line_after(match.end(), 6)
    if (after.strip() or re.search(r"[:/(,]\s?$", scan.line_before(match.start(), 4))) and not re.match(r" ?(?:교육|온보딩|연수)", after):
        _state(scan, "entry", *match.span(), seen)


def _labelled(scan: Scan, match: re.Match[str], seen: list[tuple[int, int]]) -> None:
    rank = match["rank"].lower().replace(" ", "-")
    level = RANKS.get(rank) or _LABEL_EN.get(rank) or ("senior" if "senior" in rank else None)
    if level is not None:
        _state(scan, level, match.start("rank"), match.end("rank"), seen)


def _grade(scan: Scan, match: re.Match[str], seen: list[tuple[int, int]]) -> None:
    if not _GRADE_NOT.match(scan.line_after(match.end(), 6)):
        _state(scan, RANKS[match["rank"].lower()], *match.span(), seen)


def _named(scan: Scan, match: re.Match[str], seen: list[tuple[int, int]]) -> None:
    level = str(match.lastgroup)
    if not _PEOPLE.search(scan.line_before(match.start(), 8)) or level == "entry":
        _state(scan, level, match.start(level), match.end(level), seen)


_Judge = Callable[[Scan, re.Match[str], list[tuple[int, int]]], None]
# What is read where a word of the list stands: the pattern, how far before the word it may begin, what judges it.
_READ_AT: Final[dict[str, tuple[tuple[re.Pattern[str], int, _Judge], ...]]] = {
    "new": ((_BOTH, 6, _both), (_NEW, 0, _new)),
    "ko": ((_LEVEL_KO, 0, _named),),
    "grade": ((_GRADE, 5, _grade),),
    "label": ((_LABEL, 0, _labelled),),
    "en": ((_BOTH, 0, _both), (_LEVEL_JOB, 0, _named)),
}
