"""The lookup as a whole: what happens side by side, and what a failure of one of its parts means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from cache_service.cache.guard import Evidence
from cache_service.cache.manager import CacheManager
from cache_service.cache.policies.static import EqualOnly
from cache_service.errors import Unavailable
from cache_service.posting.needs import brief_of
from cache_service.posting.request import PostingRequest
from cache_service.posting.sections import SectionKind
from cache_service.store.records import Candidate
from cache_service.store.sqlite import SqliteStore
from embeddings.batching import BatchingEncoder
from embeddings.cached import CachedEncoder
from embeddings.hashing import HashingEncoder
from index.exact import ExactIndex


class _Gone(SqliteStore):
    async def find_by_company(
        self, tenant: str, language: str, company_key: str, kinds: Sequence[SectionKind], per_kind: int
    ) -> list[Candidate]:
        raise Unavailable("The store is gone.")


async def test_a_store_that_fails_while_the_request_is_embedded_is_named_as_the_cause(tmp_path: Path) -> None:
    """What runs beside the embedding fails with its own error, so that the client is told to try again."""
    store = _Gone.open(tmp_path, lambda: 0.0)
    encoder = BatchingEncoder(CachedEncoder(HashingEncoder(), 0))
    manager = CacheManager(store, ExactIndex(encoder.dimension), encoder, EqualOnly(), max_error=0.01)
    request = PostingRequest.model_validate(
        {"company": {"name": "누리페이"}, "requirements": {"title": "백엔드 개발자", "skills": ["Java"]}}
    )
    brief = brief_of(request, tenant="t", writer="w", embedding=encoder.fingerprint)
    try:
        with pytest.raises(Unavailable, match="gone"):
            await manager.plan(brief, Evidence.of(brief.facts, language="ko"))
    finally:
        await encoder.close()
        store.close()
