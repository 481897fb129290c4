"""Traps and rewordings against the service.

    python -m benchmarks.reuse [--bases N] [--half test] [--language ko] [--show 20] [--pairs FILE]

The free text is that of real postings, read at run time; companies are split into a half to tune on and one to test on.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import tempfile
from pathlib import Path
from typing import Any

import httpx

from benchmarks.machine import save
from benchmarks.reuse.base import Base, make_base
from benchmarks.reuse.judge import measure, store
from benchmarks.reuse.pairs import write_pairs
from benchmarks.reuse.postings import SEED, SHARED, Half, materials
from benchmarks.reuse.traps import rewordings, traps
from cache_service.app import create_app
from cache_service.settings import read_settings
from tests.upstreams import running_server


def bases_of(language: Any, half: Half, count: int) -> list[Base]:
    """``count`` bases of one half, one a company."""
    chance = random.Random(f"{SEED}:{language}:{half}")
    groups: set[str] = set()
    found = []
    for material in materials(language):
        if material.half == half and material.group not in groups:
            groups.add(material.group)
            found.append(make_base(material, chance))
    return list(itertools.islice(found, count))


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bases", type=int, default=90, help="a language")
    parser.add_argument("--half", choices=("tune", "test"), default="test")
    parser.add_argument("--language", choices=("ko", "en"))
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--pairs", type=Path, help="write labelled pairs for `gonggo tune` and stop")
    asked = parser.parse_args()
    if not SHARED.exists():
        print(f"{SHARED} is not there: nothing measured")
        return
    languages = [asked.language] if asked.language else ["ko", "en"]
    bases = [base for language in languages for base in bases_of(language, asked.half, asked.bases)]
    chance = random.Random(SEED)
    caught = [case for base in bases for case in traps(base, chance)]
    told = [case for base in bases for case in rewordings(base, chance)]
    if asked.pairs:
        print(f"{write_pairs(asked.pairs, caught, told)} pairs in {asked.pairs}")
        return
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(data_dir=Path(folder) / "data", port=1)
        with running_server(create_app(settings)) as url, httpx.Client(base_url=url, timeout=60) as client:
            store(client, bases)
            found = measure(client, caught, told)
    for language, rows in found["table"].items():
        print(language)
        for name, row in sorted(rows.items()):
            print(f"  {name:44}", dict(row))
    total: dict[str, int] = {}
    for rows in found["table"].values():
        for row in rows.values():
            for name, count in row.items():
                total[name] = total.get(name, 0) + count
    for kind in ("wrong", "missed"):
        for one in found[kind][: asked.show]:
            print(kind, json.dumps(one, ensure_ascii=False)[:600])
    save("reuse", {"seed": SEED, "half": asked.half, "bases": len(bases), "total": total,
                   "table": {language: {name: dict(row) for name, row in sorted(rows.items())}
                             for language, rows in found["table"].items()}})  # fmt: skip


if __name__ == "__main__":
    main()
