"""Which vector index the settings name."""

from __future__ import annotations

import shutil
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Final

from cache_service.errors import SetupError
from cache_service.settings import Settings
from index.durable import DurableIndex
from index.errors import IndexFault, Locked, Unwritable
from index.redis_vectors import RedisIndex
from index.vector_index import VectorIndex

FOLDER: Final = "index"


def folder_of(settings: Settings, fingerprint: str) -> Path:
    """Where the FAISS index of an embedding keeps its files."""
    return settings.data_dir / FOLDER / fingerprint


def remove_others(settings: Settings, index: VectorIndex, fingerprint: str) -> None:
    """Remove what other embeddings than that of ``index`` left on the disk and on the vector server. IndexFault."""
    if isinstance(index, RedisIndex):
        index.clear_others()
    folder = settings.data_dir / FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name != fingerprint:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def open_index(
    settings: Settings, stack: ExitStack | AsyncExitStack, dimension: int, fingerprint: str, *, store: str
) -> VectorIndex:
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
        opened = DurableIndex.open(folder_of(settings, fingerprint), dimension, fingerprint)
        stack.callback(opened.close)
    except (Locked, Unwritable) as fault:
        raise SetupError(f"The vector index cannot be opened: {fault}.") from fault
    except IndexFault as fault:
        raise SetupError(f"The vector index at {settings.redis_url} cannot be used: {fault}.") from fault
    return opened
