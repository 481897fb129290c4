"""Text cut into sentences that can be put together again word for word."""

from __future__ import annotations

import re
from typing import Final

_ABBREVIATIONS: Final = (
    r"(?<!\bInc)(?<!\bLtd)(?<!\bCo)(?<!\bNo)(?<!\bvs)(?<!\be\.g)(?<!\bi\.e)(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\bU\.S)"
)
_END: Final = re.compile(
    rf"(?<=[^\d\s]){_ABBREVIATIONS}[.!?…。]+[\"'”’)\]]*(?=\s)|(?<=\d)[.!?]+(?=\s+[^\W\d])"
    r"|(?<=[a-z)][.!?])(?=[A-Z][a-z]*\b)|(?<=다|요)(?=\n)|(?<=[:~^)!?])(?=\n)"
)
_BULLET_LINE: Final = re.compile(r"^(?:[^\w\s\"'“‘(<\[]|o\s|\d{1,2}[.)]|https?:|#)")


def paragraphs(lines: list[str]) -> list[list[str]]:
    """Runs of lines that read on from one to the next; a bullet, a number, a link or a gap starts a new run."""
    runs: list[list[str]] = []
    for line in lines:
        if not line:
            runs.append([])
        elif not runs or _BULLET_LINE.match(line) or (runs[-1] and runs[-1][-1].startswith("http")):
            runs.append([line])
        else:
            runs[-1].append(line)
    return [run for run in runs if run]


def sentences(text: str) -> list[str]:
    """The sentences of ``text``, each with the white space that follows it: joined they are ``text``."""
    cuts = [0]
    for match in _END.finditer(text):
        end = match.end()
        while end < len(text) and text[end].isspace():
            end += 1
        if cuts[-1] < end < len(text):
            cuts.append(end)
    return [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
