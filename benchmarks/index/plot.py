"""How the cost grows: one log-log plot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib.figure import Figure


def draw(sizes: list[dict[str, Any]], path: Path) -> None:
    """Search, add, build, reload and memory over the number of vectors."""
    counts = [one["vectors"] for one in sizes]
    figure = Figure(figsize=(11, 4.2), layout="constrained")
    times, amounts = figure.subplots(1, 2)
    for label, values, style in (
        ("search p50", [one["search_ms"]["p50"] for one in sizes], "o-"),
        ("search p99", [one["search_ms"]["p99"] for one in sizes], "o--"),
        ("bare FAISS p50", [one["search_ms"]["bare_p50"] for one in sizes], "x-"),
        ("bare FAISS p99", [one["search_ms"]["bare_p99"] for one in sizes], "x--"),
        ("add one, p50", [one["add_one_ms"]["p50"] for one in sizes], "s-"),
    ):
        times.loglog(counts, values, style, label=label)
    times.set(xlabel="vectors of 384 dimensions", ylabel="milliseconds", title="one thread")
    for label, values, style in (
        ("memory, MB", [one["memory"]["ours_mb"] for one in sizes], "o-"),
        ("memory of bare FAISS, MB", [one["memory"]["bare_mb"] for one in sizes], "x-"),
        ("build, s", [one["build_s"] for one in sizes], "s-"),
        ("reload, s", [one["reload"]["reload_s"] for one in sizes], "^-"),
    ):
        amounts.loglog(counts, [max(value, 1e-3) for value in values], style, label=label)
    amounts.set(xlabel="vectors of 384 dimensions", title="megabytes and seconds")
    for axes in (times, amounts):
        axes.grid(visible=True, which="both", alpha=0.25)
        axes.legend(fontsize="small")
    figure.savefig(path, dpi=110)
