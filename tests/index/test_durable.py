"""What survives a restart, and what a damaged folder leads to."""

from __future__ import annotations

import errno
import os
import resource
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index import directory as directory_module
from index.directory import verify
from index.durable import DurableIndex
from index.errors import IndexFault, Locked, Unwritable
from index.journal import Header
from tests.index.conftest import BUSY, DIMENSION, unit_rows

ROWS = unit_rows(200)
HEADER = Header("e5", DIMENSION)


def opened(path: Path, fingerprint: str = "e5", checkpoint_bytes: int = 1 << 30) -> DurableIndex:
    return DurableIndex.open(path, DIMENSION, fingerprint, tuning=BUSY, checkpoint_bytes=checkpoint_bytes)


def held(index: DurableIndex, partition: str = "a") -> set[int]:
    return {one.id for one in index.search(partition, ROWS[0], 1000)}


def filled(path: Path) -> None:
    """A complete index: 100 entries in a snapshot, then 50 more and a removal in the journal."""
    with opened(path) as index:
        assert "no index yet" in (index.rebuild_reason or "")
        index.add("a", list(range(100)), ROWS[:100])
        index.rebuilt()
        for id_ in range(100, 150):
            index.add("a", [id_], ROWS[id_ : id_ + 1])
        index.remove("a", [0, 120])
        index.add("b", [0], ROWS[:1])


LEFT = set(range(1, 150)) - {120}


def test_a_restart_changes_nothing(tmp_path: Path) -> None:
    """Snapshot and journal together give back every entry with its vector, in every partition."""
    filled(tmp_path)
    for _ in range(2):
        with opened(tmp_path) as index:
            assert index.rebuild_reason is None
            assert held(index) == LEFT
            assert held(index, "b") == {0}
            assert [index.search("a", ROWS[id_], 1)[0].id for id_ in LEFT] == list(LEFT)
            index.checkpoint()


def test_the_journal_begins_anew_by_itself(tmp_path: Path) -> None:
    """Snapshots are written in the background when the journal has grown, and old files go."""
    with opened(tmp_path, checkpoint_bytes=2000) as index:
        for id_ in range(200):
            index.add("a", [id_], ROWS[id_ : id_ + 1])
        index.checkpoint()
        assert index.stats().snapshot_bytes > 0
        assert index.stats().journal_bytes < 2000
    names = sorted(path.name.split("-")[0] for path in tmp_path.iterdir())
    assert names == ["MANIFEST.json", "journal", "lock", "snapshot"]
    with opened(tmp_path) as index:
        assert held(index) == set(range(200))


def test_a_rebuild_that_was_not_finished_is_still_due(tmp_path: Path) -> None:
    """The reason stays through restarts until the caller says that everything is there."""
    filled(tmp_path)
    with opened(tmp_path) as index:
        index.reset("the operator asked for it")
        assert len(index) == 0
        index.add("a", [5], ROWS[5:6])
    with opened(tmp_path) as index:
        assert index.rebuild_reason == "the operator asked for it"
        assert held(index) == {5}
        index.rebuilt()
    with opened(tmp_path) as index:
        assert index.rebuild_reason is None
        assert held(index) == {5}


@pytest.mark.parametrize("other", [("bge", DIMENSION), ("e5", 8)])
def test_another_encoder_is_never_searched(tmp_path: Path, other: tuple[str, int]) -> None:
    """A folder of another fingerprint or dimension leads to an empty index that asks for a rebuild."""
    filled(tmp_path)
    with DurableIndex.open(tmp_path, other[1], other[0]) as index:
        assert "wanted is" in (index.rebuild_reason or "")
        assert len(index) == 0


def test_another_format_is_never_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a later version of the format read this one."""
    filled(tmp_path)
    manifest = directory_module.read_checked(tmp_path / "MANIFEST.json")
    manifest["header"]["format"] = 99
    directory_module.write_checked(tmp_path / "MANIFEST.json", manifest)
    with opened(tmp_path) as index:
        assert "format=99" in (index.rebuild_reason or "")
        assert len(index) == 0


def test_a_folder_has_one_owner(tmp_path: Path) -> None:
    """A second process is turned away with the first one's number, and let in once it is gone."""
    with opened(tmp_path):
        with pytest.raises(Locked, match=str(os.getpid())):
            opened(tmp_path)
        with pytest.raises(Locked):
            verify(tmp_path)
    opened(tmp_path).close()


def _flip(name: str, share: float) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        path = next(folder.glob(name))
        data = bytearray(path.read_bytes())
        data[int(share * (len(data) - 1))] ^= 0x41
        path.write_bytes(bytes(data))

    return damage


def _remove(name: str) -> Callable[[Path], None]:
    return lambda folder: next(folder.glob(name)).unlink()


def _shorten(name: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        path = next(folder.glob(name))
        os.truncate(path, path.stat().st_size // 2)

    return damage


DAMAGES = {
    "journal, header changed": _flip("journal-*", 0.0),
    "journal, middle changed": _flip("journal-*", 0.5),
    "journal missing": _remove("journal-*"),
    "snapshot data changed": _flip("snapshot-*/data.bin", 0.5),
    "snapshot data short": _shorten("snapshot-*/data.bin"),
    "snapshot data missing": _remove("snapshot-*/data.bin"),
    "snapshot manifest changed": _flip("snapshot-*/manifest.json", 0.3),
    "snapshot manifest missing": _remove("snapshot-*/manifest.json"),
    "manifest changed": _flip("MANIFEST.json", 0.5),
    "manifest short": _shorten("MANIFEST.json"),
    "manifest missing": _remove("MANIFEST.json"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_set_aside_and_asks_for_a_rebuild(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """Damaged: nothing of it answers, the file is kept under another name, ``verify`` tells, a rebuild heals."""
    filled(tmp_path)
    damage(tmp_path)
    report = verify(tmp_path, HEADER)
    assert not report.sound
    assert report.problem
    for _ in range(2):  # the reason outlives a restart
        with opened(tmp_path) as index:
            assert report.problem in (index.rebuild_reason or "")
            assert len(index) == 0
    if "missing" not in report.problem:
        assert [name for name in verify(tmp_path).set_aside if name.endswith(".corrupt-1")]
    with opened(tmp_path) as index:
        index.add("a", list(range(100)), ROWS[:100])
        index.rebuilt()
    with opened(tmp_path) as index:
        assert index.rebuild_reason is None
        assert held(index) == set(range(100))
    assert verify(tmp_path, HEADER).sound


def test_a_torn_tail_is_cut_and_the_index_goes_on(tmp_path: Path) -> None:
    """Half a batch at the end is no damage: it was never acknowledged."""
    filled(tmp_path)
    journal = next(tmp_path.glob("journal-*"))
    whole = journal.read_bytes()
    journal.write_bytes(whole + whole[200:260])
    assert verify(tmp_path, HEADER).torn_bytes == 60
    with opened(tmp_path) as index:
        assert index.rebuild_reason is None
        assert held(index) == LEFT
        index.add("a", [500], ROWS[150:151])
    with opened(tmp_path) as index:
        assert held(index) == LEFT | {500}


def test_verify_counts_what_is_there(tmp_path: Path) -> None:
    """A sound folder: vectors in the snapshot, ids in the journal, nothing changed by looking."""
    filled(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.name != "lock"}
    report = verify(tmp_path)
    assert report.sound
    assert (report.vectors_in_snapshot, report.records_in_journals, report.torn_bytes) == (100, 53, 0)
    assert report.header == HEADER
    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.name != "lock"}
    assert not verify(tmp_path, Header("other", DIMENSION)).sound
    assert "does not exist" in (verify(tmp_path / "nowhere").problem or "")
    assert not (tmp_path / "nowhere").exists()


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """No file can grow beyond ``room`` bytes: the kernel itself refuses in the middle of a write."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_refuses_and_recovers(tmp_path: Path) -> None:
    """An add that the disk refuses is an error and leaves nothing; the next one works once there is room."""
    with opened(tmp_path) as index:
        index.add("a", [1], ROWS[1:2])
        size = next(tmp_path.glob("journal-*")).stat().st_size
        with full_disk(size + 50):
            with pytest.raises(Unwritable, match="make room"):
                index.add("a", [2], ROWS[2:3])
            assert index.search("a", ROWS[2], 1)[0].id == 1
        index.add("a", [3], ROWS[3:4])
    with opened(tmp_path) as index:
        assert held(index) == {1, 3}


def test_a_snapshot_that_does_not_fit_leaves_all_as_it_was(tmp_path: Path) -> None:
    """Journals go on, the old snapshot counts, nothing half written is left."""
    filled(tmp_path)
    with opened(tmp_path) as index:
        with full_disk(4000), pytest.raises(Unwritable):
            index.checkpoint()
        assert not list(tmp_path.glob("*.tmp"))
        index.add("a", [500], ROWS[150:151])
    with opened(tmp_path) as index:
        assert index.rebuild_reason is None
        assert held(index) == LEFT | {500}
        index.checkpoint()
    assert verify(tmp_path).vectors_in_snapshot == len(LEFT) + 2


def test_a_failed_fsync_is_healed_by_a_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal that nobody can trust any more is replaced in the background; what was acknowledged stays."""
    with opened(tmp_path) as index:
        index.add("a", [1], ROWS[1:2])

        def fail(_: int) -> None:
            raise OSError(errno.EIO, "Input/output error")

        with monkeypatch.context() as patched:
            patched.setattr(os, "fdatasync", fail)
            with pytest.raises(Unwritable):
                index.add("a", [2], ROWS[2:3])
        index.checkpoint()
        index.add("a", [3], ROWS[3:4])
    with opened(tmp_path) as index:
        assert held(index) == {1, 3}


def test_adds_that_wait_together_share_one_fsync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the disk is busy with one batch, all who come queue up for the next."""
    synced = 0
    gate, real = threading.Event(), os.fdatasync

    def slow(handle: int) -> None:
        nonlocal synced
        synced += 1
        assert gate.wait(30)
        real(handle)

    with opened(tmp_path) as index:
        with monkeypatch.context() as patched:
            patched.setattr(os, "fdatasync", slow)
            threads = [threading.Thread(target=index.add, args=("a", [id_], ROWS[id_ : id_ + 1])) for id_ in range(20)]
            for thread in threads:
                thread.start()
            deadline = time.monotonic() + 30
            while len(index._commits._waiting) < 19 and time.monotonic() < deadline:
                time.sleep(0.001)
            assert len(index) == 0  # nothing is visible before it is durable
            gate.set()
            for thread in threads:
                thread.join(30)
        assert synced == 2
        index.add("a", [50], ROWS[50:51], durable=False)
        assert held(index) == {*range(20), 50}
    with opened(tmp_path) as index:
        assert held(index) == {*range(20), 50}


def test_changes_in_several_partitions_are_one_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Removals come first; all of it is there after a restart, and the ids of each partition are known."""
    synced, real = list[int](), os.fdatasync
    monkeypatch.setattr(os, "fdatasync", lambda handle: (synced.append(handle), real(handle))[1])
    with opened(tmp_path) as index:
        index.add("a", [1, 2, 3], ROWS[1:4])
        assert index.change({"a": [1, 9], "c": [1]}, {"a": ([4, 1], ROWS[4:6]), "b": ([7], ROWS[7:8])}) == 1
        assert len(synced) == 2
        assert index.change({}, {}) == 0
    for merging in (False, True):
        with opened(tmp_path) as index:
            assert {name: ids.tolist() for name, ids in index.held().items()} == {"a": [1, 2, 3, 4], "b": [7]}
            assert index.search("a", ROWS[5], 1)[0].id == 1
            if merging:
                index.merge()
                index.remove("a", [3])
                assert index.held()["a"].tolist() == [1, 2, 4]


def test_a_closed_index_takes_nothing(tmp_path: Path) -> None:
    """Neither changes nor snapshots; closing twice is harmless."""
    index = opened(tmp_path)
    index.close()
    index.close()
    for change in (lambda: index.add("a", [1], ROWS[:1]), lambda: index.remove("a", [1]), index.checkpoint):
        with pytest.raises(IndexFault, match="closed"):
            change()
