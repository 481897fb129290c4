from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from cache_service.posting.facts import Facts
from cache_service.posting.needs import SectionNeed, brief_of
from cache_service.posting.plan import Source
from cache_service.posting.request import PostingRequest
from cache_service.streaming.flights import Emit, Flight, Flights
from cache_service.streaming.section_writer import Written

FACTS = Facts({"requirements.title": "간호사"})


def _need() -> SectionNeed:
    body = {"company": {"name": "한빛병원"}, "requirements": {"title": "간호사"}}
    brief = brief_of(PostingRequest.model_validate(body), tenant="t", writer="w", embedding="e")
    return brief.needs[1]


def _written(text: str, *, admissible: bool = True) -> Written:
    return Written(_need(), "h", text, Source("fast"), 3, 0.0, admissible=admissible)


def _writing(started: list[int], gate: asyncio.Event) -> Callable[[Emit], Awaitable[Written]]:
    async def begin(emit: Emit) -> Written:
        started.append(1)
        emit("가")
        await gate.wait()
        emit("나")
        return _written("가나")

    return begin


async def _read(flight: Flight) -> str:
    return "".join([piece async for piece in flight.pieces()])


async def test_two_hundred_share_one_generation() -> None:
    """All see the same text from its first word, whenever they attach."""
    flights, started, gate = Flights(), list[int](), asyncio.Event()
    boarded = [flights.board("k", FACTS, _writing(started, gate)) for _ in range(200)]
    readers = [asyncio.create_task(_read(flight)) for flight, _ in boarded]
    await asyncio.sleep(0)
    gate.set()
    assert set(await asyncio.gather(*readers)) == {"가나"}
    assert (len(started), sum(began for _, began in boarded)) == (1, 1)
    assert [flight.claim_storing() for flight, _ in boarded].count(True) == 1
    late, began = flights.board("k", FACTS, _writing(started, gate))
    assert (await _read(late), began) == ("가나", False)


async def test_whoever_hangs_up_harms_no_one() -> None:
    """The first to want it leaves: it goes on for the others. The last one leaves: it is stopped."""
    flights, started, gate = Flights(), list[int](), asyncio.Event()
    (leader, _), (follower, _) = (flights.board("k", FACTS, _writing(started, gate)) for _ in range(2))
    flights.leave("k", leader)
    reader = asyncio.create_task(_read(follower))
    await asyncio.sleep(0)
    gate.set()
    assert await reader == "가나"
    gate.clear()
    alone, _ = flights.board("other", FACTS, _writing(started, gate))
    await asyncio.sleep(0)
    flights.leave("other", alone)
    with pytest.raises(asyncio.CancelledError):
        await alone.task
    again, began = flights.board("other", FACTS, _writing(started, gate))
    assert began
    flights.leave("other", again)
    await flights.close()


async def test_what_failed_or_may_not_be_stored_is_not_passed_on_later() -> None:
    """Who comes after it has landed begins anew."""
    flights = Flights()

    async def fails(_emit: Emit) -> Written:
        raise LookupError

    async def half(emit: Emit) -> Written:
        emit("반")
        return _written("반", admissible=False)

    for begin in (fails, half):
        flight, _ = flights.board("k", FACTS, begin)
        await asyncio.wait([flight.task])
        assert await _read(flight) in {"", "반"}
        await asyncio.sleep(0)
        assert flights.board("k", FACTS, half)[1]
        flights.forget()
    await flights.close()


async def test_what_landed_is_forgotten_on_demand_and_with_time() -> None:
    """A deletion or a rejection, or a moment's passing, ends it; what is being written goes on."""
    flights, started, gate = Flights(kept_s=0.01), list[int](), asyncio.Event()
    gate.set()
    for wait in (0.05, 0.0):
        flight, _ = flights.board("k", FACTS, _writing(started, gate))
        await flight.task
        await asyncio.sleep(wait)
        if not wait:
            flights.forget()
        assert flights.board("k", FACTS, _writing(started, gate))[1]
        flights.forget()
        await asyncio.sleep(0.05)
    await flights.close()
