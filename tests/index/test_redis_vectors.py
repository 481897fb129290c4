"""What only the index in Redis can get wrong."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from index.errors import Refused, Unreachable
from index.redis_vectors import RedisIndex
from tests.index.conftest import DIMENSION, unit_rows
from tests.index.redis_servers import redis_cluster

ROWS = unit_rows(300)


@pytest.fixture
def index(redis_url: str) -> Iterator[RedisIndex]:
    made = RedisIndex.connect(redis_url, DIMENSION, "e5", timeout_s=10, prefix="own")
    yield made
    made.clear()
    made.close()


def test_encoders_never_meet(index: RedisIndex, redis_url: str) -> None:
    """Another fingerprint or dimension is another space; clearing one leaves the other."""
    index.add("a", [1], ROWS[:1])
    for fingerprint, dimension in (("bge", DIMENSION), ("e5", 8)):
        other = RedisIndex.connect(redis_url, dimension, fingerprint, timeout_s=10, prefix="own")
        assert other.search("a", unit_rows(1, dimension=dimension)[0], 5) == []
        other.add("a", [1], unit_rows(1, dimension=dimension))
        other.clear()
        other.close()
    assert len(index) == 1


def test_a_cluster_spreads_the_partitions(tmp_path: Path) -> None:
    """Each partition is whole on one node of a Cluster, and all nodes have some."""
    names = [f"tenant/ko/{number}" for number in range(20)]
    with redis_cluster(tmp_path, 3) as ports:
        index = RedisIndex.connect(
            f"redis://127.0.0.1:{ports[0]}/0", DIMENSION, "e5", timeout_s=10, prefix="own", cluster=True
        )
        for number, name in enumerate(names):
            index.add(name, [number, 100 + number], ROWS[number : number + 2])
        assert [index.search(name, ROWS[at], 1)[0].id for at, name in enumerate(names)] == list(range(20))
        assert index.remove(names[3], [3, 4]) == 1
        assert len(index) == 39
        held = []
        for port in ports:
            with redis.Redis(port=port) as client:
                held.append({key.decode() for key in client.keys("own:*") if b"{" in key})
        assert set.union(*held) == {index._key(name) for name in names}
        assert all(held)
        index.clear()
        assert len(index) == 0
        index.close()


def test_many_in_one_call(index: RedisIndex) -> None:
    """Calls larger than one round trip."""
    index.add("a", range(300), ROWS)
    assert len(index) == 300
    assert [index.search("a", row, 1)[0].id for row in ROWS] == list(range(300))
    assert index.remove("a", list(range(400))) == 300


def test_nobody_there() -> None:
    """A server that is not there is named as the reason, at once."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"redis://127.0.0.1:{taken.getsockname()[1]}/0"
    with pytest.raises(Unreachable, match="does not answer"):
        RedisIndex.connect(url, DIMENSION, "e5")


def test_a_silent_server_costs_the_timeout() -> None:
    """A server that takes the connection and says nothing is given up."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(16)
        start = time.monotonic()
        with pytest.raises(Unreachable):
            RedisIndex.connect(f"redis://127.0.0.1:{silent.getsockname()[1]}/0", DIMENSION, "e5", timeout_s=0.2)
        assert time.monotonic() - start < 5


def test_the_servers_refusal_is_passed_on(index: RedisIndex, redis_url: str) -> None:
    """An error reply is an error with its words, for every call."""
    with redis.Redis.from_url(redis_url) as client:
        client.set(index._key("taken"), "no vector set")
    for call in (
        lambda: index.add("taken", [1], ROWS[:1]),
        lambda: index.remove("taken", [1]),
        lambda: index.search("taken", ROWS[0], 1),
    ):
        with pytest.raises(Refused, match="WRONGTYPE"):
            call()
    with redis.Redis.from_url(redis_url) as client:
        client.delete(index._key("taken"))
