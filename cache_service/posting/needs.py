"""Needs: what each section of a posting has to be, before anyone asks where it could come from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from cache_service.posting.canonical import clean, fold
from cache_service.posting.company_names import company_key
from cache_service.posting.facts import Facts, facts_of
from cache_service.posting.request import PostingRequest
from cache_service.posting.scope import HUMAN, Scope, section_key
from cache_service.posting.sections import FREE_TEXT, KINDS, SECTIONS, SectionKind, SectionSpec

# Free text beyond this many characters takes no part in finding candidates; what decides reads all of it.
REPRESENTED_CHARS: Final = 240
# Facts and headings alone make these; nothing is gained by looking for them.
COMPOSED_KINDS: Final[frozenset[SectionKind]] = frozenset({"headline", "conditions", "process"})
# What a company's own earlier posting may say of the company when the request leaves it open.
RECORD_PATHS: Final[dict[SectionKind, tuple[str, ...]]] = {
    "company": ("company.industry", "company.about", "company.size", "company.founded", "company.culture"),
    "benefits": ("company.benefits",),
}
# Inputs that a text of any section may leave unsaid.
CONTEXT_PATHS: Final = frozenset({"requirements.work_mode", "requirements.employment_type"})


@dataclass(frozen=True, slots=True)
class SectionNeed:
    """One section that is asked for.

    ``facts``: its inputs among the request's facts. ``keys``: where a text with exactly these facts is stored,
    by writer (people, then the configured one). ``required``: False where it is only wanted if the company's own
    earlier postings have it. ``representation``: what is embedded to find near ones.
    """

    spec: SectionSpec
    facts: Facts
    keys: tuple[str, ...]
    tone: str | None
    required: bool
    partition: str
    representation: str

    @property
    def kind(self) -> SectionKind:
        """The kind of section."""
        return self.spec.kind


@dataclass(frozen=True, slots=True)
class Brief:
    """A request made ready: its facts, its scope, and the sections it needs in reading order."""

    request: PostingRequest
    facts: Facts
    scope: Scope
    company_key: str
    title_key: str
    needs: tuple[SectionNeed, ...]
    digest: str


def brief_of(request: PostingRequest, *, tenant: str, writer: str, embedding: str) -> Brief:
    """Make ``request`` ready within a scope."""
    facts = facts_of(request)
    options = request.options
    scope = Scope(tenant, request.language, writer, embedding)
    left_out = frozenset(options.exclude or ())
    key = company_key(request.company.name)
    needs = tuple(
        need
        for kind in KINDS
        if kind not in left_out and (need := _need(SECTIONS[kind], facts, scope, options.tone)) is not None
    )
    digest = hashlib.blake2b(request.model_dump_json().encode(), digest_size=20).hexdigest()
    return Brief(request, facts, scope, key, fold(request.requirements.title), needs, digest)


def _need(spec: SectionSpec, facts: Facts, scope: Scope, tone: str | None) -> SectionNeed | None:
    required = any(path in facts for path in spec.present_if)
    if not required and spec.kind not in RECORD_PATHS:
        return None
    inputs = facts.only(spec.depends_on)
    return SectionNeed(
        spec=spec,
        facts=inputs,
        keys=tuple(
            section_key(Scope(scope.tenant, scope.language, writer, scope.embedding), spec, facts, tone_of)
            for writer, tone_of in ((HUMAN, None), (scope.writer, tone))
        ),
        tone=tone,
        required=required,
        partition=partition(scope, spec.kind),
        representation=represent(spec, facts),
    )


def partition(scope: Scope, kind: SectionKind) -> str:
    """Where the vectors of one kind of section live: vectors of two partitions are never compared."""
    return f"{scope.tenant}/{scope.language}/{scope.embedding}/{kind}"


def embedding_of(partition: str) -> str:
    """The embedding whose vectors a partition holds."""
    return partition.split("/")[-2]


def represent(spec: SectionSpec, facts: Facts) -> str:
    """The text embedded for a section: its facts in a fixed order, long free text cut to a bound."""
    lines = []
    for path in spec.depends_on:
        if path not in facts:
            continue
        match facts[path]:
            case tuple() as items:
                shown = ", ".join(sorted(clean(item) for item in items))
            case value:
                shown = clean(str(value))
        lines.append(shown[:REPRESENTED_CHARS] if path in FREE_TEXT or len(shown) > REPRESENTED_CHARS else shown)
    return " | ".join(lines)
