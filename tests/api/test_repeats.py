"""Repeated requests over real HTTP: answered from memory, and never otherwise than the cache itself would."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cache_service.app import create_app
from cache_service.settings import read_settings
from tests.api.test_postings import SMALL, events, sections
from tests.conftest import Serve
from tests.posting.test_request import FULL
from tests.upstreams import FakeUpstream, running_server, running_upstream

JSON = {"Content-Type": "application/json"}
ABOUT = "누리페이는 간편결제 인프라를 만드는 회사입니다."
OTHER: dict[str, Any] = {
    "company": {"name": "한빛커머스", "about": "온라인 장터를 운영합니다."},
    "requirements": {"title": "상품 기획자", "years_min": 2, "responsibilities": ["상품 기획"]},
}


def repeats(client: httpx.Client) -> int:
    return int(client.get("/v1/stats").json()["events"].get("repeats", 0))


def post(client: httpx.Client, body: dict[str, Any], **headers: str) -> httpx.Response:
    return client.post("/v1/postings", json=body, headers=headers)


def compact(body: dict[str, Any]) -> bytes:
    """``body`` as ``post`` sends it."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def texts(answer: httpx.Response) -> dict[str, str]:
    return {kind: one["text"] for kind, one in sections(answer.json()).items()}


def repeated(client: httpx.Client, body: dict[str, Any]) -> httpx.Response:
    """``body`` until it is answered as a repeat."""
    for _ in range(3):
        answer = post(client, body)
    assert "repeat;dur=" in answer.headers["server-timing"]
    return answer


def add(client: httpx.Client, request: dict[str, Any], text: str, kind: str = "company") -> str:
    body = {"request": request, "posting": {"sections": [{"kind": kind, "text": text}]}}
    return str(client.post("/v1/cache/entries", json=body).json()["id"])


def test_a_repeat_is_the_same_posting_under_its_own_id(serve: Serve, upstream: FakeUpstream) -> None:
    """Same sections, usage and headers; an id, a request id and a timing of its own; counted like any posting."""
    client = serve(upstream)
    post(client, FULL)
    ordinary = post(client, FULL)
    before = client.get("/v1/stats").json()
    first, second = post(client, FULL, **{"X-Request-Id": "mine"}), post(client, FULL)
    one, other = first.json(), second.json()
    assert len({ordinary.json()["id"], one["id"], other["id"]}) == 3
    assert one["id"].startswith(ordinary.json()["id"] + "-")
    for name in ("status", "cache", "degraded", "posting", "usage"):
        assert one[name] == ordinary.json()[name]
    assert first.headers["location"] == f"/v1/postings/{one['id']}"
    assert first.headers["x-request-id"] == "mine"
    assert set(ordinary.headers) == set(first.headers)
    assert (first.headers["cache-status"], first.headers["content-type"]) == ("gonggo; hit", "application/json")
    after = client.get("/v1/stats").json()
    assert after["postings"]["hit"] == before["postings"]["hit"] + 2
    assert after["sections"]["exact"] == before["sections"]["exact"] + 8
    assert after["tokens"]["saved"] == before["tokens"]["saved"] + 2 * one["usage"]["saved_tokens"]
    assert after["money"]["saved"] > before["money"]["saved"]
    assert after["latency"]["complete"]["count"] == before["latency"]["complete"]["count"] + 2
    assert after["store"]["postings"] == before["store"]["postings"]


def test_a_repeat_s_id_leads_to_what_was_sent(serve: Serve, upstream: FakeUpstream) -> None:
    """Its posting, events and cancellation answer under that id, with the very timing that was sent."""
    client = serve(upstream)
    sent = repeated(client, SMALL).json()
    url = f"/v1/postings/{sent['id']}"
    shown = client.get(url)
    assert shown.json() == sent
    assert client.get(url, headers={"If-None-Match": shown.headers["etag"]}).status_code == 304
    log = events(client.get(f"{url}/events").text)
    assert log[0][2]["id"] == sent["id"]
    assert log[-1][1:] == ("done", sent)
    assert events(client.get(f"{url}/events", headers={"Last-Event-ID": "2"}).text) == log[2:]
    assert client.delete(url).json() == sent


def test_a_repeat_outlives_a_restart(tmp_path: Path) -> None:
    """An id that was given out is found after the process that gave it is gone."""
    values = read_settings(data_dir=tmp_path, embedder="hashing")
    with running_server(create_app(values)) as url, httpx.Client(base_url=url, trust_env=False) as client:
        sent = repeated(client, SMALL).json()
    with running_server(create_app(values)) as url, httpx.Client(base_url=url, trust_env=False) as client:
        assert client.get(f"/v1/postings/{sent['id']}").json() == sent


@pytest.mark.parametrize("suffix", ["-", "-0", "-" + "0" * 21, "-" + "0" * 23, "-" + "g" * 22, "-" + "A" * 22, "x"])
def test_an_id_of_another_form_is_no_repeat(serve: Serve, suffix: str) -> None:
    """What is not exactly a posting's id, a dash and 22 small hexadecimal digits names nothing."""
    client = serve()
    original = post(client, SMALL).json()["id"]
    assert client.get(f"/v1/postings/{original}-{'0' * 22}").status_code == 200
    assert client.get(f"/v1/postings/{original}{suffix}").status_code == 404
    assert client.get(f"/v1/postings/pst_{'0' * 32}-{'0' * 22}").status_code == 404


def test_a_running_posting_has_no_repeats(serve: Serve, upstream: FakeUpstream) -> None:
    """An id made up on one that is still being written neither shows nor stops it."""
    upstream.hang_s = 20
    client = serve(upstream)
    with client.stream("POST", "/v1/postings", json=FULL, headers={"Accept": "text/event-stream"}) as answer:
        location = answer.headers["location"]
    assert client.delete(f"{location}-{'0' * 22}").status_code == 404
    assert client.get(location).json()["status"] == "running"


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "text/event-stream"},
        {"Accept": "application/json, Text/Event-Stream;q=0.1"},
        {"Idempotency-Key": "k"},
        {"X-Vercel-AI-UI-Message-Stream": "v1"},
        {"Content-Type": "text/plain"},
    ],
)
def test_whoever_asks_for_more_takes_the_ordinary_way(serve: Serve, headers: dict[str, str]) -> None:
    """Events, keys and other media types are not answered from memory."""
    client = serve()
    repeated(client, SMALL)
    before = repeats(client)
    client.post("/v1/postings", content=compact(SMALL), headers=JSON | headers)
    assert repeats(client) == before


def test_fresh_is_never_repeated(serve: Serve, upstream: FakeUpstream) -> None:
    """``fresh`` is written anew each time."""
    client = serve(upstream)
    post(client, SMALL)
    calls = len(upstream.calls)
    for _ in range(3):
        assert post(client, SMALL | {"options": {"fresh": True}}).json()["cache"] == "miss"
    assert len(upstream.calls) == 4 * calls


def test_bad_bodies_stay_bad(serve: Serve) -> None:
    """An invalid body, and one over the limit, are refused each time."""
    client = serve()
    repeated(client, SMALL)
    for _ in range(3):
        assert post(client, SMALL | {"more": 1}).status_code == 422
        assert client.post("/v1/postings", content=b" " * 70_000).status_code == 413
        assert client.post("/v1/postings", content=b"{", headers=JSON).status_code == 400


def test_a_body_in_pieces_is_the_same_body(serve: Serve) -> None:
    """How the bytes arrive changes nothing."""
    client = serve()
    repeated(client, SMALL)
    before = repeats(client)
    content = compact(SMALL)
    pieces = (content[at : at + 7] for at in range(0, len(content), 7))
    answer = client.post("/v1/postings", content=pieces, headers=JSON)
    assert answer.json()["cache"] == "hit"
    assert repeats(client) == before + 1


def test_a_deleted_entry_is_in_no_answer(serve: Serve) -> None:
    """Once DELETE has answered, no repeat holds its text."""
    client = serve()
    entry_id = add(client, SMALL, ABOUT)
    assert texts(repeated(client, SMALL))["company"] == ABOUT
    client.delete(f"/v1/cache/entries/{entry_id}")
    answer = post(client, SMALL)
    assert ABOUT not in answer.text
    assert "repeat;dur=" not in answer.headers["server-timing"]


def test_a_rejected_text_is_in_no_answer(serve: Serve) -> None:
    """Feedback on a repeat counts at once, for each user alone, and is undone by the last word."""
    client = serve()
    add(client, SMALL, ABOUT)
    mine, yours = repeated(client, SMALL).json()["id"], repeated(client, SMALL).json()["id"]
    said = [
        client.post("/v1/feedback", json={"posting_id": id_, "section": "company", "verdict": "reject"})
        for id_ in (mine, yours)
    ]
    assert [one.status_code for one in said] == [201, 201]
    assert len({one.json()["id"] for one in said}) == 2
    assert texts(post(client, SMALL))["company"] != ABOUT
    for id_ in (mine, yours):
        assert texts(post(client, SMALL))["company"] != ABOUT
        client.post("/v1/feedback", json={"posting_id": id_, "section": "company", "verdict": "accept"})
    assert texts(post(client, SMALL))["company"] == ABOUT


def test_a_person_s_text_comes_before_what_is_remembered(serve: Serve, upstream: FakeUpstream) -> None:
    """A text stored later under the same facts is in the very next answer; one about other facts changes nothing."""
    client = serve(upstream)
    repeated(client, SMALL)
    before = repeats(client)
    add(client, OTHER, "온라인 장터를 운영하는 회사입니다.")
    post(client, SMALL)
    assert repeats(client) == before + 1
    add(client, SMALL, ABOUT)
    assert texts(post(client, SMALL))["company"] == ABOUT


def test_accepting_drops_nothing_that_keys_led_to(serve: Serve, upstream: FakeUpstream) -> None:
    """That people accept what they get does not empty the memory."""
    client = serve(upstream)
    body = SMALL | {"options": {"exclude": ["benefits"]}}
    posting_id = repeated(client, body).json()["id"]
    before = repeats(client)
    said = client.post("/v1/feedback", json={"posting_id": posting_id, "section": "company", "verdict": "accept"})
    assert said.status_code == 201
    post(client, body)
    assert repeats(client) == before + 1


def test_an_expired_entry_is_in_no_answer(serve: Serve) -> None:
    """A repeat lives no longer than what it was made of."""
    client = serve(ttl_s=2)
    add(client, SMALL, ABOUT)
    assert texts(repeated(client, SMALL))["company"] == ABOUT
    time.sleep(2.1)
    assert texts(post(client, SMALL))["company"] != ABOUT


def test_nothing_is_kept_without_room(serve: Serve) -> None:
    """``GONGGO_REPEAT_BYTES=0`` turns it off."""
    client = serve(repeat_bytes=0)
    for _ in range(4):
        assert "repeat;dur=" not in post(client, SMALL).headers["server-timing"]


@contextmanager
def both(folder: Path, upstream: FakeUpstream) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """Two services with the same model, the second without repeats."""
    file = folder / "upstreams.toml"
    file.write_text(f'[[upstream]]\nname = "0"\ntier = "quality"\nbase_url = "{upstream.url}"\nmodel = "m"\n')
    with ExitStack() as stack:
        clients = []
        for name, room in (("on", 1 << 20), ("off", 0)):
            values = read_settings(data_dir=folder / name, embedder="hashing", upstreams=file, repeat_bytes=room)
            url = stack.enter_context(running_server(create_app(values)))
            clients.append(stack.enter_context(httpx.Client(base_url=url, timeout=30, trust_env=False)))
        yield clients[0], clients[1]


BODIES = (SMALL, OTHER, SMALL | {"options": {"cache_only": True}}, FULL)
TEXTS = {"company": ABOUT, "responsibilities": "- 결제 API를 설계합니다.", "benefits": "- 자율 출퇴근"}
POST = st.tuples(st.just("post"), st.sampled_from([0, 0, 0, 1, 2, 3]), st.integers(1, 3))
STEPS = st.one_of(
    POST,
    POST,
    st.tuples(st.just("delete"), st.sampled_from(["누리페이", "한빛커머스"])),
    st.tuples(st.just("say"), st.sampled_from(["accept", "reject"]), st.sampled_from(["company", "requirements"])),
    st.tuples(st.just("import"), st.sampled_from(["company", *TEXTS]), st.integers(0, 2)),
)


def act(client: httpx.Client, step: tuple[Any, ...], last: dict[str, Any]) -> Any:
    """Do ``step``; what must be the same with and without repeats."""
    match step:
        case ("post", number, times):
            for _ in range(times):
                last["answer"] = post(client, BODIES[number])
            answer = last["answer"].json()
            shown = {one["kind"]: (one["text"], one["source"]["tier"]) for one in answer["posting"]["sections"]}
            return answer["cache"], shown, answer["usage"]
        case ("delete", company):
            return client.delete("/v1/cache/entries", params={"company": company}).json()["deleted"]
        case ("say", verdict, section) if "answer" in last:
            body = {"posting_id": last["answer"].json()["id"], "section": section, "verdict": verdict}
            return client.post("/v1/feedback", json=body).status_code
        case ("import", kind, number):
            add(client, BODIES[number % 2], TEXTS[kind] + "!" * number, kind)
            return None
        case _:
            return None


@settings(max_examples=12, deadline=None)
@given(steps=st.lists(STEPS, min_size=5, max_size=40))
def test_with_and_without_repeats_the_texts_are_the_same(steps: list[tuple[Any, ...]]) -> None:
    """Whatever is posted, deleted, said and imported in between: memory changes how long it takes, nothing else."""
    with running_upstream() as upstream, tempfile.TemporaryDirectory() as folder, both(Path(folder), upstream) as pair:
        last: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
        for step in steps:
            found = [act(client, step, seen) for client, seen in zip(pair, last, strict=True)]
            assert found[0] == found[1], step
