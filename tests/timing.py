"""How the time of a call grows with the length of its text, measured so that other work beside it does not decide."""

from __future__ import annotations

import time
from collections.abc import Callable

RUNS = 3
ATTEMPTS = 3
SLOWEST_LINEAR = 10
"""Four times the text in more than ten times the time is no longer linear (quadratic would be sixteen)."""


def processor_seconds(call: Callable[[], object]) -> float:
    """Least time of the processor that a call took, in seconds, of a few runs."""
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return min(taken)


def grows_linearly(call: Callable[[str], object], text: str) -> bool:
    """Whether the whole text takes under a second, or no more than ten times what its first quarter takes.

    What is not linear fails every attempt; what is, only now and then on a busy machine.
    """
    for _ in range(ATTEMPTS):
        whole = processor_seconds(lambda: call(text))
        if whole < 1 or whole < SLOWEST_LINEAR * processor_seconds(lambda: call(text[: len(text) // 4])):
            return True
    return False
