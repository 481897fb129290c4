"""When two wordings of one field state the same, by rules of the field: titles, places, degrees, items of lists."""

from __future__ import annotations

from cache_service.posting.canonical import fold


def same_title(one: str, other: str) -> bool:
    """Whether two titles name the same job."""
    return fold(one) == fold(other)


def same_education(one: str, other: str) -> bool:
    """Whether two wordings ask for the same education."""
    return fold(one) == fold(other)


def within_place(stated: str, of: str) -> bool:
    """Whether ``stated`` is ``of`` or says less of the same place."""
    return fold(stated) in fold(of)
