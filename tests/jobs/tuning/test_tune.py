"""``gonggo tune`` from pairs and from feedback, and its report."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from cache_service.app import create_app
from cache_service.cache.policies.artifact import load_artifact
from cache_service.cache.policies.proposals import Pair, Refused, make_proposals
from cache_service.cache.policies.protocol import Proposal
from cache_service.errors import SetupError
from cache_service.jobs.tuning.cli import Outcome, Wanted, run_tune
from cache_service.jobs.tuning.command import TooLittle
from cache_service.jobs.tuning.pairs import PairsRead, feedback_pairs, read_pairs
from cache_service.posting.request import PostingRequest
from cache_service.settings import read_settings
from cache_service.store.sqlite import SqliteStore
from embeddings.hashing import HashingEncoder
from tests.api.test_feedback import TEXT, give, stored_entry
from tests.api.test_postings import SMALL
from tests.conftest import Serve
from tests.jobs.tuning.samples import pair_line
from tests.test_command import environment, free_port, gonggo
from tests.upstreams import running_server


def written(path: Path, lines: list[Any]) -> Path:
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines), "utf-8")
    return path


def many(count: int = 1200) -> list[dict[str, Any]]:
    return [pair_line(number, right=number % 6 != 0) for number in range(count)]


def run(tmp_path: Path, lines: list[Any], out: str = "policy.json", **changes: Any) -> Outcome:
    values: dict[str, Any] = {
        "files": (written(tmp_path / "pairs.jsonl", lines),), "from_feedback": False, "out": tmp_path / out,
        "delta": 0.05, "seed": 0, "compare_embedder": None, "report_dir": None, "dry_run": False,
    }  # fmt: skip
    settings = read_settings(data_dir=tmp_path / "data", embedder="hashing")
    return run_tune(Wanted(**(values | changes)), settings, lambda _done, _total, _what: None)


def request(**job: Any) -> PostingRequest:
    body = {"company": {"name": "누리페이"}, "requirements": {"title": "개발자", **job}}
    return PostingRequest.model_validate(body)


def test_a_proposal_is_made_by_the_services_own_rules() -> None:
    """Another number is refused before any policy; equal words differ in nothing; other marks are a rewording."""
    base = request(preferred=["결제 서비스 운영 경험"])
    other = request(preferred=["결제 서비스를 운영한 경험"])
    text = "- 결제 서비스 운영 경험"
    refused, equal, reworded, foreign = make_proposals(
        [
            Pair("requirements", request(years_min=3), request(years_min=5), "경력 3년 이상"),
            Pair("preferred", base, base, text),
            Pair("preferred", base, other, text),
            Pair("benefits", base, base, text),
        ],
        HashingEncoder(),
    )
    assert isinstance(refused, Refused)
    assert refused.reason == "facts_differ"
    assert isinstance(equal, Proposal)
    assert (equal.reworded, equal.similarity) == (0, pytest.approx(1.0, abs=1e-5))
    assert isinstance(reworded, Proposal)
    assert (reworded.reworded, reworded.overlap, reworded.unmatched) == (1, 1.0, 0)
    assert 0.5 < reworded.similarity < 1
    assert isinstance(foreign, Refused)


def test_the_same_pairs_make_the_same_bytes(tmp_path: Path) -> None:
    """Artifact, pictures and page: in whatever order the pairs come, with the same seed; another seed splits anew."""
    first = run(tmp_path, many(), "a.json", report_dir=tmp_path / "one")
    second = run(tmp_path, many()[::-1], "b.json", report_dir=tmp_path / "two")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == ["reliability.png", "report.html", "report.json", "risk.png"]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert first.tuned.counts == second.tuned.counts
    run(tmp_path, many(), "c.json", seed=1)
    assert (tmp_path / "c.json").read_bytes() != (tmp_path / "a.json").read_bytes()
    assert load_artifact(tmp_path / "a.json", embedding=HashingEncoder().fingerprint) == first.tuned.artifact
    page = (tmp_path / "one" / "report.html").read_text("utf-8")
    assert page.count("data:image/png;base64,") == 2
    assert "http" not in page


def test_bad_lines_are_skipped_and_counted(tmp_path: Path) -> None:
    """Line number and reason of each; the rest is used; the command says so with status 1."""
    bad = [
        "{broken", pair_line(1, label=2), pair_line(1, kind="nothing"), pair_line(1, more=1), pair_line(1, text=""),
        pair_line(1, wanted={"company": {}}), "[]", '{"kind": "\\ud800"}',
    ]  # fmt: skip
    read = PairsRead()
    read_pairs(written(tmp_path / "bad.jsonl", [*bad, pair_line(1)]), read)
    assert (len(read.pairs), read.skipped) == (1, len(bad))
    assert [number for number, _ in read.errors] == list(range(1, len(bad) + 1))
    for (_, reason), says in zip(read.errors[:6], ("JSON", "label", "kind", "more", "text", "wanted"), strict=True):
        assert says in reason
    outcome = run(tmp_path, [*many(), "{broken"])
    assert outcome.as_json()["skipped"] == 1
    assert outcome.complaints()[0].startswith("line 1201: ")


def test_nothing_is_written_in_a_dry_run(tmp_path: Path) -> None:
    """The report is the same, the files are not there."""
    outcome = run(tmp_path, many(), dry_run=True, report_dir=tmp_path / "report", compare_embedder="hashing")
    assert outcome.written == []
    assert not (tmp_path / "policy.json").exists()
    assert not (tmp_path / "report").exists()
    assert outcome.compared is not None
    assert outcome.compared.artifact == outcome.tuned.artifact
    assert any("the same with the embedder" in line for line in outcome.lines())


def test_too_little_or_nothing_is_said(tmp_path: Path) -> None:
    """Neither a policy out of ten pairs, nor one out of a single company, nor out of no source at all."""
    with pytest.raises(TooLittle, match="10 pairs"):
        run(tmp_path, many(10))
    with pytest.raises(TooLittle, match="of 1 companies"):
        run(tmp_path, [one | {"group": "same"} for one in many(100)])
    with pytest.raises(SetupError, match="--from-feedback"):
        run(tmp_path, [], files=())


async def read_feedback(data_dir: Path) -> PairsRead:
    store = SqliteStore.open(data_dir, lambda: 0.0)
    try:
        read = PairsRead()
        await feedback_pairs(store, "default", read)
        return read
    finally:
        store.close()


def test_feedback_becomes_pairs(tmp_path: Path) -> None:
    """An accepted reuse is a right pair, a rejected one a wrong pair, with both requests as they were."""
    settings = read_settings(data_dir=tmp_path / "data", embedder="hashing")
    with running_server(create_app(settings)) as url, httpx.Client(base_url=url, trust_env=False) as client:
        stored_entry(client)
        first, second = (client.post("/v1/postings", json=SMALL).json() for _ in range(2))
        assert give(client, first, "accept").status_code == 201
        assert give(client, second, "reject").status_code == 201
        body = {"posting_id": first["id"], "section": "headline", "verdict": "accept"}
        assert client.post("/v1/feedback", json=body).status_code == 201
    read = asyncio.run(read_feedback(tmp_path / "data"))
    assert [(one.right, one.pair.kind, one.pair.text) for one in read.pairs] == [
        (True, "company", TEXT),
        (False, "company", TEXT),
    ]
    assert {one.group for one in read.pairs} == {SMALL["company"]["name"]}
    assert read.pairs[0].pair.wanted.requirements.title == SMALL["requirements"]["title"]


def test_the_command(tmp_path: Path, serve: Serve) -> None:
    """As a user runs it: figures as JSON, status 0, 1 for skipped lines, 2 for too little; a service takes the file."""
    env = environment(tmp_path, free_port())
    path = written(tmp_path / "pairs.jsonl", many(2400))
    out = tmp_path / "policy.json"
    done = gonggo(env, "tune", "--pairs", str(path), "--out", str(out), "--report", str(tmp_path / "r"), "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert [row["max_error"] for row in report["report"]] == [0.001, 0.005, 0.01, 0.02, 0.05]
    assert report["written"][0] == str(out)
    few = written(tmp_path / "few.jsonl", many(5))
    bad = gonggo(env, "tune", "--pairs", str(few))
    assert (bad.returncode, "5 pairs" in bad.stderr, "Traceback" in bad.stderr) == (2, True, False)
    stats = serve(policy=str(out)).get("/v1/stats").json()
    assert stats["error_bound"]["policy"] == "online(calibrated)"
