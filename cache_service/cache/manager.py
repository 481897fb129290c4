"""CacheManager: from a brief to a plan. Looks under the facts first, then by meaning, and proves what it found."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Final

from cache_service.cache.adapt import RECAST
from cache_service.cache.choice import Chooser, Gathered, reuse_of, verdict_on
from cache_service.cache.guard import Evidence
from cache_service.cache.policies.protocol import ReusePolicy
from cache_service.cache.reuse_policy import Fit
from cache_service.posting.compare import read_ahead
from cache_service.posting.needs import COMPOSED_KINDS, RECORD_PATHS, Brief, SectionNeed
from cache_service.posting.plan import Plan, Planned, Reuse, Write
from cache_service.posting.scope import COMPOSER
from cache_service.store.protocol import Store
from cache_service.store.records import Candidate
from embeddings.batching import BatchingEncoder
from embeddings.errors import EmbeddingError
from index.errors import IndexFault
from index.vector_index import Neighbour, VectorIndex, Vectors

log = logging.getLogger(__name__)
NEIGHBOURS: Final = 10
PER_VECTOR: Final = 3
PER_COMPANY: Final = 8
PER_TITLE: Final = 4


@dataclass(frozen=True, slots=True)
class Known:
    """What the facts' keys lead to: texts of people and models, and apart from them those of rules; ms it took."""

    found: Mapping[str, Planned]
    by_rules: Mapping[str, Planned]
    spent_ms: float

    def plan(self, brief: Brief) -> Plan:
        """The plan as far as it goes without vectors: what is not known yet is ``undecided``."""
        return Plan(tuple(_in_order(brief, self.found, "undecided")), {"exact": self.spent_ms})


def _in_order(brief: Brief, planned: Mapping[str, Planned], otherwise: str) -> Iterator[Planned]:
    for need in brief.needs:
        found = planned.get(need.kind) or Write(need, "composed" if need.kind in COMPOSED_KINDS else otherwise)
        if isinstance(found, Reuse) or need.required:
            yield found


class CacheManager:
    """Owns the lookup: store, index, encoder and reuse policy; decides nothing about models.

    ``max_error``: highest share of wrong reuse among served hits where a request does not say.
    """

    def __init__(
        self, store: Store, index: VectorIndex, encoder: BatchingEncoder, policy: ReusePolicy, *, max_error: float
    ) -> None:
        self._store = store
        self._index = index
        self._encoder = encoder
        self._chooser = Chooser(policy, max_error)

    async def known(self, brief: Brief, evidence: Evidence) -> Known:
        """What the facts' keys lead to, without vectors. ``options.fresh`` skips it."""
        if brief.request.options.fresh:
            return Known({}, {}, 0.0)
        started = perf_counter()
        wanted = [need for need in brief.needs if need.kind not in COMPOSED_KINDS]
        found, by_rules = await self._exact(brief, wanted, evidence)
        return Known(found, by_rules, (perf_counter() - started) * 1e3)

    async def plan(
        self, brief: Brief, evidence: Evidence, *, reuse_composed: bool = True, known: Known | None = None
    ) -> Plan:
        """A source for every section that ``brief`` needs. ``options.fresh`` skips the cache altogether.

        What rules wrote for want of a model is reused only where nothing better is found, or, without
        ``reuse_composed``, not at all. ``known``: what was found under the keys, if that is known already.
        """
        planned: dict[str, Planned] = {}
        timings: dict[str, float] = {}
        if not brief.request.options.fresh:
            known = known or await self.known(brief, evidence)
            started = perf_counter()
            wanted = [need for need in brief.needs if need.kind not in COMPOSED_KINDS]
            left = [need for need in wanted if need.kind not in known.found]
            planned = dict(known.found) | await self._semantic(brief, left, evidence)
            if reuse_composed:
                planned |= {kind: known.by_rules[kind] for kind, one in planned.items()
                            if isinstance(one, Write) and kind in known.by_rules}  # fmt: skip
            timings = {"exact": known.spent_ms, "semantic": (perf_counter() - started) * 1e3}
        return Plan(tuple(_in_order(brief, planned, "no_entry")), timings)

    async def _exact(
        self, brief: Brief, needs: Sequence[SectionNeed], evidence: Evidence
    ) -> tuple[dict[str, Planned], dict[str, Planned]]:
        """What the facts' keys lead to: texts of people and models, and apart from them those of rules."""
        by_key = await self._store.find_by_keys(
            brief.scope.tenant, list(dict.fromkeys(key for need in needs for key in need.keys))
        )
        if not by_key:
            return {}, {}
        return await asyncio.to_thread(self._prove, brief, needs, evidence, by_key)

    def _prove(
        self,
        brief: Brief,
        needs: Sequence[SectionNeed],
        evidence: Evidence,
        by_key: Mapping[str, Sequence[Candidate]],
    ) -> tuple[dict[str, Planned], dict[str, Planned]]:
        found: dict[str, Planned] = {}
        by_rules: dict[str, Planned] = {}
        for need in needs:
            for candidate in (candidate for key in need.keys for candidate in by_key.get(key, ())):
                place = by_rules if candidate.model == COMPOSER else found
                if need.kind in place or not self._chooser.is_wanted(brief, need, candidate):
                    continue
                if isinstance(verdict_on(brief, need, evidence, candidate, by_key=True), Fit):
                    place[need.kind] = reuse_of(need, candidate, "exact", 1.0, error_bound=0.0)
        return found, by_rules

    async def _semantic(self, brief: Brief, needs: Sequence[SectionNeed], evidence: Evidence) -> dict[str, Planned]:
        if not needs:
            return {}
        vectors, (own, of_job, data), _ = await asyncio.gather(
            self._vectors(needs),
            self._related(brief, needs),
            asyncio.to_thread(_read_ahead, brief, needs, evidence),
        )
        if vectors is None:
            return {need.kind: Write(need, "embedder_unavailable") for need in needs}
        neighbours = await asyncio.to_thread(self._search, needs, vectors)
        near = await self._store.find_by_vectors(
            list(dict.fromkeys(one.id for found in neighbours for one in found)), PER_VECTOR
        )
        gathered = Gathered(neighbours, [*near, *own], of_job, data)
        return await asyncio.to_thread(self._chooser.choose, brief, needs, evidence, vectors, gathered)

    async def _vectors(self, needs: Sequence[SectionNeed]) -> Vectors | None:
        try:
            return await self._encoder.encode([need.representation for need in needs])
        except EmbeddingError as exc:  # the posting is written all the same, as if nothing were near
            log.warning("the cache was not searched by meaning", extra={"reason": str(exc)})
            return None

    async def _related(
        self, brief: Brief, needs: Sequence[SectionNeed]
    ) -> tuple[list[Candidate], list[Candidate], dict[int, Vectors]]:
        """What the company's own postings say of it, and sections for jobs of this title, with the vectors of both."""
        tenant, language = brief.scope.tenant, brief.scope.language
        kinds = [need.kind for need in needs]
        own, of_job = await asyncio.gather(
            self._store.find_by_company(
                tenant, language, brief.company_key, [kind for kind in kinds if kind in RECORD_PATHS], PER_COMPANY
            ),
            self._store.find_by_title(
                tenant, language, brief.title_key, [kind for kind in kinds if kind in RECAST], PER_TITLE
            ),
        )
        ids = [one.vector_id for one in (*own, *of_job) if one.vector_id]
        return own, of_job, await self._store.get_vectors(ids, brief.scope.embedding)

    def _search(self, needs: Sequence[SectionNeed], vectors: Vectors) -> list[list[Neighbour]]:
        try:
            return [
                self._index.search(need.partition, vector, NEIGHBOURS)
                for need, vector in zip(needs, vectors, strict=True)
            ]
        except IndexFault as fault:  # what the facts' keys and the company's own postings lead to is still served
            log.warning("no search by meaning: %s", fault)
            return [[] for _ in needs]


def _read_ahead(brief: Brief, needs: Sequence[SectionNeed], evidence: Evidence) -> None:
    """Read the request, while it is being embedded, for what it will be compared with."""
    for need in needs:
        read_ahead(need.spec.depends_on, need.facts, brief.scope.language)
    evidence.read_ahead()
