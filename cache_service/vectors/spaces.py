"""Which space the service compares in, and the change to another when the settings name another embedding model."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

from cache_service.cache.policies.load import load_policy
from cache_service.cache.policies.online import CAPACITY, OnlinePolicy
from cache_service.settings import Settings
from cache_service.store.records import EmbeddingRecord
from cache_service.store.sqlite import SqliteStore
from cache_service.vectors.mirror import Mirror
from cache_service.vectors.opening import open_index, remove_others
from cache_service.vectors.space import Space
from cache_service.vectors.switching import Switch
from embeddings.batching import BatchingEncoder
from embeddings.cached import CachedEncoder
from embeddings.errors import EmbeddingError
from embeddings.load import load_encoder
from index.errors import IndexFault
from index.redis_vectors import RedisIndex
from index.vector_index import VectorIndex

log = logging.getLogger(__name__)
VECTORS_REMEMBERED: Final = 8192
# For searches in the old space that were under way at the change.
_GRACE_S: Final = 5.0


def open_encoder(settings: Settings, spec: str | None = None) -> CachedEncoder:
    """The embedding model that ``spec``, else the settings, name, remembering the vectors of recent texts."""
    key = settings.embedder_key.get_secret_value() if settings.embedder_key else None
    encoder = load_encoder(spec or settings.embedder, settings.models_dir, settings.encoder_threads, key)
    return CachedEncoder(encoder, VECTORS_REMEMBERED)


class Spaces:
    """``active``: the space in which entries are found. ``switch``: the change to another that is under way."""

    def __init__(self, store: SqliteStore, settings: Settings, tenant: str) -> None:
        self.store = store
        self.switch: Switch | None = None
        self.active: Space
        self._settings = settings
        self._tenant = tenant
        self._following: BatchingEncoder | None = None
        self._stacks: dict[str, AsyncExitStack] = {}

    async def open(self) -> None:
        """Open the space of the store's vectors and, if the settings name another embedder, make ready to change.

        Where the old embedder cannot be had any more, all is embedded anew before this returns.
        """
        settings, store = self._settings, self.store
        encoder = self._opened(await asyncio.to_thread(open_encoder, settings))
        wanted = EmbeddingRecord(encoder.fingerprint, settings.embedder)
        held = await store.embedding()
        if held is None or held.fingerprint == wanted.fingerprint:
            await store.set_embedding(wanted)
            await store.begin_reembedding(wanted.fingerprint)  # a change that is wanted no more
            self.active = await self._space(settings.embedder, encoder)
            await asyncio.to_thread(remove_others, settings, wanted.fingerprint)
            return
        self.switch = Switch(store, held.fingerprint, encoder, settings.embedder)
        old = await asyncio.to_thread(self._old_encoder, held)
        if old is None:
            log.warning("all entries are embedded anew before the service answers", extra=self.switch.as_json())
            await self.switch.run(gently=False)
            self.switch = None
            self.active = await self._space(settings.embedder, encoder)
            await asyncio.to_thread(remove_others, settings, wanted.fingerprint)
            return
        self._following = encoder
        self.active = await self._space(held.spec, self._opened(old))

    def _old_encoder(self, held: EmbeddingRecord) -> CachedEncoder | None:
        if not held.spec:
            return None
        try:
            encoder = open_encoder(self._settings, held.spec)
        except EmbeddingError as exc:
            log.warning("the embedder of the stored vectors cannot be had", extra={"reason": str(exc)})
            return None
        if encoder.fingerprint == held.fingerprint:
            return encoder
        encoder.close()
        return None

    def _opened(self, cached: CachedEncoder) -> BatchingEncoder:
        stack = self._stacks.setdefault(cached.fingerprint, AsyncExitStack())
        stack.callback(cached.close)
        encoder = BatchingEncoder(cached)
        stack.push_async_callback(encoder.close)
        return encoder

    async def _index(self, encoder: BatchingEncoder) -> tuple[VectorIndex, Mirror]:
        """The index of an encoder's vectors, in step with the store from now on."""
        stack = self._stacks[encoder.fingerprint]
        index = await asyncio.to_thread(
            open_index, self._settings, stack, encoder.dimension, encoder.fingerprint, store=self.store.identity
        )
        mirror = Mirror(self.store, index, encoder.fingerprint)
        stack.callback(mirror.close)
        await mirror.start()
        return index, mirror

    async def _policy(self, fingerprint: str) -> OnlinePolicy:
        """The policy for similarities of an embedding, with what was observed."""
        settings = self._settings
        policy = OnlinePolicy(
            load_policy(settings.policy, embedding=fingerprint, threshold=settings.similarity_threshold)
        )
        for observed in await self.store.observations(self._tenant, CAPACITY):
            policy.learn(observed)
        return policy

    async def _space(self, spec: str, encoder: BatchingEncoder) -> Space:
        index, mirror = await self._index(encoder)
        return Space(spec, encoder, index, mirror, await self._policy(encoder.fingerprint))

    async def change_over(
        self, follow: Callable[[BatchingEncoder], Awaitable[None]], adopt: Callable[[Space], None]
    ) -> None:
        """Embed all anew beside the service, then have it ``adopt`` the new space. ``follow``: have it store what
        comes meanwhile with vectors of both."""
        switch, encoder = self.switch, self._following
        assert switch is not None and encoder is not None  # noqa: PT018, S101 - opened to change over
        log.info("entries are embedded anew in the background", extra=switch.as_json())
        await follow(encoder)
        index, mirror = await self._index(encoder)
        await switch.run(gently=True)
        policy = await self._policy(encoder.fingerprint)
        old, self.active = self.active, Space(switch.new.spec, encoder, index, mirror, policy)
        adopt(self.active)
        self.switch = self._following = None
        log.info("entries are found by the new embedding", extra=switch.as_json())
        await asyncio.sleep(_GRACE_S)
        try:
            if isinstance(old.index, RedisIndex):
                await asyncio.to_thread(old.index.clear)
        except IndexFault as fault:
            log.warning("vectors of the old embedding are left: %s", fault)
        await self._stacks.pop(switch.old).aclose()
        await asyncio.to_thread(remove_others, self._settings, switch.new.fingerprint)

    async def close(self) -> None:
        """Close encoders and indexes."""
        for stack in self._stacks.values():
            await stack.aclose()


@asynccontextmanager
async def open_spaces(settings: Settings, store: SqliteStore, tenant: str) -> AsyncIterator[Spaces]:
    """The spaces of the store's vectors and of the embedder that the settings name; closed with the context."""
    spaces = Spaces(store, settings, tenant)
    try:
        await spaces.open()
        yield spaces
    finally:
        await spaces.close()
