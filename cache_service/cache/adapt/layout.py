"""How a text is laid out: lines with their bullets and labels, sentences, items between separators, brackets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final

from cache_service.posting.sentences import split_sentences

_BULLET: Final = re.compile(r"[^\S\n]*(?P<mark>(?:[-*•·∙‣◦▪■●○▶–—✓✔☑ㆍ]|\d{1,2}[.)](?!\d))[^\S\n]*)")
# Items and brackets are short; looking no further keeps the work linear in the length of the text.
_WIDEST: Final = 240
_MOST_LINES: Final = 40
_LABEL: Final = re.compile(r"(?P<label>[가-힣A-Za-z][가-힣A-Za-z /()·]{0,28}?)[^\S\n]*[:：|][^\S\n]*(?=\S)")
_CUTS: Final = re.compile(r"[^\S\n]*(?:,(?!\d)|[|;]|·|(?<!\d)/(?!\d))[^\S\n]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line ``[start, end)`` without its newline. ``body``: where it begins behind its mark, ``mark`` None if none;
    ``value``: where it begins behind its label too."""

    start: int
    end: int
    body: int
    value: int
    mark: str | None

    @property
    def bulleted(self) -> bool:
        """Whether it begins with a bullet or a number."""
        return self.mark is not None

    @property
    def labelled(self) -> bool:
        """Whether it is a label and its value."""
        return self.value > self.body


class Layout:
    """The lines and sentences of one text, each found by an offset in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[Line] = []
        at = 0
        for line in text.split("\n"):
            self.lines.append(_line(text, at, at + len(line)))
            at += len(line) + 1
        self._starts = [line.start for line in self.lines]
        self._sentences: list[int] | None = None

    def line_at(self, position: int) -> Line:
        """The line that holds ``position``."""
        return self.lines[max(0, bisect_right(self._starts, position) - 1)]

    def lines_from(self, position: int) -> list[Line]:
        """The lines that begin at ``position`` or after it."""
        return self.lines[bisect_left(self._starts, position) :]

    def lines_before(self, line: Line) -> list[Line]:
        """The lines before ``line``, at most as many as a list of a section has."""
        at = bisect_left(self._starts, line.start)
        return self.lines[max(0, at - _MOST_LINES) : at]

    def sentence_at(self, position: int) -> tuple[int, int]:
        """The sentence that holds ``position``, without its bullet and the white space around it."""
        if self._sentences is None:
            self._sentences = [0]
            for sentence in split_sentences(self.text):
                self._sentences.append(self._sentences[-1] + len(sentence))
        index = min(max(0, bisect_right(self._sentences, position) - 1), max(0, len(self._sentences) - 2))
        start, end = self._sentences[index], self._sentences[min(index + 1, len(self._sentences) - 1)]
        start = max(start, min(self.line_at(position).body, end))
        worded = self.text[start:end]
        return start + len(worded) - len(worded.lstrip()), start + len(worded.rstrip())

    def item_at(self, start: int, end: int) -> tuple[int, int] | None:
        """What stands between two separators (comma, middle dot, slash) around ``[start, end)`` in its sentence."""
        first, last = self.sentence_at(start)
        if end > last:
            return None
        first, last = max(first, start - _WIDEST), min(last, end + _WIDEST)
        item = first
        for cut in _CUTS.finditer(self.text, first, last):
            if cut.start() >= end:
                return item, cut.start()
            if cut.end() <= start:
                item = cut.end()
        return (item, last) if item > first else None

    def brackets_at(self, start: int, end: int) -> tuple[int, int] | None:
        """The pair of round brackets closest around ``[start, end)`` in its line, brackets included."""
        line = self.line_at(start)
        opened = self.text.rfind("(", max(line.start, start - _WIDEST), start)
        closed = self.text.find(")", end, min(line.end, end + _WIDEST))
        if opened < 0 or closed < 0 or ")" in self.text[opened:start] or "(" in self.text[end:closed]:
            return None
        return opened, closed + 1


def _line(text: str, start: int, end: int) -> Line:
    bullet = _BULLET.match(text, start, end)
    body = bullet.end() if bullet is not None and bullet.end() < end else start
    label = _LABEL.match(text, body, end)
    return Line(start, end, body, label.end() if label else body, bullet["mark"] if bullet and body > start else None)
