"""Which adaptations are served: those that beat writing the section anew.

``python -m benchmarks.adapt`` has the figures.

By fact: the operations that may be applied. ``swap``: another value in place of the stored one. ``remove``: the request
no longer states it. ``add``: the stored text does not state it.
"""

from __future__ import annotations

from typing import Final, Literal

Operation = Literal["swap", "remove", "add"]

SHIPPED: Final[dict[str, frozenset[Operation]]] = {
    "company": frozenset({"swap"}),
    "title": frozenset({"swap"}),
    "industry": frozenset({"swap"}),
    "seniority": frozenset({"swap", "remove"}),
    "years_min": frozenset({"swap", "remove", "add"}),
    "years_max": frozenset({"swap", "remove", "add"}),
    "salary_min": frozenset({"swap", "remove", "add"}),
    "salary_max": frozenset({"swap", "remove", "add"}),
    "salary_period": frozenset({"swap", "remove", "add"}),
    "currency": frozenset({"add"}),
    "headcount": frozenset({"swap", "remove", "add"}),
    "employment_type": frozenset({"swap", "remove", "add"}),
    "work_mode": frozenset({"swap", "remove", "add"}),
    "location": frozenset({"swap", "remove", "add"}),
    "deadline": frozenset({"swap", "remove", "add"}),
    "education": frozenset({"swap", "remove", "add"}),
    "probation_months": frozenset({"swap", "remove", "add"}),
    "contact": frozenset({"swap", "remove", "add"}),
    "skill": frozenset({"swap", "remove", "add"}),
    "benefit": frozenset({"swap", "remove", "add"}),
    "preferred": frozenset({"swap", "remove", "add"}),
    "responsibilities": frozenset({"swap", "remove", "add"}),
    "hiring_process": frozenset({"swap", "remove", "add"}),
    "culture": frozenset({"swap", "remove", "add"}),
}


def is_shipped(fact: str, stored: object, wanted: object) -> bool:
    """Whether a change from ``stored`` (None: not stated) to ``wanted`` of the fact is served."""
    operation: Operation = "add" if stored is None else "remove" if wanted is None else "swap"
    return operation in SHIPPED.get(fact, frozenset())
