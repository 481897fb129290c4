"""Puts the bases into a real service over HTTP, asks it, and reads its answers as text, as a client would."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import httpx

from benchmarks.reuse.base import Base
from benchmarks.reuse.traps import REUSED, Case

SERVED = frozenset({"exact", "semantic", "adapted"})


def store(client: httpx.Client, bases: Sequence[Base]) -> None:
    """Add every base's posting."""
    for start in range(0, len(bases), 100):
        lines = "\n".join(json.dumps(base.entry(), ensure_ascii=False) for base in bases[start : start + 100])
        answer = client.post(
            "/v1/cache/entries", content=lines.encode(), headers={"Content-Type": "application/x-ndjson"}
        )
        answer.raise_for_status()
        assert answer.json()["rejected"] == 0, answer.text


def reused(client: httpx.Client, case: Case) -> dict[str, dict[str, Any]]:
    """The sections that the cache supplies, by kind."""
    answer = client.post("/v1/cache/lookup", json=case.request)
    answer.raise_for_status()
    sections = answer.json()["posting"]["sections"]
    return {one["kind"]: one for one in sections if one["kind"] in REUSED and one["source"]["tier"] in SERVED}


def wrong(case: Case, sections: dict[str, dict[str, Any]]) -> list[str]:
    """What reused sections say that is no longer so."""
    wanted = _plain(json.dumps(case.request, ensure_ascii=False))
    found = []
    for one in sections.values():
        text = _plain(one["text"])
        for gone in case.gone:
            said = _plain(gone)
            if len(said) > 1 and said not in wanted and _stands(said, text):
                found.append(f"{one['kind']} ({one['source']['tier']}): {gone}")
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold()


def _stands(said: str, text: str) -> bool:
    before = r"(?<![a-z0-9])" if said[0].isascii() and said[0].isalnum() else "(?<![가-힣])"
    after = r"(?![a-z0-9+#])" if said[-1].isascii() and said[-1].isalnum() else "(?![가-힣])" if len(said) < 12 else ""
    return re.search(before + re.escape(said) + after, text) is not None


def measure(client: httpx.Client, traps: Sequence[Case], rewordings: Sequence[Case]) -> dict[str, Any]:
    """Ask all; by language and fact: traps, served wrong, served right; rewordings, served."""
    table: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    examples: list[dict[str, Any]] = []
    for case in traps:
        sections = reused(client, case)
        row = table[case.base.language][f"{case.fact} {case.how}"]
        row["traps"] += 1
        row["sections_served"] += len(sections)
        row["sections_asked"] += sum(kind in case.base.sections for kind in REUSED)
        row["adapted"] += sum(one["source"]["tier"] == "adapted" for one in sections.values())
        if said := wrong(case, sections):
            row["served_wrong"] += 1
            examples.append({"fact": case.fact, "how": case.how, "id": case.base.id, "said": said})
    missed: list[dict[str, Any]] = []
    for case in rewordings:
        answer = client.post("/v1/cache/lookup", json=case.request).json()
        got = {one["kind"] for one in answer["posting"]["sections"] if one["source"]["tier"] in SERVED}
        row = table[case.base.language][f"reworded {case.fact}: {case.how}"]
        row["rewordings"] += len(case.about)
        row["served"] += sum(kind in got for kind in case.about)
        missed += [
            {"fact": case.fact, "how": case.how, "id": case.base.id, "kind": one["kind"], "reason": one["reason"],
             "nearest": one["nearest"]}
            for one in answer["missing"] if one["kind"] in case.about
        ]  # fmt: skip
    return {"table": table, "wrong": examples, "missed": missed}
