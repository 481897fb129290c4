"""Pure ASGI: the size of bodies, the headers of every answer, and errors that nobody caught."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from time import perf_counter
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cache_service.api.problems import problem_response
from cache_service.errors import BodyTooLarge, GonggoError

log = logging.getLogger(__name__)
MAX_BODY_BYTES: Final = 64 * 1024
MAX_NDJSON_BYTES: Final = 256 * 1024 * 1024
NDJSON: Final = "application/x-ndjson"
_REQUEST_ID: Final = re.compile(r"[\w.\-]{1,128}", re.ASCII)


class AnswerHeaders:
    """Puts ``X-Request-Id``, ``Server-Timing`` and ``Cache-Status`` on every answer, and answers what nobody caught."""

    def __init__(self, app: ASGIApp, new_id: Callable[[str], str]) -> None:
        self._app = app
        self._new_id = new_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = perf_counter()
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else self._new_id("req_")
        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                headers.setdefault("Cache-Status", "gonggo; fwd=bypass")
                spent = f"total;dur={(perf_counter() - started) * 1e3:.2f}"
                steps = headers.get("server-timing")
                headers["Server-Timing"] = f"{steps}, {spent}" if steps else spent
                headers.setdefault("X-Content-Type-Options", "nosniff")
            await send(message)

        try:
            await self._app(scope, receive, with_headers)
        except Exception:
            if begun:
                raise
            log.exception("unexpected error", extra={"request_id": request_id, "path": scope["path"]})
            answer = problem_response(GonggoError("Something went wrong; the log has the cause."), scope["path"])
            await answer(scope, receive, with_headers)


class PlainStartFailure:
    """What keeps the service from starting is told in one sentence (``app.state.failure``), not as a stack."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""

        async def plain(message: Message) -> None:
            failure = getattr(scope["app"].state, "failure", None)
            if message["type"] == "lifespan.startup.failed" and failure is not None:
                message = {**message, "message": str(failure)}
            await send(message)

        await self._app(scope, receive, plain if scope["type"] == "lifespan" else send)


class BodyLimit:
    """Answers 413 to a body over the limit, before and while it is read: 64 KiB, more where lines are streamed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        most = _most_bytes(headers)
        error = BodyTooLarge(f"The body is over {most:,} bytes.")
        if _announced_bytes(headers) > most:
            await problem_response(error, scope["path"], {"Connection": "close"})(scope, receive, send)
            return
        seen = 0
        begun = answered = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise error
            return message

        async def checked(message: Message) -> None:
            # Whatever the application makes of the error, what leaves is the 413.
            nonlocal begun, answered
            if seen <= most or begun:
                begun = True
                await send(message)
            elif not answered:
                answered = True
                await problem_response(error, scope["path"], {"Connection": "close"})(scope, receive, send)

        try:
            await self._app(scope, counted, checked)
        except BodyTooLarge:
            if begun:
                raise
            if not answered:
                await problem_response(error, scope["path"], {"Connection": "close"})(scope, receive, send)


def _most_bytes(headers: Headers) -> int:
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    return MAX_NDJSON_BYTES if media == NDJSON else MAX_BODY_BYTES


def _announced_bytes(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0
