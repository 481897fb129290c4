"""Server-sent events on the wire (HTML Living Standard, section 9.2)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Final

from cache_service.streaming.events import Event

KEEP_ALIVE_S: Final = 15.0
HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
MEDIA_TYPE: Final = "text/event-stream"


def encode(event: Event) -> bytes:
    """One event. Its data is JSON, which holds no raw line end."""
    return f"id: {event.id}\nevent: {event.type}\ndata: {event.data}\n\n".encode()


async def stream(events: AsyncGenerator[Event], keep_alive_s: float = KEEP_ALIVE_S) -> AsyncIterator[bytes]:
    """Events as bytes, with a comment line whenever ``keep_alive_s`` pass without one."""
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
                    return
                yield encode(event)
        finally:
            if pending is not None:
                pending.cancel()
                await asyncio.wait([pending])
