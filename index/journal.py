"""The append-only journal: every addition and removal since the last snapshot, in order.

A file is a sequence of frames: marker, length, CRC-32 of length and payload, payload. The first frame says whose
vectors these are; each batch that was written in one go ends with a commit frame. A process that dies in the middle of
a batch leaves a tail that makes no frame: it was never acknowledged and is cut. A bad frame with a good one *behind* it
is something else: acknowledged records were changed on the disk, and the journal cannot be trusted.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from index.errors import Damaged, Foreign, Unwritable
from index.kernels import Ids
from index.vector_index import Vectors

FORMAT = 2
_MARKER = b"\xf7gJ\x01"
_FRAME = struct.Struct("<4sII")
_RECORD = struct.Struct("<BHI")  # operation, bytes of the partition's name, ids
_HEADER, _ADD, _REMOVE, _COMMIT = range(4)


@dataclass(frozen=True, slots=True)
class Header:
    """Whose vectors a journal or snapshot holds."""

    fingerprint: str
    dimension: int
    format: int = FORMAT

    def require(self, found: Header, where: Path) -> None:
        """``Foreign`` unless ``found`` is the same."""
        if found != self:
            raise Foreign(f"{where} was written for {found}, wanted is {self}")


@dataclass(frozen=True, slots=True)
class Record:
    """``rows`` (n, d) added under ``ids`` (n,), or ``ids`` removed where ``rows`` is None."""

    partition: str
    ids: Ids
    rows: Vectors | None = None

    def frame(self) -> bytes:
        """The record as it stands in the file."""
        name = self.partition.encode()
        operation = _REMOVE if self.rows is None else _ADD
        parts = [_RECORD.pack(operation, len(name), len(self.ids)), name, self.ids.astype("<i8", copy=False).tobytes()]
        if self.rows is not None:
            parts.append(self.rows.astype("<f4", copy=False).tobytes())
        return _framed(b"".join(parts))


@dataclass(frozen=True, slots=True)
class Replayed:
    """The frames of one file: where the good ones end, and what follows them."""

    end: int
    torn: int  # bytes of an unfinished batch behind ``end``


def _framed(payload: bytes) -> bytes:
    length = struct.pack("<I", len(payload))
    return _FRAME.pack(_MARKER, len(payload), zlib.crc32(payload, zlib.crc32(length))) + payload


def _payload(data: memoryview, at: int) -> memoryview | None:
    """The payload of the frame at ``at``; None if there is no whole, unharmed frame."""
    if at + _FRAME.size > len(data):
        return None
    marker, length, crc = _FRAME.unpack_from(data, at)
    payload = data[at + _FRAME.size : at + _FRAME.size + length]
    if marker != _MARKER or len(payload) < length:
        return None
    return payload if zlib.crc32(payload, zlib.crc32(struct.pack("<I", length))) == crc else None


def _record(payload: memoryview, dimension: int, where: Path) -> Record:
    operation, name_bytes, count = _RECORD.unpack_from(payload)
    at = _RECORD.size + name_bytes
    width = 8 + 4 * dimension if operation == _ADD else 8
    if operation not in {_ADD, _REMOVE} or len(payload) != at + count * width:
        raise Damaged(where, "holds a record that this version cannot read")
    name = bytes(payload[_RECORD.size : at]).decode()
    ids = np.frombuffer(payload, dtype="<i8", count=count, offset=at).astype(np.int64)
    if operation == _REMOVE:
        return Record(name, ids)
    rows = np.frombuffer(payload, dtype="<f4", offset=at + 8 * count).reshape(count, dimension)
    return Record(name, ids, rows.astype(np.float32))


def replay(path: Path, wanted: Header, apply: Callable[[Record], None]) -> Replayed:
    """Hand every good record of ``path`` to ``apply``, in order.

    Raises ``Damaged`` for a missing file, no header, or a bad frame with good ones behind it; ``Foreign`` for a journal
    of another encoder, dimension or format.
    """
    try:
        data = memoryview(path.read_bytes())
    except FileNotFoundError:
        raise Damaged(path, "is missing") from None
    end = 0
    for payload in _frames(data):
        if end == 0:
            _require(payload, wanted, path)
        elif payload[0] != _COMMIT:
            apply(_record(payload, wanted.dimension, path))
        end += _FRAME.size + len(payload)
    if end == 0:
        raise Damaged(path, "has no readable header")
    if (later := _later_frame(data, end)) is not None:
        raise Damaged(path, f"is damaged at byte {end}: there are good records behind it, from byte {later}")
    return Replayed(end, len(data) - end)


def _frames(data: memoryview) -> Iterator[memoryview]:
    at = 0
    while (payload := _payload(data, at)) is not None and len(payload):
        yield payload
        at += _FRAME.size + len(payload)


def _later_frame(data: memoryview, at: int) -> int | None:
    tail = bytes(data[at:])
    found = tail.find(_MARKER, 1)
    while found >= 0:
        if _payload(data, at + found) is not None:
            return at + found
        found = tail.find(_MARKER, found + 1)
    return None


def _require(payload: memoryview, wanted: Header, path: Path) -> None:
    if payload[0] != _HEADER:
        raise Damaged(path, "does not begin with a header")
    try:
        found = Header(**json.loads(bytes(payload[1:])))
    except (ValueError, TypeError) as error:
        raise Foreign(f"{path} has a header of another format") from error
    wanted.require(found, path)


class Journal:
    """A journal open for writing; one writer at a time."""

    def __init__(self, path: Path, end: int) -> None:
        self.path = path
        self.end = end
        self.failed: str | None = None
        self._file = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
        os.ftruncate(self._file, end)
        self._unsynced = False

    @classmethod
    def create(cls, path: Path, header: Header) -> Journal:
        """A new file with nothing but its header, on the disk when this returns; ``OSError`` if that fails."""
        frame = _framed(bytes([_HEADER]) + json.dumps(asdict(header)).encode())
        with path.open("wb") as file:
            file.write(frame)
            file.flush()
            os.fsync(file.fileno())
        sync_directory(path.parent)
        return cls(path, len(frame))

    def append(self, frames: list[bytes], *, sync: bool) -> None:
        """Write one batch; with ``sync`` it is on the disk when this returns.

        ``Unwritable`` means that nothing of it was kept. After a failed ``fsync`` nobody knows what the disk holds:
        the journal takes nothing more and a snapshot has to replace it.
        """
        if self.failed:
            raise Unwritable(self.failed)
        batch = b"".join([*frames, _framed(struct.pack("<BI", _COMMIT, len(frames)))])
        try:
            self._write(batch)
        except OSError as error:
            self._cut(error)
            raise Unwritable(f"{self.path} cannot be written: {error}; make room and repeat") from error
        if sync:
            self._sync()
        else:
            self._unsynced = True
        self.end += len(batch)

    def _write(self, batch: bytes) -> None:
        left, at = memoryview(batch), self.end
        while left:
            written = os.pwrite(self._file, left, at)
            left, at = left[written:], at + written

    def _sync(self) -> None:
        try:
            os.fdatasync(self._file)
        except OSError as error:
            self.failed = f"{self.path} was not taken by the disk: {error}; a snapshot must replace it"
            self._cut(error)
            raise Unwritable(self.failed) from error
        self._unsynced = False

    def _cut(self, cause: OSError) -> None:
        try:
            os.ftruncate(self._file, self.end)
        except OSError:
            self.failed = self.failed or f"{self.path} holds half a batch: {cause}; a snapshot must replace it"

    def close(self) -> None:
        """Bring what is left to the disk and close."""
        try:
            if self._unsynced and not self.failed:
                self._sync()
        finally:
            os.close(self._file)


def sync_directory(path: Path) -> None:
    """Make names in ``path`` durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
