"""What is known of a section before it is written, how long it took, how long it will take."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

# No time below or above is told, whatever a fit makes of features that it never saw.
SHORTEST_S: Final = 1e-3
LONGEST_S: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Features:
    """A section as it is when its model is chosen.

    ``chars``: of its facts. ``patched``: only some sentences of a stored text are written. ``wait_s``, ``writing_s``:
    the tier's live figures (``router.Load``). ``free``: slots of the tier that are left when the posting's earlier
    sections have theirs; below 0 where they have to share.
    """

    kind: str
    tier: str
    language: str
    chars: int
    patched: bool
    wait_s: float
    writing_s: float
    free: int

    @property
    def usual_s(self) -> float:
        """What the live figures alone say."""
        return min(LONGEST_S, max(SHORTEST_S, self.wait_s + self.writing_s))


@dataclass(frozen=True, slots=True)
class Observed:
    """A section that a model wrote, and the seconds from the choice of its model to its end."""

    features: Features
    seconds: float

    @property
    def log_ratio(self) -> float:
        """Logarithm of how many times longer it took than the live figures said."""
        return math.log(min(LONGEST_S, max(SHORTEST_S, self.seconds)) / self.features.usual_s)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Seconds that half and nine tenths of such sections take at most; 0 < p50_s <= p90_s."""

    p50_s: float
    p90_s: float
