"""Another embedding model: entries are embedded anew while the old vectors go on serving, and nothing is lost."""

from __future__ import annotations

import json
import threading
from pathlib import Path

from tests.embeddings.embedding_server import EmbeddingServer
from tests.test_command import environment, free_port, gonggo, serving
from tests.vectors.changing import DUTIES, nearest, request, service, sizes, store, switching, tier, until


def test_the_old_model_answers_until_the_new_one_can(tmp_path: Path, server: EmbeddingServer) -> None:
    """Searches go on, what is stored and deleted meanwhile counts, and then all is found in the new space alone."""
    with service(tmp_path, "hashing") as client:
        kept, deleted = (store(client, duty) for duty in DUTIES[:2])
        before = client.get("/v1/stats").json()
    server.hang, server.hang_after = threading.Event(), 1
    with service(tmp_path, f"openai:{server.url}#new") as client:
        assert client.get("/v1/stats").json()["embedder"] == before["embedder"]
        until(lambda: (switching(client) or {}).get("total") == 2)
        assert nearest(client, DUTIES[0]) == kept
        assert tier(client, DUTIES[0]) == "exact"
        added = store(client, DUTIES[2])
        assert client.delete(f"/v1/cache/entries/{deleted}").status_code == 200
        assert nearest(client, DUTIES[2]) == added
        server.hang.set()
        until(lambda: switching(client) is None)
        stats = client.get("/v1/stats").json()
        assert stats["embedder"] != before["embedder"]
        assert stats["index"]["vectors"] == stats["store"]["vectors"] == 2
        assert nearest(client, DUTIES[0]) == kept
        assert nearest(client, DUTIES[2]) == added
        assert nearest(client, DUTIES[1]) not in {None, deleted}
        assert tier(client, DUTIES[0]) == "exact"
        assert client.post("/v1/index/verify").json()["sound"]
    assert sizes(tmp_path) == {server.dimension}
    with service(tmp_path, f"openai:{server.url}#new") as client:
        assert switching(client) is None
        assert nearest(client, DUTIES[0]) == kept


def test_a_kill_in_between_costs_nothing(tmp_path: Path, server: EmbeddingServer) -> None:
    """What was embedded stays so; the next start embeds the rest."""
    port = free_port()
    old = environment(tmp_path, port)
    with serving(old) as (client, _):
        lines = [
            {"request": request(f"{duty} {number}번 구역"), "posting": {"sections": [
                {"kind": "responsibilities", "text": f"- {duty} {number}번 구역"}]}}
            for number in range(40) for duty in DUTIES
        ]  # fmt: skip
        for line in lines:
            assert client.post("/v1/cache/entries", json=line).status_code == 201
    new = old | {"GONGGO_EMBEDDER": f"openai:{server.url}#new"}
    server.hang, server.hang_after = threading.Event(), 4  # a probe, then some of five batches of 32
    with serving(new) as (client, process):
        until(lambda: (switching(client) or {"done": 0})["done"] >= 64)
        process.kill()
        process.wait()
    server.hang.set()
    progress = json.loads(gonggo(new, "index", "stats", "--json").stdout)["switching"]
    assert (progress["done"] >= 64, progress["total"]) == (True, len(lines))
    checked = json.loads(gonggo(new, "index", "verify", "--json").stdout)
    assert (checked["sound"], checked["header"]["fingerprint"]) == (True, progress["from"])
    server.bodies.clear()
    with serving(new) as (client, _):
        until(lambda: switching(client) is None)
        assert client.get("/v1/stats").json()["index"]["vectors"] == len(lines)
        assert client.post("/v1/index/verify").json()["sound"]
        # One text of a search is in it too, where a lookup was asked for: none is here.
        assert sum(len(body["input"]) for body in server.bodies) <= len(lines) - 64 + 1
    assert sizes(tmp_path) == {server.dimension}


def test_where_the_old_model_is_gone_all_is_embedded_before_the_first_answer(
    tmp_path: Path, server: EmbeddingServer
) -> None:
    """Nothing could answer meanwhile."""
    with service(tmp_path, f"openai:{server.url}#old") as client:
        kept = store(client, DUTIES[0])
    server.first = [(500, {})] * 100
    with service(tmp_path, "hashing") as client:
        assert switching(client) is None
        assert nearest(client, DUTIES[0]) == kept
    assert server.dimension not in sizes(tmp_path)


def test_a_change_that_is_taken_back_leaves_nothing(tmp_path: Path, server: EmbeddingServer) -> None:
    """Started with the old model again, the service drops what was embedded for the other."""
    with service(tmp_path, "hashing") as client:
        kept = store(client, DUTIES[0])
    server.hang, server.hang_after = threading.Event(), 1
    with service(tmp_path, f"openai:{server.url}#new") as client:
        assert switching(client) is not None
        threading.Timer(1.0, server.hang.set).start()  # when the change has been stopped
    with service(tmp_path, "hashing") as client:
        assert switching(client) is None
        assert nearest(client, DUTIES[0]) == kept
        assert client.post("/v1/index/verify").json()["sound"]
        until(lambda: len(sizes(tmp_path)) == 1)
