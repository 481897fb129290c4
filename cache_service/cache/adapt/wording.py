"""Finding a value in a text by its own wording, whatever the case and spacing, and only as a word of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from cache_service.cache.adapt.outcome import Span
from cache_service.posting.canonical import fold

_PARTICLES: Final = (
    r"(?:이라는|라는|이라고|라고|에서는|에서의|에서도|에서|에게는|에게|에는|에도|에|으로서|로서|으로써|로써|으로의|로의|으로|로|께서는?|까지|부터|처럼|보다|만의|만이|만|이란|란"
    r"|입니다|이에요|예요|이며|이고|이자|이다|이신|인|은|는|이|가|을|를|의|와의|와는|와|과의|과는|과|도|이랑|랑|님|뿐|및|측|이나|나|이면|면"
    r"|이라면|라면|팀(?:은|이|의|에서|과|원|에)?|은\(는\)|이\(가\)|을\(를\)|과\(와\)|\(으\)로)"
)
# Behind a Hangul word: nothing, or a particle and then nothing; the words that a list item is often followed by.
_AFTER_HANGUL: Final = re.compile(rf"{_PARTICLES}?(?![A-Za-z0-9가-힣])")
_AFTER_LATIN: Final = re.compile(rf"(?:'s\b)?{_PARTICLES}?(?![A-Za-z0-9+#가-힣])|(?=[가-힣]{{1,6}}(?![A-Za-z0-9]))")


class Wording:
    """A text folded once, so that any number of values can be looked for in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._offsets: list[int] = []
        folded: list[str] = []
        for position, char in enumerate(text):
            if char.isspace():
                continue
            plain = char if char.isascii() else unicodedata.normalize("NFKC", char)
            for part in plain.casefold():
                folded.append(part)
                self._offsets.append(position)
        self._folded = "".join(folded)

    def find(self, value: str) -> Iterator[Span]:
        """Where ``value`` stands as a word, in order."""
        wanted = fold(value)
        if not wanted:
            return
        at = self._folded.find(wanted)
        while at >= 0:
            start, end = self._offsets[at], self._offsets[at + len(wanted) - 1] + 1
            if self._is_word(start, end):
                yield start, end
                at = self._folded.find(wanted, at + len(wanted))
            else:
                at = self._folded.find(wanted, at + 1)

    def count(self, value: str) -> int:
        """How often ``value`` stands in the text, as a word or not."""
        wanted = fold(value)
        return self._folded.count(wanted) if wanted else 0

    def _is_word(self, start: int, end: int) -> bool:
        first, last, before = self.text[start], self.text[end - 1], self.text[start - 1 : start]
        if before and _joined(before, first):
            return False
        if not last.isalnum():
            return last not in "+#" or not self.text[end : end + 1].isalnum() or self.text[end] >= "가"
        pattern = _AFTER_HANGUL if last >= "가" else _AFTER_LATIN
        return pattern.match(self.text, end) is not None


def _joined(before: str, first: str) -> bool:
    if not (before.isalnum() and first.isalnum()):
        return False
    return not (before.isdigit() and not first.isdigit() and first >= "가")
