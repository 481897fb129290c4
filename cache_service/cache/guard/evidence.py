"""Evidence: what a text may state, made of a request and of what its company published before."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from cache_service.cache.guard.matter import matter_of
from cache_service.cache.guard.names import NameFinder, company_words
from cache_service.cache.guard.novelty import words_of
from cache_service.posting.canonical import fold
from cache_service.posting.extract import Finding, recall_facts
from cache_service.posting.extract.places import within
from cache_service.posting.extract.terms import terms_of
from cache_service.posting.facts import Facts, StatedFact

_NOT_TEXT: Final = frozenset(
    f"requirements.{name}"
    for name in ("seniority", "employment_type", "work_mode", "salary_period", "currency", "deadline")
)
_NAMING: Final = ("requirements.skills", "requirements.preferred", "company.benefits", "company.culture")
_RUN: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_UNIT: Final = re.compile(
    r"[ -]?(%|회|번|일|시간|주|개월|달|명|인|년|percent\b|(?:day|time|hour|week|month|year|people)s?\b)"
)
_SAME_UNITS: Final = {"번": "회", "달": "개월", "인": "명", "percent": "%"}
_COUNTED_FIELDS: Final = {
    "requirements.years_min": ("년", "year"), "requirements.years_max": ("년", "year"), "company.founded": ("년",),
    "requirements.headcount": ("명", "people"), "company.size": ("명", "people"),
    "requirements.probation_months": ("개월", "month"), "requirements.deadline": ("일",),
}  # fmt: skip
_LONGEST_KEPT: Final = 4096
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

    def of_section(self, kind: str) -> Evidence:
        """The evidence for a section of ``kind``: where the job is does not say where the company is.

        Only if the request names both places and the one does not lie in the other.
        """
        job, own = self.facts.text("requirements.location"), self.facts.text("company.location")
        if kind != "company" or job is None or own is None or within(own, job):
            return self
        facts = Facts({path: value for path, value in self.facts.items() if path != "requirements.location"})
        return Evidence.of(
            facts,
            language=self.language,
            record=self.record,
            foreign_names=self.foreign_names,
            certain_names=self.certain_names,
        )

    def read_ahead(self) -> None:
        """Read now what the first text that is judged would wait for."""
        _ = self.canonicals, self.numbers, self.counted, self.folded, self.company_keys

    @cached_property
    def of_today(self) -> Evidence:
        """The same without what the company published before."""
        return Evidence.of(
            self.facts, language=self.language, foreign_names=self.foreign_names, certain_names=self.certain_names
        )

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
        return tuple(found for text in (*self._own_texts, *self.record) for found in _findings_of(text, self.language))

    @cached_property
    def items(self) -> tuple[str, ...]:
        """What the request says of the job and the company in so many words; no notes to the writer, no bare size."""
        other = {self.facts.text("requirements.notes"), self.facts.text("company.size")}
        return tuple(text for text in self._own_texts if text not in other)

    @cached_property
    def typed(self) -> frozenset[tuple[str, int | str]]:
        """The typed facts of ``findings``."""
        return frozenset((finding.fact.type, finding.fact.value) for finding, _ in self.findings)

    @cached_property
    def canonicals(self) -> frozenset[tuple[str, str]]:
        """Type and canonical form of what the request's own texts and the record name."""
        items = (item for path in _NAMING for item in self.facts.items_of(path))
        return frozenset((one.fact.type, one.fact.canonical) for one, _ in self.findings if one.fact.canonical) | {
            ("benefit" if family.startswith("benefit") else "skill", canonical)
            for item in items
            for family, canonical in terms_of(item)
        }

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
    def counted(self) -> frozenset[tuple[int, str]]:
        """The numbers of the request and the record with what they count: (2, "회") of "주 2회"."""
        fields = frozenset(
            (int(number), unit)
            for path, units in _COUNTED_FIELDS.items()
            for number in re.findall(r"\d+", str(self.facts.get(path, "")))
            for unit in units
        )
        return fields | frozenset(
            (value, unit)
            for text in (*self._own_texts, *self.record)
            for match in _RUN.finditer(text)
            if (unit := unit_after(text, match.end())) is not None
            for value in _readings(match[0])
            if isinstance(value, int)
        )

    @cached_property
    def units(self) -> frozenset[str]:
        """What the numbers of the request and the record count."""
        return frozenset(unit for _, unit in self.counted)

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


def _findings_of(text: str, language: str) -> tuple[tuple[Finding, frozenset[str]], ...]:
    return (_recalled if len(text) <= _LONGEST_KEPT else _read)(text, language)


def _read(text: str, language: str) -> tuple[tuple[Finding, frozenset[str]], ...]:
    return tuple((finding, matter_of(text, finding.fact)) for finding in recall_facts(text, language))


_recalled: Final = lru_cache(maxsize=4096)(_read)


def unit_after(text: str, end: int) -> str | None:
    """What a number that ends at ``end`` counts, if a common counter says it: 회, 일, days, %."""
    match = _UNIT.match(text, end)
    if match is None:
        return None
    unit = match[1].removesuffix("s")
    return _SAME_UNITS.get(unit, unit)


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
