"""What operators see of the upstreams."""

from __future__ import annotations

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
