"""Alive, ready, and what happened so far."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from cache_service.api.deps import Parts, parts_of
from cache_service.api.openapi import problems
from cache_service.errors import Unavailable
from index.errors import IndexFault

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok", "service": "gonggo"}


@router.get("/readyz", responses=problems(_503="Not ready"))
async def ready(request: Request) -> Response:
    """The index is loaded and the store can be read."""
    parts = getattr(request.app.state, "parts", None)
    if parts is None:
        raise Unavailable("The index is still loading.")
    await parts.store.check()
    try:
        vectors: int | None = await asyncio.to_thread(len, parts.space.index)
    except IndexFault:  # a vector server that is away: searches by meaning find nothing, all else goes on
        vectors = None
    return JSONResponse({"status": "ready", "vectors": vectors})


@router.get("/v1/stats", tags=["stats"])
async def stats(parts: Annotated[Parts, Depends(parts_of)]) -> dict[str, Any]:
    """Hit shares per source, latencies, tokens and money saved since the start; what the store holds."""
    return {**parts.stats.as_json(), **await parts.describe()}
