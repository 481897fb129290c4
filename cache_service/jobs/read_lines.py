"""The lines of a JSONL file, gzip or not, one after the other. A bad line is reported and reading goes on."""

from __future__ import annotations

import gzip
import json
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from cache_service.errors import SetupError

MAX_LINE_BYTES: Final = 256 * 1024
_CHUNK_BYTES: Final = 64 * 1024
_GZIP_MAGIC: Final = b"\x1f\x8b"
_BOM: Final = b"\xef\xbb\xbf"
_GZIP_DAMAGE: Final = "the gzip data is damaged from here on; the rest of the file was not read"
_GZIP_SHORT: Final = "the gzip data ends too early; the rest of the file is missing"


class ImportFileError(SetupError):
    """The file cannot be read at all. The text says why."""

    slug, title = "import-file", "Cannot read the file"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds a JSON object. ``number`` counts from 1 and counts blank lines too."""

    number: int
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be used, and why."""

    number: int
    reason: str


def read_lines(path: Path) -> Iterator[Line | BadLine]:
    """The lines of ``path`` that are not blank, as they come; lines end at LF only.

    Gzip is recognised by its first bytes. No more than ``MAX_LINE_BYTES`` of a line is ever held. Where compressed
    data is cut short or damaged, one ``BadLine`` says so and ends the reading; lines before it stand.

    Raises:
        ImportFileError: the file is missing, a directory, or unreadable (now, or later while reading).
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as exc:
        raise _unreadable(path, exc) from exc
    if stat.S_ISDIR(mode):
        raise ImportFileError(f"{path} is a directory; name a file with one JSON object a line.")
    return _lines(path)


def _lines(path: Path) -> Iterator[Line | BadLine]:
    try:
        with path.open("rb") as file:
            zipped = file.peek(len(_GZIP_MAGIC)).startswith(_GZIP_MAGIC)
            with gzip.open(file) if zipped else file as data:
                # GzipFile reads through the io protocol though it is not declared a BinaryIO.
                yield from _parsed(cast("BinaryIO", data))
    except OSError as exc:
        raise _unreadable(path, exc) from exc


def _parsed(data: BinaryIO) -> Iterator[Line | BadLine]:
    number = 0
    while True:
        number += 1
        try:
            raw = data.readline(MAX_LINE_BYTES + 2)
            if not raw:
                return
            too_long = len(raw.removesuffix(b"\n").removesuffix(b"\r")) > MAX_LINE_BYTES
            if too_long:
                _skip_rest(data, raw)
        except EOFError:
            yield BadLine(number, _GZIP_SHORT)
            return
        except (zlib.error, gzip.BadGzipFile):
            yield BadLine(number, _GZIP_DAMAGE)
            return
        if too_long:
            yield BadLine(number, f"the line is over {MAX_LINE_BYTES:,} bytes")
            continue
        if number == 1:
            raw = raw.removeprefix(_BOM)
        if raw.strip():
            yield _line(number, raw)


def _skip_rest(data: BinaryIO, read: bytes) -> None:
    while read and not read.endswith(b"\n"):
        read = data.readline(_CHUNK_BYTES)


def _line(number: int, raw: bytes) -> Line | BadLine:
    try:
        record = json.loads(raw.decode(), parse_constant=_no_constant)
    except UnicodeDecodeError as exc:
        return BadLine(number, f"the line is not UTF-8 (byte {exc.start + 1})")
    except json.JSONDecodeError as exc:
        return BadLine(number, f"the line is not JSON: {exc.msg} (character {exc.pos + 1})")
    except RecursionError:
        return BadLine(number, "the line is not usable JSON: it is nested too deeply")
    except ValueError as exc:  # a number of thousands of digits, NaN
        return BadLine(number, f"the line is not usable JSON: {exc}")
    if not isinstance(record, dict):
        return BadLine(number, "the line is JSON but not an object")
    return Line(number, record)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")


def _unreadable(path: Path, exc: OSError | ValueError) -> ImportFileError:
    match exc:
        case FileNotFoundError():
            return ImportFileError(f"There is no file {path}.")
        case PermissionError():
            return ImportFileError(f"{path} may not be read; check its permissions.")
        case OSError():
            return ImportFileError(f"{path} cannot be read: {exc.strerror or exc}.")
        case _:
            return ImportFileError(f"{path!s:.200} is not the name of a file.")
