"""Bad input gets a 4xx that points at what is wrong; nothing is stored and the service goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.api.test_postings import SMALL
from tests.conftest import Serve

JSON = {"Content-Type": "application/json"}
PATHS = ("/v1/postings", "/v1/cache/lookup")


def unharmed(client: httpx.Client) -> None:
    """Nothing was stored, and a good request is answered."""
    assert set(client.get("/v1/stats").json()["store"].values()) == {0}
    assert client.post("/v1/cache/lookup", json=SMALL).status_code == 200


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(body)
    assert body["status"] == status
    assert {"x-request-id", "server-timing", "cache-status"} <= set(answer.headers)
    return body


def test_bodies_that_are_not_json(serve: Serve) -> None:
    """Malformed JSON and half-written UTF-8 are a 400."""
    client = serve()
    whole = json.dumps(SMALL, ensure_ascii=False).encode()
    bodies = [
        b"",
        b"{",
        b"nul",
        whole[:-1],
        whole.replace("페".encode(), "페".encode()[:2]),
        b"\xff\xfe{}",
        b"[" * 30_000,
    ]
    for path in (*PATHS, "/v1/cache/entries"):
        for body in bodies:
            answer = client.post(path, content=body, headers=JSON)
            assert 400 <= answer.status_code < 500, (path, body[:40], answer.text)
            problem(answer, answer.status_code)
    unharmed(client)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"company": {"name": "A", "benefits": ["x"] * 10_000}}, "/company/benefits"),
        ({"company": {"name": "A", "culture": [1]}}, "/company/culture/0"),
        ({"company": {"name": "A\u0007"}}, "/company/name"),
        ({"company": {}}, "/company/name"),
        ({"company": None}, "/company"),
        ({"colour": 1}, "/colour"),
        ({"a/b~c": 1}, "/a~1b~0c"),
        ({"requirements": {"title": "B", "years_min": 5, "years_max": 3}}, "/requirements/years_min"),
        ({"requirements": {"title": "B", "years_min": "5"}}, "/requirements/years_min"),
        ({"requirements": {"title": "B", "deadline": "soon"}}, "/requirements/deadline"),
        ({"requirements": {"title": "\ud800"}}, "/requirements/title"),
        ({"options": {"language": "fr"}}, "/options/language"),
        ({"options": {"exclude": ["everything"]}}, "/options/exclude/0"),
    ],
)
def test_fields_that_are_wrong(serve: Serve, change: dict[str, Any], pointer: str) -> None:
    """422 with the JSON pointer of the field."""
    client = serve()
    body = json.dumps({**SMALL, **change})
    for path in PATHS:
        errors = problem(client.post(path, content=body, headers=JSON), 422)["errors"]
        assert pointer in {error["pointer"] for error in errors}
        assert all(error["detail"] for error in errors)
    entry = json.dumps({"request": {**SMALL, **change}, "posting": {"sections": [{"kind": "company", "text": "x"}]}})
    answer = problem(
        client.post("/v1/cache/entries", content=entry, headers=JSON), 422 if "ud800" not in entry else 400
    )
    if "errors" in answer:
        assert "/request" + pointer in {error["pointer"] for error in answer["errors"]}
    unharmed(client)


@pytest.mark.parametrize(
    "posting",
    [
        {"sections": []},
        {"sections": [{"kind": "salary", "text": "x"}]},
        {"sections": [{"kind": "company", "text": " \u200b "}]},
        {"sections": [{"kind": "company", "text": "x"}, {"kind": "company", "text": "y"}]},
        {"sections": [{"kind": "company", "text": "x" * 20_001}]},
        {"sections": [{"kind": "company"}]},
        {},
    ],
)
def test_entries_that_are_wrong(serve: Serve, posting: dict[str, Any]) -> None:
    """An entry must hold sections of known kinds, each once, with text."""
    client = serve()
    problem(client.post("/v1/cache/entries", json={"request": SMALL, "posting": posting}), 422)
    unharmed(client)


def test_bodies_over_the_limit(serve: Serve) -> None:
    """Over 64 KiB is a 413, whether the length is announced or the body just goes on."""
    client = serve()
    big = json.dumps({**SMALL, "company": {"name": "A", "about": "가" * 4_000_000}}).encode()

    def pieces() -> Iterator[bytes]:
        for start in range(0, 300_000, 10_000):
            yield big[start : start + 10_000]

    for path in (*PATHS, "/v1/cache/entries"):
        problem(client.post(path, content=pieces(), headers=JSON), 413)
        with httpx.Client(base_url=client.base_url, trust_env=False) as other:
            problem(other.post(path, content=big[:100_000], headers=JSON), 413)
    unharmed(client)


def test_unknown_things(serve: Serve) -> None:
    """Unknown ids and paths are a 404, a wrong method a 405, a wrong media type a 415."""
    client = serve()
    for path in (
        "/v1/postings/x",
        "/v1/postings/x/events",
        "/v1/cache/entries/x",
        "/nowhere",
        "/v1/postings/%00",
    ):
        problem(client.get(path), 404)
    problem(client.delete("/v1/postings/x"), 404)
    problem(client.put("/v1/postings"), 405)
    problem(client.post("/v1/cache/entries", content=b"x", headers={"Content-Type": "text/plain"}), 415)
    unharmed(client)


def test_header_tricks(serve: Serve) -> None:
    """Headers that are too long or hold odd characters are refused, not obeyed."""
    client = serve()
    for key in ("x" * 256, "a\tb", "키".encode()):
        problem(client.post("/v1/postings", json=SMALL, headers={"Idempotency-Key": key}), 422)
    unharmed(client)
