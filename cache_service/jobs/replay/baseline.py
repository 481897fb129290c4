"""The same load without a cache: one call of a large model for a whole posting."""

from __future__ import annotations

import json
from time import perf_counter
from typing import Any, Final

import httpx

from cache_service.jobs.replay.drive import Seen, Send
from cache_service.jobs.replay.lines import Arrival
from cache_service.posting.sections import SECTIONS

_SYSTEM: Final = """\
You write a whole job posting. The user message is a JSON object: "sections" lists the sections, each with its name \
and its facts, "language" is the language to write in. State only what the facts say. Plain text, a heading for each \
section."""
_DONE: Final = "[DONE]"


def to_model(client: httpx.AsyncClient, model: str) -> Send:
    """Sends an arrival to an OpenAI-compatible ``chat/completions`` as one streamed call."""

    async def send(arrival: Arrival, due: float, seen: Seen) -> None:
        body = {
            "model": model, "stream": True, "stream_options": {"include_usage": True},
            "messages": [{"role": "system", "content": _SYSTEM}, {"role": "user", "content": _task(arrival.request)}],
        }  # fmt: skip
        async with client.stream("POST", "chat/completions", json=body) as answer:
            if answer.status_code != httpx.codes.OK:
                await answer.aread()
                seen.failure = f"HTTP {answer.status_code}"
                return
            ended = False
            async for line in answer.aiter_lines():
                data = line.removeprefix("data:").strip()
                if line.startswith("data:") and data == _DONE:
                    ended = True
                elif line.startswith("data:"):
                    _note(seen, json.loads(data), perf_counter() - due)
        if ended:
            seen.complete_s, seen.cache = perf_counter() - due, "miss"
        else:
            seen.failure = "the answer broke off"

    return send


def _note(seen: Seen, chunk: dict[str, Any], now: float) -> None:
    if (usage := chunk.get("usage")) is not None:
        seen.tokens = usage.get("completion_tokens") or 0
    if seen.first_content_s is None and any(choice["delta"].get("content") for choice in chunk.get("choices", ())):
        seen.first_content_s = now


def _task(request: dict[str, Any]) -> str:
    """The facts that each section depends on, as gonggo gives them to a model section by section."""
    language = (request.get("options") or {}).get("language", "ko")
    sections = []
    for kind, spec in SECTIONS.items():
        facts: dict[str, dict[str, Any]] = {}
        for path in spec.depends_on:
            group, _, name = path.partition(".")
            if (value := (request.get(group) or {}).get(name)) is not None:
                facts.setdefault(group, {})[name] = value
        sections.append({"section": kind, "language": language, "facts": facts})
    return json.dumps({"language": language, "sections": sections}, ensure_ascii=False)
