from __future__ import annotations

import pytest

from cache_service.posting.extract import extract_facts

BENEFITS: list[tuple[str, dict[str, str]]] = [
    ("점심 식대 지원", {"점심 식대 지원": "lunch"}),
    ("• 중식 제공\n• 통근버스 운행", {"중식 제공": "lunch", "통근버스 운행": "shuttle bus"}),
    ("4대 보험, 퇴직금, 경조휴가", {
        "4대 보험": "statutory insurance", "퇴직금": "severance pay", "경조휴가": "family event leave"}),
    ("연 1회 건강검진 지원", {"연 1회 건강검진 지원": "health checkup"}),
    ("스톡옵션 부여", {"스톡옵션 부여": "stock options"}),
    ("자율 출퇴근제 운영, 리프레시 휴가", {"자율 출퇴근제 운영": "flexible hours", "리프레시 휴가": "refresh leave"}),
    ("격주 금요일 휴무", {"격주 금요일 휴무": "alternate fridays off"}),
    ("기숙사 제공 / 명절 선물", {"기숙사 제공": "dormitory", "명절 선물": "holiday gift"}),
    ("복지포인트와 도서구입비를 드립니다", {"복지포인트": "welfare points", "도서구입비": "book support"}),
    ("health insurance, 401(k), PTO", {
        "health insurance": "health insurance", "401(k)": "401(k)", "PTO": "annual leave"}),
    ("We offer stock options and free lunch.", {"stock options": "stock options", "free lunch": "lunch"}),
    ("Benefits: dental insurance, parental leave, gym membership", {
        "dental insurance": "dental insurance", "parental leave": "parental leave", "gym membership": "fitness"}),
    ("$500 annual learning stipend, home office budget", {
        "$500 annual learning stipend": "education support", "home office budget": "home office money"}),
    ("Tuition reimbursement; pet insurance", {
        "Tuition reimbursement": "tuition support", "pet insurance": "pet insurance"}),
]  # fmt: skip
DUTIES = [
    "복리후생 제도 운영",
    "급여 및 4대 보험 업무",
    "4대보험 취득/상실 신고",
    "건강검진센터 간호사",
    "구내식당 조리 업무 담당",
    "퇴직연금 상품 영업",
    "인센티브 제도 기획 경험이 있으신 분",
    "Sell life insurance to new clients",
    "Administer health insurance and retirement plans",
    "Knowledge of 401(k) administration",
    "장비 관리 업무",
    "커피 매장 관리",
    "without regard to race, religion, disability or veteran status",
]
DENIED = [
    ("식대는 지원하지 않습니다", "meal allowance"),
    ("기숙사 미제공", "dormitory"),
    ("no health insurance", "health insurance"),
    ("Stock options are not offered", "stock options"),
]


def _benefits(text: str) -> dict[str, str]:
    return {str(fact.value): str(fact.canonical) for fact in extract_facts(text, "ko") if fact.type == "benefit"}


def _spread_over(found: dict[str, str]) -> set[str]:
    return set(found.values())


@pytest.mark.parametrize(("text", "expected"), BENEFITS)
def test_offers_are_read_as_items_with_their_concept(text: str, expected: dict[str, str]) -> None:
    """What is offered is a benefit, as the item words it, under a concept that both languages share."""
    found = _benefits(text)
    assert _spread_over(found) == _spread_over(expected)
    assert all(any(wording in value or value in wording for value in found) for wording in expected)


@pytest.mark.parametrize("text", DUTIES)
def test_duties_and_products_are_no_benefits(text: str) -> None:
    """Running, selling or knowing about a benefit offers none."""
    assert _benefits(text) == {}


@pytest.mark.parametrize(("text", "concept"), DENIED)
def test_a_denied_offer_is_a_polarity(text: str, concept: str) -> None:
    """What is said not to be offered is not stated as a benefit but as not allowed."""
    facts = [fact for fact in extract_facts(text, "ko") if fact.type in {"benefit", "polarity"}]
    assert [(fact.type, fact.value, fact.canonical) for fact in facts] == [("polarity", "not_allowed", concept)]


def test_the_value_is_the_whole_item() -> None:
    """A short item is the value as worded, without its marks; two benefits joined in one item are two values."""
    text = "복지\n- 업무 관련 도서 구입비 무제한 지원\n- 생일 반차 및 상품권 지급"
    assert list(_benefits(text)) == ["업무 관련 도서 구입비 무제한 지원", "생일 반차", "상품권 지급"]
