"""Amounts of money written as another amount in the text is: "5,000만 원", "1억 2,000만원", "$120k", "USD 120,000"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_MAN: Final = 10_000
_CHEON_MAN: Final = 10_000_000
_EOK: Final = 100_000_000
_SIGNS: Final = {"USD": "$", "KRW": "₩", "EUR": "€", "GBP": "£", "JPY": "¥"}
_WORDS: Final = {"KRW": "원", "USD": "달러"}
_PARTS: Final = re.compile(
    r"(?P<lead>(?:US)?[$₩€£¥]\s?|[A-Z]{3}\s?)?(?P<core>\d[\d,.]*(?:\s?(?:천만|백만|십만|[조억만천백])(?:\s?\d[\d,.]*)?)*)"
    r"(?P<kilo>\s?[kK](?![A-Za-z]))?(?P<tail>\s?(?:원|won|달러|불|유로|엔|dollars?|[A-Z]{3}))?",
)
_LARGEST_BARE: Final = 30_000


@dataclass(frozen=True, slots=True)
class Style:
    """How an amount is written. ``factor``: what its digits are to be multiplied by, where that goes without saying
    ("연봉 4000", the first of "5,000~7,000만원"); 1 where they say it all."""

    lead: str
    core: str
    kilo: str
    tail: str
    factor: int

    @classmethod
    def of(cls, worded: str, value: int) -> Style | None:
        """The style of ``worded``, which means ``value``; None where it is none that can be copied."""
        match = _PARTS.fullmatch(worded)
        if match is None:
            return None
        core, kilo = match["core"], match["kilo"] or ""
        factor = 1
        if re.fullmatch(r"[\d,]+", core) and not kilo:
            digits = int(core.replace(",", ""))
            if digits == 0 or value % digits:
                return None
            factor = value // digits
        return cls(match["lead"] or "", core, kilo, match["tail"] or "", factor)

    @property
    def korean(self) -> bool:
        """Whether units of ten are written out (만, 억)."""
        return re.search(r"[가-힣]", self.core) is not None

    def write(self, value: int) -> str | None:
        """``value`` in this style; None where it cannot be written so."""
        core = self._korean(value) if self.korean else self._digits(value)
        return None if core is None else f"{self.lead}{core}{self.tail}"

    def in_currency(self, stored: str | None, wanted: str | None) -> Style | None:
        """This style with the sign or word of another currency; None where it has none for it."""
        if stored == wanted or stored is None or wanted is None:
            return self if stored == wanted else None
        lead, tail = self.lead, self.tail
        if lead.strip() in {_SIGNS.get(stored), f"US{_SIGNS.get(stored)}"} and wanted in _SIGNS:
            lead = _SIGNS[wanted]
        elif lead.strip() == stored:
            lead = lead.replace(stored, wanted)
        elif tail.strip() == stored:
            tail = tail.replace(stored, wanted)
        elif tail.strip() == _WORDS.get(stored) and wanted in _WORDS:
            tail = tail.replace(_WORDS[stored], _WORDS[wanted])
        else:
            return None
        return Style(lead, self.core, self.kilo, tail, self.factor)

    def _digits(self, value: int) -> str | None:
        factor = 1000 if self.kilo else self.factor
        if value % factor:
            return None if not self.kilo else f"{value:,}"
        number = value // factor
        if factor == _MAN and not 1000 <= number < _LARGEST_BARE:
            return None
        return f"{self._grouped(number)}{self.kilo}"

    def _korean(self, value: int) -> str | None:
        if value % _MAN or value <= 0:
            return self._grouped(value) if value > 0 else None
        if "천만" in self.core and "억" not in self.core and value % _CHEON_MAN == 0 and value < _EOK:
            return f"{value // _CHEON_MAN}천만"
        eok, rest = divmod(value, _EOK)
        gap = " " if re.search(r"억\s", self.core) or "억" not in self.core else ""
        parts = [f"{eok:,}억" if eok else "", f"{self._grouped(rest // _MAN)}{self._man_gap()}만" if rest else ""]
        return gap.join(part for part in parts if part)

    def _man_gap(self) -> str:
        return " " if re.search(r"\d\s만", self.core) else ""

    def _grouped(self, number: int) -> str:
        plain = "," not in self.core and re.search(r"\d{4}", self.core) is not None
        return str(number) if plain else f"{number:,}"
