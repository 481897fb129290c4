"""Items that have a line or a sentence for themselves: another one in its place, one more, one less."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cache_service.cache.adapt.bullets import Place, in_style
from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.frames import capitalised, led_in, same_sort
from cache_service.cache.adapt.grammar import particle_after
from cache_service.cache.adapt.layout import Line
from cache_service.cache.adapt.nominal import is_nominal, same_form
from cache_service.cache.adapt.outcome import Change, fact_name
from cache_service.cache.adapt.runs import Run
from cache_service.cache.adapt.stock import content_words
from cache_service.posting.canonical import fold
from cache_service.posting.sections import FactPath

SKILLS: Final = "requirements.skills"
# How much an item counts, said in its line: lost if the line were written anew.
_STANCE: Final = re.compile(
    r"필수|우대|무관|불필요|필요\s?없|가산|required|preferred|plus|must|nice|bonus|not|optional", re.IGNORECASE
)
_SENTENCE_END: Final = re.compile(r"(?:다|(?<![필수개중주])요|[.!?])\s*$")


def replace_line(draft: Draft, place: Place, change: Change) -> None:
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
        if not same_form(old, wanted, change.path) or (line.bulleted and not led_in(draft, line, wanted)):
            draft.give_up(place.start, change.fact)
            return
        draft.replace(place.start, place.end, capitalised(wanted, old), change)
    elif change.path == SKILLS and same_sort(old, wanted, draft.language) and is_nominal(wanted):
        draft.replace(place.start, place.end, wanted, change)
    elif _STANCE.search(around) or _SENTENCE_END.search(text[line.start : line.end]):
        draft.give_up(place.start, change.fact)
    else:
        draft.edit(line.value, line.end, capitalised(wanted, text[line.value : line.end]), change)


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


def add_lines(draft: Draft, runs: Sequence[Run], path: FactPath, added: Sequence[str]) -> str | None:
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
        for index, item in enumerate(added, 1):
            body = _as_bullet(draft, worded, head, tail, item, path)
            if body is None or not led_in(draft, line, item):
                return "an item cannot be worded as the others are"
            lead = mark.replace(number[0], str(int(number[0]) + index), 1) if number else mark
            draft.append(line.end, f"\n{lead}{body}", Change(path, None, item))
        return None
    if not runs:
        return "there is no list to add to"
    draft.give_up(runs[-1].places[-1].start, fact_name(path))
    return None


def _as_bullet(draft: Draft, last: str, head: str, tail: str, item: str, path: FactPath) -> str | None:
    """``item`` as the bullet behind ``head + last + tail``: within the same words where they hold for it too."""
    if not any(char.isalnum() for char in f"{head}{tail}"):
        closing = "." if tail.strip() == "." and is_nominal(item) else ""
        styled = in_style(last, item, path)
        return None if styled is None else f"{capitalised(styled, last)}{closing}"
    if path == SKILLS and same_sort(last, item, draft.language) and is_nominal(item):
        length, particle = particle_after(f"{last}{tail}", len(last), last, item)
        return f"{head}{item}{particle}{tail[length:]}"
    if _STANCE.search(f"{head}{tail}") or _SENTENCE_END.search(tail):
        return None
    return capitalised(item, f"{head}{last}")
