"""Errors as RFC 9457 problem+json: whatever goes wrong leaves the process in this one form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from cache_service.errors import (
    PROBLEM_PREFIX,
    Busy,
    FieldError,
    GonggoError,
    Invalid,
    MalformedBody,
    Unavailable,
    problem,
)

MEDIA_TYPE = "application/problem+json"
MAX_ERRORS = 100


def problem_response(error: GonggoError, instance: str, headers: dict[str, str] | None = None) -> Response:
    """``error`` as an answer."""
    body = json.dumps(problem(error, instance), ensure_ascii=False).encode()
    return Response(body, error.status, {**_retry_after(error), **(headers or {})}, MEDIA_TYPE)


def _retry_after(error: GonggoError) -> dict[str, str]:
    match error:
        case Busy(retry_after_s=seconds):
            return {"Retry-After": str(seconds)}
        case Unavailable():
            return {"Retry-After": "1"}
        case _:
            return {}


def pointer(path: Sequence[int | str]) -> str:
    """RFC 6901 pointer of a path."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def field_errors(errors: Sequence[Any], *, skip: int = 0) -> list[FieldError]:
    """pydantic's errors as ours; ``skip`` leading path parts name the place in HTTP, not in the body."""
    found = []
    for error in errors[:MAX_ERRORS]:
        path = list(error["loc"])[skip:]
        if error["type"] == "range":
            path.append(error["ctx"]["pointer"])
        detail = {
            "extra_forbidden": "unknown field",
            "missing": "required",
        }.get(error["type"], error["msg"].removeprefix("Value error, "))
        found.append(FieldError(pointer(path), detail))
    return found


def invalid(errors: Sequence[Any], *, skip: int = 0) -> GonggoError:
    """The error for what pydantic found."""
    for error in errors:
        if error["type"] == "json_invalid":
            return MalformedBody(f"The body is not JSON: {error.get('ctx', {}).get('error', 'it ends too early')}.")
    found = field_errors(errors, skip=skip)
    first = found[0]
    return Invalid(f"{first.pointer or 'The body'}: {first.detail}", found)


def install(app: FastAPI) -> None:
    """Make ``app`` answer every error as a problem."""

    @app.exception_handler(GonggoError)
    async def known(request: Request, exc: GonggoError) -> Response:
        return problem_response(exc, request.url.path)

    @app.exception_handler(RequestValidationError)
    async def rejected(request: Request, exc: RequestValidationError) -> Response:
        return problem_response(invalid(exc.errors(), skip=1), request.url.path)

    @app.exception_handler(HTTPException)
    async def http(request: Request, exc: HTTPException) -> Response:
        if exc.status_code == 400:
            return problem_response(MalformedBody("The body is not JSON in UTF-8."), request.url.path)
        phrase = HTTPStatus(exc.status_code).phrase
        body = {
            "type": PROBLEM_PREFIX + phrase.lower().replace(" ", "-"),
            "title": phrase,
            "status": exc.status_code,
            "detail": str(exc.detail),
            "instance": request.url.path,
        }
        return Response(json.dumps(body).encode(), exc.status_code, dict(exc.headers or {}), MEDIA_TYPE)
