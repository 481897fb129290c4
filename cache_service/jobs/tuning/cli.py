"""What the command asks for and what it is answered: files in, policy and report out."""

from __future__ import annotations

import asyncio
import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cache_service.app import TENANT, wall_clock
from cache_service.cache.policies.artifact import dump_artifact
from cache_service.errors import SetupError
from cache_service.jobs.progress import Progress
from cache_service.jobs.tuning.command import Tuned, tune
from cache_service.jobs.tuning.pairs import PairsRead, feedback_pairs, read_pairs
from cache_service.jobs.tuning.report import lines, write_report
from cache_service.settings import Settings
from cache_service.store.sqlite import SqliteStore
from cache_service.vectors.spaces import open_encoder


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of ``gonggo tune``."""

    files: tuple[Path, ...]
    from_feedback: bool
    out: Path
    delta: float
    seed: int
    compare_embedder: str | None
    report_dir: Path | None
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made, from what, and where it is; ``written`` is empty after a dry run."""

    tuned: Tuned
    compared: Tuned | None
    read: PairsRead
    written: list[Path]

    def lines(self) -> list[str]:
        """For a terminal."""
        found = lines(self.tuned, self.compared)
        if self.written:
            found += [*(f"written: {path}" for path in self.written), f"use it with GONGGO_POLICY={self.written[0]}"]
        return found

    def complaints(self) -> list[str]:
        """Lines that were skipped, and what the policy is found wanting in."""
        shown = [f"line {number}: {reason}" for number, reason in self.read.errors]
        if self.read.skipped > len(shown):
            shown.append(f"... and {self.read.skipped - len(shown)} more lines")
        return [*shown, *self.tuned.wanting]

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return self.tuned.as_json() | {
            "compared": None if self.compared is None else self.compared.as_json(),
            "skipped": self.read.skipped,
            "errors": [{"line": number, "reason": reason} for number, reason in self.read.errors],
            "written": [str(path) for path in self.written],
        }


def run_tune(wanted: Wanted, settings: Settings, progress: Progress) -> Outcome:
    """Do what is ``wanted``. SetupError if there is nothing to do it with, or too little, or no room for the result."""
    if not wanted.files and not wanted.from_feedback:
        raise SetupError("There is nothing to tune from: give --pairs FILE, --from-feedback, or both.")
    read = PairsRead()
    for path in wanted.files:
        read_pairs(path, read)
    if wanted.from_feedback:
        asyncio.run(_from_feedback(settings, read))

    def made(of: Settings) -> Tuned:
        return tune(read.pairs, open_encoder(of), delta=wanted.delta, seed=wanted.seed, progress=progress)

    tuned = made(settings)
    compared = None
    if wanted.compare_embedder is not None:
        compared = made(settings.model_copy(update={"embedder": wanted.compare_embedder}))
    written: list[Path] = []
    if not wanted.dry_run:
        written.append(_write(wanted.out, dump_artifact(tuned.artifact)))
        if wanted.report_dir is not None:
            written += write_report(wanted.report_dir, tuned, compared)
    return Outcome(tuned, compared, read, written)


async def _from_feedback(settings: Settings, read: PairsRead) -> None:
    store = SqliteStore.open(settings.data_dir, wall_clock)
    with contextlib.closing(store):
        await feedback_pairs(store, TENANT, read)


def _write(path: Path, data: bytes) -> Path:
    """Whole or not at all: a service that starts meanwhile never reads half a policy."""
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        os.replace(part, path)  # noqa: PTH105 - the same on every system, also over a file that is there
    except OSError as exc:
        raise SetupError(f"The policy cannot be written to {path} ({exc.strerror}).") from exc
    return path
