"""What the command asks for and what it is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from cache_service.errors import SetupError
from cache_service.jobs.progress import Progress
from cache_service.jobs.replay.baseline import to_model
from cache_service.jobs.replay.drive import Seen, http_client, open_loop, to_service, wrong_facts
from cache_service.jobs.replay.lines import Arrival, Schedule, read_schedule
from cache_service.jobs.replay.measure import Measured, measured
from cache_service.jobs.replay.report import lines, write_report


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of ``gonggo replay``. ``speed``: how many times as fast as recorded; ``baseline``: base URL and model
    of an OpenAI-compatible endpoint that writes each posting in one call."""

    file: Path
    url: str
    speed: float
    limit: int | None
    timeout_s: float
    baseline: tuple[str, str] | None
    report_dir: Path | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was seen. ``sound``: every line was read, every request answered whole, and no fact was wrong."""

    arms: tuple[Measured, ...]
    schedule: Schedule
    about: dict[str, Any]
    written: list[Path]

    @property
    def sound(self) -> bool:
        """Whether nothing is to be complained about; a baseline that fails is no fault of the service."""
        served = self.arms[0].figures
        return not (self.schedule.errors or served["failures"] or served["wrong_facts"])

    def lines(self) -> list[str]:
        """For a terminal."""
        return [*lines(self.arms), *(f"written: {path}" for path in self.written)]

    def complaints(self) -> list[str]:
        """Lines that were left out, and facts that no request supports."""
        found = [f"line {number}: {reason}" for number, reason in self.schedule.errors[:20]]
        if (more := len(self.schedule.errors) - len(found)) > 0:
            found.append(f"... and {more} more lines")
        return [*found, *self.arms[0].figures["wrong_fact_examples"]]

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            **self.about,
            "arms": {arm.name: arm.figures for arm in self.arms},
            "errors": [{"line": number, "reason": reason} for number, reason in self.schedule.errors],
            "written": [str(path) for path in self.written],
        }


async def run_replay(wanted: Wanted, progress: Progress) -> Outcome:
    """Replay the file. SetupError if there is nothing to replay or nobody to replay it to."""
    schedule = await asyncio.to_thread(read_schedule, wanted.file, limit=wanted.limit)
    arms = [await _service(wanted, schedule.arrivals, progress)]
    if wanted.baseline is not None:
        arms.append(await _model(wanted, wanted.baseline, schedule.arrivals, progress))
    about = {
        "file": wanted.file.name, "requests": len(schedule.arrivals), "speed": wanted.speed,
        "span_s": round(schedule.span_s / wanted.speed, 3),
    }  # fmt: skip
    written = [] if wanted.report_dir is None else write_report(wanted.report_dir, arms, about)
    return Outcome(tuple(arms), schedule, about, written)


async def _service(wanted: Wanted, arrivals: Sequence[Arrival], progress: Progress) -> Measured:
    async with http_client(wanted.url, wanted.timeout_s) as client:
        before = await _spent(client, wanted.url)
        answers = await open_loop(arrivals, wanted.speed, to_service(client), progress, "replaying")
        spent = await _spent(client, wanted.url) - before
        wrong = await wrong_facts(client, arrivals, answers)
    return measured("gonggo", _ordered(answers), wrong=wrong, spent=round(spent, 6))


async def _model(wanted: Wanted, at: tuple[str, str], arrivals: Sequence[Arrival], progress: Progress) -> Measured:
    url, model = at
    async with http_client(url.rstrip("/") + "/", wanted.timeout_s) as client:
        answers = await open_loop(arrivals, wanted.speed, to_model(client, model), progress, "without a cache")
    return measured("one call a posting", _ordered(answers), wrong=None, spent=None)


def _ordered(answers: Sequence[Seen]) -> list[Seen]:
    return sorted(answers, key=lambda seen: seen.line)


async def _spent(client: httpx.AsyncClient, url: str) -> float:
    try:
        answer = await client.get("/v1/stats")
        answer.raise_for_status()
        return float(answer.json()["money"]["spent"])
    except (httpx.HTTPError, ValueError, LookupError, TypeError) as exc:
        raise SetupError(
            f"No gonggo service answers at {url} ({type(exc).__name__}). Start one: gonggo serve."
        ) from exc
