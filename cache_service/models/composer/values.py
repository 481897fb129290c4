"""The values that several facts make together, and how numbers are written, before any language is chosen."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.facts import Facts

_BARE_NUMBERS: Final = re.compile(r"\d[\d,]*(?:\s?[-~–]\s?\d[\d,]*)?\+?", re.ASCII)
_WORDS: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Range:
    """A range of whole numbers, either end of which may be open (None); never both."""

    low: int | None
    high: int | None

    @classmethod
    def of(cls, facts: Facts, name: str) -> Range | None:
        """The range in ``requirements.<name>_min`` and ``_max``, or None where neither is given."""
        low, high = facts.number(f"requirements.{name}_min"), facts.number(f"requirements.{name}_max")
        return None if low is None and high is None else cls(low, high)

    @property
    def bounds(self) -> tuple[int, ...]:
        """The ends that are given, lower first; one if they are equal."""
        return tuple(dict.fromkeys(end for end in (self.low, self.high) if end is not None))


@dataclass(frozen=True, slots=True)
class Places:
    """Where the work is done, and where the company is if that is another place. Either may be unknown."""

    work: str | None
    company: str | None

    @classmethod
    def of(cls, facts: Facts) -> Places:
        """The job's location is the work place; without one the company's is, unless the work is remote."""
        job, company = facts.text("requirements.location"), facts.text("company.location")
        if job is None:
            remote = facts.text("requirements.work_mode") == "remote"
            return cls(None, company) if remote else cls(company, None)
        return cls(job, None if company is None or fold(company) in fold(job) else company)


def headline_place(facts: Facts) -> str | None:
    """The one place that a headline names: the job's, else the company's."""
    return facts.text("requirements.location") or facts.text("company.location")


def grouped(number: int) -> str:
    """1234567 -> "1,234,567"."""
    return f"{number:,}"


def is_bare_number(size: str) -> bool:
    """Whether a company size is only numbers ("51-200", "1,000+"), which wants a unit."""
    return _BARE_NUMBERS.fullmatch(size) is not None


def iso_date(text: str) -> dt.date | None:
    """The date that an ISO 8601 text names, or None."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def says_already(title: str, level: str) -> bool:
    """Whether a title begins or ends with the word for its level ("시니어 개발자", "Marketing Intern")."""
    words, wanted = _WORDS.findall(title.casefold()), _WORDS.findall(level.casefold())
    return words[: len(wanted)] == wanted or words[-len(wanted) :] == wanted
