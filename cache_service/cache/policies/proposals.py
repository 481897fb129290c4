"""From a need and a candidate to a proposal; from pairs of requests to proposals, by the way a request goes.

What the service and ``gonggo tune`` see must be the same: both make their proposals here, and pairs pass the same
hard rules first. ``HardRules`` is the one callable to swap where those change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from cache_service.cache.guard import Evidence
from cache_service.cache.policies.protocol import Proposal
from cache_service.cache.reuse_policy import Fit, Reject, decide
from cache_service.posting.compare import Reworded
from cache_service.posting.facts import Facts, facts_of, same_value
from cache_service.posting.needs import Brief, SectionNeed, brief_of, represent
from cache_service.posting.request import PostingRequest
from cache_service.posting.scope import HUMAN
from cache_service.posting.sections import FREE_TEXT, SECTIONS, SectionKind
from cache_service.store.records import Candidate
from embeddings.encoder import Encoder, UnitVectors

# How many of the nearest are looked through for one with other facts, as in a lookup.
RIVALS: Final = 10
TENANT: Final = "tune"
ENCODE_BATCH: Final = 256
# Whether a candidate may be served at all; (need, candidate, whole request's facts, language).
HardRules = Callable[[SectionNeed, Candidate, Facts, str], Fit | Reject]


@dataclass(frozen=True, slots=True)
class Pair:
    """A text stored for one request and wanted for another. ``heading``: None for the usual one."""

    kind: SectionKind
    stored: PostingRequest
    wanted: PostingRequest
    text: str
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The hard rules refuse the pair; no policy is asked."""

    reason: str


def propose(
    need: SectionNeed,
    candidate: Candidate,
    similarity: float,
    margin: float,
    language: str,
    reworded: Sequence[Reworded],
) -> Proposal:
    """The proposal of a candidate that passed every hard rule but for what is ``reworded``. ``margin``: see there."""
    matches = [one.match for one in reworded]
    return Proposal(
        kind=need.kind,
        language=language,
        entry_id=candidate.entry_id,
        similarity=similarity,
        margin=max(0.0, margin),
        overlap=min((match.overlap for match in matches), default=1.0),
        unmatched=sum(len(match.only_wanted) + len(match.only_stored) for match in matches),
        reworded=len(matches),
        need=need.keys[0],
    )


def hard_rules(need: SectionNeed, candidate: Candidate, facts: Facts, language: str) -> Fit | Reject:
    """The rules that the service applies, whatever the similarity."""
    return decide(need, candidate, facts=facts, evidence=Evidence.of(facts, language=language), language=language)


def make_proposals(
    pairs: Sequence[Pair],
    encoder: Encoder,
    *,
    rules: HardRules = hard_rules,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Proposal | Refused]:
    """A proposal for each pair, or why there is none. Blocking.

    The margin is measured against everything that the pairs store for the same kind and language, as a lookup does
    against the cache: the nearest with other typed facts among the ``RIVALS`` nearest.
    """
    briefs = [_brief(pair.wanted, encoder.fingerprint) for pair in pairs]
    needs = [_need(brief, pair.kind) for brief, pair in zip(briefs, pairs, strict=True)]
    stored = [facts_of(pair.stored) for pair in pairs]
    vectors = _encode(needs, stored, pairs, encoder)
    margins = _Margins(pairs, stored, vectors)
    made: list[Proposal | Refused] = []
    for number, (pair, brief, need) in enumerate(zip(pairs, briefs, needs, strict=True)):
        progress(number, len(pairs))
        if need is None:
            made.append(Refused("not_requested"))
            continue
        if pair.stored.language != pair.wanted.language:
            made.append(Refused("other_language"))
            continue
        language = pair.wanted.language
        candidate = _candidate(pair, stored[number], number)
        decision = rules(need, candidate, brief.facts, language)
        if isinstance(decision, Reject):
            made.append(Refused(decision.reason))
            continue
        wanted_vector = vectors[need.representation]
        similarity = min(1.0, float(np.dot(wanted_vector, vectors[_represented(pair, stored[number])])))
        margin = similarity - margins.rival(pair, need, wanted_vector)
        made.append(propose(need, candidate, similarity, margin, language, decision.reworded))
    return made


def _brief(request: PostingRequest, embedding: str) -> Brief:
    return brief_of(request, tenant=TENANT, writer=HUMAN, embedding=embedding)


def _need(brief: Brief, kind: SectionKind) -> SectionNeed | None:
    return next((need for need in brief.needs if need.kind == kind), None)


def _represented(pair: Pair, stored: Facts) -> str:
    return represent(SECTIONS[pair.kind], stored)


def _candidate(pair: Pair, stored: Facts, number: int) -> Candidate:
    heading = pair.heading or SECTIONS[pair.kind].headings[pair.stored.language]
    return Candidate(
        entry_id=f"pair_{number}", kind=pair.kind, heading=heading, text=pair.text, key="", writer=HUMAN, tone=None,
        derived=False, facts=stored, model=None, tokens=0, vector_id=None,
    )  # fmt: skip


def _encode(
    needs: Sequence[SectionNeed | None], stored: Sequence[Facts], pairs: Sequence[Pair], encoder: Encoder
) -> Mapping[str, UnitVectors]:
    wanted = [need.representation for need in needs if need is not None]
    texts = list(dict.fromkeys([*wanted, *map(_represented, pairs, stored)]))
    vectors: dict[str, UnitVectors] = {}
    for start in range(0, len(texts), ENCODE_BATCH):
        batch = texts[start : start + ENCODE_BATCH]
        vectors.update(zip(batch, encoder.encode(batch), strict=True))
    return vectors


class _Margins:
    """The stored sides of all pairs by kind and language, for finding the nearest with other facts."""

    def __init__(self, pairs: Sequence[Pair], stored: Sequence[Facts], vectors: Mapping[str, UnitVectors]) -> None:
        cells: dict[tuple[str, str], dict[str, Facts]] = defaultdict(dict)
        for pair, facts in zip(pairs, stored, strict=True):
            cells[pair.kind, pair.stored.language].setdefault(_represented(pair, facts), facts)
        self._cells = {
            cell: (list(held.values()), np.stack([vectors[text] for text in held])) for cell, held in cells.items()
        }

    def rival(self, pair: Pair, need: SectionNeed, vector: UnitVectors) -> float:
        """Similarity of the nearest stored request with other typed facts; 0 if none is among the nearest."""
        facts, rows = self._cells[pair.kind, pair.wanted.language]
        similarities = rows @ vector
        near = np.lexsort((np.arange(len(facts)), -similarities))[:RIVALS]
        return next((float(similarities[at]) for at in near if not _same_typed(need, facts[at])), 0.0)


def _same_typed(need: SectionNeed, stored: Facts) -> bool:
    return all(
        same_value(need.facts.get(path), stored.get(path)) for path in need.spec.depends_on if path not in FREE_TEXT
    )
