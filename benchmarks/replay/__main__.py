"""Run the replays; see the package's description."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from benchmarks import replay
from benchmarks.machine import save
from benchmarks.replay.workload import workload
from benchmarks.service import service
from cache_service.jobs.progress import progress_bar
from cache_service.jobs.replay.command import Outcome, Wanted, run_replay

SEED = 20261123
PRICES = {"quality": 10.0, "fast": 1.0}


@contextlib.contextmanager
def model(name: str) -> Iterator[str]:
    """A simulated model in a process of its own; its base URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}/v1"
    command = [sys.executable, "-m", "benchmarks.simulated_llm", "--port", str(port), "--model", name]
    process = subprocess.Popen(command)
    try:
        for _ in range(200):
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{url}/models", trust_env=False).status_code == httpx.codes.OK:
                    break
            time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait()


def upstreams(folder: Path, urls: dict[str, str]) -> Path:
    """The file that names the models, one for each tier."""
    path = folder / "upstreams.toml"
    path.write_text(
        "\n".join(
            f'[[upstream]]\nname = "{name}"\ntier = "{name}"\nbase_url = "{url}"\nmodel = "{name}"\n'
            f"max_concurrency = 8\nprice_out = {PRICES[name]}\ntimeout_s = 60\n"
            for name, url in urls.items()
        )
    )
    return path


def run(asked: argparse.Namespace, duplicates: float) -> dict[str, Any]:
    """One share of duplicates: cold (an empty cache), then warm (the same requests again)."""
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        urls = {tier: stack.enter_context(model(tier)) for tier in PRICES}
        lines = list(workload(asked.language, asked.count, duplicates, asked.rate, SEED))
        file = folder / "replay.jsonl"
        file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines))
        more = {"GONGGO_UPSTREAMS": str(upstreams(folder, urls))}
        client, _, _ = stack.enter_context(service(folder / "data", **more))
        arms = {"cold": _replayed(file, client, asked, (urls["quality"], "quality") if asked.baseline else None)}
        if asked.warm:
            arms["warm"] = _replayed(file, client, asked, None)
        return {name: outcome.as_json() for name, outcome in arms.items()}


def _replayed(file: Path, client: httpx.Client, asked: argparse.Namespace, baseline: tuple[str, str] | None) -> Outcome:
    wanted = Wanted(file, str(client.base_url), 1.0, None, 120.0, baseline, asked.report)
    with progress_bar("requests") as progress:
        outcome = asyncio.run(run_replay(wanted, progress))
    print("\n".join([*outcome.lines(), *outcome.complaints()]), flush=True)
    return outcome


def main() -> None:
    """Run every share asked for and keep the figures."""
    parser = argparse.ArgumentParser(description=replay.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--rate", type=float, default=1.0, help="postings a second on the mean")
    parser.add_argument("--duplicates", type=float, nargs="+", default=[0.0, 0.3, 0.7])
    parser.add_argument("--language", choices=("ko", "en"), default="ko")
    parser.add_argument("--baseline", action="store_true", help="also without a cache")
    parser.add_argument("--warm", action="store_true", help="the same requests once more")
    parser.add_argument("--report", type=Path, help="folder for the last replay's report")
    asked = parser.parse_args()
    save("replay", {
        "seed": SEED, "count": asked.count, "rate": asked.rate, "language": asked.language,
        "duplicates": {str(share): run(asked, share) for share in asked.duplicates},
    })  # fmt: skip


if __name__ == "__main__":
    main()
