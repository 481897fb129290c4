"""What a store keeps, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from cache_service.posting.facts import Facts
from cache_service.posting.sections import SectionKind


@dataclass(frozen=True, slots=True)
class NewVector:
    """Where a section is found by meaning: ``data`` (d,) float32 of length one, shared by equal ``digest``."""

    partition: str
    digest: str
    data: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NewSection:
    """A section to store. ``key`` finds it by its facts; ``vector`` by meaning, None if never looked for so.

    ``next_vector``: the same of the embedding that the store is changing over to.
    """

    kind: SectionKind
    heading: str
    text: str
    key: str
    vector: NewVector | None
    model: str | None
    tokens: int
    next_vector: NewVector | None = None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to store: a request, its facts, and the sections written for it.

    ``derived``: the request was read off the text, so that what it does not state is unknown rather than absent.
    ``digest`` names the content: storing the same digest again changes nothing. Times are seconds since 1970.
    """

    id: str
    tenant: str
    language: str
    writer: str
    origin: Literal["import", "generated"]
    digest: str
    company_key: str
    title_key: str
    tone: str | None
    derived: bool
    tags: tuple[str, ...]
    request: dict[str, Any]
    title: str
    facts: Facts
    created_at: float
    expires_at: float | None
    sections: tuple[NewSection, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored section with all that decides whether it may be reused."""

    entry_id: str
    kind: SectionKind
    heading: str
    text: str
    key: str
    writer: str
    tone: str | None
    derived: bool
    facts: Facts
    model: str | None
    tokens: int
    vector_id: int | None
    expires_at: float | None = None


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as it is shown."""

    id: str
    language: str
    writer: str
    origin: str
    derived: bool
    tone: str | None
    tags: tuple[str, ...]
    request: dict[str, Any]
    title: str
    sections: tuple[dict[str, Any], ...]
    created_at: float
    expires_at: float | None


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries: all conditions that are given hold. ``created_before`` in seconds since 1970."""

    company_key: str | None = None
    title_key: str | None = None
    tag: str | None = None
    created_before: float | None = None


@dataclass(frozen=True, slots=True)
class PostingRecord:
    """A posting: ``answer`` is the JSON answer as bytes, ``events`` its whole log; both None while it is made.

    ``request``: what was asked for, as JSON; None for postings of before it was kept.
    """

    id: str
    tenant: str
    status: str
    created_at: float
    answer: bytes | None
    events: bytes | None
    request: bytes | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """Evidence of one reuse of an entry's section: was it ``right``, and who says so.

    ``need`` names the facts it was served for ("" if unknown), ``similarity`` is that of the reuse (1: equal facts
    and words, or not to be told any more).
    """

    entry_id: str
    kind: SectionKind
    need: str
    similarity: float
    right: bool
    source: Literal["feedback", "verifier"]


@dataclass(frozen=True, slots=True)
class FeedbackRecord:
    """What a user did with a section. ``entry_id``: where its text came from; ``right``: whether it fitted."""

    id: str
    tenant: str
    posting_id: str
    section: SectionKind
    verdict: Literal["accept", "edit", "reject"]
    text: str | None
    entry_id: str | None
    right: bool
    created_at: float


@dataclass(frozen=True, slots=True)
class FeedbackStored:
    """What storing feedback did: the ``id`` it has, whether that is ``new``, whether anything ``changed``, and the
    observation that it ``replaced`` and the one that is now ``held``. ``was_right``: as it was judged before."""

    id: str
    new: bool
    changed: bool
    replaced: Observation | None
    held: Observation | None
    was_right: bool | None = None


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """A batch for rebuilding an index: ids, and (n, d) float32 rows, all of one partition."""

    partition: str
    ids: list[int]
    rows: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class IndexChange:
    """What a write did to the set of vectors.

    ``touched``: keys and partitions of the sections that it stored; ``deleted``: whether entries went.
    """

    added: tuple[tuple[str, int, NDArray[np.float32]], ...] = ()
    removed: tuple[tuple[str, int], ...] = ()
    touched: frozenset[str] = frozenset()
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class EmbeddingRecord:
    """Whose vectors a store holds: ``fingerprint`` of the embedder, and the setting ``spec`` that named it ("" if
    that is not known any more)."""

    fingerprint: str
    spec: str


@dataclass(frozen=True, slots=True)
class Reembedded:
    """What a stored entry is given for another embedding: its content ``digest``, and for each of its sections
    (by row) the key and the vector."""

    entry_id: str
    digest: str
    sections: tuple[tuple[int, str, NewVector | None], ...]


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    """A stored entry that is to be embedded anew. ``sections``: row, kind, heading, text, model, tokens of each."""

    id: str
    writer: str
    origin: Literal["import", "generated"]
    tone: str | None
    derived: bool
    tags: tuple[str, ...]
    request: dict[str, Any]
    title: str
    tenant: str
    sections: tuple[tuple[int, SectionKind, str, str, str | None, int], ...]
