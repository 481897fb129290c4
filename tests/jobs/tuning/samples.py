"""Labelled evidence drawn at random, with a known truth, and pairs of requests that pass the hard rules."""

from __future__ import annotations

from typing import Any

import numpy as np

from cache_service.cache.policies.protocol import Proposal
from cache_service.jobs.tuning.split import Sample


def truth(similarity: float) -> float:
    """How likely a reuse of this similarity is wrong."""
    return float(0.6 * np.clip((0.99 - similarity) / 0.14, 0, 1) ** 2)


def drawn(seed: int, count: int, *, groups: int = 200, kinds: tuple[str, ...] = ("company",)) -> list[Sample]:
    """Samples whose label depends on similarity alone, as ``truth`` says."""
    rng = np.random.default_rng(seed)
    made = []
    for number in range(count):
        similarity = float(rng.uniform(0.85, 1.0))
        proposal = Proposal(
            kinds[number % len(kinds)], "ko", f"e{number}", similarity, float(rng.uniform(0, 0.1)),
            float(np.clip(similarity - rng.uniform(0, 0.3), 0, 1)), int(rng.integers(0, 6)), 1,
        )  # type: ignore[arg-type]  # fmt: skip
        made.append(Sample(proposal, bool(rng.random() >= truth(similarity)), f"g{rng.integers(groups)}"))
    return made


WORDS = "결제 정산 주문 배송 검색 추천 회원 알림 광고 물류".split()


def pair_line(number: int, *, right: bool = True, **changes: Any) -> dict[str, Any]:
    """A pair whose free text differs in marks and spaces alone, so that the hard rules pass it."""
    first, second = WORDS[number % 10], WORDS[(number // 10) % 10]
    words = [first, second, "서비스", "운영", "경험"]
    wording = " ".join(words) + "." if right else " · ".join(words)
    company = {"name": f"가나{number % 40}상사"}
    stored = {"company": company, "requirements": {"title": "개발자", "preferred": [" ".join(words)]}}
    wanted = {"company": company, "requirements": {"title": "개발자", "preferred": [wording]}}
    return {
        "kind": "preferred", "language": "ko", "group": company["name"], "stored": stored, "wanted": wanted,
        "text": f"- {' '.join(words)}", "label": int(right), "source": "made",
    } | changes  # fmt: skip
