"""A field of a posting cut into headed blocks: people put hiring steps, conditions and the like into any field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from cache_service.jobs.derive.topics import Topic, topic_of

# Marks that by themselves make a short line a heading of its own level; the others are mostly bullets.
_HEADING_MARKS: Final = frozenset("■□◆◇◈▣❑◎#|❖◼")
# Any run of signs but those that open a quotation or a bracket, a link, an amount. NFKC makes the dot ㆍ the letter ᆞ.
_MARK: Final = re.compile(r"^(?:[^\w\s\"'“‘(\[<{【《「『〔≪@$~…&]|ᆞ)+\s*|^o\s+")
_NUMBER: Final = re.compile(r"^(?:[(\[]?\d{1,2}[.)\]]|[①-⑳]|[A-Za-z가-하][.)])\s*(?=\D)")
_BRACKET: Final = re.compile(
    r"^(?P<open>[\[<【〔{『「《≪]{1,3})\s*(?P<text>[^\[\]<>【】〔〕{}『』「」《》≪≫]{1,60}?)\s*[\]>】〕}』」》≫]{1,3}"
    r"\s*:?\s*(?:\([^()]*\))?$"
)
_TAGS: Final = re.compile(r"^(?:#\S+\s*){2,}$")
_OPENING: Final = re.compile(r"^[\[<【](?P<text>[^\[\]<>【】]{2,20})[\]>】]\s*\S.{0,40}$")
_EMPHASIS: Final = re.compile(r"^(?:\*\*|__|##+|==+)\s*(?P<text>[^*_#=]{1,60}?)\s*(?:\*\*|__|##+|==+)\s*$")
_PLACEHOLDER: Final = re.compile(r"^\[(?:[A-Z_]{3,}|\d+)\]$")
_SEPARATOR: Final = re.compile(r"^[\s_=\-–—*~.·•∙─━ㅡ#+]*$")
_LABEL: Final = re.compile(r"^(?P<label>[^:]{1,24}?)\s*:\s*(?P<value>.*)$")
_SENTENCE_END: Final = re.compile(r"(?:니다|[가-힣]요|[가-힣]죠|[.,;])[.!?~ ^)]*$")
# What one labelled line may say among lines about something else.
_LABELLED: Final[frozenset[Topic]] = frozenset({"process", "apply", "conditions", "requirements", "preferred"})
_JOB_TOPICS: Final[frozenset[Topic]] = frozenset({"process", "apply", "conditions", "team", "position"})
_JOB_LEVEL: Final[frozenset[Topic]] = frozenset({"process", "apply", "conditions"})
_WEAK_MARKS: Final = frozenset("*※●▶▷○★✔✅")
_UNDERLINE: Final = re.compile(r"^[_=\-─━—]{3,}$")
_INTRODUCED: Final = re.compile(r"소개(?:해요|합니다|할게요|드려요|드립니다)?[.!~]*$")
_UNDERLINED_MAX: Final = 20
_HEADING_MAX: Final = 40
_PLAIN_MAX: Final = 14
_BULLETED_MAX: Final = 8
_SPACE: Final = re.compile(r"\s+")
_QUOTES: Final = "'\"‘’“”"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: its words, what made it one (a mark or a kind of bracket), and what it announces."""

    text: str
    style: str
    topic: Topic | None


@dataclass(slots=True)
class Block:
    """Lines under a heading. ``topic`` None: under a heading whose words do not say what it announces.
    ``emptied``: what stood under the heading was moved elsewhere."""

    heading: Heading | None
    line: str | None
    topic: Topic | None
    lines: list[str] = field(default_factory=list)
    emptied: bool = False


def split_blocks(text: str, home: Topic) -> list[Block]:
    """``text`` (clean, lines ended by LF) as blocks in order. What stands under no heading is about ``home``.

    A labelled line ("고용형태 : 정규직") of another topic is a block of its own.
    """
    lines = text.split("\n")
    current = Block(None, None, home)
    blocks = [current]
    for position, line in enumerate(lines):
        if is_separator(line):
            if line and current.topic != home and any(current.lines):
                current = Block(None, None, home)
                blocks.append(current)
            current.lines.append("")
            continue
        heading = _heading(lines, position, home, current)
        if heading is not None:
            current = Block(heading, line, heading.topic)
            blocks.append(current)
            continue
        if home == "benefits" and current.topic == "conditions" and _other_list(lines, position, current):
            current = Block(None, None, home)
            blocks.append(current)
        label = _labelled(line, home, current)
        if label is not None:
            blocks.append(Block(None, None, label, [line]))
            current = Block(None, None, current.topic)
            blocks.append(current)
            continue
        current.lines.append(line)
    return [block for block in blocks if block.line is not None or any(block.lines)]


@lru_cache(maxsize=1024)
def is_separator(line: str) -> bool:
    """Whether a line holds marks only (or nothing)."""
    return _SEPARATOR.match(line) is not None


def compact(text: str) -> str:
    """``text`` for comparing: without white space, case folded (it is clean already)."""
    return _SPACE.sub("", text).casefold()


# A line is looked at several times on its way.
@lru_cache(maxsize=1024)
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
    return _MARK.sub("", line)


def _heading(lines: Sequence[str], position: int, home: Topic, current: Block) -> Heading | None:
    line = lines[position]
    if (formed := _formed(line, home)) is not None:
        return formed
    mark = _mark_of(line)
    words = strip_marks(line).strip(_QUOTES + " ")
    labelled = _LABEL.match(words) is not None and not words.endswith(":")
    following = next((line for line in lines[position + 1 :] if line), "")
    if not words or len(words) > _HEADING_MAX or labelled or not following or _TAGS.match(line):
        return None
    if mark and _mark_of(following) == mark and not _after(lines, position):
        return None  # one item of a list
    heading = Heading(words.rstrip(": "), mark or "plain", topic_of(words, home))
    if mark in _HEADING_MARKS:
        last_item = heading.topic is None and position > 0 and _mark_of(lines[position - 1]) == mark
        return None if last_item else _marked(heading, current)
    return heading if _is_over(lines, position, heading, home, current) else None


def _is_over(lines: Sequence[str], position: int, heading: Heading, home: Topic, current: Block) -> bool:
    """Whether a line with a mere bullet, or none, stands over what follows."""
    line, below = lines[position], lines[position + 1]
    if heading.style == "plain":
        if len(heading.text) <= _UNDERLINED_MAX and _UNDERLINE.match(below):
            return True
        if heading.topic in _JOB_LEVEL and heading.topic != home and _mark_of(below):
            return True
        if heading.topic == "team" and _INTRODUCED.search(heading.text):
            return True
    elif current.heading is not None and current.heading.style == heading.style and current.topic != home:
        return True
    if heading.topic is None:
        return False
    return line.endswith(":") or (
        _SENTENCE_END.search(heading.text) is None and _stands_alone(lines, position, heading, home, current)
    )


@lru_cache(maxsize=1024)
def _mark_of(line: str) -> str:
    """The bullet that ``line`` starts with, "1" for any number, empty where there is none."""
    if _strip_mark(line) != line:
        return line[0]
    return "1" if _NUMBER.match(line) else ""


def _after(lines: Sequence[str], position: int) -> bool:
    """Whether an empty line follows."""
    return position + 1 < len(lines) and lines[position + 1] == ""


def _marked(heading: Heading, current: Block) -> Heading | None:
    if heading.topic is not None and len(heading.text) <= 30:
        return heading
    if current.heading is not None and current.heading.style != heading.style and current.topic is not None:
        return None  # an item under a heading of another form
    return heading


def _stands_alone(lines: Sequence[str], position: int, heading: Heading, home: Topic, current: Block) -> bool:
    """Whether a short line without a heading's form is one all the same: nothing but a topic, and set apart."""
    words = heading.text
    size = len(words.split()) * 3 if words.isascii() else len(re.sub(r"\s", "", words))
    if size > (_PLAIN_MAX if heading.style not in "-•" else _BULLETED_MAX) or "," in words or "http" in words:
        return False
    if heading.topic == home and current.topic == home:
        return False
    after_gap = position == 0 or lines[position - 1] == "" or is_separator(lines[position - 1])
    return after_gap or heading.style in _WEAK_MARKS


def _formed(line: str, home: Topic) -> Heading | None:
    if _PLACEHOLDER.match(line):
        return None
    opening = _OPENING.match(line)
    if opening is not None and (topic := topic_of(opening["text"], home)) in _JOB_TOPICS and topic != home:
        return Heading(opening["text"], line[0], topic)
    for candidate in (line, strip_marks(line), _strip_mark(strip_marks(line))):
        match = _BRACKET.match(candidate) or _EMPHASIS.match(candidate)
        if match is not None and re.search(r"[^\W\d_]", match["text"]):
            style = match.groupdict().get("open") or candidate[0]
            return Heading(match["text"], style[0], topic_of(match["text"], home, bracketed=True))
    return None


def _other_list(lines: Sequence[str], position: int, current: Block) -> bool:
    """Whether, after a gap, a list of another form starts that says no more conditions."""
    if lines[position - 1] or not _mark_of(lines[position]) or _LABEL.match(strip_marks(lines[position])):
        return False
    return all(_mark_of(line) != _mark_of(lines[position]) for line in current.lines if line)


def _labelled(line: str, home: Topic, current: Block) -> Topic | None:
    match = _LABEL.match(strip_marks(line))
    if match is None or not match["value"] or match["value"].startswith("//"):
        return None
    topic = topic_of(match["label"], home)
    if current.topic in (home, None):
        return topic if topic in _LABELLED and topic != home else None
    return home if topic == home and home != "company" else None
