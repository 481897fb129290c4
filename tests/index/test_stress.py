"""Threads in several processes, adding, removing and searching, against what they know."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROCESSES = 2


def stress(kind: str, where: str, seconds: float) -> None:
    command = [sys.executable, "-m", "tests.index.stress_child", kind, where, str(seconds)]
    children = [
        subprocess.Popen([*command, str(process)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for process in range(PROCESSES)
    ]
    try:
        said = [child.communicate(timeout=seconds + 120)[0] for child in children]
    finally:
        for child in children:
            child.kill()
            child.wait()
    assert [child.returncode for child in children] == [0] * PROCESSES, "\n".join(said)


def test_a_few_seconds_of_everything_at_once(tmp_path: Path) -> None:
    """Every thread finds its own entries by their newest vectors alone, while all others work."""
    stress("durable", str(tmp_path), 3)


@pytest.mark.stress
@pytest.mark.timeout(900)
def test_five_minutes_of_everything_at_once(tmp_path: Path) -> None:
    """The same for five minutes."""
    stress("durable", str(tmp_path), 300)


@pytest.mark.stress
@pytest.mark.timeout(900)
def test_two_minutes_on_one_server(redis_url: str) -> None:
    """Processes that share the vector sets of one Redis."""
    stress("redis", redis_url, 120)
