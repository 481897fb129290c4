"""E-mail addresses, telephone numbers and web addresses, as worded."""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.extract.numerals import Numeral
from cache_service.posting.extract.reading import Scan

_LOCAL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}$")
_DOMAIN: Final = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}")
_URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"'()\[\]{}가-힣ㄱ-ㅎ\x00]{1,2000}", re.IGNORECASE)
_BARE: Final = re.compile(
    r"(?<![A-Za-z0-9.@/_-])(?:[A-Za-z0-9-]{1,40}\.){1,3}(?:"
    r"(?:com|co\.kr|or\.kr|go\.kr|ac\.kr|re\.kr|pe\.kr|co\.uk|kr|org|edu|gov)(?![A-Za-z0-9-]"
    r"|\.[A-Za-z])(?:/[A-Za-z0-9\-._~/?#=&%+]{0,500})?"
    r"|(?:io|net|ai|dev|me|app|team|us|page|so|gl|ly|work|careers|jobs)/[A-Za-z0-9\-._~/?#=&%+]{1,500})",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(
    r"(?<![\d,.\-])(?:\+\d{1,3}[ \-.]?(?:\(0?\d{1,4}\)|\d{1,4})[ \-.]?\d{3,4}[ \-.]?\d{4}"
    r"|\(?0\d{1,2}\)?[ \-.]?\d{3,4}[ \-.]\d{4}|01[016789]\d{7,8}|1[568]\d{2}[ \-.]\d{4}"
    r"|\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}[-.]\d{3}[-.]\d{4})(?![\d\-])"
)
_PHONE_START: Final = re.compile(r"[\d+(]")
_TRAILING: Final = ".,;:!?*~'\"…"


def find(scan: Scan) -> None:
    """Find them, and blank them out of the text so that no other family reads words or digits inside."""
    spans: list[tuple[int, int]] = []
    text = scan.text
    if "@" in text:
        for at in re.finditer("@", text):
            spans += _email(scan, at.start())
    lowered = text
    if "://" in lowered or "www." in lowered or "WWW." in lowered or "HTTP" in lowered:
        spans += _urls(scan, _URL, spans)
    if "." in text:
        spans += _urls(scan, _BARE, spans)
    _phones(scan)
    if spans:
        scan.text = _blanked(text, spans)
        starts = sorted(spans)
        _claim(scan, starts)


def _email(scan: Scan, at: int) -> list[tuple[int, int]]:
    local = _LOCAL.search(scan.text[max(0, at - 64) : at])
    if local is None or (domain := _DOMAIN.match(scan.text, at + 1)) is None:
        return []
    span = (at - len(local[0]), domain.end())
    scan.add("email", scan.text[slice(*span)], *span)
    return [span]


def _urls(scan: Scan, pattern: re.Pattern[str], known: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found = []
    inside = sorted(known)
    at = 0
    for match in pattern.finditer(scan.text):
        start, end = match.span()
        while at < len(inside) and inside[at][1] <= start:
            at += 1
        if at < len(inside) and inside[at][0] < end:
            continue
        end -= len(match[0]) - len(match[0].rstrip(_TRAILING))
        scan.add("url", scan.text[start:end], start, end)
        found.append((start, end))
    return found


def _may_begin(text: str, numeral: Numeral) -> bool:
    before = text[numeral.start - 1 : numeral.start]
    return text[numeral.start] in "01" or numeral.end - numeral.start >= 3 or numeral.name or before in {"+", "("}


def _phones(scan: Scan) -> None:
    done = 0
    for numeral in scan.numerals:
        if numeral.start < done:
            numeral.taken = True
            continue
        if not _may_begin(scan.text, numeral):
            continue
        start = numeral.start
        while start > 0 and scan.text[start - 1] in "+(" and numeral.start - start < 2:
            start -= 1
        match = _PHONE.match(scan.text, start) or _PHONE.match(scan.text, numeral.start)
        if match is None:
            continue
        scan.add("phone", match[0], *match.span())
        numeral.taken, done = True, match.end()


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in sorted(spans):
        if start < at:
            continue
        parts += [text[at:start], "\x00" * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _claim(scan: Scan, spans: list[tuple[int, int]]) -> None:
    at = 0
    for numeral in scan.numerals:
        while at < len(spans) and spans[at][1] <= numeral.start:
            at += 1
        if at < len(spans) and spans[at][0] < numeral.end:
            numeral.taken = True
