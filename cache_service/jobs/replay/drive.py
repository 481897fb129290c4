"""Sends a schedule to a running service and notes when what came back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final

import httpx

from cache_service.jobs.progress import Progress
from cache_service.jobs.replay.lines import Arrival

_CONNECTIONS: Final = 2000


@dataclass(slots=True)
class Seen:
    """What became of one request. Times in seconds since it was due; None where it did not come to that.

    ``late_s``: how much later than due it was sent, a sign that the sender was too slow. ``sections``: for each kind
    when it was done and from which tier. ``failure``: a sentence, if it was not answered whole.
    """

    line: int
    late_s: float = 0.0
    first_content_s: float | None = None
    complete_s: float | None = None
    cache: str | None = None
    tokens: int = 0
    sections: dict[str, tuple[float, str]] = field(default_factory=dict)
    degraded: set[str] = field(default_factory=set)
    posting: dict[str, Any] | None = None
    failure: str | None = None


Send = Callable[[Arrival, float, Seen], Awaitable[None]]


async def open_loop(arrivals: Sequence[Arrival], speed: float, send: Send, progress: Progress, what: str) -> list[Seen]:
    """``send`` each arrival when it is due (``speed`` times as fast), never waiting for an answer; all answers."""
    started = perf_counter()
    answered = 0

    async def one(arrival: Arrival, due: float, seen: Seen) -> None:
        nonlocal answered
        try:
            await send(arrival, due, seen)
        except (httpx.HTTPError, ValueError, LookupError) as exc:
            seen.failure = f"{type(exc).__name__}: {exc}"
        answered += 1
        progress(answered, len(arrivals), what)

    answers: list[Seen] = []
    async with asyncio.TaskGroup() as group:
        for arrival in arrivals:
            due = started + arrival.at_s / speed
            if (wait := due - perf_counter()) > 0:
                await asyncio.sleep(wait)
            seen = Seen(arrival.line, late_s=max(0.0, perf_counter() - due))
            answers.append(seen)
            group.create_task(one(arrival, due, seen))
    return answers


def http_client(url: str, timeout_s: float) -> httpx.AsyncClient:
    """A client that never makes a request wait for a connection."""
    limits = httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS)
    return httpx.AsyncClient(base_url=url, timeout=timeout_s, limits=limits, trust_env=False)


def to_service(client: httpx.AsyncClient) -> Send:
    """Sends an arrival to ``POST /v1/postings`` as a stream of events."""

    async def send(arrival: Arrival, due: float, seen: Seen) -> None:
        headers = {"Accept": "text/event-stream"}
        async with client.stream("POST", "/v1/postings", json=arrival.request, headers=headers) as answer:
            if answer.status_code != httpx.codes.OK:
                await answer.aread()
                seen.failure = f"HTTP {answer.status_code}"
                return
            async for name, data in events(answer.aiter_lines()):
                _note(seen, name, data, perf_counter() - due)
        if seen.complete_s is None and seen.failure is None:
            seen.failure = "the stream ended before the posting was done"

    return send


async def events(lines: AsyncIterator[str]) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """Name and data of each server-sent event."""
    name, data = "message", ""
    async for line in lines:
        if not line:
            if data:
                yield name, json.loads(data)
            name, data = "message", ""
        elif line.startswith("event:"):
            name = line.removeprefix("event:").strip()
        elif line.startswith("data:"):
            data += line.removeprefix("data:").strip()


def _note(seen: Seen, name: str, data: dict[str, Any], now: float) -> None:
    match name:
        case "section.delta":
            seen.first_content_s = now if seen.first_content_s is None else seen.first_content_s
        case "section.done":
            seen.sections[data["kind"]] = (now, data["source"]["tier"])
        case "degraded":
            seen.degraded.add(data["kind"])
        case "done":
            seen.complete_s, seen.cache, seen.posting = now, data["cache"], data["posting"]
            seen.tokens = data["usage"]["generated_tokens"]
            if data["status"] != "complete":
                seen.complete_s, seen.failure = None, f"the posting ended {data['status']}"
        case "error":
            seen.failure = str(data.get("detail") or data.get("title"))
        case _:
            pass


async def wrong_facts(client: httpx.AsyncClient, arrivals: Sequence[Arrival], answers: Sequence[Seen]) -> list[str]:
    """What ``POST /v1/check`` finds that the request does not support, in every posting that came whole."""
    requests = {arrival.line: arrival.request for arrival in arrivals}
    found: list[str] = []
    for seen in answers:
        if seen.posting is None:
            continue
        answer = await client.post("/v1/check", json={"request": requests[seen.line], "posting": seen.posting})
        answer.raise_for_status()
        found += [
            f"line {seen.line}, {one['section']}: {one['type']} {one['value']}"
            for one in (*answer.json()["facts"], *answer.json()["other"])
            if not one["supported"]
        ]
    return found
