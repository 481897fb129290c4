"""What routes work with, put on the application by its lifespan."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from fastapi.requests import HTTPConnection

from cache_service.cache.verifier import Verifier
from cache_service.monitor.stats import Stats
from cache_service.store.protocol import Store
from cache_service.streaming.repeats import Repeats
from cache_service.streaming.service import PostingService
from cache_service.vectors.space import Space


@dataclass(slots=True)
class Parts:
    """The running service. ``space``: that in which it compares, another one after a change of the embedding model;
    ``describe``: what ``/v1/stats`` says of the set-up."""

    service: PostingService
    store: Store
    space: Space
    stats: Stats
    repeats: Repeats
    verifier: Verifier
    new_id: Callable[[str], str]
    tenant: str
    clock: Callable[[], float]
    describe: Callable[[], Awaitable[dict[str, Any]]]


def parts_of(connection: HTTPConnection) -> Parts:
    """The running service."""
    parts: Parts = connection.app.state.parts
    return parts


def service_of(connection: HTTPConnection) -> PostingService:
    """The posting service."""
    return parts_of(connection).service
