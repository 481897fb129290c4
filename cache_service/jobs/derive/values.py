"""Typed values of a request from the short fields of a posting. What is not clear is left unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from cache_service.jobs.derive.errors import RecordError
from cache_service.posting.canonical import fold
from cache_service.posting.language import language_of as script_of
from cache_service.posting.request import EmploymentType, Language, Seniority

_EMPLOYMENT: Final[dict[str, EmploymentType]] = {
    "정규직": "full_time", "풀타임": "full_time", "full-time": "full_time", "fulltime": "full_time",
    "full_time": "full_time", "계약직": "contract", "contract": "contract", "contractor": "contract",
    "아르바이트": "part_time", "알바": "part_time", "파트타임": "part_time", "시간제": "part_time",
    "part-time": "part_time", "parttime": "part_time", "part_time": "part_time", "인턴": "intern", "인턴직": "intern",
    "인턴십": "intern", "intern": "intern", "internship": "intern", "프리랜서": "freelance",
    "freelance": "freelance", "freelancer": "freelance",
}  # fmt: skip
_SENIORITY: Final[dict[str, Seniority]] = {
    "신입": "entry", "entrylevel": "entry", "entry-level": "entry", "entry": "entry", "인턴": "intern",
    "intern": "intern", "internship": "intern", "director": "executive", "executive": "executive", "임원": "executive",
    "junior": "junior", "주니어": "junior", "senior": "senior", "시니어": "senior", "mid": "mid", "lead": "lead",
    "any": "any", "무관": "any", "경력무관": "any",
}  # fmt: skip
_FUNDING: Final = re.compile(
    r"^\s*[\[(【]\s*(?:누적\s*)?[\d,.]+\s*(?:억|조|만)\s*원?\s*[↑+]?\s*(?:이상\s*)?투자\S{0,3}\s*[\])】]\s*"
)
_TITLE_TAG: Final = re.compile(r"^[\[(]([^\])]*)[\])]|[\[(]([^\])]*)[\])]$")
_READABLE: Final = re.compile(r"[가-힣A-Za-z]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_READABLE_SHARE: Final = 0.5
_FOUNDED: Final = re.compile(
    r"(?:설립(?:일|연도|년도)?|창립(?:일)?)\s*:\s*((?:19|20)\d\d)(?=\D)|((?:19|20)\d\d)\s*년(?:도)?에?\s*(?:\d{1,2}\s*월\s*)?(?:\d{1,2}\s*일\s*)?(?:에\s*)?"
    r"(?:설립|창립|창업)|\b(?:founded|established) in ((?:18|19|20)\d\d)\b"
)
_EDUCATION: Final = re.compile(
    r"학력\s*:?\s*(?:무관|불문)|(?:고졸|초대졸|전문대졸|대졸|학사|석사|박사|고등학교\s*졸업|전문대\s*졸업|대학교\s*졸업|대학원\s*졸업)"
    r"(?:\s*\([^()]{1,20}\))?(?:\s*학위)?\s*이상"
)
_NO_MATTER: Final = re.compile(r"무관|불문")


def title_of(title: str) -> str:
    """``title`` without the funding tags that boards put before it ("[100억↑투자]")."""
    while (shorter := _FUNDING.sub("", title, count=1)) != title and shorter:
        title = shorter
    return title


def language_of(texts: Iterable[str]) -> Language:
    """Korean or English; RecordError where most letters are of neither script."""
    text = "\n".join(texts)
    letters = len(_LETTER.findall(text))
    if not letters or len(_READABLE.findall(text)) < _READABLE_SHARE * letters:
        raise RecordError("the texts are neither in Korean nor in English")
    return script_of(text)


def employment_type_of(field: str | None, title: str) -> EmploymentType | None:
    """From the field, else from a tag of the title ("(계약직)"); never guessed."""
    if field is not None:
        return _EMPLOYMENT.get(fold(field))
    return next((_EMPLOYMENT[tag] for tag in _tags(title) if tag in _EMPLOYMENT), None)


def seniority_of(field: str | None, title: str) -> Seniority | None:
    """From the field, else from a tag of the title ("[신입]"). Years of experience are not seniority."""
    if field is not None:
        return _SENIORITY.get(fold(field))
    return next((_SENIORITY[tag] for tag in _tags(title) if tag in {"신입", "인턴", "internship", "entrylevel"}), None)


def founded_of(text: str) -> int | None:
    """The founding year that a text about the company states; None where it names several."""
    years = {int(next(filter(None, groups))) for groups in _FOUNDED.findall(text)}
    return next(iter(years)) if len(years) == 1 else None


def education_of(text: str) -> str | None:
    """The education asked for, as worded ("초대졸 이상", "학력 무관"); None where it is not one clear level."""
    found = {fold(match[0]): match[0] for match in _EDUCATION.finditer(text)}
    if len(found) != 1:
        return None
    worded = next(iter(found.values()))
    return "학력 무관" if _NO_MATTER.search(worded) else worded


def _tags(title: str) -> list[str]:
    return [fold(part) for groups in _TITLE_TAG.findall(title) for part in groups if part]
