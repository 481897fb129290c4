"""Where each block of a posting belongs: the fields of real postings hold one another's text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from cache_service.jobs.derive.blocks import Block, compact, split_blocks, strip_marks
from cache_service.jobs.derive.job_lines import line_topic
from cache_service.jobs.derive.steps import steps_of
from cache_service.jobs.derive.topics import Topic
from cache_service.posting.sections import SectionKind

# The fields of a plain posting that are sections, and what each is about.
FIELDS: Final[dict[str, Topic]] = {
    "responsibilities": "duties",
    "requirements": "requirements",
    "preferred": "preferred",
    "benefits": "benefits",
    "about": "company",
}
_SECTION_OF: Final[dict[Topic, SectionKind]] = {
    "company": "company",
    "duties": "responsibilities",
    "requirements": "requirements",
    "preferred": "preferred",
    "benefits": "benefits",
    "conditions": "conditions",
    "process": "process",
    "apply": "process",
}
# A block of one of these topics leaves the field it was found in; any other stays where it is.
_LEAVES: Final[frozenset[Topic]] = frozenset({"process", "apply", "conditions"})
_LEAVES_LIST: Final[dict[Topic, frozenset[Topic]]] = {
    "duties": _LEAVES | {"requirements", "preferred", "benefits"},
    "requirements": _LEAVES | {"preferred", "benefits"},
    "preferred": _LEAVES | {"benefits"},
    "benefits": _LEAVES | {"duties", "requirements", "preferred"},
    "company": _LEAVES | {"duties", "requirements", "preferred", "benefits", "team", "position"},
}
_HOLDS_JOB: Final[frozenset[Topic]] = frozenset({"duties", "requirements", "preferred"})
_ONE_JOB: Final[frozenset[SectionKind]] = frozenset({"responsibilities", "requirements", "preferred"})


_MIN_NAME: Final = 2
_INTRODUCTION: Final = re.compile(r"^about(?!.*benefit)|(?:회사|기업)(?:를|을)?소개|해야(?:하는|할)")


@dataclass(slots=True)
class Routed:
    """The blocks of each section. ``moved`` were found in another field; ``spare`` in the text about the company,
    which may speak of several jobs: they serve only where the posting has nothing else."""

    own: dict[SectionKind, list[Block]] = field(default_factory=dict)
    moved: dict[SectionKind, list[Block]] = field(default_factory=dict)
    spare: dict[SectionKind, list[Block]] = field(default_factory=dict)

    def blocks(self, kind: SectionKind) -> list[Block]:
        """All blocks of a section, its own field's first. Of what another field repeats, nothing."""
        found = [*self.own.get(kind, []), *self.moved.get(kind, [])]
        return _without_repeats(found or self.spare.get(kind, []))


def route(texts: Mapping[str, str], company: str) -> Routed:
    """Cut the texts of the fields into blocks and give each to its section."""
    names = _names(company)
    routed = Routed()
    for name, home in FIELDS.items():
        if name not in texts:
            continue
        for block in _by_line(split_blocks(texts[name], home), home):
            # A heading over nothing says itself what it says ("[포트폴리오 제출 필수]").
            alone = home in _HOLDS_JOB and not any(block.lines)
            topic = home if alone else block.topic or home
            if home == "benefits" and topic == "company" and _introduces_company(block):
                routed.moved.setdefault("company", []).append(block)
            elif home == "company" and topic == "team" and _tells_of_company(block, names):
                routed.own.setdefault("company", []).append(replace(block, topic="company"))
            elif topic == home or topic not in _LEAVES_LIST[home]:
                routed.own.setdefault(_SECTION_OF[home], []).append(block)
            elif (kind := _SECTION_OF.get(topic)) is not None:
                spare = home == "company" and kind in _ONE_JOB
                (routed.spare if spare else routed.moved).setdefault(kind, []).append(block)
    return routed


def text_of(kind: SectionKind, blocks: list[Block]) -> str | None:
    """The text of a section: the lines as they are, headings too unless all they say is the section's name."""
    lines: list[str] = []
    for position, block in enumerate(blocks):
        moved_name = kind in {"process", "conditions"} and block.topic == kind
        if block.line is not None and not moved_name and not _is_empty(blocks, position):
            lines.append(block.line)
        lines += block.lines
        if block.line is not None and kind in {"process", "conditions"}:
            lines.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") or None


def _introduces_company(block: Block) -> bool:
    return block.heading is not None and _INTRODUCTION.search(compact(block.heading.text)) is not None


@lru_cache(maxsize=256)
def _names(company: str) -> re.Pattern[str]:
    """What a sentence about the whole company starts with: its name, or the name in brackets, as the subject."""
    names = [
        re.escape(name.strip()) for name in re.split(r"[()]|주식회사|㈜", company) if len(name.strip()) >= _MIN_NAME
    ]
    return re.compile(
        rf"^\W*(?:주식회사\s*)?(?:{'|'.join(names)})\)?(?:은|는|이|가)\s" if names else r"(?!)", re.IGNORECASE
    )


def _tells_of_company(block: Block, names: re.Pattern[str]) -> bool:
    """Whether an "organisation" heading is over an introduction of the whole company."""
    first = next((line for line in block.lines if line), "")
    return block.heading is not None and "조직" in block.heading.text and names.match(first) is not None


def _is_empty(blocks: list[Block], position: int) -> bool:
    """Whether all that stood under a heading was moved elsewhere."""
    if any(blocks[position].lines) or not blocks[position].emptied:
        return False
    return position + 1 == len(blocks) or blocks[position + 1].line is not None


def _by_line(blocks: list[Block], home: Topic) -> list[Block]:
    """Lines of a field's own blocks that are about hiring or conditions, each as a block of its own topic."""
    cut: list[Block] = []
    for block in blocks:
        if (block.topic or home) in _LEAVES_LIST[home]:
            cut.append(block)
            continue
        first = current = Block(block.heading, block.line, block.topic)
        cut.append(current)
        for line in block.lines:
            topic: Topic | None = "process" if line and steps_of([line]) else line_topic(line, home)
            if topic is None or topic == home:
                current.lines.append(line)
                continue
            current = Block(None, None, block.topic)
            cut += [Block(None, None, topic, [line]), current]
        first.emptied = any(block.lines) and not any(first.lines)
    return [block for block in cut if block.line is not None or any(block.lines)]


def _without_repeats(blocks: list[Block]) -> list[Block]:
    seen: set[str] = set()
    kept = []
    for block in blocks:
        key = compact(strip_marks("\n".join(block.lines)))
        if block.line is None and key in seen:
            continue
        seen.add(key)
        kept.append(block)
    return kept
