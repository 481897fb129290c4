"""``kill -9`` at random moments of adding, merging and writing snapshots."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from tests.index.crash_child import IDS_EACH, PARTITION, THREADS, opened, vector

Possible = dict[int, set[int]]  # id -> versions that it may have; 0 is absent


def run_until_killed(folder: Path, seed: int, chance: random.Random) -> list[str]:
    """What a child said before it was killed, up to 0.4 s after its first change."""
    command = [sys.executable, "-m", "tests.index.crash_child", str(folder), str(seed)]
    with (
        (folder.parent / "complaints").open("w+") as complaints,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaints, text=True) as child,
    ):
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(chance.random() * 0.4)
        child.kill()
        said = child.stdout.read()  # not communicate(): it forgets what readline() has read ahead
        complaints.seek(0)
        complained = complaints.read()
    assert first, complained
    assert "Error" not in complained, complained
    lines = (first + said).split("\n")
    return lines[:-1]  # the last one may be cut


def follow(possible: Possible, lines: Iterable[str]) -> None:
    """Bring ``possible`` to what may hold after ``lines``: acknowledged changes for sure, begun ones perhaps."""
    for line in lines:
        word, _, version, ids = line.split(" ")
        for id_ in map(int, ids.split(",")):
            if word == "begin":
                possible[id_].add(int(version))
            else:
                possible[id_] = {int(version)}


def check(folder: Path, possible: Possible) -> None:
    """After a restart each id has one of its possible versions, and is found by that vector and no other."""
    with opened(folder) as index:
        assert index.rebuild_reason is None or "no index yet" in index.rebuild_reason
        found = {one.id for one in index.search(PARTITION, vector(0, 1), 10_000)}
        assert len(found) == len(index)
        for id_, versions in possible.items():
            held = {version for version in versions if version and _stands_at(index, id_, version)}
            if id_ in found:
                assert len(held) == 1, f"{id_} is found, but not by its own vector"
            else:
                assert 0 in versions, f"{id_} was acknowledged and is lost"
            possible[id_] = held or {0}


def _stands_at(index: object, id_: int, version: int) -> bool:
    row = vector(id_, version)
    best = index.search(PARTITION, row, 1)  # type: ignore[attr-defined]
    return bool(best) and best[0].id == id_ and best[0].similarity > 0.98


def kill_again_and_again(folder: Path, kills: int, seed: int) -> int:
    """``kills`` rounds on one folder; how many changes were acknowledged."""
    chance = random.Random(seed)
    possible: Possible = {id_: {0} for id_ in range(THREADS * IDS_EACH)}
    acknowledged = 0
    for turn in range(kills):
        lines = run_until_killed(folder, seed + turn, chance)
        acknowledged += sum(line.startswith("done") for line in lines)
        follow(possible, lines)
        check(folder, possible)
    return acknowledged


def test_what_was_acknowledged_survives_being_killed(tmp_path: Path) -> None:
    """Every acknowledged entry is found by its own vector, no removed one is, no id answers with an old vector."""
    assert kill_again_and_again(tmp_path / "index", 5, seed=1) > 20


@pytest.mark.stress
@pytest.mark.timeout(1800)
def test_three_hundred_kills(tmp_path: Path) -> None:
    """The same, three hundred times over."""
    acknowledged = kill_again_and_again(tmp_path / "index", 300, seed=int(np.random.default_rng().integers(1 << 31)))
    assert acknowledged > 3000
