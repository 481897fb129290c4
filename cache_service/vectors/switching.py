"""Changing the embedding model: every entry is embedded anew in the background while the old vectors go on serving.

The new vectors stand in the store beside the old ones, so a stop in between costs nothing. When every section has its
own, one transaction puts them in the place of the old ones.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter
from typing import Any, Final, TypeVar

from cache_service.cache.entries import EntryDraft, Prepared, SectionDraft, embed, prepare, represented_texts
from cache_service.posting.request import PostingRequest
from cache_service.store.protocol import Store
from cache_service.store.records import EmbeddingRecord, Reembedded, WaitingEntry
from embeddings.batching import BatchingEncoder

T = TypeVar("T")
log = logging.getLogger(__name__)
SECTIONS_AT_ONCE: Final = 64
_FIRST_WAIT_S: Final = 1.0
_LONGEST_WAIT_S: Final = 60.0


class Switch:
    """One change, from the embedding ``old`` to that of ``encoder``, which the setting ``spec`` names."""

    def __init__(self, store: Store, old: str, encoder: BatchingEncoder, spec: str) -> None:
        self._store = store
        self._encoder = encoder
        self.old = old
        self.new = EmbeddingRecord(encoder.fingerprint, spec)
        self.done = 0
        self.total = 0
        self.problem: str | None = None

    def as_json(self) -> dict[str, Any]:
        """From where to where, how many sections have their new vector, and what it waits for if anything."""
        return {
            "from": self.old,
            "to": self.new.fingerprint,
            "done": self.done,
            "total": self.total,
            "problem": self.problem,
        }

    async def begin(self) -> None:
        """Begin, or take note of how far an earlier process came."""
        self.done, self.total = await self._store.begin_reembedding(self.new.fingerprint)

    async def run(self, *, gently: bool) -> None:
        """Embed all that is stored, then put the new vectors in the place of the old ones.

        ``gently``: rest as long as each step took, so that people's requests get at least half of the machine.
        """
        await self.begin()
        while not await self._store.finish_reembedding(self.new):
            await self._fill(gently=gently)

    async def persist(self, step: Callable[[], Awaitable[T]]) -> T:
        """What ``step`` returns, tried with growing pauses until nothing is in its way.

        Whatever it raises is a reason to try again: nobody waits for the change who could be told, and without it the
        service would stay between two models.
        """
        wait_s = _FIRST_WAIT_S
        while True:
            try:
                result = await step()
            except Exception as exc:
                self.problem = str(exc) or type(exc).__name__
                log.warning("the change of the embedding model waits", exc_info=True, extra=self.as_json())
                await asyncio.sleep(wait_s)
                wait_s = min(_LONGEST_WAIT_S, 2 * wait_s)
            else:
                self.problem = None
                return result

    async def _fill(self, *, gently: bool) -> None:
        after = 0
        while True:
            started = perf_counter()
            entries, after = await self._store.waiting_for_vectors(after, SECTIONS_AT_ONCE)
            if not entries:
                return
            self.done += await self._store.put_reembedded(await self._embedded(entries))
            self.total = max(self.total, self.done)
            if gently:
                await asyncio.sleep(perf_counter() - started)

    async def _embedded(self, entries: Sequence[WaitingEntry]) -> list[Reembedded]:
        prepared = await asyncio.to_thread(lambda: [_prepared(one, self.new.fingerprint) for one in entries])
        texts = represented_texts(prepared)
        vectors = dict(zip(texts, await self._encoder.encode(texts), strict=True))
        ready = await asyncio.to_thread(embed, prepared, vectors, self.new.fingerprint)
        return [
            Reembedded(
                held.id, new.digest,
                tuple((row[0], section.key, section.vector)
                      for row, section in zip(held.sections, new.sections, strict=True)),
            )
            for held, new in zip(entries, ready, strict=True)
        ]  # fmt: skip


def _prepared(entry: WaitingEntry, embedding: str) -> Prepared:
    """The entry as it would be stored today."""
    request = PostingRequest.model_validate(entry.request)
    sections = tuple(
        SectionDraft(kind, heading, text, model, tokens) for _, kind, heading, text, model, tokens in entry.sections
    )
    title = None if entry.title == request.requirements.title else entry.title
    draft = EntryDraft(request, sections, entry.derived, entry.tags, title)
    [prepared] = prepare(
        [draft], tenant=entry.tenant, writer=entry.writer, origin=entry.origin, embedding=embedding, created_at=0.0,
        expires_at=None, new_id=lambda: entry.id,
    )  # fmt: skip
    return prepared
