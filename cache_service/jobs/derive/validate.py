"""The request of a record, checked by the one set of rules that every request is checked by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from cache_service.api.problems import field_errors
from cache_service.jobs.derive.errors import RecordError
from cache_service.posting.request import PostingRequest


def validated(request: Mapping[str, Any]) -> PostingRequest:
    """``request`` as a request; raises RecordError with the pointer of the first thing that is wrong."""
    try:
        return PostingRequest.model_validate(request)
    except ValidationError as exc:
        raise unusable(exc, prefix="/request") from exc


def unusable(exc: ValidationError, *, prefix: str = "") -> RecordError:
    """What pydantic found, as a reason."""
    first = field_errors(exc.errors(include_url=False, include_input=False))[0]
    return RecordError(f"{prefix}{first.pointer or '/'}: {first.detail}")
