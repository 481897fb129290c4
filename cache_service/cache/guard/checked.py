"""A fact of a text, judged."""

from __future__ import annotations

from dataclasses import dataclass

from cache_service.posting.facts import StatedFact


@dataclass(frozen=True, slots=True)
class Checked:
    """A fact that a text states. ``expected``: what the request states in its place, None if nothing."""

    fact: StatedFact
    supported: bool
    expected: int | str | tuple[str, ...] | None
