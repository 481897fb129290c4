"""Cosine alone on public sets of paraphrases and of their look-alikes: what similarity can and cannot tell.

Pairs (PAWS-X Korean, Question_pair, QQP) are split into halves by position in a drawn order; a threshold for a bound
is chosen on one half and reported on the other. paraKQC is replayed as a stream into an empty cache: the nearest
cached question decides; a hit is right if both are of one cluster; what is not a hit is stored.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, Final

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
from embeddings.encoder import Encoder

PAIR_SETS: Final = ("pairs_pawsx_ko", "pairs_question_pair_ko", "pairs_qqp_en")
MOST_PAIRS: Final = 3_000
CLUSTERS: Final = 250
_BATCH: Final = 64


def encoded(encoder: Encoder, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """Unit vectors of the distinct texts, in batches of like lengths."""
    distinct = sorted(set(texts), key=len)
    found: dict[str, NDArray[np.float32]] = {}
    for start in range(0, len(distinct), _BATCH):
        batch = distinct[start : start + _BATCH]
        found |= dict(zip(batch, np.asarray(encoder.encode(batch)), strict=True))
    return found


def pair_sets(encoder: Encoder, most: int = MOST_PAIRS) -> dict[str, list[dict[str, object]]]:
    """The table of every policy for every set of pairs; each pair is an entry of its own, asked for once."""
    found = {}
    for name in PAIR_SETS:
        with gzip.open(SHARED / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        random.Random(SEED).shuffle(rows)
        rows = rows[:most]
        vectors = encoded(encoder, [row[side] for row in rows for side in "ab"])
        trials = [
            Trial(str(number), name, float(vectors[row["a"]] @ vectors[row["b"]]), bool(row["label"]), "pair")
            for number, row in enumerate(rows)
        ]
        half = len(trials) // 2
        found[name] = table(trials[half:], trials[:half], SEED)
    return found


def replay(encoder: Encoder, clusters: int = CLUSTERS) -> list[dict[str, object]]:
    """paraKQC as a stream, once for each policy. Static thresholds for a bound are chosen on as many other clusters."""
    with (SHARED / "clusters_parakqc_ko.json").open(encoding="utf-8") as file:
        sets = [(one["cluster"], one["utterances"]) for one in json.load(file)]
    random.Random(SEED).shuffle(sets)
    streams = [_stream(part) for part in (sets[:clusters], sets[clusters : 2 * clusters])]
    vectors = encoded(encoder, [text for stream in streams for _, text in stream])
    test, tune = ([(cluster, vectors[text]) for cluster, text in stream] for stream in streams)
    rows = [_replayed(test, _above(one)).row("static", None, f"cosine >= {one}") for one in STATIC_THRESHOLDS]
    rows.append(_replayed(test, _above(GPTCACHE_COSINE)).row("gptcache", None, f"cosine >= {GPTCACHE_COSINE:.2f}"))
    for bound in ERROR_BOUNDS:
        best = next((one for one in np.arange(0.80, 1.0, 0.0025) if _within(_replayed(tune, _above(one)), bound)), 1.01)
        rows.append(_replayed(test, _above(float(best))).row("static", bound, f"cosine >= {best:.4f}"))
        rows.append(_replayed(test, _by_history(bound), keeps_all=False).row("vcache", bound))
    return rows


def _within(tally: Tally, bound: float) -> bool:
    return tally.hits > 0 and tally.wrong <= bound * tally.hits


def _stream(sets: Sequence[tuple[Any, list[str]]]) -> list[tuple[str, str]]:
    stream = [(str(cluster), text) for cluster, texts in sets for text in texts]
    random.Random(SEED).shuffle(stream)
    return stream


Decide = Callable[[int, float, bool], bool]


def _above(threshold: float) -> Decide:
    return lambda _entry, similarity, _right: similarity >= threshold


def _by_history(bound: float) -> Decide:
    histories: dict[int, History] = defaultdict(History)
    chance = random.Random(SEED)

    def decide(entry: int, similarity: float, right: bool) -> bool:
        served = chance.random() >= histories[entry].explore(similarity, bound)
        if not served:
            histories[entry].observe(similarity, right=right)
        return served

    return decide


def _replayed(stream: Sequence[tuple[str, NDArray[np.float32]]], decide: Decide, *, keeps_all: bool = True) -> Tally:
    """``keeps_all``: whatever missed is stored; else, as vCache does, only what its nearest entry did not answer."""
    rows = np.zeros((len(stream), stream[0][1].shape[0]), np.float32)
    clusters: list[str] = []
    tally = Tally()
    for cluster, vector in stream:
        served = right = False
        if clusters:
            similarities = rows[: len(clusters)] @ vector
            nearest = int(similarities.argmax())
            right = clusters[nearest] == cluster
            served = decide(nearest, float(similarities[nearest]), right)
        tally.note("pair", served=served, wrong=not right)
        if not served and (keeps_all or not right):
            rows[len(clusters)] = vector
            clusters.append(cluster)
    return tally
