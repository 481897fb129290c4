"""Redis 8 vector sets: beyond the memory of one machine, shared by many.

Each partition is a vector set (an HNSW graph in the server) under a key whose hash tag is the partition's hash, so
that a Cluster spreads partitions over its nodes. The encoder's fingerprint and the dimension are part of every key:
vectors of two encoders never meet. VSIM answers (1 + cosine) / 2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, Literal

import numpy as np
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from index.errors import Refused, Unreachable
from index.kernels import Ids, checked
from index.vector_index import Neighbour, Vectors

FORMAT = 1
_AT_ONCE = 256  # commands a round trip
Quantization = Literal["q8", "noquant", "bin"]


class RedisIndex:
    """``VectorIndex`` over vector sets. Every call raises ``Unreachable`` or ``Refused`` when the server fails.

    Calls of many ids are sent in steps; one that fails may have been applied in part and can be repeated.
    """

    def __init__(
        self,
        client: Any,
        dimension: int,
        fingerprint: str,
        *,
        prefix: str = "gonggo",
        quantization: Quantization = "q8",
        candidates: int = 200,
    ) -> None:
        """``client`` is a redis-py client; ``candidates`` is how many the graph weighs for a search (EF)."""
        self._client = client
        self._dimension = dimension
        self._quantization = quantization.upper()
        self._candidates = candidates
        self._space = _digest(f"{FORMAT}/{dimension}/{quantization}/{fingerprint}")
        self._spaces = f"{prefix}:vectors"
        self._root = f"{self._spaces}:{self._space}"
        self._seen: set[str] = set()

    @classmethod
    def connect(
        cls,
        url: str,
        dimension: int,
        fingerprint: str,
        *,
        timeout_s: float = 1.0,
        cluster: bool = False,
        prefix: str = "gonggo",
        quantization: Quantization = "q8",
    ) -> RedisIndex:
        """An index on the server (or with ``cluster`` the Cluster) at ``url``, waiting at most ``timeout_s`` a reply.

        Raises ``Unreachable`` if nobody answers, ``Refused`` if the server has no vector sets.
        """
        options: dict[str, Any] = {
            "socket_timeout": timeout_s,
            "socket_connect_timeout": timeout_s,
            "protocol": 2,
            "retry": Retry(NoBackoff(), 1),
        }
        with _translated():
            client: Any = (redis.RedisCluster if cluster else redis.Redis).from_url(url, **options)
        index = cls(client, dimension, fingerprint, prefix=prefix, quantization=quantization)
        try:
            index.search("", np.zeros(dimension, dtype=np.float32), 1)
            index.enlist()
        except BaseException:
            index.close()
            raise
        return index

    def add(self, partition: str, ids: Sequence[int], vectors: Vectors) -> None:
        """See ``VectorIndex.add``."""
        own_ids, rows = checked(ids, vectors, self._dimension)
        if not len(own_ids):
            return
        key = self._key(partition)
        with _translated():
            if partition not in self._seen:  # first: a partition that is listed and empty does no harm
                self._client.sadd(f"{self._root}:partitions", partition)
                self._seen.add(partition)
        self._send(
            ("VADD", key, "FP32", row.astype("<f4", copy=False).tobytes(), str(id_), self._quantization)
            for id_, row in zip(own_ids.tolist(), rows, strict=True)
        )

    def remove(self, partition: str, ids: Sequence[int]) -> int:
        """See ``VectorIndex.remove``."""
        key = self._key(partition)
        return sum(map(int, self._send(("VREM", key, str(id_)) for id_ in dict.fromkeys(ids))))

    def search(self, partition: str, query: Vectors, k: int) -> list[Neighbour]:
        """See ``VectorIndex.search``; approximate, as the server's graph is."""
        if query.shape != (self._dimension,):
            raise ValueError(f"the query is {query.shape}, expected {(self._dimension,)}")
        if k < 1:
            return []
        blob = np.ascontiguousarray(query, dtype="<f4").tobytes()
        with _translated():
            flat = self._client.execute_command(
                "VSIM", self._key(partition), "FP32", blob, "WITHSCORES", "COUNT", k, "EF", max(k, self._candidates)
            )
        found = [
            Neighbour(int(id_), max(-1.0, min(1.0, 2 * float(score) - 1)))
            for id_, score in zip(flat[::2], flat[1::2], strict=True)
        ]
        return sorted(found, key=lambda one: (-one.similarity, one.id))

    def held(self) -> dict[str, Ids]:
        """See ``VectorIndex.held``."""
        found: dict[str, Ids] = {}
        for name in self._partitions():
            (count,) = self._send([("VCARD", self._key(name))])
            members = self._send([("VRANDMEMBER", self._key(name), int(count))])[0] if count else []
            found[name] = np.fromiter(map(int, members or ()), dtype=np.int64)
        return found

    def __len__(self) -> int:
        """How many vectors are held, in all partitions."""
        return sum(map(int, self._send(("VCARD", self._key(name)) for name in self._partitions())))

    def clear(self) -> None:
        """Remove every vector of this encoder."""
        with _translated():
            self._clear(self._root)
            self._seen.clear()

    def enlist(self) -> None:
        """Be known to ``clear_others`` of the indexes under the same prefix."""
        with _translated():
            self._client.sadd(self._spaces, self._space)

    def clear_others(self) -> None:
        """Remove every vector of other encoders under the same prefix."""
        with _translated():
            for name in _texts(self._client.smembers(self._spaces)):
                if name != self._space:
                    self._clear(f"{self._spaces}:{name}")
                    self._client.srem(self._spaces, name)

    def _clear(self, root: str) -> None:
        for name in _texts(self._client.smembers(f"{root}:partitions")):
            self._client.delete(_key(root, name))
        self._client.delete(f"{root}:partitions")

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _partitions(self) -> list[str]:
        with _translated():
            return _texts(self._client.smembers(f"{self._root}:partitions"))

    def _key(self, partition: str) -> str:
        return _key(self._root, partition)

    def _send(self, commands: Iterable[tuple[Any, ...]]) -> list[Any]:
        """The replies to ``commands``, a few hundred a round trip."""
        replies: list[Any] = []
        with _translated():
            pending = iter(commands)
            while step := list(islice(pending, _AT_ONCE)):
                pipeline = self._client.pipeline(transaction=False)
                for command in step:
                    pipeline.execute_command(*command)
                replies.extend(pipeline.execute())
        return replies


def _key(root: str, partition: str) -> str:
    return f"{root}:{{{_digest(partition)}}}"


def _texts(members: Iterable[bytes | str]) -> list[str]:
    return [one.decode() if isinstance(one, bytes) else one for one in members]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (redis.ConnectionError, redis.TimeoutError) as error:
        raise Unreachable(f"the vector server does not answer: {error}") from error
    except redis.ResponseError as error:
        hint = "; vector sets need Redis 8 or newer" if "unknown command" in str(error) else ""
        raise Refused(f"the vector server refuses: {error}{hint}") from error
    except redis.RedisError as error:
        raise Unreachable(f"the vector server cannot be used: {error}") from error
