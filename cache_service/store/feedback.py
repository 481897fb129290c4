"""The SQL of feedback and of the evidence on entries: plain functions of a connection."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Final, Literal

from cache_service.store.records import FeedbackRecord, FeedbackStored, Observation
from cache_service.store.reembedding import changed_at

_OBSERVED: Final = "entry_id, kind, need, similarity, was_right, source"
_FEEDBACK: Final = "id, tenant, posting_id, section, verdict, text, entry_id, was_right, created_at"
_SOURCE: Final[Literal["feedback"]] = "feedback"


def put(
    connection: sqlite3.Connection, record: FeedbackRecord, observed: Observation | None, made_at: float
) -> FeedbackStored:
    """See ``Store.put_feedback``."""
    where = (record.tenant, record.posting_id, record.section)
    held = connection.execute(
        "SELECT id, verdict, text, was_right FROM feedback WHERE tenant = ? AND posting_id = ? AND section = ?", where
    ).fetchone()
    if held is not None and (held[1], held[2]) == (record.verdict, record.text):
        return FeedbackStored(held[0], new=False, changed=False, replaced=None, held=None, was_right=bool(held[3]))
    connection.execute(
        f"INSERT INTO feedback ({_FEEDBACK}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - fixed names
        " ON CONFLICT (tenant, posting_id, section) DO UPDATE SET verdict = excluded.verdict, text = excluded.text,"
        " entry_id = excluded.entry_id, was_right = excluded.was_right, created_at = excluded.created_at",
        (record.id, *where, record.verdict, record.text, record.entry_id, int(record.right), record.created_at),
    )
    replaced, is_held = None, False
    if observed is not None:
        if made_at < changed_at(connection):  # how near it was is of a space that is gone
            observed = replace(observed, similarity=1.0)
        replaced, is_held = observe(connection, record.tenant, observed, record.posting_id, record.created_at)
    id_ = record.id if held is None else held[0]
    was_right = None if held is None else bool(held[3])
    return FeedbackStored(id_, held is None, True, replaced, observed if is_held else None, was_right)


def observe(
    connection: sqlite3.Connection, tenant: str, observed: Observation, ref: str, at: float
) -> tuple[Observation | None, bool]:
    """Store an observation; the one it replaces, and whether it is held: of an entry that is gone nothing is."""
    where = (tenant, observed.source, ref, observed.kind)
    row = connection.execute(
        f"DELETE FROM observations WHERE tenant = ? AND source = ? AND ref = ? AND kind = ? RETURNING {_OBSERVED}",  # noqa: S608
        where,
    ).fetchone()
    held = connection.execute(
        "INSERT INTO observations (tenant, source, ref, kind, entry_id, need, similarity, was_right, created_at)"
        " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM entries WHERE id = ? AND tenant = ?)",
        (*where, observed.entry_id, observed.need, observed.similarity, int(observed.right), at,
         observed.entry_id, tenant),
    )  # fmt: skip
    return None if row is None else _observation(row), held.rowcount == 1


def observations(connection: sqlite3.Connection, tenant: str, limit: int) -> list[Observation]:
    """The newest observations, oldest first."""
    rows = connection.execute(
        f"SELECT {_OBSERVED} FROM observations WHERE tenant = ? ORDER BY number DESC LIMIT ?",  # noqa: S608
        (tenant, limit),
    ).fetchall()
    return [_observation(row) for row in reversed(rows)]


def after(connection: sqlite3.Connection, tenant: str, number: int, limit: int) -> list[tuple[int, FeedbackRecord]]:
    """The next feedback by number."""
    rows = connection.execute(
        f"SELECT number, {_FEEDBACK} FROM feedback WHERE tenant = ? AND number > ? ORDER BY number LIMIT ?",  # noqa: S608
        (tenant, number, limit),
    )
    return [
        (
            row[0],
            FeedbackRecord(
                id=row[1], tenant=row[2], posting_id=row[3], section=row[4], verdict=row[5], text=row[6],
                entry_id=row[7], right=bool(row[8]), created_at=row[9],
            ),
        )
        for row in rows
    ]  # fmt: skip


def _observation(row: tuple[str, str, str, float, int, str]) -> Observation:
    entry_id, kind, need, similarity, right, source = row
    return Observation(entry_id, kind, need, similarity, bool(right), source)  # type: ignore[arg-type]
