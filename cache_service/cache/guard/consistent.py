"""Requests that contradict themselves: an item of a list that says otherwise than a field of its own."""

from __future__ import annotations

from typing import Final

from cache_service.cache.guard.evidence import Evidence
from cache_service.cache.guard.judge import unsupported
from cache_service.posting.extract import recall_facts
from cache_service.posting.facts import Facts, FactType
from cache_service.posting.sections import LIST_PATHS, SECTIONS, SectionKind

_FIELDS: Final[frozenset[FactType]] = frozenset(
    {
        "years_min", "years_max", "salary_min", "salary_max", "headcount", "employment_type", "work_mode",
        "probation_months", "seniority",
    }
)  # fmt: skip


def without_contradictions(kind: SectionKind, facts: Facts, evidence: Evidence) -> Facts:
    """``facts`` for a section of ``kind``, without the items that contradict a field: what is typed is believed.

    Where one of them says "all come to the office" and the work mode is remote, nobody can tell which is meant, and
    applicants are told nothing rather than both.
    """
    kept = dict(facts)
    for path in LIST_PATHS.intersection(SECTIONS[kind].depends_on):
        items = facts.items_of(path)
        told = tuple(item for item in items if not _contradicts(item, evidence))
        if told != items:
            kept[path] = told
    return Facts({path: value for path, value in kept.items() if value != ()})


def _contradicts(item: str, evidence: Evidence) -> bool:
    findings = recall_facts(item, evidence.language)
    if not any(one.fact.type in _FIELDS for one in findings):
        return False
    found = unsupported(item, evidence, evidence.language, findings=findings)
    return any(one.fact.type in _FIELDS and one.expected is not None for one in found)
