"""Lists of a request in a text: an item is swapped, taken out or added, in bullets and within a line.

An item counts as part of a list where it is a bullet by itself or stands between others of the list. Anywhere else a
change of it asks for a new sentence. The separators of a list within a line stay what they were; 와/과 follow the word
before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cache_service.cache.adapt.bullets import REWORDED, Place, in_style, reworded
from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.grammar import particle_after
from cache_service.cache.adapt.layout import Line
from cache_service.cache.adapt.outcome import Change, Terms, fact_name
from cache_service.cache.adapt.removal import remove
from cache_service.cache.adapt.runs import Run, joined, runs_of, separators_for
from cache_service.cache.adapt.steps import in_order
from cache_service.cache.adapt.stock import content_words
from cache_service.posting.canonical import fold
from cache_service.posting.extract import read_facts
from cache_service.posting.facts import FactType
from cache_service.posting.sections import FactPath

LISTS: Final[dict[FactPath, FactType | None]] = {
    "requirements.responsibilities": None,
    "requirements.preferred": None,
    "company.hiring_process": None,
    "company.culture": None,
    "company.benefits": "benefit",
    "requirements.skills": "skill",
}
MOST_PLACES: Final = 400
ORDERED: Final = "company.hiring_process"
_OPEN_END: Final = re.compile(r"(?:,|·|/|및|와|과|and|or|&)\s*$")
# What is said of the old item only: 간호사 면허 소지자 does not become 엑셀 소지자.
_OWN_TAIL: Final = re.compile(r"\s?(?:소지|보유|자격|면허|취득|전공|licen[cs]e|certificate|degree)")
_SENTENCE_END: Final = re.compile(r"(?:다|요|[.!?])\s*$")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to become of each stored item (None: taken out), and what comes new."""

    path: FactPath
    swaps: dict[str, str | None]
    added: tuple[str, ...]

    def change(self, item: str | None, new: str | None) -> Change:
        """The change of one item."""
        return Change(self.path, item, new)


def plan_of(terms: Terms, path: FactPath) -> Plan:
    """Items that go are paired with items that come, in order."""
    stored, wanted = terms.stored.items_of(path), terms.wanted.items_of(path)
    kept = {fold(item) for item in wanted}
    had = {fold(item) for item in stored}
    going = [item for item in stored if fold(item) not in kept]
    coming = [item for item in wanted if fold(item) not in had]
    swaps: dict[str, str | None] = {item: item for item in stored}
    for index, item in enumerate(going):
        swaps[item] = coming[index] if index < len(coming) else None
    return Plan(path, swaps, tuple(coming[len(going) :]))


def places_of(draft: Draft, items: Sequence[str], kind: FactType | None) -> list[Place]:
    """Where the items stand in the text, in order and without overlap; the longer wording first."""
    found = [Place(item, *span) for item in items for span in draft.wording.find(item)]
    if kind is not None:
        canonical = {}
        for item in items:
            for finding in read_facts(item, draft.language):
                if (
                    finding.fact.type == kind
                    and finding.fact.canonical
                    and finding.fact.end - finding.fact.start == len(item)
                ):
                    canonical[finding.fact.canonical] = item
        found += [
            Place(canonical[one.fact.canonical], one.fact.start, one.fact.end)
            for one in draft.findings
            if one.fact.type == kind and one.fact.canonical in canonical
        ]
    found.sort(key=lambda place: (place.start, -place.end))
    kept: list[Place] = []
    for place in found:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def adapt_list(draft: Draft, terms: Terms, path: FactPath) -> str | None:
    """Plan the items at ``path``. Returns why it cannot be done, None if it can."""
    plan = plan_of(terms, path)
    items = list(plan.swaps)
    places = places_of(draft, items, LISTS[path])
    if len(places) > MOST_PLACES:
        return "too many places to change"
    if path in REWORDED:
        places = sorted([*places, *reworded(draft, items, places)], key=lambda place: place.start)
    draft.protect([(place.start, place.end) for place in places if plan.swaps[place.item] is not None])
    if all(new == item for item, new in plan.swaps.items()) and not plan.added:
        return None
    if not any(plan.swaps.values()) and not plan.added:
        return "nothing would be left"
    if not _all_found(draft, places, plan):
        return "an item is not found as worded"
    runs = runs_of(draft.text, places)
    if path == ORDERED:
        changes = [plan.change(item, new) for item, new in plan.swaps.items() if new != item]
        changes += [plan.change(None, item) for item in plan.added]
        return in_order(draft, runs, terms.stored.items_of(path), terms.wanted.items_of(path), changes)
    main = _main_run(draft, runs)
    for run in runs:
        _rewrite_run(draft, run, plan, plan.added if run is main else ())
    if plan.added and main is None:
        return _add_bullets(draft, runs, plan)
    return None


def _all_found(draft: Draft, places: Sequence[Place], plan: Plan) -> bool:
    """Whether every item that goes is in the text as worded, or no word of it is."""
    there = {place.item for place in places}
    missing = [item for item, new in plan.swaps.items() if new != item and item not in there]
    return not missing or frozenset(content_words(draft.text)).isdisjoint(content_words(" ".join(missing)))


def _main_run(draft: Draft, runs: Sequence[Run]) -> Run | None:
    """Where an item is added: the longest list within a line; None if the items are bullets."""
    if not runs:
        return None
    longest = max(runs, key=lambda run: len(run.places))
    if len(longest.places) > 1:
        return longest
    line = draft.layout.line_at(longest.places[0].start)
    return longest if line.labelled and len(runs) == 1 else None


def _rewrite_run(draft: Draft, run: Run, plan: Plan, added: tuple[str, ...]) -> None:
    news = [plan.swaps[place.item] for place in run.places]
    if not added and all(new == place.item for new, place in zip(news, run.places, strict=True)):
        return
    changes = [
        plan.change(place.item, new) for place, new in zip(run.places, news, strict=True) if new != place.item
    ] + [plan.change(None, item) for item in added]
    start, end = run.places[0].start, run.places[-1].end
    if len(run.places) == 1 and not added:
        _alone(draft, run.places[0], changes[0])
        return
    words = [
        (draft.text[place.start : place.end] if new == place.item else new)
        for place, new in zip(run.places, news, strict=True)
        if new is not None
    ] + list(added)
    if not words:
        remove(draft, (start, end), changes)
        return
    dropped = len(words) != len(run.places)
    separators = separators_for(run.separators, len(words), draft.language) if dropped else run.separators
    text = joined(words, separators)
    last = draft.text[run.places[-1].start : end]
    length, particle = particle_after(draft.text, end, last, words[-1])
    for change in changes:
        draft.edit(start, end + length, text + particle, change)


def _alone(draft: Draft, place: Place, change: Change) -> None:
    """An item that is not beside others: a bullet of its own, or part of a sentence."""
    line = draft.layout.line_at(place.start)
    rest = f"{draft.text[line.value : place.start]} {draft.text[place.end : line.end]}"
    own_line = (
        line.value <= place.start and place.end <= line.end and not content_words(rest) and not re.search(r"\d", rest)
    )
    prose = (
        not line.bulleted and not line.labelled and _SENTENCE_END.search(draft.text[line.start : line.end]) is not None
    )
    if not line.bulleted and _is_sentence(draft, place):
        _whole_sentence(draft, place, change)
    elif not own_line or prose:
        draft.give_up(place.start, change.fact)
    elif isinstance(change.wanted, str):
        end = line.end if _OWN_TAIL.match(draft.text, place.end, line.end) else place.end
        old = draft.text[place.start : end]
        new = change.wanted if fold(old) == fold(place.item) else in_style(old, change.wanted, change.path)
        draft.replace(place.start, end, new, change)
    else:
        _drop_line(draft, line, change)


def _is_sentence(draft: Draft, place: Place) -> bool:
    """Whether the item is a whole sentence of its line, word for word."""
    start, end = draft.layout.sentence_at(place.start)
    rest = draft.text[start : place.start] + draft.text[place.end : end]
    return start <= place.start and place.end <= end and not any(char.isalnum() for char in rest)


def _whole_sentence(draft: Draft, place: Place, change: Change) -> None:
    line = draft.layout.line_at(place.start)
    start, end = draft.layout.sentence_at(place.start)
    if isinstance(change.wanted, str):
        draft.edit(place.start, place.end, change.wanted, change)
    elif start <= line.body and not draft.text[end : line.end].strip():
        _drop_line(draft, line, change)
    else:
        while end < line.end and draft.text[end] == " ":
            end += 1
        draft.edit(start, end, "", change)


def _drop_line(draft: Draft, line: Line, change: Change) -> None:
    start, end = line.start, line.end
    _renumber(draft, line, change)
    if end < len(draft.text):
        draft.edit(start, end + 1, "", change)
    else:
        draft.edit(max(0, start - 1), end, "", change)


def _renumber(draft: Draft, line: Line, change: Change) -> None:
    """The numbers of the lines that follow ``line`` in its numbered list go down by one."""
    number = int(found[0]) if line.mark and (found := re.match(r"\d+", line.mark)) else None
    for other in draft.layout.lines_from(line.end + 1) if number is not None else ():
        following = re.match(r"\d+", other.mark or "")
        if following is None or number is None or int(following[0]) != number + 1:
            return
        start = other.body - len(other.mark or "")
        draft.edit(start, start + len(following[0]), str(number), change)
        number += 1


def _add_bullets(draft: Draft, runs: Sequence[Run], plan: Plan) -> str | None:
    """A bullet more behind the last bullet of the list, in its form."""
    for run in reversed(runs):
        line = draft.layout.line_at(run.places[0].start)
        last = run.places[-1]
        if not line.bulleted or line.mark is None:
            continue
        head, tail = draft.text[line.start : run.places[0].start], draft.text[last.end : line.end]
        if content_words(f"{draft.text[line.body : run.places[0].start]} {tail}"):
            continue
        number = re.search(r"\d+", line.mark)
        for index, item in enumerate(plan.added, 1):
            lead = head.replace(number[0], str(int(number[0]) + index), 1) if number else head
            length, particle = particle_after(draft.text, last.end, draft.text[last.start : last.end], item)
            added = f"\n{lead}{item}{particle}{tail[length:]}"
            draft.append(line.end, added, plan.change(None, item))
        return None
    if not runs:
        return "there is no list to add to"
    draft.give_up(runs[-1].places[-1].start, fact_name(plan.path))
    return None
