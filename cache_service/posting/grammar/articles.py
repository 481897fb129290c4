"""English grammar of given words: a or an, singular or plural, lists with commas and "and"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# Letters whose names begin with a vowel sound: "an HR manager", "a UX designer".
_VOWEL_NAMED: Final = frozenset("AEFHILMNORSX")
_VOWEL_NUMBER: Final = re.compile(r"8|(?:11|18)(?!\d)")
_FIRST_WORD: Final = re.compile(r"[^\W_]+")
_SILENT_H: Final = re.compile(r"(?:hour|honest|honou?r|heir)")
_CONSONANT_SOUND: Final = re.compile(r"(?:uni(?!n|m)|us[aeiu]|ut[aeio]|uk|ur[aeiou]|eu|ewe|one(?![a-z])|once|oui|ubi)")


def article(phrase: str) -> str:
    """ "a" or "an", by the sound that ``phrase`` begins with."""
    found = _FIRST_WORD.search(phrase)
    word = found.group() if found else ""
    if word[:1].isdigit():
        return "an" if _VOWEL_NUMBER.match(word) else "a"
    lower = word.lower()
    if word.isupper() and word.isascii() and (len(word) <= 3 or not re.search("[AEIOU]", word)):
        return "an" if word[0] in _VOWEL_NAMED else "a"
    if _SILENT_H.match(lower):
        return "an"
    return "an" if lower[:1] in tuple("aeiou") and not _CONSONANT_SOUND.match(lower) else "a"


def with_article(phrase: str) -> str:
    """``phrase`` with a or an before it."""
    return f"{article(phrase)} {phrase}"


def counted(number: int, unit: str) -> str:
    """ "1 year", "3 years", "1,000 years"."""
    return f"{number:,} {unit}" if number == 1 else f"{number:,} {unit}s"


def listed(items: Sequence[str]) -> str:
    """ "A", "A and B", "A, B, and C"."""
    if len(items) <= 2:
        return " and ".join(items)
    return f"{', '.join(items[:-1])}, and {items[-1]}"
