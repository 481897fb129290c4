"""Vectors to measure with."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.vector_index import Vectors

DIMENSION = 384
BATCH = 10_000
SPREAD = 0.7  # length of the noise around a centre of length one
PERTURBATION = 0.4  # of a query around a stored vector: cosine 0.93
SECTIONS = ("responsibilities", "requirements", "preferred", "benefits", "about", "title")
REAL = ("postings_ko.jsonl.gz", "postings_en.jsonl.gz")


def unit(rows: Vectors) -> Vectors:
    """``rows`` (n, d) at length one."""
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Clustered:
    """``count`` vectors around ``count`` / 250 centres; every batch can be made again from the seed."""

    count: int
    seed: int = 20261123

    def _centres(self) -> Vectors:
        chance = np.random.default_rng(self.seed)
        return unit(chance.standard_normal((max(4, self.count // 250), DIMENSION), dtype=np.float32))

    def _around(self, centres: Vectors, chance: np.random.Generator, count: int) -> Vectors:
        noise = chance.standard_normal((count, DIMENSION), dtype=np.float32) * np.float32(SPREAD / DIMENSION**0.5)
        return unit(centres[chance.integers(0, len(centres), count)] + noise)

    def batches(self) -> Iterator[Vectors]:
        """All of them, in batches."""
        centres = self._centres()
        for start in range(0, self.count, BATCH):
            chance = np.random.default_rng((self.seed, start + 1))
            yield self._around(centres, chance, min(BATCH, self.count - start))

    def fresh(self, count: int) -> Vectors:
        """Vectors of the same clusters that are not stored: their nearest few are almost equally near."""
        return self._around(self._centres(), np.random.default_rng((self.seed, 0)), count)


def perturbed(rows: Vectors, count: int, seed: int = 5) -> Vectors:
    """``count`` queries, each near one of ``rows``: a request that is almost one seen before."""
    chance = np.random.default_rng(seed)
    noise = chance.standard_normal((count, DIMENSION), dtype=np.float32) * np.float32(PERTURBATION / DIMENSION**0.5)
    return unit(rows[chance.integers(0, len(rows), count)] + noise)


def real_texts(folder: Path, longest: int = 200) -> list[str]:
    """Different section texts of real postings, the beginning of each; none where the data is not there."""
    texts: dict[str, None] = {}
    for name in REAL:
        path = folder / name
        if not path.exists():
            return []
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                posting = json.loads(line)
                for section in SECTIONS:
                    said = posting.get(section)
                    text = " ".join(said) if isinstance(said, list) else said or ""
                    texts[text.strip()[:longest]] = None
    return [text for text in texts if len(text) > 10]


def copies(rows: Vectors, count: int, seed: int = 3) -> Vectors:
    """``rows`` and perturbed copies of them, ``count`` in all.

    The noise has the standard deviation of each component over ``rows`` times 0.35: a copy is about as far from its
    source as a text is from its rewording.
    """
    chance = np.random.default_rng(seed)
    made = [rows]
    while sum(map(len, made)) < count:
        noise = chance.standard_normal(rows.shape, dtype=np.float32) * rows.std(axis=0) * np.float32(0.35)
        made.append(unit(rows + noise))
    return np.concatenate(made)[:count]
