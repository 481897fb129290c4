"""Reading JSONL files: plain and compressed, whole and damaged."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from cache_service.errors import SetupError
from cache_service.jobs.read_lines import MAX_LINE_BYTES, BadLine, ImportFileError, Line, read_lines


def _write(folder: Path, content: bytes) -> Path:
    path = folder / "postings.jsonl"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_lines_are_numbered_from_one_and_blank_ones_skipped(tmp_path: Path, packed: bool) -> None:
    """Blank lines count but yield nothing; CRLF and a last line without its end are read."""
    content = '{"a": 1}\r\n\n   \n{"a": "둘"}'.encode()
    path = _write(tmp_path, gzip.compress(content) if packed else content)
    assert list(read_lines(path)) == [Line(1, {"a": 1}), Line(4, {"a": "둘"})]


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    """UTF-8 with BOM is read; a BOM alone is a blank line."""
    assert list(read_lines(_write(tmp_path, b"\xef\xbb\xbf" + b'{"a": 1}\n'))) == [Line(1, {"a": 1})]
    assert list(read_lines(_write(tmp_path, b"\xef\xbb\xbf\n"))) == []


def test_lines_end_at_line_feed_only(tmp_path: Path) -> None:
    """U+2028 and U+0085 inside a string do not end a line."""
    text = "첫 줄\u2028둘째\u0085셋째"
    path = _write(tmp_path, json.dumps({"a": text}, ensure_ascii=False).encode() + b"\n")
    assert list(read_lines(path)) == [Line(1, {"a": text})]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"a": "\xff"}', "UTF-8"),
        (b"{not json}", "not JSON"),
        (b"[1, 2]", "not an object"),
        (b"null", "not an object"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not usable JSON"),
        (b'{"a": ' + b"[" * 100_000 + b"}", "nested"),
        (b'{"a": "' + b"x" * MAX_LINE_BYTES + b'"}', "262,144 bytes"),
    ],
    ids=["utf8", "json", "list", "null", "nan", "digits", "deep", "long"],
)
def test_a_bad_line_is_reported_and_reading_goes_on(tmp_path: Path, line: bytes, reason: str) -> None:
    """Each kind of bad line has its number and reason; the lines around it are read."""
    first, bad, last = list(read_lines(_write(tmp_path, b'{"a": 1}\n' + line + b'\n{"a": 3}\n')))
    assert (first, last) == (Line(1, {"a": 1}), Line(3, {"a": 3}))
    assert isinstance(bad, BadLine)
    assert bad.number == 2
    assert reason in bad.reason


def test_a_line_of_just_the_limit_is_read(tmp_path: Path) -> None:
    """The limit counts the line without its end."""
    line = b'{"a": "' + b"x" * (MAX_LINE_BYTES - 9) + b'"}'
    assert len(line) == MAX_LINE_BYTES
    assert [type(one) for one in read_lines(_write(tmp_path, line + b"\r\n" + line + b"x\n"))] == [Line, BadLine]


def test_a_truncated_gzip_gives_its_lines_and_says_where_it_ends(tmp_path: Path) -> None:
    """What was decompressed stands; one bad line tells of the missing tail."""
    lines = b"".join(
        json.dumps({"number": number, "text": str(number) * 50}).encode() + b"\n" for number in range(5000)
    )
    packed = gzip.compress(lines)
    read = list(read_lines(_write(tmp_path, packed[: len(packed) // 2])))
    *good, bad = read
    assert len(good) > 100
    assert all(isinstance(one, Line) and one.record["number"] == one.number - 1 for one in good)
    assert isinstance(bad, BadLine)
    assert "ends too early" in bad.reason


def test_damaged_gzip_data_ends_the_reading(tmp_path: Path) -> None:
    """A wrong checksum and junk after the end are told, not raised."""
    packed = gzip.compress(b'{"a": 1}\n')
    for content in (packed[:-8] + bytes(8), packed + b"junk"):
        first, bad = list(read_lines(_write(tmp_path, content)))
        assert first == Line(1, {"a": 1})
        assert isinstance(bad, BadLine)
        assert "damaged" in bad.reason


def test_a_decompression_bomb_is_read_in_bounded_memory(tmp_path: Path) -> None:
    """A line of 64 MiB from 64 KiB of gzip costs a line's worth of memory."""
    path = _write(tmp_path, gzip.compress(bytes(64 * 1024 * 1024) + b'\n{"a": 1}\n'))
    tracemalloc.start()
    try:
        read = list(read_lines(path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [type(one) for one in read] == [BadLine, Line]
    assert peak < 4 * 1024 * 1024


def test_a_file_that_cannot_be_read_is_one_plain_sentence(tmp_path: Path) -> None:
    """Missing files and directories are refused at once, before anything is opened."""
    for path, words in ((tmp_path / "none.jsonl", "no file"), (tmp_path, "directory"), (Path("a\0b"), "not the name")):
        with pytest.raises(ImportFileError, match=words) as caught:
            read_lines(path)
        assert isinstance(caught.value, SetupError)


def test_an_empty_file_has_no_lines(tmp_path: Path) -> None:
    """Nothing in, nothing out, compressed or not."""
    assert list(read_lines(_write(tmp_path, b""))) == []
    assert list(read_lines(_write(tmp_path, gzip.compress(b"")))) == []
