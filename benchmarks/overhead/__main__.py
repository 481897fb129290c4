"""Run it; see the package's description."""

from __future__ import annotations

import argparse
import contextlib
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx

from benchmarks import overhead
from benchmarks.machine import save
from benchmarks.overhead import semantic, wrk
from benchmarks.peers import servers
from benchmarks.peers.servers import Asked, free_port, started
from benchmarks.service import service

CONNECTIONS: Final = (1, 16, 64)
# The slowest answers a few dozen requests a second, each of 64 at once in two seconds.
PEER_SECONDS: Final = 6
PEERS: Final = frozenset({"litellm", "gptcache", "gptcache_no_encoder"})
BARE: Final = ("pure_asgi", "starlette", "fastapi")
KINDS: Final = ("company", "responsibilities", "requirements", "preferred", "benefits")
REQUEST: Final[dict[str, Any]] = {
    "company": {
        "name": "시험결제", "industry": "핀테크", "about": "가게와 손님을 잇는 결제 서비스를 만듭니다.",
        "location": "성남시",
        "benefits": ["점심 식대 지원", "재택근무 주 2회"], "hiring_process": ["서류 전형", "기술 면접", "최종 합격"],
    },
    "requirements": {
        "title": "백엔드 개발자", "years_min": 3, "years_max": 7, "salary_min": 50_000_000, "salary_max": 80_000_000,
        "salary_period": "year", "employment_type": "full_time", "deadline": "2027-12-31",
        "responsibilities": ["결제 API 설계와 운영"], "skills": ["Java", "Spring Boot", "Kafka"],
        "preferred": ["대규모 트래픽 운영 경험"], "contact": "recruit@example.com",
    },
}  # fmt: skip
TEXTS: Final = {
    "company": "시험결제는 가게와 손님을 잇는 결제 서비스를 만듭니다. 함께 일할 분을 찾습니다.",
    "responsibilities": "- 결제 API 설계와 운영",
    "requirements": "- 경력 3년 이상 7년 이하\n- Java, Spring Boot, Kafka",
    "preferred": "- 대규모 트래픽 운영 경험",
    "benefits": "- 점심 식대 지원\n- 재택근무 주 2회",
}


def _body(**options: str) -> str:
    return json.dumps(REQUEST | ({"options": options} if options else {}), ensure_ascii=False)


def _repeat(client: httpx.Client) -> bytes:
    """The answer to a repeat of the request, after its texts were stored."""
    posting = {"sections": [{"kind": kind, "text": text} for kind, text in TEXTS.items()]}
    client.post("/v1/cache/entries", json={"request": REQUEST, "posting": posting}).raise_for_status()
    for _ in range(3):
        answer = client.post("/v1/postings", content=_body().encode(), headers={"Content-Type": "application/json"})
    assert "repeat;dur=" in answer.headers["server-timing"], answer.headers
    tiers = {one["kind"]: one["source"]["tier"] for one in answer.json()["posting"]["sections"]}
    assert all(tiers[kind] == "exact" for kind in KINDS), tiers
    return answer.content


@contextlib.contextmanager
def _bare(kind: str, file: Path, folder: Path) -> Iterator[Asked]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "benchmarks.overhead.bare", kind, str(port), str(file)]
    with started(command, url, "/healthz", folder / f"{kind}.log"):
        yield Asked(f"{url}/v1/postings", _body())


def _rounds(program: str, asked: dict[str, Asked], connections: int, rounds: int, seconds: int) -> dict[str, Any]:
    """Medians over ``rounds`` in which every server has its turn, after one that warms up."""
    found: dict[str, list[wrk.Measured]] = {name: [] for name in asked}
    for number in range(rounds + 1):
        for name in sorted(asked, reverse=bool(number % 2)):
            base = (CONNECTIONS.index(connections) * (rounds + 1) + number) * 1_000_000
            one = asked[name]
            spent_s = PEER_SECONDS if name in PEERS else seconds if number else 1
            measured = wrk.run(program, one.url, one.body, connections=connections, seconds=spent_s, base=base)
            found[name] += [measured] if number else []
    return {
        name: {
            "per_s": round(statistics.median(one.rate for one in runs)),
            "least": round(min(one.rate for one in runs)),
            "most": round(max(one.rate for one in runs)),
            "p50_ms": round(statistics.median(one.p50_ms for one in runs), 3),
            "p99_ms": round(statistics.median(one.p99_ms for one in runs), 3),
        }
        for name, runs in found.items()
    }


def _peers(stack: contextlib.ExitStack, given: argparse.Namespace, folder: Path, answer: str) -> dict[str, Asked]:
    asked = {}
    if given.litellm:
        asked["litellm"] = stack.enter_context(servers.litellm(given.litellm, folder, _body(), answer))
    if given.gptcache:
        for name, model in (("gptcache", True), ("gptcache_no_encoder", False)):
            one = servers.gptcache(given.gptcache, folder, _body(), answer, model=model)
            asked[name] = stack.enter_context(one)
    return asked


def main() -> None:
    """Measure and keep the figures."""
    parser = argparse.ArgumentParser(description=overhead.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrk", help="the load generator [default: wrk on the PATH]")
    parser.add_argument("--litellm", type=Path, help="virtual environment of LiteLLM's proxy")
    parser.add_argument("--gptcache", type=Path, help="virtual environment of GPTCache")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2)
    given = parser.parse_args()
    program = wrk.program(given.wrk)
    figures: dict[str, Any] = {"rounds": given.rounds, "seconds": given.seconds, "load": "closed loop, wrk, one thread"}
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        client, _, _ = stack.enter_context(service(folder / "data"))
        answer = _repeat(client)
        figures["answer_bytes"] = len(answer)
        file = folder / "answer.json"
        file.write_bytes(answer)
        url = f"{client.base_url}/v1/postings"
        asked = {kind: stack.enter_context(_bare(kind, file, folder)) for kind in BARE}
        asked["service_repeat"] = Asked(url, _body())
        asked["service_equal_facts"] = Asked(url, _body(session_id=f"s-{wrk.VARYING}"))
        asked |= _peers(stack, given, folder, answer.decode())
        figures["connections"] = {
            str(count): _rounds(program, asked, count, given.rounds, given.seconds) for count in CONNECTIONS
        }
        for one in figures["connections"].values():
            mine = one["service_repeat"]["per_s"]
            one["repeat_over"] = {
                name: round(mine / one[name]["per_s"], 2) for name in asked if name != "service_repeat"
            }
        figures["semantic"] = semantic.measure(str(client.base_url))
        save("overhead", figures)


if __name__ == "__main__":
    main()
