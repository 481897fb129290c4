"""``python -m benchmarks.index [--largest N] [--real N] [--adding-s S]``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.index.data import DIMENSION, Clustered, copies, perturbed, real_texts
from benchmarks.index.graph import compare
from benchmarks.index.measure import QUERIES, size
from benchmarks.index.memory import resident_bytes
from benchmarks.index.plot import draw
from benchmarks.machine import RESULTS, save
from embeddings.load import load_encoder

SHARED = Path("../shared/data")
MODELS = Path("models")


def clustered(count: int, adding_s: float) -> dict[str, Any]:
    """``count`` seeded vectors."""
    data = Clustered(count)
    rows = np.concatenate(list(data.batches()))
    kinds = {"near a stored vector": perturbed(rows, QUERIES), "not near any": data.fresh(QUERIES)}
    figures, like = size(rows, kinds, adding_s=adding_s if count >= 10_000 else 0.0)
    del rows
    ours, bare = (resident_bytes(which, data, like) for which in ("ours", "bare"))
    figures["memory"] = {
        "ours_mb": round(ours / 1e6, 1),
        "bare_mb": round(bare / 1e6, 1),
        "ratio": round(ours / max(bare, 1), 3),
    }
    return figures


def real(count: int, adding_s: float) -> dict[str, Any] | None:
    """Section vectors of real postings and copies of them, ``count`` in all; a tenth of the texts only asks."""
    texts = real_texts(SHARED)
    if not texts:
        print(f"no real postings in {SHARED}: left out")
        return None
    encoder = load_encoder("bundled", MODELS, 1)
    vectors = np.concatenate([encoder.encode(texts[at : at + 64]) for at in range(0, len(texts), 64)])
    assert vectors.shape[1] == DIMENSION
    order = np.random.default_rng(6).permutation(len(vectors))
    asking, stored = vectors[order[: len(order) // 10]], vectors[order[len(order) // 10 :]]
    rows = copies(np.asarray(stored, dtype=np.float32), count)
    kinds = {
        "texts that are not stored": np.asarray(asking[:QUERIES], dtype=np.float32),
        "near a stored vector": copies(rows[-QUERIES:], 2 * QUERIES, seed=8)[QUERIES:],
    }
    figures, _ = size(rows, kinds, adding_s=adding_s)
    return {"texts": len(texts), **figures}


def main() -> None:
    """Measure every size, then real vectors; write figures and plot."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.index")
    arguments.add_argument("--largest", type=int, default=1_000_000)
    arguments.add_argument("--real", type=int, default=100_000, help="real section vectors, copies included; 0: none")
    arguments.add_argument("--adding-s", type=float, default=40.0)
    given = arguments.parse_args()
    sizes = [
        clustered(count, given.adding_s)
        for count in (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
        if count <= given.largest
    ]
    figures: dict[str, Any] = {"dimension": DIMENSION, "clustered": sizes}
    figures["inverted file or graph"] = compare(min(given.largest, 100_000))
    save("index", figures)
    draw(sizes, RESULTS / "index.png")
    if given.real and (found := real(given.real, given.adding_s)):
        save("index", figures | {"real": found})


if __name__ == "__main__":
    main()
