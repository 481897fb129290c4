"""A field of a posting cut into headed blocks: people put hiring steps, conditions and the like into any field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cache_service.jobs.derive.topics import Topic, topic_of

_LEADING_MARKS: Final = "■□◆◇◈▣❑◎▶▷►●○★☆※|#*✔✅☑❖◼▪•∙·・ㆍ-–—+>o"
# Marks that by themselves make a short line a heading of its own level; the others are mostly bullets.
_HEADING_MARKS: Final = frozenset("■□◆◇◈▣❑◎#|❖◼")
_MARK: Final = re.compile(rf"^(?:[{re.escape(_LEADING_MARKS)}\ufe0f]+|[\U0001f300-\U0001faff\u2600-\u27bf]+)\s*")
_BULLET_O: Final = re.compile(r"^o\s")
_NUMBER: Final = re.compile(r"^(?:[(\[]?\d{1,2}[.)\]]|[①-⑳]|[A-Za-z가-하][.)])\s*(?=\D)")
_BRACKET: Final = re.compile(
    r"^(?P<open>[\[<【〔{『「《≪]{1,3})\s*(?P<text>[^\[\]<>【】〔〕{}『』「」《》≪≫]{1,60}?)\s*[\]>】〕}』」》≫]{1,3}"
    r"\s*:?\s*(?:\([^()]*\))?$"
)
_EMPHASIS: Final = re.compile(r"^(?:\*\*|__|##+|==+)\s*(?P<text>[^*_#=]{1,60}?)\s*(?:\*\*|__|##+|==+)\s*$")
_PLACEHOLDER: Final = re.compile(r"^\[(?:[A-Z_]{3,}|\d+)\]$")
_SEPARATOR: Final = re.compile(r"^[\s_=\-–—*~.·•∙─━ㅡ#+]*$")
_LABEL: Final = re.compile(r"^(?P<label>[^:]{1,24}?)\s*:\s*(?P<value>.*)$")
_SENTENCE_END: Final = re.compile(r"(?:니다|[가-힣]요|[가-힣]죠|[.,;])[.!?~ ^)]*$")
_PLAIN_MAX: Final = 14
_QUOTES: Final = "'\"‘’“”"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: its words, what made it one (a mark or a kind of bracket), and what it announces."""

    text: str
    style: str
    topic: Topic | None


@dataclass(slots=True)
class Block:
    """Lines under a heading. ``topic`` None: under a heading whose words do not say what it announces."""

    heading: Heading | None
    line: str | None
    topic: Topic | None
    lines: list[str] = field(default_factory=list)


def split_blocks(text: str, home: Topic) -> list[Block]:
    """``text`` (clean, lines ended by LF) as blocks in order. What stands under no heading is about ``home``.

    A labelled line ("고용형태 : 정규직") of another topic is a block of its own.
    """
    lines = text.split("\n")
    current = Block(None, None, home)
    blocks = [current]
    for position, line in enumerate(lines):
        if is_separator(line):
            if line and current.topic != home:
                current = Block(None, None, home)
                blocks.append(current)
            current.lines.append("")
            continue
        heading = _heading(lines, position, home, current)
        if heading is not None:
            current = Block(heading, line, heading.topic)
            blocks.append(current)
            continue
        label = _labelled(line, home) if current.topic in (home, None) else None
        if label is not None:
            blocks.append(Block(None, None, label, [line]))
            current = Block(None, None, current.topic)
            blocks.append(current)
            continue
        current.lines.append(line)
    return [block for block in blocks if block.line is not None or any(block.lines)]


def is_separator(line: str) -> bool:
    """Whether a line holds marks only (or nothing)."""
    return _SEPARATOR.match(line) is not None


def strip_marks(line: str) -> str:
    """``line`` without bullets and numbering before its words."""
    line = _strip_mark(line)
    return _NUMBER.sub("", line) or line


def has_mark(line: str) -> bool:
    """Whether a line starts with a bullet or a number."""
    return strip_marks(line) != line


def is_heading(line: str, home: Topic) -> bool:
    """Whether ``line`` by its form alone is a heading."""
    return _formed(line, home) is not None


def _strip_mark(line: str) -> str:
    if line.startswith("o") and not _BULLET_O.match(line):
        return line
    return _MARK.sub("", line)


def _heading(lines: Sequence[str], position: int, home: Topic, current: Block) -> Heading | None:
    line = lines[position]
    formed = _formed(line, home)
    if formed is not None:
        return formed
    mark = line[0] if _strip_mark(line) != line else ""
    words = strip_marks(line).strip(_QUOTES + " ")
    if not words or len(words) > 40 or _LABEL.match(words) and not words.endswith(":"):
        return None
    words = words.rstrip(": ")
    topic = topic_of(words, home)
    if mark in _HEADING_MARKS:
        return _marked(lines, position, Heading(words, mark, topic), current)
    if topic is None or _SENTENCE_END.search(words):
        return None
    if line.endswith(":") or _stands_alone(lines, position, words, mark, home=home, topic=topic):
        return Heading(words, mark or "plain", topic)
    return None


def _formed(line: str, home: Topic) -> Heading | None:
    if _PLACEHOLDER.match(line):
        return None
    for candidate in (line, strip_marks(line), _strip_mark(strip_marks(line))):
        match = _BRACKET.match(candidate) or _EMPHASIS.match(candidate)
        if match is not None and re.search(r"[^\W\d_]", match["text"]):
            style = match.groupdict().get("open") or candidate[0]
            return Heading(match["text"], style[0], topic_of(match["text"], home, bracketed=True))
    return None


def _marked(lines: Sequence[str], position: int, heading: Heading, current: Block) -> Heading | None:
    following = next((line for line in lines[position + 1 :] if line), "")
    is_item = following.startswith(heading.style) and not (position + 1 < len(lines) and lines[position + 1] == "")
    if heading.topic is not None and len(heading.text) <= 30:
        return None if is_item and _SENTENCE_END.search(heading.text) else heading
    if is_item or not following:
        return None
    if current.heading is not None and current.heading.style != heading.style and current.topic is not None:
        return None  # an item under a heading of another form
    return heading


def _stands_alone(
    lines: Sequence[str], position: int, words: str, mark: str, *, home: Topic, topic: Topic
) -> bool:
    """Whether a short line without a heading's form is one all the same: after a gap, and nothing but the topic."""
    compact = len(re.sub(r"\s", "", words)) if not words.isascii() else len(words.split()) * 3
    if compact > _PLAIN_MAX or "," in words or "http" in words:
        return False
    after_gap = position == 0 or lines[position - 1] == "" or is_separator(lines[position - 1])
    followed = any(lines[position + 1 :])
    if mark in {"*", "※", "●", "▶", "▷", "○", "★", "✔", "✅"}:
        return followed and topic != home
    return followed and after_gap and not (mark and topic == home)


def _labelled(line: str, home: Topic) -> Topic | None:
    match = _LABEL.match(strip_marks(line))
    if match is None or not match["value"] or match["value"].startswith("//"):
        return None
    topic = topic_of(match["label"], home)
    return topic if topic in {"process", "apply", "conditions", "preferred"} and topic != home else None
