"""The lines of a replay: ``{"at": seconds, "request": {...}}``."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cache_service.errors import SetupError
from cache_service.jobs.read_lines import BadLine, read_lines

MAX_LINES: Final = 200_000


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request and when it comes, in seconds since the first one. ``line``: where it stands in the file."""

    line: int
    at_s: float
    request: dict[str, Any]


@dataclass(slots=True)
class Schedule:
    """The arrivals in order of time, and the lines that are none: number and reason."""

    arrivals: list[Arrival] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)

    @property
    def span_s(self) -> float:
        """From the first arrival to the last."""
        return self.arrivals[-1].at_s if self.arrivals else 0.0


def read_schedule(path: Path, *, limit: int | None = None) -> Schedule:
    """The schedule in ``path`` (JSON lines, gzip or not), its first ``limit`` arrivals. SetupError if it holds none."""
    found, schedule = [], Schedule()
    for line in read_lines(path):
        if isinstance(line, BadLine):
            schedule.errors.append((line.number, line.reason))
        elif (reason := _refused(line.record)) is not None:
            schedule.errors.append((line.number, reason))
        else:
            found.append(Arrival(line.number, float(line.record["at"]), line.record["request"]))
        if len(found) > MAX_LINES:
            raise SetupError(f"{path} holds more than {MAX_LINES:,} requests; split it.")
    if not found:
        raise SetupError(f'{path} holds no line of {{"at": seconds, "request": {{...}}}}.')
    found.sort(key=lambda arrival: arrival.at_s)
    first = found[0].at_s
    schedule.arrivals = [Arrival(one.line, one.at_s - first, one.request) for one in found[:limit]]
    return schedule


def _refused(record: dict[str, Any]) -> str | None:
    at = record.get("at")
    if isinstance(at, bool) or not isinstance(at, int | float) or not math.isfinite(at) or at < 0:
        return '"at" is no number of seconds'
    return None if isinstance(record.get("request"), dict) else '"request" is no object'
