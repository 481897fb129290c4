"""CacheManager: from a brief to a plan. Looks under the facts first, then by meaning, and proves what it found."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Final

import numpy as np

from cache_service.cache.guard import Evidence
from cache_service.cache.policies.protocol import Proposal, ReusePolicy, Withhold
from cache_service.cache.reuse_policy import Accept, Decision, Reject, decide
from cache_service.posting.compare import Difference
from cache_service.posting.needs import COMPOSED_KINDS, RECORD_PATHS, Brief, SectionNeed
from cache_service.posting.plan import Nearest, Plan, Planned, Reuse, Source, Tier, Write
from cache_service.posting.scope import COMPOSER, HUMAN
from cache_service.store.protocol import Store
from cache_service.store.records import Candidate
from embeddings.encoder import Encoder
from index.vector_index import Neighbour, VectorIndex, Vectors

NEIGHBOURS: Final = 10
PER_VECTOR: Final = 3
PER_COMPANY: Final = 8


class CacheManager:
    """Owns the lookup: store, index and encoder; decides nothing about models."""

    def __init__(
        self, store: Store, index: VectorIndex, encoder: Encoder, *, threshold: float, policy: ReusePolicy
    ) -> None:
        self._store = store
        self._index = index
        self._encoder = encoder
        self._threshold = threshold
        self._policy = policy

    async def plan(self, brief: Brief, evidence: Evidence, *, reuse_composed: bool = True) -> Plan:
        """A source for every section that ``brief`` needs. ``options.fresh`` skips the cache altogether.

        What rules wrote for want of a model is reused only where nothing better is found, or, without
        ``reuse_composed``, not at all.
        """
        wanted = [need for need in brief.needs if need.kind not in COMPOSED_KINDS]
        if brief.request.options.fresh:
            planned: dict[str, Planned] = {}
            timings = {}
        else:
            started = perf_counter()
            planned, by_rules = await self._exact(brief, wanted, evidence)
            after_exact = perf_counter()
            left = [need for need in wanted if need.kind not in planned]
            planned |= await self._semantic(brief, left, evidence)
            if reuse_composed:
                planned |= {kind: by_rules[kind] for kind, one in planned.items()
                            if isinstance(one, Write) and kind in by_rules}  # fmt: skip
            timings = {
                "exact": (after_exact - started) * 1e3,
                "semantic": (perf_counter() - after_exact) * 1e3,
            }
        sections: list[Planned] = []
        for need in brief.needs:
            found = planned.get(need.kind) or Write(need, "composed" if need.kind in COMPOSED_KINDS else "no_entry")
            if isinstance(found, Reuse) or need.required:
                sections.append(found)
        return Plan(tuple(sections), timings)

    async def _exact(
        self, brief: Brief, needs: Sequence[SectionNeed], evidence: Evidence
    ) -> tuple[dict[str, Planned], dict[str, Planned]]:
        """What the facts' keys lead to: texts of people and models, and apart from them those of rules."""
        by_key = await self._store.find_by_keys(
            brief.scope.tenant, list(dict.fromkeys(key for need in needs for key in need.keys))
        )
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
                if need.kind not in place and isinstance(self._decide(brief, need, evidence, candidate, None), Accept):
                    place[need.kind] = _reuse(need, candidate, "exact", 1.0, error_bound=0.0)
        return found, by_rules

    def _decide(
        self,
        brief: Brief,
        need: SectionNeed,
        evidence: Evidence,
        candidate: Candidate,
        similarity: float | None,
    ) -> Decision:
        # Until the policy judges what differs in wording, it is asked for what use has shown of the entry alone.
        shown = self._policy.judge(
            Proposal.equal(need.kind, brief.scope.language, candidate.entry_id, need.keys[0]), 1.0
        )
        if isinstance(shown, Withhold):
            return Reject(shown.reason)
        return decide(
            need,
            candidate,
            similarity,
            facts=brief.facts,
            evidence=evidence,
            language=brief.scope.language,
            threshold=self._threshold,
        )

    async def _semantic(self, brief: Brief, needs: Sequence[SectionNeed], evidence: Evidence) -> dict[str, Planned]:
        if not needs:
            return {}
        vectors, neighbours = await asyncio.to_thread(self._search, needs)
        near = await self._store.find_by_vectors(
            list(dict.fromkeys(one.id for found in neighbours for one in found)), PER_VECTOR
        )
        own = await self._store.find_by_company(
            brief.scope.tenant,
            brief.scope.language,
            brief.company_key,
            [need.kind for need in needs if need.kind in RECORD_PATHS],
            PER_COMPANY,
        )
        seen = {one.id for found in neighbours for one in found}
        data = await self._store.get_vectors(
            [one.vector_id for one in own if one.vector_id and one.vector_id not in seen]
        )
        return await asyncio.to_thread(self._judge, brief, needs, evidence, vectors, neighbours, [*near, *own], data)

    def _search(self, needs: Sequence[SectionNeed]) -> tuple[Vectors, list[list[Neighbour]]]:
        vectors = self._encoder.encode([need.representation for need in needs])
        return vectors, [
            self._index.search(need.partition, vector, NEIGHBOURS) for need, vector in zip(needs, vectors, strict=True)
        ]

    def _judge(
        self,
        brief: Brief,
        needs: Sequence[SectionNeed],
        evidence: Evidence,
        vectors: Vectors,
        neighbours: list[list[Neighbour]],
        candidates: Sequence[Candidate],
        data: Mapping[int, Vectors],
    ) -> dict[str, Planned]:
        found: dict[str, Planned] = {}
        for need, vector, near in zip(needs, vectors, neighbours, strict=True):
            similarity_of = {id_: min(1.0, float(np.dot(vector, other))) for id_, other in data.items()}
            similarity_of |= {one.id: one.similarity for one in near}
            ranked = [
                (similarity_of[one.vector_id], one)
                for one in {(one.entry_id, one.kind): one for one in candidates}.values()
                if one.kind == need.kind
                and one.model != COMPOSER
                and one.writer in {brief.scope.writer, HUMAN}
                and one.vector_id in similarity_of
            ]
            ranked.sort(key=lambda pair: (-pair[0], pair[1].entry_id))
            found[need.kind] = self._first_accepted(brief, need, evidence, ranked)
        return found

    def _first_accepted(
        self,
        brief: Brief,
        need: SectionNeed,
        evidence: Evidence,
        ranked: Sequence[tuple[float, Candidate]],
    ) -> Planned:
        nearest: Nearest | None = None
        reason = "no_entry"
        for similarity, candidate in ranked:
            decision = self._decide(brief, need, evidence, candidate, similarity)
            match decision:
                case Accept():
                    return _reuse(need, candidate, "semantic", similarity, error_bound=None)
                case Reject() if nearest is None:
                    reason = decision.reason
                    nearest = Nearest(candidate.entry_id, round(similarity, 4), shown(decision.differing))
                case Reject():
                    pass
        return Write(need, reason, nearest)


def shown(differences: Sequence[Difference]) -> tuple[dict[str, object], ...]:
    """Differences as clients see them: fact, from (stored), to (wanted)."""
    return tuple({"fact": one.fact, "from": _plain(one.stored), "to": _plain(one.wanted)} for one in differences)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _reuse(
    need: SectionNeed, candidate: Candidate, tier: Tier, similarity: float, *, error_bound: float | None
) -> Reuse:
    source = Source(
        tier=tier,
        entry_id=candidate.entry_id,
        similarity=round(similarity, 4),
        error_bound=error_bound,
        model=candidate.model,
        degraded=need.spec.prose and candidate.model == COMPOSER,
    )
    return Reuse(need, candidate.heading, candidate.text, source, candidate.tokens)
