"""Company names that a corporate form makes certain: ㈜X, 주식회사 X, X(주), X Inc., X GmbH."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cache_service.posting.extract.reading import Scan

_FORM: Final = r"(?:㈜|\(\s?(?:주|유|재|사)\s?\)|주식회사|유한회사|유한책임회사)"
_GATE: Final = re.compile(_FORM)
_WORD: Final = r"[가-힣A-Za-z0-9&.'\-]"
_AFTER: Final = re.compile(
    rf"(?P<gap>\s?)(?P<name>(?:[A-Z0-9][A-Za-z0-9&.'\-]{{0,30}}\s){{0,3}}(?:[A-Z0-9][A-Za-z0-9&.'\-]{{0,30}}(?![가-힣])|{_WORD}{{1,40}}))"
)
_BEFORE: Final = re.compile(rf"(?P<name>{_WORD}{{1,40}}|\s{_WORD}{{1,40}})(?P<gap>\s?)$")
# Particles by what they follow: a final consonant, a vowel, or either.
_AFTER_CONSONANT: Final = ("이라는", "이며", "이다", "으로", "은", "이", "을", "과")
_AFTER_VOWEL: Final = ("라는", "는", "가", "를", "와", "로")
_AFTER_EITHER: Final = (
    "입니다", "이에요", "예요",
    "에서는", "에서의", "에서", "에게", "에는", "께서", "까지", "부터", "처럼", "보다", "만의", "의", "에", "도", "만",
)  # fmt: skip
_NO_NAME: Final = re.compile(r"형태|법인|설립|(?:으로|에서|의|은|는|이|가|인|로|를|을|및|와|과|등|입니다)(?![가-힣])")
_LATIN_FORM: Final = re.compile(
    r"(?:Inc\b\.?|INC\b\.?|Incorporated\b|LLC\b|L\.L\.C\.|Ltd\b\.?|LTD\b\.?|Limited\b(?![- ][tT])|GmbH\b"
    r"|Corp\b\.?|Corporation\b|PLC\b|plc\b|AG\b|S\.A\.|B\.V\.|Pty\b|Co\.(?:,?\s?Ltd\b\.?)?)"
)
_NO_LATIN_NAME: Final = frozenset({"The", "Not", "And", "A"})
_CAPITALISED: Final = re.compile(
    r"(?:(?:[A-Z0-9][\w&'\-]{0,30}(?:\.\w{1,12}|,)?|[A-Z]\.|St\.|&|of|and|the)\s){0,4}(?:[A-Z0-9][\w&'.\-]{0,30}"
    r"|[a-z]{1,12}[A-Z]\w{0,20})$"
)
_LEADING: Final = re.compile(
    r"^(?:(?:The|Not|At|About|Join|For|With|From|By|And|In|Our|Company|Welcome|to|of|and|the|&)\s)+"
)


def find(scan: Scan) -> None:
    """Find names beside a corporate form; the form is part of the wording and of the span."""
    text = scan.text
    if not text.isascii():
        for match in _GATE.finditer(text):
            _korean(scan, match)
    done = 0
    for begin, end in _latin_forms(text):
        if begin >= done:
            _latin(scan, begin, end)
            done = end


def without_particle(name: str) -> str:
    """The name without the particles after it, if what ends it can be one: 누리페이 ends in 이 and has none."""
    for _ in range(2):
        name = _one_particle_less(name)
    return name


def _one_particle_less(name: str) -> str:
    for particle in (*_AFTER_EITHER, *_AFTER_CONSONANT, *_AFTER_VOWEL):
        stem = name.removesuffix(particle)
        if len(stem) < 2 or stem == name:
            continue
        if particle in _AFTER_EITHER or _ends_in_consonant(stem) in {particle in _AFTER_CONSONANT, None}:
            return stem
    return name


def _ends_in_consonant(name: str) -> bool | None:
    """Whether a Hangul name ends in a final consonant; None where the last letter is not Hangul."""
    last = name[-1]
    return (ord(last) - 0xAC00) % 28 != 0 if "가" <= last <= "힣" else None


def _korean(scan: Scan, match: re.Match[str]) -> None:
    text = scan.text
    start, end = match.span()
    glued_before = start > 0 and re.match(_WORD, text[start - 1]) is not None
    after = _AFTER.match(text, end)
    if not glued_before and after is not None and not _NO_NAME.match(after["name"]):
        name = without_particle(after["name"].rstrip(".-'"))
        if name:
            _state(scan, start, after.start("name") + len(name))
            return
    window = text[max(0, start - 42) : start]
    before = _BEFORE.search(window)
    if before is not None and (glued_before or match[0] in {"주식회사", "유한회사"}):
        begin = start - len(window) + before.start("name")
        begin += len(before["name"]) - len(before["name"].lstrip())
        if "\n" not in text[begin:start]:
            _state(scan, begin, end)


def _latin_forms(text: str) -> Iterator[tuple[int, int]]:
    """The spans of Latin forms, each with the space, and the comma, before it."""
    at = 0
    while (match := _LATIN_FORM.search(text, at)) is not None:
        begin = match.start() - 1
        if begin >= at and text[begin].isspace():
            at = match.end()
            yield begin - (text[begin - 1 : begin] == ","), at
        else:
            at = match.start() + 1


def _latin(scan: Scan, begins: int, end: int) -> None:
    window = scan.line_before(begins, 90)
    name = _CAPITALISED.search(window)
    if name is None:
        return
    lead = _LEADING.match(name[0])
    skipped = max(lead.end() if lead else 0, name[0].rfind(", ") + 2 if ", " in name[0] else 0)
    begin = begins - len(window) + name.start() + skipped
    if begin < begins and name[0] not in _NO_LATIN_NAME:
        _state(scan, begin, end)


def _state(scan: Scan, start: int, end: int) -> None:
    scan.add("company", scan.text[start:end].strip(), start, end)
    scan.claim(start, end)
