"""Whether a service runs at the address of the settings: commands go through it where one does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from cache_service.settings import Settings


@asynccontextmanager
async def running_service(settings: Settings, timeout_s: float = 120) -> AsyncIterator[httpx.AsyncClient | None]:
    """A client of the running service, or None."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    async with httpx.AsyncClient(
        base_url=f"http://{host}:{settings.port}", timeout=timeout_s, trust_env=False
    ) as client:
        yield client if await _answers(client) else None


async def _answers(client: httpx.AsyncClient) -> bool:
    try:
        answer = await client.get("/healthz", timeout=2)
        return answer.status_code == 200 and answer.json().get("service") == "gonggo"
    except (httpx.HTTPError, ValueError, AttributeError):
        return False
