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
        body = _Body(scope, receive, send, _most_bytes(headers))
        if _announced_bytes(headers) > body.most:
            await body.refuse()
            return
        try:
            await self._app(scope, body.receive, body.send)
        except BodyTooLarge:
            if body.begun:
                raise
            await body.refuse()


class _Body:
    """A body that is counted while it is read. Whatever the application makes of the error, what leaves is a 413."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        self.most = most
        self.begun = False
        self._scope = scope
        self._receive = receive
        self._send = send
        self._seen = 0
        self._refused = False
        self._error = BodyTooLarge(f"The body is over {most:,} bytes.")

    async def receive(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > self.most:
            raise self._error
        return message

    async def send(self, message: Message) -> None:
        if self._seen <= self.most or self.begun:
            self.begun = True
            await self._send(message)
        else:
            await self.refuse()

    async def refuse(self) -> None:
        if not self._refused:
            self._refused = True
            answer = problem_response(self._error, self._scope["path"], {"Connection": "close"})
            await answer(self._scope, self._receive, self._send)


def _most_bytes(headers: Headers) -> int:
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    return MAX_NDJSON_BYTES if media == NDJSON else MAX_BODY_BYTES


def _announced_bytes(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0
