"""Names of jobs and of industries without the words that stand around them: "채용", "we are hiring a", "업계"."""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.canonical import clean

_URGENT: Final = r"(?:긴급|급구|급모|상시|수시|공개|추가|신규)? ?(?:채용|모집|구인)?(?: ?중)?"
_BRACKETS: Final = re.compile(
    rf"[\[(【<]\s*(?:{_URGENT}|(?:now |urgent(?:ly)? )?(?:hiring|needed|wanted)|urgent)\s*[\])】>]", re.IGNORECASE
)
# Sentences that can belong to no title, and words that may: "채용" ends a title only after the word of a role.
_SEEKING_KO: Final = re.compile(
    r"[ \-:|/]*(?:을|를|님을|분을|님)? ?(?:(?:채용|모집|구인|초빙)(?:합니다|해요|하고 있습니다|중입니다| 중입니다| 공고| 안내|공고)"
    r"|구합니다|구해요|구함|찾습니다|찾아요|찾고 있습니다|모십니다|모셔요|뽑습니다|뽑아요|급구|급모)\s*[.!~]*$"
)
_WANTED_KO: Final = re.compile(
    r"[ \-:|/]*(?:(?:상시|수시|긴급|공개|추가|신규) ?)?(?:채용|모집|구인|초빙)(?: ?중)?\s*[.!~]*$"
)
_BEFORE_KO: Final = re.compile(r"^(?:긴급|급구|상시|수시)? ?(?:채용|모집|구인)\s*[:|]\s*|^(?:급구|급모)[ :!]+")
_BEFORE_EN: Final = re.compile(
    r"^(?:we(?: are|'re)(?: now)? (?:hiring|looking for|seeking|recruiting)|(?:now |we're )?hiring(?: now)?|wanted|job opening|vacancy)"
    r"\s*[:\-–!]?\s*(?:for )?(?:(?:an?|our next) )?(?=\S)",
    re.IGNORECASE,
)
_AFTER_EN: Final = re.compile(
    r"\s*[,\-–:|(]*\s*\b(?:(?:urgently )?(?:wanted|needed)|(?:now |we(?:'re| are) )hiring|hiring now|apply now|position|vacancy|job opening|job)\s*[)!.]*$",
    re.IGNORECASE,
)
_ORNAMENTS: Final = re.compile(r"^[^\w\[(【<]+|[^\w\])】>+#.!]+$")
_NICKNAMES: Final = {
    "rn": "registered nurse", "lpn": "licensed practical nurse", "lvn": "licensed vocational nurse", "np": "nurse practitioner",
    "cna": "certified nursing assistant", "emt": "emergency medical technician", "swe": "software engineer", "sde": "software engineer",
    "sre": "site reliability engineer", "cpa": "certified public accountant", "hgv": "heavy goods vehicle", "hr": "human resources",
    "qa": "quality assurance", "bdm": "business development manager", "sdr": "sales development representative", "ux": "user experience",
    "ui": "user interface", "ceo": "chief executive officer", "cfo": "chief financial officer", "cto": "chief technology officer",
    "coo": "chief operating officer", "ta": "teaching assistant", "vp": "vice president", "rep": "representative", "reps": "representative", "slp": "speech-language pathologist",
}  # fmt: skip
_STACK: Final = re.compile(r"\b(full|front|back)[ -](stack|end)\b", re.IGNORECASE)
_LATIN_WORD: Final = re.compile(r"[a-z]+", re.IGNORECASE)
_LEVELS: Final = (
    ("entry", r"신입(?:사원)?|entry[- ]level"),
    ("experienced", r"경력(?:직|자|사원)?|experienced"),
    ("junior", r"주니어|junior|jr\.?"),
    ("senior", r"시니어|senior|sr\.?"),
)
_LEVEL: Final = re.compile(
    "|".join(rf"(?P<{name}>(?<![가-힣a-z])(?:{words})(?![가-힣a-z]))" for name, words in _LEVELS), re.IGNORECASE
)
_EMPTY_BRACKETS: Final = re.compile(r"[\[(【]\s*[\])】]")
_INDUSTRY_KO: Final = re.compile(r"(?<=[가-힣A-Za-z]{2})(?:업|산업| 산업| 분야| 업계| 업종| 사업|업 분야|업계)$")
_INDUSTRY_EN: Final = re.compile(
    r"^the |(?<=\w) (?:industry|sector|industries)$|^(?:in )?the (?=.* (?:industry|sector)$)", re.IGNORECASE
)
_HELD_DEAR: Final = re.compile(
    r"^we (?:value|believe in|care about|cherish|appreciate|have|offer)(?: an?)? ", re.IGNORECASE
)
_NO_TRADE: Final = frozenset("기업 사업 창업 산업 영업 작업 직업 취업 학업 개업 부업 협업 종업 휴업 파업 졸업".split())


def without_hiring(title: str, *, is_role: bool) -> str:
    """A title as worded without the words of hiring. ``is_role``: what stands before "채용" or "모집" is known to be a
    role; unless it is, those words are kept (인사 채용)."""
    text = _ORNAMENTS.sub("", clean(title))
    text = _BRACKETS.sub(" ", text).strip()
    text = _BEFORE_KO.sub("", text)
    text = _BEFORE_EN.sub("", text)
    text = _AFTER_EN.sub("", text)
    text = _SEEKING_KO.sub("", text)
    return (_WANTED_KO.sub("", text) if is_role else text).strip() or clean(title)


def in_full(title: str) -> str:
    """A title with its nicknames in full: RN, a registered nurse."""
    title = _STACK.sub(r"\1\2", title)
    return _LATIN_WORD.sub(lambda word: _NICKNAMES.get(word[0].casefold(), word[0]), title)


def without_level(title: str) -> tuple[str, frozenset[str]]:
    """A title without words of level, and the levels that they name: entry, experienced, junior, senior."""
    levels = frozenset(match.lastgroup for match in _LEVEL.finditer(title) if match.lastgroup)
    bare = _EMPTY_BRACKETS.sub(" ", _LEVEL.sub(" ", title)) if levels else title
    bare = " ".join(bare.split()).strip(" -/|·,")
    return (bare, levels) if bare else (title, frozenset())


def plain_culture(item: str) -> str:
    """An item of a culture without the words that hold it dear: "we value ideas over titles"."""
    return _HELD_DEAR.sub("", clean(item)) or item


def plain_industry(industry: str, language: str) -> str:
    """An industry's name without the words for "industry"; 도매업 and 도매, the logistics industry and logistics."""
    text = clean(industry)
    if language != "ko":
        return _INDUSTRY_EN.sub("", _INDUSTRY_EN.sub("", text)).strip() or text
    if text.split()[-1:] and text.split()[-1] in _NO_TRADE - {"산업", "사업"}:
        return text
    return _INDUSTRY_KO.sub("", text).strip() or text
