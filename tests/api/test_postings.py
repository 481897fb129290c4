from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import httpx
import pytest

from tests.conftest import Serve
from tests.posting.test_request import FULL
from tests.upstreams import FakeUpstream

INT_CHUNK = b'data: {"choices": [{"delta": {"content": 123}}]}\n\n'
SMALL: dict[str, Any] = {"company": {"name": "누리페이"}, "requirements": {"title": "백엔드 개발자"}}
FACTS_ONLY = {"headline", "conditions", "benefits", "process"}


def sections(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {section["kind"]: section for section in answer["posting"]["sections"]}


def events(text: str) -> list[tuple[int, str, Any]]:
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line and not line.startswith(":"))
        if fields:
            found.append((int(fields["id"]), fields["event"], json.loads(fields["data"])))
    return found


def stream(client: httpx.Client, body: dict[str, Any]) -> list[tuple[int, str, Any]]:
    answer = client.post("/v1/postings", json=body, headers={"Accept": "text/event-stream"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    return events(answer.text)


def replayed(log: list[tuple[int, str, Any]]) -> dict[str, str]:
    """What a client shows after these events."""
    shown: dict[str, str] = {}
    for _, type_, data in log:
        if type_ == "section.delta":
            shown[data["kind"]] = shown.get(data["kind"], "") + data["text"]
        elif type_ == "section.replaced":
            shown[data["kind"]] = data["text"]
    return shown


def test_without_models_the_rules_answer_and_say_so(serve: Serve) -> None:
    """The service always answers: rules write every section, prose is flagged degraded, all facts are in it."""
    answer = serve().post("/v1/postings", json=FULL | {"options": {}}).json()
    assert answer["status"] == "complete"
    assert answer["degraded"] is True
    made = sections(answer)
    assert set(made) == {
        "headline", "company", "responsibilities", "requirements", "preferred", "conditions", "benefits", "process",
    }  # fmt: skip
    text = "\n".join(section["text"] for section in made.values())
    for fact in (
        "누리페이",
        "백엔드 개발자",
        "결제 API 설계와 운영",
        "Spring Boot",
        "점심 식대 지원",
        "판교",
        "recruit@example.com",
    ):
        assert fact in text
    assert {kind for kind, one in made.items() if not one["source"]["degraded"]} == FACTS_ONLY


def test_the_second_identical_request_is_a_hit_with_equal_text(serve: Serve, upstream: FakeUpstream) -> None:
    """What was written once is reused: no model call, the same text, whatever the order of lists."""
    client = serve(upstream)
    first = client.post("/v1/postings", json=FULL).json()
    calls = len(upstream.calls)
    assert first["cache"] == "miss"
    assert calls == 4
    shuffled = FULL | {"requirements": FULL["requirements"] | {"skills": ["Kafka", "Java", "Spring Boot", "Java"]}}
    for body in (FULL, shuffled):
        answer = client.post("/v1/postings", json=body)
        second = answer.json()
        assert second["cache"] == "hit"
        assert answer.headers["cache-status"] == "gonggo; hit"
        assert {kind: one["text"] for kind, one in sections(second).items()} == {
            kind: one["text"] for kind, one in sections(first).items()
        }
        assert {one["source"]["tier"] for one in second["posting"]["sections"]} == {"exact", "composed"}
    assert len(upstream.calls) == calls
    assert second["usage"]["saved_tokens"] > 0
    assert second["usage"]["generated_tokens"] == 0


def test_fresh_writes_again(serve: Serve, upstream: FakeUpstream) -> None:
    """``fresh`` reuses nothing."""
    client = serve(upstream)
    client.post("/v1/postings", json=SMALL)
    before = len(upstream.calls)
    answer = client.post("/v1/postings", json=SMALL | {"options": {"fresh": True}}).json()
    assert answer["cache"] == "miss"
    assert len(upstream.calls) == 2 * before


def test_cache_only_never_calls_a_model(serve: Serve, upstream: FakeUpstream) -> None:
    """``cache_only`` answers with what is there and lists what is missing."""
    client = serve(upstream)
    answer = client.post("/v1/postings", json=FULL | {"options": {"cache_only": True}}).json()
    assert upstream.calls == []
    assert {one["kind"] for one in answer["missing"]} == {
        "company",
        "responsibilities",
        "requirements",
        "preferred",
    }
    assert answer["cache"] == "miss"
    client.post("/v1/postings", json=FULL | {"options": {}})
    answer = client.post("/v1/postings", json=FULL | {"options": {"cache_only": True}}).json()
    assert (answer["cache"], answer["missing"]) == ("hit", [])


def test_exclude_leaves_no_trace(serve: Serve) -> None:
    """An excluded fact or section is nowhere in the posting."""
    client = serve()
    body = FULL | {"options": {"exclude": ["salary", "benefits", "deadline"]}}
    made = sections(client.post("/v1/postings", json=body).json())
    text = "\n".join(section["text"] for section in made.values())
    assert "benefits" not in made
    assert not any(trace in text for trace in ("5,000", "50,000,000", "점심", "12월", "2026-12"))


def test_a_minimal_request_invents_no_section(serve: Serve) -> None:
    """Sections whose facts are all absent are left out."""
    made = sections(serve().post("/v1/postings", json=SMALL).json())
    assert set(made) == {"headline", "company", "responsibilities", "requirements"}


def test_events_tell_the_same_posting(serve: Serve, upstream: FakeUpstream) -> None:
    """Ids count up from 1, the plan comes first, deltas add up to each final text, ``done`` is the answer."""
    client = serve(upstream)
    log = stream(client, FULL)
    assert [id_ for id_, _, _ in log] == list(range(1, len(log) + 1))
    assert (log[0][1], log[-1][1]) == ("plan", "done")
    final = log[-1][2]
    texts = {kind: one["text"] for kind, one in sections(final).items()}
    assert replayed(log) == texts
    assert {data["kind"]: data["text"] for _, type_, data in log if type_ == "section.done"} == texts
    assert {one["kind"] for one in log[0][2]["sections"]} == set(texts)
    assert client.get(f"/v1/postings/{final['id']}").json() == final


def test_sections_are_written_side_by_side(serve: Serve, upstream: FakeUpstream) -> None:
    """Sections come from the model concurrently and their deltas interleave."""
    upstream.delay_s = 0.02
    log = stream(serve(upstream), FULL)
    assert upstream.most_at_once >= 3
    order = [data["kind"] for _, type_, data in log if type_ == "section.delta" and data["kind"] not in FACTS_ONLY]
    changes = sum(one != other for one, other in pairwise(order))
    assert changes >= len(set(order))


def test_resume_from_any_event(serve: Serve, upstream: FakeUpstream) -> None:
    """After ``Last-Event-ID`` exactly the later events come, of a finished posting too."""
    client = serve(upstream)
    log = stream(client, SMALL)
    url = f"/v1/postings/{log[-1][2]['id']}/events"
    assert events(client.get(url).text) == log
    for after in (1, len(log) // 2, len(log)):
        assert events(client.get(url, headers={"Last-Event-ID": str(after)}).text) == log[after:]
    assert client.get(url, headers={"Last-Event-ID": "x"}).status_code == 422


def test_a_reader_who_hangs_up_misses_nothing(serve: Serve, upstream: FakeUpstream) -> None:
    """The posting goes on without its reader, who finds the rest under its id."""
    upstream.delay_s = 0.02
    client = serve(upstream)
    with client.stream("POST", "/v1/postings", json=SMALL, headers={"Accept": "text/event-stream"}) as answer:
        first = next(answer.iter_lines())
        location = answer.headers["location"]
    assert first == "id: 1"
    log = events(client.get(f"{location}/events").text)
    assert log[-1][1] == "done"
    assert log[-1][2]["status"] == "complete"


@pytest.mark.parametrize("chunk", [1, 2, 3, 50])
def test_however_the_upstream_cuts(serve: Serve, upstream: FakeUpstream, chunk: int) -> None:
    """The final text does not depend on how the model's stream is cut."""
    upstream.chunk = chunk
    answer = serve(upstream).post("/v1/postings", json=FULL).json()
    task = next(call for call in upstream.calls if call["section"] == "requirements")
    assert sections(answer)["requirements"]["text"] == upstream.text(task)


@pytest.mark.parametrize(
    "lie",
    [
        "연봉은 9,000만원입니다.",
        "경력 10년 이상이어야 합니다.",
        "문의: other@example.org",
        "전면 재택근무입니다.",
        "계약직으로 채용합니다.",
    ],
)
def test_a_lie_is_never_sent_and_never_stored(serve: Serve, upstream: FakeUpstream, lie: str) -> None:
    """A sentence that states what the request does not support reaches neither the reader nor the cache."""
    upstream.lie = lie
    client = serve(upstream)
    answer = client.post("/v1/postings", json=FULL, headers={"Accept": "text/event-stream"})
    assert lie.rstrip(".") not in answer.text
    upstream.lie = ""
    calls = len(upstream.calls)
    client.post("/v1/postings", json=FULL)
    assert len(upstream.calls) == 2 * calls


def test_an_upstream_that_breaks_off_is_replaced_by_rules(serve: Serve, upstream: FakeUpstream) -> None:
    """Mid-stream failure: the composer supplies the section, flagged; nothing of it is stored as the model's."""
    upstream.chunk, upstream.cut_after = 4, 4
    client = serve(upstream)
    log = stream(client, FULL)
    final = log[-1][2]
    assert final["degraded"] is True
    assert {data["kind"] for _, type_, data in log if type_ == "degraded"} == {
        "company", "responsibilities", "requirements", "preferred",
    }  # fmt: skip
    assert replayed(log) == {kind: one["text"] for kind, one in sections(final).items()}
    assert {one["source"]["tier"] for one in final["posting"]["sections"]} == {"composed"}
    upstream.cut_after = None
    time.sleep(2.1)  # the circuit breaker tries again
    again = client.post("/v1/postings", json=FULL).json()
    assert again["degraded"] is False
    assert again["cache"] == "miss"


def test_a_truncated_answer_is_never_cached(serve: Serve, upstream: FakeUpstream) -> None:
    """An answer that ends at its token limit is shown up to its last whole sentence, and not kept."""
    upstream.finish = "length"
    client = serve(upstream)
    first = client.post("/v1/postings", json=SMALL).json()
    upstream.finish = "stop"
    assert client.post("/v1/postings", json=SMALL).json()["cache"] == "miss"
    assert first["status"] == "complete"


def test_another_upstream_takes_over_before_the_first_word(serve: Serve, upstream: FakeUpstream) -> None:
    """A dead or refusing upstream costs nobody the posting while another is well."""
    dead = FakeUpstream(url="http://127.0.0.1:9/v1")
    answer = serve(dead, upstream).post("/v1/postings", json=SMALL).json()
    assert answer["degraded"] is False
    assert {one["source"]["model"] for one in answer["posting"]["sections"]} == {"model-1", "composer"}


def test_a_dead_or_silent_upstream_does_not_stop_the_answer(serve: Serve, upstream: FakeUpstream) -> None:
    """With no model that answers in time the rules do."""
    upstream.hang_s = 30
    log = stream(serve(upstream), SMALL)
    assert log[-1][2]["status"] == "complete"
    assert log[-1][2]["degraded"] is True


def test_idempotency_key(serve: Serve, upstream: FakeUpstream) -> None:
    """The same key and request give the same posting; the same key with another request is refused."""
    client = serve(upstream)
    headers = {"Idempotency-Key": "k-1"}
    first = client.post("/v1/postings", json=SMALL, headers=headers).json()
    again = client.post("/v1/postings", json=SMALL, headers=headers).json()
    assert again == first
    other = client.post("/v1/postings", json=FULL, headers=headers)
    assert other.status_code == 422
    assert client.post("/v1/postings", json=FULL, headers={"Idempotency-Key": "k-2"}).json()["id"] != first["id"]


def test_cancel_keeps_what_is_done(serve: Serve, upstream: FakeUpstream) -> None:
    """DELETE stops the writing; what was finished stays, and a second DELETE changes nothing."""
    upstream.hang_s = 20
    client = serve(upstream)
    with client.stream("POST", "/v1/postings", json=FULL, headers={"Accept": "text/event-stream"}) as answer:
        location = answer.headers["location"]
    assert client.get(location).json()["status"] == "running"
    stopped = client.delete(location).json()
    assert stopped["status"] == "cancelled"
    assert set(sections(stopped)) == FACTS_ONLY
    assert client.delete(location).json() == stopped
    assert events(client.get(f"{location}/events").text)[-1][1:] == ("done", stopped)


def test_etag(serve: Serve) -> None:
    """A finished posting has a tag; asked for with it, it is not sent again."""
    client = serve()
    id_ = client.post("/v1/postings", json=SMALL).json()["id"]
    first = client.get(f"/v1/postings/{id_}")
    again = client.get(f"/v1/postings/{id_}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "private" in first.headers["cache-control"]
    assert client.get("/v1/postings/pst_unknown").status_code == 404


def test_every_answer_has_its_headers(serve: Serve) -> None:
    """``X-Request-Id`` (the client's own if it is sane), ``Server-Timing`` and ``Cache-Status`` are always there."""
    client = serve()
    for method, path in (
        ("GET", "/healthz"),
        ("GET", "/nowhere"),
        ("GET", "/v1/stats"),
        ("PUT", "/v1/postings"),
    ):
        answer = client.request(method, path, headers={"X-Request-Id": "mine-1"})
        assert answer.headers["x-request-id"] == "mine-1"
        assert {"server-timing", "cache-status"} <= set(answer.headers)
    assert client.get("/healthz", headers={"X-Request-Id": "bad id"}).headers["x-request-id"].startswith("req_")


def test_a_known_company_s_name_is_never_put_into_another_s_posting(serve: Serve, upstream: FakeUpstream) -> None:
    """A model that names a company which the cache knows, and the request does not, is not believed."""
    client = serve(upstream)
    other = {"company": {"name": "한빛커머스"}, "requirements": {"title": "디자이너"}}
    past = {"sections": [{"kind": "company", "text": "소개"}]}
    client.post("/v1/cache/entries", json={"request": other, "posting": past})
    upstream.lie = "한빛커머스에서 함께 성장하세요."
    answer = client.post("/v1/postings", json=FULL, headers={"Accept": "text/event-stream"})
    assert "한빛커머스" not in answer.text
    assert client.get("/v1/stats").json()["events"]["guard_rejections"] == 4


@pytest.mark.parametrize("endless", ["가" * 50, "\n", " ", "좋은 동료를 찾습니다. "])
def test_an_answer_without_end_is_cut(serve: Serve, upstream: FakeUpstream, endless: str) -> None:
    """A model that never stops costs a bounded amount, and what it said is not kept."""
    upstream.endless = endless
    client = serve(upstream)
    answer = client.post("/v1/postings", json=SMALL).json()
    assert answer["status"] == "complete"
    assert all(len(one["text"]) <= 10_000 for one in answer["posting"]["sections"])
    assert client.get("/v1/stats").json()["store"]["entries"] == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>oops</html>",
        b'{"choices": []}',
        b"data: {broken\n\n",
        b"data: [DONE]\n\n",
        b"\xff\xfe",
        INT_CHUNK,
        b'data: {"choices": null}\n\n',
    ],
)
def test_an_upstream_that_talks_nonsense_is_replaced_by_rules(
    serve: Serve, upstream: FakeUpstream, body: bytes
) -> None:
    """Whatever comes instead of an answer, the reader gets a posting."""
    upstream.body = body
    answer = serve(upstream).post("/v1/postings", json=SMALL).json()
    assert answer["status"] == "complete"
    assert answer["degraded"] is True


def test_an_answer_of_which_nothing_fits_is_asked_for_once_more(serve: Serve, upstream: FakeUpstream) -> None:
    """A refusal costs one regeneration; the second answer is used."""
    upstream.instead = ["죄송합니다. 저는 AI 언어 모델입니다."] * 2
    answer = serve(upstream).post("/v1/postings", json=SMALL | {"options": {"language": "ko"}}).json()
    assert answer["degraded"] is False
    assert "AI" not in json.dumps(answer, ensure_ascii=False)
    assert len(upstream.calls) == 2 + sum(kind not in FACTS_ONLY for kind in sections(answer))


def test_a_model_that_only_refuses_is_replaced_by_rules(serve: Serve, upstream: FakeUpstream) -> None:
    """Two answers at the most, then the composer."""
    upstream.instead = ["I'm sorry, but I can't help with that."] * 99
    answer = serve(upstream).post("/v1/postings", json=SMALL).json()
    prose = [one for kind, one in sections(answer).items() if kind not in FACTS_ONLY]
    assert {one["source"]["tier"] for one in prose} == {"composed"}
    assert len(upstream.calls) == 2 * len(prose)


def test_talk_around_the_text_is_left_out(serve: Serve, upstream: FakeUpstream) -> None:
    """A preamble is no text of a posting, and costs nothing of it."""
    text = "누리페이와 함께할 분을 찾습니다."
    upstream.instead = [f"물론입니다! 아래는 요청하신 내용입니다.\n{text}\n도움이 되셨길 바랍니다."] * 9
    answer = serve(upstream).post("/v1/postings", json=SMALL).json()
    assert sections(answer)["company"]["text"] == text


def test_what_a_model_forgets_rules_add(serve: Serve, upstream: FakeUpstream) -> None:
    """The requirements state every skill and the years even if the model does not; deltas still make the text."""
    upstream.instead = ["함께 일할 분을 찾습니다."] * 9
    client = serve(upstream)
    body = {"company": {"name": "누리페이"},
            "requirements": {"title": "개발자", "years_min": 4, "skills": ["Java", "Kafka"]}}  # fmt: skip
    log = stream(client, body)
    text = sections(log[-1][2])["requirements"]["text"]
    assert all(fact in text for fact in ("함께 일할 분", "4년", "Java", "Kafka"))
    assert replayed(log)["requirements"] == text


def test_fact_equal_requests_at_once_are_written_once(serve: Serve, upstream: FakeUpstream) -> None:
    """Thirty clients that want the same posting at the same time: one generation a section, one text for all."""
    upstream.delay_s = 0.02
    client = serve(upstream)
    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(lambda _: client.post("/v1/postings", json=FULL).json(), range(30)))
    kinds = [call["section"] for call in upstream.calls]
    assert sorted(kinds) == sorted(set(kinds))
    assert len({json.dumps({kind: one["text"] for kind, one in sections(each).items()}) for each in answers}) == 1
    assert sum(each["usage"]["generated_tokens"] > 0 for each in answers) >= 1


def test_what_was_deleted_is_not_passed_on_from_a_moment_ago(serve: Serve, upstream: FakeUpstream) -> None:
    """A text that has just been written and is deleted at once is written anew for the next one who asks."""
    client = serve(upstream)
    client.post("/v1/postings", json=FULL)
    calls = len(upstream.calls)
    client.delete("/v1/cache/entries", params={"company": FULL["company"]["name"]}).raise_for_status()
    client.post("/v1/postings", json=FULL)
    assert len(upstream.calls) == 2 * calls
