from __future__ import annotations

import asyncio
import itertools
import json
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


async def test_a_reader_that_is_behind_gets_waiting_deltas_as_one() -> None:
    """From four on, of one section, under the last one's id: the text is the same, and who resumes misses none."""
    log = EventLog()
    log.append("plan", {})
    for number in range(5):
        log.append("section.delta", {"kind": "company", "text": f"{number}가 "})
    log.append("section.delta", {"kind": "preferred", "text": "x"})
    log.append("section.delta", {"kind": "company", "text": "y"})
    log.append("section.done", {"kind": "company"})
    log.close()
    seen = [event async for event in log.read()]
    assert [(event.id, event.type) for event in seen] == [
        (1, "plan"), (6, "section.delta"), (7, "section.delta"), (8, "section.delta"), (9, "section.done"),
    ]  # fmt: skip
    assert json.loads(seen[1].data) == {"kind": "company", "text": "0가 1가 2가 3가 4가 "}
    assert [event.id async for event in log.read(3)] == [4, 5, 6, 7, 8, 9]
    assert len(log.events) == 9


async def test_a_reader_that_keeps_up_gets_each_delta() -> None:
    """Joining is for who is behind."""
    log = EventLog()
    reader = log.read()
    for number in range(8):
        log.append("section.delta", {"kind": "company", "text": str(number)})
        assert (await anext(reader)).id == number + 1


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b"]), st.text(max_size=3)), max_size=40),
    st.lists(st.integers(1, 12), max_size=10),
    st.integers(0, 45),
)
def test_joining_never_changes_what_is_read(deltas: list[tuple[str, str]], pauses: list[int], after: int) -> None:
    """However the reader lags and wherever it begins: ids rise, and the text of each section is that of the log."""

    async def read() -> list[Event]:
        log, left = EventLog(), iter(deltas)
        seen: list[Event] = []
        reader = log.read(after)
        for pause in pauses:
            for kind, text in itertools.islice(left, pause):
                log.append("section.delta", {"kind": kind, "text": text})
            while (seen[-1].id if seen else after) < len(log.events):
                seen.append(await anext(reader))
        for kind, text in left:
            log.append("section.delta", {"kind": kind, "text": text})
        log.close()
        return seen + [event async for event in reader]

    seen = asyncio.run(read())
    ids = [event.id for event in seen]
    assert ids == sorted(set(ids))
    for kind in ("a", "b"):
        told = "".join(one["text"] for one in (json.loads(event.data) for event in seen) if one["kind"] == kind)
        assert told == "".join(text for of, text in deltas[after:] if of == kind)
