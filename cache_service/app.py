"""``create_app``: the only wiring. What it opens, its lifespan closes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from typing import Any, Final

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from fastapi_offline import FastAPIOffline

from cache_service.api import cache as cache_routes
from cache_service.api import check, feedback, health, openapi, postings, problems, websocket
from cache_service.api import index as index_routes
from cache_service.api.deps import Parts
from cache_service.api.middleware import AnswerHeaders, BodyLimit, PlainStartFailure
from cache_service.api.repeats import RepeatedAnswers
from cache_service.cache.guard.known_companies import KnownCompanies
from cache_service.cache.manager import CacheManager
from cache_service.cache.verifier import Verifier
from cache_service.errors import GonggoError
from cache_service.models.orchestrator import ModelOrchestrator
from cache_service.models.rates import DailyBudget
from cache_service.models.upstream import Upstream, UpstreamSpec
from cache_service.monitor.stats import Stats
from cache_service.settings import Settings, UpstreamSettings, read_upstreams
from cache_service.store.records import Observation
from cache_service.store.sqlite import SqliteStore
from cache_service.streaming.repeats import Repeats
from cache_service.streaming.service import Context, PostingService
from cache_service.vectors.describing import described
from cache_service.vectors.space import Space
from cache_service.vectors.spaces import Spaces, open_spaces
from embeddings.errors import EmbeddingError
from index.errors import IndexFault

log = logging.getLogger(__name__)
TENANT: Final = "default"
SWEEP_S: Final = 60.0


def new_id(prefix: str) -> str:
    """A name nobody can guess: prefix and 128 random bits."""
    return prefix + secrets.token_hex(16)


def wall_clock() -> float:
    """Seconds since 1970."""
    return time.time()  # noqa: TID251 - the one wall clock; everything else is given it


@contextlib.asynccontextmanager
async def open_parts(settings: Settings, clock: Callable[[], float] = wall_clock) -> AsyncIterator[Parts]:
    """The whole service without HTTP: what the routes and the command line work with."""
    async with contextlib.AsyncExitStack() as stack:
        store = SqliteStore.open(settings.data_dir, clock)
        stack.callback(store.close)
        orchestrator = ModelOrchestrator(
            [Upstream(_spec(one)) for one in read_upstreams(settings.upstreams)],
            budget=DailyBudget(settings.budget_per_day),
            wall_clock=clock,
        )
        stack.push_async_callback(orchestrator.close)
        if abandoned := await store.abandon_running():
            log.warning("postings were left unfinished by the last stop", extra={"count": abandoned})
        spaces = await stack.enter_async_context(open_spaces(settings, store, TENANT))
        stats = Stats()
        repeats = Repeats(settings.repeat_bytes, stats=stats, clock=clock, price_out=orchestrator.price_out)
        stack.callback(store.listen(repeats.hear))
        learn = _learning(store, spaces, repeats)
        verifier = Verifier(orchestrator, learn, rate=settings.verify_share, chance=secrets.SystemRandom().random)
        verifier.start()
        stack.push_async_callback(verifier.close)
        service = PostingService(
            store=store,
            cache=_cache(store, spaces.active, settings),
            companies=KnownCompanies(await store.company_names(TENANT)),
            encoder=spaces.active.encoder,
            orchestrator=orchestrator,
            stats=stats,
            verify=verifier.offer,
            context=Context(TENANT, clock, new_id, settings.ttl_s, settings.max_running),
        )
        stack.push_async_callback(service.drain, settings.drain_s)

        async def describe() -> dict[str, Any]:
            space = spaces.active
            index = await asyncio.to_thread(described, settings.index, space.index, space.mirror)
            return {
                "store": dict(await store.counts()),
                "index": index | {"switching": None if spaces.switch is None else spaces.switch.as_json()},
                "embedder": space.encoder.describe(),
                "embedding": space.encoder.as_json(),
                "writer": orchestrator.writer,
                "models": orchestrator.health() | {"outcomes": service.outcomes.as_json()},
                "error_bound": {"max_error": settings.max_error, "policy": space.policy.name, "observed": None},
                "verifier": asdict(verifier.stats),
                "running": service.running,
            }

        parts = Parts(service, store, spaces.active, stats, repeats, verifier, new_id, TENANT, clock, describe)
        for name, work in (("sweep", _sweep(store, spaces)), ("embedding", _settle(spaces, parts, settings))):
            stack.push_async_callback(_stop, asyncio.create_task(work, name=name))
        yield parts


def _cache(store: SqliteStore, space: Space, settings: Settings) -> CacheManager:
    return CacheManager(store, space.index, space.encoder, space.policy, max_error=settings.max_error)


async def _settle(spaces: Spaces, parts: Parts, settings: Settings) -> None:
    def adopt(space: Space) -> None:
        parts.service.adopt(_cache(spaces.store, space, settings), space.encoder)
        parts.space = space
        parts.repeats.forget()

    await spaces.settle(parts.service.follow, adopt)


def _learning(store: SqliteStore, spaces: Spaces, repeats: Repeats) -> Callable[[Observation], Awaitable[None]]:
    async def learn(observed: Observation) -> None:
        policy = spaces.active.policy
        replaced, held = await store.put_observation(TENANT, observed, f"{observed.entry_id}/{observed.need}")
        if replaced is not None:
            policy.unlearn(replaced)
        if held:
            policy.learn(observed)
        repeats.forget()

    return learn


async def _sweep(store: SqliteStore, spaces: Spaces) -> None:
    while True:
        await asyncio.sleep(SWEEP_S)
        try:
            await store.sweep()
            if spaces.active.mirror.behind:
                await spaces.active.mirror.reconcile()
        except GonggoError as exc:
            log.warning("expired entries could not be removed", extra={"reason": exc.detail})
        except IndexFault as fault:
            log.warning("the vector index is still behind", extra={"reason": str(fault)})


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


def _spec(upstream: UpstreamSettings) -> UpstreamSpec:
    values = upstream.model_dump(exclude={"api_key_env"})
    return UpstreamSpec(**values, api_key=upstream.api_key())


def create_app(settings: Settings) -> FastAPI:
    """The ASGI application."""

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        stack = contextlib.AsyncExitStack()
        try:
            parts = await stack.enter_async_context(open_parts(settings))
        except (GonggoError, EmbeddingError) as exc:
            app.state.failure = exc
            raise
        app.state.parts = parts
        async with stack:
            yield

    app = FastAPIOffline(  # the pages of /docs come from here, not from a CDN
        title="gonggo",
        version="0.1.0",
        summary="Job postings in under a second: similarity proposes, facts decide.",
        lifespan=lifespan,
        redoc_url=None,
    )
    problems.install(app)
    openapi.install(app)
    app.include_router(postings.router)
    app.include_router(websocket.router)
    app.include_router(cache_routes.router)
    app.include_router(check.router)
    app.include_router(index_routes.router)
    app.include_router(feedback.router)
    app.include_router(health.router)
    app.add_api_route("/", _docs, include_in_schema=False)
    app.add_middleware(RepeatedAnswers, new_token=lambda: secrets.token_hex(8))
    app.add_middleware(BodyLimit)
    app.add_middleware(AnswerHeaders, new_id=new_id)
    app.add_middleware(PlainStartFailure)
    return app


async def _docs() -> RedirectResponse:
    return RedirectResponse("/docs")
