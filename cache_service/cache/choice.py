"""Which stored section, if any, a need is met by: the nearest that fits, else one that can be made to fit. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from cache_service.cache.adapt import RECAST, is_same_job, splice
from cache_service.cache.guard import Evidence
from cache_service.cache.policies.proposals import propose
from cache_service.cache.policies.protocol import Proposal, ReusePolicy, Serve, Withhold
from cache_service.cache.reuse_policy import FACTS_DIFFER, Fit, Mended, Reject, Unfinished, decide, mend, recast_for
from cache_service.posting.compare import Difference
from cache_service.posting.needs import Brief, SectionNeed
from cache_service.posting.plan import Nearest, Patch, Planned, Reuse, Source, Tier, Write
from cache_service.posting.scope import COMPOSER, HUMAN
from cache_service.store.records import Candidate
from index.vector_index import Neighbour, Vectors

# Adapting is tried on this many of the nearest whose facts differ, recasting on this many of the same job.
MENDED: Final = 3
RECASTS: Final = 3


@dataclass(frozen=True, slots=True)
class Gathered:
    """What there is to choose from: by meaning (``neighbours``, for each need), in the company's own record (``near``
    holds the sections of both), and written for a job of this title (``of_job``). ``data``: vectors of the last two."""

    neighbours: Sequence[Sequence[Neighbour]]
    near: Sequence[Candidate]
    of_job: Sequence[Candidate]
    data: Mapping[int, Vectors]


@dataclass(frozen=True, slots=True)
class Chooser:
    """Chooses by facts, and by the ``policy`` where words differ. ``max_error``: where a request does not say."""

    policy: ReusePolicy
    max_error: float

    def choose(
        self, brief: Brief, needs: Sequence[SectionNeed], evidence: Evidence, vectors: Vectors, gathered: Gathered
    ) -> dict[str, Planned]:
        """A source for each of ``needs`` by kind; ``vectors``: theirs, (n, d)."""
        found: dict[str, Planned] = {}
        for need, vector, near in zip(needs, vectors, gathered.neighbours, strict=True):
            similarity_of = {id_: min(1.0, float(np.dot(vector, other))) for id_, other in gathered.data.items()}
            similarity_of |= {one.id: one.similarity for one in near}
            ranked = _ranked(brief, need, gathered.near, similarity_of)
            chosen = self._best(brief, need, evidence, ranked)
            if isinstance(chosen, Write) and need.kind in RECAST:
                of_job = _ranked(brief, need, [*gathered.near, *gathered.of_job], similarity_of)
                chosen = self._recast(brief, need, evidence, of_job) or chosen
            found[need.kind] = chosen
        return found

    def _recast(
        self, brief: Brief, need: SectionNeed, evidence: Evidence, ranked: Sequence[tuple[float, Candidate]]
    ) -> Reuse | None:
        """The nearest section of the same job that can be set to these facts by lines."""
        of_job = [(similarity, one) for similarity, one in ranked if is_same_job(brief.facts, one.facts)]
        for similarity, candidate in of_job[:RECASTS]:
            if not self.is_wanted(brief, need, candidate):
                continue
            match recast_for(need, candidate, facts=brief.facts, evidence=evidence, language=brief.scope.language):
                case Mended() as mended:
                    return _adapted(need, candidate, mended, similarity)
                case Reject():
                    pass
        return None

    def _best(
        self, brief: Brief, need: SectionNeed, evidence: Evidence, ranked: Sequence[tuple[float, Candidate]]
    ) -> Planned:
        """The nearest that fits as it is, else the nearest that can be mended, else what stood in the way."""
        judged: list[tuple[float, Candidate, Fit | Reject]] = []
        for similarity, candidate in ranked:
            decision = verdict_on(brief, need, evidence, candidate, in_full=not judged)  # the first refusal is shown
            if decision == Fit() and self.is_wanted(brief, need, candidate):
                return reuse_of(need, candidate, "semantic", similarity, error_bound=0.0)
            judged.append((similarity, candidate, decision))
        found = self._vouched(brief, need, judged)
        if isinstance(found, Reuse):
            return found
        # What is told in other words can be told in the request's: rules put its wording in.
        mendable = [
            (similarity, candidate)
            for similarity, candidate, decision in judged
            if (isinstance(decision, Fit) or decision.reason == FACTS_DIFFER) and self.is_wanted(brief, need, candidate)
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

    def is_wanted(self, brief: Brief, need: SectionNeed, candidate: Candidate) -> bool:
        """Whether nobody said that this text, though its facts are equal, is not what they want."""
        proposal = Proposal.equal(need.kind, brief.scope.language, candidate.entry_id, need.keys[0])
        return isinstance(self.policy.judge(proposal, self._bound(brief)), Serve)

    def _bound(self, brief: Brief) -> float:
        return brief.request.options.max_error or self.max_error

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
                    match self.policy.judge(proposal, self._bound(brief)):
                        case Serve(error_bound=bound):
                            served = reuse_of(need, candidate, "semantic", similarity, error_bound=bound)
                            return replace(served, vouched_for=candidate.facts)
                        case Withhold(reason=reason):
                            differing: tuple[Difference, ...] = ()
                case Reject(reason=reason, differing=differing):
                    pass
            nearest = nearest or Write(
                need, reason, Nearest(candidate.entry_id, round(similarity, 4), shown(differing))
            )
        return nearest or Write(need, "no_entry")


def _ranked(
    brief: Brief, need: SectionNeed, candidates: Sequence[Candidate], similarity_of: Mapping[int, float]
) -> list[tuple[float, Candidate]]:
    """Those of the kind that this request may use, nearest first."""
    ranked = [
        (similarity_of[one.vector_id], one)
        for one in {(one.entry_id, one.kind): one for one in candidates}.values()
        if one.kind == need.kind
        and one.model != COMPOSER
        and one.writer in {brief.scope.writer, HUMAN}
        and one.vector_id is not None
        and one.vector_id in similarity_of
    ]
    return sorted(ranked, key=lambda pair: (-pair[0], pair[1].entry_id))


def verdict_on(
    brief: Brief,
    need: SectionNeed,
    evidence: Evidence,
    candidate: Candidate,
    *,
    by_key: bool = False,
    in_full: bool = True,
) -> Fit | Reject:
    """``decide`` for a request as a whole."""
    language = brief.scope.language
    return decide(
        need, candidate, facts=brief.facts, evidence=evidence, language=language, by_key=by_key, in_full=in_full
    )  # fmt: skip


def shown(differences: Sequence[Difference]) -> tuple[dict[str, object], ...]:
    """Differences as clients see them: fact, from (stored), to (wanted)."""
    return tuple({"fact": one.fact, "from": _plain(one.stored), "to": _plain(one.wanted)} for one in differences)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def reuse_of(
    need: SectionNeed, candidate: Candidate, tier: Tier, similarity: float, *, error_bound: float | None
) -> Reuse:
    """The stored text as the section's source."""
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
    reuse = reuse_of(need, candidate, "adapted", similarity, error_bound=None)
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
