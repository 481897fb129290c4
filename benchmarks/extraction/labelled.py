"""Texts with the facts that they state marked by hand, and how they are read.

A file holds blocks: a line ``=== id split section occupation [distractors]``, then the text with its marks. A mark is
``{{label,label|words}}``; marks may stand within marks. A label is ``type=value``, or ``type`` alone where the value is
the words themselves; of a polarity ``polarity=subject:stance``. ``type?`` is a label that may be found or not: the
contract is silent and both readings are right (see README.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from cache_service.posting.facts import FactType, Stance

FOLDER: Final = Path(__file__).parent
PARTS: Final = ("labelled", "labelled_fresh")
LANGUAGES: Final = ("ko", "en")
SPLITS: Final = ("dev", "test", "fresh")
SPLIT_SEED: Final = 20261123
SCORED: Final = tuple(kind for kind in get_args(FactType) if kind not in {"number", "date", "claim"})
TEXTS: Final = frozenset({"company", "title", "location", "education", "skill", "benefit", "email", "phone", "url"})
_NUMBERS: Final = frozenset({"years_min", "years_max", "salary_min", "salary_max", "probation_months"})
_STANCES: Final = frozenset(get_args(Stance))
_BRACES: Final = re.compile(r"\{\{|\}\}")


@dataclass(frozen=True, slots=True)
class Label:
    """A fact that the text states at ``[start, end)`` (code points); ``of`` is what a polarity is about.

    ``optional``: finding it is right and so is not finding it.
    """

    type: str
    value: int | str
    start: int
    end: int
    of: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text without its marks, and the facts in it by where they begin."""

    id: str
    language: str
    split: str
    section: str
    occupation: str
    distractors: bool
    text: str
    labels: tuple[Label, ...]


def load(folder: Path = FOLDER) -> tuple[LabelledText, ...]:
    """All labelled texts. Raises ``ValueError`` with the text's id where a mark cannot be read."""
    return tuple(
        one
        for part in PARTS
        for language in LANGUAGES
        for one in _blocks((folder / f"{part}_{language}.txt").read_text("utf-8"), language)
    )


def _blocks(body: str, language: str) -> Iterator[LabelledText]:
    for block in re.split(r"(?m)^=== ", body)[1:]:
        head, _, marked = block.partition("\n")
        name, split, section, occupation, *tags = head.split()
        try:
            text, labels = unmark(marked.strip("\n"))
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
        yield LabelledText(name, language, split, section, occupation, "distractors" in tags, text, labels)


def unmark(marked: str) -> tuple[str, tuple[Label, ...]]:
    """A text without its marks, and the labels. Raises ``ValueError`` for a mark that cannot be read."""
    parts: list[str] = []
    length = at = 0
    open_marks: list[tuple[int, str]] = []
    labels: list[Label] = []
    for brace in _BRACES.finditer(marked):
        if brace.start() < at:  # braces within the labels of a mark
            raise ValueError(f"brace within labels: {marked[at - 20 : at + 20]!r}")
        parts.append(marked[at : brace.start()])
        length += len(parts[-1])
        at = brace.end()
        if brace[0] == "{{":
            bar = marked.find("|", at)
            if bar < 0:
                raise ValueError("a mark without |")
            open_marks.append((length, marked[at:bar]))
            at = bar + 1
            continue
        if not open_marks:
            raise ValueError("}} without {{")
        start, names = open_marks.pop()
        labels += [_label(name, "".join(parts)[start:], start, length) for name in names.split(",")]
    if open_marks:
        raise ValueError("{{ without }}")
    text = "".join(parts) + marked[at:]
    return text, tuple(sorted(labels, key=lambda label: (label.start, label.end, label.type)))


def _label(name: str, words: str, start: int, end: int) -> Label:
    kind, given, raw = name.partition("=")
    optional = kind.endswith("?")
    kind = kind.removesuffix("?")
    if kind not in SCORED:
        raise ValueError(f"no such type: {name!r}")
    if not words.strip() or words != words.strip():
        raise ValueError(f"a mark holds words without spaces around them: {words!r}")
    if not given and kind not in TEXTS:
        raise ValueError(f"a value is missing: {name!r}")
    if kind == "polarity":
        of, _, stance = raw.rpartition(":")
        if stance not in _STANCES or not of:
            raise ValueError(f"a polarity is subject:stance, not {raw!r}")
        return Label(kind, stance, start, end, of, optional)
    number = kind in _NUMBERS or (kind == "headcount" and raw != "unspecified")
    return Label(kind, int(raw) if number else raw if given else words, start, end, None, optional)
