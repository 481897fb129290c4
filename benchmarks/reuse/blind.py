"""Traps and honest rewordings by a writer who had seen neither the program nor its word lists.

    gonggo serve    # with an empty data directory, in another terminal
    python -m benchmarks.reuse.blind [--url http://127.0.0.1:8000] [--show]

``data/blind_bases.jsonl``: twenty postings of twenty occupations; ``data/blind_cases.jsonl``: 600 requests that differ
from one of them in one respect. ``--show`` prints what failed of the cases of odd number; nobody who works on the
program looks at those of even number, so that they go on measuring it.
"""

from __future__ import annotations

import argparse
import copy
import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

import httpx

_DATA: Final = Path(__file__).parent / "data"
_REUSED: Final = {"exact", "semantic", "adapted"}


def main() -> None:
    """Print, for each language, traps served and rewordings served, of the odd and of the even cases."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    counts: dict[str, Counter[str]] = {}
    with httpx.Client(base_url=asked.url, timeout=60, trust_env=False) as client:
        bases = {base["id"]: base for base in _read("blind_bases")}
        for base in bases.values():
            body = {"request": base["request"], "posting": base["posting"]}
            client.post("/v1/cache/entries", json=body).raise_for_status()
        for number, case in enumerate(_read("blind_cases"), 1):
            failures = _failures(client, bases[case["base"]]["request"], case)
            row = counts.setdefault(f"{case['base'][:2]} {case['label']}, {('even', 'odd')[number % 2]}", Counter())
            row["cases"] += 1
            row["failed"] += bool(failures)
            if asked.show and number % 2 and failures:
                print(case["label"], case["base"], case["set"], failures)
    for name, row in sorted(counts.items()):
        print(f"{name}: {row['failed']} of {row['cases']} failed")


def _read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (_DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]


def _failures(client: httpx.Client, stored: dict[str, Any], case: dict[str, Any]) -> list[str]:
    """Of a trap: what is said that must not be said. Of a rewording: the sections that were not reused."""
    wanted = copy.deepcopy(stored)
    for path, value in case["set"].items():
        group, _, name = path.partition(".")
        wanted[group][name] = value
    answer = client.post("/v1/cache/lookup", json=wanted).raise_for_status().json()
    reused = {one["kind"]: one["text"] for one in answer["posting"]["sections"] if one["source"]["tier"] in _REUSED}
    if case["label"] == "trap":
        return [words for words in case["not_stated"] for text in reused.values() if words in text]
    return [kind for kind in case["served"] if kind not in reused]


if __name__ == "__main__":
    main()
