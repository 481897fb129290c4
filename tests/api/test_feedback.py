"""``/v1/feedback`` over real HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from cache_service.app import create_app
from cache_service.settings import read_settings
from tests.api.test_postings import SMALL, sections
from tests.conftest import Serve
from tests.upstreams import FakeUpstream, running_server

TEXT = "누리페이는 간편결제 인프라를 만드는 회사입니다."


def stored_entry(client: httpx.Client, text: str = TEXT) -> str:
    body = {"request": SMALL, "posting": {"sections": [{"kind": "company", "text": text}]}}
    return str(client.post("/v1/cache/entries", json=body).json()["id"])


def give(client: httpx.Client, posting: dict[str, Any], verdict: str, **more: Any) -> httpx.Response:
    body = {"posting_id": posting["id"], "section": "company", "verdict": verdict, **more}
    return client.post("/v1/feedback", json=body)


def test_what_is_rejected_is_not_reused_for_those_facts(serve: Serve) -> None:
    """The same request again does not get it, at once; the last word counts; the very same word changes nothing."""
    client = serve()
    entry_id = stored_entry(client)
    posting = client.post("/v1/postings", json=SMALL).json()
    assert sections(posting)["company"]["source"]["entry_id"] == entry_id
    first = give(client, posting, "reject")
    assert (first.status_code, first.json()["stored"]) == (201, True)
    again = client.post("/v1/postings", json=SMALL).json()
    assert sections(again)["company"]["source"]["entry_id"] != entry_id
    same = give(client, posting, "reject")
    assert (same.status_code, same.json()) == (200, {"id": first.json()["id"], "stored": False})
    other = give(client, posting, "accept")
    assert (other.status_code, other.json()) == (200, {"id": first.json()["id"], "stored": True})
    back = client.post("/v1/postings", json=SMALL).json()
    assert sections(back)["company"]["source"]["entry_id"] == entry_id


def test_feedback_outlives_a_restart(serve: Serve, tmp_path: Path) -> None:
    """What was rejected stays rejected when the service starts again on the same data."""
    settings = read_settings(data_dir=tmp_path / "again", embedder="hashing")
    with running_server(create_app(settings)) as url, httpx.Client(base_url=url, trust_env=False) as client:
        entry_id = stored_entry(client)
        posting = client.post("/v1/postings", json=SMALL).json()
        assert give(client, posting, "reject").status_code == 201
    with running_server(create_app(settings)) as url, httpx.Client(base_url=url, trust_env=False) as client:
        again = client.post("/v1/postings", json=SMALL).json()
        assert sections(again)["company"]["source"]["entry_id"] != entry_id
        assert give(client, posting, "reject").json()["stored"] is False


def test_a_rejected_new_text_is_not_served_from_its_stored_copy(serve: Serve, upstream: FakeUpstream) -> None:
    """What a model just wrote is stored for others; its author's rejection reaches that copy."""
    client = serve(upstream)
    posting = client.post("/v1/postings", json=SMALL).json()
    assert sections(posting)["company"]["source"]["tier"] in {"fast", "quality"}
    assert sections(client.post("/v1/postings", json=SMALL).json())["company"]["source"]["tier"] == "exact"
    assert give(client, posting, "reject").status_code == 201
    upstream.lie = "다시 썼습니다."
    again = client.post("/v1/postings", json=SMALL).json()
    assert sections(again)["company"]["source"]["tier"] in {"fast", "quality"}


def test_an_edit_speaks_against_a_text_only_if_it_replaces_it(serve: Serve) -> None:
    """Polished: the text goes on being reused; another fact in it: no more."""
    client = serve()
    entry_id = stored_entry(client)
    posting = client.post("/v1/postings", json=SMALL).json()
    assert give(client, posting, "edit", text=TEXT.replace("회사입니다", "회사예요")).status_code == 201
    kept = client.post("/v1/postings", json=SMALL).json()
    assert sections(kept)["company"]["source"]["entry_id"] == entry_id
    assert give(client, posting, "edit", text="경력 10년 이상만 지원하세요. 연봉 9,000만원.").status_code == 200
    gone = client.post("/v1/postings", json=SMALL).json()
    assert sections(gone)["company"]["source"]["entry_id"] != entry_id


@pytest.mark.parametrize(
    ("change", "status", "pointer"),
    [
        ({"posting_id": "pst_nowhere"}, 404, None), ({"section": "nothing"}, 422, "/section"),
        ({"section": "process"}, 422, "/section"), ({"verdict": "maybe"}, 422, "/verdict"),
        ({"verdict": "edit"}, 422, "/text"), ({"verdict": "edit", "text": "x" * 20_001}, 422, "/text"),
        ({"verdict": "edit", "text": "a\u0007b"}, 422, "/text"), ({"verdict": "edit", "text": "\u200b"}, 422, "/text"),
        ({"more": 1}, 422, "/more"), ({"posting_id": 7}, 422, "/posting_id"),
    ],
)  # fmt: skip
def test_bad_feedback(serve: Serve, change: dict[str, Any], status: int, pointer: str | None) -> None:
    """Each mistake is named; nothing is stored for it."""
    client = serve()
    posting = client.post("/v1/postings", json=SMALL).json()
    body = {"posting_id": posting["id"], "section": "company", "verdict": "accept"} | change
    answer = client.post("/v1/feedback", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    if pointer is not None:
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert give(client, posting, "accept").status_code == 201


def test_what_users_make_of_a_written_text_counts_for_the_tier_that_wrote_it(
    serve: Serve, upstream: FakeUpstream
) -> None:
    """The router weighs a tier by the guard and by users: each last word is one text seen."""
    client = serve(upstream)
    posting = client.post("/v1/postings", json=SMALL).json()
    tier = sections(posting)["company"]["source"]["tier"]
    assert tier in {"fast", "quality"}

    def outcome() -> dict[str, float]:
        return dict(client.get("/v1/stats").json()["models"]["outcomes"][f"company/{tier}"])

    before = outcome()
    give(client, posting, "accept")
    assert outcome() == {"seen": before["seen"] + 1, "taken": before["taken"] + 1}
    give(client, posting, "reject")
    give(client, posting, "reject")
    assert outcome() == {"seen": before["seen"] + 1, "taken": before["taken"]}
