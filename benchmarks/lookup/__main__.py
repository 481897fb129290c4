"""``python -m benchmarks.lookup [--before FOLDER] [--data FOLDER]``; results go to ``results/lookup.json``.

Real postings are stored, then requests that no key answers are looked up: inside the process, each followed by the
bare encoding of the same texts in one call and FAISS searches of the same vectors; then a hundred at once over HTTP,
beside the bare encoding and searches of all texts of such a hundred. ``--before``: an older tree of this project,
asked in turns with this one on a copy of the same data; answers that differ are counted. ``--data``: where the filled
store is kept for another run.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import httpx

from benchmarks.encoder.http import AT_ONCE, at_once, running
from benchmarks.lookup.corpus import SEED, Corpus, Request, read
from benchmarks.machine import quantiles, save
from benchmarks.reuse.postings import SHARED

REQUESTS: Final = 150
WAVES: Final = 3
WARM_UP: Final = 10
_WORKER: Final = Path(__file__).with_name("worker.py")


class Worker:
    """A tree of the service in a process of its own, see ``worker``."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Its answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked, ensure_ascii=False) + "\n")
        self._process.stdin.flush()
        return dict(json.loads(self._process.stdout.readline()))


@contextlib.contextmanager
def working(tree: Path, data_dir: Path) -> Iterator[Worker]:
    """A worker of ``tree`` on ``data_dir``."""
    env = os.environ | {
        "PYTHONPATH": str(tree), "GONGGO_MODELS_DIR": str(Path("models").resolve()), "GONGGO_ENCODER_THREADS": "2",
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, str(_WORKER), str(data_dir)], env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield Worker(process)


def fill(data_dir: Path, corpus: Corpus) -> None:
    """Store the entries, unless they are stored."""
    lines = data_dir.with_suffix(".ndjson")
    lines.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in corpus.entries), "utf-8")
    with working(Path.cwd(), data_dir) as worker:
        print("stored", worker.ask({"fill": str(lines)}) | {"errors": None}, flush=True)


def inside(workers: dict[str, Worker], requests: Sequence[Request]) -> dict[str, Any]:
    """Lookups by all trees, request by request in turns."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in workers}
    for number, request in enumerate(requests):
        for name in sorted(workers, reverse=bool(number % 2)):
            found[name].append(workers[name].ask({"request": request}))
    figures: dict[str, Any] = {"requests": len(requests)}
    for name, answers in found.items():
        rows = [one for one in answers if one["texts"]]
        lookup, bare = (quantiles([row[f"{what}_ms"] for row in rows]) for what in ("lookup", "bare"))
        figures[name] = {
            "lookup_ms": lookup, "bare_ms": bare, "p50_over_bare": round(lookup["p50"] / bare["p50"], 3),
            "over_bare_ms": quantiles([row["lookup_ms"] - row["bare_ms"] for row in rows]),
            "texts": round(statistics.fmean(row["texts"] for row in rows), 2), "sections": _tiers(rows),
        }  # fmt: skip
    shown = [[_shown(one["answer"]) for one in answers] for answers in found.values()]
    figures["answers_that_differ"] = sum(any(one != rest[0] for one in rest) for rest in zip(*shown, strict=True))
    return figures


def _tiers(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for row in rows:
        for name in [
            *(one["source"]["tier"] for one in row["answer"]["posting"]["sections"]),
            *(f"missing: {one['reason']}" for one in row["answer"]["missing"]),
        ]:
            counted[name] = counted.get(name, 0) + 1
    return dict(sorted(counted.items()))


def _shown(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name not in {"id", "timing"}}


def _waves(requests: Sequence[Request]) -> list[list[Request]]:
    return [list(requests[start : start + AT_ONCE]) for start in range(0, len(requests), AT_ONCE)]


def over_http(trees: dict[str, tuple[Path, Path]], requests: Sequence[Request]) -> dict[str, Any]:
    """Waves of a hundred lookups at once, by all trees in turns; the first wave warms up."""
    waves = _waves(requests)
    single: dict[str, list[float]] = {name: [] for name in trees}
    whole: dict[str, list[float]] = {name: [] for name in trees}
    with contextlib.ExitStack() as stack:
        urls = {name: stack.enter_context(running(*at)) for name, at in trees.items()}
        for number, wave in enumerate(waves):
            for name, url in urls.items():
                each, all_ = asyncio.run(at_once(url, wave))
                if number:
                    single[name] += each
                    whole[name].append(all_)
        embedding = httpx.get(f"{urls['now']}/v1/stats", trust_env=False).json()["embedding"]["batch_size"]
    return {
        "at_once": AT_ONCE, "waves": len(waves) - 1,
        "lookup_ms": {name: quantiles(found) for name, found in single.items()},
        "wave_ms": {name: round(statistics.median(found), 1) for name, found in whole.items()},
        "batch_size": embedding,
    }  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Run it all."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.lookup", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--before", type=Path, help="an older tree of this project")
    parser.add_argument("--data", type=Path, help="where the filled store is kept, or is already")
    parser.add_argument("--requests", type=int, default=REQUESTS, help="of each kind")
    parser.add_argument("--no-http", action="store_true", help="without the hundred at once")
    asked = parser.parse_args(arguments)
    if not SHARED.exists():
        print(f"{SHARED} is not there: no lookups of real sections")
        return
    corpus = read(asked.requests, (WAVES + 1) * AT_ONCE + WARM_UP)
    figures: dict[str, Any] = {
        "seed": SEED, "entries": len(corpus.entries),
        "sections": sum(len(one["posting"]["sections"]) for one in corpus.entries),
    }  # fmt: skip
    folders = {"now": Path.cwd()} | ({"before": asked.before.resolve()} if asked.before else {})
    with tempfile.TemporaryDirectory() as folder:
        filled = asked.data or Path(folder, "data")
        if not filled.exists():
            fill(filled, corpus)
        trees = {name: (tree, Path(folder, name)) for name, tree in folders.items()}
        for _, copied in trees.values():
            shutil.copytree(filled, copied)
        whole = corpus.requests["posting"]
        single, waves = whole[: asked.requests + WARM_UP], whole[asked.requests + WARM_UP :]
        with contextlib.ExitStack() as stack:
            workers = {name: stack.enter_context(working(*at)) for name, at in trees.items()}
            for request in single[asked.requests :]:
                for worker in workers.values():
                    worker.ask({"request": request})
            asked_for = {**corpus.requests, "posting": single[: asked.requests]}
            figures["inside"] = {kind: inside(workers, requests) for kind, requests in asked_for.items()}
            bare = [workers["now"].ask({"wave": wave})["bare_ms"] for wave in _waves(waves)[1:]]
        if not asked.no_http:
            figures["http"] = over_http(trees, waves) | {"bare_wave_ms": round(statistics.median(bare), 1)}
    save("lookup", figures)


if __name__ == "__main__":
    main()
