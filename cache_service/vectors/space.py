"""A space: an encoder and all that is comparable in its vectors. Vectors of two spaces never meet."""

from __future__ import annotations

from dataclasses import dataclass

from cache_service.cache.policies.online import OnlinePolicy
from cache_service.vectors.mirror import Mirror
from embeddings.batching import BatchingEncoder
from index.vector_index import VectorIndex


@dataclass(frozen=True, slots=True)
class Space:
    """``spec``: the setting that names the encoder. ``index`` holds the store's vectors of it, kept so by ``mirror``;
    ``policy`` was fitted to its similarities."""

    spec: str
    encoder: BatchingEncoder
    index: VectorIndex
    mirror: Mirror
    policy: OnlinePolicy
