"""How many texts a second the extractor reads, on one thread."""

from __future__ import annotations

import gzip
import itertools
import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.extraction.labelled import LabelledText
from benchmarks.machine import REAL_POSTINGS
from cache_service.posting.extract import extract_facts

ROUNDS = 5
SECTIONS = ("about", "responsibilities", "requirements", "preferred", "benefits")


def labelled_texts_per_s(texts: Sequence[LabelledText]) -> dict[str, float]:
    """On the labelled texts, all of them once a round."""
    return _per_s([(one.text, one.language) for one in texts])


def real_sections_per_s(limit: int = 4_000) -> dict[str, float] | dict[str, str]:
    """On sections of real postings of both languages, if they are there."""
    texts: list[tuple[str, str]] = []
    for language in ("ko", "en"):
        path = REAL_POSTINGS.with_name(f"postings_{language}.jsonl.gz")
        if not path.exists():
            return {"skipped": f"{path} is not there"}
        texts += itertools.islice(_sections(path, language), limit // 2)
    return _per_s(texts)


def _sections(path: Path, language: str) -> Any:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield from ((row[name], language) for name in SECTIONS if row.get(name))


def _per_s(texts: Sequence[tuple[str, str]]) -> dict[str, float]:
    """The median of some rounds, by the clock and by processor time (which other work on the machine alters less)."""
    by_clock, by_processor = [], []
    for _ in range(ROUNDS):
        clock, processor = time.perf_counter(), time.process_time()
        for text, language in texts:
            extract_facts(text, language)
        by_clock.append(len(texts) / (time.perf_counter() - clock))
        by_processor.append(len(texts) / (time.process_time() - processor))
    return {
        "texts": len(texts),
        "mean_characters": round(statistics.fmean(len(text) for text, _ in texts)),
        "per_s": round(statistics.median(by_clock)),
        "per_processor_s": round(statistics.median(by_processor)),
    }
