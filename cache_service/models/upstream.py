"""One language model behind an OpenAI-compatible chat endpoint: streamed text, bounded in number and rate."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from aiolimiter import AsyncLimiter

from cache_service.models.prompts import Prompt

if TYPE_CHECKING:
    from openai import AsyncOpenAI

CONNECT_S: Final = 3.0


class UpstreamError(Exception):
    """The upstream did not give a whole answer. ``after_text``: some text had come already."""

    def __init__(self, detail: str, *, after_text: bool) -> None:
        super().__init__(detail)
        self.after_text = after_text


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


@dataclass(slots=True)
class Generation:
    """How a generation ended: ``tokens`` generated (as reported, else counted in chunks), whole or cut short."""

    tokens: int = 0
    truncated: bool = False


class Upstream:
    """Streams answers from one endpoint, ``max_concurrency`` at once and within its rates."""

    def __init__(self, spec: UpstreamSpec) -> None:
        self.spec = spec
        self.waiting_or_running = 0
        self._slots = asyncio.Semaphore(spec.max_concurrency)
        self._requests = AsyncLimiter(spec.requests_per_minute, 60) if spec.requests_per_minute else None
        self._tokens = AsyncLimiter(spec.tokens_per_minute, 60) if spec.tokens_per_minute else None
        self._client: AsyncOpenAI | None = None

    @property
    def load(self) -> float:
        """Requests waiting or running per slot and weight: where the next one should not go if it is high."""
        return self.waiting_or_running / (self.spec.max_concurrency * self.spec.weight)

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()

    async def stream(self, prompt: Prompt, generation: Generation) -> AsyncGenerator[str]:
        """The answer to ``prompt`` as it comes, ``generation`` filled in on the way. UpstreamError if it fails.

        ``timeout_s`` bounds the whole call, waiting for a slot included.
        """
        deadline = asyncio.get_running_loop().time() + self.spec.timeout_s
        began = False
        self.waiting_or_running += 1
        try:
            async with contextlib.AsyncExitStack() as held:
                # Never yields inside a timeout: it would fire in the reader's code.
                async with asyncio.timeout_at(deadline):
                    await held.enter_async_context(self._slots)
                    await self._within_rates(prompt)
                texts = await held.enter_async_context(contextlib.aclosing(self._call(prompt, generation)))
                while (text := await _next_by(deadline, texts)) is not None:
                    began = True
                    yield text
        except TimeoutError as exc:
            raise UpstreamError(f"{self.spec.name}: no answer in {self.spec.timeout_s:g} s", after_text=began) from exc
        except UpstreamError as exc:
            raise UpstreamError(str(exc), after_text=began) from exc
        finally:
            self.waiting_or_running -= 1

    async def _within_rates(self, prompt: Prompt) -> None:
        if self._requests is not None:
            await self._requests.acquire()
        if self._tokens is not None:
            wanted = prompt.max_tokens + sum(len(message["content"]) // 3 for message in prompt.messages)
            await self._tokens.acquire(min(wanted, self._tokens.max_rate))

    async def _call(self, prompt: Prompt, generation: Generation) -> AsyncGenerator[str]:
        import openai  # loaded with the first call: a service without upstreams does without it

        if self._client is None:
            self._client = openai.AsyncOpenAI(
                base_url=self.spec.base_url,
                api_key=self.spec.api_key,
                max_retries=0,
                timeout=openai.Timeout(self.spec.timeout_s, connect=CONNECT_S),
                http_client=openai.DefaultAsyncHttpxClient(trust_env=False),
            )
        try:
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
        except UpstreamError:
            raise
        except Exception as exc:  # whatever its client raises, to us it is an upstream that failed
            raise UpstreamError(f"{self.spec.name}: {type(exc).__name__}: {exc}", after_text=False) from exc


async def _next_by(deadline: float, texts: AsyncGenerator[str]) -> str | None:
    async with asyncio.timeout_at(deadline):
        return await anext(texts, None)


async def _texts(answer: Any, generation: Generation) -> AsyncGenerator[str]:
    finished: str | None = None
    counted = 0
    try:
        async for chunk in answer:
            if getattr(chunk, "usage", None) is not None:
                generation.tokens = chunk.usage.completion_tokens or 0
            for choice in chunk.choices:
                finished = choice.finish_reason or finished
                if choice.delta is not None and choice.delta.content:
                    if not isinstance(choice.delta.content, str):
                        raise UpstreamError("the answer is not text", after_text=counted > 0)
                    counted += 1
                    yield choice.delta.content
    finally:
        generation.tokens = generation.tokens or counted
        await answer.close()
    if finished is None:
        raise UpstreamError("the answer broke off", after_text=counted > 0)
    generation.truncated = finished != "stop"
