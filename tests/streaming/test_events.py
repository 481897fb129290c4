from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache_service.api.ndjson import lines_of
from cache_service.api.sse import encode, stream
from cache_service.streaming.events import Event, EventLog, dump_events, load_events


async def test_every_reader_sees_every_event_in_order() -> None:
    """Readers that start early, late or in the middle all see the same events, each once."""
    log = EventLog()

    async def read(after: int) -> list[int]:
        return [event.id async for event in log.read(after)]

    early = [asyncio.create_task(read(0)) for _ in range(20)]
    for number in range(50):
        log.append("progress", {"n": number})
        if number % 7 == 0:
            await asyncio.sleep(0)
    middle = asyncio.create_task(read(30))
    await asyncio.sleep(0)
    log.append("done", {})
    log.close()
    for task in early:
        assert await task == list(range(1, 52))
    assert await middle == list(range(31, 52))
    assert await read(0) == list(range(1, 52))
    assert await read(99) == []


async def test_a_closed_log_takes_no_more() -> None:
    """After the last event nothing can follow."""
    log = EventLog()
    log.close()
    with pytest.raises(RuntimeError):
        log.append("done", {})


def test_stored_events_come_back_as_they_were() -> None:
    """Line separators and quotes in the data survive."""
    events = (Event(1, "plan", '{"a":"\u2028\\n"}'), Event(2, "done", "{}"))
    assert tuple(load_events(dump_events(events))) == events


async def test_keep_alive() -> None:
    """While nothing happens a comment line is sent, and no event is lost by it."""
    log = EventLog()
    source = stream(log.read(), keep_alive_s=0.01)
    assert (await anext(source)).startswith(b":")
    log.append("done", {})
    log.close()
    rest = [piece async for piece in source]
    assert rest[-1] == encode(Event(1, "done", "{}"))
    assert rest.count(rest[-1]) == 1


@given(st.binary(max_size=200), st.data())
def test_lines_do_not_depend_on_the_cuts(body: bytes, data: st.DataObject) -> None:
    """However a body is cut, its lines and their numbers are the same; blank lines count but are not given."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(body)), max_size=6)))
    edges = [0, *cuts, len(body)]

    async def chunks(pieces: list[bytes]):  # type: ignore[no-untyped-def]
        for piece in pieces:
            yield piece

    async def lines(pieces: list[bytes]) -> list[tuple[int, bytes | None]]:
        return [line async for line in lines_of(chunks(pieces), max_bytes=20)]

    pieces = [body[start:end] for start, end in pairwise(edges)]
    wanted = [
        (number, line if len(line) <= 20 else None)
        for number, line in enumerate(body.split(b"\n"), 1)
        if line.strip() or len(line) > 20
    ]
    assert asyncio.run(lines(pieces)) == wanted
