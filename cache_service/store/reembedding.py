"""The SQL of changing a store over to another embedding: plain functions of a connection.

Until ``finish`` every section keeps the vector by which it is found; the one of the other embedding stands beside it.
Vectors that a change leaves behind are no longer referred to and go in steps afterwards (``drop_unused``): a million in
one transaction would keep all other writers waiting.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from cache_service.posting.needs import embedding_of
from cache_service.store.records import EmbeddingRecord, Reembedded, WaitingEntry
from cache_service.store.statements import UNUSED, insert_vector

_ACTIVE: Final = "embedding"
_SPEC: Final = "embedder"
_NEXT: Final = "next_embedding"
_CHANGED_AT: Final = "embedding_changed_at"
_LEFTOVERS: Final = "unused_vectors"
_LACKING: Final = "vector_id IS NOT NULL AND next_vector_id IS NULL"


def active(connection: sqlite3.Connection) -> EmbeddingRecord | None:
    """Whose vectors entries are found by; read off the vectors themselves where it was not noted."""
    noted = _meta(connection, _ACTIVE)
    if noted is not None:
        return EmbeddingRecord(noted, _meta(connection, _SPEC) or "")
    row = connection.execute("SELECT partition FROM vectors ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else EmbeddingRecord(embedding_of(row[0]), "")


def set_active(connection: sqlite3.Connection, record: EmbeddingRecord) -> None:
    """Note whose vectors entries are found by."""
    _note(connection, _ACTIVE, record.fingerprint)
    _note(connection, _SPEC, record.spec)


def changed_at(connection: sqlite3.Connection) -> float:
    """When entries were first found by the vectors of today, in seconds since 1970; minus infinity for from the start.

    Similarities of before were measured in another space.
    """
    noted = _meta(connection, _CHANGED_AT)
    return float("-inf") if noted is None else float(noted)


def begin(connection: sqlite3.Connection, fingerprint: str) -> None:
    """Make ready for vectors of ``fingerprint`` (the active one: for none); those of yet another are left unused."""
    if _meta(connection, _NEXT) not in {None, fingerprint}:
        connection.execute("UPDATE sections SET next_vector_id = NULL WHERE next_vector_id IS NOT NULL")
        connection.execute("DELETE FROM meta WHERE name = ?", (_NEXT,))
        _note(connection, _LEFTOVERS, "")
    now = active(connection)
    if now is None or now.fingerprint != fingerprint:
        _note(connection, _NEXT, fingerprint)


def progress(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many sections have the other vector, and how many will."""
    row = connection.execute("SELECT count(next_vector_id), count(vector_id) FROM sections").fetchone()
    return int(row[0]), int(row[1])


def waiting(connection: sqlite3.Connection, after: int, limit: int) -> tuple[list[WaitingEntry], int]:
    """Entries with one of the next ``limit`` sections that lack the other vector, and the last of these rows."""
    rows = connection.execute(
        f"SELECT id, entry_id FROM sections WHERE id > ? AND {_LACKING} ORDER BY id LIMIT ?",  # noqa: S608 - fixed
        (after, limit),
    ).fetchall()
    if not rows:
        return [], 0
    return [_entry(connection, id_) for id_ in dict.fromkeys(entry_id for _, entry_id in rows)], int(rows[-1][0])


def _entry(connection: sqlite3.Connection, entry_id: str) -> WaitingEntry:
    row = connection.execute(
        "SELECT writer, origin, tone, derived, tags, request, title, tenant FROM entries WHERE id = ?", (entry_id,)
    ).fetchone()
    sections = connection.execute(
        "SELECT id, kind, heading, text, model, tokens FROM sections WHERE entry_id = ? ORDER BY id", (entry_id,)
    ).fetchall()
    return WaitingEntry(
        id=entry_id, writer=row[0], origin=row[1], tone=row[2], derived=bool(row[3]), tags=tuple(json.loads(row[4])),
        request=json.loads(row[5]), title=row[6], tenant=row[7], sections=tuple(map(tuple, sections)),
    )  # fmt: skip


def put(connection: sqlite3.Connection, entries: Sequence[Reembedded]) -> tuple[int, list[tuple[str, int, Any]]]:
    """Give sections their other vectors; how many, and the vectors that are new to their partition."""
    added: list[tuple[str, int, Any]] = []
    count = 0
    for entry in entries:
        # Where another entry has this content by now, both stay as they are.
        connection.execute("UPDATE OR IGNORE entries SET digest = ? WHERE id = ?", (entry.digest, entry.entry_id))
        for row, key, vector in entry.sections:
            held = connection.execute("SELECT 1 FROM sections WHERE id = ? AND entry_id = ?", (row, entry.entry_id))
            if held.fetchone() is None:
                continue
            connection.execute(
                "UPDATE sections SET key = ?, next_vector_id = ? WHERE id = ?",
                (key, insert_vector(connection, vector, added), row),
            )
            count += vector is not None
    return count, added


def finish(connection: sqlite3.Connection, record: EmbeddingRecord, at: float) -> bool:
    """Put the other vectors in the place of the first, which are left unused; False if one is lacking."""
    if connection.execute(f"SELECT 1 FROM sections WHERE {_LACKING} LIMIT 1").fetchone():  # noqa: S608 - fixed
        return False
    connection.execute("UPDATE sections SET vector_id = next_vector_id, next_vector_id = NULL")
    # What was right or wrong for which facts stays so; how near it was means nothing in another embedding.
    connection.execute("UPDATE observations SET similarity = 1 WHERE similarity < 1")
    connection.execute("DELETE FROM meta WHERE name = ?", (_NEXT,))
    _note(connection, _CHANGED_AT, repr(at))
    _note(connection, _LEFTOVERS, "")
    set_active(connection, record)
    return True


def drop_unused(connection: sqlite3.Connection, after: int, limit: int) -> tuple[list[tuple[str, int]], int]:
    """Drop those of the next ``limit`` vectors that a change left behind: (partition, id) of each, and the last that
    was looked at; 0 at the end, and where nothing was left behind."""
    if _meta(connection, _LEFTOVERS) is None:
        return [], 0
    [last] = connection.execute(
        "SELECT max(id) FROM (SELECT id FROM vectors WHERE id > ? ORDER BY id LIMIT ?)", (after, limit)
    ).fetchone()
    if last is None:
        connection.execute("DELETE FROM meta WHERE name = ?", (_LEFTOVERS,))
        return [], 0
    dropped = connection.execute(
        f"DELETE FROM vectors WHERE id > ? AND id <= ? AND {UNUSED} RETURNING partition, id",  # noqa: S608 - fixed
        (after, last),
    ).fetchall()
    return dropped, int(last)


def _note(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def _meta(connection: sqlite3.Connection, name: str) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])
