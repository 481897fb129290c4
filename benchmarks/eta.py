"""How well the plan event tells when a posting will be complete, while the service learns it.

    python -m benchmarks.eta [--count 120] [--rate 1] [--duplicates 0.3] [--language ko]

The requests of ``benchmarks.replay`` in recorded arrival times, an empty cache, two simulated models. The last plan of
a posting tells p50 and p90 of the remaining time; what counts is the time from there to its ``done``. Only postings
for which a model wrote a section are counted.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import httpx

from benchmarks.machine import save
from benchmarks.replay.__main__ import PRICES, SEED, model, upstreams
from benchmarks.replay.workload import workload
from benchmarks.service import service
from cache_service.jobs.progress import progress_bar
from cache_service.jobs.replay.drive import Seen, events, http_client, open_loop
from cache_service.jobs.replay.lines import Arrival

_BY_MODELS: Final = frozenset({"fast", "quality"})


@dataclass(frozen=True, slots=True)
class Told:
    """What a plan told (seconds), and how long it took from there."""

    p50_s: float
    p90_s: float
    took_s: float

    @property
    def error(self) -> float:
        """Of the p50, as a share of the truth."""
        return abs(self.p50_s - self.took_s) / self.took_s


async def ask(client: httpx.AsyncClient, request: dict[str, Any], told: list[Told]) -> None:
    """One posting; what its last plan told is added if a model wrote for it."""
    eta, planned, by_model = {"p50": 0.0, "p90": 0.0}, 0.0, False
    async with client.stream("POST", "/v1/postings", json=request, headers={"Accept": "text/event-stream"}) as answer:
        answer.raise_for_status()
        async for name, data in events(answer.aiter_lines()):
            if name == "plan":
                eta, planned = data["eta_ms"], perf_counter()
            elif name == "section.done":
                by_model |= data["source"]["tier"] in _BY_MODELS
            elif name == "done" and by_model:
                told.append(Told(eta["p50"] / 1e3, eta["p90"] / 1e3, perf_counter() - planned))


async def replay(url: str, lines: Sequence[dict[str, Any]]) -> tuple[list[Told], int]:
    """Every line when it is due; what was told, in the order of completion, and how many requests failed."""
    told: list[Told] = []
    arrivals = [Arrival(number, line["at"], line["request"]) for number, line in enumerate(lines, 1)]
    async with http_client(url, 120.0) as client:

        async def send(arrival: Arrival, _due: float, _seen: Seen) -> None:
            await ask(client, arrival.request, told)

        with progress_bar("requests") as progress:
            answers = await open_loop(arrivals, 1.0, send, progress, "requests")
    return told, sum(one.failure is not None for one in answers)


def figures(told: Sequence[Told]) -> dict[str, float]:
    """Errors and coverage of what was told."""
    return {
        "postings": len(told),
        "took_p50_s": round(statistics.median(one.took_s for one in told), 3),
        "median_error": round(statistics.median(one.error for one in told), 4),
        "p50_coverage": round(statistics.fmean(one.took_s <= one.p50_s for one in told), 4),
        "p90_coverage": round(statistics.fmean(one.took_s <= one.p90_s for one in told), 4),
    }


def main() -> None:
    """Replay, compare, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--rate", type=float, default=1.0, help="postings a second on the mean")
    parser.add_argument("--duplicates", type=float, default=0.3)
    parser.add_argument("--language", choices=("ko", "en"), default="ko")
    asked = parser.parse_args()
    lines = list(workload(asked.language, asked.count, asked.duplicates, asked.rate, SEED))
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        urls = {tier: stack.enter_context(model(tier)) for tier in PRICES}
        more = {"GONGGO_UPSTREAMS": str(upstreams(folder, urls))}
        client, _, _ = stack.enter_context(service(folder / "data", **more))
        told, failed = asyncio.run(replay(str(client.base_url), lines))
    half = len(told) // 2
    save("eta", {
        "seed": SEED, **vars(asked), "failed": failed, "all": figures(told),
        "first_half": figures(told[:half]), "second_half": figures(told[half:]),
        "told": [[round(value, 3) for value in (one.p50_s, one.p90_s, one.took_s)] for one in told],
    })  # fmt: skip


if __name__ == "__main__":
    main()
