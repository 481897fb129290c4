"""What ``/v1/stats`` and ``gonggo index stats`` say of the vector index."""

from __future__ import annotations

from typing import Any

from cache_service.vectors.mirror import Mirror
from index.durable import DurableIndex
from index.errors import IndexFault
from index.vector_index import VectorIndex


def described(kind: str, index: VectorIndex, mirror: Mirror) -> dict[str, Any]:
    """Kind, size and condition; ``vectors`` is null while a vector server does not answer. Blocking."""
    try:
        vectors: int | None = len(index)
    except IndexFault:
        vectors = None
    common = {"kind": kind, "vectors": vectors, "behind": mirror.behind}
    if not isinstance(index, DurableIndex):
        return common
    now = index.stats()
    return common | {
        "rebuild_reason": now.rebuild_reason,
        "filled": mirror.filled if now.rebuild_reason else None,
        "journal_bytes": now.journal_bytes,
        "snapshot_bytes": now.snapshot_bytes,
        "set_aside": list(now.set_aside),
        "partitions": len(now.partitions),
        "pending": sum(one.pending for one in now.partitions.values()),
        "merges": sum(one.merges for one in now.partitions.values()),
        "large": sum(one.kind == "ivf" for one in now.partitions.values()),
    }
