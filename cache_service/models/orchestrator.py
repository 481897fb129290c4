"""ModelOrchestrator: which upstream writes a section, and which one next when it fails before its first word."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Final

from cache_service.models.composer import COMPOSER_VERSION
from cache_service.models.prompts import PROMPT_VERSION, Prompt
from cache_service.models.upstream import Generation, Upstream, UpstreamError
from cache_service.posting.plan import Tier
from cache_service.posting.scope import COMPOSER
from cache_service.router import Load, ModelTier

log = logging.getLogger(__name__)
MAX_TRIES: Final = 3


@dataclass(slots=True)
class Attempt:
    """Who writes, filled in when the first text comes."""

    generation: Generation
    tier: Tier = "fast"
    model: str | None = None
    price_out: float = 0.0


class ModelOrchestrator:
    """All upstreams. Those with the least load per slot and weight are asked first."""

    def __init__(self, upstreams: Sequence[Upstream]) -> None:
        self._upstreams = tuple(upstreams)

    @property
    def available(self) -> bool:
        """Whether there is any model at all."""
        return bool(self._upstreams)

    @property
    def writer(self) -> str:
        """What writes here, as a part of the scope: changes with the models, the prompts or the composer."""
        if not self._upstreams:
            return f"{COMPOSER}-{COMPOSER_VERSION}"
        models = sorted((upstream.spec.tier, upstream.spec.model) for upstream in self._upstreams)
        described = json.dumps([PROMPT_VERSION, models]).encode()
        return "models-" + hashlib.blake2b(described, digest_size=8).hexdigest()

    @property
    def price_out(self) -> float:
        """What a million generated tokens cost at most, for reporting what reuse saves."""
        return max((upstream.spec.price_out for upstream in self._upstreams), default=0.0)

    def choose(self, preferred: Tier) -> list[Upstream]:
        """Upstreams in the order to try: the preferred tier first, the least loaded first within a tier."""
        return sorted(self._upstreams, key=lambda one: (one.spec.tier != preferred, one.load, one.spec.name))

    def loads(self, _priority: str) -> dict[ModelTier, Load]:
        """What asking each tier would mean now."""
        loads: dict[ModelTier, Load] = {}
        usual: dict[ModelTier, float] = {"fast": 1.5, "quality": 4.5}
        for tier, writing_s in usual.items():
            mine = [one for one in self._upstreams if one.spec.tier == tier]
            if mine:
                slots = sum(one.spec.max_concurrency for one in mine)
                free = slots - sum(one.waiting_or_running for one in mine)
                loads[tier] = Load(max(0, -free) / slots * writing_s, writing_s, max(0, free))
        return loads

    async def stream(self, prompt: Prompt, preferred: Tier, attempt: Attempt) -> AsyncGenerator[str]:
        """Text as it comes. Another upstream is tried only while nothing has come; UpstreamError when none is left."""
        failure = UpstreamError("there is no upstream", after_text=False)
        for upstream in self.choose(preferred)[:MAX_TRIES]:
            attempt.generation = Generation()
            attempt.tier = "quality" if upstream.spec.tier == "quality" else "fast"
            attempt.model = upstream.spec.model
            attempt.price_out = upstream.spec.price_out
            try:
                async with contextlib.aclosing(upstream.stream(prompt, attempt.generation)) as texts:
                    async for text in texts:
                        yield text
            except UpstreamError as exc:
                log.warning("upstream failed", extra={"upstream": upstream.spec.name, "reason": str(exc)})
                if exc.after_text:
                    raise
                failure = exc
            else:
                return
        raise failure

    async def close(self) -> None:
        """Close every upstream."""
        for upstream in self._upstreams:
            await upstream.close()
