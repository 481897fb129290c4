"""Steps of a hiring process: their order is theirs, so all of them are written anew where one comes or goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.frames import listable
from cache_service.cache.adapt.grammar import particle_after
from cache_service.cache.adapt.nominal import same_form
from cache_service.cache.adapt.outcome import Change
from cache_service.cache.adapt.runs import Run, joined, separators_for


def in_order(
    draft: Draft, runs: Sequence[Run], stored: Sequence[str], wanted: Sequence[str], changes: Sequence[Change]
) -> str | None:
    """Steps: their order is theirs, so all of them are written anew, in one line or in one block of bullets."""
    if len(runs) == 1 and len(runs[0].places) == len(stored) and wanted:
        run = runs[0]
        if listable(draft, run, wanted, changes[0].path) != list(wanted):
            return "a step is more than a phrase"
        start, end = run.places[0].start, run.places[-1].end
        separators = (
            run.separators
            if len(wanted) == len(stored)
            else separators_for(run.separators, len(wanted), draft.language)
        )
        length, particle = particle_after(draft.text, end, draft.text[run.places[-1].start : end], wanted[-1])
        for change in changes:
            draft.edit(start, end + length, joined(wanted, separators) + particle, change)
        return None
    return _steps_as_lines(draft, runs, stored, wanted, changes)


def _steps_as_lines(
    draft: Draft, runs: Sequence[Run], stored: Sequence[str], wanted: Sequence[str], changes: Sequence[Change]
) -> str | None:
    lines = [draft.layout.line_at(run.places[0].start) for run in runs]
    adjacent = all(two.start == one.end + 1 for one, two in pairwise(lines))
    whole = all(
        len(run.places) == 1 and run.places[0].start == line.body and run.places[0].end == line.end and line.bulleted
        for run, line in zip(runs, lines, strict=True)
    )
    if not all(any(same_form(old, new, changes[0].path) for old in stored) for new in wanted):
        return "a step is worded unlike the others"
    if len(lines) != len(stored) or not adjacent or not whole or not lines:
        return "the steps are not a plain list"
    mark = draft.text[lines[0].start : lines[0].body]
    numbered = re.search(r"\d+", mark)
    block = "\n".join(
        f"{mark.replace(numbered[0], str(index), 1) if numbered else mark}{step}"
        for index, step in enumerate(wanted, 1)
    )
    for change in changes:
        draft.edit(lines[0].start, lines[-1].end, block, change)
    return None
