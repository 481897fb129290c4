"""What a wording states: its clauses, each a set of canonical content stems.

A clause ends at a mark, a line, a conjunction or a joining ending, so that words are compared with the words that they
belong to: "API 설계, 화면 테스트" states other things than "화면 설계, API 테스트".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cache_service.posting.canonical import clean_block
from cache_service.posting.wording import english, korean
from cache_service.posting.wording.words import Phrases, groups, words

NOT: Final = korean.NOT
NUMBER: Final = "#"
_BREAK: Final = "\n"
_CACHED_LENGTH: Final = 400
_DOTS: Final = str.maketrans(dict.fromkeys("·ㆍ•∙‧・ᆞ", ",") | {"’": "'", "‘": "'", "–": "-", "—": ";"})
_SHORT: Final = re.compile(r"\b(?:e\.g\.|i\.e\.|etc\.)", re.IGNORECASE)
_NEVER_ENDING: Final = re.compile(r"\b24 ?/ ?7\b")
_TOKEN: Final = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?: ?(?P<scale>천만|백만|억|만|천|k\b|m\b|million\b|thousand\b)(?!족))?"
    r"|(?P<hangul>[가-힣]+)"
    r"|(?P<latin>[a-z](?:&[a-z](?![a-z])|(?:[a-z0-9]|\.(?=[a-z]{2}))*[+#]*))"
    r"|(?P<percent>%)|(?P<more>(?<=\d)\+)|(?P<range>~)"
    r"|(?P<break>[\n,;/|&():>→…!?\[\]]|\.(?!\d)|(?<=\s)-(?=\s))"
    r"|(?P<other>[^\W\d_]+)"
)
_CONTRACTED: Final = re.compile(r"(?<=[a-z])'(?:ll|re|ve|s|d|m)\b|(?<=s)'(?=\s|$)")
_NEGATED: Final = re.compile(r"\b(?:won't|can't|cannot|([a-z]+)n't)")
_SCALES: Final = {
    "천만": 10**7, "백만": 10**6, "억": 10**8, "만": 10**4, "천": 10**3, "k": 10**3, "thousand": 10**3, "m": 10**6,
    "million": 10**6,
}  # fmt: skip
_NATIVE: Final = {
    word: str(value) for value, word in enumerate("한 두 세 네 다섯 여섯 일곱 여덟 아홉 열".split(), 1)
}  # fmt: skip
_COUNTERS: Final = (
    "번",
    "개",
    "명",
    "가지",
    "곳",
    "달",
    "시간",
    "차례",
    "대",
    "권",
    "살",
    "마리",
    "팀",
    "회",
    "주",
    "장",
)
_ENGLISH_NUMBERS: Final = {
    word: str(value)
    for value, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
} | {"fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "hundred": "100"}
_CONJUNCTIONS: Final = frozenset("및 또는 그리고 혹은 and or".split())
_PRONOUNS: Final = frozenset("it they them their one ones".split())
_FROM: Final = ("에서", "부터")
_TO: Final = ("로", "까지")


@dataclass(frozen=True, slots=True)
class Clause:
    """The content stems of one clause in order. ``open``: it leaves out words of the clauses beside it (a pronoun, or
    one word only). ``sources``: what something goes from where the clause says what it goes to as well."""

    stems: tuple[str, ...]
    content: frozenset[str]
    open: bool
    sources: frozenset[str]


Statement = tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """How the words of a language are read."""

    phrases: Phrases
    light: frozenset[str]
    conjunctions: frozenset[str]


@dataclass(slots=True)
class _Raw:
    """Stems before synonyms; ``from_`` and ``to``: where stems of a source and of a goal stand."""

    stems: list[str]
    sources: set[int]
    goals: set[int]


def _tokens(text: str) -> Iterable[re.Match[str]]:
    folded = clean_block(text.translate(_DOTS)).casefold().translate(_DOTS)
    folded = _NEVER_ENDING.sub("around the clock", _SHORT.sub(" ", folded))
    if "'" in folded:
        folded = _CONTRACTED.sub("", _NEGATED.sub(lambda found: f"{found[1] or ''} not", folded))
    return _TOKEN.finditer(folded)


def _number(match: re.Match[str]) -> str:
    digits = match["number"].replace(",", "")
    if match["scale"] and len(digits) <= 15:
        return f"{NUMBER}{float(digits) * _SCALES[match['scale']]:g}"
    if "." in digits:
        return NUMBER + (digits.lstrip("0").rstrip("0").rstrip(".") or "0")
    return NUMBER + (digits.lstrip("0") or "0")


def _hangul(word: str, following: str, raw: _Raw) -> None:
    if word in _NATIVE and following.startswith(_COUNTERS):
        raw.stems.append(NUMBER + _NATIVE[word])
        return
    if word in _CONJUNCTIONS:
        raw.stems.append(_BREAK)
        return
    found, joins = korean.stems(word)
    if word.endswith(_FROM) and word != found[-1]:
        raw.sources.add(len(raw.stems))
    elif word.endswith(_TO) and word != found[-1]:
        raw.goals.add(len(raw.stems))
    raw.stems.extend(found)
    if joins:
        raw.stems.append(_BREAK)


def _latin(word: str, raw: _Raw) -> None:
    if (number := _ENGLISH_NUMBERS.get(word)) is not None:
        raw.stems.append(NUMBER + number)
        return
    if word == "from":
        raw.sources.add(len(raw.stems) + 1)
    elif word in {"to", "into"}:
        raw.goals.add(len(raw.stems) + 1)
    raw.stems.append(english.stem(word))


_FIXED: Final = {"percent": "%", "more": "이상", "range": "~", "break": _BREAK}


def _raw(text: str) -> _Raw:
    raw = _Raw([], set(), set())
    tokens = list(_tokens(text))
    for position, match in enumerate(tokens):
        match match.lastgroup:
            case "number" | "scale":
                raw.stems.append(_number(match))
            case "hangul":
                following = tokens[position + 1][0] if position + 1 < len(tokens) else ""
                _hangul(match[0], following, raw)
            case "latin":
                _latin(match[0], raw)
            case "other" | None:
                raw.stems.append(match[0])
            case kind:
                raw.stems.append(_FIXED[kind])
    return raw


def _plain(text: str) -> tuple[str, ...]:
    return tuple(stem for stem in _raw(text).stems if stem != _BREAK)


def _language(synonyms: tuple[str, ...], light: str, more: str) -> Language:
    listed = [group for name in synonyms for group in groups(name)]
    phrases = Phrases.of([*listed, *([(more, "+")] if more else [])], _plain)
    said = frozenset(phrases.canonical(_plain(word)) for word in words(light))
    joining = frozenset(phrases.canonical(_plain(word)) for word in ("and", "or"))
    return Language(phrases, said - {NOT}, joining | _CONJUNCTIONS)


LANGUAGES: Final = {
    "ko": _language(("synonyms_ko", "synonyms_cross"), "light_ko", ""),
    "en": _language(("synonyms_en",), "light_en", ""),
}


def _antonyms() -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for group in groups("antonyms"):
        for language in LANGUAGES.values():
            one, other = (language.phrases.canonical(_plain(word)) for word in group)
            found |= {(one, other), (other, one)}
    return frozenset(found)


ANTONYMS: Final = _antonyms()


def statement(text: str, language: str) -> Statement:
    """The clauses of one item. ``language``: ``ko`` or ``en``; another is read as English."""
    return _cached(text, language) if len(text) <= _CACHED_LENGTH else _read(text, language)


def _read(text: str, language: str) -> Statement:
    how = LANGUAGES.get(language, LANGUAGES["en"])
    raw = _raw(text)
    found = _clauses(raw, how, how.light.__contains__)
    return found or _clauses(raw, how, _nothing)


_cached: Final = lru_cache(maxsize=4096)(_read)


def _nothing(_stem: str) -> bool:
    return False


def _clauses(raw: _Raw, how: Language, is_light: Callable[[str], bool]) -> Statement:
    clauses: list[Clause] = []
    stems: list[str] = []
    sources: set[str] = set()
    has_goal = refers = False
    at, size = 0, len(raw.stems)
    while at <= size:
        stem, width = how.phrases.match(raw.stems, at) if at < size else (_BREAK, 1)
        if stem == _BREAK or stem in how.conjunctions:
            if stems:
                kept = frozenset(stems)
                from_ = frozenset(sources) if has_goal else frozenset()
                clauses.append(Clause(tuple(stems), kept, len(kept) == 1 or refers, from_))
            stems, sources, has_goal, refers = [], set(), False, False
        else:
            refers |= stem in _PRONOUNS
            if at in raw.sources:
                sources.add(stem)
            has_goal |= at in raw.goals
            if not is_light(stem):
                stems.append(stem)
        at += width
    return tuple(clauses)
