"""Snapshots: everything an index holds, in two files of a folder.

``data.bin`` is arrays one after the other, ``manifest.json`` says which, where, and with which CRC-32. The folder is
written under another name, brought to the disk and renamed: there is never half a snapshot.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from index.errors import Damaged, Foreign
from index.flat_main import FlatMain
from index.ivf_main import IvfMain
from index.journal import Header, sync_directory
from index.kernels import Ids
from index.partition import Main, Snapshot
from index.vector_index import Vectors

_DATA, _MANIFEST = "data.bin", "manifest.json"
_MAINS: dict[str, type[FlatMain] | type[IvfMain]] = {one.kind: one for one in (FlatMain, IvfMain)}
_CHECKED_AT_ONCE = 1 << 24


@dataclass(frozen=True, slots=True)
class Restored:
    """One partition as it was."""

    name: str
    main: Main
    dead: Ids
    ids: Ids  # (n,) added since the last merge
    rows: Vectors  # (n, d)


def write_snapshot(path: Path, header: Header, partitions: dict[str, Snapshot]) -> int:
    """Write ``partitions`` as the folder ``path``; its bytes. ``OSError`` leaves nothing behind."""
    unfinished = path.with_name(path.name + ".tmp")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        unfinished.mkdir()
        with (unfinished / _DATA).open("wb") as file:
            written = [_written(file, name, one) for name, one in partitions.items() if len(one)]
            size = file.tell()
            file.flush()
            os.fsync(file.fileno())
        body = {"header": asdict(header), "bytes": size, "partitions": written}
        write_checked(unfinished / _MANIFEST, body)
        sync_directory(unfinished)
        unfinished.rename(path)
        sync_directory(path.parent)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return size


def _written(file: BinaryIO, name: str, held: Snapshot) -> dict[str, Any]:
    frozen_ids, frozen_rows = held.frozen.living()
    ids, rows = held.delta.living()
    arrays = [
        *held.main.arrays(),
        ("dead", [held.dead]),
        ("added_ids", [frozen_ids, ids]),
        ("added_rows", [frozen_rows, rows]),
    ]
    return {
        "name": name,
        "kind": held.main.kind,
        "arrays": {label: _put(file, pieces) for label, pieces in arrays},
    }


def _put(file: BinaryIO, pieces: list[Any]) -> list[int]:
    """Offset, bytes and CRC-32 of what was written."""
    file.write(bytes(-file.tell() % 64))
    start, crc = file.tell(), 0
    for piece in pieces:
        if piece.size:
            flat = np.ascontiguousarray(piece).view(np.uint8).reshape(-1)
            crc = zlib.crc32(flat.data, crc)
            file.write(flat.data)
    return [start, file.tell() - start, crc]


def read_snapshot(path: Path, wanted: Header) -> Iterator[Restored]:
    """The partitions of the snapshot ``path``, every byte checked.

    Raises ``Damaged`` for a missing or changed file, ``Foreign`` for another encoder, dimension or format.
    """
    body = read_checked(path / _MANIFEST)
    try:
        found = Header(**body["header"])
    except (KeyError, TypeError) as error:
        raise Foreign(f"{path} has a manifest of another format") from error
    wanted.require(found, path)
    data = path / _DATA
    if not data.is_file() or data.stat().st_size != body["bytes"]:
        raise Damaged(data, "is missing or has another size than its manifest says")
    held = np.memmap(data, dtype=np.uint8, mode="r") if body["bytes"] else np.empty(0, dtype=np.uint8)
    for one in body["partitions"]:
        yield _restored(data, held, one, wanted.dimension)


def _restored(data: Path, held: Any, described: dict[str, Any], dimension: int) -> Restored:
    def read(label: str, dtype: Any) -> Any:
        start, size, crc = described["arrays"][label]
        piece, found = held[start : start + size], 0
        for at in range(0, size, _CHECKED_AT_ONCE):
            found = zlib.crc32(piece[at : at + _CHECKED_AT_ONCE], found)
        if found != crc:
            raise Damaged(data, f"was changed: {label} of partition {described['name']!r} fails its checksum")
        return np.frombuffer(piece, dtype=dtype)

    main = _MAINS[described["kind"]].from_arrays(dimension, read)
    ids = read("added_ids", np.int64).copy()
    rows = read("added_rows", np.float32).reshape(len(ids), dimension).copy()
    return Restored(described["name"], main, read("dead", np.int64).copy(), ids, rows)


def write_checked(path: Path, body: dict[str, Any]) -> None:
    """Write ``body`` as JSON with its checksum, on the disk under its name when this returns."""
    text = json.dumps(body, sort_keys=True)
    unfinished = path.with_name(path.name + ".tmp")
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(json.dumps({"crc32": zlib.crc32(text.encode()), "body": body}, sort_keys=True, indent=1))
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    sync_directory(path.parent)


def read_checked(path: Path) -> dict[str, Any]:
    """What ``write_checked`` wrote; ``Damaged`` if it is missing or anything else."""
    try:
        read = json.loads(path.read_text("utf-8"))
        body, crc = read["body"], read["crc32"]
    except FileNotFoundError:
        raise Damaged(path, "is missing") from None
    except (ValueError, TypeError, KeyError) as error:
        raise Damaged(path, f"cannot be read: {error}") from error
    if zlib.crc32(json.dumps(body, sort_keys=True).encode()) != crc:
        raise Damaged(path, "was changed: it fails its checksum")
    return body  # type: ignore[no-any-return]
