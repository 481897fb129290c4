"""Which space the service compares in, and the change to another when the settings name another embedding model."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from time import perf_counter
from typing import Final

from cache_service.cache.policies.artifact import ArtifactError
from cache_service.cache.policies.load import DEFAULT, load_policy
from cache_service.cache.policies.online import CAPACITY, OnlinePolicy
from cache_service.cache.policies.protocol import ReusePolicy
from cache_service.errors import GonggoError
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
from index.vector_index import VectorIndex

log = logging.getLogger(__name__)
VECTORS_REMEMBERED: Final = 8192
# For searches in the old space that were under way at the change.
_GRACE_S: Final = 5.0
_DROPPED_AT_ONCE: Final = 1000


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
        self._next: tuple[BatchingEncoder, ReusePolicy] | None = None
        self._stacks: dict[str, AsyncExitStack] = {}

    async def open(self) -> None:
        """Open the space of the store's vectors and, if the settings name another embedder, make ready to change.

        Where the old embedder cannot be had any more, all is embedded anew before this returns. ArtifactError if the
        policy that the settings name does not fit the embedder that they name.
        """
        settings, store = self._settings, self.store
        encoder = self._opened(await asyncio.to_thread(open_encoder, settings))
        policy = await asyncio.to_thread(self._policy, encoder.fingerprint)
        wanted = EmbeddingRecord(encoder.fingerprint, settings.embedder)
        held = await store.embedding()
        if held is None or held.fingerprint == wanted.fingerprint:
            await store.set_embedding(wanted)
            await store.begin_reembedding(wanted.fingerprint)  # a change that is wanted no more
            self.active = await self._space(settings.embedder, encoder, policy)
            return
        self.switch = Switch(store, held.fingerprint, encoder, settings.embedder)
        await self.switch.begin()
        old = await asyncio.to_thread(self._old_encoder, held)
        if old is None:
            log.warning("all entries are embedded anew before the service answers", extra=self.switch.as_json())
            await self.switch.run(gently=False)
            self.switch = None
            self.active = await self._space(settings.embedder, encoder, policy)
            return
        self._next = (encoder, policy)
        old_policy = await asyncio.to_thread(self._old_policy, held.fingerprint)
        self.active = await self._space(held.spec, self._opened(old), old_policy)

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
        async with AsyncExitStack() as opened:
            index = await asyncio.to_thread(
                open_index, self._settings, opened, encoder.dimension, encoder.fingerprint, store=self.store.identity
            )
            mirror = Mirror(self.store, index, encoder.fingerprint)
            opened.callback(mirror.close)
            await mirror.start()
            self._stacks[encoder.fingerprint].push_async_exit(opened.pop_all())
        return index, mirror

    def _policy(self, fingerprint: str) -> ReusePolicy:
        settings = self._settings
        return load_policy(settings.policy, embedding=fingerprint, threshold=settings.similarity_threshold)

    def _old_policy(self, fingerprint: str) -> ReusePolicy:
        """The policy for the space that is left: what the settings name was made for the one that is entered."""
        try:
            return self._policy(fingerprint)
        except ArtifactError:
            return load_policy(DEFAULT, embedding=fingerprint, threshold=self._settings.similarity_threshold)

    async def _learned(self, policy: ReusePolicy) -> OnlinePolicy:
        """``policy`` with what was observed."""
        learned = OnlinePolicy(policy)
        for observed in await self.store.observations(self._tenant, CAPACITY):
            learned.learn(observed)
        return learned

    async def _space(self, spec: str, encoder: BatchingEncoder, policy: ReusePolicy) -> Space:
        index, mirror = await self._index(encoder)
        return Space(spec, encoder, index, mirror, await self._learned(policy))

    async def settle(
        self, follow: Callable[[BatchingEncoder], Awaitable[None]], adopt: Callable[[Space], None]
    ) -> None:
        """Change over if that is to be done, and remove what other embeddings left behind.

        ``follow``: have the service store what comes meanwhile with vectors of both; ``adopt``: have it take the new
        space.
        """
        if self.switch is not None:
            await self._change_over(self.switch, follow, adopt)
        try:
            await self._drop_unused()
            await asyncio.to_thread(remove_others, self._settings, self.active.index, self.active.encoder.fingerprint)
        except (GonggoError, IndexFault) as exc:  # the next start comes by again
            log.warning("vectors of another embedding are left", extra={"reason": str(exc)})

    async def _change_over(
        self,
        switch: Switch,
        follow: Callable[[BatchingEncoder], Awaitable[None]],
        adopt: Callable[[Space], None],
    ) -> None:
        assert self._next is not None  # noqa: S101 - opened to change over
        encoder, base = self._next
        log.info("entries are embedded anew in the background", extra=switch.as_json())
        await follow(encoder)
        index, mirror = await switch.persist(lambda: self._index(encoder))
        await switch.persist(lambda: switch.run(gently=True))
        policy = await switch.persist(lambda: self._learned(base))
        old, self.active = self.active, Space(switch.new.spec, encoder, index, mirror, policy)
        adopt(self.active)
        old.mirror.close()
        log.info("entries are found by the new embedding", extra=switch.as_json())
        await switch.persist(self._drop_unused)
        self.switch = self._next = None
        await asyncio.sleep(_GRACE_S)
        await self._stacks.pop(switch.old).aclose()

    async def _drop_unused(self) -> None:
        """In steps, resting as long as each took: other writers wait for one step at most."""
        after, started = 0, perf_counter()
        while after := await self.store.drop_unused_vectors(after, _DROPPED_AT_ONCE):
            await asyncio.sleep(perf_counter() - started)
            started = perf_counter()

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
