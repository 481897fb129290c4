"""The journal's frames: cut anywhere, changed anywhere."""

from __future__ import annotations

import errno
import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import Damaged, Foreign, Unwritable
from index.journal import Header, Journal, Record, replay
from tests.index.conftest import unit_rows

HEADER = Header("test", 3)
Plain = tuple[str, list[int], list[list[float]] | None]


def plain(record: Record) -> Plain:
    return record.partition, record.ids.tolist(), None if record.rows is None else record.rows.tolist()


def batches() -> list[list[Record]]:
    rows = unit_rows(6, dimension=3)
    return [
        [Record("가/b", np.array([1, -2]), rows[:2]), Record("", np.array([3]), rows[2:3])],
        [Record("가/b", np.array([1]))],
        [Record("c", np.array([2**60, 5, 6]), rows[3:])],
    ]


@cache
def written() -> tuple[bytes, tuple[int, ...]]:
    """The bytes of a journal, and where its header and each batch end."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal"
        journal = Journal.create(path, HEADER)
        ends = [journal.end]
        for batch in batches():
            journal.append([one.frame() for one in batch], sync=False)
            ends.append(journal.end)
        journal.close()
        return path.read_bytes(), tuple(ends)


def read(data: bytes) -> tuple[list[Plain], int, int]:
    found: list[Plain] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal"
        path.write_bytes(data)
        replayed = replay(path, HEADER, lambda record: found.append(plain(record)))
    return found, replayed.end, replayed.torn


def test_what_was_written_is_read() -> None:
    """Names, ids and vectors come back bit by bit, in order."""
    data, ends = written()
    assert read(data) == ([plain(one) for batch in batches() for one in batch], ends[-1], 0)


@given(st.integers(0, len(written()[0])))
def test_a_journal_cut_anywhere_keeps_every_whole_batch(cut: int) -> None:
    """A tail that was being written is cut; what was acknowledged before it is there."""
    data, ends = written()
    if cut < ends[0]:
        with pytest.raises(Damaged, match="no readable header"):
            read(data[:cut])
        return
    found, end, torn = read(data[:cut])
    every = [plain(one) for batch in batches() for one in batch]
    acknowledged = sum(len(batch) for batch, stop in zip(batches(), ends[1:], strict=True) if stop <= cut)
    assert found == every[: len(found)]
    assert len(found) >= acknowledged
    assert end + torn == cut


@given(st.integers(0, len(written()[0]) - 1), st.integers(1, 255))
@settings(max_examples=400)
def test_a_byte_changed_anywhere_is_noticed(at: int, change: int) -> None:
    """Nothing that was acknowledged is lost or altered in silence."""
    data = bytearray(written()[0])
    data[at] ^= change
    try:
        found, _, _ = read(bytes(data))
    except (Damaged, Foreign):
        return
    assert found == [plain(one) for batch in batches() for one in batch]


@given(st.binary(max_size=200))
def test_garbage_behind_the_last_batch_is_cut(garbage: bytes) -> None:
    """What a crash left in the file's last block counts for nothing."""
    data, ends = written()
    found, end, torn = read(data + garbage)
    assert len(found) == 4
    assert (end, torn) == (ends[-1], len(garbage))


def test_another_header_is_foreign(tmp_path: Path) -> None:
    """Another encoder, dimension or format is never replayed."""
    Journal.create(tmp_path / "j", HEADER).close()
    for other in (Header("other", 3), Header("test", 4), Header("test", 3, format=99)):
        with pytest.raises(Foreign, match="wanted is"):
            replay(tmp_path / "j", other, lambda _: pytest.fail("replayed"))


def test_a_failed_fsync_is_never_trusted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After it nobody knows what the disk holds: the journal takes nothing more, and its batch is gone."""
    journal = Journal.create(tmp_path / "j", HEADER)
    record = batches()[0][0].frame()

    def fail(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    journal.append([record], sync=True)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fdatasync", fail)
        with pytest.raises(Unwritable, match="not taken by the disk"):
            journal.append([record], sync=True)
    with pytest.raises(Unwritable, match="snapshot"):
        journal.append([record], sync=True)
    journal.close()
    assert len(read((tmp_path / "j").read_bytes())[0]) == 1
