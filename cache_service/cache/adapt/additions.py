"""Adding what the section needs and the stored text does not say: a line as the composer words it, laid out as the text
is; in plain prose a sentence of its own."""

from __future__ import annotations

import re
from typing import Final

from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.hints import may_state
from cache_service.cache.adapt.layout import Line
from cache_service.cache.adapt.outcome import Change, Terms
from cache_service.cache.adapt.years import newcomers
from cache_service.models.composer import compose
from cache_service.posting.sections import FactPath, SectionKind

# What a section has to say if the request states it, a line of the composer each.
GROUPS: Final[dict[SectionKind, tuple[tuple[FactPath, ...], ...]]] = {
    "requirements": (
        ("requirements.years_min", "requirements.years_max"),
        ("requirements.education",),
        ("requirements.skills",),
    ),
    "conditions": (
        ("requirements.employment_type",),
        ("requirements.work_mode",),
        ("requirements.location",),
        ("requirements.salary_min", "requirements.salary_max", "requirements.salary_period", "requirements.currency"),
        ("requirements.headcount",),
        ("requirements.probation_months",),
    ),
    "process": (("requirements.deadline",), ("requirements.contact",)),
}
_OPEN_PAY: Final = re.compile(r"내규|협의|면접\s?후|추후|negotiable|competitive|commensurate|\bDOE\b", re.IGNORECASE)
YEARS: Final = "requirements.years_min"
_LABEL: Final = re.compile(r"[^\d:]{1,30}: ")
_OWN_LINE: Final[frozenset[SectionKind]] = frozenset({"conditions", "process"})


def add(draft: Draft, terms: Terms, group: tuple[FactPath, ...]) -> str | None:
    """Plan a line that states ``group``. Returns why there is no place for it, None if there is."""
    if "requirements.salary_min" in group and _OPEN_PAY.search(draft.text):
        return "the text leaves the pay open"
    if may_state(draft.text, group[0]):
        return "the text may say it in other words"
    line = _newcomers(draft, terms) if _asks_none(terms, group) else _composed(terms, group)
    if line is None:
        return "the composer has no line for it"
    changes = [
        Change(path, terms.stored.get(path), terms.wanted.get(path))
        for path in group
        if path in terms.wanted and terms.stored.get(path) != terms.wanted.get(path)
    ]
    changes = [one for change in changes for one in _each(change)]
    placed = _placed(draft, terms, line)
    if placed is None:
        return "there is no list to add to"
    for change in changes:
        draft.changes[change] = None
    if changes:
        draft.append(*placed, changes[0])
    return None


def _asks_none(terms: Terms, group: tuple[FactPath, ...]) -> bool:
    return group[0] == YEARS and terms.wanted.number(YEARS) == 0


def _newcomers(draft: Draft, terms: Terms) -> str | None:
    """No years of experience are never said by their number."""
    if "requirements.years_max" in terms.wanted:
        return None
    return newcomers(draft, sentence=False)


def _each(change: Change) -> list[Change]:
    """Of a list, one change an item."""
    if isinstance(change.wanted, tuple):
        return [Change(change.path, None, item) for item in change.wanted]
    return [change]


def _composed(terms: Terms, group: tuple[FactPath, ...]) -> str | None:
    composed = compose(terms.kind, terms.wanted.only({*group, "requirements.title"}), terms.language)
    if composed is None:
        return None
    lines = composed.text.split("\n")
    return re.sub(r"^- ", "", lines[-1]) if len(lines) > 1 or terms.kind in _OWN_LINE else None


def _placed(draft: Draft, terms: Terms, line: str) -> tuple[int, str] | None:
    """Where the line goes, and how it is written there."""
    blocks = _blocks(draft.layout.lines)
    if len(blocks) > 1:
        return None
    if blocks:
        last = blocks[0][-1]
        mark = draft.text[last.start : last.body]
        number = re.search(r"\d+", mark)
        lead = mark.replace(number[0], str(int(number[0]) + 1), 1) if number else mark
        return last.end, f"\n{lead}{line}"
    end = len(draft.text.rstrip())
    prose = not any(one.labelled for one in draft.layout.lines)
    if prose and terms.kind not in _OWN_LINE and (sentence := _sentence(draft, line)) is not None:
        return end, f" {sentence}" if end else sentence
    if _LABEL.match(line) or terms.kind in _OWN_LINE or not prose:
        return end, f"\n{line}" if end else line
    return None


def _blocks(lines: list[Line]) -> list[list[Line]]:
    """The runs of bulleted lines."""
    blocks: list[list[Line]] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if not line.bulleted:
            continue
        if blocks and before is not None and before.bulleted:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _sentence(draft: Draft, line: str) -> str | None:
    """A line of the composer as a sentence, in the register of the text; None where it makes none."""
    if line == newcomers(draft, sentence=False):
        return newcomers(draft, sentence=True)
    if _LABEL.match(line):
        return None
    if draft.language == "en":
        return None if line.startswith("Up to") else f"{line} is required."
    if not line.endswith(("이상", "이하")):
        return None
    return f"{line}인 분을 {'찾습니다' if draft.ends_formal else '찾아요'}."
