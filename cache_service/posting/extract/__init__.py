"""The typed facts that a text states, read by rules in linear time. Korean and English, mixed or not.

``plain`` the form of a text that patterns see · ``reading`` a pass over it, findings · ``numerals``, ``number_words``
numbers of every spelling · ``terms`` the lists of ``data/`` · ``cues`` words without which a family has nothing to find ·
one module a family: ``contacts`` · ``companies``,
``employers`` · ``dates`` · ``years`` (and probation) · ``money`` · ``places`` · ``education`` ·
``seniority`` · ``titles`` · ``headcount`` · ``employment`` · ``work_mode`` · ``skills`` · ``benefits`` · ``audience`` who gets them · ``polarity`` · ``claims`` · ``numbers`` what
is left. Each numeral is read by the first family that understands it, in this order.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from typing import Final

from cache_service.posting.extract import (
    audience,
    benefits,
    claims,
    companies,
    contacts,
    dates,
    education,
    employers,
    employment,
    headcount,
    money,
    numbers,
    places,
    polarity,
    seniority,
    skills,
    titles,
    work_mode,
    years,
)
from cache_service.posting.extract.plain import plain
from cache_service.posting.extract.reading import Finding, Scan
from cache_service.posting.facts import StatedFact

__all__ = ["Finding", "extract_facts", "read_facts", "recall_facts"]

_FAMILIES: Final = (
    contacts.find,
    companies.find,
    dates.find,
    years.find,
    money.find,
    places.find,
    education.find,
    seniority.find,
    titles.find,
    headcount.find,
    employers.find,
    employment.find,
    work_mode.find,
    skills.find,
    benefits.find,
    audience.find,
    polarity.find,
    claims.find,
    numbers.find,
)


_LONGEST_KEPT: Final = 4096
_IN_ORDER: Final = attrgetter("fact.start", "fact.end", "fact.type")


def extract_facts(text: str, language: str) -> tuple[StatedFact, ...]:
    """Every fact that ``text`` states, by where it begins; spans in code points of ``text``. Never raises."""
    return tuple(finding.fact for finding in read_facts(text, language))


def read_facts(text: str, language: str) -> tuple[Finding, ...]:  # noqa: ARG001 both languages are always read
    """As ``extract_facts``, with what the typed values alone do not tell (see ``Finding``)."""
    form, offsets = plain(text)
    scan = Scan.of(form)
    for find in _FAMILIES:
        find(scan)
    findings = sorted(scan.findings, key=_IN_ORDER)
    if offsets is None:
        return tuple(findings)
    return tuple(
        replace(
            finding,
            fact=replace(
                finding.fact,
                start=offsets[finding.fact.start],
                end=_whole(text, offsets[finding.fact.end - 1] + 1),
            ),
        )
        for finding in findings
    )


def recall_facts(text: str, language: str) -> tuple[Finding, ...]:
    """As ``read_facts``, for texts that come again and again (stored sections, a request's fields): remembers them."""
    return (_recalled if len(text) <= _LONGEST_KEPT else read_facts)(text, language)


_recalled: Final = lru_cache(maxsize=4096)(read_facts)


def _whole(text: str, end: int) -> int:
    """``end`` after the last part of a decomposed syllable."""
    while end < len(text) and "\u1161" <= text[end] <= "\u11c2":
        end += 1
    return end
