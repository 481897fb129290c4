"""What is stored: entries made from past postings and from what was just written. Builds values, stores nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cache_service.posting.canonical import fold
from cache_service.posting.company_names import company_key
from cache_service.posting.facts import Facts, facts_of
from cache_service.posting.needs import COMPOSED_KINDS, partition, represent
from cache_service.posting.request import PostingRequest
from cache_service.posting.scope import HUMAN, Scope, section_key
from cache_service.posting.sections import SECTIONS, SectionKind
from cache_service.store.records import NewEntry, NewSection, NewVector

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """A section to be stored. ``heading``: None for the usual one; ``tokens``: None where they were not counted."""

    kind: SectionKind
    heading: str | None
    text: str
    model: str | None = None
    tokens: int | None = None


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry to be stored. ``derived``: the request was read off the text; what it leaves open is unknown."""

    request: PostingRequest
    sections: tuple[SectionDraft, ...]
    derived: bool = False
    tags: tuple[str, ...] = ()
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entry that still lacks its vectors: ``represented`` holds what is to be embedded for each section."""

    entry: NewEntry
    represented: tuple[str | None, ...]


def prepare(
    drafts: Sequence[EntryDraft],
    *,
    tenant: str,
    writer: str,
    origin: Literal["import", "generated"],
    embedding: str,
    created_at: float,
    expires_at: float | None,
    new_id: Callable[[], str],
) -> list[Prepared]:
    """Entries with their facts, keys and digests. Blocking: run it in a thread."""
    return [
        _entry(draft, Scope(tenant, draft.request.language, writer, embedding), origin,
               created_at, expires_at, new_id())
        for draft in drafts
    ]  # fmt: skip


def represented_texts(prepared: Sequence[Prepared]) -> list[str]:
    """What ``embed`` needs the vectors of, each text once."""
    return list(dict.fromkeys(text for one in prepared for text in one.represented if text is not None))


def embed(
    prepared: Sequence[Prepared],
    vectors: Mapping[str, Vector],
    embedding: str,
    following: tuple[Mapping[str, Vector], str] | None = None,
) -> list[NewEntry]:
    """The entries ready to store: ``vectors`` of shape (d,) by represented text, made by the encoder ``embedding``.

    ``following``: the same of the encoder that the store is changing over to.
    """
    ready = []
    for entry, represented in ((one.entry, one.represented) for one in prepared):
        sections = tuple(
            section
            if text is None
            else replace(
                section,
                vector=_vector(entry, section.kind, text, vectors, embedding),
                next_vector=None if following is None else _vector(entry, section.kind, text, *following),
            )
            for section, text in zip(entry.sections, represented, strict=True)
        )
        ready.append(replace(entry, sections=sections))
    return ready


def _vector(entry: NewEntry, kind: SectionKind, text: str, vectors: Mapping[str, Vector], embedding: str) -> NewVector:
    scope = Scope(entry.tenant, entry.language, entry.writer, embedding)
    return NewVector(partition(scope, kind), _digest(text), vectors[text])


def _entry(
    draft: EntryDraft, scope: Scope, origin: Literal["import", "generated"], created_at: float,
    expires_at: float | None, id_: str,
) -> Prepared:  # fmt: skip
    request = draft.request
    facts = facts_of(request)
    tone = None if scope.writer == HUMAN else request.options.tone
    sections = tuple(_section(section, scope, facts, tone, derived=draft.derived) for section in draft.sections)
    content = [
        scope.digest, tone, draft.derived, sorted(draft.tags), draft.title,
        request.model_dump(mode="json", exclude={"options"}), sorted(request.options.exclude or ()),
        [[section.kind, section.heading, section.text] for section in sections],
    ]  # fmt: skip
    entry = NewEntry(
        id=id_, tenant=scope.tenant, language=scope.language, writer=scope.writer, origin=origin,
        digest=_digest(json.dumps(content, ensure_ascii=False, sort_keys=True)),
        company_key=company_key(request.company.name), title_key=fold(request.requirements.title), tone=tone,
        derived=draft.derived, tags=draft.tags,
        request=request.model_dump(mode="json", exclude_none=True, exclude={"options": {"session_id", "priority"}}),
        title=draft.title or request.requirements.title, facts=facts, created_at=created_at, expires_at=expires_at,
        sections=sections,
    )  # fmt: skip
    represented = (
        None if section.kind in COMPOSED_KINDS else represent(SECTIONS[section.kind], facts)
        for section in draft.sections
    )
    return Prepared(entry, tuple(represented))


def _section(draft: SectionDraft, scope: Scope, facts: Facts, tone: str | None, *, derived: bool) -> NewSection:
    spec = SECTIONS[draft.kind]
    key = section_key(scope, spec, facts, tone)
    return NewSection(
        kind=draft.kind,
        heading=draft.heading or spec.headings[scope.language],
        text=draft.text,
        # Facts read off a text are not all that it depends on: no request may find it by facts alone.
        key=f"derived:{key}" if derived else key,
        vector=None,
        model=draft.model,
        tokens=estimate_tokens(draft.text) if draft.tokens is None else draft.tokens,
    )


def estimate_tokens(text: str) -> int:
    """Tokens of a text nobody counted: a rough figure for reporting savings.

    Hangul counts 0.7 tokens a character and everything else 0.25, the usual order for large vocabularies.
    """
    hangul = sum("\uac00" <= char <= "\ud7a3" for char in text)
    return max(1, round(0.7 * hangul + 0.25 * (len(text) - hangul)))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
