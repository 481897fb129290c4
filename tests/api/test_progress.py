"""What readers are told while a slow model writes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tests.api.test_postings import stream
from tests.conftest import Serve
from tests.posting.test_request import FULL
from tests.upstreams import FakeUpstream

Log = list[tuple[int, str, Any]]


def _of(log: Log, type_: str) -> list[Any]:
    return [data for _, name, data in log if name == type_]


TITLES = ("백엔드 개발자", "프런트엔드 개발자", "데이터 분석가", "제품 디자이너", "병동 간호사")


def _other(title: str, about: str) -> dict[str, Any]:
    """``FULL`` with another title, on which its sections depend, and other words about the company."""
    return FULL | {
        "company": FULL["company"] | {"about": about}, "requirements": FULL["requirements"] | {"title": title},
    }  # fmt: skip


def test_progress_is_monotone_and_told_about_once_a_second(serve: Serve, upstream: FakeUpstream) -> None:
    """``done`` only rises; the time left only falls, at least to 0 at the end; it is told while nothing is finished."""
    upstream.delay_s, upstream.chunk = 0.25, 4
    log = stream(serve(upstream), FULL)
    last_plan = max(number for number, (_, name, _) in enumerate(log) if name == "plan")
    plan = log[last_plan][2]
    told = _of(log[last_plan:], "progress")
    assert [one["done"] for one in told] == sorted(one["done"] for one in told)
    assert len(told) > len({one["done"] for one in told})  # also while nothing is finished
    for share in ("p50", "p90"):
        left = [plan["eta_ms"][share], *(one["eta_ms"][share] for one in told)]
        assert all(after <= before for before, after in pairwise(left))
        assert min(left) >= 0
        assert left[0] > 0
        assert left[-1] == 0
    assert all(one["eta_ms"]["p50"] <= one["eta_ms"]["p90"] for one in [plan, *told])
    by_model = {one["kind"] for one in plan["sections"] if one["tier"] in {"fast", "quality"}}
    assert by_model
    assert {one["kind"] for one in plan["sections"] if one["eta_ms"]["p50"] > 0} == by_model
    assert log[-1][1] == "done"


def test_a_hit_has_nothing_left(serve: Serve, upstream: FakeUpstream) -> None:
    """What no model writes takes no time, and there is nothing to look at meanwhile."""
    client = serve(upstream)
    stream(client, FULL)
    log = stream(client, FULL)
    told = [*_of(log, "plan")[-1:], *_of(log, "progress")[-1:]]
    assert [one["eta_ms"] for one in told] == [{"p50": 0.0, "p90": 0.0}] * 2
    assert not _of(log, "alternative")


def test_the_nearest_entries_are_shown_once_while_a_model_writes(serve: Serve, upstream: FakeUpstream) -> None:
    """After the last plan, at most three entries, each once, the most similar first, before anything is written."""
    client = serve(upstream)
    for title in TITLES:
        client.post("/v1/postings", json=_other(title, f"{title}가 일하는 회사입니다.")).raise_for_status()
    log = stream(client, _other("지게차 운전원", "배달 앱을 만드는 회사입니다."))
    shown = _of(log, "alternative")
    assert 1 <= len(shown) <= 3
    assert len({one["entry_id"] for one in shown}) == len(shown)
    assert [one["similarity"] for one in shown] == sorted((one["similarity"] for one in shown), reverse=True)
    for one in shown:
        assert client.get(f"/v1/cache/entries/{one['entry_id']}").status_code == 200
    at = [number for number, name, _ in log if name == "alternative"]
    assert at == list(range(at[0], at[0] + len(at)))
    assert at[0] > max(number for number, name, _ in log if name == "plan")
