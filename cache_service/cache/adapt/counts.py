"""Small numbers as a text writes them: digits, Korean and English number words; singular and plural behind them."""

from __future__ import annotations

import re
from typing import Final

from cache_service.cache.adapt.grammar import cased_like

_ENGLISH: Final = "one two three four five six seven eight nine ten eleven twelve".split()
_NATIVE: Final = "한 두 세 네 다섯 여섯 일곱 여덟 아홉 열".split()
_SINO: Final = "일 이 삼 사 오 육 칠 팔 구 십".split()
NUMBER: Final = re.compile(
    rf"\d{{1,3}}(?:,\d{{3}})+|\d+|\b(?:{'|'.join(_ENGLISH)}|fifteen|eighteen|twenty|thirty|forty|fifty)\b"
    rf"|(?<![가-힣])(?:{'|'.join(_NATIVE)}|스무)(?=\s?(?:명|분|개월|달))|(?<![가-힣])(?:{'|'.join(_SINO)})(?=\s?년)",
    re.IGNORECASE,
)
_UNIT: Final = re.compile(
    r"(?P<gap>\s?\+?\s?)(?P<unit>years?|yrs?|months?|openings?|vacanc(?:y|ies)|positions?|hires?|people|persons?)\b",
    re.IGNORECASE,
)
_SINGULAR: Final = {"vacancies": "vacancy", "people": "person"}
_PLURAL: Final = {"vacancy": "vacancies", "person": "people"}


def count_like(old: str, value: int) -> str:
    """``value`` written as ``old`` is: in digits, or in words as far as there are any."""
    if old[:1].isdigit():
        return f"{value:,}" if "," in old or value >= 10_000 else str(value)
    lower = old.lower()
    if lower.isascii():
        return cased_like(_ENGLISH[value - 1], old) if 1 <= value <= len(_ENGLISH) else str(value)
    words = _NATIVE if old in _NATIVE or old == "스무" else _SINO
    return words[value - 1] if 1 <= value <= len(words) else str(value)


def recount(phrase: str, value: int) -> str | None:
    """``phrase`` with its one number replaced by ``value``, its English unit in the right number; None where it has
    several numbers that differ."""
    found = list(NUMBER.finditer(phrase))
    if not found or len({_reading(match[0]) for match in found}) > 1:
        return None
    parts, at = [], 0
    for match in found:
        parts += [phrase[at : match.start()], count_like(match[0], value)]
        at = match.end()
    return "".join(parts) + inflected(phrase[at:], value)


def inflected(tail: str, value: int) -> str:
    """``tail`` (what follows a number) with its unit singular or plural. "3-year" and "1+ years" stay as they are."""
    unit = _UNIT.match(tail)
    if unit is None or "+" in unit["gap"] or not unit["gap"]:
        return tail
    word = unit["unit"]
    if (mark := tail[unit.end("unit") :]) in {"'", "’"}:  # 3 years' experience, 1 year's experience
        return f"{tail[: unit.start('unit')]}{unit_for(word, value)}{mark}{'s' if value == 1 else ''}"
    return tail[: unit.start("unit")] + unit_for(word, value) + tail[unit.end("unit") :]


def unit_for(word: str, value: int) -> str:
    """An English unit for a number: "year", "years"; the case stays."""
    lower = word.lower()
    singular = _SINGULAR.get(lower) or lower.removesuffix("s")
    right = singular if value == 1 else _PLURAL.get(singular) or f"{singular}s"
    return right if word.islower() else right.upper() if word.isupper() else right.capitalize()


def _reading(worded: str) -> str:
    lower = worded.lower().replace(",", "")
    for words in (_ENGLISH, _NATIVE, _SINO):
        if lower in words:
            return str(words.index(lower) + 1)
    return lower.lstrip("0") or lower
