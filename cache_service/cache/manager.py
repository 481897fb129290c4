"""CacheManager: from a brief to a plan. Looks under the facts first, then by meaning, and proves what it found."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Final

import numpy as np

from cache_service.cache.adapt import splice
from cache_service.cache.guard import Evidence
from cache_service.cache.policies.proposals import propose
from cache_service.cache.policies.protocol import Proposal, ReusePolicy, Serve, Withhold
from cache_service.cache.reuse_policy import FACTS_DIFFER, Fit, Mended, Reject, Unfinished, decide, mend
from cache_service.posting.compare import Difference, read_ahead
from cache_service.posting.needs import COMPOSED_KINDS, RECORD_PATHS, Brief, SectionNeed
from cache_service.posting.plan import Nearest, Patch, Plan, Planned, Reuse, Source, Tier, Write
from cache_service.posting.scope import COMPOSER, HUMAN
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
# Adapting is tried on this many of the nearest whose facts differ.
MENDED: Final = 3


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
        self._policy = policy
        self._max_error = max_error

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
                if need.kind in place or not self._is_wanted(brief, need, candidate):
                    continue
                if isinstance(_decide(brief, need, evidence, candidate, by_key=True), Fit):
                    place[need.kind] = _reuse(need, candidate, "exact", 1.0, error_bound=0.0)
        return found, by_rules

    async def _semantic(self, brief: Brief, needs: Sequence[SectionNeed], evidence: Evidence) -> dict[str, Planned]:
        if not needs:
            return {}
        vectors, (own, data), _ = await asyncio.gather(
            self._vectors(needs),
            self._own_record(brief, needs),
            asyncio.to_thread(_read_ahead, brief, needs, evidence),
        )
        if vectors is None:
            return {need.kind: Write(need, "embedder_unavailable") for need in needs}
        neighbours = await asyncio.to_thread(self._search, needs, vectors)
        near = await self._store.find_by_vectors(
            list(dict.fromkeys(one.id for found in neighbours for one in found)), PER_VECTOR
        )
        return await asyncio.to_thread(self._judge, brief, needs, evidence, vectors, neighbours, [*near, *own], data)

    async def _vectors(self, needs: Sequence[SectionNeed]) -> Vectors | None:
        try:
            return await self._encoder.encode([need.representation for need in needs])
        except EmbeddingError as exc:  # the posting is written all the same, as if nothing were near
            log.warning("the cache was not searched by meaning", extra={"reason": str(exc)})
            return None

    async def _own_record(
        self, brief: Brief, needs: Sequence[SectionNeed]
    ) -> tuple[list[Candidate], dict[int, Vectors]]:
        """What the company's own postings say of it, with the vectors of that."""
        own = await self._store.find_by_company(
            brief.scope.tenant,
            brief.scope.language,
            brief.company_key,
            [need.kind for need in needs if need.kind in RECORD_PATHS],
            PER_COMPANY,
        )
        ids = [one.vector_id for one in own if one.vector_id]
        return own, await self._store.get_vectors(ids, brief.scope.embedding)

    def _search(self, needs: Sequence[SectionNeed], vectors: Vectors) -> list[list[Neighbour]]:
        try:
            return [
                self._index.search(need.partition, vector, NEIGHBOURS)
                for need, vector in zip(needs, vectors, strict=True)
            ]
        except IndexFault as fault:  # what the facts' keys and the company's own postings lead to is still served
            log.warning("no search by meaning: %s", fault)
            return [[] for _ in needs]

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
            found[need.kind] = self._best(brief, need, evidence, ranked)
        return found

    def _best(
        self, brief: Brief, need: SectionNeed, evidence: Evidence, ranked: Sequence[tuple[float, Candidate]]
    ) -> Planned:
        """The nearest that fits as it is, else the nearest that can be mended, else what stood in the way."""
        judged: list[tuple[float, Candidate, Fit | Reject]] = []
        for similarity, candidate in ranked:
            decision = _decide(brief, need, evidence, candidate, in_full=not judged)  # the first refusal is shown
            if decision == Fit() and self._is_wanted(brief, need, candidate):
                return _reuse(need, candidate, "semantic", similarity, error_bound=0.0)
            judged.append((similarity, candidate, decision))
        found = self._vouched(brief, need, judged)
        if isinstance(found, Reuse):
            return found
        # What is told in other words can be told in the request's: rules put its wording in.
        mendable = [
            (similarity, candidate)
            for similarity, candidate, decision in judged
            if (isinstance(decision, Fit) or decision.reason == FACTS_DIFFER)
            and self._is_wanted(brief, need, candidate)
        ]
        patch: Patch | None = None
        for similarity, candidate in mendable[:MENDED]:
            match mend(need, candidate, facts=brief.facts, evidence=evidence, language=brief.scope.language):
                case Mended() as mended:
                    return _adapted(need, candidate, mended, similarity)
                case Unfinished() as unfinished:
                    patch = patch or _patch(need, candidate, unfinished, similarity)
                case Reject():
                    pass
        return replace(found, patch=patch)

    def _is_wanted(self, brief: Brief, need: SectionNeed, candidate: Candidate) -> bool:
        """Whether nobody said that this text, though its facts are equal, is not what they want."""
        proposal = Proposal.equal(need.kind, brief.scope.language, candidate.entry_id, need.keys[0])
        return isinstance(self._policy.judge(proposal, self._bound(brief)), Serve)

    def _bound(self, brief: Brief) -> float:
        return brief.request.options.max_error or self._max_error

    def _vouched(
        self, brief: Brief, need: SectionNeed, judged: Sequence[tuple[float, Candidate, Fit | Reject]]
    ) -> Reuse | Write:
        """The nearest of those told in other words that the policy vouches for, else why the nearest is not used."""
        rival = max((near for near, _, one in judged if isinstance(one, Reject)), default=0.0)
        nearest: Write | None = None
        for similarity, candidate, decision in judged:
            match decision:
                case Fit(reworded=reworded):
                    proposal = propose(need, candidate, similarity, similarity - rival, brief.scope.language, reworded)
                    match self._policy.judge(proposal, self._bound(brief)):
                        case Serve(error_bound=bound):
                            served = _reuse(need, candidate, "semantic", similarity, error_bound=bound)
                            return replace(served, vouched_for=candidate.facts)
                        case Withhold(reason=reason):
                            differing: tuple[Difference, ...] = ()
                case Reject(reason=reason, differing=differing):
                    pass
            nearest = nearest or Write(
                need, reason, Nearest(candidate.entry_id, round(similarity, 4), shown(differing))
            )
        return nearest or Write(need, "no_entry")


def _read_ahead(brief: Brief, needs: Sequence[SectionNeed], evidence: Evidence) -> None:
    """Read the request, while it is being embedded, for what it will be compared with."""
    for need in needs:
        read_ahead(need.spec.depends_on, need.facts, brief.scope.language)
    evidence.read_ahead()


def _decide(
    brief: Brief,
    need: SectionNeed,
    evidence: Evidence,
    candidate: Candidate,
    *,
    by_key: bool = False,
    in_full: bool = True,
) -> Fit | Reject:
    language = brief.scope.language
    return decide(
        need, candidate, facts=brief.facts, evidence=evidence, language=language, by_key=by_key, in_full=in_full
    )  # fmt: skip


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
    return Reuse(need, candidate.heading, candidate.text, source, candidate.tokens, expires_at=candidate.expires_at)


def _adapted(need: SectionNeed, candidate: Candidate, mended: Mended, similarity: float) -> Reuse:
    made = mended.adapted
    reuse = _reuse(need, candidate, "adapted", similarity, error_bound=None)
    source = replace(reuse.source, changes=tuple(change.as_json() for change in made.changes))
    return replace(reuse, heading=made.heading, text=made.text, source=source)


def _patch(need: SectionNeed, candidate: Candidate, unfinished: Unfinished, similarity: float) -> Patch:
    made = unfinished.adapted

    def finish(sentences: Sequence[str]) -> Reuse | None:
        new = {one.span: text for one, text in zip(made.rewrite, sentences, strict=True)}
        match unfinished.judge(splice(made, new)):
            case Mended() as mended:
                return _adapted(need, candidate, mended, similarity)
            case Reject():
                return None

    return Patch(tuple(made.text[one.start : one.end] for one in made.rewrite), finish)
