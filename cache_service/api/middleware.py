"""Pure ASGI: the size of bodies, the headers of every answer, and errors that nobody caught."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cache_service.api.problems import problem_response
from cache_service.errors import BodyTooLarge, GonggoError

log = logging.getLogger(__name__)
MAX_BODY_BYTES: Final = 64 * 1024
MAX_NDJSON_BYTES: Final = 256 * 1024 * 1024
NDJSON: Final = "application/x-ndjson"
_USUAL: Final = ((b"cache-status", b"gonggo; fwd=bypass"), (b"x-content-type-options", b"nosniff"))
_REQUEST_ID: Final = re.compile(rb"[\w.\-]{1,128}", re.ASCII)


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
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        request_id = given if _REQUEST_ID.fullmatch(given) else self._new_id("req_").encode()
        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                spent_ms = (perf_counter() - started) * 1e3
                message["headers"] = _completed(message.get("headers", ()), request_id, spent_ms)
            await send(message)

        try:
            await self._app(scope, receive, with_headers)
        except Exception:
            if begun:
                raise
            log.exception("unexpected error", extra={"request_id": request_id.decode(), "path": scope["path"]})
            answer = problem_response(GonggoError("Something went wrong; the log has the cause."), scope["path"])
            await answer(scope, receive, with_headers)


def _completed(given: Iterable[tuple[bytes, bytes]], request_id: bytes, spent_ms: float) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with those that every answer has."""
    timing = b"total;dur=%.2f" % spent_ms
    held = set()
    headers = []
    for name, value in given:
        if name == b"server-timing":
            timing = value + b", " + timing
        elif name != b"x-request-id":
            held.add(name)
            headers.append((name, value))
    headers += [one for one in _USUAL if one[0] not in held]
    headers += [(b"x-request-id", request_id), (b"server-timing", timing)]
    return headers


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
        announced, most = _sizes(scope["headers"])
        body = _Body(scope, receive, send, most)
        if announced > most:
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

    async def receive(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > self.most:
            raise self._error()
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
            answer = problem_response(self._error(), self._scope["path"], {"Connection": "close"})
            await answer(self._scope, self._receive, self._send)

    def _error(self) -> BodyTooLarge:
        return BodyTooLarge(f"The body is over {self.most:,} bytes.")


def _sizes(headers: Iterable[tuple[bytes, bytes]]) -> tuple[int, int]:
    """How many bytes the body is said to have (0: not said), and how many it may have."""
    announced, most = 0, MAX_BODY_BYTES
    for name, value in headers:
        if name == b"content-length" and value.isdigit():
            announced = int(value)
        elif name == b"content-type" and value.partition(b";")[0].strip().lower() == NDJSON.encode():
            most = MAX_NDJSON_BYTES
    return announced, most
