"""What each entry's own use has shown, on top of another policy.

After vCache (Schroeder et al. 2025, arXiv:2502.03771), which decides by evidence of its own for each cached item
instead of one threshold for all. Here such evidence mostly tightens: a text that was rejected for some facts is not
offered for them again, and an entry whose uses went wrong more often than the bound allows is withheld until enough
right ones stand against them. It loosens only where people's accepts alone prove the bound for that entry.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

from cache_service.cache.policies.protocol import Proposal, ReusePolicy, Serve, Verdict, Withhold
from cache_service.store.records import Observation

CAPACITY: Final = 50_000
NEEDS_KEPT: Final = 256
BUCKETS: Final = 100


@dataclass(slots=True)
class _Tally:
    """Counts of one entry's section. ``accepts``: people's, by hundredths of similarity, of differing wording."""

    right: int = 0
    wrong: int = 0
    accepts: dict[int, int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    closed: bool = False

    def add(self, one: Observation, sign: int) -> None:
        if one.right:
            self.right += sign
            if one.source == "feedback" and one.similarity < 1:
                bucket = _bucket(one.similarity)
                self.accepts[bucket] = self.accepts.get(bucket, 0) + sign
            return
        self.wrong += sign
        if one.need:
            self.rejected[one.need] = self.rejected.get(one.need, 0) + sign
            # More needs than are kept apart have rejected it: then it serves none.
            self.closed = self.closed or len(self.rejected) > NEEDS_KEPT

    def error_share(self) -> float:
        return self.wrong / (self.wrong + max(0, self.right)) if self.wrong > 0 else 0.0

    def proved(self, similarity: float, delta: float) -> float:
        """Upper bound on this entry's error from accepts at this similarity or further off, none being wrong.

        It is looked at after every accept, so the n-th look spends delta / (n (n + 1)) of the confidence.
        """
        accepted = sum(count for bucket, count in self.accepts.items() if bucket <= _bucket(similarity))
        if self.wrong > 0 or accepted <= 0:
            return 1.0
        return -math.expm1(math.log(delta / (accepted * (accepted + 1))) / accepted)


def _bucket(similarity: float) -> int:
    return min(BUCKETS - 1, max(0, int(similarity * BUCKETS)))


class OnlinePolicy:
    """``base`` with the evidence of each entry. Keeps ``capacity`` entries: those that nothing speaks against are
    forgotten first, the longest untouched before others."""

    def __init__(self, base: ReusePolicy, *, delta: float = 0.05, capacity: int = CAPACITY) -> None:
        self._base = base
        self._delta = delta
        self._capacity = capacity
        self._trusted: OrderedDict[tuple[str, str], _Tally] = OrderedDict()
        self._suspected: OrderedDict[tuple[str, str], _Tally] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """See ``ReusePolicy.name``."""
        return f"online({self._base.name})"

    def __len__(self) -> int:
        """How many entries' sections there is evidence of."""
        return len(self._trusted) + len(self._suspected)

    def learn(self, one: Observation) -> None:
        """Take an observation in. The order of observations does not matter."""
        self._add(one, 1)

    def unlearn(self, one: Observation) -> None:
        """Take an observation back that another replaces."""
        self._add(one, -1)

    def _add(self, one: Observation, sign: int) -> None:
        key = (one.entry_id, one.kind)
        with self._lock:
            tally = self._trusted.pop(key, None) or self._suspected.pop(key, None) or _Tally()
            tally.add(one, sign)
            (self._suspected if tally.wrong > 0 or tally.closed else self._trusted)[key] = tally
            while len(self) > self._capacity:
                (self._trusted or self._suspected).popitem(last=False)

    def judge(self, proposal: Proposal, max_error: float) -> Verdict:
        """See ``ReusePolicy.judge``. Equal wording too is withheld where it was rejected for these very facts."""
        key = (proposal.entry_id, proposal.kind)
        with self._lock:
            tally = self._suspected.get(key) or self._trusted.get(key)
            if tally is None:
                return self._base.judge(proposal, max_error)
            rejected = tally.closed or tally.rejected.get(proposal.need, 0) > 0
            share = tally.error_share()
            proved = tally.proved(proposal.similarity, self._delta)
        if rejected:
            return Withhold("rejected_before")
        if proposal.reworded and share > max_error:
            return Withhold("entry_went_wrong", share)
        verdict = self._base.judge(proposal, max_error)
        if isinstance(verdict, Withhold) and proved <= max_error:
            return Serve(proved)
        return verdict
