"""Risk control: exact binomial bounds, and thresholds whose error among the served is proved to stay under a bound.

``select`` is Learn then Test (Angelopoulos et al. 2021, arXiv:2110.01052) with fixed-sequence testing: thresholds
are tried from the strictest on, each against the hypothesis "more than ``max_error`` of what it serves is wrong", and
the first one that cannot be rejected ends the walk. The order is fixed before the labels are seen, so each test may
use the whole ``delta``, and with probability 1 - ``delta`` no threshold that was passed breaks the bound. The p-value
is the exact binomial tail; bounds are Clopper-Pearson's (1934). Plain Python: the service needs no statistics library.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_BISECTIONS: Final = 60
_NEGLIGIBLE: Final = 1e-18


def binomial_tail(wrong: int, served: int, share: float) -> float:
    """P(at most ``wrong`` of ``served`` are wrong) if each is wrong with probability ``share``."""
    if wrong >= served or share <= 0:
        return 1.0
    if share >= 1:
        return 0.0
    # From the largest term down, so that the sum neither underflows nor takes longer than it must.
    start = min(wrong, int((served + 1) * share))
    log_term = (
        math.lgamma(served + 1) - math.lgamma(start + 1) - math.lgamma(served - start + 1)
        + start * math.log(share) + (served - start) * math.log1p(-share)
    )  # fmt: skip
    odds = share / (1 - share)
    total = term = 1.0
    for count in range(start, 0, -1):
        term *= count / ((served - count + 1) * odds)
        total += term
        if term < _NEGLIGIBLE * total:
            break
    term = 1.0
    for count in range(start + 1, wrong + 1):
        term *= (served - count + 1) * odds / count
        total += term
        if term < _NEGLIGIBLE * total:
            break
    return min(1.0, math.exp(log_term + math.log(total)))


def upper_bound(wrong: int, served: int, delta: float) -> float:
    """The share of wrong ones stays under this with confidence 1 - ``delta`` (Clopper-Pearson); 1 without evidence."""
    if wrong >= served:
        return 1.0
    if wrong == 0:
        return -math.expm1(math.log(delta) / served)
    low, high = wrong / served, 1.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if binomial_tail(wrong, served, middle) > delta else (low, middle)
    return high


def least_served(max_error: float, delta: float) -> int:
    """How many must be served, none of them wrong, before ``max_error`` can be proved at all."""
    if max_error >= 1:
        return 1
    return math.ceil(math.log(delta) / math.log1p(-max_error))


@dataclass(frozen=True, slots=True)
class Tested:
    """A threshold that was proved: it served ``served`` of the evidence, ``wrong`` of them wrongly."""

    position: int
    threshold: float
    served: int
    wrong: int
    error_bound: float


def select(
    grid: Sequence[float],
    scores: Sequence[float],
    wrong: Sequence[bool],
    *,
    start: int,
    max_error: float,
    delta: float,
) -> list[Tested]:
    """The thresholds of ``grid`` that are proved, in the order tested; the last one serves most.

    ``grid``: falling thresholds, fixed without a look at this evidence. ``scores`` and ``wrong``: the evidence, one
    value a proposal; a proposal is served from the threshold on. ``start``: where to begin, likewise fixed before;
    a threshold that serves too few to prove anything would end the walk at once.
    """
    order = sorted(zip(scores, wrong, strict=True), key=lambda pair: -pair[0])
    passed: list[Tested] = []
    served = errors = 0
    for position, threshold in enumerate(grid):
        while served < len(order) and order[served][0] >= threshold:
            errors += order[served][1]
            served += 1
        if position < start:
            continue
        if served == 0 or binomial_tail(errors, served, max_error) > delta:
            break
        bound = min(max_error, upper_bound(errors, served, delta))
        passed.append(Tested(position, threshold, served, errors, bound))
    return passed
