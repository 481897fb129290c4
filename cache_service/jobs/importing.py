"""``gonggo import``: past postings from a file into the cache, through a running service or straight into the store."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, Final

import httpx

from cache_service.app import open_parts
from cache_service.cache.entries import EntryDraft
from cache_service.errors import Unavailable
from cache_service.jobs.derive import RecordError, derive
from cache_service.jobs.progress import Progress
from cache_service.jobs.read_lines import BadLine, read_lines
from cache_service.jobs.running import running_service
from cache_service.settings import Settings

BATCH: Final = 64
MAX_ERRORS: Final = 1000


@dataclass(frozen=True, slots=True)
class LineError:
    """A line that was left out, and why."""

    line: int
    reason: str


@dataclass(slots=True)
class ImportReport:
    """What became of the lines of a file."""

    stored: int = 0
    unchanged: int = 0
    rejected: int = 0
    errors: list[LineError] = field(default_factory=list)
    seconds: float = 0.0
    into: str = ""

    def reject(self, line: int, reason: str) -> None:
        """Note a line that was left out."""
        self.rejected += 1
        if len(self.errors) < MAX_ERRORS:
            self.errors.append(LineError(line, reason))

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "stored": self.stored,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "into": self.into,
            "seconds": round(self.seconds, 3),
            "errors": [{"line": one.line, "reason": one.reason} for one in self.errors],
        }


Numbered = tuple[int, EntryDraft]
Add = Callable[[Sequence[Numbered], ImportReport], Awaitable[None]]


async def import_file(path: Path, settings: Settings, progress: Progress) -> ImportReport:
    """Import ``path``. What was stored when it is interrupted stays; importing again adds only what is new."""
    report = ImportReport()
    started = monotonic()
    lines = read_lines(path)
    async with _target(settings, report) as add:
        seen = 0
        while batch := await asyncio.to_thread(_next_batch, lines, report):
            await add(batch, report)
            seen += len(batch)
            progress(seen, 0, "importing")
    report.seconds = monotonic() - started
    return report


def _next_batch(lines: Iterator[Any], report: ImportReport) -> list[Numbered]:
    batch: list[Numbered] = []
    for line in lines:
        if isinstance(line, BadLine):
            report.reject(line.number, line.reason)
            continue
        try:
            batch.append((line.number, derive(line.record)))
        except RecordError as exc:
            report.reject(line.number, str(exc))
        if len(batch) >= BATCH:
            break
    return batch


@asynccontextmanager
async def _target(settings: Settings, report: ImportReport) -> AsyncIterator[Add]:
    async with running_service(settings) as client:
        if client is not None:
            report.into = str(client.base_url)
            yield lambda batch, report: _send(client, batch, report)
            return
    report.into = str(settings.data_dir)
    async with open_parts(settings) as parts:

        async def add(batch: Sequence[Numbered], report: ImportReport) -> None:
            outcome = await parts.service.add([draft for _, draft in batch])
            report.stored += sum(new for _, new in outcome)
            report.unchanged += sum(not new for _, new in outcome)

        yield add


async def _send(client: httpx.AsyncClient, batch: Sequence[Numbered], report: ImportReport) -> None:
    body = "\n".join(json.dumps(_as_entry(draft), ensure_ascii=False) for _, draft in batch)
    try:
        answer = await client.post(
            "/v1/cache/entries", content=body.encode(), headers={"Content-Type": "application/x-ndjson"}
        )
        outcome = answer.json()
    except (httpx.HTTPError, ValueError) as exc:
        raise Unavailable(f"The service stopped answering ({type(exc).__name__}); run the import again.") from exc
    if answer.status_code != 200:
        raise Unavailable(f"The service refused: {outcome.get('detail', answer.status_code)}")
    report.stored += outcome["stored"]
    report.unchanged += outcome["unchanged"]
    for error in outcome["errors"]:
        report.reject(batch[error["line"] - 1][0], error["detail"])


def _as_entry(draft: EntryDraft) -> dict[str, Any]:
    sections = [
        {"kind": one.kind, "text": one.text} | ({"heading": one.heading} if one.heading else {})
        for one in draft.sections
    ]
    return {
        "request": draft.request.model_dump(mode="json", exclude_none=True),
        "posting": {"sections": sections} | ({"title": draft.title} if draft.title else {}),
        "tags": list(draft.tags),
        "derived": draft.derived,
    }
