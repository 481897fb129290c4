"""The hand-written suite: traps that must not be served, honest rewordings that should be, on the bundled model.

``bases.jsonl``: stored postings with their requests. ``cases.jsonl``: what is set in a base's request (null takes the
field out), and either the words that no reused section may state then (``not_stated``; ``if_served``: the words of
which a reused section of that kind must state one), or the sections that have to be reused (``served``). ``fails``:
why the service does not do so yet; such a case has to go on failing until somebody takes the reason out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from benchmarks.reuse.case import holds
from benchmarks.reuse.judge import REUSED
from cache_service.app import create_app
from cache_service.settings import read_settings
from tests import test_bundled_service
from tests.upstreams import running_server

pytestmark = test_bundled_service.pytestmark
FOLDER = Path(__file__).parent
FLOOR_REWORDINGS = 0.9
FACTS = frozenset(
    "company title seniority years_min years_max salary_min salary_max salary_period currency headcount "
    "employment_type work_mode location deadline education probation_months skill benefit email phone url polarity "
    "industry size founded about culture hiring_process responsibilities preferred notes".split()
)


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]


BASES = {base["id"]: base for base in rows("bases")}
CASES = rows("cases")


def parameter(row: dict[str, Any], name: str) -> Any:
    """A base or a case as a parameter that is expected to fail where it says why."""
    marks = [pytest.mark.xfail(strict=True, reason=row["fails"])] if "fails" in row else []
    return pytest.param(row, id=name, marks=marks)


def labelled(label: str) -> list[Any]:
    """The cases of a label as parameters, each named after what it sets."""
    named = ((case, f"{case['base']} {json.dumps(case['set'], ensure_ascii=False)}") for case in CASES)
    return [parameter(case, name) for case, name in named if case["label"] == label]


def wanted(case: dict[str, Any]) -> dict[str, Any]:
    """The request of the case's base with what the case sets."""
    request: dict[str, Any] = json.loads(json.dumps(BASES[case["base"]]["request"]))
    for path, value in case["set"].items():
        group, _, name = path.partition(".")
        request[group][name] = value
    return request


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The service over HTTP, every base stored."""
    app = create_app(read_settings(data_dir=tmp_path_factory.mktemp("reuse"), embedder="bundled", drain_s=1.0))
    with running_server(app) as url, httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
        for base in BASES.values():
            answer = client.post("/v1/cache/entries", json={"request": base["request"], "posting": base["posting"]})
            assert answer.status_code == 201, answer.text
        yield client


def reused(client: httpx.Client, request: dict[str, Any]) -> dict[str, str]:
    """By kind, heading and text of the sections that the cache answers without writing."""
    answer = client.post("/v1/cache/lookup", json=request)
    assert answer.status_code == 200, answer.text
    sections = answer.json()["posting"]["sections"]
    return {one["kind"]: f"{one['heading']}\n{one['text']}" for one in sections if one["source"]["tier"] in REUSED}


def wrongs(case: dict[str, Any], texts: dict[str, str]) -> Iterator[str]:
    """What the reused sections state that they may not, or lack."""
    for kind, text in texts.items():
        yield from (f"{kind} states {words}" for words in case["not_stated"] if holds(text, words))
        needed = case.get("if_served", {}).get(kind, ())
        if needed and not any(holds(text, words) for words in needed):
            yield f"{kind} lacks {needed[0]}"


def test_the_suite_is_what_it_says() -> None:
    """Every fact type has traps in both languages, every trap's words stand in its base's written sections, every
    rewording changes the request."""
    traps = [case for case in CASES if case["label"] == "trap"]
    for language in ("ko", "en"):
        told = {case["fact"] for case in traps if BASES[case["base"]]["request"]["options"]["language"] == language}
        assert told == FACTS, language
    for case in traps:
        sections = BASES[case["base"]]["posting"]["sections"]
        for words in case["not_stated"]:
            assert any(holds(one["text"], words) for one in sections), (case, words)
    rewordings = [case for case in CASES if case["label"] == "rewording"]
    assert len(rewordings) >= 100
    assert all(case["served"] and wanted(case) != BASES[case["base"]]["request"] for case in rewordings)


@pytest.mark.parametrize("base", [parameter(base, name) for name, base in BASES.items()])
def test_what_was_asked_before_is_reused(client: httpx.Client, base: dict[str, Any]) -> None:
    """A base's own request gets every written section of its posting back."""
    assert {one["kind"] for one in base["posting"]["sections"]} <= set(reused(client, base["request"]))


@pytest.mark.parametrize("case", labelled("trap"))
def test_no_trap_is_served(client: httpx.Client, case: dict[str, Any]) -> None:
    """No reused section states a fact that the request changed, took out or turned round."""
    assert list(wrongs(case, reused(client, wanted(case)))) == []


@pytest.mark.parametrize("case", labelled("rewording"))
def test_a_rewording_is_served(client: httpx.Client, case: dict[str, Any]) -> None:
    """The same facts in other words reuse every section that depends on them."""
    assert set(case["served"]) <= set(reused(client, wanted(case)))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_enough_rewordings_are_served(client: httpx.Client, language: str) -> None:
    """At least the floor's share of all rewordings, those that are known to fail among them, is served."""
    cases = [
        case for case in CASES
        if case["label"] == "rewording" and BASES[case["base"]]["request"]["options"]["language"] == language
    ]  # fmt: skip
    served = sum(set(case["served"]) <= set(reused(client, wanted(case))) for case in cases)
    assert served / len(cases) >= FLOOR_REWORDINGS
