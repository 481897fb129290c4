"""Real postings as raw material: read at run time, split by ``split_group`` into a half to tune on and one to test on.

Nothing of them is written anywhere but into ``--pairs`` files, which are not for the repository.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from benchmarks.reuse.wording import Lang
from cache_service.jobs.derive import RecordError, derive

SHARED: Final = Path("../shared/data")
SEED: Final = 20261123
Half = Literal["tune", "test"]
_ITEM_CHARS: Final = range(6, 140)
_ITEMS: Final = 4
_ABOUT_CHARS: Final = 500
_PLAIN_TITLE: Final = re.compile(r"[A-Za-z가-힣][A-Za-z가-힣 ]{1,38}")
_PLAIN_NAME: Final = re.compile(r"[A-Za-z가-힣][A-Za-z가-힣 &.]{1,28}")
# The typed fields of a base are drawn: a real line that states one of them would contradict its request.
_TYPED: Final = re.compile(
    r"재택|원격|하이브리드|인턴|신입|경력|주니어|시니어|정규직|계약직|파트타임|연봉|학사|석사|박사|필수|우대"
    r"|remote|hybrid|on-?site|work from home|\bintern|entry.level|junior|senior|full.?time|part.?time|salary|bachelor"
    r"|master'?s|degree|required|\bmust\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Material:
    """What one real posting contributes: its company, its title and its free text."""

    id: str
    group: str
    half: Half
    language: Lang
    company: str
    title: str
    about: str | None
    responsibilities: tuple[str, ...]
    preferred: tuple[str, ...]
    benefits: tuple[str, ...]


def half_of(group: str) -> Half:
    """The half that a group of postings belongs to: fixed for good by the seed and the group's name."""
    return "test" if hashlib.blake2b(f"{SEED}:{group}".encode(), digest_size=1).digest()[0] % 2 else "tune"


def materials(language: Lang) -> Iterator[Material]:
    """All usable postings of a language, in file order. FileNotFoundError where the data are not there."""
    with gzip.open(SHARED / f"postings_{language}.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            try:
                request = derive(row).request.model_dump(mode="json", exclude_none=True)
            except RecordError:
                continue
            if (found := _material(row, request, language)) is not None:
                yield found


def _material(row: dict[str, Any], request: dict[str, Any], language: Lang) -> Material | None:
    company, job = request["company"], request["requirements"]
    name, title = company["name"], job["title"]
    if not _PLAIN_NAME.fullmatch(name) or not _PLAIN_TITLE.fullmatch(title):
        return None
    if (request["options"].get("language") or language) != language:
        return None
    found = Material(
        row["id"], row["split_group"], half_of(row["split_group"]), language, name, title,
        _shortened(company.get("about")), *(_items(source.get(field)) for source, field in (
            (job, "responsibilities"), (job, "preferred"), (company, "benefits"))),
    )  # fmt: skip
    return found if found.about or found.responsibilities or found.benefits else None


def _items(items: list[str] | None) -> tuple[str, ...]:
    return tuple(item for item in items or () if len(item) in _ITEM_CHARS and not _TYPED.search(item))[:_ITEMS]


def _shortened(about: str | None) -> str | None:
    kept: list[str] = []
    for line in (about or "").split("\n"):
        if sum(map(len, kept)) + len(line) > _ABOUT_CHARS:
            break
        if not _TYPED.search(line):
            kept.append(line)
    return "\n".join(kept).strip() or None
