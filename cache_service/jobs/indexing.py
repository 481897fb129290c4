"""``gonggo index``: the vector index looked at, checked against the store, filled anew."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import httpx

from cache_service.app import open_parts, wall_clock
from cache_service.errors import SetupError, Unavailable
from cache_service.jobs.running import running_service
from cache_service.settings import Settings
from cache_service.store.sqlite import SqliteStore
from cache_service.vectors.opening import folder_of
from cache_service.vectors.spaces import open_encoder
from index.directory import Report
from index.directory import verify as verify_folder
from index.errors import Locked
from index.journal import Header

_LONG_S = 3600.0


async def index_stats(settings: Settings) -> dict[str, Any]:
    """What ``/v1/stats`` says of the index."""
    async with running_service(settings) as client:
        if client is not None:
            return _body(await _asked(client, "GET", "/v1/stats"))["index"]  # type: ignore[no-any-return]
    async with open_parts(settings) as parts:
        return (await parts.describe())["index"]  # type: ignore[no-any-return]


async def verify_index(settings: Settings) -> dict[str, Any]:
    """Whether every byte of the files is as written and the index agrees with the store; ``sound`` sums it up."""
    async with running_service(settings, _LONG_S) as client:
        if client is not None:
            return _body(await _asked(client, "POST", "/v1/index/verify"))
    files: dict[str, Any] = {}
    if settings.index == "faiss":
        try:
            report = await _verified(settings)
        except Locked as fault:
            raise SetupError(f"{fault}.") from fault
        files = asdict(report) | {"header": None if report.header is None else asdict(report.header)}
        if not report.sound:
            return {"sound": False, **files}
    async with open_parts(settings) as parts:
        drift = parts.space.mirror.found
    return {"sound": not drift, "missing": drift.missing, "extra": drift.extra, **files}


async def _verified(settings: Settings) -> Report:
    """The files that are searched: in the middle of a change of the embedding model those of the old one."""
    encoder = open_encoder(settings)
    encoder.close()
    store = SqliteStore.open(settings.data_dir, wall_clock)
    try:
        held = await store.embedding()
    finally:
        store.close()
    if held is None or held.fingerprint == encoder.fingerprint:
        header = Header(encoder.fingerprint, encoder.dimension)
        return verify_folder(folder_of(settings, encoder.fingerprint), header)
    return verify_folder(folder_of(settings, held.fingerprint))


async def rebuild_index(settings: Settings) -> dict[str, Any]:
    """Fill the index anew; how many ``vectors`` it holds then."""
    async with running_service(settings, _LONG_S) as client:
        if client is not None:
            return _body(await _asked(client, "POST", "/v1/index/rebuild"))
    async with open_parts(settings) as parts:
        return {"vectors": await parts.space.mirror.rebuild()}


async def _asked(client: httpx.AsyncClient, method: str, path: str) -> httpx.Response:
    try:
        return await client.request(method, path)
    except httpx.HTTPError as exc:
        raise Unavailable(f"The service stopped answering ({type(exc).__name__}).") from exc


def _body(answer: httpx.Response) -> dict[str, Any]:
    body: dict[str, Any] = answer.json()
    if answer.status_code != 200:
        raise Unavailable(f"The service refused: {body.get('detail', answer.status_code)}")
    return body
