"""What a figure was measured on and with."""

from __future__ import annotations

import json
import platform
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
REAL_POSTINGS = Path("../shared/data/postings_ko.jsonl.gz")


def machine() -> dict[str, Any]:
    """Processor, cores and Python."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    import os

    return {
        "cpu": cpu,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
    }


def quantiles(values_ms: Sequence[float]) -> dict[str, float]:
    """Count, p50, p90, p99 and mean, in the unit given."""
    ordered = sorted(values_ms)
    at = {f"p{share}": ordered[min(len(ordered) - 1, share * len(ordered) // 100)] for share in (50, 90, 99)}
    return {"count": len(ordered), "mean": round(statistics.fmean(ordered), 3)} | {
        k: round(v, 3) for k, v in at.items()
    }


def save(name: str, figures: dict[str, Any]) -> None:
    """Write the figures of one benchmark with the machine they came from, and print them."""
    RESULTS.mkdir(exist_ok=True)
    body = json.dumps({"machine": machine(), **figures}, indent=2, ensure_ascii=False)
    (RESULTS / f"{name}.json").write_text(body + "\n", "utf-8")
    print(body)
