"""A process that changes a durable index until it is killed: ``python -m tests.index.crash_child FOLDER SEED``.

Before each change it writes ``begin``, after it ``done``, so that whoever killed it knows what was acknowledged. Each
thread owns its ids. A line is ``word thread version id,id,...``; version 0 is a removal.
"""

from __future__ import annotations

import os
import random
import sys
import threading
from pathlib import Path

import numpy as np

from index.durable import DurableIndex
from index.partition import Tuning
from index.vector_index import Vectors

DIMENSION = 16
THREADS, IDS_EACH = 3, 60
TUNING = Tuning(merge_at=30, flat_below=100, retrain_growth=1.3, most_pending=90, nprobe=1_000_000)
CHECKPOINT_BYTES = 20_000
PARTITION = "a"


def vector(id_: int, version: int) -> Vectors:
    """The vector that ``id_`` has in ``version``: known to both processes."""
    row = np.random.default_rng((id_, version)).normal(size=DIMENSION).astype(np.float32)
    return row / np.linalg.norm(row)  # type: ignore[no-any-return]


def opened(folder: Path) -> DurableIndex:
    """The index as both processes open it."""
    return DurableIndex.open(folder, DIMENSION, "crash", tuning=TUNING, checkpoint_bytes=CHECKPOINT_BYTES)


def _say(word: str, thread: int, version: int, ids: list[int]) -> None:
    os.write(1, f"{word} {thread} {version} {','.join(map(str, ids))}\n".encode())


def _change(index: DurableIndex, thread: int, chance: random.Random) -> None:
    own = range(thread * IDS_EACH, (thread + 1) * IDS_EACH)
    while True:
        ids = chance.sample(own, chance.randint(1, 8))
        version = 0 if chance.random() < 0.3 else chance.randint(1, 1 << 30)
        _say("begin", thread, version, ids)
        if version:
            index.add(PARTITION, ids, np.stack([vector(id_, version) for id_ in ids]))
        else:
            index.remove(PARTITION, ids)
        _say("done", thread, version, ids)


def main(folder: Path, seed: int) -> None:
    """Change, merge and write snapshots until killed."""
    index = opened(folder)
    for thread in range(THREADS):
        chance = random.Random(seed * THREADS + thread)
        threading.Thread(target=_change, args=(index, thread, chance), daemon=True).start()
    chance = random.Random(~seed)
    while True:
        chance.choice((index.merge, index.checkpoint))()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
