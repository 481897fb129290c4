"""The simulated model: the protocol of a real one, its times, its faults at the rates that were asked for."""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx
import openai
import pytest

from benchmarks.simulated_llm.profile import PROFILES, Profile, outage
from benchmarks.simulated_llm.server import SimulatedModel
from benchmarks.simulated_llm.writing import LIES, write
from tests.upstreams import running_server

_QUICK = replace(PROFILES["fast"], first_token_s=0.01, tokens_per_s=5000, section_tokens=40)
_TASK = {
    "section": "responsibilities", "language": "ko",
    "facts": {"requirements": {"title": "간호사", "responsibilities": ["환자 상태 관찰"]}},
}  # fmt: skip
_MESSAGES: list[Any] = [{"role": "user", "content": json.dumps(_TASK, ensure_ascii=False)}]


@contextmanager
def _client(profile: Profile) -> Iterator[tuple[openai.OpenAI, str]]:
    with (
        running_server(SimulatedModel(profile).app()) as url,
        httpx.Client(trust_env=False) as http,
        openai.OpenAI(base_url=f"{url}/v1", api_key="x", max_retries=0, http_client=http) as client,
    ):
        yield client, url


def _streamed(client: openai.OpenAI) -> str:
    answer = client.chat.completions.create(model="fast", messages=_MESSAGES, stream=True)
    return "".join(chunk.choices[0].delta.content or "" for chunk in answer if chunk.choices)


def test_it_answers_a_real_client_streamed_and_whole() -> None:
    """The openai package reads both; the text says the facts and is as long as asked for."""
    with _client(_QUICK) as (client, _):
        streamed = _streamed(client)
        whole = client.chat.completions.create(model="fast", messages=_MESSAGES)
    for text in (streamed, whole.choices[0].message.content or ""):
        assert "- 환자 상태 관찰" in text
        assert 80 <= len(text) <= 120
    assert whole.usage is not None
    assert whole.usage.completion_tokens >= 40


def test_tokens_come_in_their_own_time() -> None:
    """40 tokens at 200 a second after 0.1 s take 0.3 s; a machine under load may take longer, never less."""
    with _client(replace(_QUICK, first_token_s=0.1, spread=0.0, tokens_per_s=200)) as (client, _):
        began = time.perf_counter()
        _streamed(client)
        assert time.perf_counter() - began >= 0.29


def test_times_to_the_first_token_are_log_normal() -> None:
    """Their median is the profile's, the logarithm spreads as asked for."""
    chance = random.Random(7)
    drawn = sorted(PROFILES["quality"].draw_first_token_s(chance) for _ in range(4000))
    assert statistics.median(drawn) == pytest.approx(0.8, rel=0.03)
    assert drawn[int(0.8413 * 4000)] / statistics.median(drawn) == pytest.approx(2.71828**0.3, rel=0.05)


def test_faults_come_at_their_rates() -> None:
    """Refusals with Retry-After, broken connections and outages reach the client as what they are."""
    with _client(replace(_QUICK, refused=1.0)) as (client, _), pytest.raises(openai.RateLimitError) as refused:
        _streamed(client)
    assert refused.value.response.headers["Retry-After"] == "1"
    with _client(replace(_QUICK, reset=1.0)) as (client, _), pytest.raises(openai.APIConnectionError):
        _streamed(client)
    with _client(replace(_QUICK, outages=((0.0, 60.0),))) as (client, _), pytest.raises(openai.InternalServerError):
        _streamed(client)


def test_one_section_in_five_lies_if_asked_to() -> None:
    """The rate is of sections, and the lie is told."""
    chance = random.Random(3)
    told = [write(_MESSAGES, 40, 0.2, chance) for _ in range(1000)]
    lied = [one for one in told if one.lie is not None]
    assert 150 <= len(lied) <= 250
    assert all(one.lie in LIES["ko"] and one.lie in one.text for one in lied)
    assert not any(lie in one.text for one in told if one.lie is None for lie in LIES["ko"])


@pytest.mark.parametrize("worded", ["90-60", "60", "a-b", "-5-10"])
def test_an_outage_that_is_no_span_is_refused(worded: str) -> None:
    """With a sentence that says what one looks like."""
    with pytest.raises(ValueError, match="60-90"):
        outage(worded)
