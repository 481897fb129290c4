"""The tables of the SQLite store. ``PRAGMA user_version`` holds the version of this layout."""

from __future__ import annotations

from typing import Final

# Layout 1; every later one is made from the one before by its step in ``UPGRADES``, in new files and old alike.
SCHEMA: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE entries (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    language TEXT NOT NULL,
    writer TEXT NOT NULL,
    origin TEXT NOT NULL,
    digest TEXT NOT NULL,
    company_key TEXT NOT NULL,
    title_key TEXT NOT NULL,
    tone TEXT,
    derived INTEGER NOT NULL,
    tags TEXT NOT NULL,
    request TEXT NOT NULL,
    title TEXT NOT NULL,
    facts TEXT NOT NULL,
    created_at REAL NOT NULL,
    expires_at REAL,
    UNIQUE (tenant, digest)
) STRICT;
CREATE INDEX entries_company ON entries (tenant, company_key, created_at);
CREATE INDEX entries_expiry ON entries (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE vectors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    partition TEXT NOT NULL,
    digest TEXT NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (partition, digest)
) STRICT;

CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    key TEXT NOT NULL,
    vector_id INTEGER REFERENCES vectors (id),
    model TEXT,
    tokens INTEGER NOT NULL
) STRICT;
CREATE INDEX sections_key ON sections (key);
CREATE INDEX sections_entry ON sections (entry_id);
CREATE INDEX sections_vector ON sections (vector_id) WHERE vector_id IS NOT NULL;

CREATE TABLE postings (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at REAL NOT NULL,
    answer BLOB,
    events BLOB
) STRICT;
CREATE INDEX postings_running ON postings (status) WHERE status = 'running';

CREATE TABLE idempotency (
    tenant TEXT NOT NULL,
    key TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    posting_id TEXT NOT NULL,
    created_at REAL NOT NULL,
    PRIMARY KEY (tenant, key)
) STRICT;
"""

UPGRADES: Final[tuple[str, ...]] = (
    """
ALTER TABLE postings ADD COLUMN request BLOB;

CREATE TABLE feedback (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL,
    posting_id TEXT NOT NULL,
    section TEXT NOT NULL,
    verdict TEXT NOT NULL,
    text TEXT,
    entry_id TEXT,
    was_right INTEGER NOT NULL,
    created_at REAL NOT NULL,
    UNIQUE (tenant, posting_id, section)
) STRICT;

CREATE TABLE observations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant TEXT NOT NULL,
    source TEXT NOT NULL,
    ref TEXT NOT NULL,
    entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    need TEXT NOT NULL,
    similarity REAL NOT NULL,
    was_right INTEGER NOT NULL,
    created_at REAL NOT NULL,
    UNIQUE (tenant, source, ref, kind)
) STRICT;
CREATE INDEX observations_entry ON observations (entry_id);
""",
    # The vector of another embedding, while the store changes over to it.
    """
ALTER TABLE sections ADD COLUMN next_vector_id INTEGER REFERENCES vectors (id);
CREATE INDEX sections_next_vector ON sections (next_vector_id) WHERE next_vector_id IS NOT NULL;
""",
    "CREATE INDEX entries_title ON entries (tenant, title_key, created_at);",
)
SCHEMA_VERSION: Final = 1 + len(UPGRADES)
