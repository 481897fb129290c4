"""Reading the fields of a plain posting: a text, null, or for sections a list of texts as well."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cache_service.jobs.derive.errors import RecordError
from cache_service.posting.canonical import tidy, tidy_block

# What the interface takes as the text of one section.
MAX_SECTION_CHARS: Final = 20_000


def line_of(record: Mapping[str, Any], name: str) -> str | None:
    """The field as one clean line; None where it is missing, null or blank."""
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise RecordError(f"/{name}: must be a text or null")
    return tidy(value) or None


def section_of(record: Mapping[str, Any], name: str) -> str | None:
    """The field as clean lines, a list one item a line; None where it is missing, null or blank."""
    value = record.get(name)
    if isinstance(value, list):
        for position, item in enumerate(value):
            if not isinstance(item, str):
                raise RecordError(f"/{name}/{position}: must be a text")
        value = "\n".join(f"• {item}" for item in map(tidy, value) if item)
    if value is None:
        return None
    if not isinstance(value, str):
        raise RecordError(f"/{name}: must be a text, a list of texts, or null")
    if len(value) > MAX_SECTION_CHARS:
        raise RecordError(f"/{name}: is over {MAX_SECTION_CHARS:,} characters")
    text = tidy_block(value)
    if len(text) > MAX_SECTION_CHARS:  # composing can lengthen a text
        raise RecordError(f"/{name}: is over {MAX_SECTION_CHARS:,} characters")
    return text or None


def names_of(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The field as a list of names: a list of texts, or one text with commas between."""
    value = record.get(name)
    if isinstance(value, list):
        for position, item in enumerate(value):
            if not isinstance(item, str):
                raise RecordError(f"/{name}/{position}: must be a text")
        parts = value
    else:
        parts = (line_of(record, name) or "").split(",")
    return tuple(dict.fromkeys(part for part in map(tidy, parts) if part))
