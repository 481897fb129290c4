"""``gonggo replay`` against a real service with a simulated model: when answers came, and what was wrong."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from benchmarks.simulated_llm.profile import PROFILES
from benchmarks.simulated_llm.server import SimulatedModel
from cache_service.errors import SetupError
from cache_service.jobs.replay.command import Outcome, Wanted, run_replay
from cache_service.jobs.replay.lines import read_schedule
from cache_service.jobs.replay.measure import summary
from tests.upstreams import FakeUpstream, running_server

Serve = Callable[..., httpx.Client]
_REQUEST: dict[str, Any] = {
    "company": {"name": "한빛병원", "about": "지역 주민을 돌보는 종합병원입니다."},
    "requirements": {
        "title": "병동 간호사",
        "years_min": 1,
        "responsibilities": ["환자 상태 관찰"],
        "skills": ["투약"],
    },
    "options": {"language": "ko"},
}


def _file(folder: Path, *lines: object) -> Path:
    path = folder / "replay.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return path


def _run(file: Path, client: httpx.Client, **more: Any) -> Outcome:
    wanted = Wanted(file, str(client.base_url), 1.0, None, 20.0, None, None)
    return asyncio.run(run_replay(replace(wanted, **more), lambda *_: None))


def test_what_is_seen_is_what_happened(serve: Serve, upstream: FakeUpstream, tmp_path: Path) -> None:
    """The first request is written, the second one reused; the times are those since each was due."""
    upstream.hang_s = 0.3
    client = serve(upstream)
    outcome = _run(_file(tmp_path, {"at": 100, "request": _REQUEST}, {"at": 101.5, "request": _REQUEST}), client)
    figures = outcome.arms[0].figures
    assert outcome.sound
    assert figures["cache"] == {"miss": 1, "hit": 1}
    assert figures["complete_time"]["count"] == 2
    assert 300 <= figures["complete_time"]["p99_ms"] < 5000
    assert figures["complete_time"]["p50_ms"] < figures["complete_time"]["p99_ms"]
    assert figures["section_time_by_tier"]["quality"]["mean_ms"] >= 300
    assert figures["tokens"] > 0
    assert figures["money"] > 0
    assert figures["wrong_facts"] == 0


def test_the_loop_is_open(serve: Serve, upstream: FakeUpstream, tmp_path: Path) -> None:
    """A slow answer delays nobody: all are sent when they are due."""
    upstream.hang_s = 1.0
    lines = [{"at": 0.1 * n, "request": {**_REQUEST, "company": {"name": f"한빛{n}병원"}}} for n in range(6)]
    figures = _run(_file(tmp_path, *lines), serve(upstream)).arms[0].figures
    assert figures["complete"] == 6
    assert upstream.most_at_once >= 6


def test_bad_lines_and_refused_requests_are_told(serve: Serve, tmp_path: Path) -> None:
    """They are left out or counted as failures, and the outcome is not sound."""
    file = _file(
        tmp_path, {"at": 0, "request": {"company": {}}}, {"at": "x", "request": {}}, {"at": 1}, "no json",
        {"at": 0, "request": _REQUEST},
    )  # fmt: skip
    outcome = _run(file, serve())
    assert [number for number, _ in outcome.schedule.errors] == [2, 3, 4]
    assert outcome.arms[0].figures["failures"] == {"HTTP 422": 1}
    assert not outcome.sound


def test_facts_that_no_request_supports_are_found(serve: Serve, upstream: FakeUpstream, tmp_path: Path) -> None:
    """An entry whose text states another number is not served; put past the cache by hand, the check names it."""
    from cache_service.jobs.replay.drive import Seen, http_client, wrong_facts

    client = serve(upstream)
    schedule = read_schedule(_file(tmp_path, {"at": 0, "request": _REQUEST}))
    posting = {"title": "병동 간호사", "language": "ko", "sections": [
        {"kind": "requirements", "heading": "자격 요건", "text": "경력 9년 이상을 찾습니다."}]}  # fmt: skip

    async def found() -> list[str]:
        async with http_client(str(client.base_url), 10) as service:
            return await wrong_facts(service, schedule.arrivals, [Seen(1, posting=posting)])

    assert asyncio.run(found()) == ["line 1, requirements: years_min 9"]


def test_the_same_load_without_a_cache(serve: Serve, tmp_path: Path) -> None:
    """One call of the model a posting, all sections one after the other, is reported beside it and drawn."""
    profile = replace(PROFILES["quality"], first_token_s=0.01, tokens_per_s=4000, section_tokens=30)
    with running_server(SimulatedModel(profile).app()) as url:
        outcome = _run(
            _file(tmp_path, {"at": 0, "request": _REQUEST}), serve(), baseline=(f"{url}/v1", "quality"),
            report_dir=tmp_path / "report",
        )  # fmt: skip
    arm = outcome.arms[1].figures
    assert arm["complete"] == 1
    assert arm["tokens"] >= 8 * 30
    page = (tmp_path / "report" / "replay.html").read_text()
    assert "one call a posting" in page
    assert (tmp_path / "report" / "times.png").read_bytes().startswith(b"\x89PNG")
    assert json.loads((tmp_path / "report" / "replay.json").read_text())["arms"]["gonggo"]["requests"] == 1


def test_nothing_to_replay_or_nobody_to_replay_to_is_said(tmp_path: Path) -> None:
    """One sentence each."""
    with pytest.raises(SetupError, match="holds no line"):
        read_schedule(_file(tmp_path, "{}"))
    client = httpx.Client(base_url="http://127.0.0.1:9")
    with pytest.raises(SetupError, match="gonggo serve"):
        _run(_file(tmp_path, {"at": 0, "request": _REQUEST}), client)


def test_a_summary_is_of_what_it_was_given() -> None:
    """Seconds in, milliseconds out; nothing given is nothing said."""
    assert summary([0.1, 0.2, 0.3]) == {"count": 3, "mean_ms": 200.0, "p50_ms": 200.0, "p95_ms": 290.0, "p99_ms": 298.0}
    assert summary([])["p50_ms"] is None
