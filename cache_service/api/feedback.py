"""``/v1/feedback``: what the user did with a section; the policy learns from it before the answer is sent."""

from __future__ import annotations

import json
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from cache_service.api.deps import Parts, parts_of
from cache_service.api.openapi import problems
from cache_service.api.schemas import SectionText
from cache_service.cache.policies.feedback import FeedbackVerdict, was_right
from cache_service.errors import FieldError, Invalid
from cache_service.posting.needs import SectionNeed
from cache_service.posting.request import PostingRequest
from cache_service.posting.sections import SectionKind
from cache_service.store.records import FeedbackRecord, FeedbackStored, Observation, PostingRecord
from cache_service.streaming.run import PostingRun

router = APIRouter(prefix="/v1/feedback", tags=["feedback"])
WRITTEN: Final = frozenset({"fast", "quality"})
Service = Annotated[Parts, Depends(parts_of)]


class FeedbackIn(BaseModel):
    """A verdict on one section of a posting. ``text``: the section as the user left it, required for ``edit``."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        json_schema_extra={"examples": [{"posting_id": "pst_0", "section": "company", "verdict": "accept"}]},
    )

    posting_id: Annotated[str, Field(min_length=1, max_length=64)]
    section: SectionKind
    verdict: FeedbackVerdict
    text: SectionText | None = None


class FeedbackOut(BaseModel):
    """Feedback as it is stored; ``stored`` is false if that very verdict was there before."""

    id: str
    stored: bool


@router.post(
    "",
    status_code=201,
    response_model=FeedbackOut,
    responses={
        **problems(_400="The body is not JSON in UTF-8", _404="No such posting", _413="The body is over 64 KiB"),
        200: {"model": FeedbackOut, "description": "Said before, or another verdict in its place"},
    },
)
async def give(body: FeedbackIn, parts: Service) -> Response:
    """Say what became of a section. The last word counts; what was rejected is not reused for those facts again."""
    stored = await take(body, parts)
    return JSONResponse({"id": stored.id, "stored": stored.changed}, status_code=201 if stored.new else 200)


async def take(body: FeedbackIn, parts: Parts) -> FeedbackStored:
    """Store a verdict and learn from it. Invalid, NotFound."""
    if body.verdict == "edit" and body.text is None:
        raise Invalid("/text: required with edit", [FieldError("/text", "required with edit")])
    found = await parts.service.find(body.posting_id)
    answer, request = _read(found)
    section = _section(answer, body.section)
    language = answer["posting"]["language"]
    need = None if request is None else _need(parts, request, body.section)
    entry_id, similarity = await _origin(parts, section, need)
    right = was_right(body.verdict, section["text"], body.text, language)
    observed = None
    if entry_id is not None:
        observed = Observation(entry_id, body.section, need.keys[0] if need else "", similarity, right, "feedback")
    stored = await parts.store.put_feedback(
        FeedbackRecord(
            parts.new_id("fbk_"), parts.tenant, body.posting_id, body.section, body.verdict, body.text, entry_id,
            right, parts.clock(),
        ),
        observed, found.created_at,
    )  # fmt: skip
    if stored.replaced is not None:
        parts.space.policy.unlearn(stored.replaced)
    if stored.held is not None:
        parts.space.policy.learn(stored.held)
    if (tier := section["source"]["tier"]) in WRITTEN:
        parts.service.outcomes.judged(body.section, tier, before=stored.was_right, now=right)
    parts.service.forget_landed()
    parts.repeats.learnt((stored.replaced, stored.held), None if need is None else need.partition)
    return stored


def _read(found: PostingRun | PostingRecord) -> tuple[dict[str, Any], PostingRequest | None]:
    if isinstance(found, PostingRun):
        return found.snapshot(), found.brief.request
    answer = json.loads(found.answer) if found.answer else {"posting": {"language": "ko", "sections": []}}
    request = None if found.request is None else PostingRequest.model_validate_json(found.request)
    return answer, request


def _section(answer: dict[str, Any], kind: SectionKind) -> dict[str, Any]:
    for section in answer["posting"]["sections"]:
        if section["kind"] == kind:
            found: dict[str, Any] = section
            return found
    raise Invalid("/section: this posting has no such section", [FieldError("/section", "not in this posting")])


def _need(parts: Parts, request: PostingRequest, kind: SectionKind) -> SectionNeed | None:
    return next((need for need in parts.service.brief(request).needs if need.kind == kind), None)


async def _origin(parts: Parts, section: dict[str, Any], need: SectionNeed | None) -> tuple[str | None, float]:
    """The entry that the text came from and how near it was; of a text that was new, the entry it was stored as."""
    source = section["source"]
    if source["entry_id"] is not None:
        similarity = source["similarity"]
        return source["entry_id"], 1.0 if source["tier"] == "exact" or similarity is None else similarity
    if need is not None:
        by_key = await parts.store.find_by_keys(parts.tenant, list(need.keys))
        for candidates in by_key.values():
            for candidate in candidates:
                if candidate.kind == need.kind and candidate.text == section["text"]:
                    return candidate.entry_id, 1.0
    return None, 1.0
