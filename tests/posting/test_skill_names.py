"""Names of one trade that a list might take for one another: each is a skill of its own."""

from __future__ import annotations

import pytest

from cache_service.cache.guard import Evidence, unsupported
from cache_service.posting.equality import same_fact
from cache_service.posting.facts import Facts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CCNA", "CCNP"), ("SEMrush", "Ahrefs"), ("Toast POS", "Square POS"), ("외환전문역", "신용분석사"),
        ("scissor lift", "boom lift"), ("bulldozer", "backhoe"), ("TEFL", "TESOL"), ("PFMEA", "DFMEA"),
        ("tower crane", "mobile crane"), ("CPA", "AICPA"), ("CISSP", "CISM"), ("사방넷", "셀메이트"), ("PCR", "qPCR"),
        ("SQLD", "SQLP"), ("정맥주사", "채혈"), ("OSHA 10", "OSHA 30"), ("HSK 6급", "HSK 4급"), ("GMP", "cGMP"),
        ("소방설비기사(전기)", "소방설비기사(기계)"), ("SEM 분석", "TEM 분석"), ("LC-MS", "GC-MS"), ("SSL", "TLS"),
        ("전산회계 1급", "전산회계 2급"), ("first aid certificate", "paediatric first aid"), ("2D CAD", "3D CAD"),
    ],
)  # fmt: skip
def test_neighbours_are_not_the_same(one: str, other: str) -> None:
    """A request for the one is not the request for the other, and a text may not name the other."""
    assert not same_fact("requirements.skills", (one,), (other,))
    facts = Facts({"requirements.title": "담당자", "requirements.skills": (one,)})
    evidence = Evidence.of(facts, language="ko")
    assert unsupported(f"{other} 경험이 필수입니다.", evidence, "ko")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kubernetes", "K8s"), ("컴활", "컴퓨터활용능력"), ("지게차 운전", "Forklift Operation"),
     ("타워크레인", "tower crane"),
     ("C/C++", "C++"), ("Amazon Web Services", "AWS"), ("Security+", "CompTIA Security+")],
)  # fmt: skip
def test_names_of_one_thing_are_the_same(one: str, other: str) -> None:
    """Short and long, Korean and English."""
    assert same_fact("requirements.skills", (one,), (other,))
