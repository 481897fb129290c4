"""Answers to repeated requests, kept as bytes: the same body again is answered in microseconds, as the cache would.

Only an answer that needed no model is kept, and only while the cache would give the same one again: it goes when a
text that could take the place of one of its own is stored (``IndexChange.touched``), when one of its own expires, and
all go when anything is deleted, or learnt about what may be reused. A repeat has an id of its own without a write:
that of the durable posting it repeats, and behind a dash 16 random hexadecimal digits and 6 that say how long it took
(us), so that asking for it later gives the answer that was sent.
"""

from __future__ import annotations

import json
import math
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any, Final

from cache_service.monitor.stats import Stats
from cache_service.posting.needs import COMPOSED_KINDS
from cache_service.posting.plan import Reuse
from cache_service.store.records import IndexChange, Observation, PostingRecord
from cache_service.streaming.events import dump_events, load_events
from cache_service.streaming.run import PostingRun

# A kept answer besides its bytes: what it depends on, and its places in the tables.
OVERHEAD_BYTES: Final = 4096
# Then the cache is asked again, lest an answer of while its embedder or index was away should stay.
MAX_AGE_S: Final = 600.0
# No answer may take more than this share of the room.
LARGEST_SHARE: Final = 1 / 8
_LONGEST_US: Final = 0xFFFFFF
_REPEAT: Final = re.compile(r"(pst_[0-9a-f]{32})-[0-9a-f]{16}([0-9a-f]{6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer but for its id and timing. ``depends_on``: keys and partitions of sections; ``expires_at``: of its
    texts, in seconds since 1970."""

    posting_id: str
    middle: bytes
    depends_on: frozenset[str]
    expires_at: float
    tiers: tuple[str, ...]
    degraded: int
    saved_tokens: int

    def repeat_id(self, token: str, spent_us: int) -> str:
        """The id of a repeat that took ``spent_us``; ``token``: 16 random hexadecimal digits."""
        return f"{self.posting_id}-{token}{min(spent_us, _LONGEST_US):06x}"

    def answer(self, repeat_id: str, spent_us: int) -> bytes:
        """The JSON answer under an id of ``repeat_id``."""
        spent = f"{min(spent_us, _LONGEST_US) / 1e3:.3f}"
        timing = f', "timing": {{"first_content_ms": {spent}, "complete_ms": {spent}}}}}'
        return b'{"id": "%s", %s%s' % (repeat_id.encode(), self.middle, timing.encode())


class Repeats:
    """The kept answers of one tenant, the least recently used dropped beyond ``most_bytes`` (0: none is kept).

    Written to from the event loop and, by ``hear``, from the store's thread.
    """

    def __init__(self, most_bytes: int, *, stats: Stats, clock: Callable[[], float], price_out: float) -> None:
        """``price_out``: of a million tokens that need not be written."""
        self._most_bytes = most_bytes
        self._stats = stats
        self._clock = clock
        self._price_out = price_out
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, tuple[Kept, float]] = OrderedDict()
        self._dependants: dict[str, set[bytes]] = {}
        self._bytes = 0
        self._changes = 0

    @property
    def active(self) -> bool:
        """Whether anything is ever kept."""
        return self._most_bytes > 0

    def mark(self) -> int:
        """Taken before a request is looked at; what changes after it may not be in its answer."""
        return self._changes

    def recall(self, key: bytes) -> Kept | None:
        """What is kept under ``key``."""
        with self._lock:
            held = self._kept.get(key)
            if held is None:
                return None
            kept, until = held
            if until <= self._clock():
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return kept

    def keep(self, key: bytes, run: PostingRun, mark: int) -> None:
        """Keep the answer of ``run`` if it may be repeated and nothing has changed since ``mark``."""
        kept = kept_of(run)
        if kept is None or _size(kept) > self._most_bytes * LARGEST_SHARE:
            return
        with self._lock:
            if mark != self._changes:
                return
            self._drop(key)
            self._kept[key] = (kept, min(self._clock() + MAX_AGE_S, kept.expires_at))
            self._bytes += _size(kept)
            for token in kept.depends_on:
                self._dependants.setdefault(token, set()).add(key)
            while self._bytes > self._most_bytes:
                self._drop(next(iter(self._kept)))

    def count(self, kept: Kept, spent_us: int) -> None:
        """Note a repeat as a finished posting."""
        spent_ms = spent_us / 1e3
        self._stats.events["repeats"] += 1
        if kept.degraded:
            self._stats.events["degraded"] += kept.degraded
        self._stats.posting(
            outcome="hit", tiers=kept.tiers, first_content_ms=spent_ms, complete_ms=spent_ms, generated_tokens=0,
            saved_tokens=kept.saved_tokens, spent=0.0, saved=kept.saved_tokens * self._price_out / 1e6,
        )  # fmt: skip

    def hear(self, change: IndexChange) -> None:
        """The store changed: drop what may be another answer now."""
        if change.deleted:
            self.forget()
        elif change.touched:
            self._touch(change.touched)

    def learnt(self, observed: Iterable[Observation | None], partition: str | None) -> None:
        """People said whether texts of a ``partition`` (None: not known) were right. A rejection, or one taken back,
        is about what keys lead to as well; that a text was right only makes more of its like fit to be found."""
        found = [one for one in observed if one is not None]
        if partition is None or not all(one.right for one in found):
            self.forget()
        elif found:
            self._touch({partition})

    def _touch(self, tokens: AbstractSet[str]) -> None:
        with self._lock:
            self._changes += 1
            for key in {key for token in tokens for key in self._dependants.get(token, ())}:
                self._drop(key)

    def forget(self) -> None:
        """Drop everything, also what is being answered now: what may be reused is judged otherwise from here on."""
        with self._lock:
            self._changes += 1
            self._kept.clear()
            self._dependants.clear()
            self._bytes = 0

    def _drop(self, key: bytes) -> None:
        held = self._kept.pop(key, None)
        if held is None:
            return
        kept, _ = held
        self._bytes -= _size(kept)
        for token in kept.depends_on:
            others = self._dependants[token]
            others.discard(key)
            if not others:
                del self._dependants[token]


def _size(kept: Kept) -> int:
    return len(kept.middle) + OVERHEAD_BYTES


def kept_of(run: PostingRun) -> Kept | None:
    """The answer of a finished ``run`` if the same request may be given it again: complete, stored, no model called,
    nothing asked to be fresh or changed by a reader, and no wording that only a policy vouches for (the verifier is to
    see each such use)."""
    plan, answer = run.plan, run.answer
    if plan is None or answer is None or not run.stored or run.steered or run.brief.request.options.fresh:
        return None
    if (answer["status"], answer["cache"]) != ("complete", "hit"):
        return None
    reused = [one for one in plan.sections if isinstance(one, Reuse)]
    if any(one.vouched_for is not None for one in reused):
        return None
    sources = {section["kind"]: section["source"] for section in answer["posting"]["sections"]}
    if any(sources[one.need.kind]["entry_id"] != one.source.entry_id for one in reused):
        return None  # sent before the plan was whole
    shown = sources.values()
    return Kept(
        posting_id=run.id,
        middle=json.dumps({name: one for name, one in answer.items() if name not in {"id", "timing"}},
                          ensure_ascii=False)[1:-1].encode(),
        depends_on=frozenset(_dependencies(run, reused)),
        expires_at=min((one.expires_at for one in reused if one.expires_at is not None), default=math.inf),
        tiers=tuple(source["tier"] for source in shown),
        degraded=sum(source["degraded"] for source in shown),
        saved_tokens=answer["usage"]["saved_tokens"],
    )  # fmt: skip


def _dependencies(run: PostingRun, reused: list[Reuse]) -> Iterator[str]:
    """The keys under which a later text would be preferred; where no key led to one, the whole partition."""
    settled = {one.need.kind for one in reused if one.source.tier == "exact" and not one.source.degraded}
    for need in run.brief.needs:
        if need.kind in COMPOSED_KINDS:
            continue
        yield from need.keys
        if need.kind not in settled:
            yield need.partition


def original_id(posting_id: str) -> str:
    """The durable posting that ``posting_id`` repeats; itself if it does not have the form of a repeat's."""
    match = _REPEAT.fullmatch(posting_id)
    return posting_id if match is None else match[1]


def restated(record: PostingRecord, repeat_id: str) -> PostingRecord:
    """A finished posting as the repeat ``repeat_id`` of it: its answer as it was sent, its events under that id."""
    match = _REPEAT.fullmatch(repeat_id)
    if match is None or record.answer is None or record.events is None:
        raise ValueError("not a repeat of a finished posting")
    spent_ms = int(match[2], 16) / 1e3
    answer: dict[str, Any] = json.loads(record.answer)
    answer |= {"id": repeat_id, "timing": {"first_content_ms": spent_ms, "complete_ms": spent_ms}}
    *events, done = load_events(record.events)
    # 128 random bits, drawn after the request and every text in it were written: found nowhere by chance.
    log = [replace(event, data=event.data.replace(record.id, repeat_id)) for event in events]
    log.append(replace(done, data=json.dumps(answer, ensure_ascii=False, separators=(",", ":"))))
    body = json.dumps(answer, ensure_ascii=False).encode()
    return replace(record, id=repeat_id, answer=body, events=dump_events(tuple(log)))
