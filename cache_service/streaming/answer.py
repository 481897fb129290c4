"""The JSON answer of a posting, built from its sections. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Final, Literal

from cache_service.posting.needs import Brief
from cache_service.posting.plan import Nearest, Reuse, Source, Write
from cache_service.streaming.section_writer import Written

# Entries to look at while a posting is written.
ALTERNATIVES: Final = 3
Outcome = Literal["hit", "partial", "miss"]
Finished = Reuse | Written
_SOURCE: Final = tuple(field.name for field in fields(Source))


def outcome_of(sections: Sequence[Finished]) -> Outcome:
    """``hit``: nothing had to be written; ``partial``: some was reused; ``miss``: none was.

    What only facts make (headline, conditions, process, benefits from the request) counts neither way.
    """
    reused = sum(isinstance(section, Reuse) for section in sections)
    written = sum(isinstance(section, Written) and section.need.spec.prose for section in sections)
    if not written:
        return "hit"
    return "partial" if reused else "miss"


def source_json(source: Source) -> dict[str, Any]:
    """A source as clients see it."""
    shown = {name: getattr(source, name) for name in _SOURCE}  # ``asdict`` copies deeply, at ten times the cost
    return shown | {"changes": [dict(change) for change in source.changes]}


def section_json(section: Finished) -> dict[str, Any]:
    """A section as clients see it."""
    return {
        "kind": section.need.kind,
        "heading": section.heading,
        "text": section.text,
        "source": source_json(section.source),
    }


def answer_json(
    id_: str,
    brief: Brief,
    sections: Sequence[Finished],
    *,
    status: str,
    timing: Mapping[str, float | None],
    missing: Sequence[Write] | None = None,
) -> dict[str, Any]:
    """The whole answer. ``missing`` is given for a lookup: what the cache could not supply."""
    answer: dict[str, Any] = {
        "id": id_,
        "status": status,
        "cache": outcome_of(sections),
        "degraded": any(section.source.degraded for section in sections),
        "posting": {
            "title": brief.request.requirements.title,
            "language": brief.scope.language,
            "sections": [section_json(section) for section in sections],
        },
        "usage": {
            "generated_tokens": sum(section.tokens for section in sections if isinstance(section, Written)),
            "saved_tokens": sum(section.tokens for section in sections if isinstance(section, Reuse)),
        },
        "timing": {name: None if value is None else round(value, 3) for name, value in timing.items()},
    }
    return answer if missing is None else answer | without(missing, sections)


def without(missing: Sequence[Write], sections: Sequence[Finished]) -> dict[str, Any]:
    """What an answer of the cache alone says of the sections that it could not supply."""
    reused = any(isinstance(section, Reuse) for section in sections)
    return {
        "cache": "hit" if not missing else "partial" if reused else "miss",
        "missing": [missing_json(write) for write in missing],
    }


def missing_json(write: Write) -> dict[str, Any]:
    """A section that the cache cannot supply: why, and what came closest."""
    near = write.nearest
    return {
        "kind": write.need.kind,
        "reason": write.reason,
        "nearest": None
        if near is None
        else {
            "entry_id": near.entry_id,
            "similarity": near.similarity,
            "differing_facts": [dict(fact) for fact in near.differing_facts],
        },
    }


def alternatives_json(writes: Sequence[Write]) -> list[dict[str, Any]]:
    """The entries that come nearest to what is to be written, each once, the most similar first."""
    best: dict[str, Nearest] = {}
    for near in (write.nearest for write in writes):
        if near is not None and (near.entry_id not in best or best[near.entry_id].similarity < near.similarity):
            best[near.entry_id] = near
    ranked = sorted(best.values(), key=lambda near: -near.similarity)
    return [{"entry_id": near.entry_id, "similarity": near.similarity} for near in ranked[:ALTERNATIVES]]
