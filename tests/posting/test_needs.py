from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache_service.posting.needs import Brief, brief_of
from cache_service.posting.request import PostingRequest
from cache_service.posting.sections import KINDS, SECTIONS
from tests.posting.strategies import requests
from tests.posting.test_request import FULL, with_


def brief(body: dict[str, Any], **scope: str) -> Brief:
    """A brief in a scope that ``scope`` can change."""
    values = {"tenant": "t", "writer": "w", "embedding": "e"} | scope
    return brief_of(PostingRequest.model_validate(body), **values)


def keys(body: dict[str, Any], **scope: str) -> dict[str, tuple[str, ...]]:
    return {need.kind: need.keys for need in brief(body, **scope).needs}


CHANGES: dict[str, object] = {
    "company.name": "누리페이먼츠", "company.industry": "게임", "company.about": "다른 소개", "company.size": "11-50",
    "company.founded": 2017, "company.location": "서울", "company.culture": ["수직"], "company.benefits": ["없음"],
    "company.hiring_process": ["면접"], "requirements.title": "프런트엔드 개발자", "requirements.seniority": "senior",
    "requirements.years_min": 2, "requirements.years_max": 8, "requirements.employment_type": "contract",
    "requirements.work_mode": "remote", "requirements.location": "강남", "requirements.salary_min": 1,
    "requirements.salary_max": 90000000, "requirements.salary_period": "month", "requirements.currency": "USD",
    "requirements.headcount": 3, "requirements.deadline": "2026-12-30", "requirements.education": "학사",
    "requirements.probation_months": 2, "requirements.responsibilities": ["정산"], "requirements.skills": ["Go"],
    "requirements.preferred": ["영어"], "requirements.contact": "hr@example.com", "requirements.notes": "other",
}  # fmt: skip


@pytest.mark.parametrize("path", sorted(CHANGES))
def test_a_key_changes_with_its_inputs_and_only_with_them(path: str) -> None:
    """The key of a section changes when a fact that it depends on changes, and only then."""
    plain = FULL | {"options": {}}
    before, after = keys(plain), keys(with_(path, CHANGES[path]) | {"options": {}})
    changed = {kind for kind in KINDS if before[kind] != after[kind]}
    assert changed == {kind for kind in KINDS if path in SECTIONS[kind].depends_on}


@given(requests, st.integers())
def test_keys_do_not_see_order_or_repeats(body: dict[str, Any], seed: int) -> None:
    """Lists are sets: shuffled and repeated items make the same keys."""
    shuffle = random.Random(seed).sample
    other = {
        group: {
            name: shuffle(value, len(value)) + value[:1] if isinstance(value, list) else value
            for name, value in fields.items()
        }
        for group, fields in body.items()
    }
    assert keys(other) == keys(body)


def test_a_key_is_bound_to_its_scope_and_tone() -> None:
    """Another tenant, language or writer never shares a key; people's texts have a key of their own.

    Another embedding shares keys, since equal facts need no vectors, and never a partition.
    """
    plain = FULL | {"options": {}}
    mine = keys(plain)["company"]
    assert len(set(mine)) == 2
    assert not set(keys(plain, tenant="u")["company"]) & set(mine)
    assert keys(plain, embedding="f")["company"] == mine
    partitions = {need.partition for need in brief(plain).needs}
    assert not partitions & {need.partition for need in brief(plain, embedding="f").needs}
    assert keys(plain, writer="x")["company"][0] == mine[0]
    assert keys(plain, writer="x")["company"][1] != mine[1]
    assert not set(keys(FULL | {"options": {"language": "en"}})["company"]) & set(mine)
    assert keys(FULL | {"options": {"tone": "formal"}})["company"][1] != mine[1]
    assert all(len(key) == 40 for key in mine)


def test_a_section_without_facts_is_not_asked_for() -> None:
    """With a name and a title alone there is no section about conditions, preferences or process."""
    needs = brief({"company": {"name": "A"}, "requirements": {"title": "B"}}).needs
    assert [need.kind for need in needs if need.required] == [
        "headline",
        "company",
        "responsibilities",
        "requirements",
    ]
    assert [need.kind for need in needs if not need.required] == ["benefits"]


def test_what_is_excluded_is_neither_a_section_nor_a_fact() -> None:
    """``exclude`` takes whole sections out, and facts out of the sections that would state them."""
    made = brief(FULL | {"options": {"exclude": ["process", "salary", "work_mode"]}})
    assert "process" not in {need.kind for need in made.needs}
    assert not any("salary" in path or "work_mode" in path for need in made.needs for path in need.facts)
