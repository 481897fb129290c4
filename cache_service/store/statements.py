"""The SQL of the SQLite store: plain functions of a connection."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cache_service.errors import EmbeddingChanged
from cache_service.posting.facts import Facts
from cache_service.posting.needs import embedding_of
from cache_service.store.records import Candidate, EntryFilter, NewEntry, NewVector, PostingRecord, StoredEntry

_CANDIDATE = """
SELECT s.entry_id, s.kind, s.heading, s.text, s.key, e.writer, e.tone, e.derived, e.facts, s.model, s.tokens,
       s.vector_id, e.expires_at
FROM {joined}
WHERE {where} AND (e.expires_at IS NULL OR e.expires_at > ?)
ORDER BY e.created_at DESC, s.id DESC LIMIT ?
"""


# CROSS JOIN keeps the order written: without statistics the planner may begin with every entry of the tenant.
UNUSED = (
    "NOT EXISTS (SELECT 1 FROM sections WHERE vector_id = vectors.id)"
    " AND NOT EXISTS (SELECT 1 FROM sections WHERE next_vector_id = vectors.id)"
)
BY_SECTION = "sections s CROSS JOIN entries e ON e.id = s.entry_id"
BY_ENTRY = "entries e CROSS JOIN sections s ON s.entry_id = e.id"


def candidates(
    connection: sqlite3.Connection,
    joined: str,
    where: str,
    values: Sequence[Any],
    now: float,
    limit: int,
) -> list[Candidate]:
    """Live sections that match a fixed condition, newest first; ``joined``: the table to begin with."""
    rows = connection.execute(_CANDIDATE.format(joined=joined, where=where), [*values, now, limit])
    return [
        Candidate(
            entry_id=row[0], kind=row[1], heading=row[2], text=row[3], key=row[4], writer=row[5], tone=row[6],
            derived=bool(row[7]), facts=load_facts(row[8]), model=row[9], tokens=row[10], vector_id=row[11],
            expires_at=row[12],
        )
        for row in rows
    ]  # fmt: skip


def explain(connection: sqlite3.Connection, joined: str, where: str) -> list[str]:
    """How SQLite would run ``candidates``: a line a step."""
    sql = _CANDIDATE.format(joined=joined, where=where)
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", (0.0, 1))]


def load_facts(text: str) -> Facts:
    """Facts from their stored form."""
    return Facts({path: tuple(value) if isinstance(value, list) else value for path, value in json.loads(text).items()})


def digests(connection: sqlite3.Connection, tenant: str, wanted: Sequence[str], now: float) -> dict[str, str]:
    """Digest and id of the live entries with one of the ``wanted`` digests."""
    sql = "SELECT digest, id FROM entries WHERE tenant = ? AND digest = ? AND (expires_at IS NULL OR expires_at > ?)"
    return dict(row for one in wanted for row in connection.execute(sql, (tenant, one, now)))


def insert_entry(connection: sqlite3.Connection, entry: NewEntry, active: str | None) -> list[tuple[str, int, Any]]:
    """Insert an entry with its sections; the vectors that are new to their partition.

    ``active``: the embedding by whose vectors entries are found, which may have changed since they were made:
    EmbeddingChanged if it has and there are none of it.
    """
    connection.execute(
        "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.id, entry.tenant, entry.language, entry.writer, entry.origin, entry.digest, entry.company_key,
            entry.title_key, entry.tone, int(entry.derived), json.dumps(entry.tags, ensure_ascii=False),
            json.dumps(entry.request, ensure_ascii=False), entry.title,
            json.dumps(dict(entry.facts), ensure_ascii=False), entry.created_at, entry.expires_at,
        ),
    )  # fmt: skip
    added: list[tuple[str, int, Any]] = []
    for section in entry.sections:
        vectors = (section.vector, section.next_vector)
        if section.next_vector is not None and embedding_of(section.next_vector.partition) == active:
            vectors = (section.next_vector, None)
        if active is not None and vectors[0] is not None and embedding_of(vectors[0].partition) != active:
            raise EmbeddingChanged("The embedding model was changed while this was stored; try again.")
        vector_ids = [insert_vector(connection, vector, added) for vector in vectors]
        connection.execute(
            "INSERT INTO sections (entry_id, kind, heading, text, key, vector_id, model, tokens, next_vector_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (entry.id, section.kind, section.heading, section.text, section.key, vector_ids[0], section.model,
             section.tokens, vector_ids[1]),
        )  # fmt: skip
    return added


def insert_vector(
    connection: sqlite3.Connection, vector: NewVector | None, added: list[tuple[str, int, Any]]
) -> int | None:
    """The id of a vector, which is put into ``added`` if it is new to its partition; None for None."""
    if vector is None:
        return None
    held = connection.execute(
        "SELECT id FROM vectors WHERE partition = ? AND digest = ?", (vector.partition, vector.digest)
    ).fetchone()
    if held is not None:
        return int(held[0])
    vector_id = connection.execute(
        "INSERT INTO vectors (partition, digest, data) VALUES (?, ?, ?)",
        (vector.partition, vector.digest, vector.data.astype("<f4").tobytes()),
    ).lastrowid
    assert vector_id is not None  # noqa: S101 - an INSERT always has one
    added.append((vector.partition, vector_id, np.asarray(vector.data, dtype=np.float32)))
    return vector_id


def matching(connection: sqlite3.Connection, tenant: str, where: EntryFilter | str, now: float) -> list[str]:
    """The ids of the live entries that an id or a filter names, oldest first."""
    terms = ["tenant = ?", "(expires_at IS NULL OR expires_at > ?)"]
    values: list[Any] = [tenant, now]
    if isinstance(where, str):
        terms.append("id = ?")
        values.append(where)
    else:
        for term, value in (
            ("company_key = ?", where.company_key),
            ("title_key = ?", where.title_key),
            ("EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)", where.tag),
            ("created_at < ?", where.created_before),
        ):
            if value is not None:
                terms.append(term)
                values.append(value)
    sql = f"SELECT id FROM entries WHERE {' AND '.join(terms)} ORDER BY created_at, id"  # noqa: S608 - fixed terms
    return [row[0] for row in connection.execute(sql, values)]


def delete_entries(connection: sqlite3.Connection, ids: Sequence[str]) -> list[tuple[str, int]]:
    """Delete entries with their sections; (partition, id) of the vectors that nothing uses any more."""
    orphans: list[tuple[str, int]] = []
    for entry_id in ids:
        used = [
            row[0]
            for row in connection.execute(
                "SELECT vector_id FROM sections WHERE entry_id = ?1 AND vector_id IS NOT NULL"
                " UNION SELECT next_vector_id FROM sections WHERE entry_id = ?1 AND next_vector_id IS NOT NULL",
                (entry_id,),
            )
        ]
        connection.execute("DELETE FROM entries WHERE id = ?", (entry_id,))
        for vector_id in used:
            row = connection.execute(
                f"DELETE FROM vectors WHERE id = ? AND {UNUSED} RETURNING partition",  # noqa: S608 - fixed
                (vector_id,),
            ).fetchone()
            if row is not None:
                orphans.append((row[0], vector_id))
    return orphans


def entry(connection: sqlite3.Connection, tenant: str, entry_id: str, now: float) -> StoredEntry | None:
    """One live entry with its sections."""
    row = connection.execute(
        "SELECT language, writer, origin, derived, tone, tags, request, title, created_at, expires_at FROM entries"
        " WHERE tenant = ? AND id = ? AND (expires_at IS NULL OR expires_at > ?)",
        (tenant, entry_id, now),
    ).fetchone()
    if row is None:
        return None
    sections = connection.execute(
        "SELECT kind, heading, text, model FROM sections WHERE entry_id = ? ORDER BY id", (entry_id,)
    ).fetchall()
    return StoredEntry(
        id=entry_id, language=row[0], writer=row[1], origin=row[2], derived=bool(row[3]), tone=row[4],
        tags=tuple(json.loads(row[5])), request=json.loads(row[6]), title=row[7], created_at=row[8],
        expires_at=row[9],
        sections=tuple({"kind": s[0], "heading": s[1], "text": s[2], "model": s[3]} for s in sections),
    )  # fmt: skip


def posting(connection: sqlite3.Connection, tenant: str, posting_id: str) -> PostingRecord | None:
    """One posting."""
    row = connection.execute(
        "SELECT id, tenant, status, created_at, answer, events, request FROM postings WHERE tenant = ? AND id = ?",
        (tenant, posting_id),
    ).fetchone()
    return None if row is None else PostingRecord(*row)


def upsert_posting(connection: sqlite3.Connection, record: PostingRecord) -> None:
    """Insert a posting, or finish it."""
    connection.execute(
        "INSERT INTO postings (id, tenant, status, created_at, answer, events, request) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET status = excluded.status, answer = excluded.answer,"
        " events = excluded.events, request = coalesce(excluded.request, request)",
        (record.id, record.tenant, record.status, record.created_at, record.answer, record.events, record.request),
    )


def claimed(connection: sqlite3.Connection, tenant: str, key: str, since: float) -> tuple[str, str] | None:
    """Who holds an idempotency key: request digest and posting id."""
    row = connection.execute(
        "SELECT request_digest, posting_id FROM idempotency WHERE tenant = ? AND key = ? AND created_at >= ?",
        (tenant, key, since),
    ).fetchone()
    return None if row is None else (row[0], row[1])


def claim(connection: sqlite3.Connection, record: PostingRecord, key: str, request_digest: str) -> None:
    """Give an idempotency key to a posting."""
    connection.execute(
        "INSERT OR REPLACE INTO idempotency VALUES (?, ?, ?, ?, ?)",
        (record.tenant, key, request_digest, record.id, record.created_at),
    )


def company_names(connection: sqlite3.Connection, tenant: str) -> list[str]:
    """The companies that entries were written for, each once."""
    sql = "SELECT DISTINCT request ->> '$.company.name' FROM entries WHERE tenant = ?"
    return [row[0] for row in connection.execute(sql, (tenant,)) if row[0]]


def vectors_after(connection: sqlite3.Connection, after: int, limit: int) -> list[tuple[int, str, bytes]]:
    """The next vectors by id."""
    return connection.execute(
        "SELECT id, partition, data FROM vectors WHERE id > ? ORDER BY id LIMIT ?", (after, limit)
    ).fetchall()


def vector_ids(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Id and partition of every vector."""
    return connection.execute("SELECT id, partition FROM vectors").fetchall()


def vectors_of(connection: sqlite3.Connection, ids: Sequence[int], embedding: str) -> dict[int, NDArray[np.float32]]:
    """The vectors under ``ids`` that are of an embedding."""
    marks = ",".join("?" * len(ids))
    rows = connection.execute(f"SELECT id, partition, data FROM vectors WHERE id IN ({marks})", list(ids))  # noqa: S608
    return {row[0]: np.frombuffer(row[2], dtype="<f4") for row in rows if embedding_of(row[1]) == embedding}
