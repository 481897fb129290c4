"""Why a record cannot become an entry."""

from __future__ import annotations

from cache_service.posting.canonical import clean

MAX_REASON_CHARS = 300


class RecordError(Exception):
    """The record cannot be used. The reason names the field by its JSON pointer and is one printable line."""

    def __init__(self, reason: str) -> None:
        super().__init__(clean(reason)[:MAX_REASON_CHARS])
