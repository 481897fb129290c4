"""The real service over HTTP on the bundled model: start, import, lookups, first content, memory.

Latencies are of one client, requests sent one after another; the bare encoder and bare FAISS are timed in the same
run, and the ratio is what counts. Every request measured is checked to have been answered from the tier it is about.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import faiss
import httpx
import numpy as np

from benchmarks.machine import REAL_POSTINGS, quantiles, save
from embeddings.load import load_encoder

SEED = 20261123
ENTRIES = 10_000
SAMPLES = 300
TITLES = [
    "백엔드 개발자",
    "병동 간호사",
    "지게차 운전원",
    "정산 운영 담당자",
    "제품 디자이너",
    "영업 관리자",
    "데이터 분석가",
    "조리사",
]
SKILLS = ["Java", "Python", "엑셀", "Figma", "SQL", "Kafka", "CAD", "영어", "운전", "React"]


@contextlib.contextmanager
def service(data_dir: Path, **more: str) -> Iterator[tuple[httpx.Client, int, float]]:
    """A running ``gonggo serve`` with ``more`` environment: a client, its process id, the seconds till it was ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = os.environ | {
        "GONGGO_PORT": str(port),
        "GONGGO_DATA_DIR": str(data_dir),
        "GONGGO_LOG_LEVEL": "warning",
        **more,
    }
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", "from cache_service.cli import main; main()", "serve"], env=env)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=600, trust_env=False) as client:
            while True:
                try:
                    if client.get("/readyz").status_code == 200:
                        break
                except httpx.TransportError:
                    if process.poll() is not None:
                        raise
                time.sleep(0.02)
            yield client, process.pid, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait()


def resident_mb(pid: int) -> dict[str, float]:
    """Resident memory now and at its highest, MB."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    return {"now": int(lines["VmRSS"].split()[0]) / 1024, "peak": int(lines["VmHWM"].split()[0]) / 1024}


def made_up(number: int, chance: random.Random) -> dict[str, Any]:
    """An entry of its own: company, duties, skills and benefits differ from every other."""
    title = f"{chance.choice(TITLES)} {chance.choice('ABCDEFGH')}{number % 97}"
    company = f"시험회사{number:05d}"
    skills = chance.sample(SKILLS, 3)
    benefits = [f"복지 항목 {chance.randrange(1000)}", "점심 제공"]
    duties = [f"{title} 업무 {chance.randrange(10_000)}번 과제 수행", f"{skills[0]} 활용 업무"]
    request = {
        "company": {
            "name": company, "about": f"{company}는 {chance.choice(TITLES)}가 일하는 회사입니다.", "benefits": benefits,
        },
        "requirements": {
            "title": title, "years_min": chance.randrange(1, 9), "skills": skills, "responsibilities": duties,
        },
    }  # fmt: skip
    texts = {
        "company": request["company"]["about"], "benefits": "\n".join(f"- {one}" for one in benefits),
        "responsibilities": "\n".join(f"- {one}" for one in duties),
        "requirements": f"- 경력 {request['requirements']['years_min']}년 이상\n- {', '.join(skills)}",
    }  # fmt: skip
    return {
        "request": request,
        "posting": {"sections": [{"kind": kind, "text": text} for kind, text in texts.items()]},
    }


def timed(client: httpx.Client, path: str, body: dict[str, Any]) -> tuple[float, dict[str, Any]]:
    """Milliseconds for one call, and its answer."""
    content = json.dumps(body, ensure_ascii=False).encode()
    started = time.perf_counter()
    answer = client.post(path, content=content, headers={"Content-Type": "application/json"})
    elapsed = (time.perf_counter() - started) * 1e3
    answer.raise_for_status()
    return elapsed, answer.json()


def first_content_ms(client: httpx.Client, body: dict[str, Any]) -> float:
    """Milliseconds until the first ``section.delta`` of a stream, which is then read to its end."""
    elapsed = 0.0
    started = time.perf_counter()
    with client.stream("POST", "/v1/postings", json=body, headers={"Accept": "text/event-stream"}) as answer:
        for line in answer.iter_lines():
            if line == "event: section.delta" and not elapsed:
                elapsed = (time.perf_counter() - started) * 1e3
    return elapsed


def respelled(request: dict[str, Any]) -> dict[str, Any]:
    """The same facts spelled differently: found by meaning, not by key."""
    job = request["requirements"]
    return {
        "company": request["company"] | {"about": request["company"]["about"].replace(".", " .")},
        "requirements": job | {"skills": [skill.swapcase() for skill in job["skills"]],
                               "responsibilities": [f"{duty}." for duty in job["responsibilities"]]},
    }  # fmt: skip


def bare(texts: list[list[str]]) -> dict[str, float]:
    """Encoding the same texts and searching a flat FAISS index of the same size, nothing else."""
    encoder = load_encoder("bundled", Path("models"), min(4, os.cpu_count() or 1))
    rows = np.random.default_rng(SEED).normal(size=(ENTRIES, encoder.dimension)).astype(np.float32)
    faiss.normalize_L2(rows)
    index = faiss.IndexScalarQuantizer(encoder.dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index.add(rows)
    spent = []
    for batch in texts:
        started = time.perf_counter()
        vectors = encoder.encode(batch)
        for vector in vectors:
            index.search(vector.reshape(1, -1), 10)
        spent.append((time.perf_counter() - started) * 1e3)
    return quantiles(spent)


def import_real() -> dict[str, Any]:
    """``gonggo import`` of the real postings into an empty store, then again."""
    if not REAL_POSTINGS.exists():
        return {"skipped": f"{REAL_POSTINGS} is not there"}
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"GONGGO_DATA_DIR": folder, "GONGGO_PORT": "1"}
        command = [
            sys.executable,
            "-c",
            "from cache_service.cli import main; main()",
            "import",
            str(REAL_POSTINGS),
            "--json",
        ]
        runs = [json.loads(subprocess.run(command, env=env, check=False, capture_output=True).stdout) for _ in range(2)]
        reuse = company_reuse(Path(folder))
    return {
        "first": {k: v for k, v in runs[0].items() if k != "errors"},
        "again": runs[1]["stored"],
        "reuse": reuse,
    }


def company_reuse(data_dir: Path) -> dict[str, Any]:
    """A new job at each of 200 of the imported companies: how often its company and benefits sections are reused."""
    with gzip.open(REAL_POSTINGS, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    names = random.Random(SEED).sample(
        sorted({row["company"] for row in rows if row["about"] and row["benefits"]}), 200
    )
    reused = {"company": 0, "benefits": 0}
    spent = []
    with service(data_dir) as (client, _, ready_s):
        for name in names:
            elapsed, answer = timed(
                client, "/v1/cache/lookup", {"company": {"name": name}, "requirements": {"title": "사무 보조"}}
            )
            spent.append(elapsed)
            kinds = {
                one["kind"] for one in answer["posting"]["sections"] if one["source"]["tier"] in {"exact", "semantic"}
            }
            for kind in reused:
                reused[kind] += kind in kinds
    return {
        "companies": len(names),
        "reused": reused,
        "lookup_ms": quantiles(spent),
        "ready_s": round(ready_s, 2),
    }


def main() -> None:
    """Run it all."""
    chance = random.Random(SEED)
    entries = [made_up(number, chance) for number in range(ENTRIES)]
    figures: dict[str, Any] = {"seed": SEED, "entries": ENTRIES, "import_real": import_real()}
    with tempfile.TemporaryDirectory() as folder:
        with service(Path(folder)) as (client, pid, ready_s):
            figures["empty"] = {"ready_s": round(ready_s, 2), "resident_mb": resident_mb(pid)}
            started = time.perf_counter()
            for start in range(0, ENTRIES, 500):
                lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in entries[start : start + 500])
                answer = client.post(
                    "/v1/cache/entries",
                    content=lines.encode(),
                    headers={"Content-Type": "application/x-ndjson"},
                )
                assert answer.json()["rejected"] == 0, answer.text
            figures["fill_s"] = round(time.perf_counter() - started, 1)
            figures["resident_mb_after_fill"] = resident_mb(pid)
        with service(Path(folder)) as (client, pid, ready_s):
            figures["ready_s_full"] = round(ready_s, 2)
            sample = chance.sample(entries, SAMPLES)
            kinds = {"company", "responsibilities", "requirements", "benefits"}
            for name, change, tiers in (
                ("exact", lambda request: request, {"exact"}),
                ("semantic", respelled, {"semantic", "exact"}),
            ):
                spent = []
                for one in sample:
                    elapsed, answer = timed(client, "/v1/cache/lookup", change(one["request"]))
                    got = {s["kind"] for s in answer["posting"]["sections"] if s["source"]["tier"] in tiers}
                    assert kinds <= got, answer
                    spent.append(elapsed)
                figures[f"{name}_lookup_ms"] = quantiles(spent)
            figures["hit_posting_ms"] = quantiles([timed(client, "/v1/postings", one["request"])[0] for one in sample])
            figures["first_content_ms"] = {
                "hit": quantiles([first_content_ms(client, one["request"]) for one in sample]),
                "composed": quantiles(
                    [first_content_ms(client, made_up(ENTRIES + n, chance)["request"]) for n in range(SAMPLES)]
                ),
            }
            figures["resident_mb_full"] = resident_mb(pid)
    texts = [
        [f"{one['request']['requirements']['title']} | {' '.join(one['request']['requirements'][name])}"
         for name in ("skills", "responsibilities")] + [one["request"]["company"]["about"]]
        for one in sample
    ]  # fmt: skip
    figures["bare_encode_and_search_ms"] = bare(texts)
    figures["semantic_over_bare"] = round(
        figures["semantic_lookup_ms"]["p50"] / figures["bare_encode_and_search_ms"]["p50"], 2
    )
    save("service", figures)
