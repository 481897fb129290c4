"""The vector index: whether it agrees with the store, and filling it anew. Used by ``gonggo index``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from cache_service.api.deps import Parts, parts_of
from cache_service.api.openapi import problems
from cache_service.errors import Unavailable
from index.errors import IndexFault

router = APIRouter(prefix="/v1/index", tags=["index"])


class Agreement(BaseModel):
    """Vectors that the index lacks, and those that it holds and the store does not."""

    sound: bool
    missing: int
    extra: int


class Rebuilt(BaseModel):
    """How many vectors the index holds."""

    vectors: int


@router.post("/verify", responses=problems(_503="The index or the store cannot be read"))
async def verify(parts: Annotated[Parts, Depends(parts_of)]) -> Agreement:
    """Compare the index with the store. Changes nothing."""
    try:
        drift = await parts.space.mirror.drift()
    except IndexFault as fault:
        raise Unavailable(f"The vector index cannot be read: {fault}.") from fault
    return Agreement(sound=not drift, missing=drift.missing, extra=drift.extra)


@router.post("/rebuild", responses=problems(_503="The index or the store cannot be used"))
async def rebuild(parts: Annotated[Parts, Depends(parts_of)]) -> Rebuilt:
    """Fill the index anew from the store. Searches by meaning find what is filled so far; all else goes on."""
    try:
        return Rebuilt(vectors=await parts.space.mirror.rebuild())
    except IndexFault as fault:
        raise Unavailable(f"The vector index cannot be written: {fault}.") from fault
