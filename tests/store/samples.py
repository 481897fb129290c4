"""Entries made for tests of stores."""

from __future__ import annotations

import numpy as np

from cache_service.posting.facts import Facts
from cache_service.store.records import NewEntry, NewSection, NewVector

PARTITION = "t/ko/e/company"


def unit(seed: int, dimension: int = 8) -> np.ndarray:
    row = np.random.default_rng(seed).normal(size=dimension).astype(np.float32)
    return row / np.linalg.norm(row)  # type: ignore[no-any-return]


def entry(number: int, *, tenant: str = "t", expires_at: float | None = None, shared: bool = False) -> NewEntry:
    """An entry of its own; with ``shared`` its section shares a vector with every other such entry."""
    vector = NewVector(PARTITION, "shared" if shared else str(number), unit(0 if shared else number))
    section = NewSection("company", "회사 소개", f"본문 {number}", f"key-{number}", vector, None, 5)
    return NewEntry(
        id=f"ent_{number}", tenant=tenant, language="ko", writer="human", origin="import", digest=f"d{number}",
        company_key=f"company{number % 3}", title_key="title", tone=None, derived=False, tags=("a", f"tag{number}"),
        request={"company": {"name": "x"}}, title="제목", facts=Facts({"company.name": "x", "company.culture": ("a",)}),
        created_at=100.0 + number, expires_at=expires_at, sections=(section,),
    )  # fmt: skip
