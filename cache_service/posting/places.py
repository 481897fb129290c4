"""When two places are the same, and when one lies in the other: decided by the list of places and by rules."""

from __future__ import annotations

from functools import lru_cache

from cache_service.posting.canonical import fold
from cache_service.posting.extract.place_phrases import PlacePhrase, phrase_at
from cache_service.posting.extract.terms import LEXICON


def same_place(one: str, other: str) -> bool:
    """Whether two wordings name the same place: "경기 성남시 분당구" and "경기도 성남시 분당구", "서울" and "Seoul"."""
    if fold(one) == fold(other):
        return True
    first, second = _place(one), _place(other)
    return first is not None and second is not None and first.canonical == second.canonical


def within(stated: str, of: str) -> bool:
    """Whether ``stated`` is the same as ``of``, or a wider or narrower place that does not contradict it.

    A road and number are never consistent with a place that does not have them: they would be an invention.
    """
    if fold(stated) in fold(of):
        return True
    first, second = _place(stated), _place(of)
    if first is None or second is None:
        return False
    if first.road and first.road != second.road:
        return False
    shared = min(len(first.path), len(second.path))
    return shared > 0 and first.path[:shared] == second.path[:shared]


@lru_cache(maxsize=4096)
def _place(worded: str) -> PlacePhrase | None:
    """The narrowest place that a wording names; None where the list has none."""
    hits = LEXICON.find(worded).get("location", [])
    places, at = [], 0
    while at < len(hits):
        phrase, at = phrase_at(worded, hits, at)
        places.append(phrase)
    return max(places, key=lambda place: (len(place.path), bool(place.road)), default=None)
