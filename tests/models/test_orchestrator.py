from __future__ import annotations

import contextlib

import pytest

from cache_service.models.orchestrator import Attempt, ModelOrchestrator
from cache_service.models.prompts import Prompt, section_prompt
from cache_service.models.upstream import Generation, Upstream, UpstreamError, UpstreamSpec
from tests.posting.test_needs import brief
from tests.posting.test_request import FULL
from tests.upstreams import FakeUpstream


def spec(url: str, name: str = "a", tier: str = "fast", timeout_s: float = 2.0, slots: int = 4) -> UpstreamSpec:
    return UpstreamSpec(name, tier, url, f"model-{name}", "key", slots, None, None, 0.0, 1.0, 1.0, timeout_s)


def upstream_of(of: UpstreamSpec) -> Upstream:
    return Upstream(of, chance=lambda: 0.5)


def prompt() -> Prompt:
    needs = {need.kind: need for need in brief(FULL).needs}
    return section_prompt(needs["requirements"], "ko")


async def collect(orchestrator: ModelOrchestrator, preferred: str = "fast") -> tuple[str, Attempt]:
    attempt = Attempt(Generation())
    async with contextlib.aclosing(orchestrator.stream(prompt(), preferred, attempt)) as texts:  # type: ignore[arg-type]
        return "".join([text async for text in texts]), attempt


async def test_a_whole_answer(upstream: FakeUpstream) -> None:
    """Text and the token count that the upstream reports come through."""
    orchestrator = ModelOrchestrator([upstream_of(spec(upstream.url))])
    text, attempt = await collect(orchestrator)
    assert text == upstream.text(upstream.calls[0])
    assert (attempt.model, attempt.generation.truncated) == ("model-a", False)
    assert attempt.generation.tokens > 1
    await orchestrator.close()


async def test_a_prompt_holds_its_section_s_facts_alone(upstream: FakeUpstream) -> None:
    """A section can depend only on what its key knows: nothing else is in the prompt."""
    orchestrator = ModelOrchestrator([upstream_of(spec(upstream.url))])
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
        [upstream_of(spec(upstream.url, "f", "fast")), upstream_of(spec(down.url, "q", "quality"))]
    )
    _, attempt = await collect(orchestrator, "quality")
    assert (attempt.tier, attempt.model) == ("fast", "model-f")
    await orchestrator.close()


@pytest.mark.parametrize("status", [401, 429, 500])
async def test_a_refusal_is_one_error(upstream: FakeUpstream, status: int) -> None:
    """Whatever the status, it is an upstream that failed before its first word."""
    upstream.status = status
    orchestrator = ModelOrchestrator([upstream_of(spec(upstream.url))])
    with pytest.raises(UpstreamError) as caught:
        await collect(orchestrator)
    assert not caught.value.after_text
    await orchestrator.close()


async def test_after_the_first_word_nobody_else_is_asked(upstream: FakeUpstream) -> None:
    """A stream that breaks off is an error, not the beginning of another text."""
    upstream.cut_after = 2
    one, two = (upstream_of(spec(upstream.url, name)) for name in "ab")
    orchestrator = ModelOrchestrator([one, two])
    with pytest.raises(UpstreamError) as caught:
        await collect(orchestrator)
    assert caught.value.after_text
    assert len(upstream.calls) == 1
    await orchestrator.close()


async def test_slots_bound_what_runs_and_are_given_back(upstream: FakeUpstream) -> None:
    """No more than ``max_concurrency`` at once; a timeout or a reader that leaves frees its slot."""
    only = upstream_of(spec(upstream.url, timeout_s=0.2, slots=1))
    orchestrator = ModelOrchestrator([only])
    upstream.hang_s = 5
    for _ in range(3):
        with pytest.raises(UpstreamError, match="nothing for"):
            await collect(orchestrator)
    assert only.in_flight == 0
    upstream.hang_s = 0
    stream = orchestrator.stream(prompt(), "fast", Attempt(Generation()))
    await anext(stream)
    assert only.in_flight == 1
    await stream.aclose()
    assert only.in_flight == 0
    assert (await collect(orchestrator))[0]
    await orchestrator.close()


async def test_the_writer_names_models_and_prompts() -> None:
    """Another model is another scope; the order of the file is not."""
    one, two = spec("http://x/v1", "a"), spec("http://x/v1", "b")
    writers = [
        ModelOrchestrator([upstream_of(s) for s in specs]).writer for specs in ((), (one,), (one, two), (two, one))
    ]
    assert len(set(writers)) == 3
    assert writers[2] == writers[3]
