"""One record of a file as an entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from cache_service.api.schemas import EntryIn
from cache_service.cache.entries import EntryDraft
from cache_service.jobs.derive.plain import plain_posting
from cache_service.jobs.derive.validate import unusable


def derive(record: Mapping[str, Any]) -> EntryDraft:
    """The entry of a plain posting, or of a ``{request, posting}`` record as ``POST /v1/cache/entries`` takes it.

    Raises:
        RecordError: the record cannot be used; the reason names the field.
    """
    if "request" not in record and "posting" not in record:
        return plain_posting(record)
    try:
        return EntryIn.model_validate(record).draft()
    except ValidationError as exc:
        raise unusable(exc) from exc
