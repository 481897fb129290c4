"""Claims that no field holds: who may apply, how the work is, what the company is."""

from __future__ import annotations

import pytest

from cache_service.posting.extract import extract_facts


def _claims(text: str) -> list[str | None]:
    return [fact.canonical for fact in extract_facts(text, "ko") if fact.type in {"claim", "polarity"}]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("남성만 지원할 수 있습니다.", "men only"),
        ("여자만 지원 가능", "women only"),
        ("Men only.", "men only"),
        ("군필자도 우대합니다.", "military service"),
        ("병역을 마친 분이면 더 좋습니다.", "military service"),
        ("야간에도 근무합니다.", "night work"),
        ("You will work nights.", "night work"),
        ("주말에는 응급실도 지원합니다.", "weekend work"),
        ("Weekend availability is a must.", "weekend work"),
        ("야근이 없습니다.", "no overtime"),
        ("There is no overtime.", "no overtime"),
        ("지방 출장이 잦습니다.", "business travel"),
        ("You must be willing to travel 50% of the time.", "business travel"),
        ("You own a car.", "own car"),
        ("자차를 가진 분", "own car"),
        ("팀원 관리도 합니다.", "manages people"),
        ("You will also manage a team of five.", "manages people"),
        ("국내 1위를 달리고 있습니다.", "first of its kind"),
        ("코스닥 상장사입니다.", "listed"),
        ("We won awards for it.", "prize"),
        ("의류 회사이며 전 세계에 매장이 있습니다.", "abroad"),
        ("인근에 사시면 더 좋습니다.", "local people"),
        ("This is a volunteer position.", "unpaid work"),
        ("무급 인턴으로 시작합니다.", "unpaid work"),
    ],
)
def test_a_claim_is_read(text: str, claim: str) -> None:
    """In its canonical form; a denied one is another claim."""
    assert claim in _claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "야간 수당과 명절 선물을 드립니다.",
        "overtime pay",
        "야근 식대를 지원합니다.",
        "We hire regardless of military service.",
        "백엔드 개발자를 찾습니다.",
        "결제 API를 설계하고 운영합니다.",
        "간호사로서 환자를 돌봅니다.",
        "함께 성장할 분을 기다립니다.",
    ],
)
def test_what_is_no_claim(text: str) -> None:
    """Benefits, equal opportunity and plain duties."""
    assert _claims(text) == []
