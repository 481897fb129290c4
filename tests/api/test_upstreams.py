"""What operators see of the upstreams."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from tests.conftest import Serve
from tests.posting.test_request import FULL
from tests.upstreams import FakeUpstream


def test_stats_show_how_the_upstreams_are(serve: Serve, upstream: FakeUpstream) -> None:
    """Breaker, slots, speed and counts of each, the queues, and what was spent, as plain JSON."""
    client = serve(upstream, FakeUpstream(url="http://127.0.0.1:9/v1"), budget_per_day=5.0)
    client.post("/v1/postings", json=FULL).raise_for_status()
    models = client.get("/v1/stats").json()["models"]
    well, dead = models["upstreams"]
    assert (well["name"], well["tier"], well["breaker"], well["in_flight"]) == ("0", "quality", "closed", 0)
    assert well["calls"] == len(upstream.calls) > 0
    assert well["first_token_s"] > 0
    assert (dead["tier"], dead["in_flight"], dead["first_token_s"]) == ("fast", 0, None)
    assert models["queues"]["quality"]["queued"] == {"urgent": 0, "interactive": 0, "batch": 0}
    assert models["budget"]["per_day"] == 5.0
    assert models["budget"]["spent"] > 0


def test_past_the_bound_a_posting_is_refused_with_the_time_to_come_back(serve: Serve, upstream: FakeUpstream) -> None:
    """Over ``max_running`` the answer is 429 with whole seconds in Retry-After, and what runs is not disturbed."""
    upstream.delay_s = 1.0
    client = serve(upstream, max_running=1)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(client.post, "/v1/postings", json=FULL)
        while not upstream.calls:
            time.sleep(0.01)
        refused = client.post("/v1/postings", json=FULL)
        assert (refused.status_code, refused.json()["type"]) == (429, "urn:gonggo:problem:busy")
        assert int(refused.headers["Retry-After"]) >= 1
        assert first.result().json()["status"] == "complete"
