"""Real postings as stored entries and as requests: read at run time, written nowhere but into the service asked."""

from __future__ import annotations

import copy
import gzip
import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import ValidationError

from benchmarks.reuse.postings import SHARED
from benchmarks.reuse.rewordings import reworded_by_rule
from cache_service.jobs.derive import RecordError, derive
from cache_service.posting.request import PostingRequest
from cache_service.posting.sections import KINDS

Request = dict[str, Any]
Asked = Literal["section", "posting", "new"]
SEED: Final = 20261123
_HELD_OUT: Final = 16  # one company in so many is not stored
_COMPANY_FORMS: Final = {"ko": "주식회사 {}", "en": "{} Inc."}
_TITLE_FORMS: Final = {"ko": "{} 채용", "en": "{} wanted"}


@dataclass(frozen=True)
class Corpus:
    """``entries`` as ``POST /v1/cache/entries`` takes them; ``requests`` by what they ask for, none twice."""

    entries: list[dict[str, Any]]
    requests: dict[Asked, list[Request]]


def read(requests: int, waves: int) -> Corpus:
    """All real postings, companies split into stored and held out; ``requests`` of each kind, of the reworded whole
    postings ``waves`` more.

    ``section``: one section (duties) of a stored posting, told in other words; ``posting``: all sections so; ``new``:
    a posting of a company that is not stored. Half of the stored companies' requests count as complete, those of the
    others as read off their texts, as ``gonggo import`` stores them. FileNotFoundError where the data are not there.
    """
    chance = random.Random(SEED)
    entries: list[dict[str, Any]] = []
    held_out: list[Request] = []
    for language, row in _rows():
        try:
            draft = derive(row)
        except RecordError:
            continue
        request = draft.request.model_dump(mode="json", exclude_none=True)
        request["options"]["language"] = language
        share = hashlib.blake2b(f"{SEED}:{row['split_group']}".encode(), digest_size=1).digest()[0]
        if share % _HELD_OUT == 0:
            held_out.append(request)
            continue
        sections = [{"kind": one.kind, "text": one.text} for one in draft.sections]
        complete = bool(share // _HELD_OUT % 2)
        entries.append({"request": request, "posting": {"sections": sections}, "derived": not complete})
    stored = [one["request"] for one in entries if one["request"]["requirements"].get("responsibilities")]
    chance.shuffle(stored)
    reworded = [told for one in stored if _is_valid(told := _reworded(one, chance))][: 2 * requests + waves]
    return Corpus(
        entries,
        {
            "section": [_only(one, "responsibilities") for one in reworded[:requests]],
            "posting": reworded[requests:],
            "new": chance.sample(held_out, min(requests, len(held_out))),
        },
    )


def _rows() -> Iterator[tuple[str, dict[str, Any]]]:
    for language in ("ko", "en"):
        with gzip.open(SHARED / f"postings_{language}.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in file:
                yield language, json.loads(line)


def _reworded(request: Request, chance: random.Random) -> Request:
    """The same told otherwise in every section: no key finds it, and what may be told so is found by meaning."""
    told = copy.deepcopy(request)
    company, job = told["company"], told["requirements"]
    language = told["options"]["language"]
    company["name"] = _COMPANY_FORMS[language].format(company["name"])
    job["title"] = _TITLE_FORMS[language].format(job["title"])
    for name, group in (("responsibilities", job), ("preferred", job), ("benefits", company)):
        if name in group:
            duty, told_by_rule = name == "responsibilities", name != "benefits"
            group[name] = [
                (told_by_rule and reworded_by_rule(one, language, chance, duty=duty)) or f"{one}."
                for one in group[name]
            ]
    return told


def _is_valid(request: Request) -> bool:
    try:
        PostingRequest.model_validate(request)
    except ValidationError:  # longer than a field may be
        return False
    return True


def _only(request: Request, kind: str) -> Request:
    return {**request, "options": {**request["options"], "exclude": [one for one in KINDS if one != kind]}}
