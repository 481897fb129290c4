"""The endpoint: ``POST /v1/chat/completions`` (streamed or whole), ``GET /v1/models``, ``GET /counts``."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from benchmarks.simulated_llm.profile import Profile
from benchmarks.simulated_llm.writing import TOKEN_CHARS, Written, write

RETRY_AFTER_S: Final = 1
_TICK_S: Final = 0.02  # tokens due within it leave together, as servers under load send them


class SimulatedModel:
    """One model. ``seed``: the same requests in the same order get the same faults and times."""

    def __init__(self, profile: Profile, *, seed: int = 0) -> None:
        self.profile = profile
        self.counts: Counter[str] = Counter()
        self._chance = random.Random(seed)
        self._slots = asyncio.Semaphore(profile.slots)
        self._waiting = 0
        self._started = time.monotonic()

    def app(self) -> Starlette:
        """The service."""
        return Starlette(
            routes=[
                Route("/v1/chat/completions", self._complete, methods=["POST"]),
                Route("/v1/models", self._models),
                Route("/counts", self._count),
            ]
        )

    async def _models(self, _request: Request) -> Response:
        return JSONResponse({"object": "list", "data": [{"id": self.profile.name, "object": "model"}]})

    async def _count(self, _request: Request) -> Response:
        return JSONResponse(dict(self.counts))

    async def _complete(self, request: Request) -> Response:
        self.counts["requests"] += 1
        chance = random.Random(self._chance.random())
        profile = self.profile
        if profile.is_out(time.monotonic() - self._started):
            return self._refuse(503, "the model is down")
        if chance.random() < profile.refused or self._waiting >= profile.queue:
            return self._refuse(429, "too many requests")
        body = await request.json()
        written = write(body["messages"], profile.section_tokens, profile.lies, chance)
        self.counts["lies"] += written.lie is not None
        if body.get("stream"):
            return StreamingResponse(self._stream(written, chance), media_type="text/event-stream")
        pieces = [piece async for piece in self._pieces(written, chance)]
        return JSONResponse(
            _answer(self.profile.name, "chat.completion", {"message": {"role": "assistant", "content": "".join(pieces)},
            "finish_reason": "stop"}, tokens=_tokens(written.text))
        )  # fmt: skip

    def _refuse(self, status: int, detail: str) -> Response:
        self.counts[f"status_{status}"] += 1
        headers = {"Retry-After": str(RETRY_AFTER_S)}
        return JSONResponse({"error": {"message": detail, "type": "server_error"}}, status, headers)

    async def _stream(self, written: Written, chance: random.Random) -> AsyncIterator[bytes]:
        name = self.profile.name
        async for piece in self._pieces(written, chance):
            yield _event(_answer(name, _CHUNK, {"delta": {"content": piece}, "finish_reason": None}))
        yield _event(_answer(name, _CHUNK, {"delta": {}, "finish_reason": "stop"}))
        yield _event(_answer(name, _CHUNK, None, tokens=_tokens(written.text)))
        yield b"data: [DONE]\n\n"

    @asynccontextmanager
    async def _slot(self) -> AsyncIterator[None]:
        self._waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._slots.release()

    async def _pieces(self, written: Written, chance: random.Random) -> AsyncIterator[str]:
        """The text in the tokens' own time. ConnectionResetError or a long silence where this request is to fail."""
        profile = self.profile
        reset, stalls = chance.random() < profile.reset, chance.random() < profile.stalled
        width = _token_width(written.text)
        pieces = [written.text[at : at + width] for at in range(0, len(written.text), width)]
        fails_at = chance.randrange(len(pieces)) if reset or stalls else -1
        async with self._slot():
            await asyncio.sleep(profile.draw_first_token_s(chance))
            began, sent = time.monotonic(), 0
            while sent < len(pieces):
                due = min(len(pieces), int((time.monotonic() - began) * profile.tokens_per_s) + 1)
                if 0 <= fails_at < due:
                    self.counts["reset" if reset else "stalled"] += 1
                    if reset:
                        raise ConnectionResetError
                    fails_at = -1
                    await asyncio.sleep(profile.stall_s)
                if due > sent:
                    yield "".join(pieces[sent:due])
                    self.counts["tokens"] += due - sent
                    sent = due
                await asyncio.sleep(max(_TICK_S, 1 / profile.tokens_per_s))
        self.counts["complete"] += 1


_CHUNK: Final = "chat.completion.chunk"


def _token_width(text: str) -> int:
    return TOKEN_CHARS["en" if text.isascii() else "ko"]


def _tokens(text: str) -> int:
    return -(-len(text) // _token_width(text))


def _answer(model: str, kind: str, choice: dict[str, Any] | None, *, tokens: int | None = None) -> dict[str, Any]:
    usage = None if tokens is None else {"prompt_tokens": 0, "completion_tokens": tokens, "total_tokens": tokens}
    choices = [] if choice is None else [{"index": 0, **choice}]
    return {"id": "sim", "object": kind, "created": 0, "model": model, "choices": choices, "usage": usage}


def _event(body: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode()
