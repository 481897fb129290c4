"""Indexes of every kind behind one fixture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from index.durable import DurableIndex
from index.exact import ExactIndex
from index.faiss_index import FaissIndex
from index.partition import Tuning
from index.redis_vectors import RedisIndex
from index.vector_index import VectorIndex, Vectors
from tests.index.redis_servers import redis_server

DIMENSION = 16
# Merges all the time, and has an inverted file from forty vectors on; as it reads every list, it misses nothing.
BUSY = Tuning(merge_at=5, flat_below=40, retrain_growth=1.5, most_pending=24, nprobe=1_000_000)
KINDS = ("exact", "faiss", "faiss-busy", "durable", "redis")
Make = Callable[[], VectorIndex]


def unit_rows(count: int, seed: int = 7, dimension: int = DIMENSION) -> Vectors:
    """Seeded unit vectors (count, dimension)."""
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis 8 server of our own."""
    with redis_server(tmp_path_factory.mktemp("redis")) as port:
        yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture(params=KINDS)
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """Makes an empty index of one kind at each call."""
    numbers = count()
    with ExitStack() as stack:

        def made() -> VectorIndex:
            number = next(numbers)
            match request.param:
                case "exact":
                    return ExactIndex(DIMENSION)
                case "faiss":
                    return stack.enter_context(FaissIndex(DIMENSION))
                case "faiss-busy":
                    return stack.enter_context(FaissIndex(DIMENSION, BUSY))
                case "durable":
                    opened = DurableIndex.open(
                        tmp_path / f"index-{number}", DIMENSION, "test", tuning=BUSY, checkpoint_bytes=4000
                    )
                    return stack.enter_context(opened)
                case _:
                    url = request.getfixturevalue("redis_url")
                    index = RedisIndex.connect(url, DIMENSION, "test", timeout_s=10, prefix=f"{tmp_path}/{number}")
                    stack.callback(index.close)
                    stack.callback(index.clear)
                    return index

        yield made
