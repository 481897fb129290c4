"""The report of ``gonggo tune``: lines for a terminal; PNG, JSON and one self-contained HTML page in a folder."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Sequence
from pathlib import Path

from cache_service.errors import SetupError
from cache_service.jobs.tuning.command import Tuned
from cache_service.jobs.tuning.measure import Row
from cache_service.jobs.tuning.plots import reliability_png, risk_png

_HEAD = ("bound", "served of", "hit share", "of the right ones", "wrong", "error among hits", "upper bound")
_STYLE = "body{font:15px/1.5 sans-serif;max-width:60rem;margin:2rem auto}td,th{padding:.2rem .8rem;text-align:right}"


def lines(tuned: Tuned, compared: Tuned | None = None) -> list[str]:
    """The report in plain lines. ``compared``: the same pairs with another embedder."""
    counts = tuned.counts
    found = [
        f"{counts['pairs']} pairs: the hard rules refuse {counts['refused_wrong']} wrong and "
        f"{counts['refused_right']} right ones; equal wording: {counts['equal_right']} right, "
        f"{counts['equal_wrong']} wrong; left to the policy: {counts['reworded_right']} right, "
        f"{counts['reworded_wrong']} wrong",
        f"split by company ({counts['groups']}): train {counts['train']}, calibrate {counts['calibrate']}, "
        f"threshold {counts['threshold']}, report {counts['report']}",
        "on the companies set aside for the report:",
        *_plain(tuned.rows),
    ]
    if compared is not None:
        found += [f"the same with the embedder {compared.artifact.embedding}:", *_plain(compared.rows)]
    found += ["operating points (threshold on the calibrated probability, error bound):"]
    for name, points in tuned.artifact.cells.items():
        shown = (
            f"{one.max_error:.1%}: {one.threshold:.4f}, {one.error_bound:.4f} (from {one.level})"
            for one in points
            if one.threshold is not None and one.error_bound is not None
        )
        found.append(f"  {name}  " + ("; ".join(shown) or "nothing is proved"))
    return found


def write_report(folder: Path, tuned: Tuned, compared: Tuned | None = None) -> list[Path]:
    """Write ``reliability.png``, ``risk.png``, ``report.json`` and ``report.html``; where they are."""
    pictures = {"reliability.png": reliability_png(tuned.bins), "risk.png": risk_png(tuned.curve, tuned.rows)}
    data = tuned.as_json() | ({} if compared is None else {"compared": compared.as_json()})
    files = pictures | {
        "report.json": (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode(),
        "report.html": _page(tuned, compared, pictures).encode(),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as exc:
        raise SetupError(f"The report cannot be written to {folder} ({exc.strerror}).") from exc
    return [folder / name for name in files]


def _cells(row: Row) -> tuple[str, ...]:
    return (
        f"{row.max_error:.1%}", f"{row.served}/{row.proposals}", f"{row.hit_share:.1%}", f"{row.right_share:.1%}",
        str(row.wrong), f"{row.error:.2%}", f"{row.error_upper:.2%}",
    )  # fmt: skip


def _plain(rows: Sequence[Row]) -> list[str]:
    table = [_HEAD, *map(_cells, rows)]
    widths = [max(len(row[at]) for row in table) for at in range(len(_HEAD))]
    return ["  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in table]


def _page(tuned: Tuned, compared: Tuned | None, pictures: dict[str, bytes]) -> str:
    images = "".join(
        f'<img alt="{name}" src="data:image/png;base64,{base64.b64encode(content).decode()}">'
        for name, content in pictures.items()
    )
    other = (
        ""
        if compared is None
        else f"<h2>With the embedder {html.escape(compared.artifact.embedding)}</h2>{_html_table(compared.rows)}"
    )
    text = html.escape("\n".join([*lines(tuned, compared), *tuned.wanting]))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Reuse policy</title><style>{_STYLE}</style>'
        f"<h1>Reuse policy</h1><p>Embedding {html.escape(tuned.artifact.embedding)}, seed {tuned.artifact.seed}, "
        f"confidence {1 - tuned.artifact.delta:.1%}, data {html.escape(tuned.artifact.data)}.</p>"
        f"{_html_table(tuned.rows)}{images}{other}<h2>In full</h2><pre>{text}</pre></html>\n"
    )


def _html_table(rows: Sequence[Row]) -> str:
    def line(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    return f"<table>{line(_HEAD, 'th')}{''.join(line(_cells(row), 'td') for row in rows)}</table>"
