"""Server-sent events on the wire (HTML Living Standard, section 9.2), and the answer that carries them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from typing import Final

from starlette.responses import StreamingResponse
from starlette.types import Send

from cache_service.streaming.events import Event

log = logging.getLogger(__name__)
KEEP_ALIVE_S: Final = 15.0
HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
MEDIA_TYPE: Final = "text/event-stream"
# A reader that takes nothing for so long is cut off; it can resume where it was.
STALLED_S: Final = 30.0


class EventStream(StreamingResponse):
    """An answer that is sent as it comes. Who stops reading holds what the connection has buffered and no more: the
    events wait in the posting's one log, and after ``stalled_s`` without taking any the reader is cut off."""

    def __init__(
        self, chunks: AsyncIterator[bytes], headers: Mapping[str, str], *, stalled_s: float = STALLED_S
    ) -> None:
        super().__init__(chunks, media_type=MEDIA_TYPE, headers=headers)
        self._stalled_s = stalled_s

    async def stream_response(self, send: Send) -> None:
        """ASGI."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async for chunk in self.body_iterator:
            try:
                async with asyncio.timeout(self._stalled_s):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            except TimeoutError:
                log.info("a reader was cut off: it took nothing for %.0f s", self._stalled_s)
                return  # without an end, so that the server closes the connection
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def encode(event: Event) -> bytes:
    """One event. Its data is JSON, which holds no raw line end."""
    return f"id: {event.id}\nevent: {event.type}\ndata: {event.data}\n\n".encode()


async def stream(
    events: AsyncGenerator[Event],
    encoded: Callable[[Event], bytes] = encode,
    *,
    last: bytes = b"",
    keep_alive_s: float = KEEP_ALIVE_S,
) -> AsyncIterator[bytes]:
    """Events as bytes, with a comment line whenever ``keep_alive_s`` pass without one; ``last`` behind them."""
    async with aclosing(events) as source:
        pending: asyncio.Task[Event | None] | None = None
        try:
            while True:
                pending = pending or asyncio.ensure_future(anext(source, None))
                done, _ = await asyncio.wait([pending], timeout=keep_alive_s)
                if not done:
                    yield b": still here\n\n"
                    continue
                event = pending.result()
                pending = None
                if event is None:
                    break
                if chunk := encoded(event):
                    yield chunk
        finally:
            if pending is not None:
                pending.cancel()
                await asyncio.wait([pending])
    if last:
        yield last
