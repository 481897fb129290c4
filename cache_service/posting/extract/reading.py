"""A text made ready for reading, and what was found in it.

Patterns see a text of one form: full-width letters and digits, dashes, tildes and odd spaces are folded to their
plain forms, invisible characters are gone. Offsets that leave this package are those of the text as it came.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from cache_service.posting.extract.numerals import Numeral, numerals_in
from cache_service.posting.extract.terms import LEXICON, Hit
from cache_service.posting.facts import FactType, StatedFact

_PLAIN: Final = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "～〜∼˜᷉"), "~"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000\t\r\f\v"), " "),
    **dict.fromkeys(map(ord, "’‘"), "'"),
    ord("￦"): "₩",
    ord("＄"): "$",
}
# What makes offsets shift: conjoining jamo of decomposed Hangul, and characters that print as nothing.
_SHIFTING: Final = re.compile(
    r"[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_START: Final = attrgetter("start")
_CLAUSE_END: Final = re.compile(r"[!?;•ㆍ]|[.](?!\d)(?=\s|$|[가-힣])")


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that a text states, with what the typed value alone does not tell.

    ``currency``: of an amount, an ISO 4217 code, None where the text names none. ``also``: other values that the
    same words agree with ("재택 가능" is said of hybrid and of remote work; "연봉 4000" may mean 4,000만원 or 4,000).
    """

    fact: StatedFact
    currency: str | None = None
    also: frozenset[int | str] = frozenset()


@dataclass(slots=True)
class Scan:
    """One pass over a text: its numerals, each read once, and the findings so far."""

    text: str
    numerals: list[Numeral]
    findings: list[Finding] = field(default_factory=list)
    _terms: dict[str, list[Hit]] | None = None
    _places: dict[re.Pattern[str], tuple[list[int], list[re.Match[str]]]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> Scan:
        """Begin to read ``text`` (in its plain form)."""
        return cls(text, numerals_in(text))

    def add(
        self,
        kind: FactType,
        value: int | str,
        start: int,
        end: int,
        *,
        canonical: str | None = None,
        of: str | None = None,
        currency: str | None = None,
        also: frozenset[int | str] = frozenset(),
    ) -> None:
        """Note a fact at ``[start, end)``."""
        self.findings.append(Finding(StatedFact(kind, value, start, end, canonical, of), currency, also))

    def terms(self, family: str) -> list[Hit]:
        """The words of the list ``family`` (see ``terms``) in the text, in order. The text is searched once."""
        if self._terms is None:
            self._terms = LEXICON.find(self.text)
        return self._terms.get(family, [])

    def claim(self, start: int, end: int) -> None:
        """Take the numerals that begin within ``[start, end)``: no later family reads them."""
        at = bisect_left(self.numerals, start, key=_START)
        while at < len(self.numerals) and self.numerals[at].start < end:
            self.numerals[at].taken = True
            at += 1

    def line_before(self, position: int, width: int) -> str:
        """Up to ``width`` characters of the same line before ``position``."""
        window = self.text[max(0, position - width) : position]
        return window[window.rfind("\n") + 1 :]

    def line_after(self, position: int, width: int) -> str:
        """Up to ``width`` characters of the same line from ``position``."""
        window = self.text[position : position + width]
        cut = window.find("\n")
        return window if cut < 0 else window[:cut]

    def clause_before(self, position: int, width: int) -> str:
        """As ``line_before``, from the last end of a sentence or bullet."""
        window = self.line_before(position, width)
        cut = 0
        for match in _CLAUSE_END.finditer(window):
            cut = match.end()
        return window[cut:]

    def clause_after(self, position: int, width: int) -> str:
        """As ``line_after``, up to the next end of a sentence or bullet."""
        window = self.line_after(position, width)
        match = _CLAUSE_END.search(window)
        return window if match is None else window[: match.start()]

    def nearest(self, pattern: re.Pattern[str], position: int, width: int) -> re.Match[str] | None:
        """The last match of ``pattern`` that begins within ``width`` characters before ``position``.

        The text is searched once per pattern, however many positions are asked for.
        """
        if pattern not in self._places:
            matches = list(pattern.finditer(self.text))
            self._places[pattern] = ([match.start() for match in matches], matches)
        starts, matches = self._places[pattern]
        at = bisect_left(starts, position) - 1
        return matches[at] if at >= 0 and starts[at] >= position - width else None

    def stands_alone(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` is all there is between two separators, as in a headline or a label's value."""
        before = self.line_before(start, 6).rstrip(" ")
        after = self.line_after(end, 6).lstrip(" ")
        opened = not before or before[-1] in _OPENING
        return opened and (not after or after[0] in _CLOSING)


_OPENING: Final = frozenset("·|/,:;([{<>•ㆍ-*■▶▪◦●○【〔#~+&.!?\n")
_CLOSING: Final = frozenset("·|/,;)]}>•ㆍ-*([{<】〕~+&.!?\n")


def plain(text: str) -> tuple[str, tuple[int, ...] | None]:
    """The plain form of ``text``, and for each of its offsets that of ``text`` (None where they are the same)."""
    if text.isascii():
        return (text.translate(_PLAIN) if "\t" in text or "\r" in text else text), None
    if _SHIFTING.search(text) is None:
        return text.translate(_PLAIN), None
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in _SHIFTING.finditer(text):
        parts.append(text[at : match.start()])
        offsets.extend(range(at, match.start()))
        at = match.end()
        if len(match[0]) > 1:
            parts.append(_syllable(match[0]))
            offsets.append(match.start())
    parts.append(text[at:])
    offsets.extend(range(at, len(text) + 1))
    return "".join(parts).translate(_PLAIN), tuple(offsets)


def _syllable(jamo: str) -> str:
    lead, vowel = ord(jamo[0]) - 0x1100, ord(jamo[1]) - 0x1161
    tail = ord(jamo[2]) - 0x11A7 if len(jamo) > 2 else 0
    return chr(0xAC00 + (lead * 21 + vowel) * 28 + tail)
