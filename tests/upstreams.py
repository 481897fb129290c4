"""A language model's endpoint for tests: real HTTP, OpenAI-compatible, writes from the prompt's facts, and
misbehaves on demand. It stands in because no real model runs where the tests do; the ``openai`` client that talks to
it is real."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route


def _levels(facts: dict[str, Any], language: str) -> list[str]:
    """Years and education, as a faithful model would state them."""
    korean = language == "ko"
    bounds = (("years_min", "경력 {}년 이상", "At least {} years of experience"),
              ("years_max", "경력 {}년 이하", "Up to {} years of experience"))  # fmt: skip
    lines = [f"- {(ko if korean else en).format(facts[name])}" for name, ko, en in bounds if name in facts]
    if "education" in facts:
        lines.append(f"- {'학력' if korean else 'Education:'} {facts['education']}")
    return lines


@dataclass
class FakeUpstream:
    """``calls``: the user messages it was asked. The rest says how to behave. ``slow``: seconds that a section hangs.

    ``lies``: what the n-th answer says besides its facts ("" for nothing), beginning again at its end. ``instead``:
    the first answers, word for word.
    """

    url: str = ""
    calls: list[dict[str, Any]] = field(default_factory=list)
    cut_after: int | None = None
    status: int = 200
    hang_s: float = 0.0
    delay_s: float = 0.0
    lie: str = ""
    lies: tuple[str, ...] = ()
    instead: list[str] = field(default_factory=list)
    finish: str = "stop"
    most_at_once: int = 0
    running: int = 0
    chunk: int = 7
    endless: str = ""
    body: bytes | None = None
    slow: dict[str, float] = field(default_factory=dict)

    def text(self, task: dict[str, Any]) -> str:
        """The section, from the facts alone."""
        if self.instead:
            return self.instead.pop(0)
        lie = self.lies[len(self.calls) % len(self.lies)] if self.lies else self.lie
        facts = {**task["facts"].get("company", {}), **task["facts"].get("requirements", {})}
        lines = [f"- {item}" for name in ("responsibilities", "skills", "preferred") for item in facts.get(name, [])]
        if task["section"] == "requirements":
            lines += _levels(facts, task["language"])
        subject = facts.get("name") or facts.get("title", "")
        opening = "함께 일할 분을 찾습니다." if task["language"] == "ko" else "We are looking for you."
        return "\n".join([f"{subject}. {opening}", *lines, *([lie] if lie else [])])

    async def answer(self, request: Request) -> Response:
        """``POST /chat/completions``."""
        body = await request.json()
        task = json.loads(body["messages"][-1]["content"])
        self.calls.append(task)
        if self.status != 200:
            return JSONResponse({"error": {"message": "no"}}, self.status)
        if self.body is not None:
            return Response(self.body, media_type="text/event-stream")
        return StreamingResponse(
            self._stream(self.text(task), self.slow.get(task.get("section", ""), 0.0)), media_type="text/event-stream"
        )

    async def _stream(self, text: str, hang_s: float = 0.0) -> AsyncIterator[bytes]:
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        try:
            await asyncio.sleep(self.hang_s + hang_s)
            while self.endless:
                yield _chunk({"delta": {"content": self.endless}, "finish_reason": None})
                await asyncio.sleep(0)
            pieces = [text[start : start + self.chunk] for start in range(0, len(text), self.chunk)]
            for number, piece in enumerate(pieces):
                if self.cut_after is not None and number >= self.cut_after:
                    raise ConnectionResetError
                yield _chunk({"delta": {"content": piece}, "finish_reason": None})
                await asyncio.sleep(self.delay_s)
            yield _chunk({"delta": {}, "finish_reason": self.finish})
            yield _chunk(
                None, {"prompt_tokens": 10, "completion_tokens": len(pieces), "total_tokens": 10 + len(pieces)}
            )
            yield b"data: [DONE]\n\n"
        finally:
            self.running -= 1


def _chunk(choice: dict[str, Any] | None, usage: dict[str, int] | None = None) -> bytes:
    body = {
        "id": "x", "object": "chat.completion.chunk", "created": 0, "model": "fake",
        "choices": [] if choice is None else [{"index": 0, **choice}], "usage": usage,
    }  # fmt: skip
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode()


@contextlib.contextmanager
def running_upstream() -> Iterator[FakeUpstream]:
    """A fake upstream on a free port."""
    fake = FakeUpstream()
    app = Starlette(routes=[Route("/v1/chat/completions", fake.answer, methods=["POST"])])
    with running_server(app) as url:
        fake.url = f"{url}/v1"
        yield fake


@contextlib.contextmanager
def running_server(app: Any) -> Iterator[str]:
    """``app`` served on a free port of this machine; its address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=2, ws="websockets-sansio")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
        threading.Event().wait(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
