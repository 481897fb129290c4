"""Which items may stand where: in a bullet, in a list behind a label, or within a sentence with its own verb.

A list that stands by itself takes any noun phrase. A sentence says something of its items ("를 다룰 수 있는 분",
"You will ..."), which need not hold for another one: there a tool may only take the place of a tool and a licence that
of a licence, and nothing else may come new.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.layout import Line
from cache_service.cache.adapt.nominal import is_nominal, same_form
from cache_service.cache.adapt.runs import Run
from cache_service.cache.adapt.stock import listed
from cache_service.posting.extract import recall_facts
from cache_service.posting.sections import FactPath

Sort = Literal["tool", "licence", "other"]
_LICENCE: Final = re.compile(
    r"(?:면허증?|자격증|기능사|산업기사|기사|licen[cs]es?|certificates?|certifications?)$", re.IGNORECASE
)
_TOOL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+#./-]*(?: [A-Za-z0-9+#./-]+){0,2}")
_PAIRED: Final = re.compile(
    r"\b(?:both|either|neither|between|is|are|was|were|has|have|these|those|all|each)\b|모두|둘\s?다|각각|양쪽|중\s?하나|중\s?한",
    re.IGNORECASE,
)
_JOINTS: Final = re.compile(r"\s(?:and|or|&|및|그리고|또는|혹은)\s|[와과]\s|\s[/·>→|-]+\s|[,;·]", re.IGNORECASE)
# How English items begin that lose nothing by a small letter; what begins otherwise may be a name.
_COMMON: Final = frozenset(
    """a an the experience experienced knowledge ability familiarity proficiency fluency fluent previous prior strong
    good excellent basic advanced relevant current valid full flexible paid free annual monthly weekly birthday learning
    private health parental staff company open regular remote reference team final phone trial written""".split()
)


_LEADS_TO_VERB: Final = re.compile(r"\b(?:will|to|can|must|should|be able to|['’]ll)\s*[:：]?\s*$", re.IGNORECASE)
_VERBS: Final = frozenset(listed("verbs_en"))


def sort_of(item: str, language: str) -> Sort:
    """What kind of thing an item of skills is, as far as its wording tells."""
    if _LICENCE.search(item):
        return "licence"
    if _TOOL.fullmatch(item) is None:
        return "other"
    if language == "ko":
        return "tool"
    known = any(
        one.fact.type == "skill" and one.fact.end - one.fact.start == len(item) for one in recall_facts(item, language)
    )
    return "tool" if known and not item.islower() else "other"


def same_sort(one: str, other: str, language: str) -> bool:
    """Whether two items are both tools, or both licences."""
    return sort_of(one, language) == sort_of(other, language) != "other"


def led_in(draft: Draft, line: Line, item: str) -> bool:
    """Whether ``item`` may be a bullet behind the words that lead in to its list: "You will:" takes a verb."""
    if draft.language != "en":
        return True
    for other in reversed(draft.layout.lines_before(line)):
        if not other.bulleted and other.end > other.start:
            lead = draft.text[other.start : other.end]
            return _LEADS_TO_VERB.search(lead) is None or item.partition(" ")[0].lower() in _VERBS
    return True


def stands_free(draft: Draft, run: Run) -> bool:
    """Whether the list is all that its line says, but for a label or what ends in a colon."""
    line = draft.layout.line_at(run.places[0].start)
    before = draft.text[line.value : run.places[0].start].strip()
    after = draft.text[run.places[-1].end : line.end].strip()
    return (not before or before.endswith((":", "："))) and after in {"", ".", "등", "등."}


def listable(draft: Draft, run: Run, coming: Sequence[str], path: FactPath) -> list[str] | None:
    """``coming`` as they are written among the items of a list that stands free; None where one does not fit in."""
    joints = {mark for one in run.separators for mark in one if not mark.isalnum() and not mark.isspace()} or {","}
    written = []
    for item in coming:
        if not is_nominal(item) or any(mark in item for mark in joints):
            return None
        if any(_JOINTS.fullmatch(one) and one.strip().isalpha() and one in item for one in run.separators):
            return None
        cased = _cased(draft, run, item)
        if cased is None or not any(same_form(place.item, item, path) for place in run.places):
            return None
        written.append(cased)
    return written


def may_stand(draft: Draft, run: Run, coming: Sequence[str], *, skills: bool) -> bool:
    """Whether ``coming`` may stand among the items of ``run`` within a sentence."""
    if not coming:
        return True
    sorts = {sort_of(draft.text[place.start : place.end], draft.language) for place in run.places} - {"other"}
    return skills and all(
        sort_of(item, draft.language) in sorts and is_nominal(item) and not _JOINTS.search(item) for item in coming
    )


def may_resize(draft: Draft, run: Run, *, keeps_last: bool, count: int) -> bool:
    """Whether ``run`` may have ``count`` items within its sentence: its verb and its number still fit."""
    if count == len(run.places):
        return True
    if draft.language == "ko" and not keeps_last:
        return False
    start, end = draft.layout.sentence_at(run.places[0].start)
    around = f"{draft.text[start : run.places[0].start]} | {draft.text[run.places[-1].end : end]}"
    return _PAIRED.search(around) is None


def capitalised(new: str, old: str) -> str:
    """``new`` with a capital where it takes the place of ``old``, which begins a line or a sentence with one. A single
    word in small letters may be a name that is written so (npm, pandas)."""
    first = new.split(" ", 1)[0]
    plain = " " in new and first.isalpha() and first.islower() and first.isascii()
    return new[:1].upper() + new[1:] if plain and old[:1].isupper() else new


def _cased(draft: Draft, run: Run, item: str) -> str | None:
    """An English item with a small letter where all the others in the line have one; None if it may be a name."""
    old = [draft.text[place.start : place.end] for place in run.places]
    if draft.language != "en" or not item[:1].isupper() or any(one[:1].isupper() for one in old[-1:] + old[1:]):
        return item
    if not old[0][:1].islower() and len(old) == 1:
        return item
    first = item.split(" ", 1)[0]
    if sort_of(item, draft.language) == "tool" or (len(first) > 1 and first.isupper()):
        return item
    return item[0].lower() + item[1:] if first.lower() in _COMMON or first.endswith("ing") else None
