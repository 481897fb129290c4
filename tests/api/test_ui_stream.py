"""A posting as a UI message stream of the AI SDK, over real HTTP. The SDK itself is not run here: the parts are held
to its published protocol."""

from __future__ import annotations

import json
from typing import Any

from tests.api.test_websocket import REQUEST
from tests.conftest import Serve
from tests.upstreams import FakeUpstream

HEADERS = {"x-vercel-ai-ui-message-stream": "v1"}


def parts(body: str) -> list[dict[str, Any]]:
    lines = [line.removeprefix("data: ") for line in body.split("\n\n") if line.startswith("data: ")]
    assert lines[-1] == "[DONE]"
    return [json.loads(line) for line in lines[:-1]]


def test_a_posting_is_told_in_parts_of_a_message(serve: Serve, upstream: FakeUpstream) -> None:
    """It begins with start and ends with finish; each section is a text part that is opened, filled and closed once."""
    client = serve(upstream)
    answer = client.post("/v1/postings", json=REQUEST, headers=HEADERS)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["x-vercel-ai-ui-message-stream"] == "v1"
    told = parts(answer.text)
    assert told[0]["type"] == "start"
    assert told[-1] == {"type": "finish"}
    posting = next(one["data"] for one in told if one["type"] == "data-posting")
    for section in posting["posting"]["sections"]:
        of_it = [one for one in told if one.get("id") == section["kind"] and one["type"].startswith("text-")]
        assert [one["type"] for one in of_it[:: len(of_it) - 1]] == ["text-start", "text-end"]
        assert "".join(one.get("delta", "") for one in of_it) == section["text"]
        source = next(one["data"] for one in told if one.get("id") == f"source-{section['kind']}")
        assert source["source"] == section["source"]
    assert all(one["transient"] for one in told if one["type"] in {"data-progress", "data-degraded"})


def test_a_replaced_section_is_a_data_part_of_its_kind(serve: Serve, upstream: FakeUpstream) -> None:
    """Text that was sent cannot be taken back, so its part is closed and the whole new text stands beside it."""
    upstream.instead = ["누리페이는 간편결제 인프라를 만듭니다. 직원은 9,999명입니다."]
    client = serve(upstream)
    told = parts(client.post("/v1/postings", json=REQUEST, headers=HEADERS).text)
    posting = next(one["data"] for one in told if one["type"] == "data-posting")
    for one in told:
        if one["type"] == "data-section":
            assert one["data"]["text"] == next(
                section["text"] for section in posting["posting"]["sections"] if section["kind"] == one["id"]
            )
    opened = [one["id"] for one in told if one["type"] == "text-start"]
    closed = [one["id"] for one in told if one["type"] == "text-end"]
    assert sorted(opened) == sorted(closed)
    assert "9,999" not in json.dumps(told, ensure_ascii=False)


def test_the_events_of_a_finished_posting_can_be_had_in_parts(serve: Serve) -> None:
    """From the start, whatever event the client says it had: parts have no ids."""
    client = serve()
    posting = client.post("/v1/postings", json=REQUEST).json()
    answer = client.get(f"/v1/postings/{posting['id']}/events", headers={**HEADERS, "Last-Event-ID": "5"})
    told = parts(answer.text)
    assert told[0] == {"type": "start", "messageId": posting["id"]}
    assert next(one["data"] for one in told if one["type"] == "data-posting")["id"] == posting["id"]
