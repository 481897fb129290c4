"""Numbers in words: "sixty-five thousand", "two", 열두 명, 삼천오백만 원, 오 년 이상.

English words are looked up all at once and put together by the rules of English numbers. A Korean word is read as a
number only with what makes it one: a counter, a unit of money, or pay before it. (이 년, 사천 and 구 are other words.)
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind


class Worded(NamedTuple):
    """A number at ``[start, end)``: ``raw`` times ``scale``."""

    start: int
    end: int
    raw: int
    scale: int


_SMALL: Final = {
    **{
        word: value
        for value, word in enumerate(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
            " seventeen eighteen nineteen".split(),
            1,
        )
    },
    **{
        word: 10 * value
        for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
    },
    "couple": 2, "dozen": 12,
}  # fmt: skip
_BIG: Final = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_WORDS: Final = (*_SMALL, *_BIG)
_AUTOMATON: Final = AhoCorasick(list(_WORDS), matchkind=MatchKind.LeftmostLongest)
_ALONE: Final = re.compile(r"\s(?:\(1\)\s)?(?:year|month|position|opening|vacancy)|-(?:year|month)\b")
_NO_NUMBER: Final = re.compile(r"-(?:way|fold|sided|on|to|time|off|stop|size)\b")
_OF: Final = re.compile(r" of(?= (?:years?|months?|positions?|openings?|hires?|more)\b)")

_DIGITS: Final = {
    char: value for chars in ("일이삼사오육칠팔구", "一二三四五六七八九") for value, char in enumerate(chars, 1)
}
_UNITS: Final = {"십": 10, "백": 100, "천": 1000, "十": 10, "百": 100, "千": 1000}
_MYRIADS: Final = {"만": 10**4, "억": 10**8, "萬": 10**4, "億": 10**8}
# A first character of its own: what a pattern begins with is searched for fastest.
_NUMERAL: Final = f"[{''.join((*_DIGITS, *_UNITS, *_MYRIADS))}]"
_RUN: Final = rf"{_NUMERAL}{_NUMERAL}{{0,11}}"
_SINO: Final = re.compile(
    rf"(?P<n>{_RUN})(?:"
    r" ?(?P<money>원(?![칙격인본활했하주서장])|달러|불(?![가-힣]))"
    r"| ?(?P<people>명(?![확예칭함시단령])|여 ?명)"
    r"| ?(?P<months>개월)"
    r"| ?(?P<years>년(?= ?(?:이상|이하|차|미만|이내|정도|내외|경력|경험|실무|의 ?(?:경력|경험|실무|개발|근무)|에서|~|-|부터|간의? ?(?:경력|경험)|을? ?넘|을? ?채|동안|해 ?[보온오]|가까|남짓|가량|쯤|간 )))"
    rf"|(?P<range>(?= ?(?:에서|부터|~|-) ?(?:최대 ?)?{_RUN} ?(?:원|년|명|개월)))"
    r"|(?P<bare>(?=[\s.,)~]|에서|부터|까지|이상|이하|입|$)))"
)
_PAY_BEFORE: Final = re.compile(
    r"(?:연봉|월급|급여|초봉|시급|임금)(?:은|는|이|:)? ?(?:최소 ?|최대 ?|약 ?)?$|(?:에서|부터|~|-) ?$"
)
_NATIVE_TENS: Final = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_NATIVE_ONES: Final = {
    word: value for value, word in enumerate("한 두 세 네 다섯 여섯 일곱 여덟 아홉".split(), 1)
} | {"석": 3, "넉": 4}  # fmt: skip
_ONES: Final = "(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉)"
# Three or four, one or two: the least of it.
_ABOUT: Final = {
    "한두": 1,
    "두어": 2,
    "두세": 2,
    "서너": 3,
    "너댓": 4,
    "네댓": 4,
    "네다섯": 4,
    "대여섯": 5,
    "예닐곱": 6,
}
_NATIVE: Final = re.compile(
    r"(?=[너넉네다대두마서석세쉰스아여열예일한])"
    rf"(?P<n>한(?= ?명(?:을|만|의)? ?(?:신규 ?|추가 ?|더 ?)?(?:채용|모집|뽑|선발))|한(?= ?분(?:만|을)? ?(?:신규로? ?|추가로? ?|더 ?)?(?:채용|모집|뽑|선발|모시|모십|찾|구합|구해))|한(?= ?(?:해|달))|(?<=은 )한(?= ?(?:명|분)(?:입니다|이에요|$|[,.]))|석(?= ?달)|넉(?= ?달)|{'|'.join(_ABOUT)}(?= ?(?:해|달|개월|년))|두|세|네|다섯|여섯|일곱|여덟|아홉|스무"
    rf"|{'|'.join(f'{ten}{_ONES}?' for ten in _NATIVE_TENS if ten not in {'스물', '스무'})}|스물{_ONES}) ?"
    r"(?=명(?!확|예|칭|함|시|단|령)|분(?:을|이|의|과|께|만|씩|\s|[.,]|$)|개월|달(?![가-힣])|달(?:간|의|은|이|을|동안|까지|로)(?![가-힣])|달(?:입|이에|이며|이고)|년(?= ?(?:이상|이하|넘|동안|차|경력|경험|정도|일))|시간|번(?!째|호|역|거|화|창|쩍)"
    r"|해(?= ?(?:이상|이하|동안|경력|경험|의\s|[.,)]|$|넘|남짓|정도|가량|쯤|일[하한해]|몸|지[낸나]|를|는|을|쯤))|곳|차례|팀(?![장원])|개(?:의|를|가|로|씩)?(?![가-힣]))"
)


def number_words(text: str, lowered: str) -> list[Worded]:
    """The numbers that ``text`` (``lowered``: in lower case) spells in words, in order for each language."""
    found = _english(lowered)
    if not text.isascii():
        found += _korean(text)
    return found


def sino(run: str) -> int:
    """The value of a Sino-Korean number: 삼천오백만 is 35,000,000."""
    total = section = digit = 0
    for char in run:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            total += (section + digit or 1) * _MYRIADS[char]
            section = digit = 0
    return total + section + digit


def _english(lowered: str) -> list[Worded]:
    found: list[Worded] = []
    number: _Number | None = None
    for index, start, end in _AUTOMATON.find_matches_as_indexes(lowered):
        if lowered[start - 1 : start].isalnum() or lowered[end : end + 1].isalnum():
            continue
        word = _WORDS[index]
        if number is not None and number.takes(word, lowered[number.end : start]):
            number.add(word, end)
            continue
        if number is not None:
            found += number.worded(lowered)
        number = _Number.begun(lowered, word, start, end)
    if number is not None:
        found += number.worded(lowered)
    return found


class _Number:
    """An English number as its words come."""

    def __init__(self, start: int, end: int, word: str, value: int) -> None:
        self.start, self.end, self.word = start, end, word
        self.total, self.current, self.scale = 0, value, 1

    @classmethod
    def begun(cls, lowered: str, word: str, start: int, end: int) -> _Number | None:
        if word in _SMALL:
            return cls(start, end, word, _SMALL[word])
        if lowered[max(0, start - 3) : start] in {" a ", "a "}:
            number = cls(start - 2, end, word, 1)
            number.add(word, end)
            return number
        return None

    def takes(self, word: str, gap: str) -> bool:
        if word in _BIG:
            return gap in {" ", "-"} and 0 < self.current < _BIG[word] and self.word not in {"couple", "thousand"}
        if gap not in {" ", "-"} and not (gap == " and " and self.word in _BIG):
            return False
        value = _SMALL[word]
        if word in {"couple", "dozen"}:
            return False
        if self.word in _BIG:
            return True
        return self.current % 100 >= 20 and self.current % 10 == 0 and value < 10

    def add(self, word: str, end: int) -> None:
        if word == "hundred":
            self.current *= 100
        elif word in _BIG:
            self.total, self.current = self.total + self.current * _BIG[word], 0
            self.scale = _BIG[word]
        else:
            self.current, self.scale = self.current + _SMALL[word], 1
        self.word, self.end = word, end

    def worded(self, lowered: str) -> list[Worded]:
        if self.word == "one" and self.total + self.current == 1 and not _ALONE.match(lowered, self.end):
            return []
        if _NO_NUMBER.match(lowered, self.end):
            return []
        if self.word == "couple":
            of = _OF.match(lowered, self.end)
            return [] if of is None else [Worded(self.start, of.end(), 2, 1)]
        value = self.total + self.current
        whole = value % self.scale == 0
        return [Worded(self.start, self.end, value // self.scale if whole else value, self.scale if whole else 1)]


def _korean(text: str) -> list[Worded]:
    native = [
        Worded(match.start(), match.end("n"), _native(match["n"]), 1)
        for match in _NATIVE.finditer(text)
        if not _hangul(text[match.start() - 1 : match.start()])
    ]
    return native + [_sino(match) for match in _SINO.finditer(text) if _is_sino(text, match)]


def _hangul(char: str) -> bool:
    return "가" <= char <= "힣"


def _native(word: str) -> int:
    if word in _ABOUT:
        return _ABOUT[word]
    for tens, value in _NATIVE_TENS.items():
        if word.startswith(tens):
            return value + _NATIVE_ONES.get(word[len(tens) :], 0)
    return _NATIVE_ONES[word]


def _is_sino(text: str, match: re.Match[str]) -> bool:
    """Whether the letters are a number here, and no part of a word or of a number in digits."""
    start, run = match.start(), match["n"]
    before = text[max(0, start - 2) : start]
    if _hangul(before[-1:]) and not (before[-1:] in "~서터" and match["money"]):
        return False
    if before.strip()[-1:].isdigit() and run[0] in "십백천만억":
        return False
    scaled = any(char in "백천만억" for char in run)
    if match["years"] or match["months"]:
        return not scaled
    if match["people"]:
        return len(run) > 1 or run in "십백천"
    if match["money"]:
        return scaled or run[-1] == "십"
    if match["range"] is not None:
        return len(run) > 1 or not scaled
    return len(run) > 1 and scaled and _PAY_BEFORE.search(text[max(0, start - 12) : start]) is not None


def _sino(match: re.Match[str]) -> Worded:
    run = match["n"]
    value, scale = sino(run), _MYRIADS.get(run[-1], 1)
    return Worded(match.start(), match.end("n"), value // scale, scale)
