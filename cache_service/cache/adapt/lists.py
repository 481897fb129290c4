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

from cache_service.cache.adapt.bullets import REWORDED, Place, reworded
from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.frames import (
    capitalised,
    listable,
    may_resize,
    may_stand,
    same_sort,
    stands_free,
)
from cache_service.cache.adapt.grammar import particle_after
from cache_service.cache.adapt.lines import SKILLS, add_lines, replace_line
from cache_service.cache.adapt.nominal import is_nominal
from cache_service.cache.adapt.outcome import Change, Terms, fact_name
from cache_service.cache.adapt.removal import remove
from cache_service.cache.adapt.runs import Run, joined, runs_of, separators_for
from cache_service.cache.adapt.steps import in_order
from cache_service.cache.adapt.stock import content_words
from cache_service.posting.canonical import fold
from cache_service.posting.extract import recall_facts
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
            for finding in recall_facts(item, draft.language):
                if (
                    finding.fact.type == kind
                    and finding.fact.canonical
                    and finding.fact.end - finding.fact.start == len(item)
                ):
                    canonical[finding.fact.canonical] = item
        found += [
            Place(canonical[one.fact.canonical], one.fact.start, one.fact.end)
            for one in draft.findings
            if one.fact.type == kind
            and one.fact.canonical in canonical
            and _is_worded_as(draft.text[one.fact.start : one.fact.end], canonical[one.fact.canonical])
        ]
    found.sort(key=lambda place: (place.start, -place.end))
    kept: list[Place] = []
    for place in found:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def _is_worded_as(worded: str, item: str) -> bool:
    """Whether a wording of the same kind of thing says all of an item: its numbers too, and no verb that takes it."""
    return re.findall(r"\d+", worded) == re.findall(r"\d+", item) and is_nominal(worded)


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
        return add_lines(draft, runs, path, plan.added)
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
    changes = [plan.change(one.item, new) for one, new in zip(run.places, news, strict=True) if new != one.item]
    changes += [plan.change(None, item) for item in added]
    if not changes:
        return
    if len(run.places) == 1 and not added:
        replace_line(draft, run.places[0], changes[0])
        return
    start, end = run.places[0].start, run.places[-1].end
    written = _written(draft, run, plan, news, added)
    if written is None:
        draft.give_up(start, fact_name(plan.path))
        return
    words = [
        draft.text[place.start : place.end] if new == place.item else written[new]
        for place, new in zip(run.places, news, strict=True)
        if new is not None
    ] + [written[item] for item in added]
    if not words:
        remove(draft, (start, end), changes)
        return
    words[0] = capitalised(words[0], draft.text[start:end])
    resized = len(words) != len(run.places)
    separators = separators_for(run.separators, len(words), draft.language) if resized else run.separators
    last = draft.text[run.places[-1].start : end]
    length, particle = particle_after(draft.text, end, last, words[-1])
    for change in changes:
        draft.edit(start, end + length, joined(words, separators) + particle, change)


def _written(
    draft: Draft, run: Run, plan: Plan, news: Sequence[str | None], added: Sequence[str]
) -> dict[str, str] | None:
    """How the items that come are written in ``run``; None where its sentence may not hold for them."""
    coming = [new for place, new in zip(run.places, news, strict=True) if new is not None and new != place.item]
    coming += added
    if stands_free(draft, run):
        written = listable(draft, run, coming, plan.path)
        return None if written is None else dict(zip(coming, written, strict=True))
    count = len(news) - news.count(None) + len(added)
    last = next((new for new in reversed(news) if new is not None), "")
    keeps_last = news[-1] is not None or bool(added) or same_sort(run.places[-1].item, last, draft.language)
    if may_stand(draft, run, coming, skills=plan.path == SKILLS) and may_resize(
        draft, run, keeps_last=keeps_last, count=count
    ):
        return {item: item for item in coming}
    return None
