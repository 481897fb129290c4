"""How the service embeds: shared batches, and a server of its own for it. Over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.api.test_cache import ENTRY, PLAIN
from tests.api.test_postings import sections
from tests.conftest import Serve
from tests.embeddings.embedding_server import EmbeddingServer, running_embedding_server


@pytest.fixture
def embedder() -> Iterator[EmbeddingServer]:
    """A server that stands in for text-embeddings-inference."""
    with running_embedding_server() as server:
        yield server


def titled(title: str) -> dict[str, Any]:
    return PLAIN | {"requirements": PLAIN["requirements"] | {"title": title}}


def test_lookups_at_once_share_batches(serve: Serve, embedder: EmbeddingServer) -> None:
    """While the embedding server answers one batch, the texts of other lookups gather for the next."""
    client = serve(embedder=f"openai:{embedder.url}#small")
    started = len(embedder.bodies)
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda n: client.post("/v1/cache/lookup", json=titled(f"개발자 {n}")), range(80)))
    assert {answer.status_code for answer in answers} == {200}
    figures = client.get("/v1/stats").json()["embedding"]
    assert len(embedder.bodies) - started == figures["batches"] < 80
    assert (figures["waiting"], figures["running"]) == (0, 0)
    assert figures["texts"] > 80


def test_an_embedding_server_answers_by_meaning(serve: Serve, embedder: EmbeddingServer) -> None:
    """With its key, which is never shown; what it embedded is found again in another spelling."""
    embedder.key = "hush"
    client = serve(embedder=f"openai:{embedder.url}#small", embedder_key="hush")
    assert client.post("/v1/cache/entries", json=ENTRY).status_code == 201
    job = PLAIN["requirements"]
    respelled = PLAIN | {"requirements": job | {"skills": [skill.swapcase() for skill in job["skills"]]}}
    answer = client.post("/v1/cache/lookup", json=respelled).json()
    assert sections(answer)["requirements"]["source"]["tier"] in {"semantic", "exact"}
    shown = client.get("/v1/stats").text
    assert "small" in shown
    assert "hush" not in shown


def test_without_the_embedding_server_postings_are_still_written(serve: Serve, embedder: EmbeddingServer) -> None:
    """What its facts' keys lead to is found; the rest is said to be missing for want of it; nothing can be stored."""
    client = serve(embedder=f"openai:{embedder.url}#small")
    assert client.post("/v1/cache/entries", json=ENTRY).status_code == 201
    embedder.body = b"{}"  # from now on it answers nonsense
    found = client.post("/v1/cache/lookup", json=PLAIN).json()
    assert sections(found)["requirements"]["source"]["tier"] == "exact"
    other = client.post("/v1/cache/lookup", json=titled("간호사")).json()
    assert {"embedder_unavailable"} == {one["reason"] for one in other["missing"] if one["kind"] == "requirements"}
    assert client.post("/v1/postings", json=titled("간호사")).json()["status"] == "complete"
    refused = client.post("/v1/cache/entries", json=ENTRY | {"request": titled("조리사")})
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "1")
    assert "does not answer" in refused.json()["detail"]
