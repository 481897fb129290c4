"""Many at once: readers of one posting, and requests for one."""

from __future__ import annotations

import asyncio
import copy
import json
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import Message

from cache_service.api.sse import EventStream
from tests.api.test_websocket import REQUEST
from tests.conftest import Serve
from tests.test_command import environment, free_port, serving, upstreams_file
from tests.upstreams import FakeUpstream

EVENTS = {"Accept": "text/event-stream"}
PATIENT = httpx.Timeout(120.0)


async def _events(client: httpx.AsyncClient, posting: str, after: int) -> AsyncIterator[tuple[int, str, Any]]:
    headers = {**EVENTS, **({"Last-Event-ID": str(after)} if after else {})}
    async with client.stream("GET", f"/v1/postings/{posting}/events", headers=headers) as answer:
        assert answer.status_code == 200
        id_, type_ = 0, ""
        async for line in answer.aiter_lines():
            name, _, value = line.partition(": ")
            match name:
                case "id":
                    id_ = int(value)
                case "event":
                    type_ = value
                case "data":
                    yield id_, type_, json.loads(value)


async def _read(client: httpx.AsyncClient, posting: str, drops: list[int]) -> tuple[dict[str, str], Any]:
    """The text of each section by its deltas, and the answer; hangs up after each of ``drops`` events and resumes."""
    texts: dict[str, str] = {}
    after, answer = 0, None
    for drop in [*drops, None]:
        seen = 0
        async for id_, type_, data in _events(client, posting, after):
            assert id_ > after
            after, seen = id_, seen + 1
            if type_ == "section.delta":
                texts[data["kind"]] = texts.get(data["kind"], "") + data["text"]
            elif type_ == "done":
                answer = data
            if seen == drop:
                break
        if answer is not None:
            break
    return texts, answer


async def _all_read(url: str, readers: int, chance: random.Random) -> None:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=PATIENT, limits=limits, trust_env=False) as client:
        async with client.stream("POST", "/v1/postings", json=REQUEST, headers=EVENTS) as begun:
            posting = begun.headers["location"].rpartition("/")[2]  # and its first reader hangs up
        drops = [sorted(chance.sample(range(1, 30), 3)) if number % 10 == 0 else [] for number in range(readers)]
        read = await asyncio.gather(*(_read(client, posting, one) for one in drops))
        found = (await client.get(f"/v1/postings/{posting}")).json()
    written = {one["kind"]: one["text"] for one in found["posting"]["sections"]}
    assert found["status"] == "complete"
    for texts, answer in read:
        assert texts == written
        assert answer == found


def test_readers_that_drop_and_resume_end_with_the_same_text(serve: Serve, upstream: FakeUpstream) -> None:
    """A hundred and fifty readers of a running posting, a tenth of whom hang up three times and come back."""
    upstream.delay_s, upstream.chunk = 0.02, 2
    client = serve(upstream)
    asyncio.run(_all_read(str(client.base_url), 150, random.Random(1)))
    assert len(upstream.calls) == len({call["section"] for call in upstream.calls})


@pytest.mark.stress
def test_a_thousand_readers_end_with_the_same_text(tmp_path: Path, upstream: FakeUpstream) -> None:
    """The same with a thousand, against a service in a process of its own."""
    upstream.delay_s, upstream.chunk = 0.1, 2
    upstreams = upstreams_file(tmp_path, upstream)
    with serving(environment(tmp_path, free_port(), GONGGO_UPSTREAMS=upstreams)) as (client, _):
        asyncio.run(_all_read(str(client.base_url), 1000, random.Random(2)))
    assert len(upstream.calls) == len({call["section"] for call in upstream.calls})


def test_two_hundred_equal_requests_are_written_once(serve: Serve, upstream: FakeUpstream) -> None:
    """Two hundred postings of equal facts at once: each section is asked of a model once, and all get its text."""
    upstream.delay_s = 0.3
    client = serve(upstream)

    async def ask(client: httpx.AsyncClient, number: int) -> Any:
        request = copy.deepcopy(REQUEST)
        request["options"] = {"session_id": f"s-{number}"}  # other bytes, equal facts
        return (await client.post("/v1/postings", json=request)).json()

    async def all_ask() -> list[Any]:
        limits = httpx.Limits(max_connections=None)
        url = str(client.base_url)
        async with httpx.AsyncClient(base_url=url, timeout=PATIENT, limits=limits, trust_env=False) as many:
            return await asyncio.gather(*(ask(many, number) for number in range(200)))

    answers = asyncio.run(all_ask())
    assert len({one["id"] for one in answers}) == len(answers)
    assert len({json.dumps([(s["kind"], s["text"]) for s in one["posting"]["sections"]]) for one in answers}) == 1
    assert sorted(call["section"] for call in upstream.calls) == sorted({call["section"] for call in upstream.calls})


async def test_a_reader_that_takes_nothing_is_cut_off() -> None:
    """After the time that it has, without an end to its answer, so that the server closes the connection."""
    given = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal given
        while True:
            given += 1
            yield b"data: {}\n\n"

    sent: list[Message] = []

    async def send(message: Message) -> None:
        if len(sent) == 3:
            await asyncio.Event().wait()
        sent.append(message)

    answer = EventStream(chunks(), {}, stalled_s=0.05)
    async with asyncio.timeout(2):
        await answer.stream_response(send)
    assert given == 3
    assert sent[-1] == {"type": "http.response.body", "body": b"data: {}\n\n", "more_body": True}
