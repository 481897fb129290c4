"""What becomes of a stored section when it is adapted: ``Adapted | Unadaptable``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cache_service.cache.guard import Evidence
from cache_service.posting.facts import Facts, FactValue
from cache_service.posting.sections import FactPath, SectionKind

Span = tuple[int, int]
# The fact types of the contract that are named unlike the request's field; items of a list are facts one by one.
_FACT_NAMES: Final[dict[FactPath, str]] = {
    "company.name": "company",
    "requirements.skills": "skill",
    "company.benefits": "benefit",
}


def fact_name(path: FactPath) -> str:
    """The name of the fact at ``path``, as in ``changes``."""
    return _FACT_NAMES.get(path) or path.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Change:
    """One substitution: ``stored`` (None: added) became ``wanted`` (None: removed). Of a list, one item."""

    path: FactPath
    stored: FactValue | None
    wanted: FactValue | None

    @property
    def fact(self) -> str:
        """The fact's name in the contract."""
        return fact_name(self.path)

    def as_json(self) -> Mapping[str, object]:
        """``{fact, from, to}``, as ``changes`` shows it."""
        return {"fact": self.fact, "from": self.stored, "to": self.wanted}


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A sentence of the adapted text that rules cannot mend, at ``[start, end)``; ``why``: the facts it is about."""

    start: int
    end: int
    why: tuple[str, ...]

    @property
    def span(self) -> Span:
        """Where it stands: the key for ``splice``."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Terms:
    """What an adaptation is judged by: the section's kind, both sets of facts, and the evidence of the request."""

    kind: SectionKind
    language: str
    stored: Facts
    wanted: Facts
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Adapted:
    """The section with the wanted facts. With ``rewrite`` non-empty it may only be sent after ``splice``."""

    heading: str
    text: str
    changes: tuple[Change, ...]
    rewrite: tuple[Rewrite, ...]
    terms: Terms = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unadaptable:
    """The section cannot be made to state the wanted facts: ``reason`` in a few words, ``facts`` it is about."""

    reason: str
    facts: tuple[str, ...] = ()


Adaptation = Adapted | Unadaptable
