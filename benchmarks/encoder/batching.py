"""What sharing batches costs and brings, inside one process on the bundled model. Nothing is remembered."""

from __future__ import annotations

import asyncio
import random
import statistics
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.machine import quantiles
from benchmarks.service import made_up
from cache_service.posting.facts import facts_of
from cache_service.posting.needs import represent
from cache_service.posting.request import PostingRequest
from cache_service.posting.sections import SECTIONS
from embeddings.batching import BatchingEncoder
from embeddings.cached import CachedEncoder
from embeddings.encoder import Encoder
from embeddings.load import load_encoder

SEED = 20261123
CALLERS = 64
BATCH = 32
TEXTS = 512
ROUNDS = 7
ALONE = 400


async def measure() -> dict[str, Any]:
    """Both comparisons."""
    encoder = load_encoder("bundled", Path("models"), threads=2)
    texts = section_texts(TEXTS)
    encoder.encode(texts[:BATCH])
    return {
        "seed": SEED, "threads": 2, "callers": CALLERS, "batch": BATCH, "texts": TEXTS, "rounds": ROUNDS,
        "concurrent": await concurrent(encoder, texts),
        "alone": await alone(encoder, texts),
    }  # fmt: skip


def section_texts(count: int) -> list[str]:
    """Different texts such as the service embeds, in an order that is not by length."""
    chance = random.Random(SEED)
    texts: dict[str, None] = {}
    number = 0
    while len(texts) < count:
        facts = facts_of(PostingRequest.model_validate(made_up(number, chance)["request"]))
        number += 1
        for kind in ("company", "responsibilities", "requirements", "benefits"):
            texts[represent(SECTIONS[kind], facts)] = None
    shuffled = list(texts)[:count]
    chance.shuffle(shuffled)
    return shuffled


async def concurrent(encoder: Encoder, texts: Sequence[str]) -> dict[str, Any]:
    """Texts a second: callers of one text each, one caller with batches, and with batches sorted by length."""
    rates: dict[str, list[float]] = {"callers": [], "batches": [], "sorted_batches": []}
    sizes: dict[str, object] = {}
    for _ in range(ROUNDS):
        rates["batches"].append(await asyncio.to_thread(in_batches, encoder, texts))
        rates["sorted_batches"].append(await asyncio.to_thread(in_batches, encoder, sorted(texts, key=len)))
        rate, sizes = await by_callers(encoder, texts)
        rates["callers"].append(rate)
    medians = {name: statistics.median(found) for name, found in rates.items()}
    ratios = [mine / theirs for mine, theirs in zip(rates["callers"], rates["batches"], strict=True)]
    return {
        "texts_per_s": {name: round(rate, 1) for name, rate in medians.items()},
        "callers_over_batches": round(statistics.median(ratios), 3),
        "callers_over_batches_rounds": [round(ratio, 3) for ratio in ratios],
        "callers_over_sorted_batches": round(medians["callers"] / medians["sorted_batches"], 3),
        "batch_size": sizes,
    }


def in_batches(encoder: Encoder, texts: Sequence[str]) -> float:
    """Texts a second of one caller."""
    started = perf_counter()
    for start in range(0, len(texts), BATCH):
        encoder.encode(texts[start : start + BATCH])
    return len(texts) / (perf_counter() - started)


async def by_callers(encoder: Encoder, texts: Sequence[str]) -> tuple[float, dict[str, object]]:
    """Texts a second of callers that each wait for one text after another, and the sizes of their batches."""
    front = BatchingEncoder(CachedEncoder(encoder, 0), batch_texts=BATCH)
    left = iter(texts)

    async def caller() -> None:
        for text in left:
            await front.encode([text])

    started = perf_counter()
    await asyncio.gather(*(caller() for _ in range(CALLERS)))
    elapsed = perf_counter() - started
    sizes = front.as_json()["batch_size"]
    await front.close()
    assert isinstance(sizes, dict)
    return len(texts) / elapsed, sizes


async def alone(encoder: Encoder, texts: Sequence[str]) -> dict[str, Any]:
    """Milliseconds of one text at a time: the model called directly, and through the front, in turns."""
    front = BatchingEncoder(CachedEncoder(encoder, 0))
    chance = random.Random(SEED)
    bare: list[float] = []
    through: list[float] = []
    for _ in range(ALONE):
        text = [chance.choice(texts)]
        for turn in chance.sample(("bare", "through"), 2):
            started = perf_counter()
            if turn == "bare":
                encoder.encode(text)
                bare.append((perf_counter() - started) * 1e3)
            else:
                await front.encode(text)
                through.append((perf_counter() - started) * 1e3)
    await front.close()
    added = [more - less for more, less in zip(through, bare, strict=True)]
    return {
        "bare_ms": quantiles(bare), "through_ms": quantiles(through),
        "added_ms": {"of_medians": round(statistics.median(through) - statistics.median(bare), 3),
                     "median_of_pairs": round(statistics.median(added), 3)},
    }  # fmt: skip
