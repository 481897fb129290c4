"""What falls into the moment of a change of the embedding model, or stands in its way."""

from __future__ import annotations

import json
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import redis

from cache_service.app import open_parts
from cache_service.cache.policies.artifact import ArtifactError
from cache_service.errors import EmbeddingChanged
from cache_service.settings import read_settings
from cache_service.store.records import EmbeddingRecord, NewEntry, NewVector, Observation, Reembedded
from cache_service.store.sqlite import SqliteStore
from cache_service.vectors import spaces
from cache_service.vectors.opening import FOLDER
from cache_service.vectors.spaces import open_encoder
from index.directory import Directory
from tests.cache.policies.samples import artifact_json
from tests.embeddings.embedding_server import EmbeddingServer, running_embedding_server
from tests.index.redis_servers import redis_server
from tests.store.samples import entry, unit
from tests.store.test_feedback import record
from tests.vectors.changing import DUTIES, nearest, service, sizes, store, switching, tier, until

OLD, NEW = EmbeddingRecord("e", "old"), EmbeddingRecord("f", "new")


def _fingerprint(tmp_path: Path, embedder: str) -> str:
    encoder = open_encoder(read_settings(data_dir=tmp_path, embedder=embedder))
    encoder.close()
    return encoder.fingerprint


def _policy(tmp_path: Path, embedding: str) -> str:
    path = tmp_path / "policy.json"
    path.write_text(json.dumps(artifact_json() | {"embedding": embedding}))
    return str(path)


def test_a_policy_made_for_the_new_model_judges_there_alone(tmp_path: Path, server: EmbeddingServer) -> None:
    """It cannot judge similarities of the old space, which falls back on what is shipped, and is taken with the new."""
    embedder = f"openai:{server.url}#new"
    policy = _policy(tmp_path, _fingerprint(tmp_path, embedder))
    with service(tmp_path, "hashing") as client:
        kept = store(client, DUTIES[0])
    server.hang, server.hang_after = threading.Event(), len(server.bodies) + 1
    with service(tmp_path, embedder, policy=policy) as client:
        assert client.get("/v1/stats").json()["error_bound"]["policy"] == "online(equal)"
        assert tier(client, DUTIES[0]) == "exact"
        server.hang.set()
        until(lambda: switching(client) is None)
        assert client.get("/v1/stats").json()["error_bound"]["policy"] == "online(calibrated)"
        assert nearest(client, DUTIES[0]) == kept


async def test_a_policy_made_for_the_old_model_is_refused_before_anything_changes(
    tmp_path: Path, server: EmbeddingServer
) -> None:
    """Found out after the change, it would leave the service without the space it has left."""
    policy = _policy(tmp_path, _fingerprint(tmp_path, "hashing"))
    with service(tmp_path, "hashing", policy=policy) as client:
        store(client, DUTIES[0])
    before = sizes(tmp_path)
    settings = read_settings(data_dir=tmp_path / "data", embedder=f"openai:{server.url}#new", policy=policy)
    with pytest.raises(ArtifactError, match="embedding"):
        async with open_parts(settings):
            pass
    assert sizes(tmp_path) == before
    with service(tmp_path, "hashing", policy=policy) as client:
        assert nearest(client, DUTIES[0]) is not None


def test_what_stands_in_the_way_is_said_and_waited_for(tmp_path: Path, server: EmbeddingServer) -> None:
    """The old space answers meanwhile; nobody has to start the service again."""
    embedder = f"openai:{server.url}#new"
    with service(tmp_path, "hashing") as client:
        kept = store(client, DUTIES[0])
    held = Directory(tmp_path / "data" / FOLDER / _fingerprint(tmp_path, embedder))
    with service(tmp_path, embedder) as client:
        until(lambda: "in use" in ((switching(client) or {}).get("problem") or ""))
        assert nearest(client, DUTIES[0]) == kept
        held.close()
        until(lambda: switching(client) is None)
        assert nearest(client, DUTIES[0]) == kept
    assert sizes(tmp_path) == {server.dimension}


def test_an_entry_that_was_embedded_before_the_change_and_stored_after_it_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: EmbeddingServer
) -> None:
    """The old model takes so long over it, and the new one cannot be had just then: it is embedded again."""
    monkeypatch.setattr("cache_service.streaming.service.FOLLOWING_S", 0.2)
    with running_embedding_server() as old:
        old.dimension = 32
        first, second = f"openai:{old.url}#old", f"openai:{server.url}#new"
        with service(tmp_path, first) as client:
            store(client, DUTIES[0])
        server.hang, server.hang_after = threading.Event(), 1
        with service(tmp_path, second) as client, ThreadPoolExecutor(1) as pool:
            until(lambda: (switching(client) or {}).get("total") == 1 and len(server.bodies) == 2)
            old.hang = threading.Event()
            asked = len(old.bodies)
            late = pool.submit(store, client, DUTIES[1])
            until(lambda: len(old.bodies) > asked)
            server.hang.set()
            until(lambda: switching(client) is None)
            asked, server.hang, server.hang_after = len(server.bodies), threading.Event(), 0
            old.hang.set()
            until(lambda: len(server.bodies) > asked)
            threading.Timer(0.6, server.hang.set).start()
            added = late.result(20)
            assert nearest(client, DUTIES[1]) == added
            assert client.post("/v1/index/verify").json()["sound"]
        assert sizes(tmp_path) == {server.dimension}


@pytest.mark.parametrize("ends", ["through", "killed", "taken back"])
def test_nothing_of_another_model_is_left_on_a_vector_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: EmbeddingServer, ends: str
) -> None:
    """Whether the change went through, was stopped before it could clear up, or was given up half way."""
    monkeypatch.setattr(spaces, "_GRACE_S", 0.0 if ends == "through" else 60.0)
    monkeypatch.setattr("cache_service.vectors.switching.SECTIONS_AT_ONCE", 1)
    new = f"openai:{server.url}#new"
    with redis_server(tmp_path / "redis") as port:
        more: dict[str, Any] = {"index": "redis", "redis_url": f"redis://127.0.0.1:{port}/0"}
        keys = redis.Redis(port=port, decode_responses=True)
        with service(tmp_path, "hashing", **more) as client:
            kept = store(client, DUTIES[0])
            store(client, DUTIES[1])
        held = _vector_sets(keys)
        assert len(held) == 1
        if ends == "taken back":
            server.hang, server.hang_after = threading.Event(), 2
        with service(tmp_path, new, **more) as client:
            if server.hang is not None:
                until(lambda: (switching(client) or {}).get("done") == 1)
                assert len(_vector_sets(keys)) == 2
                threading.Timer(1.0, server.hang.set).start()  # when the change has been stopped
            else:
                until(lambda: switching(client) is None)
                assert nearest(client, DUTIES[0]) == kept
            if ends == "through":
                until(lambda: len(_vector_sets(keys)) == 1)
        with service(tmp_path, "hashing" if ends == "taken back" else new, **more) as client:
            until(lambda: len(_vector_sets(keys)) == 1)
            assert (_vector_sets(keys) == held) == (ends == "taken back")
            assert nearest(client, DUTIES[0]) == kept
            assert client.post("/v1/index/verify").json()["sound"]


def _vector_sets(keys: Any) -> set[str]:
    return {name for name in keys.scan_iter() if keys.type(name) == "vectorset"}


async def _changed(tmp_path: Path, count: int) -> SqliteStore:
    """A store of ``count`` entries that has changed over from OLD to NEW at 1000."""
    held = SqliteStore.open(tmp_path, lambda: 1000.0)
    await held.set_embedding(OLD)
    await held.put_entries([entry(number) for number in range(count)])
    await held.begin_reembedding(NEW.fingerprint)
    return held


async def _finish(held: SqliteStore) -> None:
    waiting, _ = await held.waiting_for_vectors(0, 1000)
    await held.put_reembedded([
        Reembedded(one.id, f"n{one.id}", tuple((row, f"key-{one.id}", _other(one.id)) for row, *_ in one.sections))
        for one in waiting
    ])  # fmt: skip
    assert await held.finish_reembedding(NEW)


def _other(name: str) -> NewVector:
    return NewVector("t/ko/f/company", name, unit(len(name), 4))


async def test_a_store_takes_no_vectors_of_the_model_it_has_left(tmp_path: Path) -> None:
    """Such an entry would never be found by meaning; with vectors of both it is."""
    held = await _changed(tmp_path, 2)
    await _finish(held)
    with pytest.raises(EmbeddingChanged):
        await held.put_entries([entry(7)])
    assert await held.get_entry("t", "ent_7") is None
    assert await held.put_entries([_with_both(entry(8))]) == [("ent_8", True)]
    assert set(await held.vector_ids("f")) == {"t/ko/f/company"}
    held.close()


def _with_both(made: NewEntry) -> NewEntry:
    return replace(made, sections=tuple(replace(one, next_vector=_other(made.id)) for one in made.sections))


async def test_vectors_that_were_left_behind_go_in_steps_and_after_a_kill(tmp_path: Path) -> None:
    """No step is larger than it may be, what is found by is never touched, and the index hears of what goes."""
    held = await _changed(tmp_path, 25)
    await _finish(held)
    told: list[int] = []
    held.listen(lambda change: told.append(len(change.removed)))
    after = await held.drop_unused_vectors(0, 10)
    assert after > 0
    assert told == [10]
    held.close()  # a start later it begins at the front again
    held = SqliteStore.open(tmp_path, lambda: 1000.0)
    held.listen(lambda change: told.append(len(change.removed)))
    after = 0
    while after := await held.drop_unused_vectors(after, 10):
        pass
    assert max(told) <= 10
    assert sum(told) == 25
    assert await held.vector_ids("e") == {}
    found = await held.vector_ids("f")
    assert np.concatenate(list(found.values())).size == (await held.counts())["vectors"] > 0
    told.clear()
    assert await held.drop_unused_vectors(0, 10) == 0
    held.close()
    with sqlite3.connect(tmp_path / "gonggo.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM sections WHERE vector_id IS NULL").fetchone() == (0,)


async def test_a_verdict_outlives_the_change_and_its_similarity_does_not(tmp_path: Path) -> None:
    """What was rejected for some facts stays rejected; how near it was proves nothing in the new space, whether it
    was said before the change or is said after it of a posting from before."""
    held = await _changed(tmp_path, 2)
    rejected = Observation("ent_1", "company", "need", 0.8, right=False, source="feedback")
    accepted = replace(rejected, right=True)
    await held.put_feedback(record(1), rejected, made_at=900.0)
    await held.put_feedback(record(2, posting_id="pst_2", verdict="accept", right=True), accepted, made_at=900.0)
    await _finish(held)
    assert await held.observations("t", 9) == [replace(rejected, similarity=1.0), replace(accepted, similarity=1.0)]
    late = await held.put_feedback(record(3, posting_id="pst_3"), accepted, made_at=999.0)
    assert late.held == replace(accepted, similarity=1.0)
    new = await held.put_feedback(record(4, posting_id="pst_4"), accepted, made_at=1000.0)
    assert new.held == accepted
    held.close()
