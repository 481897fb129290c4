"""Korean particles after any word: 은/는, 이/가, 을/를, 과/와, 으로/로, 이에요/예요, 이라/라.

Which form is right follows from the last sound of the word as it is read aloud. Hangul shows it; digits and
Latin letters have a usual Korean reading; a word whose reading is not known takes both forms, as in print:
"은(는)".
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto
from typing import Final


class Ending(Enum):
    """How a word ends when it is read: the one consonant ㄹ counts apart, for 으로/로."""

    VOWEL = auto()
    RIEUL = auto()
    CONSONANT = auto()
    UNKNOWN = auto()


class Particle(Enum):
    """The forms of a particle: after a consonant, after a vowel, and where the ending is not known."""

    TOPIC = ("은", "는", "은(는)")
    SUBJECT = ("이", "가", "이(가)")
    OBJECT = ("을", "를", "을(를)")
    WITH = ("과", "와", "과(와)")
    TOWARDS = ("으로", "로", "(으)로")
    COPULA = ("이에요", "예요", "이에요(예요)")
    QUOTE = ("이라", "라", "(이)라")

    def after(self, word: str) -> str:
        """The form of this particle after ``word``."""
        closed, open_, either = self.value
        match ending(word):
            case Ending.VOWEL:
                return open_
            case Ending.RIEUL:
                return open_ if self is Particle.TOWARDS else closed
            case Ending.CONSONANT:
                return closed
            case Ending.UNKNOWN:
                return either


def attach(word: str, particle: Particle) -> str:
    """``word`` with the right form of ``particle`` behind it."""
    return word + particle.after(word)


# What stands in these is an addition, which the particle passes over: 한글(HWP)을. What stands in others is read.
_BRACKETS: Final = {")": "(", "]": "["}
# Marks that are read as a word of their own: C++ 플러스, C# 샵, 100% 퍼센트, A& 앤드, 달러, 유로, 파운드, 도, 원, 엔.
_READ_MARKS: Final = {
    **dict.fromkeys("+%&$€£°℃", Ending.VOWEL),
    **dict.fromkeys("#₩¥", Ending.CONSONANT),
}
_HANGUL_FIRST, _HANGUL_LAST, _FINALS, _FINAL_RIEUL = 0xAC00, 0xD7A3, 28, 8

# 영 일 이 삼 사 오 육 칠 팔 구
_DIGITS: Final = dict(
    zip(
        "0123456789",
        (
            Ending.CONSONANT, Ending.RIEUL, Ending.VOWEL, Ending.CONSONANT, Ending.VOWEL,
            Ending.VOWEL, Ending.CONSONANT, Ending.RIEUL, Ending.RIEUL, Ending.VOWEL,
        ),
        strict=True,
    )
)  # fmt: skip
_LETTERS: Final = {"l": Ending.RIEUL, "r": Ending.RIEUL, "m": Ending.CONSONANT, "n": Ending.CONSONANT}

# The end of an English word and how the Korean reading of it ends; the first that matches decides.
_WORD_ENDS: Final[tuple[tuple[re.Pattern[str], Ending], ...]] = tuple(
    (re.compile(pattern + r"\Z"), ending_)
    for pattern, ending_ in (
        (r"(?:web|lab|club|job|big|type|group|zip)", Ending.CONSONANT),  # 웹 랩 클럽 잡 빅 타입 그룹 집
        (r"(?:hub|bit|boot|root|cafe|recipe)", Ending.VOWEL),  # 허브 비트 부트 루트 카페 레시피
        (r"(?:l|le)", Ending.RIEUL),  # 엑셀, 구글
        (r"(?:[mn]|[aeiou][mn]e|ng)", Ending.CONSONANT),  # 팀, 라인, 스프링
        (r"(?:(?<![aeiou])[aeiou]|oo)(?:ck|[ptkc])", Ending.CONSONANT),  # 슬랙, 마켓, 앱, 페이스북, 뮤직
        (r"b", Ending.UNKNOWN),
        (r"[a-z]", Ending.VOWEL),  # 카프카, 네이버, 테크, 클라우드, 소프트
    )
)


def ending(word: str) -> Ending:
    """How ``word`` ends when a Korean reader says it."""
    core = _spoken_part(word)
    if not core:
        return Ending.UNKNOWN
    last = core[-1]
    if last in _READ_MARKS:
        return _READ_MARKS[last]
    if last in _DIGITS:
        return _number_ending(core)
    if _HANGUL_FIRST <= ord(last) <= _HANGUL_LAST:
        return _hangul_ending(last)
    latin = re.search(r"[A-Za-z]+\Z", _without_accents(core))
    return _latin_ending(latin.group()) if latin else Ending.UNKNOWN


def _spoken_part(word: str) -> str:
    """``word`` without what is not said at its end: punctuation, emoji, and a bracketed addition."""
    core = word
    while core:
        last = core[-1]
        opening = core.rfind(_BRACKETS[last]) if last in _BRACKETS else -1
        if opening > 0 and core[:opening].strip():
            core = core[:opening]
        elif last in _READ_MARKS or unicodedata.category(last)[0] in "LN":
            return core
        else:
            core = core[:-1]
    return core


def _hangul_ending(syllable: str) -> Ending:
    match (ord(syllable) - _HANGUL_FIRST) % _FINALS:
        case 0:
            return Ending.VOWEL
        case final if final == _FINAL_RIEUL:
            return Ending.RIEUL
        case _:
            return Ending.CONSONANT


def _number_ending(core: str) -> Ending:
    """Sino-Korean: the last digit, or the unit that trailing zeros make (십 ... 억 end closed, 조 open)."""
    digits = re.search(r"[0-9]+\Z", core)
    run = digits.group() if digits else core[-1]
    zeros = len(run) - len(run.rstrip("0"))
    if 12 <= zeros < 16 and zeros < len(run):
        return Ending.VOWEL
    return _DIGITS[run[-1]]


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def _latin_ending(word: str) -> Ending:
    """By letter names for what is spelled out (LG, MySQL, coconeM, npm), else by how an English word ends."""
    capitals = re.search(r"[A-Z]+\Z", word)
    trailing = capitals.group() if capitals else ""
    spelled_out = (
        len(word) == 1
        or not re.search(r"[aeiouy]", word.casefold())
        or (trailing and (trailing != word or len(word) <= 3))
    )
    lower = word.lower()
    if spelled_out:
        return _LETTERS.get(lower[-1], Ending.VOWEL)
    return next((found for pattern, found in _WORD_ENDS if pattern.search(lower)), Ending.UNKNOWN)
