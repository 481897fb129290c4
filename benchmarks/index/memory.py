"""Resident memory of one index in a process of its own: ``python -m benchmarks.index.memory ours|bare COUNT ...``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks.index.bare import bare_index
from benchmarks.index.data import BATCH, DIMENSION, Clustered
from index.faiss_index import FaissIndex, PartitionStats
from index.kernels import give_back


def resident() -> int:
    """Bytes that this process holds in memory."""
    give_back()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _measured(which: str, data: Clustered, like: PartitionStats) -> int:
    before = resident()
    held = _bare(data, like) if which == "bare" else _ours(data)
    after = resident()
    assert held is not None
    return after - before


def _bare(data: Clustered, like: PartitionStats) -> object:
    sample = np.concatenate([rows for _, rows in zip(range(14), data.batches(), strict=False)])
    return bare_index(like, DIMENSION, sample, data.batches())


def _ours(data: Clustered) -> object:
    index = FaissIndex(DIMENSION)
    for number, rows in enumerate(data.batches()):
        index.add("p", range(number * BATCH, number * BATCH + len(rows)), rows)
    index.merge()
    return index


def resident_bytes(which: str, data: Clustered, like: PartitionStats) -> int:
    """What ``which`` ("ours" or "bare") takes for ``data``, measured in a new process."""
    command = [sys.executable, "-m", "benchmarks.index.memory", which, str(data.count), json.dumps(asdict(like))]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    print(_measured(sys.argv[1], Clustered(int(sys.argv[2])), PartitionStats(**json.loads(sys.argv[3]))))
