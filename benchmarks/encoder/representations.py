"""Which representation finds the right neighbour, by which encoder.

``reworded``: a request worded otherwise (`benchmarks.reuse`, test half: companies that nothing was tuned on) has to
find, for each section that the rewording touches, a stored section of the same facts as its own, among those of all
bases of its language, several of which are made of the same posting. ``family``: a real posting has to find one of its
job group among the postings of all *other* companies.

``reworded`` has one field worded otherwise, or, harder, all that can be (``all_fields``).

request  one text of all facts
job      one text of all facts that the sections in question depend on
section  one text a section, of the facts that it depends on (what the service embeds)
field    one text a field; the mean of the cosines, nothing for a field that only one of the two has
"""

from __future__ import annotations

import gzip
import json
import random
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import REAL_POSTINGS
from benchmarks.reuse.base import Base, Request, with_request, write
from benchmarks.reuse.postings import SEED, SHARED
from benchmarks.reuse.rewordings import makers
from benchmarks.reuse.suite import make_suite
from cache_service.jobs.derive import RecordError, derive
from cache_service.posting.facts import Facts, facts_of
from cache_service.posting.needs import represent
from cache_service.posting.request import PostingRequest
from cache_service.posting.sections import KINDS, SECTIONS, SectionKind
from embeddings.cached import CachedEncoder
from embeddings.encoder import Encoder
from embeddings.hashing import HashingEncoder
from embeddings.load import load_encoder

Texts = dict[str, str]
Represent = Callable[[Facts, Sequence[SectionKind]], Texts]
Matrix = NDArray[np.float32]
Query = tuple[Base, Request, frozenset[str]]
JOB: Final[tuple[SectionKind, ...]] = ("responsibilities", "requirements", "preferred")
FIRST: Final = 50
BASES: Final = 400
HARD: Final = 150
TIMED: Final = 300


def by_request(facts: Facts, _kinds: Sequence[SectionKind]) -> Texts:
    """All facts in one text."""
    paths = dict.fromkeys(path for kind in KINDS for path in SECTIONS[kind].depends_on)
    return {"request": _text(SECTIONS["company"], tuple(paths), facts)}


def by_job(facts: Facts, kinds: Sequence[SectionKind]) -> Texts:
    """All facts that the sections depend on, in one text."""
    paths = dict.fromkeys(path for kind in kinds for path in SECTIONS[kind].depends_on)
    return {"job": _text(SECTIONS["company"], tuple(paths), facts)}


def by_section(facts: Facts, kinds: Sequence[SectionKind]) -> Texts:
    """A text a section."""
    return {kind: represent(SECTIONS[kind], facts) for kind in kinds}


def by_field(facts: Facts, kinds: Sequence[SectionKind]) -> Texts:
    """A text a field."""
    paths = dict.fromkeys(path for kind in kinds for path in SECTIONS[kind].depends_on)
    return {path: _text(SECTIONS["company"], (path,), facts) for path in paths}


def _text(spec: Any, paths: tuple[str, ...], facts: Facts) -> str:
    return represent(replace(spec, depends_on=paths), facts)


REPRESENTATIONS: Final[dict[str, Represent]] = {
    "request": by_request, "job": by_job, "section": by_section, "field": by_field,
}  # fmt: skip


def measure() -> dict[str, Any]:
    """Shares of queries that found the right one, by task, representation and encoder; nothing without the data."""
    if not REAL_POSTINGS.exists():
        return {"skipped": f"{SHARED} is not there"}
    bundled = load_encoder("bundled", Path("models"), threads=2)
    encoders: dict[str, Encoder] = {
        name: CachedEncoder(one, 200_000) for name, one in (("bundled", bundled), ("hashing", HashingEncoder()))
    }
    figures: dict[str, Any] = {"seed": SEED, "first": FIRST}
    figures["reworded"] = {language: reworded(encoders, language) for language in ("ko", "en")}
    figures["family"] = family(encoders)
    figures["one_text_ms"] = one_text({"bundled": bundled, "hashing": HashingEncoder()})
    return figures


def similarities(encoder: Encoder, queries: Sequence[Texts], stored: Sequence[Texts]) -> Matrix:
    """Mean cosine of the texts under one label, shape (queries, stored)."""
    labels = {label for texts in (*queries, *stored) for label in texts}
    total = np.zeros((len(queries), len(stored)), np.float32)
    either = np.zeros_like(total)
    for label in sorted(labels):
        (one, has_one), (other, has_other) = (_rows(encoder, texts, label) for texts in (queries, stored))
        total += one @ other.T
        either += has_one[:, None] | has_other[None, :]
    return total / np.maximum(either, 1)


def _rows(encoder: Encoder, texts: Sequence[Texts], label: str) -> tuple[Matrix, NDArray[np.bool_]]:
    """Vectors of the texts under a label, zeros where there is none, and where there is one."""
    has = np.array([bool(one.get(label)) for one in texts])
    rows = np.zeros((len(texts), encoder.dimension), np.float32)
    if has.any():
        rows[has] = encoder.encode([one[label] for one in texts if one.get(label)])
    return rows, has


class Hits:
    """Counts what was found first."""

    def __init__(self) -> None:
        self.queries = 0
        self.found: Counter[str] = Counter()

    def count(self, near: dict[str, Matrix], right: NDArray[np.bool_]) -> None:
        """``near``: similarities (queries, stored) by encoder; ``right`` (queries, stored); minus infinity and False
        for what a query may not find."""
        self.queries += len(right)
        rows = np.arange(len(right))
        for name, values in near.items():
            order = np.argsort(-values, axis=1, kind="stable")[:, :10]
            self.found[f"{name}@1"] += int(right[rows, order[:, 0]].sum())
            self.found[f"{name}@10"] += int(right[rows[:, None], order].any(axis=1).sum())
        cheap, good = near["hashing"], near["bundled"]
        kept = np.argpartition(-cheap, min(FIRST, cheap.shape[1] - 1), axis=1)[:, :FIRST]
        best = kept[rows, np.take_along_axis(good, kept, axis=1).argmax(axis=1)]
        self.found["hashing, then bundled@1"] += int(right[rows, best].sum())
        self.found["bundled's first among hashing's"] += int((kept == good.argmax(axis=1)[:, None]).any(axis=1).sum())

    def shares(self) -> dict[str, float]:
        """Of all queries."""
        return {name: round(count / self.queries, 4) for name, count in self.found.items()}


def reworded(encoders: dict[str, Encoder], language: Any) -> dict[str, Any]:
    """The reworded request's own section: one field reworded, and all that can be."""
    suite = make_suite("test", (language,), bases=BASES)
    cases = [case for case in suite.cases if case.source == "rewording" and not case.mirrored]
    chance = random.Random(SEED)
    one_field = [(case.base, case.wanted, frozenset(case.served)) for case in cases]
    all_fields = [all_reworded(base, chance) for base in chance.sample(suite.bases, HARD)]
    return {
        "stored": len(suite.bases),
        "one_field": _reworded(encoders, suite.bases, one_field),
        "all_fields": _reworded(encoders, suite.bases, all_fields),
    }


def all_reworded(base: Base, chance: random.Random) -> Query:
    """A base's request with every rewording that it lends itself to, and the sections that any of them touches."""
    worded, touched = base, set[str]()
    for maker in makers().values():
        if (case := maker(worded, chance)) is not None:
            worded = with_request(worded, case.wanted)
            write(worded, chance)
            touched |= set(case.served)
    return base, worded.request, frozenset(touched)


def _reworded(encoders: dict[str, Encoder], bases: Sequence[Base], cases: Sequence[Query]) -> dict[str, Any]:
    stored = [_facts(base.request) for base in bases]
    place = {id(base): number for number, base in enumerate(bases)}
    figures: dict[str, Any] = {}
    for name, represented in REPRESENTATIONS.items():
        hits = Hits()
        for kind in KINDS:
            asked = [(base, wanted) for base, wanted, served in cases if kind in served]
            held = [number for number, base in enumerate(bases) if kind in base.sections]
            if not asked or not held:
                continue
            same = np.array([represent(SECTIONS[kind], stored[number]) for number in held])
            own = np.array([represent(SECTIONS[kind], stored[place[id(base)]]) for base, _ in asked])
            queries = [represented(_facts(wanted), (kind,)) for _, wanted in asked]
            texts = [represented(stored[number], (kind,)) for number in held]
            near = {of: similarities(encoder, queries, texts) for of, encoder in encoders.items()}
            hits.count(near, own[:, None] == same[None, :])
        figures["queries"] = hits.queries
        figures[name] = hits.shares()
    return figures


def family(encoders: dict[str, Encoder]) -> dict[str, Any]:
    """A posting of the same job group at another company."""
    groups: list[str] = []
    companies: list[str] = []
    facts: list[Facts] = []
    with gzip.open(REAL_POSTINGS, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            try:
                facts.append(facts_of(derive(row).request))
            except RecordError:
                continue
            groups.append(row["job_group"])
            companies.append(row["split_group"])
    group, company = np.array(groups), np.array(companies)
    right = (group[:, None] == group[None, :]) & (company[:, None] != company[None, :])
    others = company[:, None] != company[None, :]
    by_chance = float((right.sum(1) / others.sum(1)).mean())
    figures: dict[str, Any] = {"queries": len(facts), "groups": len(set(groups)), "by_chance": round(by_chance, 4)}
    for name, represented in REPRESENTATIONS.items():
        texts = [represented(one, JOB) for one in facts]
        near = {of: np.where(others, similarities(encoder, texts, texts), -np.inf) for of, encoder in encoders.items()}
        hits = Hits()
        hits.count(near, right)
        figures[name] = hits.shares()
        figures[name]["bundled@1, mean of groups"] = _by_group(near["bundled"], right, groups)
        figures[name]["hashing@1, mean of groups"] = _by_group(near["hashing"], right, groups)
    return figures


def _by_group(near: Matrix, right: NDArray[np.bool_], groups: Sequence[str]) -> float:
    """The share of each group, averaged: large groups count no more than small ones."""
    found: dict[str, list[bool]] = defaultdict(list)
    for number, group in enumerate(groups):
        found[group].append(bool(right[number, near[number].argmax()]))
    return round(statistics.fmean(statistics.fmean(one) for one in found.values()), 4)


def one_text(encoders: dict[str, Encoder]) -> dict[str, float]:
    """Median milliseconds of a section's text."""
    from benchmarks.encoder.batching import section_texts

    texts = section_texts(TIMED)
    spent: dict[str, list[float]] = defaultdict(list)
    for text in texts:
        for name, encoder in encoders.items():
            started = perf_counter()
            encoder.encode([text])
            spent[name].append((perf_counter() - started) * 1e3)
    return {name: round(statistics.median(found), 3) for name, found in spent.items()}


def _facts(request: dict[str, Any]) -> Facts:
    return facts_of(PostingRequest.model_validate_json(json.dumps(request)))
