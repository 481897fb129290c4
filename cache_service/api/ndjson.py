"""Many entries in one request, a line each: read as they come, stored in batches, bad lines reported."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final

from pydantic import ValidationError

from cache_service.api.middleware import MAX_BODY_BYTES
from cache_service.api.problems import invalid
from cache_service.api.schemas import EntriesStored, EntryIn, LineError
from cache_service.cache.entries import EntryDraft
from cache_service.errors import GonggoError, Invalid
from cache_service.streaming.service import PostingService

BATCH: Final = 64
MAX_ERRORS: Final = 1000


async def lines_of(
    chunks: AsyncIterator[bytes], max_bytes: int = MAX_BODY_BYTES
) -> AsyncIterator[tuple[int, bytes | None]]:
    """Number (from 1) and bytes of each line that is not blank; None for one over ``max_bytes``. Splits at LF only."""
    held = bytearray()
    number, too_long = 1, False
    async for chunk in chunks:
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            held += end
            if too_long or len(held) > max_bytes:
                yield number, None
            elif held.strip():
                yield number, bytes(held)
            held.clear()
            number, too_long = number + 1, False
        held += rest
        if len(held) > max_bytes:
            too_long = True
            held.clear()
    if too_long:
        yield number, None
    elif held.strip():
        yield number, bytes(held)


@dataclass(slots=True)
class _Tally:
    stored: int = 0
    unchanged: int = 0
    rejected: int = 0
    errors: list[LineError] = field(default_factory=list)

    def reject(self, number: int, error: GonggoError) -> None:
        self.rejected += 1
        if len(self.errors) < MAX_ERRORS:
            fields = error.errors if isinstance(error, Invalid) else ()
            listed = [{"pointer": one.pointer, "detail": one.detail} for one in fields]
            self.errors.append(LineError(line=number, detail=error.detail, errors=listed))


async def take_lines(chunks: AsyncIterator[bytes], service: PostingService) -> EntriesStored:
    """Store every good line; what became of each. What a batch stored stays stored if a later one fails."""
    tally = _Tally()
    batch: list[EntryDraft] = []
    async for number, line in lines_of(chunks):
        try:
            if line is None:
                raise Invalid(f"the line is over {MAX_BODY_BYTES:,} bytes")
            batch.append(await asyncio.to_thread(_draft, line))
        except GonggoError as exc:
            tally.reject(number, exc)
        if len(batch) >= BATCH:
            await _store(batch, service, tally)
    await _store(batch, service, tally)
    return EntriesStored(stored=tally.stored, unchanged=tally.unchanged, rejected=tally.rejected, errors=tally.errors)


def _draft(line: bytes) -> EntryDraft:
    try:
        return EntryIn.model_validate_json(line).draft()
    except ValidationError as exc:
        raise invalid(exc.errors()) from exc


async def _store(batch: list[EntryDraft], service: PostingService, tally: _Tally) -> None:
    if batch:
        outcome = await service.add(batch)
        tally.stored += sum(new for _, new in outcome)
        tally.unchanged += sum(not new for _, new in outcome)
        batch.clear()
