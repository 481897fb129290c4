"""Drives the real service as a client would, and judges what it serves."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx

from benchmarks.reuse.base import Base
from benchmarks.reuse.case import Case, holds, plain
from benchmarks.service import service
from cache_service.posting.extract import read_facts

BATCH: Final = 100
REUSED: Final = frozenset({"exact", "semantic", "adapted", "template"})


@dataclass
class Outcome:
    """What became of a case. ``served``: by kind, the tier of what was reused; ``wrong``: by kind, what it states
    that it may not; ``unread``: the kinds among them that only the project's extractor objects to; ``silent``: kinds
    that lack the new fact though they changed for it; ``reasons``: why a section was not reused."""

    case: Case
    served: dict[str, str] = field(default_factory=dict)
    similarity: dict[str, float] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, Any] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Of a rewording: whether every section that must be reused was."""
        return all(self.served.get(kind) in {"exact", "semantic", "adapted"} for kind in self.case.served)


def store(client: httpx.Client, entries: Iterable[dict[str, Any]]) -> None:
    """Add the entries as NDJSON. RuntimeError where the service turns one away."""
    lines = [json.dumps(entry, ensure_ascii=False) for entry in entries]
    for start in range(0, len(lines), BATCH):
        answer = client.post(
            "/v1/cache/entries",
            content="\n".join(lines[start : start + BATCH]).encode(),
            headers={"Content-Type": "application/x-ndjson"},
        )
        answer.raise_for_status()
        if answer.json()["rejected"]:
            raise RuntimeError(f"entries were turned away: {answer.json()['errors'][:3]}")


def run(cases: Sequence[Case], bounds: Sequence[float]) -> dict[float, list[Outcome]]:
    """The outcomes of ``cases`` by error bound, sent as ``options.max_error``; ``bounds`` fall.

    A case that had nothing judged by the policy (no section of tier ``semantic``) under one bound is not asked again
    under the stricter ones: a policy that withholds does not begin to serve where less may be wrong.
    """
    outcomes: dict[float, list[Outcome]] = {bound: [] for bound in bounds}
    for together in rounds(cases):
        bases = {id(case.base): case.base for case in together}
        with tempfile.TemporaryDirectory() as folder, service(Path(folder)) as (client, _, _):
            store(client, (base.entry() for base in bases.values()))
            last: dict[int, Outcome] = {}
            for bound in bounds:
                for number, case in enumerate(together):
                    if number not in last or "semantic" in last[number].served.values():
                        last[number] = ask(client, case, bound)
                    outcomes[bound].append(last[number])
    return outcomes


def rounds(cases: Sequence[Case]) -> list[list[Case]]:
    """The cases in as few parts as keep two wordings of one posting apart, which could answer for each other."""
    parts: list[tuple[dict[str, Base], list[Case]]] = []
    for case in cases:
        for bases, together in parts:
            if bases.setdefault(case.base.id, case.base) is case.base:
                together.append(case)
                break
        else:
            parts.append(({case.base.id: case.base}, [case]))
    return [together for _, together in parts]


def ask(client: httpx.Client, case: Case, bound: float) -> Outcome:
    """What the service's cache alone answers, judged."""
    request = {**case.wanted, "options": {**case.wanted["options"], "max_error": bound}}
    answer = client.post("/v1/cache/lookup", json=request)
    answer.raise_for_status()
    return judged(case, answer.json())


def judged(case: Case, answer: dict[str, Any]) -> Outcome:
    """The outcome of a case from the JSON answer of ``POST /v1/cache/lookup``."""
    outcome = Outcome(case)
    for section in answer["posting"]["sections"]:
        kind, source = section["kind"], section["source"]
        if source["tier"] not in REUSED:
            continue
        outcome.served[kind] = source["tier"]
        outcome.similarity[kind] = source["similarity"] or 0.0
        if case.source != "trap":
            continue
        text = f"{section['heading']}\n{section['text']}"
        by_words, by_facts = violation(case, kind, text), misread(case, text)
        if by_words or by_facts:
            outcome.wrong[kind] = by_words or by_facts or ""
            outcome.texts[kind] = section["text"]
            if not by_words:
                outcome.unread.add(kind)
    for one in answer.get("missing") or ():
        outcome.reasons[one["kind"]] = (one.get("reason"), one.get("nearest"))
    return outcome


def violation(case: Case, kind: str, text: str) -> str | None:
    """What a served text says that it may not, or lacks, by the labels of the construction; None if nothing."""
    whole = text
    if isinstance(case.new, str) and isinstance(case.old, str) and _widens(case.old, case.new):
        text = plain(text).replace(
            plain(case.new), " "
        )  # "Experience with React Native" says no "Experience with React"
        if case.fact == "company" and holds(text, case.old):
            return case.old
    for where, words in case.forbidden:
        if where in {None, kind} and holds(text, words):
            return words
    if kind in case.home and case.needed and not any(holds(whole, words) for words in case.needed):
        return f"lacks {case.needed[0]}"
    return None


def _widens(old: str, new: str) -> bool:
    return old != new and plain(old) in plain(new)


def misread(case: Case, text: str) -> str | None:
    """The old value as the project's own extractor reads it in ``text``; None where it does not, or where the texts
    of the wanted request state the same."""
    if case.typed is None or case.old is None:
        return None
    language = case.base.language
    if not _states(text, case.typed, case.old, language):
        return None
    own = [value for group in ("company", "requirements") for value in case.wanted[group].values()]
    texts = [item for value in own for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
    if any(_states(one, case.typed, case.old, language) for one in texts):
        return None
    return f"{case.typed} {case.old}"


def _states(text: str, typed: str, value: Any, language: str) -> bool:
    return any(
        finding.fact.type == typed and value in {finding.fact.value, finding.fact.canonical}
        for finding in read_facts(text, language)
    )
