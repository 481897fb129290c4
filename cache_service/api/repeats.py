"""Pure ASGI, in front of the framework: the same body once more is answered with ready bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from time import perf_counter
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cache_service.streaming.repeats import Kept, Repeats
from cache_service.streaming.run import PostingRun

PATH: Final = "/v1/postings"
# Where a route finds whom to tell of the posting that a request ended in.
FINISHED: Final = "gonggo.finished"
_EVENTS: Final = b"text/event-stream"


class RepeatedAnswers:
    """Answers ``POST /v1/postings`` from ``app.state.parts.repeats`` where JSON is wanted and no key is given."""

    def __init__(self, app: ASGIApp, new_token: Callable[[], str]) -> None:
        """``new_token``: 16 random hexadecimal digits."""
        self._app = app
        self._new_token = new_token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        started = perf_counter()
        media = _media(scope["headers"])
        repeats: Repeats = scope["app"].state.parts.repeats
        if media is None or not repeats.active:
            await self._app(scope, receive, send)
            return
        messages = await _read(receive)
        key = blake2b(media + b"\n" + b"".join(one.get("body", b"") for one in messages), digest_size=20).digest()
        kept = repeats.recall(key)
        if kept is None:
            mark = repeats.mark()
            scope[FINISHED] = lambda run: repeats.keep(key, run, mark)
            await self._app(scope, _replayed(messages, receive), send)
            return
        spent_us = int((perf_counter() - started) * 1e6)
        await self._answer(kept, spent_us, send)
        repeats.count(kept, spent_us)

    async def _answer(self, kept: Kept, spent_us: int, send: Send) -> None:
        repeat_id = kept.repeat_id(self._new_token(), spent_us)
        body = kept.answer(repeat_id, spent_us)
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
            (b"cache-status", b"gonggo; hit"),
            (b"server-timing", b"repeat;dur=%.2f" % (spent_us / 1e3)),
            (b"location", f"{PATH}/{repeat_id}".encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def tell_finished(scope: Scope, run: PostingRun) -> None:
    """Tell whoever waits for it in front of the framework that ``scope``'s request ended in ``run``."""
    if (keep := scope.get(FINISHED)) is not None:
        keep(run)


def _media(headers: Iterable[tuple[bytes, bytes]]) -> bytes | None:
    """What the body is said to be; None if the request asks for more than the JSON answer to its body."""
    media = b""
    for name, value in headers:
        if name == b"content-type":
            media += value
        elif name == b"accept":
            if _EVENTS in value.lower():
                return None
        elif name == b"idempotency-key" or name.startswith(b"x-vercel-"):
            return None
    return media


async def _read(receive: Receive) -> list[Message]:
    """The messages of the whole body, or up to the client's hanging up."""
    messages = [await receive()]
    while messages[-1].get("more_body", False):
        messages.append(await receive())
    return messages


def _replayed(messages: list[Message], receive: Receive) -> Receive:
    """``receive`` with ``messages`` before what it still has."""
    left = iter(messages)

    async def replay() -> Message:
        for message in left:
            return message
        return await receive()

    return replay
