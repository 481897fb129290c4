"""Evidence: what a text may state, made of a request and of what its company published before."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from cache_service.cache.guard.matter import matter_of
from cache_service.cache.guard.names import NameFinder, company_words
from cache_service.cache.guard.novelty import words_of
from cache_service.posting.canonical import fold
from cache_service.posting.extract import Finding, read_facts
from cache_service.posting.facts import Facts, StatedFact

_NOT_TEXT: Final = frozenset(
    f"requirements.{name}"
    for name in ("seniority", "employment_type", "work_mode", "salary_period", "currency", "deadline")
)
_RUN: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_TAG: Final = re.compile(r"<[^<>]{0,80}>")
_DANGLING: Final = re.compile(
    r"^(?:㈜|\(주\)|주식회사)\s|(?:㈜|\(주\)|주식회사)$|^(?:㈜|\(주\)|주식회사)$|,?\s?(?:Inc|LLC|Ltd|GmbH|Corp|Co)\b\.?$|^(?:㈜"
    r"|\(주\)|주식회사)",
)


@dataclass(frozen=True)
class Evidence:
    """What a text may state. Made once for a request, used for many texts; read on first use."""

    facts: Facts
    language: str
    record: tuple[str, ...] = ()
    foreign_names: tuple[str, ...] = ()
    certain_names: tuple[str, ...] = ()
    _own_texts: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(
        cls,
        facts: Facts,
        *,
        language: str,
        record: Sequence[str] = (),
        foreign_names: Collection[str] = (),
        certain_names: Collection[str] = (),
    ) -> Evidence:
        """Evidence for the request that states ``facts``.

        ``record``: texts of the company's own earlier postings. ``foreign_names``: other companies, looked for as
        names. ``certain_names``: other companies whose name counts however short or common a word it is (such as
        the one that the text in hand was written for).
        """
        texts: list[str] = []
        for path, value in facts.items():
            if path in _NOT_TEXT:
                continue
            if isinstance(value, tuple):
                texts.extend(value)
            elif isinstance(value, str):
                texts.append(value)
        return cls(facts, language, tuple(record), tuple(foreign_names), tuple(certain_names), tuple(texts))

    @property
    def name(self) -> str | None:
        """The request's own company."""
        return self.facts.text("company.name")

    @property
    def level(self) -> str | None:
        """The seniority that is asked for."""
        return self.facts.text("requirements.seniority")

    @cached_property
    def findings(self) -> tuple[tuple[Finding, frozenset[str]], ...]:
        """What the request's own texts and the record state, each with the words of its clause."""
        return tuple(
            (finding, matter_of(text, finding.fact))
            for text in (*self._own_texts, *self.record)
            for finding in read_facts(text, self.language)
        )

    @cached_property
    def typed(self) -> frozenset[tuple[str, int | str]]:
        """The typed facts of ``findings``."""
        return frozenset((finding.fact.type, finding.fact.value) for finding, _ in self.findings)

    @cached_property
    def canonicals(self) -> frozenset[tuple[str, str]]:
        """Type and canonical form of what the request's own texts and the record name."""
        return frozenset((one.fact.type, one.fact.canonical) for one, _ in self.findings if one.fact.canonical)

    @cached_property
    def own(self) -> str:
        """All own texts and the record, with a mark between two so that no words join across them."""
        return "\n|\n".join((*self._own_texts, *self.record))

    @cached_property
    def folded(self) -> str:
        """All own texts and the record, folded, a line each."""
        return "\n".join(fold(text) for text in (*self._own_texts, *self.record))

    @cached_property
    def words(self) -> frozenset[str]:
        """The Latin words of the request and the record, folded."""
        return words_of((*self._own_texts, *self.record))

    @cached_property
    def numbers(self) -> frozenset[int | str]:
        """Every number that the request or the record states, in the renderings it may take."""
        values: set[int | str] = set()
        for path, value in self.facts.items():
            if isinstance(value, int):
                values.add(value)
            elif path == "requirements.deadline" and isinstance(value, str):
                values.update(int(part) for part in value.split("-") if part.isdigit())
        for finding, _ in self.findings:
            values.update(_renderings(finding.fact))
        for text in (*self._own_texts, *self.record):
            for match in _RUN.finditer(text):
                values.update(_readings(match[0]))
        return frozenset(values)

    @cached_property
    def days(self) -> frozenset[str]:
        """Every day the request or the record states, with and without its year."""
        stated = {str(finding.fact.value) for finding, _ in self.findings if finding.fact.type in {"date", "deadline"}}
        if (deadline := self.facts.text("requirements.deadline")) is not None:
            stated.add(deadline)
        return frozenset(stated | {f"--{day[5:]}" for day in stated if len(day) == 10} | {day[:7] for day in stated})

    @cached_property
    def company_keys(self) -> frozenset[str]:
        """The request's company and the companies that its own texts name."""
        named = [str(finding.fact.value) for finding, _ in self.findings if finding.fact.type == "company"]
        own = (self.name, _TAG.sub("", self.name)) if self.name else ()
        return frozenset(key for name in (*own, *named) if name for key in company_words(name))

    @cached_property
    def dangling_form(self) -> bool:
        """Whether a field begins or ends with a bare corporate form, so that what stands beside it is no name."""
        return any(_DANGLING.search(text) for text in self._own_texts)

    @cached_property
    def names(self) -> NameFinder:
        """Finds the names of other companies."""
        return NameFinder(
            own=self.name,
            own_texts=(*self._own_texts, *self.record),
            foreign=self.foreign_names,
            certain=self.certain_names,
        )


def _renderings(fact: StatedFact) -> set[int | str]:
    value = fact.value
    if isinstance(value, int):
        return {value}
    if fact.type != "number":
        return set()
    if ":" in value:
        hour, _, minute = value.partition(":")
        return {value, int(hour), int(minute), (int(hour) - 1) % 12 + 1}
    return {value, fold(value)}


def _readings(run: str) -> set[int | str]:
    plain = run.replace(",", "")
    readings: set[int | str] = {plain, plain.rstrip("0").rstrip(".") if "." in plain else plain}
    for part in re.split(r"[.,]", run):
        if len(part) <= 18:
            readings.add(int(part))
    if "." not in plain and len(plain) <= 18:
        readings.add(int(plain))
    return readings
