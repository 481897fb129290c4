"""``/v1/postings``: make a posting, find it again, follow its events, stop it."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.responses import StreamingResponse

from cache_service.api import sse, ui_stream
from cache_service.api.deps import service_of
from cache_service.api.openapi import problems
from cache_service.api.repeats import tell_finished
from cache_service.api.schemas import Answer
from cache_service.errors import FieldError, Invalid
from cache_service.posting.request import PostingRequest
from cache_service.store.records import PostingRecord
from cache_service.streaming.run import PostingRun
from cache_service.streaming.service import PostingService, events_of

router = APIRouter(prefix="/v1/postings", tags=["postings"])
Service = Annotated[PostingService, Depends(service_of)]
PostingId = Annotated[str, Path(max_length=64)]
MAX_KEY_CHARS = 255
_WEIGHT = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?", re.ASCII)

_PROBLEMS = problems(
    _400="The body is not JSON in UTF-8",
    _413="The body is over 64 KiB",
    _429="Too much at once; `Retry-After` says when to come back",
    _503="Not ready or shutting down",
)
_NOT_FOUND = problems(_404="No such posting")
_SSE = {
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
    "description": "The events, or the answer",
}


@router.post("", response_model=Answer, responses={**_PROBLEMS, 200: _SSE})
async def make(
    request: Request,
    body: PostingRequest,
    service: Service,
    idempotency_key: Annotated[str | None, Header(max_length=MAX_KEY_CHARS)] = None,
) -> Response:
    """Write a posting: reuse what is proved to fit, write the rest. With `Accept: text/event-stream` as it comes."""
    if idempotency_key is not None and not (idempotency_key.isascii() and idempotency_key.isprintable()):
        raise Invalid("Idempotency-Key: printable ASCII only", [FieldError("/Idempotency-Key", "printable ASCII only")])
    found = await service.start(body, idempotency_key or None)
    if _wants_parts(request) or _wants_events(request):
        return await _event_stream(found, 0, parts=_wants_parts(request))
    if isinstance(found, PostingRun):
        await found.wait()
        if found.error is not None:
            raise found.error
        tell_finished(request.scope, found)
    return _answer(found)


@router.get("/{posting_id}", response_model=Answer, responses={**_NOT_FOUND, 304: {"description": "Not changed"}})
async def show(posting_id: PostingId, request: Request, service: Service) -> Response:
    """A posting; while it is being made, what there is of it."""
    found = await service.find(posting_id)
    answer = _answer(found)
    if isinstance(found, PostingRun):
        answer.headers["Cache-Control"] = "no-store"
        return answer
    tag = f'"{hashlib.blake2b(bytes(answer.body), digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=300", "Cache-Status": "gonggo; hit"}
    if _matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    answer.headers.update(headers)
    return answer


@router.get("/{posting_id}/events", response_class=StreamingResponse, responses={**_NOT_FOUND, 200: _SSE})
async def events(
    posting_id: PostingId,
    request: Request,
    service: Service,
    last_event_id: Annotated[str | None, Header(max_length=20)] = None,
) -> Response:
    """The events of a posting from the start, or after `Last-Event-ID`; live until it is done. A UI message stream
    always begins at the start."""
    after, parts = 0, _wants_parts(request)
    if last_event_id and not parts:
        if not (last_event_id.isascii() and last_event_id.isdigit()):
            raise Invalid("Last-Event-ID: must be the id of an event", [FieldError("/Last-Event-ID", "not a number")])
        after = int(last_event_id)
    return await _event_stream(await service.find(posting_id), after, parts=parts)


@router.delete("/{posting_id}", response_model=Answer, responses=_NOT_FOUND)
async def cancel(posting_id: PostingId, service: Service) -> Response:
    """Stop what is still being written; what is done stays. A finished posting is left as it is."""
    return _answer(await service.cancel(posting_id))


def _wants_events(request: Request) -> bool:
    """Whether the client would rather have events than JSON (RFC 9110: by weight; 0 refuses)."""
    weights = {"application/json": 0.0, sse.MEDIA_TYPE: 0.0}
    for part in request.headers.get("accept", "").split(","):
        media, *parameters = (one.strip().lower() for one in part.split(";"))
        quality = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        if media in weights:
            weights[media] = float(quality) if _WEIGHT.fullmatch(quality) else 1.0
    return weights[sse.MEDIA_TYPE] > 0 and weights[sse.MEDIA_TYPE] >= weights["application/json"]


def _wants_parts(request: Request) -> bool:
    """Whether the client is the AI SDK's and wants a UI message stream."""
    return request.headers.get(ui_stream.HEADER, "").strip().lower() == ui_stream.VERSION


async def _event_stream(found: PostingRun | PostingRecord, after: int, *, parts: bool) -> Response:
    headers = dict(sse.HEADERS)
    if isinstance(found, PostingRun):
        await found.planned.wait()
    headers["Cache-Status"] = _cache_status(_planned_outcome(found))
    headers["Location"] = f"/v1/postings/{found.id}"
    events = events_of(found, after)
    if not parts:
        return sse.EventStream(sse.stream(events), headers)
    headers[ui_stream.HEADER] = ui_stream.VERSION
    view = ui_stream.UiStream(found.id)
    return sse.EventStream(sse.stream(events, view.encode, last=ui_stream.LAST), headers)


def _planned_outcome(found: PostingRun | PostingRecord) -> str:
    if isinstance(found, PostingRun):
        return found.planned_outcome()
    return json.loads(found.answer)["cache"] if found.answer else "miss"


def _answer(found: PostingRun | PostingRecord) -> Response:
    if isinstance(found, PostingRun):
        answer = found.snapshot()
        body = json.dumps(answer, ensure_ascii=False).encode()
        steps = {} if found.plan is None else found.plan.timings_ms
        timing = ", ".join(f"{name};dur={spent:.2f}" for name, spent in steps.items())
        headers = {"Cache-Status": _cache_status(answer["cache"])} | ({"Server-Timing": timing} if timing else {})
        headers["Location"] = f"/v1/postings/{found.id}"
        return Response(body, media_type="application/json", headers=headers)
    body = found.answer or _interrupted(found)
    return Response(body, media_type="application/json", headers={"Cache-Status": "gonggo; hit"})


def _interrupted(record: PostingRecord) -> bytes:
    """The answer of a posting that a stopped process left behind."""
    return json.dumps(
        {
            "id": record.id, "status": "failed", "cache": "miss", "degraded": False,
            "posting": {"title": "", "language": "ko", "sections": []},
            "usage": {"generated_tokens": 0, "saved_tokens": 0},
            "timing": {"first_content_ms": None, "complete_ms": None},
        }
    ).encode()  # fmt: skip


def _cache_status(outcome: str) -> str:
    return {"hit": "gonggo; hit", "partial": "gonggo; fwd=partial; stored"}.get(outcome, "gonggo; fwd=miss; stored")


def _matches(header: str | None, tag: str) -> bool:
    if header is None:
        return False
    return header.strip() == "*" or any(part.strip().removeprefix("W/") == tag for part in header.split(","))
