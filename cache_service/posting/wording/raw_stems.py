"""The stems of a text in order, before synonyms, with what stands between clauses and what each stem does.

Numbers are their values, whatever their spelling; marks, conjunctions and joining endings are breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cache_service.posting.canonical import clean_block
from cache_service.posting.wording import english, korean
from cache_service.posting.wording.roles import BARE, PAST, PREPOSITIONS, korean_marks

NUMBER: Final = "#"
BREAK: Final = "\n"
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
CONJUNCTIONS: Final = frozenset("및 그리고 and".split())
_ALTERNATIVES: Final = frozenset("또는 혹은 or".split())
OR: Final = "∨"
_AUXILIARIES: Final = frozenset("드리다 주다 보다 오다 나가다 있다 하다 싶다".split())
_FROM: Final = ("에서", "부터")
_TO: Final = ("로", "까지")


@dataclass(slots=True)
class RawStems:
    """Stems before synonyms; ``sources`` and ``goals``: where stems of a source and of a goal stand; ``roles``: what the
    stem at a place does; ``governed``: the preposition that English stems stand after, until another; ``joined_at``: where the
    stems after a joining ending begin."""

    stems: list[str]
    sources: set[int]
    goals: set[int]
    roles: dict[int, str]
    governed: str = ""
    joined_at: int = -1

    def subject(self) -> range:
        """Where the words stand that begin the clause that is being read."""
        first = max(len(self.stems) - _LONGEST_SUBJECT, 0)
        breaks = (at + 1 for at in range(len(self.stems) - 1, first - 1, -1) if self.stems[at] == BREAK)
        return range(next(breaks, first), len(self.stems))


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


def _hangul(word: str, following: str, raw: RawStems, *, counted: bool) -> None:
    if word in _NATIVE and following.startswith(_COUNTERS):
        raw.stems.append(NUMBER + _NATIVE[word])
        return
    if word in CONJUNCTIONS:
        raw.stems.append(BREAK)
        return
    if word in _ALTERNATIVES:
        raw.stems.append(OR)
        return
    found, joins = korean.counted(word) if counted else korean.stems(word)
    if found[0] in _AUXILIARIES and raw.joined_at == len(raw.stems):
        raw.roles.pop(len(raw.stems) - 2, None)
        raw.stems.pop()  # "제공해 드립니다": the verb before it goes on, nothing is joined
        joins = joins and len(found) == 1
        found = ()
    if found and word.endswith(_FROM) and word != found[-1]:
        raw.sources.add(len(raw.stems))
    elif found and word.endswith(_TO) and word != found[-1]:
        raw.goals.add(len(raw.stems))
    role, marks = korean_marks(word, found)
    if word in _TIMES and raw.stems and raw.stems[-1] != BREAK:
        raw.roles[len(raw.stems) - 1] = _TIMES[word]
    elif role and found:
        raw.roles[len(raw.stems) + len(found) - 1] = role
    raw.stems.extend(found)
    raw.stems.extend(marks)
    if joins:
        raw.stems.append(BREAK)
        raw.joined_at = len(raw.stems)


def _follows(tokens: list[re.Match[str]], position: int) -> bool:
    """Whether a Latin word stands right before, so that this is its particle or ending: "API를"."""
    before = tokens[position - 1] if position else None
    return before is not None and before.lastgroup == "latin" and before.end() == tokens[position].start()


def _ended(word: str, raw: RawStems) -> None:
    role, marks = korean_marks(f"x{word}", ("x",))
    if role and role != BARE:
        raw.roles[len(raw.stems) - 1] = role
    raw.stems.extend(marks)
    if korean.joins(word):
        raw.stems.append(BREAK)


def _latin(word: str, following: str, raw: RawStems) -> None:
    if (number := _ENGLISH_NUMBERS.get(word)) is not None:
        raw.stems.append(NUMBER + number)
        return
    if word in _ALTERNATIVES:
        raw.stems.append(OR)
        return
    _govern(word, following, raw)
    if word in _OBJECT_ONLY:
        raw.stems.append(_OBJECT_ONLY[word])
        return
    if word in _WERE and not following.endswith(("ed", "en")):
        raw.stems.append(PAST)
        return
    raw.stems.append(english.stem(word))
    if raw.stems[-2:-1] == [_WE] and (word.endswith("ed") or word in _IRREGULAR):
        raw.stems.append(PAST)


def _govern(word: str, following: str, raw: RawStems) -> None:
    """Note what preposition ``word`` is, or stands after."""
    if word == "from":
        raw.sources.add(len(raw.stems) + 1)
    elif word in {"to", "into"}:
        raw.goals.add(len(raw.stems) + 1)
    if (role := PREPOSITIONS.get(word)) is not None:
        if following in _OBJECTS:
            raw.stems.append(f"{role} {following}")
        elif role == "by" and not following.endswith("ing"):
            raw.stems.append(AGENT)
        # "To" right before a verb leads to no place.
        raw.governed = "" if word == "to" and english.is_act(following) else role
    elif word in _IS:
        raw.governed = "predicate"
        for at in raw.subject():
            raw.roles.setdefault(at, "subject")
    elif word == "and":
        raw.governed = ""
    elif raw.governed:
        raw.roles[len(raw.stems)] = raw.governed


# "By" between an act and who does it: "led by doctors" is not "leads doctors".
AGENT: Final = "by whom"
_OBJECTS: Final = frozenset("us you me him them ours mine theirs".split())
# "Banks fund us" is not "we fund banks"; "we" says nothing.
_OBJECT_ONLY: Final = {"us": "us!", "me": "me!"}
_LONGEST_SUBJECT: Final = 12
_IS: Final = frozenset("is are am".split())
_WE: Final = "we"
_IRREGULAR: Final = frozenset(
    "built made sold ran bought taught grew began won led left lost paid sent spent went wrote".split()
)
_WERE: Final = frozenset("was were had did".split())
_TIMES: Final = {
    "후": "after",
    "후에": "after",
    "이후": "after",
    "뒤": "after",
    "전": "before",
    "전에": "before",
    "이전": "before",
}
_FIXED: Final = {"percent": "%", "more": "이상", "range": "~", "break": BREAK}


def raw_stems(text: str) -> RawStems:
    """Read ``text`` in either language. Linear in its length."""
    raw = RawStems([], set(), set(), {})
    tokens = list(_tokens(text))
    for position, match in enumerate(tokens):
        match match.lastgroup:
            case "number" | "scale":
                raw.stems.append(_number(match))
            case "hangul" if _follows(tokens, position) and korean.is_ending(match[0]):
                _ended(match[0], raw)
            case "hangul":
                following = tokens[position + 1][0] if position + 1 < len(tokens) else ""
                counted = bool(position) and tokens[position - 1].lastgroup in {"number", "scale"}
                _hangul(match[0], following, raw, counted=counted)
            case "latin":
                following = tokens[position + 1][0] if position + 1 < len(tokens) else ""
                _latin(match[0], following, raw)
            case "other" | None:
                raw.stems.append(match[0])
            case kind:
                raw.governed = ""
                raw.stems.append(_FIXED[kind])
    return raw


def plain_stems(text: str) -> tuple[str, ...]:
    """The stems of a listed wording."""
    return tuple(stem for stem in raw_stems(text).stems if stem != BREAK)
