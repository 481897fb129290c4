"""Taking out what the request no longer states: the smallest part of the text that is only about it.

In this order: a pair of brackets, an item between separators, a line, a sentence. A phrase before the noun it
describes ("경력 3년 이상의", "with at least 3 years of experience") may go by itself. Else the sentence is to be
rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.outcome import Change, Span
from cache_service.cache.adapt.stock import content_words
from cache_service.posting.extract import Finding

_BEFORE_NOUN: Final = re.compile(r"(?:관련\s)?(?:경력|경험|실무)\s?(?:경력|경험)?\s?$")
_AFTER_PHRASE: Final = re.compile(r"(?:의\s?(?:경력|경험)을\s(?:가진|갖춘|보유한)\s|의\s)(?=[가-힣A-Za-z])")
_WITH: Final = re.compile(r",?\s(?:with|who has|having)\s(?:[a-z]+\s){0,2}$", re.IGNORECASE)
_OF_EXPERIENCE: Final = re.compile(
    r"(?:\sof)?(?:\s(?:relevant|professional|work|working|related))*\sexperience(?=\s?(?:[.,!;)]|$))",
    re.IGNORECASE | re.MULTILINE,
)
_VERB: Final = re.compile(
    r"(?:다|요|며|고|음|함)[.!]?\s*$|\b(?:is|are|will|has|have|you|we|must|offer|work|pay|hire|hiring)\b", re.IGNORECASE
)
_LEADS_ON: Final = re.compile(r"(?:며|고|서|지만|는데|면|(?:^|[\s,])(?:and|but|which|who))\s*,?\s*$", re.IGNORECASE)
_LONGEST: Final = 400
# What goes with the fact it stands beside: 연봉 with the amount.
_BESIDE: Final = frozenset({"salary_period"})
_SEPARATOR_BEFORE: Final = re.compile(r"[^\S\n]*(?:[,|;/·→]|그리고|및)[^\S\n]*$")
_SEPARATOR_AFTER: Final = re.compile(r"[^\S\n]*(?:[,|;/·→]|그리고|및)[^\S\n]*")


def remove(draft: Draft, span: Span, differing: Sequence[Change], *, with_matter: bool = False) -> None:
    """Plan the removal of the statement at ``span``; where none is safe the sentence is to be rewritten.

    ``with_matter``: the statement is about something (years of what): it may go from before its noun, and a bullet goes
    with what it is about if it states no other fact.
    """
    part = _part(draft, span, noun=with_matter) or (_bullet(draft, span) if with_matter else None)
    if part is None:
        draft.give_up(span[0], differing[0].fact)
        return
    for change in differing:
        draft.edit(*part, "", change)


def unit_around(draft: Draft, span: Span) -> Span:
    """The value of the labelled line, the item or the sentence that ``span`` is in."""
    item = draft.layout.item_at(*span)
    line = draft.layout.line_at(span[0])
    if item is not None and item[0] >= line.value:
        return item
    if line.labelled and span[0] >= line.value:
        return line.value, line.end
    return draft.layout.sentence_at(span[0])


def stands_for_all(draft: Draft, span: Span) -> bool:
    """Whether the unit around ``span`` says nothing else."""
    return _is_only(draft, unit_around(draft, span), span)


def stands_alone(draft: Draft, span: Span) -> bool:
    """Whether there is not another word in the unit around ``span``."""
    start, end = unit_around(draft, span)
    return (
        start <= span[0]
        and span[1] <= end
        and not any(char.isalnum() for char in draft.text[start : span[0]] + draft.text[span[1] : end])
    )


def _part(draft: Draft, span: Span, *, noun: bool) -> Span | None:
    text, layout = draft.text, draft.layout
    line = layout.line_at(span[0])
    brackets = layout.brackets_at(*span)
    if brackets is not None and _is_only(draft, (brackets[0] + 1, brackets[1] - 1), span):
        start = brackets[0] - (text[brackets[0] - 1 : brackets[0]] == " ")
        return start, brackets[1]
    modifier = _modifier(text, span) if noun else None
    if not line.bulleted and modifier is not None:
        return modifier
    if line.start < line.end and _is_only(draft, (line.body, line.end), span):
        return _whole_line(text, line.start, line.end)
    item = layout.item_at(*span)
    if item is not None and _is_only(draft, item, span) and not _is_clause(text, item):
        return _with_separator(text, item)
    sentence = layout.sentence_at(span[0])
    if sentence[0] <= span[0] and span[1] <= sentence[1] and _is_only(draft, sentence, span):
        end = sentence[1]
        while end < line.end and text[end] == " ":
            end += 1
        return sentence[0], end
    return modifier


def _is_clause(text: str, item: Span) -> bool:
    """Whether what stands between two commas is a clause with its verb, or follows one that leads on to it."""
    before = text[max(0, item[0] - 12) : item[0]].rpartition("\n")[2]
    return _VERB.search(text[slice(*item)]) is not None or _LEADS_ON.search(before) is not None


def _bullet(draft: Draft, span: Span) -> Span | None:
    line = draft.layout.line_at(span[0])
    if not line.bulleted or line.end - line.start > _LONGEST or _others(draft, (line.body, line.end), span):
        return None
    if any(line.start <= start < line.end for start, _ in draft.protected):
        return None
    return _whole_line(draft.text, line.start, line.end)


def _modifier(text: str, span: Span) -> Span | None:
    start, end = span
    window = text[max(0, start - 20) : start]
    before, after = _BEFORE_NOUN.search(window), _AFTER_PHRASE.match(text, end)
    if after is not None and (before is not None or "의 " in after[0]):
        return start - (len(before[0]) if before else 0), after.end()
    window = text[max(0, start - 30) : start]
    lead, tail = _WITH.search(window), _OF_EXPERIENCE.match(text, end)
    if lead is not None and tail is not None:
        return start - len(window) + lead.start(), tail.end()
    return None


def _is_only(draft: Draft, unit: Span, span: Span) -> bool:
    """Whether ``unit`` states no fact outside of ``span``, and no word of content."""
    start, end = unit
    if not (start <= span[0] and span[1] <= end) or end - start > _LONGEST:
        return False
    if any(one.fact.type not in _BESIDE for one in _others(draft, unit, span)):
        return False
    rest = f"{draft.text[start : span[0]]} {draft.text[span[1] : end]}"
    return not re.search(r"\d", rest) and not content_words(rest, draft.subject)


def _others(draft: Draft, unit: Span, span: Span) -> list[Finding]:
    return [one for one in draft.findings_in(*unit) if not (span[0] <= one.fact.start and one.fact.end <= span[1])]


def _whole_line(text: str, start: int, end: int) -> Span:
    if end < len(text):
        return start, end + 1
    return max(0, start - 1), end


def _with_separator(text: str, item: Span) -> Span:
    start, end = item
    window = text[max(0, start - 8) : start]
    if (before := _SEPARATOR_BEFORE.search(window)) is not None:
        return start - len(before[0]), end
    after = _SEPARATOR_AFTER.match(text, end)
    return start, after.end() if after else end
