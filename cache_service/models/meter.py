"""What an upstream usually does: running means, and the spread of its first tokens. Pure."""

from __future__ import annotations

from collections import deque
from typing import Final

# Weight of the newest observation.
NEWEST: Final = 0.2
KEPT: Final = 200
# Fewer observations than this say nothing of a quantile.
FEWEST: Final = 20


class Meter:
    """Exponentially weighted means, in seconds and tokens a second; None before the first observation."""

    def __init__(self) -> None:
        self.first_token_s: float | None = None
        self.tokens_per_s: float | None = None
        self.writing_s: float | None = None
        self.gap_s: float | None = None
        self._firsts: deque[float] = deque(maxlen=KEPT)

    def began(self, first_token_s: float) -> None:
        """The first text of an answer has come."""
        self.first_token_s = _mixed(self.first_token_s, first_token_s)
        self._firsts.append(first_token_s)

    def gap(self, seconds: float) -> None:
        """The longest silence within an answer that came whole."""
        self.gap_s = _mixed(self.gap_s, seconds)

    def ended(self, writing_s: float, first_token_s: float, tokens: int) -> None:
        """An answer came whole."""
        self.writing_s = _mixed(self.writing_s, writing_s)
        if tokens > 1 and writing_s > first_token_s:
            self.tokens_per_s = _mixed(self.tokens_per_s, tokens / (writing_s - first_token_s))

    def first_token_quantile(self, share: float) -> float | None:
        """The time to the first token that ``share`` of the last 200 did not exceed; None with too few."""
        if len(self._firsts) < FEWEST:
            return None
        ordered = sorted(self._firsts)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _mixed(old: float | None, new: float) -> float:
    return new if old is None else old + NEWEST * (new - old)
