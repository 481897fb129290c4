"""The requests of a replay.

A request is of a real posting's company, title and free text, with typed fields drawn (``benchmarks.reuse.base``).
Companies recur as they do in the data; what a company says of itself stays the same in all its requests; titles are
drawn by Zipf's law. A near duplicate is an earlier request, drawn evenly: a third as it was, a third worded otherwise
(``benchmarks.reuse.rewordings``), a third with one number changed.
"""

from __future__ import annotations

import copy
import csv
import gzip
import random
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from benchmarks.reuse.base import Base, make_base
from benchmarks.reuse.postings import SHARED, Material, materials
from benchmarks.reuse.rewordings import makers
from benchmarks.reuse.wording import Lang

ARRIVALS: Final = SHARED / "arrivals_azure_llm_conv.csv.gz"
_ZIPF: Final = 1.0
_TRIES: Final = 20
Request = dict[str, Any]


def workload(language: Lang, count: int, duplicates: float, rate: float, seed: int) -> Iterator[dict[str, Any]]:
    """``count`` lines of ``{"at", "request"}``, ``rate`` a second on the mean; a share of them near ``duplicates``."""
    chance = random.Random(seed)
    new = _Newcomers(language, chance)
    bases: list[Base] = []
    for at in arrivals(count, rate):
        if bases and chance.random() < duplicates:
            request = near_duplicate(chance.choice(bases), chance)
        else:
            bases.append(new.base())
            request = bases[-1].request
        yield {"at": round(at, 4), "request": request}


def arrivals(count: int, rate: float, path: Path = ARRIVALS) -> list[float]:
    """The first ``count`` arrival times of the recorded trace, in seconds, stretched to ``rate`` a second."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        times = [
            datetime.fromisoformat(row["TIMESTAMP"][:26]).timestamp()
            for _, row in zip(range(count), csv.DictReader(file), strict=False)
        ]
    if len(times) < count:
        raise ValueError(f"{path} holds {len(times)} arrivals, fewer than {count}")
    span = (times[-1] - times[0]) or 1.0
    stretch = (count - 1) / rate / span
    return [(time - times[0]) * stretch for time in times]


class _Newcomers:
    """Requests that resemble no earlier one but by company or title."""

    def __init__(self, language: Lang, chance: random.Random) -> None:
        self._chance = chance
        self._materials = list(materials(language))
        titles = sorted({one.title for one in self._materials})
        chance.shuffle(titles)
        self._titles = titles
        self._weights = [1 / (rank + 1) ** _ZIPF for rank in range(len(titles))]
        self._by_title: dict[str, list[Material]] = {}
        for one in self._materials:
            self._by_title.setdefault(one.title, []).append(one)
        self._companies: dict[str, Request] = {}
        self._turn = 0

    def base(self) -> Base:
        """A base whose company is as often drawn as it has postings, with a title of Zipf's law."""
        chance = self._chance
        material = chance.choice(self._materials)
        title = chance.choices(self._titles, self._weights)[0]
        job = chance.choice(self._by_title[title])
        self._turn += 1
        base = make_base(material, self._turn, chance)
        base.request["requirements"] |= {"title": title, "responsibilities": list(job.responsibilities)}
        if not job.responsibilities:
            del base.request["requirements"]["responsibilities"]
        base.request["company"] = copy.deepcopy(self._companies.setdefault(material.company, base.request["company"]))
        return base


def near_duplicate(base: Base, chance: random.Random) -> Request:
    """The request of ``base`` again: as it was, worded otherwise, or with one number changed."""
    change: Callable[[Base, random.Random], Request] = chance.choice((_same, _reworded, _changed))
    return change(base, chance)


def _same(base: Base, _chance: random.Random) -> Request:
    return base.request


def _reworded(base: Base, chance: random.Random) -> Request:
    made = list(makers().values())
    for _ in range(_TRIES):
        if (case := chance.choice(made)(base, chance)) is not None:
            return case.wanted
    return base.request


def _changed(base: Base, chance: random.Random) -> Request:
    request = copy.deepcopy(base.request)
    job = request["requirements"]
    numbers = [name for name in ("years_min", "headcount", "probation_months") if name in job]
    if not numbers:
        return request
    name = chance.choice(numbers)
    highest = job.get("years_max", 60) if name == "years_min" else 24
    job[name] = min(highest, job[name] + chance.randrange(1, 3))
    return request
