"""What a semantic hit over HTTP costs beyond the encoder: one client, request by request, the encoder in turns."""

from __future__ import annotations

import http.client
import json
import os
import random
import statistics
import time
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from benchmarks.machine import quantiles
from benchmarks.service import made_up, respelled
from cache_service.posting.needs import brief_of
from cache_service.posting.request import PostingRequest
from embeddings.load import load_encoder

SEED: Final = 20261123
ENTRIES: Final = 500
REQUESTS: Final = 200
WARM_UP: Final = 10


def measure(url: str) -> dict[str, Any]:
    """Store entries, then ask for each of some in other spelling, and encode the texts of the sections that were found
    by meaning in one call, as the service does. Milliseconds of both, and of the difference request by request."""
    chance = random.Random(SEED)
    entries = [made_up(number, chance) for number in range(ENTRIES)]
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in entries).encode()
    stored = httpx.post(f"{url}/v1/cache/entries", content=lines, timeout=300, trust_env=False,
                        headers={"Content-Type": "application/x-ndjson"})  # fmt: skip
    assert stored.json()["rejected"] == 0, stored.text
    encoder = load_encoder("bundled", Path("models"), min(4, os.cpu_count() or 1))
    whole, bare, beyond, steps = [], [], [], []
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    for number, entry in enumerate(chance.sample(entries, REQUESTS + WARM_UP)):
        request = respelled(entry["request"])
        body = json.dumps(request, ensure_ascii=False).encode()
        started = time.perf_counter()
        connection.request("POST", "/v1/postings", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        answer = json.loads(response.read())
        asked_ms = (time.perf_counter() - started) * 1e3
        texts = _found_by_meaning(request, answer)
        started = time.perf_counter()
        encoder.encode(texts)
        encoded_ms = (time.perf_counter() - started) * 1e3
        if number >= WARM_UP:
            whole.append(asked_ms)
            bare.append(encoded_ms)
            beyond.append(asked_ms - encoded_ms)
            steps.append(_steps(response.getheader("Server-Timing") or ""))
    return {
        "entries": ENTRIES, "hit_ms": quantiles(whole), "encoder_ms": quantiles(bare),
        "beyond_encoder_ms": quantiles(beyond),
        "steps_p50_ms": {name: round(statistics.median(one[name] for one in steps), 2) for name in steps[0]},
    }  # fmt: skip


def _found_by_meaning(request: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    """What the service embedded for an answer: the sections that no key led to."""
    assert answer["cache"] == "hit", answer
    tiers = {one["kind"]: one["source"]["tier"] for one in answer["posting"]["sections"]}
    assert "semantic" in tiers.values(), answer
    brief = brief_of(PostingRequest.model_validate(request), tenant="", writer="", embedding="")
    return [need.representation for need in brief.needs if tiers.get(need.kind) in {"semantic", "adapted"}]


def _steps(header: str) -> dict[str, float]:
    parts = (one.strip().partition(";dur=") for one in header.split(","))
    return {name: float(spent) for name, _, spent in parts}
