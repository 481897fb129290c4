"""How a simulated model behaves: times, slots, faults."""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass
from typing import Final

_OUTAGE: Final = re.compile(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Profile:
    """Times in seconds. The time to the first token is log-normal: ``first_token_s`` is its median, ``spread`` the
    standard deviation of its logarithm. Shares are of requests, 0..1.

    ``slots``: answers at once; more wait in line, and past ``queue`` waiting ones the answer is 429.
    ``outages``: spans of seconds since the start in which every request is answered 503.
    """

    name: str
    first_token_s: float
    tokens_per_s: float
    spread: float = 0.3
    slots: int = 8
    queue: int = 1000
    section_tokens: int = 180
    refused: float = 0.0
    stalled: float = 0.0
    reset: float = 0.0
    lies: float = 0.0
    stall_s: float = 30.0
    outages: tuple[tuple[float, float], ...] = ()

    def draw_first_token_s(self, chance: random.Random) -> float:
        """One time to the first token."""
        return chance.lognormvariate(math.log(self.first_token_s), self.spread)

    def is_out(self, elapsed_s: float) -> bool:
        """Whether it is down ``elapsed_s`` after its start."""
        return any(begin <= elapsed_s < end for begin, end in self.outages)


PROFILES: Final = {
    "quality": Profile("quality", first_token_s=0.8, tokens_per_s=50),
    "fast": Profile("fast", first_token_s=0.25, tokens_per_s=160),
}


def outage(worded: str) -> tuple[float, float]:
    """``60-90``: down from second 60 to second 90. ValueError if it is no such span."""
    match = _OUTAGE.fullmatch(worded)
    if match is None or float(match[1]) >= float(match[2]):
        raise ValueError(f"{worded!r} is no span of seconds such as 60-90")
    return float(match[1]), float(match[2])
