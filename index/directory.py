"""The folder of a durable index: who owns it, which files count, and where damaged ones go.

lock                  held by the process that owns the folder
MANIFEST.json         whose vectors, which snapshot, which journals follow it, whether a rebuild is due
snapshot-00000003/    see ``snapshot``
journal-00000004.log  see ``journal``
*.corrupt-<n>         set aside, read by nobody
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import Damaged, Foreign, Locked
from index.journal import Header, Record, Replayed, replay
from index.snapshot import Restored, read_checked, read_snapshot, write_checked

_MANIFEST = "MANIFEST.json"


@dataclass(frozen=True, slots=True)
class State:
    """What ``MANIFEST.json`` says."""

    header: Header
    snapshot: int | None  # number of the snapshot
    first_journal: int  # the journals that follow it
    last_journal: int
    rebuild: str | None  # why the contents are not complete

    def journals(self) -> range:
        """Numbers of the journals that count."""
        return range(self.first_journal, self.last_journal + 1)


@dataclass(frozen=True, slots=True)
class Report:
    """What ``verify`` found."""

    header: Header | None
    vectors_in_snapshot: int
    records_in_journals: int
    torn_bytes: int  # an unfinished last write, which the next start cuts
    rebuild: str | None
    problem: str | None  # what makes the next start rebuild
    set_aside: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Would the index start without a rebuild?"""
        return self.problem is None and self.rebuild is None


class Directory:
    """Paths, ownership and state; knows nothing of the index in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            owner = os.pread(self._lock, 32, 0).decode(errors="replace").strip()
            os.close(self._lock)
            raise Locked(f"{path} is in use by process {owner or 'unknown'}: stop it, or give it its own") from error
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, f"{os.getpid()}\n".encode(), 0)

    def close(self) -> None:
        """Give the folder up."""
        os.close(self._lock)

    def journal(self, number: int) -> Path:
        """Path of journal ``number``."""
        return self.path / f"journal-{number:08d}.log"

    def snapshot(self, number: int) -> Path:
        """Path of snapshot ``number``."""
        return self.path / f"snapshot-{number:08d}"

    def read(self) -> State | None:
        """What counts here; None in an empty folder.

        Raises ``Damaged`` if it cannot be told, ``Foreign`` for another format.
        """
        if not (self.path / _MANIFEST).exists() and not self._numbered():
            return None
        body = read_checked(self.path / _MANIFEST)
        try:
            return State(**(body | {"header": Header(**body["header"])}))
        except (KeyError, TypeError) as error:
            raise Foreign(f"{self.path} was written by another version") from error

    def write(self, state: State) -> None:
        """Make ``state`` what counts; ``OSError`` leaves the old one."""
        write_checked(self.path / _MANIFEST, asdict(state))

    def sweep(self, state: State | None) -> None:
        """Remove snapshots and journals that do not count (any more)."""
        kept = set[Path]()
        if state is not None:
            kept = {self.journal(number) for number in state.journals()}
            kept |= {self.snapshot(state.snapshot)} if state.snapshot is not None else set()
        for path in self._numbered():
            if path not in kept:
                _remove(path)

    def highest(self) -> int:
        """The highest number that a file here bears or bore."""
        names = (path.name.split(".")[0].rpartition("-")[2] for path in self._numbered("*"))
        return max((int(name) for name in names if name.isdigit()), default=0)

    def set_aside(self, damage: Damaged) -> Path | None:
        """Rename what ``damage`` was found in, so that nobody reads it again; the new path, if there was anything."""
        path = damage.path
        if path.parent.name.startswith("snapshot-"):
            path = path.parent
        if not path.exists():
            return None
        number = 1
        while (target := path.with_name(f"{path.name}.corrupt-{number}")).exists():
            number += 1
        path.rename(target)
        return target

    def aside(self) -> tuple[str, ...]:
        """Names of what was set aside."""
        return tuple(sorted(path.name for path in self.path.glob("*.corrupt-*")))

    def _numbered(self, ends: str = "") -> list[Path]:
        every = [*self.path.glob("journal-*"), *self.path.glob("snapshot-*")]
        return sorted(path for path in every if ends or ".corrupt-" not in path.name)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def verify(path: Path, header: Header | None = None) -> Report:
    """Read every byte of the index in ``path`` and change nothing; ``Locked`` while a process owns it.

    ``header`` is what it must have been written for; None takes any.
    """
    if not path.is_dir():
        return Report(None, 0, 0, 0, None, f"{path} does not exist", ())
    directory = Directory(path)
    try:
        return _verified(directory, header)
    finally:
        directory.close()


def _verified(directory: Directory, header: Header | None) -> Report:
    state: State | None = None
    vectors = torn = 0
    records: list[int] = []
    problem = None
    try:
        state = directory.read()
        if state is None:
            problem = f"{directory.path} holds no index yet"
        else:
            (header or state.header).require(state.header, directory.path)
            if state.snapshot is not None:
                vectors = sum(map(_held, read_snapshot(directory.snapshot(state.snapshot), state.header)))
            for number in state.journals():
                torn = journal_read(directory, state, number, lambda record: records.append(len(record.ids))).torn
    except (Damaged, Foreign) as error:
        problem = str(error)
    return Report(
        state.header if state else None,
        vectors,
        sum(records),
        torn,
        state.rebuild if state else None,
        problem,
        directory.aside(),
    )


def journal_read(directory: Directory, state: State, number: int, apply: Callable[[Record], None]) -> Replayed:
    """``replay`` of journal ``number``; only the last may have an unfinished tail."""
    path = directory.journal(number)
    read = replay(path, state.header, apply)
    if read.torn and number != state.last_journal:
        raise Damaged(path, f"breaks off at byte {read.end} though others follow it")
    return read


def _held(restored: Restored) -> int:
    return len(restored.main) - len(restored.dead) + len(restored.ids)
