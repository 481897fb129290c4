"""Labelled pairs for ``gonggo tune``: a section stored for one request, and whether another may have it as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.reuse.traps import REUSED, Case
from cache_service.posting.sections import SECTIONS

_PATHS = {
    "company": "company.name", "skill": "requirements.skills", "benefit": "company.benefits",
    "polarity": "requirements.skills", "email": "requirements.contact", "phone": "requirements.contact",
    "url": "requirements.contact",
}  # fmt: skip


def write_pairs(path: Path, traps: Sequence[Case], rewordings: Sequence[Case]) -> int:
    """Write a line a section that the changed fact bears on; how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for source, cases in (("trap", traps), ("rewording", rewordings)):
            for case in cases:
                for pair in _pairs(case, source):
                    file.write(json.dumps(pair, ensure_ascii=False) + "\n")
                    count += 1
    return count


def _pairs(case: Case, source: str) -> Iterator[dict[str, Any]]:
    base = case.base
    kinds = case.about if source == "rewording" else [kind for kind in REUSED if _depends(case, kind)]
    for kind in kinds:
        yield {
            "kind": kind, "language": base.language, "group": base.group, "stored": base.request,
            "wanted": case.request, "text": base.sections[kind], "label": int(source == "rewording"), "source": source,
        }  # fmt: skip


def _depends(case: Case, kind: Any) -> bool:
    path = _PATHS.get(case.fact) or next(
        (f"{group}.{case.fact}" for group in ("requirements", "company") if case.fact in case.base.request[group]), ""
    )
    return kind in case.base.sections and (
        path in SECTIONS[kind].depends_on or any(one in case.base.sections[kind] for one in case.gone if len(one) > 3)
    )
