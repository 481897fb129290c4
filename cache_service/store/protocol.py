"""What every store does. All calls are safe from many tasks; what returns from a write is on disk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cache_service.posting.sections import SectionKind
from cache_service.store.records import (
    Candidate,
    EmbeddingRecord,
    EntryFilter,
    FeedbackRecord,
    FeedbackStored,
    IndexChange,
    NewEntry,
    Observation,
    PostingRecord,
    Reembedded,
    StoredEntry,
    StoredVectors,
    WaitingEntry,
)


class Store(Protocol):
    """Entries, postings, idempotency keys. Expired or deleted entries are never returned."""

    async def put_entries(self, entries: Sequence[NewEntry]) -> list[tuple[str, bool]]:
        """Store all or none; for each its id and whether it is new (False: that content was there under the id).

        EmbeddingChanged, and nothing stored, if their vectors are of an embedding that was changed meanwhile.
        """
        ...

    async def find_digests(self, tenant: str, digests: Sequence[str]) -> dict[str, str]:
        """Which of these contents are stored, and the id of each."""
        ...

    async def find_by_keys(self, tenant: str, keys: Sequence[str], per_key: int = 4) -> dict[str, list[Candidate]]:
        """The sections under each content-addressed key, newest first, up to ``per_key`` each."""
        ...

    async def find_by_vectors(self, vector_ids: Sequence[int], per_vector: int) -> list[Candidate]:
        """The sections found under each vector, newest first, up to ``per_vector`` each."""
        ...

    async def find_by_company(
        self, tenant: str, language: str, company_key: str, kinds: Sequence[SectionKind], per_kind: int
    ) -> list[Candidate]:
        """The newest sections written for one company, up to ``per_kind`` of each kind."""
        ...

    async def find_by_title(
        self, tenant: str, language: str, title_key: str, kinds: Sequence[SectionKind], per_kind: int
    ) -> list[Candidate]:
        """The newest sections written for jobs of one title, up to ``per_kind`` of each kind."""
        ...

    async def get_vectors(self, vector_ids: Sequence[int], embedding: str) -> dict[int, NDArray[np.float32]]:
        """Those of the vectors (d,) under these ids that are of an embedding."""
        ...

    async def company_names(self, tenant: str) -> list[str]:
        """The names, as worded, of the companies that entries were written for."""
        ...

    async def get_entry(self, tenant: str, entry_id: str) -> StoredEntry | None:
        """One entry."""
        ...

    async def delete_entries(self, tenant: str, where: EntryFilter | str, *, dry_run: bool) -> list[str]:
        """Delete one entry by id or all that match; the ids. ``dry_run`` only lists them."""
        ...

    async def put_posting(self, record: PostingRecord, idempotency: tuple[str, str] | None) -> PostingRecord:
        """Store or replace a posting. With ``idempotency`` (key, digest of the request) the first one to claim
        the key wins and is returned, unless it failed; Invalid if the key was used for another request."""
        ...

    async def get_posting(self, tenant: str, posting_id: str) -> PostingRecord | None:
        """One posting."""
        ...

    async def find_claim(self, tenant: str, key: str) -> tuple[str, str] | None:
        """The request digest and posting id that hold an idempotency key."""
        ...

    async def put_feedback(
        self, record: FeedbackRecord, observed: Observation | None, made_at: float
    ) -> FeedbackStored:
        """Store what a user did with a section, and what it says of the entry it came from (None: nothing).

        ``made_at``: when the posting was begun. Of one from before a change of the embedding the similarity is not
        held.

        The last word on a section counts: another verdict takes the place of the one before under its id, and
        the same verdict again changes nothing. An entry that is gone is not observed any more.
        """
        ...

    async def put_observation(self, tenant: str, observed: Observation, ref: str) -> tuple[Observation | None, bool]:
        """Store evidence that does not come from feedback, once for each ``ref`` (what it is about) and kind.

        The observation it replaces, and whether it is held (False: the entry is gone)."""
        ...

    async def observations(self, tenant: str, limit: int) -> list[Observation]:
        """The newest ``limit`` observations, oldest first."""
        ...

    def feedback(self, tenant: str) -> AsyncIterator[FeedbackRecord]:
        """All feedback, in the order in which sections were first spoken of."""
        ...

    async def abandon_running(self) -> int:
        """Give every posting that a stopped process left unfinished the status ``failed``; how many."""
        ...

    async def sweep(self) -> int:
        """Remove what has expired; how many entries."""
        ...

    async def counts(self) -> Mapping[str, int]:
        """How many entries, sections, vectors and postings there are."""
        ...

    def listen(self, listener: Callable[[IndexChange], None]) -> Callable[[], None]:
        """Have ``listener`` told of every change to entries and vectors, after its commit and before the change's
        caller; call what returns to stop."""
        ...

    async def vector_ids(self, embedding: str) -> dict[str, NDArray[np.int64]]:
        """The ids of all vectors of an embedding, by partition."""
        ...

    def vectors(self, embedding: str) -> AsyncIterator[StoredVectors]:
        """All vectors of an embedding, in batches, for rebuilding an index."""
        ...

    async def embedding(self) -> EmbeddingRecord | None:
        """Whose vectors entries are found by; None for a store that never had any."""
        ...

    async def set_embedding(self, record: EmbeddingRecord) -> None:
        """Note whose vectors entries are found by."""
        ...

    async def begin_reembedding(self, fingerprint: str) -> tuple[int, int]:
        """Begin, or go on, to give every section a vector of another embedding beside its own: how many have one, how
        many will. What was made for yet another embedding is left unused."""
        ...

    async def waiting_for_vectors(self, after: int, limit: int) -> tuple[list[WaitingEntry], int]:
        """Entries with sections that lack the other vector, looked for behind the row ``after``; and the row to go on
        behind, 0 at the end."""
        ...

    async def put_reembedded(self, entries: Sequence[Reembedded]) -> int:
        """Store other vectors; how many sections got one. Entries that are gone are passed over."""
        ...

    async def finish_reembedding(self, record: EmbeddingRecord) -> bool:
        """Have entries found by the other vectors from now on, all at once. Those of before are left unused, and
        observed similarities between them are forgotten: what was right or wrong is not. False, and nothing changed,
        if a section still lacks one."""
        ...

    async def drop_unused_vectors(self, after: int, limit: int) -> int:
        """Drop those of the ``limit`` vectors behind the id ``after`` that a change of the embedding left unused; the
        id to go on behind, 0 at the end."""
        ...

    async def check(self) -> None:
        """Unavailable if the store cannot be read."""
        ...
