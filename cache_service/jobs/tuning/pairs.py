"""Labelled pairs: a text stored for one request, wanted for another, and whether serving it was right."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cache_service.cache.policies.proposals import Pair
from cache_service.jobs.read_lines import BadLine, read_lines
from cache_service.posting.request import Language, PostingRequest
from cache_service.posting.sections import SectionKind
from cache_service.store.protocol import Store

MAX_ERRORS: Final = 1000
MAX_TEXT_CHARS: Final = 20_000
FEEDBACK: Final = "feedback"


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """``group``: what pairs are split by, the company; ``source``: where the pair is from."""

    pair: Pair
    group: str
    right: bool
    source: str


@dataclass(slots=True)
class PairsRead:
    """What was read: the pairs, and each line that was skipped with its reason."""

    pairs: list[LabelledPair] = field(default_factory=list)
    skipped: int = 0
    errors: list[tuple[int, str]] = field(default_factory=list)

    def skip(self, line: int, reason: str) -> None:
        """Note a line that was left out."""
        self.skipped += 1
        if len(self.errors) < MAX_ERRORS:
            self.errors.append((line, reason))


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    kind: SectionKind
    language: Language
    group: Annotated[str, Field(min_length=1, max_length=500)]
    stored: PostingRequest
    wanted: PostingRequest
    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT_CHARS)]
    heading: Annotated[str, Field(max_length=200)] | None = None
    label: Literal[0, 1]
    source: Annotated[str, Field(max_length=200)] = ""


def read_pairs(path: Path, into: PairsRead) -> None:
    """Read the pairs of a file of JSON lines, gzip or not. Lines that are no pair are skipped and noted.

    Raises:
        ImportFileError: the file cannot be read at all.
    """
    for line in read_lines(path):
        if isinstance(line, BadLine):
            into.skip(line.number, line.reason)
            continue
        try:
            one = _Line.model_validate_json(json.dumps(line.record, ensure_ascii=False))
        except ValidationError as exc:
            error = exc.errors(include_url=False, include_input=False)[0]
            into.skip(line.number, f"{'.'.join(map(str, error['loc'])) or 'the line'}: {error['msg']}")
            continue
        except ValueError:  # a lone surrogate, which JSON can name and UTF-8 cannot hold
            into.skip(line.number, "the line holds a character that is not Unicode text")
            continue
        pair = Pair(one.kind, _in(one.language, one.stored), _in(one.language, one.wanted), one.text, one.heading)
        into.pairs.append(LabelledPair(pair, one.group, one.label == 1, one.source))


async def feedback_pairs(store: Store, tenant: str, into: PairsRead) -> None:
    """The pairs that users have labelled: the entry's request and theirs, right or wrong as ``was_right`` has it.

    Feedback on what was written anew, or on an entry that is gone, labels no reuse and is passed over.
    """
    async for record in store.feedback(tenant):
        if record.entry_id is None:
            continue
        posting = await store.get_posting(tenant, record.posting_id)
        entry = await store.get_entry(tenant, record.entry_id)
        if posting is None or posting.request is None or posting.answer is None or entry is None:
            continue
        text = next((one["text"] for one in entry.sections if one["kind"] == record.section), None)
        if text is None:
            continue
        wanted = PostingRequest.model_validate_json(posting.request)
        stored = PostingRequest.model_validate_json(json.dumps(entry.request))
        pair = Pair(record.section, _in(wanted.language, stored), wanted, text)
        into.pairs.append(LabelledPair(pair, wanted.company.name, record.right, FEEDBACK))


def digest_of(pairs: Iterable[LabelledPair]) -> str:
    """Names the pairs, whatever their order: 32 hexadecimal digits."""
    lines = sorted(_digest(one) for one in pairs)
    return hashlib.blake2b("".join(lines).encode(), digest_size=16).hexdigest()


def _digest(one: LabelledPair) -> str:
    pair = one.pair
    content: list[Any] = [
        pair.kind, pair.stored.model_dump(mode="json"), pair.wanted.model_dump(mode="json"), pair.text, pair.heading,
        one.group, one.right,
    ]  # fmt: skip
    return hashlib.blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=16).hexdigest()


def _in(language: Language, request: PostingRequest) -> PostingRequest:
    if request.options.language == language:
        return request
    return request.model_copy(update={"options": request.options.model_copy(update={"language": language})})
