"""One tree of the service in a process of its own, without HTTP: answers lines of JSON with lines of JSON.

``{"fill": FILE}`` stores the entries of a file; ``{"request": ...}`` looks it up and then does the bare work for the
same texts; ``{"wave": [...]}`` does the bare work for many requests at once. Run as a file with the tree's folder on
``PYTHONPATH``, so that trees older than this benchmark can be asked.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from cache_service.api.ndjson import take_lines
from cache_service.app import open_parts
from cache_service.posting.needs import COMPOSED_KINDS, SectionNeed
from cache_service.posting.request import PostingRequest
from cache_service.settings import Settings
from embeddings.load import load_encoder

NEIGHBOURS = 10


class Bare:
    """The encoder and FAISS with the same vectors, exhaustive in 16 bits, and nothing else."""

    def __init__(self, settings: Settings) -> None:
        self._encoder = load_encoder(settings.embedder, settings.models_dir, settings.encoder_threads)
        self._indexes: dict[str, Any] = {}

    def add(self, partition: str, rows: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> None:
        """Take vectors of the store."""
        if partition not in self._indexes:
            self._indexes[partition] = faiss.IndexScalarQuantizer(
                self._encoder.dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
            )
        self._indexes[partition].add(np.ascontiguousarray(rows, dtype=np.float32))

    def run(self, needs: list[SectionNeed]) -> float:
        """Milliseconds to encode what is embedded of the needs, in one call, and to search for each."""
        started = time.perf_counter()
        vectors = self._encoder.encode([need.representation for need in needs])
        for vector, need in zip(vectors, needs, strict=True):
            if need.partition in self._indexes:
                self._indexes[need.partition].search(vector.reshape(1, -1), NEIGHBOURS)
        return (time.perf_counter() - started) * 1e3


async def serve(data_dir: Path) -> None:
    """Answer until the input ends."""
    settings = Settings(data_dir=data_dir)
    bare = Bare(settings)
    async with open_parts(settings) as parts:
        async for batch in parts.store.vectors():
            bare.add(batch.partition, batch.rows)
        for line in sys.stdin:
            asked = json.loads(line)
            if "fill" in asked:
                lines = await asyncio.to_thread(Path(asked["fill"]).read_bytes)
                answer: dict[str, Any] = (await take_lines(_lines(lines), parts.service)).model_dump()
            elif "wave" in asked:
                needs = [need for body in asked["wave"] for need in _embedded(body, parts)]
                answer = {"texts": len(needs), "bare_ms": bare.run(needs)}
            else:
                answer = await _look_up(asked["request"], parts, bare)
            print(json.dumps(answer, ensure_ascii=False), flush=True)


async def _lines(body: bytes) -> AsyncIterator[bytes]:
    for line in body.splitlines(keepends=True):
        yield line


def _embedded(body: dict[str, Any], parts: Any) -> list[SectionNeed]:
    """The sections of a request that are looked for by meaning where no key finds them."""
    needs = parts.service.brief(PostingRequest.model_validate(body)).needs
    return [need for need in needs if need.kind not in COMPOSED_KINDS]


async def _look_up(body: dict[str, Any], parts: Any, bare: Bare) -> dict[str, Any]:
    request = PostingRequest.model_validate(body)
    started = time.perf_counter()
    answer = await parts.service.lookup(request)
    lookup_ms = (time.perf_counter() - started) * 1e3
    sections = answer["posting"]["sections"]
    by_key = {one["kind"] for one in sections if one["source"]["tier"] == "exact"}
    needs = [need for need in _embedded(body, parts) if need.kind not in by_key]
    bare_ms = bare.run(needs) if needs else 0.0
    return {"lookup_ms": lookup_ms, "bare_ms": bare_ms, "texts": len(needs), "answer": answer}


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
