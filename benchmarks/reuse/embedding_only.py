"""Public sets of paraphrases and of their look-alikes: what the policies can tell where there are no typed fields.

Pairs (PAWS-X Korean, Question_pair, QQP) are split into halves by position in a drawn order; what a policy has to
choose for a bound it chooses on one half, and the other is reported. paraKQC is replayed as a stream into an empty
cache: the nearest cached question decides; a hit is right if both are of one cluster; what is not a hit is stored.

``calibrated`` is what `gonggo tune` makes of the pairs of the first half, ``online`` the same with the verdict of a
user on every hit, and ``words`` serves only what the project's comparison of wordings finds to say the same.
"""

from __future__ import annotations

import functools
import gzip
import json
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from benchmarks.reuse.baselines import (
    ERROR_BOUNDS,
    GPTCACHE_COSINE,
    STATIC_THRESHOLDS,
    History,
    Tally,
    Trial,
    table,
)
from benchmarks.reuse.postings import SEED, SHARED
from benchmarks.reuse.wording import Lang
from cache_service.cache.policies.artifact import FORMAT, VERSION, Artifact
from cache_service.cache.policies.calibrated import CalibratedPolicy
from cache_service.cache.policies.online import OnlinePolicy
from cache_service.cache.policies.protocol import Proposal, ReusePolicy, Serve
from cache_service.jobs.tuning.fit import fit_model
from cache_service.jobs.tuning.split import Sample, split
from cache_service.jobs.tuning.thresholds import prove
from cache_service.posting.wording.compare import WordingMatch, compare_wording
from cache_service.store.records import Observation
from embeddings.encoder import Encoder

PAIR_SETS: Final = ("pairs_pawsx_ko", "pairs_question_pair_ko", "pairs_qqp_en")
MOST_PAIRS: Final = 3_000
CLUSTERS: Final = 250
DELTA: Final = 0.05
_BATCH: Final = 64
# A question is free text of no section; the policies know kinds of sections only.
_KIND: Final = "responsibilities"


def measure(encoder: Encoder) -> dict[str, list[dict[str, object]]]:
    """The table of every policy, for each set of pairs and for the replayed stream."""
    return {**{name: pair_set(encoder, name) for name in PAIR_SETS}, "clusters_parakqc_ko": replay(encoder)}


def encoded(encoder: Encoder, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """Unit vectors of the distinct texts, in batches of like lengths."""
    distinct = sorted(set(texts), key=len)
    found: dict[str, NDArray[np.float32]] = {}
    for start in range(0, len(distinct), _BATCH):
        batch = distinct[start : start + _BATCH]
        found |= dict(zip(batch, np.asarray(encoder.encode(batch)), strict=True))
    return found


@dataclass(frozen=True)
class Near:
    """A question that is asked and the stored one nearest to it; ``right``: whether they mean the same."""

    wanted: str
    stored: str
    similarity: float
    entry: str
    right: bool
    group: str
    language: Lang

    @property
    def match(self) -> WordingMatch:
        """What the project's comparison of wordings makes of it."""
        return _match(self.wanted, self.stored, self.language)

    @property
    def proposal(self) -> Proposal:
        """What a policy is asked; there is no candidate with other typed facts, so the margin is the similarity."""
        unmatched = len(self.match.only_wanted) + len(self.match.only_stored)
        return Proposal(
            _KIND, self.language, self.entry, self.similarity, self.similarity, self.match.overlap, unmatched, 1,
            self.wanted,
        )  # fmt: skip

    @property
    def sample(self) -> Sample:
        """As `gonggo tune` sees it."""
        return Sample(self.proposal, self.right, self.group)


@functools.cache
def _match(wanted: str, stored: str, language: Lang) -> WordingMatch:
    return compare_wording([wanted], [stored], language)


def tuned(samples: Sequence[Sample]) -> CalibratedPolicy:
    """What `gonggo tune` makes of the samples. The part that it reports on is proved with: the report is elsewhere."""
    parts = split(samples, SEED)
    model = fit_model(parts["train"], parts["calibrate"])
    cells = prove(
        model, [*parts["train"], *parts["calibrate"]], [*parts["threshold"], *parts["report"]], delta=DELTA
    )  # fmt: skip
    return CalibratedPolicy(
        Artifact(
            format=FORMAT, version=VERSION, embedding="any", delta=DELTA, seed=SEED, data="", counts={}, model=model,
            cells=cells,
        )
    )  # fmt: skip


Decide = Callable[[Near], bool]


def pair_set(encoder: Encoder, name: str, most: int = MOST_PAIRS) -> list[dict[str, object]]:
    """The table of a set of pairs; each pair is an entry of its own, asked for once."""
    with gzip.open(SHARED / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    random.Random(SEED).shuffle(rows)
    rows = rows[:most]
    language = cast(Lang, name[-2:])
    vectors = encoded(encoder, [row[side] for row in rows for side in "ab"])
    near = [
        Near(
            row["a"],
            row["b"],
            float(vectors[row["a"]] @ vectors[row["b"]]),
            str(n),
            bool(row["label"]),
            str(n),
            language,
        )
        for n, row in enumerate(rows)
    ]
    trials = [Trial(one.entry, name, one.similarity, one.right, "pair") for one in near]
    half = len(trials) // 2
    found = table(trials[half:], trials[:half], SEED)
    found.append(_tally(near[half:], lambda one: one.match.same).row("words", None))
    policy = tuned([one.sample for one in near[:half]])
    for bound in ERROR_BOUNDS:
        served = _tally(near[half:], lambda one, at=bound: _serves(policy, one.proposal, at))  # type: ignore[misc]
        found.append(served.row("calibrated", bound))
    return found


def _serves(policy: ReusePolicy, proposal: Proposal, bound: float) -> bool:
    return isinstance(policy.judge(proposal, bound), Serve)


def _tally(near: Sequence[Near], serves: Decide) -> Tally:
    tally = Tally()
    for one in near:
        tally.note("pair", served=serves(one), wrong=not one.right)
    return tally


def replay(encoder: Encoder, clusters: int = CLUSTERS) -> list[dict[str, object]]:
    """paraKQC as a stream, once for each policy. What is chosen for a bound is chosen on as many other clusters."""
    with (SHARED / "clusters_parakqc_ko.json").open(encoding="utf-8") as file:
        sets = [(one["cluster"], one["utterances"]) for one in json.load(file)]
    random.Random(SEED).shuffle(sets)
    streams = [_stream(part) for part in (sets[:clusters], sets[clusters : 2 * clusters])]
    vectors = encoded(encoder, [text for stream in streams for _, text in stream])
    test, tune = (_Stream.of(stream, vectors) for stream in streams)
    rows = [test.replay(_above(one)).row("static", None, f"cosine >= {one}") for one in STATIC_THRESHOLDS]
    rows.append(test.replay(_above(GPTCACHE_COSINE)).row("gptcache", None, f"cosine >= {GPTCACHE_COSINE:.2f}"))
    rows.append(test.replay(lambda one: one.match.same).row("words", None))
    met: list[Sample] = []

    def note(one: Near) -> bool:
        met.append(one.sample)
        return False

    tune.replay(note, keeps_all=False)  # as in a cache that works, one entry a meaning
    policy = tuned(met)
    by_threshold = {float(one): tune.replay(_above(float(one))) for one in np.arange(0.80, 1.0, 0.0025)}
    for bound in ERROR_BOUNDS:
        best = next((one for one, tally in by_threshold.items() if _within(tally, bound)), 1.01)
        rows.append(test.replay(_above(best)).row("static", bound, f"cosine >= {best:.4f}"))
        rows.append(test.replay(_by_history(bound), keeps_all=False).row("vcache", bound))
        rows.append(test.replay(lambda one, at=bound: _serves(policy, one.proposal, at)).row("calibrated", bound))  # type: ignore[misc]
        rows.append(test.replay(_online(policy, bound)).row("online", bound))
    return rows


def _within(tally: Tally, bound: float) -> bool:
    return tally.hits > 0 and tally.wrong <= bound * tally.hits


def _stream(sets: Sequence[tuple[Any, list[str]]]) -> list[tuple[str, str]]:
    stream = [(str(cluster), text) for cluster, texts in sets for text in texts]
    random.Random(SEED).shuffle(stream)
    return stream


def _above(threshold: float) -> Decide:
    return lambda one: one.similarity >= threshold


def _by_history(bound: float) -> Decide:
    histories: dict[str, History] = defaultdict(History)
    chance = random.Random(SEED)

    def decide(one: Near) -> bool:
        history, similarity = histories[one.entry], one.similarity
        served = chance.random() >= history.explore(similarity, bound)
        if not served:
            history.observe(similarity, right=one.right)
        return served

    return decide


def _online(base: ReusePolicy, bound: float) -> Decide:
    policy = OnlinePolicy(base)

    def decide(one: Near) -> bool:
        proposal = one.proposal
        served = _serves(policy, proposal, bound)
        if served:
            policy.learn(
                Observation(proposal.entry_id, _KIND, proposal.need, proposal.similarity, one.right, "feedback")
            )
        return served

    return decide


@dataclass(frozen=True)
class _Stream:
    """Questions in the order asked, each with its cluster, and their similarities: float32 (questions, questions)."""

    questions: Sequence[tuple[str, str]]
    similarities: NDArray[np.float32]

    @classmethod
    def of(cls, questions: Sequence[tuple[str, str]], vectors: Mapping[str, NDArray[np.float32]]) -> _Stream:
        rows = np.stack([vectors[text] for _, text in questions])
        return cls(questions, rows @ rows.T)

    def replay(self, decide: Decide, *, keeps_all: bool = True) -> Tally:
        """``keeps_all``: whatever missed is stored; else, as vCache does, only what its nearest did not answer."""
        held: list[int] = []
        tally = Tally()
        for number, (cluster, text) in enumerate(self.questions):
            served = right = False
            if held:
                row = self.similarities[number, held]
                nearest = held[int(row.argmax())]
                right = self.questions[nearest][0] == cluster
                stored, similarity = self.questions[nearest][1], float(row.max())
                served = decide(Near(text, stored, similarity, str(nearest), right, cluster, "ko"))
            tally.note("pair", served=served, wrong=not right)
            if not served and (keeps_all or not right):
                held.append(number)
        return tally
