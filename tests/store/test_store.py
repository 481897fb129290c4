"""The contract of every store."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cache_service.errors import Invalid, SetupError, Unavailable
from cache_service.store import statements
from cache_service.store.records import EntryFilter, IndexChange, PostingRecord
from cache_service.store.sqlite import SqliteStore
from tests.store.samples import PARTITION, entry, unit


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=[SqliteStore])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[SqliteStore]:
    opened = request.param.open(tmp_path, clock)
    yield opened
    opened.close()


async def vector_ids(store: SqliteStore) -> set[int]:
    return {id_ async for batch in store.vectors("e") for id_ in batch.ids}


async def test_put_and_find(store: SqliteStore) -> None:
    """An entry is found by key, by vector and by company, with its facts as they were."""
    assert await store.put_entries([entry(1), entry(2)]) == [("ent_1", True), ("ent_2", True)]
    [found] = (await store.find_by_keys("t", ["key-1", "key-9"]))["key-1"]
    assert (found.entry_id, found.text, found.facts) == ("ent_1", "본문 1", entry(1).facts)
    assert found.vector_id is not None
    [same] = await store.find_by_vectors([found.vector_id, 999], 3)
    assert same == found
    assert [one.entry_id for one in await store.find_by_company("t", "ko", "company2", ["company"], 5)] == ["ent_2"]
    data = await store.get_vectors([found.vector_id], "e")
    assert np.array_equal(data[found.vector_id], unit(1))


async def test_the_same_content_is_stored_once(store: SqliteStore) -> None:
    """A digest that is there already answers with its id."""
    await store.put_entries([entry(1)])
    again = entry(1)
    assert await store.put_entries([again, entry(2), entry(2)]) == [
        ("ent_1", False),
        ("ent_2", True),
        ("ent_2", False),
    ]
    assert (await store.counts())["entries"] == 2
    assert await store.find_digests("t", ["d1", "d9"]) == {"d1": "ent_1"}
    assert await store.find_digests("u", ["d1"]) == {}


async def test_tenants_see_their_own(store: SqliteStore) -> None:
    """Nothing of one tenant is found, shown or removed by another."""
    await store.put_entries([entry(1, tenant="u")])
    assert await store.find_by_keys("t", ["key-1"]) == {}
    assert await store.get_entry("t", "ent_1") is None
    assert await store.find_by_company("t", "ko", "company1", ["company"], 5) == []
    assert await store.delete_entries("t", "ent_1", dry_run=False) == []
    assert await store.get_entry("u", "ent_1") is not None


async def test_removing_takes_shared_vectors_last(store: SqliteStore) -> None:
    """A vector goes when the last section that uses it goes, and the index hears of it before the caller."""
    changes: list[IndexChange] = []
    store.listen(changes.append)
    await store.put_entries([entry(1, shared=True), entry(2, shared=True)])
    assert [len(change.added) for change in changes] == [1]
    [kept] = await vector_ids(store)
    assert await store.delete_entries("t", "ent_1", dry_run=True) == ["ent_1"]
    assert await store.delete_entries("t", "ent_1", dry_run=False) == ["ent_1"]
    assert changes[-1].removed == ()
    await store.delete_entries("t", EntryFilter(tag="tag2"), dry_run=False)
    assert changes[-1].removed == ((PARTITION, kept),)
    assert set((await store.counts()).values()) == {0}


async def test_expiry(store: SqliteStore, clock: Clock) -> None:
    """At its time an entry is gone from every way to find it; sweeping frees its place; its content may come back."""
    await store.put_entries([entry(1, expires_at=1010.0), entry(2)])
    [vector_id] = [one.vector_id for one in (await store.find_by_keys("t", ["key-1"]))["key-1"]]
    clock.now = 1010.0
    assert await store.find_by_keys("t", ["key-1"]) == {}
    assert vector_id is not None
    assert await store.find_by_vectors([vector_id], 3) == []
    assert await store.get_entry("t", "ent_1") is None
    assert await store.put_entries([entry(1, expires_at=2000.0)]) == [("ent_1", True)]
    clock.now = 2000.0
    assert await store.sweep() == 1
    assert (await store.counts())["entries"] == 1


async def test_a_key_that_many_share_starves_no_other(store: SqliteStore) -> None:
    """Each key has candidates of its own, however many entries share another."""
    crowd = [replace(entry(n), sections=(replace(entry(n).sections[0], key="shared"),)) for n in range(100)]
    await store.put_entries([entry(500), *crowd])
    found = await store.find_by_keys("t", ["shared", "key-500"], 3)
    assert {key: len(candidates) for key, candidates in found.items()} == {"shared": 3, "key-500": 1}


async def test_filters(store: SqliteStore) -> None:
    """All given conditions hold together."""
    await store.put_entries([entry(number) for number in range(6)])
    for where, wanted in (
        (EntryFilter(company_key="company1"), ["ent_1", "ent_4"]),
        (EntryFilter(tag="tag4"), ["ent_4"]),
        (EntryFilter(company_key="company1", created_before=103.0), ["ent_1"]),
        (EntryFilter(title_key="other"), []),
    ):
        assert await store.delete_entries("t", where, dry_run=True) == wanted


async def test_idempotency(store: SqliteStore, clock: Clock) -> None:
    """The first to claim a key has it for a day; another request may not use it; a failed posting frees it."""

    def record(id_: str, status: str = "running") -> PostingRecord:
        return PostingRecord(id_, "t", status, clock(), None, None)

    first = await store.put_posting(record("a"), ("k", "digest"))
    assert (await store.put_posting(record("b"), ("k", "digest"))).id == first.id
    with pytest.raises(Invalid):
        await store.put_posting(record("c"), ("k", "other"))
    assert await store.get_posting("t", "c") is None
    assert await store.find_claim("t", "k") == ("digest", "a")
    await store.put_posting(record("a", "failed"), None)
    assert (await store.put_posting(record("d"), ("k", "digest"))).id == "d"
    clock.now += 24 * 3600 + 1
    assert (await store.put_posting(record("e"), ("k", "other"))).id == "e"


async def test_a_failing_write_harms_no_other(store: SqliteStore) -> None:
    """Writes that share a commit with one that fails are kept; the one that fails leaves nothing."""
    broken = entry(3)
    broken.facts._values["bad"] = object()  # type: ignore[assignment]
    outcomes = await asyncio.gather(
        *(store.put_entries([entry(number)]) for number in range(20, 40)),
        store.put_entries([entry(2), broken]),
        *(store.put_entries([entry(number)]) for number in range(40, 60)),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, TypeError) for outcome in outcomes) == 1
    assert (await store.counts())["entries"] == 40
    assert await store.get_entry("t", "ent_2") is None


async def test_what_was_left_running_is_failed(store: SqliteStore) -> None:
    """After a crash nothing pretends to be still running."""
    await store.put_posting(PostingRecord("a", "t", "running", 1.0, None, None), None)
    await store.put_posting(PostingRecord("b", "t", "complete", 1.0, b"{}", b"[]"), None)
    assert await store.abandon_running() == 1
    found = await store.get_posting("t", "a")
    assert found is not None
    assert found.status == "failed"


def test_one_process_a_directory(tmp_path: Path, clock: Clock) -> None:
    """A second writer is refused with a sentence, and can open it when the first is gone."""
    first = SqliteStore.open(tmp_path, clock)
    with pytest.raises(SetupError, match="in use"):
        SqliteStore.open(tmp_path, clock)
    first.close()
    SqliteStore.open(tmp_path, clock).close()


def test_a_directory_that_cannot_be_used(tmp_path: Path, clock: Clock) -> None:
    """A file in the way, or a damaged store, is a sentence that says what to do."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(SetupError, match="GONGGO_DATA_DIR"):
        SqliteStore.open(tmp_path / "file", clock)
    (tmp_path / "gonggo.sqlite3").write_bytes(b"not a database" * 1000)
    with pytest.raises(SetupError, match="move it away"):
        SqliteStore.open(tmp_path, clock)


async def test_a_closed_store_says_so(tmp_path: Path, clock: Clock) -> None:
    """Every waiter is answered, also after closing."""
    store = SqliteStore.open(tmp_path, clock)
    store.close()
    with pytest.raises(Unavailable):
        await store.put_entries([entry(1)])


@pytest.mark.parametrize(
    ("joined", "where"),
    [
        (statements.BY_SECTION, "s.key = 'a' AND e.tenant = 't'"),
        (statements.BY_SECTION, "s.vector_id = 1"),
        (statements.BY_ENTRY, "e.tenant = 't' AND e.company_key = 'c' AND e.language = 'ko' AND s.kind = 'company'"),
    ],
)
def test_no_lookup_reads_a_whole_table(tmp_path: Path, joined: str, where: str) -> None:
    """Every lookup goes through an index, whatever the tables hold: its cost does not grow with them."""
    SqliteStore.open(tmp_path, lambda: 0.0).close()
    with contextlib.closing(sqlite3.connect(tmp_path / "gonggo.sqlite3")) as connection:
        plan = statements.explain(connection, joined, where)
    assert len(plan) >= 2
    assert not [step for step in plan if step.startswith("SCAN")]
    assert "tenant=?)" not in plan[0]
