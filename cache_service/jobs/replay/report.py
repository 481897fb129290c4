"""The report of ``gonggo replay``: lines for a terminal; JSON, PNG and one self-contained HTML page in a folder."""

from __future__ import annotations

import base64
import html
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from cache_service.errors import SetupError
from cache_service.jobs.replay.measure import Measured

_HEAD: Final = (
    "arm", "requests", "complete", "mean", "p50", "p95", "p99", "first p50", "first p99", "after 2 s", "tokens",
    "wrong facts",
)  # fmt: skip
_STYLE: Final = (
    "body{font:15px/1.5 sans-serif;max-width:70rem;margin:2rem auto}td,th{padding:.2rem .8rem;text-align:right}"
)


def lines(arms: Sequence[Measured]) -> list[str]:
    """A table of the arms, and what the first is made of. Times in milliseconds."""
    table = [_HEAD, *map(_cells, arms)]
    widths = [max(len(row[at]) for row in table) for at in range(len(_HEAD))]
    found = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in table]
    for arm in arms:
        for name, title in (("share_of_sections", "sections"), ("cache", "postings"), ("failures", "failures")):
            if shares := arm.figures.get(name):
                found.append(f"{arm.name}, {title}: " + ", ".join(f"{key} {value}" for key, value in shares.items()))
    return found


def _cells(arm: Measured) -> tuple[str, ...]:
    figures = arm.figures
    complete, first = figures["complete_time"], figures["first_content"]
    times = (complete["mean_ms"], complete["p50_ms"], complete["p95_ms"], complete["p99_ms"], first["p50_ms"])
    late = figures["after_2_s"]
    return (
        arm.name, str(figures["requests"]), str(figures["complete"]), *map(_shown, (*times, first["p99_ms"])),
        "-" if late is None else f"{late:.1%}", str(figures["tokens"]), str(figures.get("wrong_facts", "-")),
    )  # fmt: skip


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"


def write_report(folder: Path, arms: Sequence[Measured], about: dict[str, Any]) -> list[Path]:
    """Write ``replay.json``, ``times.png`` and ``replay.html``; where they are. SetupError if there is no room."""
    picture = _times_png(arms)
    data = {**about, "arms": {arm.name: arm.figures for arm in arms}}
    files = {
        "replay.json": (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode(),
        "times.png": picture,
        "replay.html": _page(arms, about, picture).encode(),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as exc:
        raise SetupError(f"The report cannot be written to {folder} ({exc.strerror}).") from exc
    return [folder / name for name in files]


def _times_png(arms: Sequence[Measured]) -> bytes:
    """Share of requests that had content, and that were complete, by time since they were due."""
    from matplotlib.figure import Figure  # only this job draws

    figure = Figure(figsize=(7, 4), dpi=110, layout="constrained")
    axes = figure.add_subplot()
    for number, arm in enumerate(arms):
        for times, style, what in ((arm.first_content_s, ":", "first content"), (arm.complete_s, "-", "complete")):
            if times:
                ordered = np.sort(np.asarray(times))
                shares = np.arange(1, len(ordered) + 1) / arm.figures["requests"]
                axes.step(ordered, shares, style, where="post", color=f"C{number}", label=f"{arm.name}: {what}")
    axes.set(xlabel="seconds since the request was due", ylabel="share of requests", title="Times")
    axes.set_xscale("log")
    axes.set_ylim(0, 1.02)
    axes.legend(loc="best")
    held = io.BytesIO()
    figure.savefig(held, format="png", metadata={"Software": None})
    return held.getvalue()


def _page(arms: Sequence[Measured], about: dict[str, Any], picture: bytes) -> str:
    def line(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    rows = "".join(line(_cells(arm), "td") for arm in arms)
    full = json.dumps({arm.name: arm.figures for arm in arms}, ensure_ascii=False, indent=1)
    how = html.escape(", ".join(f"{name} {value}" for name, value in about.items()))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Replay</title><style>{_STYLE}</style>'
        f"<h1>Replay</h1><p>{how}. Times in milliseconds since a request was due.</p>"
        f"<table>{line(_HEAD, 'th')}{rows}</table>"
        f'<img alt="times" src="data:image/png;base64,{base64.b64encode(picture).decode()}">'
        f"<h2>In full</h2><pre>{html.escape(full)}</pre></html>\n"
    )
