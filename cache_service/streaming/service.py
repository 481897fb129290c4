"""All postings: those being made, and those that are done. What HTTP talks to."""

from __future__ import annotations

import asyncio
import json
import math
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any, Final, Literal

from cache_service.cache.entries import EntryDraft, SectionDraft, Vector, embed, prepare, represented_texts
from cache_service.cache.guard import Evidence
from cache_service.cache.guard.known_companies import KnownCompanies
from cache_service.cache.manager import CacheManager
from cache_service.cache.verifier import Check
from cache_service.errors import Busy, EmbeddingChanged, Invalid, NotFound, Unavailable, problem
from cache_service.models.orchestrator import ModelOrchestrator
from cache_service.monitor.eta import EtaModel
from cache_service.monitor.stats import Stats
from cache_service.posting.needs import Brief, brief_of
from cache_service.posting.plan import Reuse, Write
from cache_service.posting.request import PostingRequest
from cache_service.posting.scope import HUMAN
from cache_service.router import Outcomes
from cache_service.store.protocol import Store
from cache_service.store.records import PostingRecord
from cache_service.streaming.answer import answer_json
from cache_service.streaming.desk import Desk
from cache_service.streaming.events import Event, load_events
from cache_service.streaming.flights import Flights
from cache_service.streaming.repeats import original_id, restated
from cache_service.streaming.run import PostingRun
from cache_service.streaming.section_writer import Written, composed
from cache_service.streaming.writing import Writers
from embeddings.batching import BatchingEncoder
from embeddings.errors import EmbeddingError

# Finished postings that could not be stored are still answered from here while the process lives.
KEPT_UNSTORED: Final = 1024
# Longest wait, in storing, for an embedder that is yet to take over.
FOLLOWING_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class Context:
    """Plain values and sources of chance that the service is given."""

    tenant: str
    clock: Callable[[], float]
    new_id: Callable[[str], str]
    ttl_s: int | None
    max_running: int


class PostingService:
    """Starts postings, finds them again, and stores what they teach."""

    def __init__(
        self,
        *,
        store: Store,
        cache: CacheManager,
        companies: KnownCompanies,
        encoder: BatchingEncoder,
        orchestrator: ModelOrchestrator,
        stats: Stats,
        verify: Callable[[Check], bool],
        context: Context,
    ) -> None:
        self._store = store
        self._cache = cache
        self._companies = companies
        self._encoder = encoder
        self._orchestrator = orchestrator
        self._stats = stats
        self._context = context
        self._following: BatchingEncoder | None = None
        self._adding: set[asyncio.Future[None]] = set()
        self._runs: dict[str, PostingRun] = {}
        self._claims: dict[str, tuple[str, PostingRun]] = {}
        self._unstored: OrderedDict[str, PostingRecord] = OrderedDict()
        self._flights = Flights()
        self.outcomes = Outcomes()
        writers = Writers(orchestrator, self._flights, self.outcomes, companies, stats, EtaModel())
        self._desk = Desk(
            cache, writers, orchestrator.loads, stats, self._learn, self._keep, verify, orchestrator.price_out
        )

    async def follow(self, encoder: BatchingEncoder) -> None:
        """Store every entry with the vectors of ``encoder`` too, which is to take over. Returns when none is on its
        way without them."""
        self._following = encoder
        if earlier := list(self._adding):
            await asyncio.wait(earlier)

    def adopt(self, cache: CacheManager, encoder: BatchingEncoder) -> None:
        """Look for entries with another cache and its encoder from now on. What is being made goes on as it began."""
        self._cache, self._encoder, self._following = cache, encoder, None
        self._desk = replace(self._desk, cache=cache)

    @property
    def running(self) -> int:
        """How many postings are being made."""
        return len(self._runs)

    @property
    def companies(self) -> KnownCompanies:
        """The companies that the cache knows of."""
        return self._companies

    def brief(self, request: PostingRequest) -> Brief:
        """``request`` made ready in this service's scope."""
        return brief_of(
            request,
            tenant=self._context.tenant,
            writer=self._orchestrator.writer,
            embedding=self._encoder.fingerprint,
        )

    async def start(self, request: PostingRequest, idempotency_key: str | None) -> PostingRun | PostingRecord:
        """Begin a posting; with a key that was used for the same request, the posting that it began.

        Invalid if the key was used for another request; Busy over ``max_running``.
        """
        brief = self.brief(request)
        if idempotency_key is not None:
            earlier = await self._claimed(idempotency_key, brief.digest)
            if earlier is not None:
                return earlier
        if len(self._runs) >= self._context.max_running:
            raise Busy("Too many postings are being written.", self._room_in_s())
        run = PostingRun(self._context.new_id("pst_"), brief, self._desk, self._context.clock())
        self._runs[run.id] = run
        if idempotency_key is not None:
            run.claim = idempotency_key
            self._claims[idempotency_key] = (brief.digest, run)
            try:
                await self._store.put_posting(self._record(run, "running"), (idempotency_key, brief.digest))
            except BaseException:
                self._runs.pop(run.id, None)
                self._claims.pop(idempotency_key, None)
                raise
        run.start()
        return run

    def _room_in_s(self) -> int:
        """Whole seconds until one of the running postings is likely to end, by how long the last ones took."""
        return max(1, math.ceil((self._stats.complete.quantile(0.5) or 1e3) / 1e3 / max(1, len(self._runs))))

    async def _claimed(self, key: str, digest: str) -> PostingRun | PostingRecord | None:
        if (live := self._claims.get(key)) is not None:
            self._same(live[0], digest)
            return live[1]
        held = await self._store.find_claim(self._context.tenant, key)
        if (live := self._claims.get(key)) is not None:  # claimed while the store was asked
            self._same(live[0], digest)
            return live[1]
        if held is None:
            return None
        self._same(held[0], digest)
        earlier = await self._store.get_posting(self._context.tenant, held[1])
        return None if earlier is None or earlier.status == "failed" else earlier

    @staticmethod
    def _same(held: str, digest: str) -> None:
        if held != digest:
            raise Invalid("This Idempotency-Key was used for another request; use a new key.")

    def _record(self, run: PostingRun, status: str, events: bytes | None = None) -> PostingRecord:
        answer = None if run.answer is None else json.dumps(run.answer, ensure_ascii=False).encode()
        request = run.brief.request.model_dump_json().encode()
        return PostingRecord(run.id, self._context.tenant, status, run.created_at, answer, events, request)

    async def _keep(self, run: PostingRun, status: str, events: bytes) -> None:
        record = self._record(run, status, events)
        self._unstored[run.id] = record
        while len(self._unstored) > KEPT_UNSTORED:
            self._unstored.popitem(last=False)
        try:
            await self._store.put_posting(record, None)
            self._unstored.pop(run.id, None)
        finally:
            self._runs.pop(run.id, None)
            if run.claim is not None:
                self._claims.pop(run.claim, None)

    async def find(self, posting_id: str) -> PostingRun | PostingRecord:
        """A posting, running or done. NotFound."""
        original = original_id(posting_id)
        found: PostingRun | PostingRecord | None = self._runs.get(original) or self._unstored.get(original)
        found = found or await self._store.get_posting(self._context.tenant, original)
        if found is not None and original == posting_id:
            return found
        if isinstance(found, PostingRecord) and found.status == "complete":
            return restated(found, posting_id)
        raise NotFound(f"There is no posting {posting_id}.")

    def forget_landed(self) -> None:
        """Have nobody attach to what was just written: an entry may have been deleted or a text rejected since."""
        self._flights.forget()

    async def cancel(self, posting_id: str) -> PostingRun | PostingRecord:
        """Stop what is still being written of a posting; nothing changes if it is done. NotFound."""
        found = await self.find(posting_id)
        if isinstance(found, PostingRun):
            await found.cancel()
        return found

    async def lookup(self, request: PostingRequest) -> dict[str, Any]:
        """What the cache alone would answer, and what it could not supply. Starts and stores nothing."""
        started = perf_counter()
        brief, cache = self.brief(request), self._cache
        evidence = Evidence.of(brief.facts, language=brief.scope.language)
        plan = await cache.plan(brief, evidence, reuse_composed=False)
        missing = [one for one in plan.sections if isinstance(one, Write) and one.need.spec.prose]
        sections = [
            one if isinstance(one, Reuse) else composed(one.need, brief.facts, evidence, degraded=False)
            for one in plan.sections
            if isinstance(one, Reuse) or not one.need.spec.prose
        ]
        elapsed_ms = (perf_counter() - started) * 1e3
        self._stats.lookup.add(elapsed_ms)
        timing = {"first_content_ms": elapsed_ms if sections else None, "complete_ms": elapsed_ms}
        id_ = self._context.new_id("lkp_")
        return answer_json(id_, brief, sections, status="complete", timing=timing, missing=missing)

    async def _learn(self, brief: Brief, written: Sequence[Written]) -> None:
        sections = tuple(
            SectionDraft(one.need.kind, one.heading, one.text, one.source.model, one.tokens or None) for one in written
        )
        await self.add([EntryDraft(brief.request, sections)], writer=brief.scope.writer, origin="generated")

    async def add(
        self,
        drafts: Sequence[EntryDraft],
        *,
        writer: str = HUMAN,
        origin: Literal["import", "generated"] = "import",
    ) -> list[tuple[str, bool]]:
        """Store entries, all or none; for each its id and whether it is new."""
        added: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._adding.add(added)
        try:
            try:
                return await self._add(drafts, writer, origin, self._encoder, self._following)
            except EmbeddingChanged:  # since it was embedded: so again, by the model that has taken over
                return await self._add(drafts, writer, origin, self._following or self._encoder, None)
        finally:
            self._adding.discard(added)
            added.set_result(None)

    async def _add(
        self,
        drafts: Sequence[EntryDraft],
        writer: str,
        origin: Literal["import", "generated"],
        encoder: BatchingEncoder,
        following: BatchingEncoder | None,
    ) -> list[tuple[str, bool]]:
        now = self._context.clock()
        prepared = await asyncio.to_thread(
            prepare, drafts, tenant=self._context.tenant, writer=writer, origin=origin,
            embedding=encoder.fingerprint, created_at=now,
            expires_at=None if self._context.ttl_s is None else now + self._context.ttl_s,
            new_id=lambda: self._context.new_id("ent_"),
        )  # fmt: skip
        known = await self._store.find_digests(self._context.tenant, [one.entry.digest for one in prepared])
        unknown = [one for one in prepared if one.entry.digest not in known]
        for draft in drafts:
            self._companies.add(draft.request.company.name)
        texts = represented_texts(unknown)
        try:
            vectors = dict(zip(texts, await encoder.encode(texts), strict=True))
        except EmbeddingError as exc:
            raise Unavailable(f"Nothing was stored: {exc}") from exc
        entries = await asyncio.to_thread(
            embed, unknown, vectors, encoder.fingerprint, await _following_vectors(following, texts)
        )
        fresh = iter(await self._store.put_entries(entries) if entries else ())
        return [(known[one.entry.digest], False) if one.entry.digest in known else next(fresh) for one in prepared]

    async def drain(self, seconds: float) -> None:
        """Give running postings ``seconds`` to end, then cancel them."""
        runs = list(self._runs.values())
        if runs:
            await asyncio.wait([asyncio.create_task(run.wait()) for run in runs], timeout=seconds)
        for run in list(self._runs.values()):
            await run.cancel()
        await self._flights.close()


async def _following_vectors(
    encoder: BatchingEncoder | None, texts: Sequence[str]
) -> tuple[dict[str, Vector], str] | None:
    if encoder is None:
        return None
    try:
        vectors = await asyncio.wait_for(encoder.encode(texts), FOLLOWING_S)
    except (EmbeddingError, TimeoutError):
        return None  # stored without: what fills the other vectors in comes by again
    return dict(zip(texts, vectors, strict=True)), encoder.fingerprint


async def events_of(found: PostingRun | PostingRecord, after: int) -> AsyncGenerator[Event]:
    """The events of a posting with an id above ``after``, live or from the store."""
    if isinstance(found, PostingRun):
        async for event in found.log.read(after):
            yield event
        return
    if found.events is None:
        lost = Unavailable("The service stopped while this posting was written; ask for it again.")
        yield Event(after + 1, "error", json.dumps(problem(lost, f"/v1/postings/{found.id}"), ensure_ascii=False))
        return
    for event in load_events(found.events):
        if event.id > after:
            yield event
