"""Another embedding model: entries are embedded anew while the old vectors go on serving, and nothing is lost.

Two real spaces of different dimension: the hashing encoder and an embedding server over HTTP.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from cache_service.app import create_app
from cache_service.settings import read_settings
from tests.embeddings.embedding_server import EmbeddingServer, running_embedding_server
from tests.test_command import environment, free_port, serving
from tests.upstreams import running_server

DUTIES = (
    "지게차로 자재를 옮기고 창고 재고를 조사합니다.", "환자에게 약을 전하고 상태를 기록합니다.",
    "전표를 처리하고 결산 자료를 만듭니다.", "반죽을 성형하고 오븐을 관리합니다.",
)  # fmt: skip


@contextmanager
def _service(tmp_path: Path, embedder: str) -> Iterator[httpx.Client]:
    settings = read_settings(data_dir=tmp_path / "data", embedder=embedder, drain_s=1.0)
    with (
        running_server(create_app(settings)) as url,
        httpx.Client(base_url=url, timeout=30, trust_env=False) as client,
    ):
        yield client


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    """The embedder to change to."""
    with running_embedding_server() as running:
        yield running


def _request(duty: str) -> dict[str, Any]:
    return {"company": {"name": "다온상사"}, "requirements": {"title": "사원", "responsibilities": [duty]}}


def _store(client: httpx.Client, duty: str) -> str:
    posting = {"sections": [{"kind": "responsibilities", "text": f"- {duty}"}]}
    stored = client.post("/v1/cache/entries", json={"request": _request(duty), "posting": posting})
    assert stored.status_code == 201
    return str(stored.json()["id"])


def _nearest(client: httpx.Client, duty: str) -> str | None:
    """The entry that a search by meaning comes to for a duty that nobody stored in these words."""
    answer = client.post("/v1/cache/lookup", json=_request(f"{duty} 하루 3회")).json()
    served = [one["source"]["entry_id"] for one in answer["posting"]["sections"] if one["kind"] == "responsibilities"]
    near = [
        one["nearest"]["entry_id"] for one in answer["missing"] if one["kind"] == "responsibilities" and one["nearest"]
    ]
    return next(iter(served + near), None)


def _tier(client: httpx.Client, duty: str) -> str:
    """Where the duties come from that were stored in just these words."""
    sections = client.post("/v1/cache/lookup", json=_request(duty)).json()["posting"]["sections"]
    return next(str(one["source"]["tier"]) for one in sections if one["kind"] == "responsibilities")


def _switching(client: httpx.Client) -> dict[str, Any] | None:
    found: dict[str, Any] | None = client.get("/v1/stats").json()["index"]["switching"]
    return found


def _until(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)


def _sizes(tmp_path: Path) -> set[int]:
    """The dimensions of the vectors in the store."""
    with sqlite3.connect(tmp_path / "data" / "gonggo.sqlite3") as connection:
        return {size // 4 for (size,) in connection.execute("SELECT DISTINCT length(data) FROM vectors")}


def test_the_old_model_answers_until_the_new_one_can(tmp_path: Path, server: EmbeddingServer) -> None:
    """Searches go on, what is stored and deleted meanwhile counts, and then all is found in the new space alone."""
    with _service(tmp_path, "hashing") as client:
        kept, deleted = (_store(client, duty) for duty in DUTIES[:2])
        before = client.get("/v1/stats").json()
    server.hang, server.hang_after = threading.Event(), 1
    with _service(tmp_path, f"openai:{server.url}#new") as client:
        assert client.get("/v1/stats").json()["embedder"] == before["embedder"]
        _until(lambda: (_switching(client) or {}).get("total") == 2)
        assert _nearest(client, DUTIES[0]) == kept
        assert _tier(client, DUTIES[0]) == "exact"
        added = _store(client, DUTIES[2])
        assert client.delete(f"/v1/cache/entries/{deleted}").status_code == 200
        assert _nearest(client, DUTIES[2]) == added
        server.hang.set()
        _until(lambda: _switching(client) is None)
        stats = client.get("/v1/stats").json()
        assert stats["embedder"] != before["embedder"]
        assert stats["index"]["vectors"] == stats["store"]["vectors"] == 2
        assert _nearest(client, DUTIES[0]) == kept
        assert _nearest(client, DUTIES[2]) == added
        assert _nearest(client, DUTIES[1]) not in {None, deleted}
        assert _tier(client, DUTIES[0]) == "exact"
        assert client.post("/v1/index/verify").json()["sound"]
    assert _sizes(tmp_path) == {server.dimension}
    with _service(tmp_path, f"openai:{server.url}#new") as client:
        assert _switching(client) is None
        assert _nearest(client, DUTIES[0]) == kept


def test_a_kill_in_between_costs_nothing(tmp_path: Path, server: EmbeddingServer) -> None:
    """What was embedded stays so; the next start embeds the rest."""
    port = free_port()
    old = environment(tmp_path, port)
    with serving(old) as (client, _):
        lines = [
            {"request": _request(f"{duty} {number}번 구역"), "posting": {"sections": [
                {"kind": "responsibilities", "text": f"- {duty} {number}번 구역"}]}}
            for number in range(40) for duty in DUTIES
        ]  # fmt: skip
        for line in lines:
            assert client.post("/v1/cache/entries", json=line).status_code == 201
    new = old | {"GONGGO_EMBEDDER": f"openai:{server.url}#new"}
    server.hang, server.hang_after = threading.Event(), 4  # a probe, then some of five batches of 32
    with serving(new) as (client, process):
        _until(lambda: (_switching(client) or {"done": 0})["done"] >= 64)
        process.kill()
        process.wait()
    server.hang.set()
    server.bodies.clear()
    with serving(new) as (client, _):
        _until(lambda: _switching(client) is None)
        assert client.get("/v1/stats").json()["index"]["vectors"] == len(lines)
        assert client.post("/v1/index/verify").json()["sound"]
        # One text of a search is in it too, where a lookup was asked for: none is here.
        assert sum(len(body["input"]) for body in server.bodies) <= len(lines) - 64 + 1
    assert _sizes(tmp_path) == {server.dimension}


def test_where_the_old_model_is_gone_all_is_embedded_before_the_first_answer(
    tmp_path: Path, server: EmbeddingServer
) -> None:
    """Nothing could answer meanwhile."""
    with _service(tmp_path, f"openai:{server.url}#old") as client:
        kept = _store(client, DUTIES[0])
    server.first = [(500, {})] * 100
    with _service(tmp_path, "hashing") as client:
        assert _switching(client) is None
        assert _nearest(client, DUTIES[0]) == kept
    assert server.dimension not in _sizes(tmp_path)


def test_a_change_that_is_taken_back_leaves_nothing(tmp_path: Path, server: EmbeddingServer) -> None:
    """Started with the old model again, the service drops what was embedded for the other."""
    with _service(tmp_path, "hashing") as client:
        kept = _store(client, DUTIES[0])
    server.hang, server.hang_after = threading.Event(), 1
    with _service(tmp_path, f"openai:{server.url}#new") as client:
        assert _switching(client) is not None
        server.hang.set()
    with _service(tmp_path, "hashing") as client:
        assert _switching(client) is None
        assert _nearest(client, DUTIES[0]) == kept
        assert client.post("/v1/index/verify").json()["sound"]
    assert len(_sizes(tmp_path)) == 1
