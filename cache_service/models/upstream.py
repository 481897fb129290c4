"""One language model behind an OpenAI-compatible chat endpoint: one streamed answer, or the reason why not."""

from __future__ import annotations

import contextlib
import math
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final, cast

from cache_service.models.prompts import Prompt

if TYPE_CHECKING:
    from openai import AsyncOpenAI

CONNECT_S: Final = 3.0
# Statuses that asking again will not change.
_LASTING: Final = frozenset({400, 401, 403, 404, 405, 413, 422})


class UpstreamError(Exception):
    """There is no whole answer. ``after_text``: some text had come already.

    ``status``: what the upstream answered, if it did. ``retry_after_s``: when it is worth trying again, if known.
    ``lasting``: asking the same upstream for the same again is no use.
    """

    def __init__(
        self,
        detail: str,
        *,
        after_text: bool,
        status: int | None = None,
        retry_after_s: float | None = None,
        lasting: bool = False,
    ) -> None:
        super().__init__(detail)
        self.after_text = after_text
        self.status = status
        self.retry_after_s = retry_after_s
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class UpstreamSpec:
    """What is known of an upstream. Prices are per million tokens."""

    name: str
    tier: str
    base_url: str
    model: str
    api_key: str
    max_concurrency: int
    requests_per_minute: int | None
    tokens_per_minute: int | None
    price_in: float
    price_out: float
    weight: float
    timeout_s: float

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """What a call costs."""
        return (tokens_in * self.price_in + tokens_out * self.price_out) / 1e6


@dataclass(slots=True)
class Generation:
    """How a generation ended: ``tokens`` generated (as reported, else counted in chunks), whole or cut short.

    ``tokens_in``: of the prompt, as reported; 0 where it is not.
    """

    tokens: int = 0
    truncated: bool = False
    tokens_in: int = 0


class Upstream:
    """Streams answers from one endpoint. How many at once, and how long to wait for what, is up to the caller."""

    def __init__(self, spec: UpstreamSpec) -> None:
        self.spec = spec
        self._client: AsyncOpenAI | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()

    async def stream(self, prompt: Prompt, generation: Generation) -> AsyncGenerator[str]:
        """The answer to ``prompt`` as it comes, ``generation`` filled in on the way. UpstreamError if it fails."""
        began = False
        try:
            async with contextlib.aclosing(self._call(prompt, generation)) as texts:
                async for text in texts:
                    began = True
                    yield text
        except UpstreamError as exc:
            exc.after_text = began
            raise
        except Exception as exc:  # whatever its client raises, to us it is an upstream that failed
            raise _translated(self.spec.name, exc, after_text=began) from exc

    async def _call(self, prompt: Prompt, generation: Generation) -> AsyncGenerator[str]:
        import openai  # loaded with the first call: a service without upstreams does without it

        if self._client is None:
            self._client = openai.AsyncOpenAI(
                base_url=self.spec.base_url,
                api_key=self.spec.api_key,
                max_retries=0,
                timeout=openai.Timeout(None, connect=CONNECT_S),  # whoever reads knows how long to wait
                http_client=openai.DefaultAsyncHttpxClient(trust_env=False),
            )
        answer: Any = await self._client.chat.completions.create(
            model=self.spec.model,
            messages=cast(Any, prompt.messages),
            max_tokens=prompt.max_tokens,
            stream=True,
            stream_options={"include_usage": True},
        )
        async with contextlib.aclosing(_texts(answer, generation)) as texts:
            async for text in texts:
                yield text


async def _texts(answer: Any, generation: Generation) -> AsyncGenerator[str]:
    finished: str | None = None
    counted = reported = 0
    try:
        async for chunk in answer:
            if getattr(chunk, "usage", None) is not None:
                reported = chunk.usage.completion_tokens or 0
                generation.tokens_in = chunk.usage.prompt_tokens or 0
            for choice in chunk.choices:
                finished = choice.finish_reason or finished
                if choice.delta is not None and choice.delta.content:
                    if not isinstance(choice.delta.content, str):
                        raise UpstreamError("the answer is not text", after_text=counted > 0)
                    counted += 1
                    generation.tokens = reported or counted
                    yield choice.delta.content
    finally:
        generation.tokens = reported or counted
        await answer.close()
    if finished is None:
        raise UpstreamError("the answer broke off", after_text=counted > 0)
    generation.truncated = finished != "stop"


def _translated(name: str, exc: Exception, *, after_text: bool) -> UpstreamError:
    status = getattr(exc, "status_code", None)
    answer = getattr(exc, "response", None)
    return UpstreamError(
        f"{name}: {type(exc).__name__}: {exc}",
        after_text=after_text,
        status=status if isinstance(status, int) else None,
        retry_after_s=None if answer is None else retry_after_s(answer.headers),
        lasting=status in _LASTING,
    )


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds that ``Retry-After`` asks to wait (RFC 9110: seconds, or a date, held against ``Date``); or None."""
    worded = headers.get("retry-after")
    if worded is None:
        return None
    with contextlib.suppress(ValueError):
        return max(0.0, float(worded)) if math.isfinite(float(worded)) else None
    try:
        wait = parsedate_to_datetime(worded) - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError):
        return None
    return max(0.0, wait.total_seconds())
