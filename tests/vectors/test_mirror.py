"""The vector index follows the store, whatever happens to its files on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from cache_service.app import create_app
from cache_service.cli import cli
from cache_service.errors import SetupError
from cache_service.settings import read_settings
from cache_service.store.sqlite import SqliteStore
from cache_service.vectors.mirror import Drift, Mirror
from cache_service.vectors.opening import open_index
from index.durable import DurableIndex
from index.errors import Unwritable
from tests.index.redis_servers import redis_server
from tests.store.samples import PARTITION, entry, unit
from tests.upstreams import running_server

DIMENSION = 8
DUTY = "지게차로 자재를 옮기고 창고 재고를 조사합니다."


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Any]:
    """Opens the store and an index in its own folder; what was opened before is closed first."""
    with ExitStack() as stack:

        def open_both(fingerprint: str = "test") -> tuple[SqliteStore, DurableIndex, Mirror]:
            stack.pop_all().close()
            store = SqliteStore.open(tmp_path / "data", lambda: 1000.0)
            stack.callback(store.close)
            index = stack.enter_context(DurableIndex.open(tmp_path / "index", DIMENSION, fingerprint))
            return store, index, Mirror(store, index, "e")

        yield open_both


def _numbers(index: DurableIndex, upto: int) -> list[int]:
    """Which of the first sample vectors are found as their own nearest."""
    found = (index.search(PARTITION, unit(number), 1) for number in range(upto))
    return [number for number, best in enumerate(found) if best and best[0].similarity > 0.99]


async def test_what_is_stored_is_found_and_what_is_deleted_is_not(opened: Any) -> None:
    """A change of the store is in the index when its caller has the answer, and still after a restart."""
    store, index, mirror = opened()
    await mirror.start()
    await store.put_entries([entry(number) for number in range(6)])
    await store.delete_entries("t", "ent_2", dry_run=False)
    assert _numbers(index, 6) == [0, 1, 3, 4, 5]
    store, index, mirror = opened()
    await mirror.start()
    assert mirror.found == Drift(0, 0)
    assert _numbers(index, 6) == [0, 1, 3, 4, 5]


async def test_what_the_index_missed_is_put_right_at_the_next_start(opened: Any) -> None:
    """A process that dies between the store's commit and the index leaves the two apart for one start only."""
    store, index, mirror = opened()
    await mirror.start()
    await store.put_entries([entry(number) for number in range(5)])
    mirror.close()
    await store.put_entries([entry(7)])
    await store.delete_entries("t", "ent_1", dry_run=False)
    assert await mirror.drift() == Drift(missing=1, extra=1)
    store, index, mirror = opened()
    await mirror.start()
    assert mirror.found == Drift(missing=1, extra=1)
    assert await mirror.drift() == Drift(0, 0)
    assert _numbers(index, 8) == [0, 2, 3, 4, 7]


@pytest.mark.parametrize("harm", ["lost", "changed", "another encoder"])
async def test_files_that_cannot_be_used_are_filled_from_the_store(opened: Any, tmp_path: Path, harm: str) -> None:
    """Lost files, flipped bytes and another encoder's vectors lead to a full index, and nothing else is searched."""
    store, index, mirror = opened()
    await mirror.start()
    await store.put_entries([entry(number) for number in range(5)])
    index.checkpoint()
    index.close()
    if harm == "lost":
        for path in (tmp_path / "index").glob("snapshot-*/*"):
            path.unlink()
    elif harm == "changed":
        path = max((tmp_path / "index").glob("snapshot-*/*"), key=lambda one: one.stat().st_size)
        path.write_bytes(path.read_bytes()[:-40] + bytes(40))
    store, index, mirror = opened("other" if harm == "another encoder" else "test")
    assert len(index) == 0
    assert index.rebuild_reason
    await mirror.start()
    assert index.rebuild_reason is None
    assert _numbers(index, 5) == [0, 1, 2, 3, 4]


async def test_a_full_disk_of_the_index_costs_the_store_nothing(opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry is acknowledged and kept; the index says that it is behind and catches up once there is room."""
    store, index, mirror = opened()
    await mirror.start()
    with monkeypatch.context() as full:

        def refuse(*_given: object, **_named: object) -> None:
            raise Unwritable("no space left on the device")

        full.setattr(index, "add", refuse)
        assert [new for _, new in await store.put_entries([entry(3)])] == [True]
        assert mirror.behind
    assert _numbers(index, 5) == []
    assert await mirror.reconcile() == Drift(missing=1, extra=0)
    assert not mirror.behind
    assert _numbers(index, 5) == [3]


async def test_a_rebuild_leaves_what_the_store_has(opened: Any) -> None:
    """However the index stood."""
    store, index, mirror = opened()
    await mirror.start()
    await store.put_entries([entry(number) for number in range(4)])
    index.add(PARTITION, [999], unit(99).reshape(1, -1))
    assert await mirror.rebuild() == 4
    assert await mirror.drift() == Drift(0, 0)


@contextmanager
def _service(tmp_path: Path, **settings: object) -> Iterator[httpx.Client]:
    values = {"data_dir": tmp_path / "data", "embedder": "hashing", "drain_s": 1.0} | settings
    with (
        running_server(create_app(read_settings(**values))) as url,
        httpx.Client(base_url=url, timeout=30, trust_env=False) as client,
    ):
        yield client


def _request(duty: str = DUTY, title: str = "지게차 운전원") -> dict[str, Any]:
    return {
        "company": {"name": "다온물류", "industry": "물류"},
        "requirements": {"title": title, "responsibilities": [duty]},
    }


def _nearest(client: httpx.Client) -> str | None:
    """The entry that a search by meaning comes to for duties and a title that nobody stored in these words."""
    asked = _request("지게차로 자재 옮기기, 창고 재고 조사 3회", "물류센터 지게차 기사")
    answer = client.post("/v1/cache/lookup", json=asked).json()
    served = [one["source"]["entry_id"] for one in answer["posting"]["sections"] if one["kind"] == "responsibilities"]
    near = [
        one["nearest"]["entry_id"] for one in answer["missing"] if one["kind"] == "responsibilities" and one["nearest"]
    ]
    return next(iter(served + near), None)


def _store(client: httpx.Client) -> str:
    posting = {"sections": [{"kind": "responsibilities", "text": f"- {DUTY}"}]}
    stored = client.post("/v1/cache/entries", json={"request": _request(), "posting": posting})
    assert stored.status_code == 201
    return str(stored.json()["id"])


def _command(tmp_path: Path, url: httpx.URL | None, word: str) -> tuple[int, dict[str, Any]]:
    env = {"GONGGO_DATA_DIR": str(tmp_path / "data"), "GONGGO_EMBEDDER": "hashing", "GONGGO_PORT": "1"}
    if url is not None:
        env |= {"GONGGO_PORT": str(url.port)}
    done = CliRunner().invoke(cli, ["index", word, "--json"], env=env, catch_exceptions=False)
    return done.exit_code, json.loads(done.stdout)


def test_the_command_works_on_the_data_directory_and_through_a_service(tmp_path: Path) -> None:
    """Damage is told with status 1; a rebuild mends it; a running service is asked instead."""
    with _service(tmp_path) as client:
        stored = _store(client)
        assert _nearest(client) == stored
        assert _command(tmp_path, client.base_url, "verify") == (0, {"sound": True, "missing": 0, "extra": 0})
        status, stats = _command(tmp_path, client.base_url, "stats")
        assert (status, stats["kind"], stats["behind"]) == (0, "faiss", False)
        assert stats["vectors"] >= 1
        assert _command(tmp_path, client.base_url, "rebuild") == (0, {"vectors": stats["vectors"]})
        assert _nearest(client) == stored
    assert _command(tmp_path, None, "verify")[0] == 0
    for path in (tmp_path / "data" / "index").glob("*/journal-*"):
        path.write_bytes(b"\x00" * 64)
    status, found = _command(tmp_path, None, "verify")
    assert (status, found["sound"]) == (1, False)
    assert "journal" in found["problem"]
    assert _command(tmp_path, None, "rebuild") == (0, {"vectors": stats["vectors"]})
    assert _command(tmp_path, None, "verify")[0] == 0
    with _service(tmp_path) as client:
        assert _nearest(client) == stored


def test_a_second_service_on_the_same_data_is_refused(tmp_path: Path) -> None:
    """Two writers of one index would tear it; the second one says who owns it."""
    settings = read_settings(data_dir=tmp_path)
    with ExitStack() as stack:
        open_index(settings, stack, DIMENSION, "test", store="s")
        with pytest.raises(SetupError, match="in use by process"):
            open_index(settings, stack, DIMENSION, "test", store="s")


def test_a_vector_server_that_is_not_there_is_said_at_the_start(tmp_path: Path) -> None:
    """A service that was told to use Redis does not start without it."""
    settings = read_settings(data_dir=tmp_path, index="redis", redis_url="redis://127.0.0.1:1/0")
    with ExitStack() as stack, pytest.raises(SetupError, match="does not answer"):
        open_index(settings, stack, DIMENSION, "test", store="s")


def test_vector_sets_of_redis_answer_and_may_go_away(tmp_path: Path) -> None:
    """The same search on a Redis 8 server; while it is away, what facts lead to is still served, and stored."""
    with ExitStack() as stack:
        server = stack.enter_context(ExitStack())
        port = server.enter_context(redis_server(tmp_path / "redis"))
        url = f"redis://127.0.0.1:{port}/0"
        client = stack.enter_context(_service(tmp_path, index="redis", redis_url=url))
        stored = _store(client)
        assert _nearest(client) == stored
        assert client.get("/readyz").json()["vectors"] >= 1
        server.close()
        assert _nearest(client) is None
        same = client.post("/v1/cache/lookup", json=_request()).json()["posting"]["sections"]
        assert [one["source"]["tier"] for one in same if one["kind"] == "responsibilities"] == ["exact"]
        assert client.get("/readyz").json() == {"status": "ready", "vectors": None}
        other = {"request": _request("부두에서 컨테이너를 점검합니다."), "posting": {"title": "모집", "sections": [
            {"kind": "responsibilities", "text": "- 부두에서 컨테이너를 점검합니다."}]}}  # fmt: skip
        assert client.post("/v1/cache/entries", json=other).status_code == 201
        assert client.get("/v1/stats").json()["index"] == {
            "kind": "redis",
            "vectors": None,
            "behind": True,
            "switching": None,
        }


def test_two_stores_share_a_redis_server(tmp_path: Path) -> None:
    """Neither finds, nor takes away, what the other one keeps there."""
    with ExitStack() as stack:
        url = f"redis://127.0.0.1:{stack.enter_context(redis_server(tmp_path / 'redis'))}/0"
        one, other = (
            stack.enter_context(_service(tmp_path / name, index="redis", redis_url=url)) for name in ("one", "other")
        )
        stored = _store(one)
        assert _nearest(one) == stored
        assert _nearest(other) is None
        assert _store(other) != stored
        assert _nearest(one) == stored
