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
from cache_service.cache.adapt.frames import (
    capitalised,
    listable,
    may_resize,
    may_stand,
    sort_of,
    stands_free,
)
from cache_service.cache.adapt.grammar import particle_after
from cache_service.cache.adapt.layout import Line
from cache_service.cache.adapt.nominal import is_nominal
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
SKILLS: Final = "requirements.skills"
# How much an item counts, said in its line: lost if the line were written anew.
_STANCE: Final = re.compile(
    r"필수|우대|무관|불필요|필요\s?없|가산|required|preferred|plus|must|nice|bonus|not|optional", re.IGNORECASE
)
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
    changes = [plan.change(one.item, new) for one, new in zip(run.places, news, strict=True) if new != one.item]
    changes += [plan.change(None, item) for item in added]
    if not changes:
        return
    if len(run.places) == 1 and not added:
        _alone(draft, run.places[0], changes[0])
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
        written = listable(draft, run, coming)
        return None if written is None else dict(zip(coming, written, strict=True))
    count = len(news) - news.count(None) + len(added)
    last = next((new for new in reversed(news) if new is not None), "")
    keeps_last = news[-1] is not None or bool(added) or _same_sort(run.places[-1].item, last, draft.language)
    if may_stand(draft, run, coming, skills=plan.path == SKILLS) and may_resize(
        draft, run, keeps_last=keeps_last, count=count
    ):
        return {item: item for item in coming}
    return None


def _alone(draft: Draft, place: Place, change: Change) -> None:
    """An item that is not beside others: a bullet of its own, or part of a sentence."""
    text = draft.text
    line = draft.layout.line_at(place.start)
    rest = f"{text[line.value : place.start]} {text[place.end : line.end]}"
    own_line = (
        line.value <= place.start and place.end <= line.end and not content_words(rest) and not re.search(r"\d", rest)
    )
    prose = not line.bulleted and not line.labelled and _SENTENCE_END.search(text[line.start : line.end]) is not None
    if not line.bulleted and _is_sentence(draft, place):
        _whole_sentence(draft, place, change)
    elif not own_line or prose:
        draft.give_up(place.start, change.fact)
    elif isinstance(change.wanted, str):
        _instead(draft, line, place, change.wanted, change)
    else:
        _drop_line(draft, line, change)


def _instead(draft: Draft, line: Line, place: Place, wanted: str, change: Change) -> None:
    """Another item as all that its line is about. What is said around the old one stays only if it says it of any."""
    text = draft.text
    old, around = text[place.start : place.end], f"{text[line.value : place.start]}{text[place.end : line.end]}"
    if fold(old) != fold(place.item):
        styled = in_style(old, wanted, change.path) if place.start == line.body and place.end == line.end else None
        if styled is None:
            draft.give_up(place.start, change.fact)
        else:
            draft.replace(place.start, place.end, capitalised(styled, old), change)
    elif not any(char.isalnum() for char in around):
        draft.replace(place.start, place.end, capitalised(wanted, old), change)
    elif change.path == SKILLS and _same_sort(old, wanted, draft.language) and is_nominal(wanted):
        draft.replace(place.start, place.end, wanted, change)
    elif _STANCE.search(around) or _SENTENCE_END.search(text[line.start : line.end]):
        draft.give_up(place.start, change.fact)
    else:
        draft.edit(line.value, line.end, capitalised(wanted, text[line.value : line.end]), change)


def _same_sort(one: str, other: str, language: str) -> bool:
    return sort_of(one, language) == sort_of(other, language) != "other"


def _is_sentence(draft: Draft, place: Place) -> bool:
    """Whether the item is a whole sentence of its line, word for word."""
    start, end = draft.layout.sentence_at(place.start)
    rest = draft.text[start : place.start] + draft.text[place.end : end]
    return start <= place.start and place.end <= end and not any(char.isalnum() for char in rest)


def _whole_sentence(draft: Draft, place: Place, change: Change) -> None:
    line = draft.layout.line_at(place.start)
    start, end = draft.layout.sentence_at(place.start)
    old = draft.text[place.start : place.end]
    if isinstance(change.wanted, str) and is_nominal(change.wanted) == is_nominal(old):
        draft.edit(place.start, place.end, capitalised(change.wanted, old), change)
    elif change.wanted is not None:
        draft.give_up(start, change.fact)
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
        head, tail = draft.text[line.body : run.places[0].start], draft.text[last.end : line.end]
        if content_words(f"{head} {tail}"):
            continue
        number = re.search(r"\d+", line.mark)
        mark = draft.text[line.start : line.body]
        worded = draft.text[last.start : last.end]
        for index, item in enumerate(plan.added, 1):
            body = _as_bullet(draft, worded, head, tail, item, plan.path)
            if body is None:
                return "an item cannot be worded as the others are"
            lead = mark.replace(number[0], str(int(number[0]) + index), 1) if number else mark
            draft.append(line.end, f"\n{lead}{body}", plan.change(None, item))
        return None
    if not runs:
        return "there is no list to add to"
    draft.give_up(runs[-1].places[-1].start, fact_name(plan.path))
    return None


def _as_bullet(draft: Draft, last: str, head: str, tail: str, item: str, path: FactPath) -> str | None:
    """``item`` as the bullet behind ``head + last + tail``: within the same words where they hold for it too."""
    if not any(char.isalnum() for char in f"{head}{tail}"):
        closing = "." if tail.strip() == "." and is_nominal(item) else ""
        styled = in_style(last, item, path) if is_nominal(item) else item
        return None if styled is None else f"{capitalised(styled, last)}{closing}"
    if path == SKILLS and _same_sort(last, item, draft.language) and is_nominal(item):
        length, particle = particle_after(f"{last}{tail}", len(last), last, item)
        return f"{head}{item}{particle}{tail[length:]}"
    if _STANCE.search(f"{head}{tail}") or _SENTENCE_END.search(tail):
        return None
    return capitalised(item, f"{head}{last}")
