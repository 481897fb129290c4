"""``WS /v1/postings/ws`` over real sockets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from cache_service.api.websocket import MOST_MISTAKES
from tests.conftest import Serve
from tests.upstreams import FakeUpstream

REQUEST: dict[str, Any] = {
    "company": {"name": "누리페이", "about": "간편결제 인프라를 만듭니다."},
    "requirements": {"title": "백엔드 개발자", "responsibilities": ["결제 API 개발"], "preferred": ["Kafka 경험"]},
}
Message = dict[str, Any]


@contextmanager
def talking(client: httpx.Client, **more: Any) -> Iterator[ClientConnection]:
    url = f"ws://{client.base_url.host}:{client.base_url.port}/v1/postings/ws"
    with connect(url, proxy=None, **more) as connection:
        yield connection


def say(connection: ClientConnection, body: Any) -> None:
    connection.send(json.dumps(body, ensure_ascii=False))


def hear(connection: ClientConnection, event: str, kind: str | None = None) -> Message:
    """The next message of that event, of that section."""
    while True:
        message: Message = json.loads(connection.recv(timeout=20))
        if message["event"] == event and (kind is None or message["data"]["kind"] == kind):
            return message


def rest(connection: ClientConnection) -> list[Message]:
    """All messages up to the end."""
    return [json.loads(message) for message in connection]


def texts(answer: Message) -> dict[str, str]:
    return {one["kind"]: one["text"] for one in answer["posting"]["sections"]}


def test_the_messages_are_the_events(serve: Serve, upstream: FakeUpstream) -> None:
    """The same events, ids and data as the stream has, and the connection ends behind the last."""
    client = serve(upstream)
    with talking(client) as connection:
        say(connection, REQUEST)
        messages = rest(connection)
    assert [one["id"] for one in messages] == sorted({one["id"] for one in messages})
    answer = messages[-1]["data"]
    assert messages[-1]["event"] == "done"
    for kind, text in texts(answer).items():
        deltas = [
            one["data"]["text"] for one in messages if one["event"] == "section.delta" if one["data"]["kind"] == kind
        ]
        assert "".join(deltas) == text
    assert client.get(f"/v1/postings/{answer['id']}").json() == answer


def test_a_dropped_connection_is_resumed_where_it_was(serve: Serve, upstream: FakeUpstream) -> None:
    """While it runs and after it is done: every event behind the one that is named, and none before."""
    upstream.slow = {"preferred": 0.5}
    client = serve(upstream)
    with talking(client) as connection:
        say(connection, REQUEST)
        posting = hear(connection, "plan")["data"]["id"]
        seen = hear(connection, "section.done", "company")["id"]
    for after in (seen, 0, 3):  # the first while it is being written
        with talking(client) as connection:
            say(connection, {"resume": posting, "last_event_id": after})
            messages = rest(connection)
        assert messages[0]["id"] == after + 1
        assert messages[-1]["data"] == client.get(f"/v1/postings/{posting}").json()


def test_a_section_is_written_anew_while_others_are_written(serve: Serve, upstream: FakeUpstream) -> None:
    """The model is asked again, and what it says takes the place of what was sent, whole; the answer has it."""
    upstream.slow = {"preferred": 1.0}
    client = serve(upstream)
    with talking(client) as connection:
        say(connection, REQUEST)
        hear(connection, "section.done", "company")
        upstream.instead = ["누리페이는 간편결제 인프라를 만듭니다. 다시 쓴 글입니다."]
        say(connection, {"type": "regenerate", "section": "company"})
        replaced = hear(connection, "section.replaced", "company")["data"]
        answer = rest(connection)[-1]["data"]
    assert "다시 쓴 글입니다" in replaced["text"]
    assert texts(answer)["company"] == replaced["text"]
    assert sum(call["section"] == "company" for call in upstream.calls) == 2


def test_an_edited_section_is_the_users_and_nobody_elses(serve: Serve, upstream: FakeUpstream) -> None:
    """It is in the answer and said to be edited; it is feedback; the cache gives it to nobody."""
    upstream.slow = {"preferred": 1.0}
    client = serve(upstream)
    with talking(client) as connection:
        say(connection, REQUEST)
        hear(connection, "section.done", "company")
        say(connection, {"type": "edit", "section": "company", "text": "우리가 고친 소개입니다."})
        assert hear(connection, "feedback")["data"]["stored"] is True
        assert hear(connection, "section.replaced", "company")["data"]["text"] == "우리가 고친 소개입니다."
        answer = rest(connection)[-1]["data"]
    company = next(one for one in answer["posting"]["sections"] if one["kind"] == "company")
    assert company["text"] == "우리가 고친 소개입니다."
    assert company["source"]["edited_from"] == company["source"]["tier"]
    for _ in range(2):
        again = client.post("/v1/postings", json=REQUEST).json()
        assert texts(again)["company"] != "우리가 고친 소개입니다."


def test_a_section_that_is_written_can_be_cancelled(serve: Serve, upstream: FakeUpstream) -> None:
    """The posting ends without it, at once, and the others are whole."""
    upstream.slow = {"preferred": 20.0}
    client = serve(upstream)
    with talking(client) as connection:
        say(connection, REQUEST)
        hear(connection, "section.done", "company")
        say(connection, {"type": "cancel", "section": "preferred"})
        assert hear(connection, "degraded", "preferred")["data"]["reason"] == "cancelled by the reader"
        messages = rest(connection)
    answer = messages[-1]["data"]
    assert "preferred" not in texts(answer)
    assert answer["status"] == "complete"
    progress = [one["data"] for one in messages if one["event"] == "progress"]
    assert progress[-1]["done"] == progress[-1]["total"]


def test_an_accepted_section_is_feedback(serve: Serve, upstream: FakeUpstream) -> None:
    """It is stored as if it had been posted, and counts for the tier that wrote it."""
    upstream.slow = {"preferred": 0.5}
    client = serve(upstream)
    with talking(client) as connection:
        say(connection, REQUEST)
        done = hear(connection, "section.done", "company")["data"]
        before = client.get("/v1/stats").json()["models"]["outcomes"][f"company/{done['source']['tier']}"]
        say(connection, {"type": "accept", "section": "company"})
        assert hear(connection, "feedback")["data"]["section"] == "company"
        after = client.get("/v1/stats").json()["models"]["outcomes"][f"company/{done['source']['tier']}"]
    assert after == {"seen": before["seen"] + 1, "taken": before["taken"] + 1}


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ("{", 400),
        ('{"type": "dance", "section": "company"}', 422),
        ('{"type": "edit", "section": "company"}', 422),
        ('{"type": "cancel", "section": "company"}', 422),
        ('{"type": "regenerate", "section": "headline"}', 422),
        ('{"type": "regenerate", "section": "benefits"}', 422),
        ('{"type": "edit", "section": "preferred", "text": "x"}', 422),
        ('{"type": "accept", "section": "company", "text": "' + "가" * 30_000 + '"}', 413),
        ("[" * 10_000, 400),
    ],
)
def test_a_message_that_is_no_use_is_answered_and_disturbs_nothing(
    serve: Serve, upstream: FakeUpstream, message: str, status: int
) -> None:
    """A problem says what is wrong, and the posting comes whole."""
    upstream.slow = {"preferred": 0.5}
    client = serve(upstream)
    with talking(client) as connection:
        say(connection, REQUEST)
        hear(connection, "section.done", "company")
        connection.send(message)
        assert hear(connection, "problem")["data"]["status"] == status
        assert set(texts(rest(connection)[-1]["data"])) >= {"company", "preferred"}


def test_a_first_message_may_be_mended_but_not_for_ever(serve: Serve) -> None:
    """What is wrong with it is said each time; too many mistakes end the conversation."""
    client = serve()
    with talking(client) as connection:
        say(connection, {"company": {"name": "누리페이"}})
        assert hear(connection, "problem")["data"]["errors"][0]["pointer"] == "/requirements"
        say(connection, {"resume": "pst_none"})
        assert hear(connection, "problem")["data"]["status"] == 404
        say(connection, REQUEST)
        assert rest(connection)[-1]["event"] == "done"
    with talking(client) as connection:
        for _ in range(MOST_MISTAKES):
            connection.send("?")
            hear(connection, "problem")
        with pytest.raises(ConnectionClosed) as closed:
            connection.recv(timeout=5)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008


def test_a_page_of_another_site_gets_no_connection(serve: Serve) -> None:
    """A browser names the page's origin; only the service's own is let in."""
    client = serve()
    own = f"http://{client.base_url.host}:{client.base_url.port}"
    with talking(client, origin=own) as connection:
        say(connection, REQUEST)
        assert rest(connection)[-1]["event"] == "done"
    with pytest.raises(InvalidStatus) as refused, talking(client, origin="https://example.com"):
        pass
    assert refused.value.response.status_code == 403


def test_a_posting_goes_on_when_its_reader_hangs_up(serve: Serve, upstream: FakeUpstream) -> None:
    """Whoever comes back finds it whole."""
    upstream.slow = {"preferred": 0.4}
    client = serve(upstream)
    with talking(client) as connection:
        say(connection, REQUEST)
        posting = hear(connection, "plan")["data"]["id"]
    with talking(client) as connection:
        say(connection, {"resume": posting})
        assert "preferred" in texts(rest(connection)[-1]["data"])
