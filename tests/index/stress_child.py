"""One process of the stress test: ``python -m tests.index.stress_child durable|redis WHERE SECONDS PROCESS``.

Threads add, replace, remove and search, each with ids of its own, which it compares after every change with what it
knows of them. A fault is an AssertionError, and the process ends with 1.
"""

from __future__ import annotations

import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

from index.durable import DurableIndex
from index.partition import Tuning
from index.redis_vectors import RedisIndex
from index.vector_index import VectorIndex
from tests.index.crash_child import DIMENSION, vector

WRITERS, IDS_EACH = 3, 400
NEAR = 0.98
TUNING = Tuning(merge_at=200, flat_below=600, retrain_growth=1.5, most_pending=2000, nprobe=1_000_000)


def write(index: VectorIndex, first: int, until: float, chance: random.Random) -> int:
    """Change ids ``first`` and up until then; how many changes."""
    held: dict[int, int] = {}
    own = range(first, first + IDS_EACH)
    changes = 0
    while time.monotonic() < until:
        ids = chance.sample(own, chance.randint(1, 6))
        before = {id_: held.get(id_, 0) for id_ in ids}
        if chance.random() < 0.35:
            assert index.remove("p", ids) == sum(map(bool, before.values()))
            held |= dict.fromkeys(ids, 0)
        else:
            version = chance.randint(1, 1 << 30)
            for id_ in ids:
                index.add("p", [id_], vector(id_, version)[None])
            held |= dict.fromkeys(ids, version)
        for id_ in [*ids, *chance.sample(own, 4)]:
            check(index, id_, held.get(id_, 0), before.get(id_, 0))
        changes += 1
    for id_ in own:
        check(index, id_, held.get(id_, 0), 0)
    return changes


def check(index: VectorIndex, id_: int, version: int, old: int) -> None:
    """``id_`` is found by its vector, and by no earlier one."""
    if version:
        best = index.search("p", vector(id_, version), 3)
        assert best[0].id == id_, f"{id_} is not found by its own vector: {best}"
        assert best[0].similarity > NEAR, f"{id_} answers with another vector: {best}"
    if old and old != version:
        stale = [one for one in index.search("p", vector(id_, old), 3) if one.id == id_ and one.similarity > NEAR]
        assert not stale, f"{id_} answers with its old vector"
        assert version or id_ not in {one.id for one in index.search("p", vector(id_, old), 50)}, f"{id_} was removed"


def read(index: VectorIndex, until: float, chance: random.Random) -> int:
    """Search until then; every answer is in order and names no id twice. How many searches."""
    searches = 0
    while time.monotonic() < until:
        found = index.search("p", vector(chance.randint(0, 10_000), 1), 20)
        assert len({one.id for one in found}) == len(found)
        assert all(a.similarity >= b.similarity for a, b in pairwise(found))
        searches += 1
    return searches


def keep(index: VectorIndex, until: float, chance: random.Random) -> int:
    """Merge and write snapshots until then; how many."""
    done = 0
    while isinstance(index, DurableIndex) and time.monotonic() < until:
        chance.choice((index.merge, index.checkpoint))()
        time.sleep(chance.random() * 0.2)
        done += 1
    return done


def opened(kind: str, where: str, process: int) -> DurableIndex | RedisIndex:
    """An index of one's own in a folder, or the one that all share in Redis."""
    if kind == "redis":
        return RedisIndex.connect(where, DIMENSION, "stress", timeout_s=30)
    folder = Path(where) / str(process)
    return DurableIndex.open(folder, DIMENSION, "stress", tuning=TUNING, checkpoint_bytes=200_000)


def main(kind: str, where: str, seconds: float, process: int) -> None:
    """Run all threads for ``seconds``."""
    index = opened(kind, where, process)
    until = time.monotonic() + seconds
    first = process * WRITERS * IDS_EACH
    with ThreadPoolExecutor(WRITERS + 3) as pool:
        work = [
            pool.submit(write, index, first + number * IDS_EACH, until, random.Random(process * 100 + number))
            for number in range(WRITERS)
        ]
        work += [pool.submit(read, index, until, random.Random(process * 100 + 50 + number)) for number in range(2)]
        work.append(pool.submit(keep, index, until, random.Random(process)))
        counts = [one.result() for one in work]
    index.close()
    sys.stdout.write(f"changes {sum(counts[:WRITERS])}, searches {sum(counts[WRITERS:-1])}, merges {counts[-1]}\n")
    assert sum(counts[:WRITERS]) > seconds


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]))
