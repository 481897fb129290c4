"""Every error that can leave the process, and how it shows as RFC 9457 problem+json.

GonggoError
├── RequestError            the client can mend it
│   ├── MalformedBody       400  not JSON, not UTF-8
│   ├── NotFound            404
│   ├── BodyTooLarge        413
│   ├── UnsupportedMedia    415
│   └── Invalid             422  with ``errors[]``: pointer and detail
├── Busy                    429  too much at once; says when to come back
├── Unavailable             503  not ready or shutting down
│   └── EmbeddingChanged         embedded by a model that entries are not found by any more
├── StorageFull             507  the disk that holds the data directory has no room
└── SetupError              the process cannot start or a command cannot run; the text says what to do
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

PROBLEM_PREFIX = "urn:gonggo:problem:"


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong at one place of a request: an RFC 6901 JSON pointer and a sentence."""

    pointer: str
    detail: str


class GonggoError(Exception):
    """Base of all errors of this program. ``slug`` names the problem type and never changes."""

    status: ClassVar[int] = 500
    slug: ClassVar[str] = "internal"
    title: ClassVar[str] = "Internal error"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class RequestError(GonggoError):
    """The client can mend it."""

    status, slug, title = 400, "bad-request", "Bad request"


class MalformedBody(RequestError):
    """The body is not JSON in UTF-8."""

    status, slug, title = 400, "malformed-body", "Malformed body"


class NotFound(RequestError):
    """There is nothing under that name."""

    status, slug, title = 404, "not-found", "Not found"


class BodyTooLarge(RequestError):
    """The body is over the limit."""

    status, slug, title = 413, "body-too-large", "Body too large"


class UnsupportedMedia(RequestError):
    """The body is of a kind that is not read here."""

    status, slug, title = 415, "unsupported-media-type", "Unsupported media type"


class Invalid(RequestError):
    """The body is JSON but not what is asked for; ``errors`` names every place."""

    status, slug, title = 422, "invalid", "Invalid request"

    def __init__(self, detail: str, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(detail)
        self.errors = tuple(errors)


class Busy(GonggoError):
    """Too much at once. ``retry_after_s``: whole seconds until there is likely to be room."""

    status, slug, title = 429, "busy", "Too many requests"

    def __init__(self, detail: str, retry_after_s: int) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class Unavailable(GonggoError):
    """Not now; the client may try again."""

    status, slug, title = 503, "unavailable", "Temporarily unavailable"


class EmbeddingChanged(Unavailable):
    """The vectors to be stored are of a model by which entries are not found any more."""


class StorageFull(GonggoError):
    """Nothing was stored: there is no room."""

    status, slug, title = 507, "storage-full", "No room left"


class SetupError(GonggoError):
    """The process cannot start, or a command cannot run. The text says what to do next."""

    slug, title = "setup", "Cannot run"


def problem(error: GonggoError, instance: str) -> dict[str, Any]:
    """The RFC 9457 problem details of ``error`` at the path ``instance``."""
    body: dict[str, Any] = {
        "type": PROBLEM_PREFIX + error.slug,
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "instance": instance,
    }
    if isinstance(error, Invalid):
        body["errors"] = [{"pointer": one.pointer, "detail": one.detail} for one in error.errors]
    return body
