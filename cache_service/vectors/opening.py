"""Which vector index the settings name."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Final

from cache_service.errors import SetupError
from cache_service.settings import Settings
from index.durable import DurableIndex
from index.errors import IndexFault, Locked, Unwritable
from index.redis_vectors import RedisIndex
from index.vector_index import VectorIndex

FOLDER: Final = "index"


def folder_of(settings: Settings) -> Path:
    """Where the FAISS index keeps its files."""
    return settings.data_dir / FOLDER


def open_index(settings: Settings, stack: ExitStack, dimension: int, fingerprint: str, *, store: str) -> VectorIndex:
    """The index, closed with ``stack``. SetupError says what is in the way.

    ``store``: the identity of the store that it follows. Stores that share a Redis server keep apart by it.
    """
    try:
        if settings.index == "redis":
            redis = RedisIndex.connect(
                settings.redis_url, dimension, fingerprint, timeout_s=settings.redis_timeout_s, prefix=f"gonggo:{store}"
            )
            stack.callback(redis.close)
            return redis
        opened = DurableIndex.open(folder_of(settings), dimension, fingerprint)
        stack.callback(opened.close)
    except (Locked, Unwritable) as fault:
        raise SetupError(f"The vector index cannot be opened: {fault}.") from fault
    except IndexFault as fault:
        raise SetupError(f"The vector index at {settings.redis_url} cannot be used: {fault}.") from fault
    return opened
