"""The facts of a request: what it states, as canonical values under a path.

A field that is null, missing or empty states nothing and has no path here. Values are whole numbers, texts in
their cleaned wording, or tuples of texts (sets: order and repeats mean nothing to ``canonical``, but the order
given is kept for showing).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from cache_service.posting.canonical import clean, fold, fold_set
from cache_service.posting.request import PostingRequest
from cache_service.posting.sections import PATHS, FactPath, excluded_paths

FactValue = int | str | tuple[str, ...]
FactType = Literal[
    "company", "title", "seniority", "years_min", "years_max", "salary_min", "salary_max", "salary_period",
    "headcount", "employment_type", "work_mode", "location", "deadline", "education", "probation_months",
    "skill", "benefit", "email", "phone", "url", "polarity", "number", "date", "claim",
]  # fmt: skip


Stance = Literal["required", "preferred", "any", "allowed", "not_needed", "not_allowed"]


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A typed fact that a text states at ``[start, end)`` (offsets in code points).

    ``value`` is in the units of the contract: whole years, whole months, whole units of money, the enumerations
    of the request, ISO dates; texts as worded; of a polarity its ``Stance``. ``canonical``: what a text is compared
    by, None where the value says it all. ``of``: what a polarity is about, as worded (``canonical`` is then its form
    for comparing).
    """

    type: FactType
    value: int | str
    start: int
    end: int
    canonical: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Facts(Mapping[FactPath, FactValue]):
    """What a request states, by path, in rendering order. Immutable."""

    _values: dict[FactPath, FactValue] = field(default_factory=dict)

    def __getitem__(self, path: FactPath) -> FactValue:
        return self._values[path]

    def __iter__(self) -> Iterator[FactPath]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def text(self, path: FactPath) -> str | None:
        """The value at ``path`` if it is a text, else None."""
        value = self._values.get(path)
        return value if isinstance(value, str) else None

    def number(self, path: FactPath) -> int | None:
        """The value at ``path`` if it is a number, else None."""
        value = self._values.get(path)
        return value if isinstance(value, int) else None

    def items_of(self, path: FactPath) -> tuple[str, ...]:
        """The items of the list at ``path``, in the order given; empty if it is not stated."""
        value = self._values.get(path)
        return value if isinstance(value, tuple) else ()

    def only(self, paths: Iterable[FactPath]) -> Facts:
        """These facts restricted to ``paths``."""
        wanted = frozenset(paths)
        return Facts({path: value for path, value in self._values.items() if path in wanted})


def facts_of(request: PostingRequest) -> Facts:
    """The facts that ``request`` states, without those that ``options.exclude`` takes out."""
    excluded = excluded_paths(tuple(request.options.exclude or ()))
    values: dict[FactPath, FactValue] = {}
    for path in PATHS:
        if path in excluded:
            continue
        group, _, name = path.partition(".")
        raw = getattr(getattr(request, group), name)
        if raw is None or (isinstance(raw, str | list) and not raw):
            continue
        match raw:
            case list():
                values[path] = tuple(raw)
            case dt.date():
                values[path] = raw.isoformat()
            case _:
                values[path] = raw
    return Facts(values)


def canonical(value: FactValue) -> int | str | list[str]:
    """The form of a value that a key is made from: texts clean, sets sorted and without repeats."""
    match value:
        case tuple():
            return sorted({clean(item) for item in value})
        case str():
            return clean(value)
        case _:
            return value


def same_value(one: FactValue | None, other: FactValue | None) -> bool:
    """Whether two values state the same: numbers equal, texts and sets equal once folded."""
    match one, other:
        case tuple(), tuple():
            return fold_set(one) == fold_set(other)
        case str(), str():
            return fold(one) == fold(other)
        case _:
            return one == other
