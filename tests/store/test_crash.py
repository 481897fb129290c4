"""kill -9 while entries are being stored: what was acknowledged is there, whole, and nothing else half is."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cache_service.store.sqlite import SqliteStore

WRITER = """
import asyncio, sys
from pathlib import Path
from cache_service.store.sqlite import SqliteStore
from tests.store.samples import entry

async def main():
    store = SqliteStore.open(Path(sys.argv[1]), lambda: 0.0)
    start = int(sys.argv[2])
    async def one(number):
        await store.put_entries([entry(number)])
        print(number, flush=True)
    for first in range(start, start + 100_000, 8):
        await asyncio.gather(*(one(number) for number in range(first, first + 8)))

asyncio.run(main())
"""


@pytest.mark.parametrize("rounds", [6, pytest.param(60, marks=pytest.mark.stress)])
def test_acknowledged_entries_survive_kill_9(tmp_path: Path, rounds: int) -> None:
    """Each round kills the writer at a random moment; every acknowledged entry is found, by key and with its vector."""
    chance = random.Random(11)
    acknowledged: set[int] = set()
    for round_ in range(rounds):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(round_ * 100_000)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline()
        time.sleep(chance.uniform(0.01, 0.3))
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
        process.wait()
        process.stdout.close()
        acknowledged |= {round_ * 100_000, *(int(line) for line in rest.split("\n")[:-1])}
    asyncio.run(_check(tmp_path, acknowledged))


async def _check(path: Path, acknowledged: set[int]) -> None:
    store = SqliteStore.open(path, lambda: 0.0)
    try:
        assert len(acknowledged) > 6  # more than the first of each round
        counts = await store.counts()
        assert counts["entries"] == counts["sections"] == counts["vectors"] >= len(acknowledged)
        for number in acknowledged:
            [found] = (await store.find_by_keys("t", [f"key-{number}"]))[f"key-{number}"]
            assert found.text == f"본문 {number}"
            assert found.vector_id is not None
    finally:
        store.close()
