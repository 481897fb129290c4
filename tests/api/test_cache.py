from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.api.test_postings import FACTS_ONLY, SMALL, sections
from tests.conftest import Serve
from tests.posting.test_request import FULL, with_
from tests.upstreams import FakeUpstream

PLAIN = FULL | {"options": {}}
TEXTS = {
    "company": "누리페이는 핀테크 기업으로 간편결제 인프라를 만드는 회사입니다.",
    "responsibilities": "- 결제 API 설계와 운영을 맡습니다.",
    "requirements": "- 경력 3년 이상 7년 이하\n- Java, Spring Boot, Kafka",
    "benefits": "- 점심 식대 지원\n- 재택근무 주 2회",
}
ENTRY: dict[str, Any] = {
    "request": PLAIN,
    "posting": {"sections": [{"kind": kind, "text": text} for kind, text in TEXTS.items()]},
    "tags": ["spring"],
}
DERIVED: dict[str, Any] = {
    "request": {
        "company": {
            "name": "누리페이",
            "about": "간편결제 인프라를 만듭니다.",
            "benefits": ["점심 식대 20만원"],
        },
        "requirements": {"title": "디자이너"},
    },
    "posting": {
        "sections": [
            {"kind": "company", "text": "[누리페이 소개]\n간편결제 인프라를 만듭니다."},
            {"kind": "benefits", "text": "• 점심 식대 20만원"},
            {"kind": "responsibilities", "text": "• 앱 화면 디자인"},
        ]
    },
    "derived": True,
}


def lookup(client: Any, body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    answer = client.post("/v1/cache/lookup", json=body).json()
    return sections(answer), {one["kind"]: one for one in answer["missing"]}


def test_a_past_posting_is_found_by_its_facts(serve: Serve) -> None:
    """Each section of an entry is reused word for word by a request with the same facts for it."""
    client = serve()
    added = client.post("/v1/cache/entries", json=ENTRY)
    assert added.status_code == 201
    entry_id = added.json()["id"]
    found, missing = lookup(client, PLAIN)
    for kind, text in TEXTS.items():
        assert (found[kind]["text"], found[kind]["source"]["tier"]) == (text, "exact")
        assert found[kind]["source"]["entry_id"] == entry_id
    assert set(missing) == {"preferred"}


def test_another_spelling_is_found_by_meaning(serve: Serve) -> None:
    """Case, spaces and marks differ, every fact is equal: a semantic hit."""
    client = serve()
    client.post("/v1/cache/entries", json=ENTRY)
    body = with_("requirements.skills", ["java", "spring boot", "KAFKA"]) | {"options": {}}
    found, _ = lookup(client, body)
    assert found["requirements"]["source"]["tier"] == "semantic"
    assert found["requirements"]["source"]["similarity"] > 0.5
    assert found["company"]["source"]["tier"] == "exact"


@pytest.mark.parametrize(
    ("path", "value", "gone"),
    [
        ("requirements.years_min", 5, {"requirements"}),
        ("requirements.skills", ["Java", "Spring Boot"], {"requirements"}),
        ("requirements.skills", ["JavaScript", "Spring Boot", "Kafka"], {"requirements"}),
        ("requirements.responsibilities", ["정산 API 설계와 운영"], {"responsibilities"}),
        ("company.name", "누리페이먼츠", {"company"}),
        ("company.benefits", ["점심 식대 지원"], {"benefits"}),
        ("company.benefits", None, {"benefits"}),
        ("company.about", "배달 앱을 만드는 회사입니다.", {"company"}),
        ("requirements.title", "프런트엔드 개발자", {"responsibilities", "requirements"}),
        ("requirements.seniority", "senior", {"responsibilities", "requirements"}),
        ("requirements.work_mode", "onsite", {"benefits"}),
    ],
)
def test_one_other_fact_is_never_served(serve: Serve, path: str, value: object, gone: set[str]) -> None:
    """However near it is: a section whose facts differ in one value is not reused; the others still are."""
    client = serve()
    client.post("/v1/cache/entries", json=ENTRY)
    body = with_(path, value) | {"options": {}}
    found, missing = lookup(client, body)
    assert not any(found[kind]["text"] == TEXTS[kind] for kind in gone if kind in found)
    for kind in set(TEXTS) - gone:
        assert found[kind]["text"] == TEXTS[kind]
    for kind in gone & set(missing):
        assert missing[kind]["nearest"]["differing_facts"]


def test_a_text_that_states_more_is_checked_against_who_asks(serve: Serve) -> None:
    """Duties that name their company, or a year, are not served to another company with the same facts."""
    client = serve()
    text = "누리페이의 결제 API를 설계하고 운영합니다."
    entry = ENTRY | {"posting": {"sections": [{"kind": "responsibilities", "text": text}]}}
    client.post("/v1/cache/entries", json=entry)
    assert lookup(client, PLAIN)[0]["responsibilities"]["text"] == text
    other = with_("company.name", "한빛커머스") | {"options": {}}
    found, missing = lookup(client, other)
    assert "responsibilities" not in found
    assert missing["responsibilities"]["reason"] == "unsupported_facts"


def test_a_company_s_own_posting_speaks_for_it(serve: Serve) -> None:
    """What a company published of itself serves its next job; its duties, and other companies, get none of it."""
    client = serve()
    client.post("/v1/cache/entries", json=DERIVED)
    found, missing = lookup(client, SMALL)
    assert found["company"]["text"] == "[누리페이 소개]\n간편결제 인프라를 만듭니다."
    assert found["benefits"]["text"] == "• 점심 식대 20만원"
    assert "responsibilities" in missing
    stranger = {"company": {"name": "누리페이먼츠"}, "requirements": {"title": "디자이너"}}
    found, missing = lookup(client, stranger)
    assert set(found) <= FACTS_ONLY - {"benefits"}


def test_a_company_s_record_gives_way_to_the_request(serve: Serve) -> None:
    """What the request states about the company counts, not what an old posting said."""
    client = serve()
    client.post("/v1/cache/entries", json=DERIVED)
    body = {
        "company": {"name": "누리페이", "benefits": ["간식"], "about": "새 소개"},
        "requirements": {"title": "기획자"},
    }
    found, missing = lookup(client, body)
    assert found["benefits"]["text"] != "• 점심 식대 20만원"
    assert "company" in missing


def test_adding_twice_changes_nothing(serve: Serve) -> None:
    """The same content again answers 200 with the first one's id."""
    client = serve()
    first = client.post("/v1/cache/entries", json=ENTRY)
    again = client.post("/v1/cache/entries", json=ENTRY)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {"id": first.json()["id"], "stored": False}
    assert client.get("/v1/stats").json()["store"]["entries"] == 1


def test_many_lines(serve: Serve) -> None:
    """Good lines go in, bad ones are reported by number and pointer, and nothing is lost at odd cuts."""
    client = serve()
    bad = FULL | {"requirements": {"title": "x", "years_min": 9, "years_max": 1}}
    lines = [
        json.dumps(ENTRY, ensure_ascii=False), "", "{not json", json.dumps(ENTRY | {"request": bad}),
        json.dumps(DERIVED), '"\\ud800"', json.dumps(ENTRY, ensure_ascii=False), "x" * 70_000,
    ]  # fmt: skip
    body = "\n".join(lines).encode()
    answer = client.post(
        "/v1/cache/entries",
        content=(body[start : start + 1000] for start in range(0, len(body), 1000)),
        headers={"Content-Type": "application/x-ndjson"},
    )
    assert answer.status_code == 200
    report = answer.json()
    assert (report["stored"], report["unchanged"], report["rejected"]) == (2, 1, 4)
    assert [error["line"] for error in report["errors"]] == [3, 4, 6, 8]
    assert report["errors"][1]["errors"][0]["pointer"] == "/request/requirements/years_min"


def test_look_at_and_remove(serve: Serve) -> None:
    """An entry is shown as it was given; removed, it is gone from everywhere at once."""
    client = serve()
    entry_id = client.post("/v1/cache/entries", json=ENTRY).json()["id"]
    shown = client.get(f"/v1/cache/entries/{entry_id}").json()
    assert {one["kind"]: one["text"] for one in shown["posting"]["sections"]} == TEXTS
    assert shown["tags"] == ["spring"]
    assert client.delete(f"/v1/cache/entries/{entry_id}").json()["ids"] == [entry_id]
    assert client.get(f"/v1/cache/entries/{entry_id}").status_code == 404
    assert client.delete(f"/v1/cache/entries/{entry_id}").status_code == 404
    found, _ = lookup(client, PLAIN)
    assert "company" not in found
    stats = client.get("/v1/stats").json()
    assert (stats["store"]["sections"], stats["index"]["vectors"]) == (0, 0)


@pytest.mark.parametrize(
    ("condition", "matches"),
    [
        ({"company": "(주)누리페이"}, True), ({"company": "누리"}, False), ({"title": "백엔드  개발자"}, True),
        ({"tag": "spring"}, True), ({"tag": "spr"}, False), ({"company": "누리페이", "tag": "x"}, False),
        ({"older_than": "1h"}, False), ({"older_than": "2999-01-01"}, True),
    ],
)  # fmt: skip
def test_remove_by_what_it_is_about(serve: Serve, condition: dict[str, str], matches: bool) -> None:
    """All conditions must hold; ``dry_run`` removes nothing."""
    client = serve()
    entry_id = client.post("/v1/cache/entries", json=ENTRY).json()["id"]
    dry = client.delete("/v1/cache/entries", params={**condition, "dry_run": "true"}).json()
    assert dry == {"deleted": 0, "ids": [entry_id] * matches, "dry_run": True}
    assert client.get(f"/v1/cache/entries/{entry_id}").status_code == 200
    assert client.delete("/v1/cache/entries", params=condition).json()["deleted"] == int(matches)


def test_removing_everything_by_accident_is_refused(serve: Serve) -> None:
    """Without a condition, or with a wrong one, nothing is removed."""
    client = serve()
    client.post("/v1/cache/entries", json=ENTRY)
    typo = {"company": "누리페이", "dryrun": "true"}
    for params in ({}, {"older_than": "soon"}, {"company": ""}, typo, {"company": ["누리페이", "x"]}):
        assert client.delete("/v1/cache/entries", params=params).status_code == 422
    assert client.get("/v1/stats").json()["store"]["entries"] == 1


def test_an_expired_entry_is_not_found(serve: Serve) -> None:
    """After its time an entry answers nothing, swept or not."""
    client = serve(ttl_s=1)
    entry_id = client.post("/v1/cache/entries", json=ENTRY).json()["id"]
    assert "company" in lookup(client, PLAIN)[0]
    time.sleep(1.1)
    assert "company" not in lookup(client, PLAIN)[0]
    assert client.get(f"/v1/cache/entries/{entry_id}").status_code == 404
    assert client.post("/v1/cache/entries", json=ENTRY).status_code == 201


def test_lookup_never_calls_a_model_and_stores_nothing(serve: Serve, upstream: FakeUpstream) -> None:
    """A lookup only looks."""
    client = serve(upstream)
    client.post("/v1/cache/lookup", json=FULL)
    assert upstream.calls == []
    assert set(client.get("/v1/stats").json()["store"].values()) == {0}


def test_tone_binds_what_a_model_wrote(serve: Serve, upstream: FakeUpstream) -> None:
    """A text written in one tone is not reused for another; one that people wrote fits any."""
    client = serve(upstream)
    friendly = PLAIN | {"options": {"tone": "friendly"}}
    client.post("/v1/postings", json=friendly)
    assert client.post("/v1/postings", json=friendly).json()["cache"] == "hit"
    assert client.post("/v1/postings", json=PLAIN | {"options": {"tone": "formal"}}).json()["cache"] == "miss"
    client.post("/v1/cache/entries", json=ENTRY)
    assert lookup(client, PLAIN | {"options": {"tone": "witty"}})[0]["company"]["text"] == TEXTS["company"]


def test_what_rules_wrote_never_stands_before_what_people_wrote(serve: Serve) -> None:
    """Without models: a repeated request is a hit, yet a past posting that comes later takes its place at once."""
    client = serve()
    first = client.post("/v1/postings", json=SMALL).json()
    again = client.post("/v1/postings", json=SMALL).json()
    assert (first["cache"], again["cache"]) == ("miss", "hit")
    assert first["posting"]["sections"][1]["text"] == again["posting"]["sections"][1]["text"]
    found, missing = lookup(client, SMALL)
    assert "company" not in found
    assert "company" in missing
    client.post("/v1/cache/entries", json=DERIVED)
    made = sections(client.post("/v1/postings", json=SMALL).json())
    assert made["company"]["text"] == "[누리페이 소개]\n간편결제 인프라를 만듭니다."


def test_texts_are_shown_as_worded(serve: Serve) -> None:
    """Neither a past posting's text nor a request's own words are changed for the sake of comparing them."""
    client = serve()
    text = "ㆍ① 휴가비 50만원…\n㈜기호 ½일 m²"
    client.post("/v1/cache/entries", json=ENTRY | {"posting": {"sections": [{"kind": "company", "text": text}]}})
    body = with_("requirements.contact", "① ㈜기호") | {"options": {"exclude": ["deadline"]}}
    entry_id = lookup(client, PLAIN)[1]["company"]["nearest"]["entry_id"]
    stored = client.get(f"/v1/cache/entries/{entry_id}").json()
    assert stored["posting"]["sections"][0]["text"] == text
    assert "① ㈜기호" in lookup(client, body)[0]["process"]["text"]


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("누리페이는 판교에 있습니다.", "requirements.location", "강남"),
        ("누리페이는 판교에 있습니다.", "requirements.location", None),
        ("Kafka를 쓰는 회사, 누리페이입니다.", "requirements.skills", ["Java", "Spring Boot"]),
        ("누리페이에서 백엔드 개발자를 찾습니다.", "requirements.title", "프런트엔드 개발자"),
        ("누리페이: 서류 전형 다음에 코딩 테스트가 있습니다.", "company.hiring_process", ["면접"]),
    ],
)
def test_a_text_that_says_more_than_its_inputs_is_checked_word_by_word(
    serve: Serve, text: str, path: str, value: object
) -> None:
    """What a stored text says beyond its section's inputs must be said by the request too, extractor or not."""
    client = serve()
    client.post("/v1/cache/entries", json=ENTRY | {"posting": {"sections": [{"kind": "company", "text": text}]}})
    assert lookup(client, PLAIN)[0]["company"]["text"] == text
    found, missing = lookup(client, with_(path, value) | {"options": {}})
    assert "company" not in found
    assert missing["company"]["reason"] == "unsupported_facts"


def test_a_heading_is_checked_like_its_text(serve: Serve) -> None:
    """A heading that states what the request does not support keeps its section from being served."""
    client = serve()
    section = {"kind": "responsibilities", "heading": "(주)알파 연봉 9천만원 · 재택", "text": "결제 API를 운영합니다."}
    client.post("/v1/cache/entries", json=ENTRY | {"posting": {"sections": [section]}})
    assert "responsibilities" not in lookup(client, PLAIN)[0]
