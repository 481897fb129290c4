"""``/v1/cache``: what the cache alone would answer; add, look at and remove past postings."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from cache_service.api.deps import Parts, parts_of
from cache_service.api.middleware import NDJSON
from cache_service.api.ndjson import take_lines
from cache_service.api.openapi import problems
from cache_service.api.problems import invalid
from cache_service.api.schemas import Answer, Deleted, EntriesStored, EntryIn, EntryOut, EntryStored
from cache_service.errors import FieldError, Invalid, NotFound, UnsupportedMedia
from cache_service.posting.canonical import fold
from cache_service.posting.company_names import company_key
from cache_service.posting.request import PostingRequest
from cache_service.store.records import EntryFilter, StoredEntry

router = APIRouter(prefix="/v1/cache", tags=["cache"])
Service = Annotated[Parts, Depends(parts_of)]
EntryId = Annotated[str, Path(max_length=64)]
_NOT_FOUND = problems(_404="No such entry")
_WRONG = problems(_400="The body is not JSON in UTF-8", _413="The body is over 64 KiB")
_CONDITIONS = frozenset({"company", "title", "tag", "older_than", "dry_run"})
_AGE = re.compile(r"(\d{1,6})([smhd])", re.ASCII)
_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_ENTRY_BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/EntryIn"}},
        NDJSON: {"schema": {"type": "string", "description": "One entry a line, 64 KiB a line at the most."}},
    },
}


@router.post("/lookup", response_model=Answer, responses=_WRONG)
async def lookup(body: PostingRequest, parts: Service) -> Response:
    """What the cache alone would answer. Never calls a model, stores nothing."""
    answer = await parts.service.lookup(body)
    status = "gonggo; hit" if answer["cache"] == "hit" else f"gonggo; fwd={answer['cache']}"
    return JSONResponse(answer, headers={"Cache-Status": status})


@router.post(
    "/entries",
    status_code=201,
    response_model=EntryStored | EntriesStored,
    responses={
        **_WRONG,
        200: {"model": EntryStored | EntriesStored, "description": "Known before, or many lines"},
    },
    openapi_extra={"requestBody": _ENTRY_BODY},
)
async def add(request: Request, parts: Service) -> Response:
    """Add past postings: one as JSON, or one a line as NDJSON. Adding the same again changes nothing.

    Of many lines, those that are wrong are reported with their number and left out; the rest goes in.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == NDJSON:
        return JSONResponse((await take_lines(request.stream(), parts.service)).model_dump())
    if media != "application/json" and not media.endswith("+json"):
        raise UnsupportedMedia(f"Send application/json or {NDJSON}.")
    try:
        entry = EntryIn.model_validate_json(await request.body())
    except ValidationError as exc:
        raise invalid(exc.errors()) from exc
    [(entry_id, stored)] = await parts.service.add([entry.draft()])
    return JSONResponse(
        {"id": entry_id, "stored": stored},
        status_code=201 if stored else 200,
        headers={"Location": f"/v1/cache/entries/{entry_id}"},
    )


@router.get("/entries/{entry_id}", response_model=EntryOut, responses=_NOT_FOUND)
async def show(entry_id: EntryId, parts: Service) -> Response:
    """One entry."""
    entry = await parts.store.get_entry(parts.tenant, entry_id)
    if entry is None:
        raise NotFound(f"There is no entry {entry_id}.")
    return JSONResponse(_entry_json(entry))


@router.delete("/entries/{entry_id}", response_model=Deleted, responses=_NOT_FOUND)
async def remove(entry_id: EntryId, parts: Service) -> Response:
    """Remove one entry; from then on nothing finds it."""
    ids = await parts.store.delete_entries(parts.tenant, entry_id, dry_run=False)
    parts.service.forget_landed()
    if not ids:
        raise NotFound(f"There is no entry {entry_id}.")
    return JSONResponse({"deleted": 1, "ids": ids, "dry_run": False})


@router.delete("/entries", response_model=Deleted, responses=_WRONG)
async def remove_matching(
    request: Request,
    parts: Service,
    company: Annotated[str | None, Query(min_length=1, max_length=200)] = None,
    title: Annotated[str | None, Query(min_length=1, max_length=200)] = None,
    tag: Annotated[str | None, Query(min_length=1, max_length=200)] = None,
    older_than: Annotated[
        str | None, Query(max_length=40, description="A time (ISO 8601) or an age: 90s 5m 12h 30d")
    ] = None,
    dry_run: bool = False,
) -> Response:
    """Remove every entry that all the given conditions hold for; `dry_run` only lists them."""
    given = [name for name, _ in request.query_params.multi_items()]
    for name in given:
        if name not in _CONDITIONS or given.count(name) > 1:
            raise Invalid(f"{name}: unknown, or given twice", [FieldError(f"/{name}", "unknown, or given twice")])
    if company is None and title is None and tag is None and older_than is None:
        raise Invalid("Give at least one of company, title, tag, older_than.", [FieldError("", "no condition given")])
    where = EntryFilter(
        company_key=None if company is None else company_key(company),
        title_key=None if title is None else fold(title),
        tag=tag,
        created_before=None if older_than is None else _before(older_than, parts.clock()),
    )
    ids = await parts.store.delete_entries(parts.tenant, where, dry_run=dry_run)
    parts.service.forget_landed()
    return JSONResponse({"deleted": 0 if dry_run else len(ids), "ids": ids, "dry_run": dry_run})


def _before(text: str, now: float) -> float:
    if match := _AGE.fullmatch(text):
        return now - int(match[1]) * _UNITS_S[match[2]]
    try:
        moment = dt.datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp()
    except (ValueError, OverflowError) as exc:
        detail = "older_than: must be a time such as 2026-11-01T00:00:00Z or an age such as 30d"
        raise Invalid(detail, [FieldError("/older_than", detail)]) from exc


def _entry_json(entry: StoredEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "origin": entry.origin,
        "writer": entry.writer,
        "derived": entry.derived,
        "tags": list(entry.tags),
        "request": entry.request,
        "posting": {"title": entry.title, "language": entry.language, "sections": list(entry.sections)},
        "created_at": _iso(entry.created_at),
        "expires_at": None if entry.expires_at is None else _iso(entry.expires_at),
    }


def _iso(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat(timespec="milliseconds")
