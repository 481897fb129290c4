"""A section's text as a list of items. Where a text does not say plainly where one item ends, there is no list."""

from __future__ import annotations

import re
from typing import Final

from cache_service.jobs.derive.blocks import Block, has_mark, is_heading, is_separator, strip_marks
from cache_service.jobs.derive.sentences import sentences
from cache_service.jobs.derive.topics import Topic
from cache_service.posting.request import MAX_LINE_CHARS, MAX_LIST_ITEMS

_INLINE_BULLET: Final = re.compile(r"\s*[•▪◦‣●■]\s*")
_TAGS: Final = re.compile(r"^(?:#[^\s#]+\s*)+$")
_PARENTHESISED: Final = re.compile(r"^\([^()]*\)$")
# Two sentences or items run together without a space, as in "daily reportsBuild dashboards".
_RUN_TOGETHER: Final = re.compile(r"(?<=[a-z]{3}|[a-z]{2}[.);:])(?=[A-Z][a-z]+\s)")
_JOINED_WORD: Final = re.compile(r"[a-z]{2}[.);:]?[A-Z][a-z]")
_CAMEL: Final = re.compile(
    r"\b(?:Java|Type|Coffee|Action)Script|GitHub|GitLab|LinkedIn|YouTube|PowerPoint|PowerShell|PowerBI|MapReduce|TensorFlow|PyTorch|"
    r"DevOps|HubSpot|WordPress|QuickBooks|SharePoint|SalesForce|InDesign|AutoCAD|SolidWorks|MailChimp|FinTech|McDonald|"
    r"DynamoDB|BigQuery|OpenStack|CloudFormation|PhoneGap|JetBrains|StackOverflow|eCommerce|ZenDesk|AdWords|iPhone|iPad|MacBook"
)
_BULLETED: Final = 2
_MIN_WORDS: Final = 2
_CONFIDENT_JOINS: Final = 2


def items_of(blocks: list[Block], home: Topic, language: str) -> tuple[str, ...] | None:
    """The items of a section made of ``blocks``, without bullets and heading lines; None where they are not
    clear, more than ``MAX_LIST_ITEMS``, or one is over ``MAX_LINE_CHARS`` even cut at its sentence ends."""
    items: list[str] = []
    bulleted = sum(has_mark(line) for block in blocks for line in block.lines) >= _BULLETED
    for block in blocks:
        lines = [line for line in block.lines if line and not is_separator(line) and not _TAGS.match(line)]
        for position, line in enumerate(lines):
            if is_heading(line, home) or (bulleted and _introduces(lines, position, block)):
                continue
            if _PARENTHESISED.match(line) and items:
                items[-1] = f"{items[-1]} {line}"
                continue
            found = _line_items(line, language)
            if found is None:
                return None
            items += found
    unique = tuple(dict.fromkeys(item for item in map(str.strip, items) if item))
    if not unique or len(unique) > MAX_LIST_ITEMS or any(len(item) > MAX_LINE_CHARS for item in unique):
        return None
    return unique


def _introduces(lines: list[str], position: int, block: Block) -> bool:
    """Whether an unmarked line stands over a list rather than in it."""
    if has_mark(lines[position]) or position + 1 >= len(lines) or not has_mark(lines[position + 1]):
        return False
    place = block.lines.index(lines[position])
    return place == 0 or not block.lines[place - 1]


def _line_items(line: str, language: str) -> list[str] | None:
    parts = [part for part in _INLINE_BULLET.split(line) if part.strip()]
    found: list[str] = []
    for part in parts:
        pieces = _split_joined(part) if language == "en" else [part]
        if pieces is None:
            return None
        for piece in pieces:
            words = strip_marks(piece.strip())
            found += _short(words) if len(words) > MAX_LINE_CHARS else [words]
    return found


def _short(text: str) -> list[str]:
    """``text`` cut at sentence ends into as few pieces of at most MAX_LINE_CHARS as there can be in order."""
    pieces: list[str] = []
    for sentence in sentences(text):
        if pieces and len(pieces[-1]) + len(sentence) <= MAX_LINE_CHARS:
            pieces[-1] += sentence
        else:
            pieces.append(sentence)
    return pieces


def _split_joined(text: str) -> list[str] | None:
    """``text`` cut where items run together; None where they do but not plainly."""
    hidden = _CAMEL.sub(lambda match: match[0].lower().rjust(len(match[0])), text)
    if not _JOINED_WORD.search(hidden):
        return [text]
    cuts = [match.start() for match in _RUN_TOGETHER.finditer(hidden)]
    if len(cuts) < _CONFIDENT_JOINS:
        return None
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    plain = all(len(piece.split()) >= _MIN_WORDS for piece in pieces)
    left_over = any(
        _JOINED_WORD.search(piece)
        for piece in (hidden[a:b] for a, b in zip([0, *cuts], [*cuts, len(hidden)], strict=True))
    )
    return pieces if plain and not left_over else None
