"""``python -m benchmarks.encoder [--before FOLDER] [--only PART]``; results go to ``results/encoder.json``.

batching         64 callers of one text each against one caller with batches of 32; one caller alone against the model
http             100 lookups at once against the service over HTTP, beside the same of an older tree (``--before``)
representations  real postings and requests made of them, other companies' only: which representation and which encoder
                 finds the right neighbour first, and what a cheap encoder in front of the better one costs

Parts that are compared alternate in one run; medians of the rounds are given.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.encoder import batching, http, representations
from benchmarks.machine import RESULTS, machine

PARTS = ("batching", "http", "representations")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what the arguments ask for; parts that are not run keep their earlier results."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.encoder", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=PARTS, action="append", help="this part (may be repeated)")
    parser.add_argument("--before", type=Path, help="an older tree of this project, for `http`")
    asked = parser.parse_args(arguments)
    path = RESULTS / "encoder.json"
    figures: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    for part in asked.only or PARTS:
        match part:
            case "batching":
                figures[part] = asyncio.run(batching.measure())
            case "http":
                figures[part] = http.measure(asked.before)
            case "representations":
                figures[part] = representations.measure()
        print(part, json.dumps(figures[part], indent=1))
    path.write_text(json.dumps(figures | {"machine": machine()}, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
