"""A hundred lookups at once over HTTP, nothing remembered of them: this tree, and an older one in turns with it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from socket import socket
from typing import Any

import httpx

from benchmarks.machine import quantiles
from benchmarks.service import made_up

SEED = 20261123
ENTRIES = 500
AT_ONCE = 100
ROUNDS = 5


def measure(before: Path | None) -> dict[str, Any]:
    """Milliseconds of each lookup and of all hundred, by tree."""
    trees = {"now": Path.cwd()} | ({"before": before.resolve()} if before else {})
    chance = random.Random(SEED)
    entries = [made_up(number, chance) for number in range(ENTRIES)]
    waves = [[made_up(ENTRIES + wave * AT_ONCE + one, chance)["request"] for one in range(AT_ONCE)]
             for wave in range(ROUNDS + 1)]  # fmt: skip
    single: dict[str, list[float]] = {name: [] for name in trees}
    whole: dict[str, list[float]] = {name: [] for name in trees}
    batches: dict[str, Any] = {}
    with contextlib.ExitStack() as stack:
        urls = {name: stack.enter_context(running(tree)) for name, tree in trees.items()}
        lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in entries).encode()
        for url in urls.values():
            httpx.post(f"{url}/v1/cache/entries", content=lines, timeout=300, trust_env=False,
                       headers={"Content-Type": "application/x-ndjson"}).raise_for_status()  # fmt: skip
        for number, wave in enumerate(waves):
            for name, url in urls.items():
                each, all_ = asyncio.run(at_once(url, wave))
                if number:  # the first warms up
                    single[name] += each
                    whole[name].append(all_)
        batches = httpx.get(f"{urls['now']}/v1/stats", trust_env=False).json()["embedding"]["batch_size"]
    return {
        "seed": SEED, "entries": ENTRIES, "at_once": AT_ONCE, "rounds": ROUNDS,
        "lookup_ms": {name: quantiles(found) for name, found in single.items()},
        "wave_ms": {name: round(statistics.median(found), 1) for name, found in whole.items()},
        "batch_size": batches,
    }  # fmt: skip


async def at_once(url: str, wave: list[dict[str, Any]]) -> tuple[list[float], float]:
    """Milliseconds of each lookup of a wave, and of the whole wave."""
    limits = httpx.Limits(max_connections=AT_ONCE)
    async with httpx.AsyncClient(base_url=url, timeout=120, trust_env=False, limits=limits) as client:

        async def one(body: dict[str, Any]) -> float:
            started = time.perf_counter()
            (await client.post("/v1/cache/lookup", json=body)).raise_for_status()
            return (time.perf_counter() - started) * 1e3

        started = time.perf_counter()
        each = await asyncio.gather(*(one(body) for body in wave))
        return each, (time.perf_counter() - started) * 1e3


@contextlib.contextmanager
def running(tree: Path, data_dir: Path | None = None) -> Iterator[str]:
    """The address of the service of a tree, on ``data_dir`` or on an empty data directory."""
    with socket() as probe, tempfile.TemporaryDirectory() as folder:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        env = os.environ | {
            "GONGGO_PORT": str(port), "GONGGO_DATA_DIR": str(data_dir or folder), "GONGGO_LOG_LEVEL": "error",
            "GONGGO_MODELS_DIR": str(Path("models").resolve()), "GONGGO_ENCODER_THREADS": "2",
        }  # fmt: skip
        command = [sys.executable, "-c", "from cache_service.cli import main; main()", "serve"]
        process = subprocess.Popen(command, env=env, cwd=tree)
        url = f"http://127.0.0.1:{port}"
        try:
            while not ready(url):
                assert process.poll() is None, "the service did not start"
                time.sleep(0.05)
            yield url
        finally:
            process.terminate()
            process.wait()


def ready(url: str) -> bool:
    """Whether the service answers."""
    try:
        return httpx.get(f"{url}/readyz", trust_env=False).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
