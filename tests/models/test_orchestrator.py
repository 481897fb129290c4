from __future__ import annotations

import asyncio
import contextlib

import pytest

from cache_service.models.admission import Overloaded, Terms
from cache_service.models.orchestrator import Attempt, ModelOrchestrator
from cache_service.models.prompts import Prompt, section_prompt
from cache_service.models.upstream import Generation, Upstream, UpstreamError, UpstreamSpec
from cache_service.router import ModelTier
from tests.posting.test_needs import brief
from tests.posting.test_request import FULL
from tests.upstreams import FakeUpstream

ANY = Terms()


def spec(url: str, name: str = "a", tier: str = "fast", timeout_s: float = 2.0, slots: int = 4) -> UpstreamSpec:
    return UpstreamSpec(name, tier, url, f"model-{name}", "key", slots, None, None, 0.0, 1.0, 1.0, timeout_s)


def prompt() -> Prompt:
    needs = {need.kind: need for need in brief(FULL).needs}
    return section_prompt(needs["requirements"], "ko")


async def collect(
    orchestrator: ModelOrchestrator, preferred: ModelTier = "fast", terms: Terms = ANY
) -> tuple[str, Attempt]:
    attempt = Attempt(Generation())
    async with contextlib.aclosing(orchestrator.stream(prompt(), preferred, attempt, terms)) as texts:
        return "".join([text async for text in texts]), attempt


async def test_a_whole_answer(upstream: FakeUpstream) -> None:
    """Text and the token count that the upstream reports come through."""
    orchestrator = ModelOrchestrator([Upstream(spec(upstream.url))])
    text, attempt = await collect(orchestrator)
    assert text == upstream.text(upstream.calls[0])
    assert (attempt.model, attempt.generation.truncated) == ("model-a", False)
    assert attempt.generation.tokens > 1
    await orchestrator.close()


async def test_a_prompt_holds_its_section_s_facts_alone(upstream: FakeUpstream) -> None:
    """A section can depend only on what its key knows: nothing else is in the prompt."""
    orchestrator = ModelOrchestrator([Upstream(spec(upstream.url))])
    await collect(orchestrator)
    facts = upstream.calls[0]["facts"]
    assert "company" not in facts
    stated = {"title", "seniority", "years_min", "years_max", "education", "skills", "notes"}
    assert set(facts["requirements"]) == stated
    await orchestrator.close()


async def test_the_preferred_tier_and_then_any_other(upstream: FakeUpstream) -> None:
    """The preferred tier writes; if it refuses, the other does; what wrote is reported."""
    down = FakeUpstream(url="http://127.0.0.1:9/v1")
    orchestrator = ModelOrchestrator(
        [Upstream(spec(upstream.url, "f", "fast")), Upstream(spec(down.url, "q", "quality"))]
    )
    _, attempt = await collect(orchestrator, "quality")
    assert (attempt.tier, attempt.model, attempt.upstream, attempt.fallback) == ("fast", "model-f", "f", True)
    assert attempt.first_token_s > 0
    with pytest.raises(UpstreamError):
        await collect(orchestrator, "quality", Terms(fallback=False))
    _, attempt = await collect(orchestrator, "fast", Terms(avoid=frozenset("f")))
    assert (attempt.upstream, attempt.fallback) == ("f", False)  # there is no other
    await orchestrator.close()


async def test_a_busy_tier_is_left_for_the_faster_one_alone(upstream: FakeUpstream) -> None:
    """No slot of the quality tier in time: the fast one writes. None of the fast tier: an error with an estimate."""
    tiers: tuple[ModelTier, ...] = ("fast", "quality")
    orchestrator = ModelOrchestrator([Upstream(spec(upstream.url, tier, tier, slots=1)) for tier in tiers])
    now = asyncio.get_running_loop().time()
    soon = Terms(start_by=now + 0.1)
    quality = await orchestrator._tiers["quality"].acquire(ANY, 1)
    _, attempt = await collect(orchestrator, "quality", soon)
    assert (attempt.tier, attempt.fallback) == ("fast", True)
    quality.release("success")
    fast = await orchestrator._tiers["fast"].acquire(ANY, 1)
    with pytest.raises(Overloaded) as refused:
        await collect(orchestrator, "fast", soon)
    assert refused.value.retry_after_s is not None
    assert refused.value.retry_after_s > 0
    fast.release("success")
    await orchestrator.close()


@pytest.mark.parametrize("status", [401, 429, 500])
async def test_a_refusal_is_one_error(upstream: FakeUpstream, status: int) -> None:
    """Whatever the status, it is an upstream that failed before its first word."""
    upstream.status = status
    orchestrator = ModelOrchestrator([Upstream(spec(upstream.url))])
    with pytest.raises(UpstreamError) as caught:
        await collect(orchestrator)
    assert not caught.value.after_text
    await orchestrator.close()


async def test_after_the_first_word_nobody_else_is_asked(upstream: FakeUpstream) -> None:
    """A stream that breaks off is an error, not the beginning of another text."""
    upstream.cut_after = 2
    one, two = (Upstream(spec(upstream.url, name)) for name in "ab")
    orchestrator = ModelOrchestrator([one, two])
    with pytest.raises(UpstreamError) as caught:
        await collect(orchestrator)
    assert caught.value.after_text
    assert len(upstream.calls) == 1
    await orchestrator.close()


async def test_slots_bound_what_runs_and_are_given_back(upstream: FakeUpstream) -> None:
    """No more than ``max_concurrency`` at once; a timeout or a reader that leaves frees its slot."""
    orchestrator = ModelOrchestrator([Upstream(spec(upstream.url, timeout_s=0.2, slots=1))])
    upstream.hang_s = 5
    with pytest.raises(UpstreamError, match="no answer"):
        await collect(orchestrator)
    assert orchestrator.figures("fast").in_flight == 0
    await orchestrator.close()
    upstream.hang_s = 0
    orchestrator = ModelOrchestrator([Upstream(spec(upstream.url, slots=1))])
    stream = orchestrator.stream(prompt(), "fast", Attempt(Generation()))
    await anext(stream)
    assert (orchestrator.figures("fast").in_flight, orchestrator.free_slots("fast")) == (1, 0)
    await stream.aclose()
    assert (orchestrator.figures("fast").in_flight, orchestrator.free_slots("fast")) == (0, 1)
    assert (await collect(orchestrator))[0]
    await orchestrator.close()


async def test_the_writer_names_models_and_prompts() -> None:
    """Another model is another scope; the order of the file is not."""
    one, two = spec("http://x/v1", "a"), spec("http://x/v1", "b")
    writers = [ModelOrchestrator([Upstream(s) for s in specs]).writer for specs in ((), (one,), (one, two), (two, one))]
    assert len(set(writers)) == 3
    assert writers[2] == writers[3]
