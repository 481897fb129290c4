"""Sentences of a text that arrives in pieces.

A sentence ends with a newline, or with [.!?。…] and the white space after it (closing quotes and brackets may
stand between). A decimal, a name such as Node.js, an abbreviation (Co., Ltd., U.S.) and a list marker ("1. ") end
none. Where a sentence ends never depends on how the text was cut.
"""

from __future__ import annotations

import re
from typing import Final

_NEWLINE: Final = "\n"
_END: Final = re.compile(r"\n|(?<=[.!?。…])[\"'”’)\]」』]{0,3}[^\S\n\r]")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(,])(?:\(?\d{1,3}|[A-Za-z]|(?:[A-Za-z]\.){1,4}[A-Za-z]|e\.g|i\.e|etc|vs|cf|No|no|Co|Inc|Ltd|Corp"
    r"|Dr|Mr|Mrs|Ms|Prof|Sr|Jr|St|approx|incl|min|max|avg|dept|est"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|yrs?|hrs?)\.[\"'”’)\]」』]{0,3}[^\S\n\r]$"
)
_LOOK_BACK: Final = 16


class SentenceSplitter:
    """Gives the sentences of a stream as soon as they are whole. All it gives, and ``flush``, make the input."""

    __slots__ = ("_buffer", "_seen")

    def __init__(self) -> None:
        self._buffer = ""
        self._seen = 0

    def feed(self, delta: str) -> list[str]:
        """The sentences that ``delta`` completes, each with its ending."""
        self._buffer += delta
        sentences: list[str] = []
        start = 0
        # An ending is at most five characters long, and may have begun in what was seen before.
        position = max(0, self._seen - 5)
        for match in _END.finditer(self._buffer, position):
            end = match.end()
            if end <= start or (match[0] != _NEWLINE and self._goes_on(start, end)):
                continue
            sentences.append(self._buffer[start:end])
            start = end
        self._buffer = self._buffer[start:]
        self._seen = len(self._buffer)
        return sentences

    def flush(self) -> str:
        """What is left: a sentence without an end, or nothing. The splitter is empty after it."""
        rest, self._buffer, self._seen = self._buffer, "", 0
        return rest

    def _goes_on(self, start: int, end: int) -> bool:
        window = self._buffer[max(start, end - _LOOK_BACK) : end]
        return _ABBREVIATION.search(window) is not None


def split_sentences(text: str) -> list[str]:
    """The sentences of a whole text; joined they are the text."""
    splitter = SentenceSplitter()
    sentences = splitter.feed(text)
    rest = splitter.flush()
    return [*sentences, rest] if rest else sentences
