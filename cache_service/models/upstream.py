"""One language model behind an OpenAI-compatible chat endpoint: its slots, its rates, its health, and its answers."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, cast

from cache_service.models.breaker import CircuitBreaker
from cache_service.models.bucket import Bucket
from cache_service.models.meter import Meter
from cache_service.models.prompts import Prompt

if TYPE_CHECKING:
    from openai import AsyncOpenAI

CONNECT_S: Final = 3.0
# How long a silence is before it is taken for the end: at least this, and this many times what is usual.
FIRST_TOKEN_S: Final = 2.0
FIRST_TOKEN_TIMES: Final = 5.0
GAP_S: Final = 0.8
GAP_TIMES: Final = 6.0
UNKNOWN_GAP_S: Final = 10.0
# A first token later than this and this many times the usual is a slow call.
SLOW_S: Final = 0.5
SLOW_TIMES: Final = 4.0
# Too many requests, and no word of when to come back; and the longest word that is believed.
PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 60.0
CHARS_A_TOKEN: Final = 3
TOO_MANY: Final = HTTPStatus.TOO_MANY_REQUESTS


class UpstreamError(Exception):
    """The upstream did not give a whole answer. ``after_text``: some text had come already; ``retry_after_s``: it asks
    to be left alone for so long; ``refused``: for being asked too often, which is no sign of bad health."""

    def __init__(
        self, detail: str, *, after_text: bool, retry_after_s: float | None = None, refused: bool = False
    ) -> None:
        super().__init__(detail)
        self.after_text = after_text
        self.retry_after_s = retry_after_s
        self.refused = refused


class Overloaded(UpstreamError):
    """Nobody could be asked in time; ``retry_after_s`` says when it may be better."""


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
    """One endpoint. Whoever wants an answer takes a slot first (``ModelOrchestrator`` does) and gives it back."""

    def __init__(
        self, spec: UpstreamSpec, *, clock: Callable[[], float] = time.monotonic, chance: Callable[[], float]
    ) -> None:
        """``clock``: the event loop's; ``chance`` draws from [0, 1)."""
        self.spec = spec
        self.in_flight = 0
        self.meter = Meter()
        self.breaker = CircuitBreaker(chance)
        self.paused_until = 0.0
        self.counts: Counter[str] = Counter()
        self._clock = clock
        now = clock()
        self._requests = Bucket(spec.requests_per_minute, now) if spec.requests_per_minute else None
        self._tokens = Bucket(spec.tokens_per_minute, now) if spec.tokens_per_minute else None
        self._client: AsyncOpenAI | None = None

    @property
    def free(self) -> int:
        """Slots that nobody uses."""
        return self.spec.max_concurrency - self.in_flight

    def wait_s(self, now: float) -> float:
        """Seconds until it may be asked, whatever its slots: a pause, its rates, its breaker (infinite: a probe)."""
        wait = max(0.0, self.paused_until - now, self.breaker.wait_s(now))
        if self._requests is not None:
            wait = max(wait, self._requests.wait_s(now, 1))
        if self._tokens is not None:
            wait = max(wait, self._tokens.wait_s(now, 1))
        return wait

    @property
    def cost(self) -> float:
        """What asking it would mean next to others: how full it is, and how long its first token takes."""
        usual = self.meter.first_token_s or 0.0
        return (self.in_flight + 1) / (self.spec.max_concurrency * self.spec.weight) * (0.05 + usual)

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()

    async def stream(self, prompt: Prompt, generation: Generation) -> AsyncGenerator[str]:
        """The answer to ``prompt`` as it comes, ``generation`` filled in on the way. UpstreamError if it fails.

        The caller holds a slot. ``timeout_s`` bounds the whole call, shorter bounds each silence. What became of it is
        noted for the breaker; a caller that stops listening is no failure.
        """
        now = self._clock()
        self._spend(prompt, now)
        self.counts["calls"] += 1
        call = _Call(now, now + self.spec.timeout_s, self.breaker.began(now))
        try:
            async with contextlib.aclosing(self._call(prompt, generation)) as texts:
                while (text := await self._next(texts, call)) is not None:
                    yield text
        except UpstreamError as exc:
            self._failed(exc, probe=call.probe)
            raise UpstreamError(
                str(exc), after_text=call.first is not None, retry_after_s=exc.retry_after_s, refused=exc.refused
            ) from exc
        except BaseException:
            self.breaker.abandoned(probe=call.probe)
            self.counts["abandoned"] += 1
            raise
        self._answered(call, generation.tokens)

    async def _next(self, texts: AsyncGenerator[str], call: _Call) -> str | None:
        # Never yields inside a timeout: it would fire in the reader's code.
        silence = self._first_bound_s() if call.first is None else self._gap_bound_s()
        asked = self._clock()
        bound = min(call.deadline - asked, silence)
        try:
            async with asyncio.timeout(max(0.0, bound)):
                text = await anext(texts, None)
        except TimeoutError as exc:
            raise UpstreamError(f"{self.spec.name}: nothing for {bound:.1f} s", after_text=False) from exc
        now = self._clock()
        if call.first is None and text is not None:
            call.first = now - call.began
            self.meter.began(call.first)
            if call.probe:
                self.breaker.answers(now)
                call.probe = False
        elif call.first is not None:
            call.longest_gap = max(call.longest_gap, now - asked)
        return text

    def _first_bound_s(self) -> float:
        usual = self.meter.first_token_quantile(0.95)
        return self.spec.timeout_s if usual is None else max(FIRST_TOKEN_S, FIRST_TOKEN_TIMES * usual)

    def _gap_bound_s(self) -> float:
        usual = self.meter.gap_s
        return UNKNOWN_GAP_S if usual is None else max(GAP_S, GAP_TIMES * usual)

    def _answered(self, call: _Call, tokens: int) -> None:
        now = self._clock()
        first = call.first or 0.0
        usual = self.meter.first_token_quantile(0.5)
        slow = usual is not None and first > max(SLOW_S, SLOW_TIMES * usual)
        self.meter.ended(now - call.began, first, tokens)
        self.meter.gap(call.longest_gap)
        self.counts["answered"] += 1
        self.counts["slow"] += slow
        self.breaker.ended(now, failed=False, slow=slow, probe=call.probe)

    def _failed(self, exc: UpstreamError, *, probe: bool) -> None:
        now = self._clock()
        if exc.retry_after_s is not None:
            self.paused_until = max(self.paused_until, now + min(exc.retry_after_s, LONGEST_PAUSE_S))
        self.counts["refused" if exc.refused else "failed"] += 1
        if exc.refused:
            self.breaker.abandoned(probe=probe)
        else:
            self.breaker.ended(now, failed=True, slow=False, probe=probe)

    def _spend(self, prompt: Prompt, now: float) -> None:
        if self._requests is not None:
            self._requests.take(now, 1)
        if self._tokens is not None:
            asked = sum(len(message["content"]) // CHARS_A_TOKEN for message in prompt.messages)
            self._tokens.take(now, asked + prompt.max_tokens)

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
        except openai.APIStatusError as exc:
            refused = exc.status_code == TOO_MANY
            told = _retry_after_s(exc.response.headers.get("retry-after"))
            raise UpstreamError(
                f"{self.spec.name}: {exc}", after_text=False, refused=refused,
                retry_after_s=PAUSE_S if told is None and refused else told,
            ) from exc  # fmt: skip
        except Exception as exc:  # whatever its client raises, to us it is an upstream that failed
            raise UpstreamError(f"{self.spec.name}: {type(exc).__name__}: {exc}", after_text=False) from exc

    def as_json(self, now: float) -> dict[str, Any]:
        """Its health."""
        meter = self.meter
        return {
            "name": self.spec.name, "tier": self.spec.tier, "model": self.spec.model,
            "breaker": self.breaker.state(now), "opened": self.breaker.opened,
            "in_flight": self.in_flight, "slots": self.spec.max_concurrency,
            "paused_s": round(max(0.0, self.paused_until - now), 3),
            "first_token_s": _rounded(meter.first_token_s), "tokens_per_s": _rounded(meter.tokens_per_s),
            "writing_s": _rounded(meter.writing_s), "counts": dict(self.counts),
        }  # fmt: skip


@dataclass(slots=True)
class _Call:
    began: float
    deadline: float
    probe: bool
    first: float | None = None
    longest_gap: float = 0.0


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _retry_after_s(header: str | None) -> float | None:
    """Seconds of a ``Retry-After`` header (RFC 9110: seconds or a date); None without one that can be read."""
    if header is None:
        return None
    if header.strip().isascii() and header.strip().isdigit():
        return float(header)
    try:
        then = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (then - datetime.now(UTC)).total_seconds()) if then.tzinfo else None


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
