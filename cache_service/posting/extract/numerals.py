"""Numerals: digits, Korean units of ten ("1억 2,000만"), English ones ("50k"), and number words with a counter.

Every numeral of a text is found once, here; the families of facts claim the ones they understand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from cache_service.posting.extract.number_words import number_words, sino

MAX_DIGITS: Final = 18
_RUN: Final = re.compile(
    r"\d(?:\d{0,2}(?: \d{3}){1,3}(?= ?(?:[€£₩]|EUR))|\d{0,2}(?:,\d{3}){1,6}(?!\d)|\d*)(?:\.\d{1,9}){0,4}"
)
_SCALES: Final = {
    "조": 10**12, "천억": 10**11, "백억": 10**10, "십억": 10**9, "억": 10**8, "천만": 10**7, "백만": 10**6,
    "십만": 10**5, "만": 10**4, "천": 10**3, "백": 10**2,
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6,
    "b": 10**9, "bn": 10**9, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
_COUNTED: Final = r"(?:원|명|인|달러|불|건|개|대|회|여|평|권|팔로|유저|다운|유로|엔|[+)\],.~]|$)"
_KOREAN_SCALE: Final = re.compile(
    rf"(천억|백억|십억|억|천만|백만|십만|만(?!족|화|큼|남|료)|천(?!안|장|재|연|국)|백(?!엔드|오피스|화점|신|그라)"
    rf"|조(?= ?(?:원|달러|불|\d|규모|대)(?! ?교대)))"
    rf"|\s(억|천만|백만|만|천)(?= ?{_COUNTED})",
    re.MULTILINE,
)
_CONTINUED: Final = re.compile(
    r" ?(\d{1,3}(?:,\d{3}){1,3}(?!\d)|\d{1,8})(?:(천만|백만|십만|억|만|천|백)|(?= ?(?:원|명|곳|건|개|대|회|여|평|권|시간)))"
)
_SMALL_THEN_BIG: Final = re.compile(
    r"(?=\d{1,4}(?:[백십]?[만억])|\s\d{1,4}[백십][만억]) ?(\d{1,4})(백만|백억|십만|십억|만|억)"
)
_ENGLISH_SCALE: Final = re.compile(
    r" ?(thousand|million|billion|trillion|bn|mn)\b|([kKmMB])(?![A-Za-z])", re.IGNORECASE
)
_CURRENCY_BEFORE: Final = re.compile(r"(?:[$₩€£¥]|\b[A-Z]{3}) ?$")
_UNITS: Final = frozenset(
    """kg g km m cm mm gb tb mb kb hz khz mhz ghz kw mw gw kwh h hr hrs hour hours min mins minutes sec ms s yr yrs
    year years month months mo day days week weeks x th st nd rd am pm px pt won krw usd eur w l ml t people ft sqft
    ea plus""".split()
)
_LETTERS: Final = re.compile(r"[A-Za-z]{1,12}")
_TAIL: Final = re.compile(r"[A-Za-z0-9_+#]{0,24}(?:[-.][A-Za-z0-9]{1,12}){0,3}")
_HEAD: Final = re.compile(r"(?:[A-Za-z0-9_]{1,16}[-.]){0,2}[A-Za-z0-9_]{1,24}(?:-|[+#]{1,2})?$")
_HYPHENATED: Final = re.compile(r"\b(?!D-)[A-Z][A-Za-z0-9]{0,15}-$")
_MARKER_LEAD: Final = re.compile(r"(?:^|\n)[ >*•·ㆍ\-#■▶○●(\[]{0,8}(?:(?:step|단계) ?)?$", re.IGNORECASE)
_IN_LINE_LEAD: Final = re.compile(r"[:;.] ?\(?$")
_KEYCAP: Final = re.compile("\ufe0f?\u20e3")
_SINO_THEN_BIG: Final = re.compile(r" ?([일이삼사오육칠팔구십백]{1,6})([만억])")  # 3천오백만


@dataclass(slots=True)
class Numeral:
    """A number at ``[start, end)``, its unit of ten included.

    ``value``: an int, a decimal as text, or the token it is part of if it names something (``name``: "EC2").
    ``raw`` is the number without its unit of ten ``scale``. ``idle``: a list marker; nothing is stated.
    """

    value: int | str
    start: int
    end: int
    raw: Decimal
    scale: int = 1
    name: bool = False
    idle: bool = False
    taken: bool = False


def number_value(value: Decimal) -> int | str:
    """An int where the number is whole, else the shortest decimal text."""
    return int(value) if value == value.to_integral_value() else format(value.normalize(), "f")


def numerals_in(text: str, lowered: str) -> list[Numeral]:
    """All numerals of ``text`` in order; ``lowered`` is it in lower case."""
    found = _digits(text)
    if not (worded := number_words(text, lowered)):
        return found
    found += [Numeral(raw * scale, start, end, Decimal(raw), scale) for start, end, raw, scale in worded]
    found.sort(key=lambda numeral: (numeral.start, -numeral.end))
    kept: list[Numeral] = []
    for numeral in found:
        if kept and numeral.start < kept[-1].end:
            continue
        if kept and _goes_on(text, kept[-1], numeral):
            kept[-1] = _sum(kept[-1], numeral)
        else:
            kept.append(numeral)
    return kept


def _goes_on(text: str, first: Numeral, second: Numeral) -> bool:
    """1억 이천만: digits and words of one number."""
    return first.scale == second.scale * 10**4 == 10**8 and text[first.end - 1 : second.start] in {"억", "억 "}


def _sum(first: Numeral, second: Numeral) -> Numeral:
    total = first.raw * first.scale + second.raw * second.scale
    return Numeral(number_value(total), first.start, second.end, total)


def _digits(text: str) -> list[Numeral]:
    found: list[Numeral] = []
    done = 0
    for match in _RUN.finditer(text):
        if match.start() < done:
            continue
        numeral = _one(text, match, done)
        found.append(numeral)
        done = numeral.end
    return found


def _one(text: str, match: re.Match[str], free: int) -> Numeral:
    start, end = match.span()
    digits = match[0].replace(",", "").replace(" ", "")
    if _names_something(text, start, end):
        return _token(text, start, end, free)
    if len(digits) > MAX_DIGITS or digits.count(".") > 1:
        return Numeral(digits[:64], start, end, Decimal(0), name=True)
    raw = Decimal(digits)
    if len(digits) <= 2 and _is_marker(text, start, end):
        return Numeral(number_value(raw), start, end, raw, idle=True)
    return _scaled(text, start, end, raw)


def _is_letter(char: str) -> bool:
    return "a" <= char <= "z" or "A" <= char <= "Z"


def _names_something(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    if before and (_is_letter(before) or before == "_"):
        return not _CURRENCY_BEFORE.search(text[max(0, start - 4) : start])
    if before in {"+", "#"} and _is_letter(text[max(0, start - 3) : start].lstrip(" +#")[:1]):
        return True
    if before == "-" and _HYPHENATED.search(text[max(0, start - 18) : start]):
        return True
    if (letters := _LETTERS.match(text, end)) is None:
        return False
    word = letters[0]
    if word in {"K", "k"}:
        money = _CURRENCY_BEFORE.search(text[max(0, start - 5) : start])
        return word == "K" and end - start == 1 and money is None
    return word not in {"M", "B", "bn", "mn"} and word.lower() not in _UNITS


def _token(text: str, start: int, end: int, free: int) -> Numeral:
    head = _HEAD.search(text[max(free, start - 32) : start])
    tail = _TAIL.match(text, end)
    first = start - (len(head[0]) if head else 0)
    last = tail.end() if tail else end
    while last > end and text[last - 1] in "-.":
        last -= 1
    return Numeral(text[first:last], first, last, Decimal(0), name=True)


def _is_marker(text: str, start: int, end: int) -> bool:
    if _KEYCAP.match(text, end):
        return True
    lead = text[max(0, start - 14) : start]
    at_start = start == len(lead) or "\n" in lead
    if (text[end : end + 1] or " ") in ".)]":
        return (at_start and _MARKER_LEAD.search(lead) is not None) or _IN_LINE_LEAD.search(lead) is not None
    return at_start and lead[-5:].strip().lower() in {"step", "단계"} and _MARKER_LEAD.search(lead) is not None


def _scaled(text: str, start: int, end: int, raw: Decimal) -> Numeral:
    after = text[end : end + 1]
    if not (after.isalpha() or after.isspace()):
        return Numeral(number_value(raw), start, end, raw)
    if (korean := _KOREAN_SCALE.match(text, end)) is not None:
        return _korean(text, start, korean, raw)
    english = _ENGLISH_SCALE.match(text, end)
    if english is not None and _is_scale(text, start, english):
        scale = _SCALES[(english[1] or english[2]).lower()]
        return Numeral(number_value(raw * scale), start, english.end(), raw, scale)
    return Numeral(number_value(raw), start, end, raw)


def _is_scale(text: str, start: int, match: re.Match[str]) -> bool:
    """A lower-case m is metres or minutes unless a currency stands before."""
    if text[start : match.start() + 1].startswith("401") and match.start() - start == 3:
        return False  # a 401k plan
    return match[2] != "m" or _CURRENCY_BEFORE.search(text[max(0, start - 5) : start]) is not None


def _korean(text: str, start: int, first: re.Match[str], raw: Decimal) -> Numeral:
    scale = _SCALES[first[1] or first[2]]
    end = first.end()
    if scale <= 1000 and (big := _SMALL_THEN_BIG.match(text, end)) is not None:  # 3천5백만
        unit = big[2]
        head, tail = (_SCALES[unit[0]] if len(unit) > 1 else 1), _SCALES[unit[-1]]
        total = (raw * scale + Decimal(big[1]) * head) * tail
        scale, end = tail, big.end()
    elif scale == 1000 and (worded := _SINO_THEN_BIG.match(text, end)) is not None:  # 3천오백만
        scale, end = _SCALES[worded[2]], worded.end()
        total = raw = (raw * 1000 + sino(worded[1])) * scale
        raw /= scale
    else:
        total = raw * scale
    compound, left = False, scale
    for _ in range(4):
        more = _CONTINUED.match(text, end)
        part = _SCALES[more[2]] if more is not None and more[2] else 1
        if more is None or part >= left:
            break
        if part in {100, 1000} and left == 10**8:
            part *= 10**4  # 1억 2천
        digits = more[1].replace(",", "")
        total += Decimal(digits) * part
        compound, left, end = True, part, more.end()
    return Numeral(number_value(total), start, end, total if compound else raw, 1 if compound else scale)
