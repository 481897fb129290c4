"""A service whose embedder changes, and what is asked of it.

Two real spaces of different dimension: the hashing encoder and an embedding server over HTTP.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from cache_service.app import create_app
from cache_service.settings import read_settings
from tests.upstreams import running_server

DUTIES = (
    "지게차로 자재를 옮기고 창고 재고를 조사합니다.", "환자에게 약을 전하고 상태를 기록합니다.",
    "전표를 처리하고 결산 자료를 만듭니다.", "반죽을 성형하고 오븐을 관리합니다.",
)  # fmt: skip


@contextmanager
def service(tmp_path: Path, embedder: str, **more: Any) -> Iterator[httpx.Client]:
    settings = read_settings(data_dir=tmp_path / "data", embedder=embedder, drain_s=1.0, **more)
    with (
        running_server(create_app(settings)) as url,
        httpx.Client(base_url=url, timeout=30, trust_env=False) as client,
    ):
        yield client


def request(duty: str) -> dict[str, Any]:
    return {"company": {"name": "다온상사"}, "requirements": {"title": "사원", "responsibilities": [duty]}}


def store(client: httpx.Client, duty: str) -> str:
    posting = {"sections": [{"kind": "responsibilities", "text": f"- {duty}"}]}
    stored = client.post("/v1/cache/entries", json={"request": request(duty), "posting": posting})
    assert stored.status_code == 201
    return str(stored.json()["id"])


def nearest(client: httpx.Client, duty: str) -> str | None:
    """The entry that a search by meaning comes to for a duty that nobody stored in these words."""
    answer = client.post("/v1/cache/lookup", json=request(f"{duty} 하루 3회")).json()
    served = [one["source"]["entry_id"] for one in answer["posting"]["sections"] if one["kind"] == "responsibilities"]
    near = [
        one["nearest"]["entry_id"] for one in answer["missing"] if one["kind"] == "responsibilities" and one["nearest"]
    ]
    return next(iter(served + near), None)


def tier(client: httpx.Client, duty: str) -> str:
    """Where the duties come from that were stored in just these words."""
    sections = client.post("/v1/cache/lookup", json=request(duty)).json()["posting"]["sections"]
    return next(str(one["source"]["tier"]) for one in sections if one["kind"] == "responsibilities")


def switching(client: httpx.Client) -> dict[str, Any] | None:
    found: dict[str, Any] | None = client.get("/v1/stats").json()["index"]["switching"]
    return found


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)


def sizes(tmp_path: Path) -> set[int]:
    """The dimensions of the vectors in the store."""
    with sqlite3.connect(tmp_path / "data" / "gonggo.sqlite3") as connection:
        return {size // 4 for (size,) in connection.execute("SELECT DISTINCT length(data) FROM vectors")}
