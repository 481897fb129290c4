"""Feedback and evidence in the store, and the way from the layout before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cache_service.store.records import FeedbackRecord, Observation, PostingRecord
from cache_service.store.schema import SCHEMA, SCHEMA_VERSION
from cache_service.store.sqlite import SqliteStore
from tests.store.samples import entry

SEEN = Observation("ent_1", "company", "need", 0.97, right=False, source="feedback")


def record(number: int, **changes: object) -> FeedbackRecord:
    base = FeedbackRecord(f"fbk_{number}", "t", "pst_1", "company", "reject", None, "ent_1", False, 5.0)
    return replace(base, **changes)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore.open(tmp_path, lambda: 1000.0)
    yield opened
    opened.close()


async def test_the_last_word_on_a_section_counts(store: SqliteStore) -> None:
    """One feedback a section; what it replaces is told, so that it can be unlearnt."""
    await store.put_entries([entry(1)])
    first = await store.put_feedback(record(1), SEEN, 5.0)
    assert (first.id, first.new, first.changed, first.replaced, first.held) == ("fbk_1", True, True, None, SEEN)
    same = await store.put_feedback(record(2), SEEN, 5.0)
    assert (same.id, same.changed, same.held) == ("fbk_1", False, None)
    accepted = replace(SEEN, right=True)
    other = await store.put_feedback(record(3, verdict="accept", right=True), accepted, 5.0)
    assert (other.id, other.new, other.replaced, other.held) == ("fbk_1", False, SEEN, accepted)
    assert await store.observations("t", 10) == [accepted]
    assert [one.verdict async for one in store.feedback("t")] == ["accept"]
    assert [one async for one in store.feedback("u")] == []
    assert await store.observations("u", 10) == []


async def test_evidence_goes_with_its_entry(store: SqliteStore) -> None:
    """Nothing is held of an entry that is gone or of another tenant's; the newest are kept when there are many."""
    await store.put_entries([entry(1), entry(2)])
    assert await store.put_observation("t", replace(SEEN, source="verifier"), "a") == (None, True)
    assert await store.put_observation("t", replace(SEEN, entry_id="ent_2", source="verifier"), "b") == (None, True)
    assert await store.put_observation("u", replace(SEEN, source="verifier"), "a") == (None, False)
    assert await store.put_observation("t", replace(SEEN, entry_id="ent_9"), "c") == (None, False)
    assert [one.entry_id for one in await store.observations("t", 1)] == ["ent_2"]
    await store.delete_entries("t", "ent_2", dry_run=False)
    assert [one.entry_id for one in await store.observations("t", 10)] == ["ent_1"]


async def test_all_feedback_is_read_in_batches(store: SqliteStore) -> None:
    """More than one batch, in order."""
    for number in range(600):
        await store.put_feedback(record(number, posting_id=f"pst_{number}"), None, 5.0)
    assert [one.id async for one in store.feedback("t")] == [f"fbk_{number}" for number in range(600)]


async def test_a_posting_keeps_its_request(store: SqliteStore) -> None:
    """Finishing a posting does not lose what was asked for."""
    await store.put_posting(PostingRecord("a", "t", "running", 1.0, None, None, b"{}"), None)
    await store.put_posting(PostingRecord("a", "t", "complete", 1.0, b"[]", b"[]"), None)
    found = await store.get_posting("t", "a")
    assert found is not None
    assert (found.status, found.request) == ("complete", b"{}")


async def test_a_store_of_layout_1_loses_nothing(tmp_path: Path) -> None:
    """Entries, vectors, postings and claims of the first layout are all there after the upgrade."""
    with closing(sqlite3.connect(tmp_path / "gonggo.sqlite3")) as connection:
        connection.executescript(f"PRAGMA journal_mode = WAL; BEGIN; {SCHEMA} PRAGMA user_version = 1; COMMIT;")
        connection.execute("INSERT INTO entries VALUES ('ent_1','t','ko','human','import','d','c','k',NULL,0,'[]',"
                           "'{\"company\": {\"name\": \"x\"}}','제목',"
                           "'{\"company.name\": \"x\"}',1.0,NULL)")  # fmt: skip
        connection.execute("INSERT INTO vectors VALUES (7,'p','v',?)", (b"\0\0\0\0",))
        connection.execute("INSERT INTO sections VALUES (1,'ent_1','company','h','본문','key',7,NULL,3)")
        connection.execute("INSERT INTO postings VALUES ('pst_1','t','complete',1.0,'{}','[]')".replace("'{}','[]'",
                           "x'7b7d',x'5b5d'"))  # fmt: skip
        connection.execute("INSERT INTO idempotency VALUES ('t','key','digest','pst_1',999.0)")
        connection.commit()
    for _ in range(2):
        store = SqliteStore.open(tmp_path, lambda: 1000.0)
        try:
            assert dict(await store.counts()) == {"entries": 1, "sections": 1, "vectors": 1, "postings": 1}
            assert await store.get_posting("t", "pst_1") == PostingRecord("pst_1", "t", "complete", 1.0, b"{}", b"[]")
            assert await store.find_claim("t", "key") == ("digest", "pst_1")
            [found] = (await store.find_by_keys("t", ["key"]))["key"]
            assert (found.text, found.vector_id) == ("본문", 7)
            await store.put_observation("t", SEEN, "a")
            assert await store.observations("t", 10) == [SEEN]
        finally:
            store.close()
    with closing(sqlite3.connect(tmp_path / "gonggo.sqlite3")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
