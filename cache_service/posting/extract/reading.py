"""A text made ready for reading, and what was found in it.

Patterns see the text in its plain form (see ``plain``). Offsets that leave this package are those of the text as it
came.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from cache_service.posting.extract.cues import Cues, Places
from cache_service.posting.extract.numerals import Numeral, numerals_in
from cache_service.posting.extract.terms import LEXICON, Hit, lower_case
from cache_service.posting.facts import FactType, StatedFact

_START: Final = attrgetter("start")
_OFTEN: Final = 40
_REACH: Final = 16  # how far a word that begins before a position may go on after it
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


class Spans:
    """Stretches of a text, asked in logarithmic time whether they touch another."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        merged: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def touch(self, start: int, end: int) -> bool:
        """Whether any of them overlaps ``[start, end)``."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._ends[at - 1] > start


@dataclass(slots=True)
class Scan:
    """One pass over a text: its numerals, each read once, and the findings so far."""

    text: str
    findings: list[Finding] = field(default_factory=list)
    _numerals: list[Numeral] | None = None
    _lowered: str | None = None
    _terms: dict[str, list[Hit]] | None = None
    _cues: Places | None = None
    _asked: dict[re.Pattern[str], int] = field(default_factory=dict)
    _places: dict[re.Pattern[str], tuple[list[int], list[re.Match[str]]]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> Scan:
        """Begin to read ``text`` (in its plain form)."""
        return cls(text)

    @property
    def numerals(self) -> list[Numeral]:
        """The numerals of the text, in order."""
        if self._numerals is None:
            self._numerals = numerals_in(self.text, self.lowered)
        return self._numerals

    @property
    def lowered(self) -> str:
        """The text in lower case, letter for letter."""
        if self._lowered is None:
            self._lowered = lower_case(self.text)
        return self._lowered

    def has(self, cues: Cues) -> bool:
        """Whether any of ``cues`` stands in the text: the cheap question before a family's patterns."""
        return (self._cues or self.places).mask & cues.bit != 0

    @property
    def places(self) -> Places:
        """Where the cues of all families begin. The text is searched once."""
        if self._cues is None:
            self._terms, self._cues = LEXICON.search(self.text, self.lowered)
        return self._cues

    def blank(self, spans: list[tuple[int, int]]) -> None:
        """Take ``spans`` out of the text, so that no other family reads words or digits there; offsets stay."""
        parts, at = [], 0
        for start, end in sorted(spans):
            if start >= at:
                parts += [self.text[at:start], "\x00" * (end - start)]
                at = end
        self.text = "".join([*parts, self.text[at:]])
        self._numerals = self._lowered = self._terms = self._cues = None

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

    def spans_of(self, *kinds: FactType) -> Spans:
        """Where facts of ``kinds`` were found so far."""
        return Spans((one.fact.start, one.fact.end) for one in self.findings if one.fact.type in kinds)

    def around(
        self, pattern: re.Pattern[str], cues: Cues, before: int = 32, after: int = 64
    ) -> Iterator[re.Match[str]]:
        """The matches of ``pattern`` near one of ``cues``, in order: a long text is not read in vain.

        A match begins at most ``before`` characters ahead of a cue and ends at most ``after`` behind where it begins.
        """
        size = len(self.text)
        done = 0
        for start, stop in self._windows(cues, before, after):
            for match in pattern.finditer(self.text, max(start, done), stop):
                if match.end() >= stop - 1 and stop < size:
                    break  # may have been cut off
                done = match.end()
                yield match

    def begun(self, pattern: re.Pattern[str], cues: Cues) -> Iterator[re.Match[str]]:
        """The matches of ``pattern``, each of which begins with one of ``cues``, in order and without overlap."""
        done = 0
        for at in cues.starts(self.places):
            if at >= done and (match := pattern.match(self.text, at)) is not None:
                done = match.end()
                yield match

    def near(self, cues: Cues, low: int, high: int) -> bool:
        """Whether one of ``cues`` begins in ``[low, high]``."""
        starts = cues.starts(self.places)
        at = bisect_left(starts, low)
        return at < len(starts) and starts[at] <= high

    def _windows(self, cues: Cues, before: int, after: int) -> list[tuple[int, int]]:
        windows: list[tuple[int, int]] = []
        size = len(self.text)
        for at in cues.starts(self.places):
            start, stop = max(0, at - before), min(size, at + after)
            if windows and start <= windows[-1][1]:
                windows[-1] = (windows[-1][0], max(stop, windows[-1][1]))
            else:
                windows.append((start, stop))
        return windows

    def merge(self, kind: FactType) -> None:
        """Keep one finding where several of ``kind`` with one value overlap: the longest."""
        found = sorted(
            (one for one in self.findings if one.fact.type == kind),
            key=lambda one: (one.fact.start, -one.fact.end),
        )
        kept: list[Finding] = []
        for one in found:
            before = kept[-1].fact if kept else None
            if before is None or one.fact.start >= before.end or one.fact.value != before.value:
                kept.append(one)
        if len(kept) < len(found):
            self.findings = [one for one in self.findings if one.fact.type != kind] + kept

    def terms(self, family: str) -> list[Hit]:
        """The words of the list ``family`` (see ``terms``) in the text, in order. The text is searched once."""
        if self._terms is None:
            self._terms, self._cues = LEXICON.search(self.text, self.lowered)
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

        Asked often, the text is searched once for all positions.
        """
        asked = self._asked.get(pattern, 0)
        self._asked[pattern] = asked + 1
        if asked >= _OFTEN:
            return self._indexed(pattern, position, width)
        last = None
        for match in pattern.finditer(self.text, max(0, position - width), position + _REACH):
            if match.start() >= position:
                break
            last = match
        return last

    def _indexed(self, pattern: re.Pattern[str], position: int, width: int) -> re.Match[str] | None:
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
