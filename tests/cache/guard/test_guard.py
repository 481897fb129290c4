from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cache_service.cache.guard import Evidence, check, unsupported
from cache_service.cache.guard.names import NameFinder
from cache_service.posting.facts import Facts, facts_of
from cache_service.posting.request import PostingRequest
from tests.cache.adapt.templates import facts

REQUEST: dict[str, dict[str, object]] = {
    "company": {
        "name": "누리페이",
        "industry": "핀테크",
        "about": "간편결제 인프라를 만드는 회사입니다. 가맹점 1만 2,000곳이 씁니다.",
        "size": "51-200",
        "founded": 2016,
        "location": "경기 성남시 분당구",
        "culture": ["수평적 호칭"],
        "benefits": ["점심 식대 월 20만원 지원", "재택근무 주 2회", "3년 근속 시 휴가 10일"],
        "hiring_process": ["서류 전형", "1차 면접", "2차 면접"],
    },
    "requirements": {
        "title": "백엔드 개발자",
        "seniority": "mid",
        "years_min": 3,
        "years_max": 7,
        "employment_type": "full_time",
        "work_mode": "hybrid",
        "location": "판교",
        "salary_min": 50_000_000,
        "salary_max": 80_000_000,
        "salary_period": "year",
        "currency": "KRW",
        "headcount": 2,
        "deadline": "2026-12-31",
        "probation_months": 3,
        "responsibilities": ["결제 API 설계와 운영", "AWS EC2 운영"],
        "skills": ["Java 17", "Kafka"],
        "preferred": ["Kafka 운영 경험 2년 이상"],
        "contact": "recruit@example.com, 02-555-1234",
        "notes": "홈페이지 https://nuripay.example.com/jobs",
    },
}


def _facts(**changes: object) -> Facts:
    job = {key: value for key, value in (REQUEST["requirements"] | changes).items() if value is not None}
    return facts_of(PostingRequest.model_validate({"company": REQUEST["company"], "requirements": job}))


def _evidence(**changes: object) -> Evidence:
    return Evidence.of(_facts(**changes), language="ko", foreign_names=("누리페이먼츠", "카카오", "위메이드(WEMADE)"))


EVIDENCE = _evidence()
SUPPORTED = [
    "재택근무 주 2회",
    "경력 3년 이상 7년 이하",
    "3~7년차 백엔드 개발자",
    "3년 이상의 경력",
    "3-7 years of experience",
    "three to seven years of experience",
    "연봉 5,000만원~8,000만원",
    "연봉 5천만 원 ~ 8천만 원",
    "연봉 5000~8000만원",
    "KRW 50M - 80M per year",
    "연봉 50,000,000원 이상",
    "급여는 최대 8,000만원입니다",
    "정규직으로 함께할 동료",
    "Full-time",
    "하이브리드 근무",
    "주 2회 재택근무가 가능합니다",
    "재택근무 가능",
    "2명을 채용합니다",
    "채용 인원: 2명",
    "두 명을 모집해요",
    "hiring 2 engineers",
    "12월 31일까지 지원해 주세요",
    "~12/31(목)까지",
    "마감: 2026.12.31",
    "Apply by December 31, 2026",
    "수습 3개월",
    "3개월의 수습 기간",
    "three-month probation",
    "2016년에 설립되었습니다",
    "51~200명 규모",
    "가맹점 12,000곳",
    "가맹점 1만 2천 곳",
    "점심 식대 20만 원",
    "3년 근속하면 10일 휴가",
    "1차 면접과 2차 면접",
    "문의: recruit@example.com",
    "문의는 02-555-1234",
    "https://nuripay.example.com/jobs",
    "Java17과 EC2",
    "Kafka 운영 경험 2년 이상",
    "㈜누리페이는",
    "(주)누리페이",
    "누리페이 주식회사",
    "누리페이는 결제 회사입니다",
    "B2B 서비스, 1:1 면담",
    "1. 결제 API 설계\n2. 정산",
    "함께 성장할 동료를 찾습니다.",
]
WRONG = [
    ("경력 5년 이상", "years_min", 5, 3),
    ("3년 이상 10년 이하의 경력", "years_max", 10, 7),
    ("2+ years of experience", "years_min", 2, 3),
    ("경력 무관", "years_min", 0, 3),
    ("신입 지원 가능", "years_min", 0, 3),
    ("경력 2년 이상", "years_min", 2, 3),
    ("연봉 4,000만원~8,000만원", "salary_min", 40_000_000, 50_000_000),
    ("연봉 5,000~9,000만원", "salary_max", 90_000_000, 80_000_000),
    ("연봉 5,000만원", "salary_max", 50_000_000, 80_000_000),
    ("월급 5,000만원 이상", "salary_period", "month", "year"),
    ("$50,000,000 salary", "salary_min", 50_000_000, 50_000_000),
    ("월 300만원", "salary_period", "month", "year"),
    ("계약직입니다", "employment_type", "contract", "full_time"),
    ("인턴 채용", "employment_type", "intern", "full_time"),
    ("Part-time position", "employment_type", "part_time", "full_time"),
    ("프리랜서 모집", "employment_type", "freelance", "full_time"),
    ("재택근무 불가", "work_mode", "onsite", "hybrid"),
    ("전면 재택근무", "work_mode", "remote", "hybrid"),
    ("재택근무는 지원하지 않습니다", "work_mode", "onsite", "hybrid"),
    ("fully remote", "work_mode", "remote", "hybrid"),
    ("No remote work.", "work_mode", "onsite", "hybrid"),
    ("매일 사무실로 출근", "work_mode", "onsite", "hybrid"),
    ("3명 채용", "headcount", 3, 2),
    ("00명 모집", "headcount", "unspecified", 2),
    ("hiring 5 engineers", "headcount", 5, 2),
    ("11월 30일까지", "deadline", "--11-30", "2026-12-31"),
    ("마감: 2027.12.31", "deadline", "2027-12-31", "2026-12-31"),
    ("상시 채용", "deadline", "always_open", "2026-12-31"),
    ("채용 시 마감", "deadline", "until_filled", "2026-12-31"),
    ("수습 6개월", "probation_months", 6, 3),
    ("수습 기간 없음", "probation_months", 0, 3),
    ("hr@example.com", "email", "hr@example.com", "recruit@example.com, 02-555-1234"),
    ("02-555-9999", "phone", "02-555-9999", "recruit@example.com, 02-555-1234"),
    ("https://evil.example.org", "url", "https://evil.example.org", "recruit@example.com, 02-555-1234"),
    ("2015년에 설립되었습니다", "number", 2015, None),
    ("가맹점 2만 곳", "number", 20_000, None),
    ("Java 21", "number", 21, None),
    ("S3를 씁니다", "number", "S3", None),
    ("식대 월 30만원", "number", 300_000, None),
    ("네 번의 면접", "number", 4, None),
    ("재택근무 주 3회", "number", 3, None),
    ("남성만 지원할 수 있습니다", "polarity", "required", None),
    ("야간에도 근무합니다", "claim", "야간에도", None),
    ("2019년 3월부터", "date", "2019-03", None),
    ("㈜누리페이먼츠", "company", "㈜누리페이먼츠", "누리페이"),
    ("누리페이먼츠는 결제 회사입니다", "company", "누리페이먼츠", "누리페이"),
    ("카카오와 함께", "company", "카카오", "누리페이"),
    ("WEMADE에서", "company", "WEMADE", "누리페이"),
    ("위메이드는", "company", "위메이드", "누리페이"),
    ("누리페이뱅크는", "company", "누리페이뱅크", "누리페이"),
    ("Acme Inc. is hiring", "company", "Acme Inc.", "누리페이"),
    ("{{company}}는 회사입니다", "company", "{{company}}", "누리페이"),
    ("[회사명]에서 일할 분", "company", "[회사명]", "누리페이"),
    ("[Company Name] is", "company", "[Company Name]", "누리페이"),
    ("OOO 회사", "company", "OOO ", "누리페이"),
    ("<script src=x>", "url", "<script", None),
]


@pytest.mark.parametrize("text", SUPPORTED)
def test_rewordings_of_the_request_pass(text: str) -> None:
    """What the request states may be said in other words."""
    assert unsupported(text, EVIDENCE, "ko") == ()


@pytest.mark.parametrize(("text", "kind", "value", "expected"), WRONG)
def test_one_wrong_fact_is_found(text: str, kind: str, value: int | str, expected: int | str | None) -> None:
    """A text that differs in one fact is not supported, and the answer says which and what was expected."""
    found = {(one.fact.type, one.fact.value, one.expected) for one in unsupported(text, EVIDENCE, "ko")}
    assert (kind, value, expected) in found


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("years_min", "경력 3년 이상"),
        ("salary_min", "연봉 5,000만원 이상"),
        ("employment_type", "정규직"),
        ("headcount", "2명 채용"),
        ("deadline", "12월 31일까지"),
        ("probation_months", "수습 3개월"),
        ("salary_period", "연봉 8,000만원 이하"),
    ],
)
def test_what_the_request_leaves_open_may_not_be_stated(field: str, text: str) -> None:
    """A field that is null states nothing, and nothing may be invented for it."""
    assert unsupported(text, _evidence(**{field: None}), "ko")


def test_own_texts_support_what_a_field_leaves_open() -> None:
    """Benefits and notes state facts too, unless the field says otherwise."""
    assert not unsupported("주 2회 재택근무", _evidence(work_mode=None), "ko")
    assert unsupported("주 2회 재택근무", _evidence(work_mode="onsite"), "ko")
    assert not unsupported("수습 2개월", _evidence(probation_months=None, notes="수습 2개월이 있습니다"), "ko")


def test_a_record_of_the_company_is_evidence() -> None:
    """What the company's own earlier posting says may be said again; what contradicts the request may not."""
    evidence = Evidence.of(_facts(), language="ko", record=("2020년부터 누적 투자 300억 원",))
    assert not unsupported("누적 투자 300억 원", evidence, "ko")
    assert unsupported("누적 투자 400억 원", evidence, "ko")


def test_a_longer_name_is_another_company_in_either_direction() -> None:
    """누리페이먼츠 is not 누리페이, whichever of the two the request is for."""
    payments = PostingRequest.model_validate({"company": {"name": "누리페이먼츠"}, "requirements": {"title": "개발자"}})
    evidence = Evidence.of(facts_of(payments), language="ko", foreign_names=("누리페이",))
    assert not unsupported("누리페이먼츠는 결제를 만듭니다", evidence, "ko")
    assert [one.fact.value for one in unsupported("누리페이는 결제를 만듭니다", evidence, "ko")] == ["누리페이"]


def test_short_names_count_when_used_as_names_or_when_the_caller_is_certain() -> None:
    """부릉 is a word until a corporate form, quotes or the caller make it a company."""
    short = Evidence.of(_facts(), language="ko", foreign_names=("부릉", "단색"))
    assert not unsupported("단색은 배경에 씁니다. 부릉 소리가 나는 차", short, "ko")
    assert unsupported("㈜부릉", short, "ko")
    assert unsupported("'부릉'에서 일합니다", short, "ko")
    certain = Evidence.of(_facts(), language="ko", certain_names=("부릉",))
    assert unsupported("부릉은 물류 회사입니다", certain, "ko")


def test_names_the_request_uses_itself_are_not_foreign() -> None:
    """A partner that the request names may be named."""
    evidence = Evidence.of(_facts(notes="카카오와 협업합니다"), language="ko", foreign_names=("카카오",))
    assert not unsupported("카카오와 협업합니다", evidence, "ko")


def test_an_alias_is_the_company_too() -> None:
    """위메이드(WEMADE) may be called by either name, in any case of letters."""
    request = PostingRequest.model_validate({"company": {"name": "위메이드(WEMADE)"}, "requirements": {"title": "PM"}})
    evidence = Evidence.of(facts_of(request), language="ko", foreign_names=("위메이드",))
    for text in ("위메이드는", "Wemade에서", "㈜위메이드", "WEMADE Inc."):
        assert not unsupported(text, evidence, "ko"), text


def test_check_lists_supported_facts_with_what_was_expected() -> None:
    """Every fact is listed in order, supported or not."""
    found = check("경력 3년 이상 10년 이하, 계약직", EVIDENCE, "ko")
    assert [(one.fact.type, one.supported, one.expected) for one in found] == [
        ("years_min", True, 3),
        ("years_max", False, 7),
        ("employment_type", False, "full_time"),
    ]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_checked(text: str) -> None:
    """The guard never raises, and spans lie within the text."""
    for one in check(text, EVIDENCE, "ko"):
        assert 0 <= one.fact.start < one.fact.end <= len(text)


@pytest.mark.parametrize(("job", "supported"), [("판교", True), ("부산 해운대구", False)])
def test_where_the_job_is_does_not_say_where_the_company_is(job: str, supported: bool) -> None:
    """In the section about the company, unless the job's place lies in the company's."""
    evidence = _evidence(location=job).of_section("company")
    assert (unsupported(f"누리페이는 {job}에 위치한 회사입니다.", evidence, "ko") == ()) is supported
    assert unsupported("누리페이는 경기 성남시 분당구에 위치한 회사입니다.", evidence, "ko") == ()


@pytest.mark.parametrize(
    ("changes", "language", "text"),
    [
        ({"salary_min": 100_000, "salary_max": 150_000, "salary_period": "day"}, "ko", "월 10만 원 이상 15만 원 이하"),
        ({"salary_min": 120_000, "salary_max": 180_000, "salary_period": "day"}, "ko", "급여: 월 12만~18만 원"),
        ({"salary_min": 21, "salary_max": 39, "salary_period": "hour", "currency": "GBP"}, "en", "$21 to $39 per hour"),
        ({"employment_type": "part_time", "seniority": "intern"}, "ko", "인턴으로 채용합니다."),
        ({"location": "서울 강남구"}, "ko", "근무지는 경기 성남시 분당구입니다."),
        ({"work_mode": "hybrid"}, "en", "You can work from anywhere."),
    ],
)
def test_words_beside_a_fact_count_too(changes: dict[str, object], language: str, text: str) -> None:
    """The period of an amount, its currency (USD inside a word is none), what 인턴 and a place are of."""
    job = {"title": "Bus Driver"} | changes
    evidence = Evidence.of(_facts(**job), language=language)
    assert unsupported(text, evidence, language)


@pytest.mark.parametrize(
    ("changes", "language", "text"),
    [
        (
            {"salary_min": 100_000, "salary_max": 150_000, "salary_period": "day"},
            "ko",
            "하루 10만 원 이상 15만 원 이하",
        ),
        ({"employment_type": "intern", "seniority": "intern"}, "ko", "인턴으로 채용합니다."),
        ({"location": "서울 강남구"}, "ko", "본사는 경기 성남시 분당구입니다. 근무지는 서울 강남구입니다."),
        ({"work_mode": "remote"}, "en", "You can work from anywhere."),
        ({"work_mode": None}, "ko", "판교역 근처 성남시 분당구 사무실로 출근합니다."),
    ],
)
def test_the_same_words_pass_where_they_are_true(changes: dict[str, object], language: str, text: str) -> None:
    """What the words beside a fact say may be what the request says."""
    assert not unsupported(text, Evidence.of(_facts(**changes), language=language), language)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ACME robotics에서 만든 제품", ["ACME robotics"]),
        ("AcmeRobotics와 함께", ["AcmeRobotics"]),
        ("Acme에서 로봇을 (robotics)", []),
        ("누리누리페이먼츠와 협업", []),
        ("우리 누리페이뱅크는", ["누리페이뱅크"]),
        ("누리페이, 누리페이 그리고 누리페이카드", ["누리페이카드"]),
    ],
)
def test_names_are_found_in_any_case_and_spacing_and_glued_to_words_of_business(text: str, found: list[str]) -> None:
    """Looking first whether a name can be there loses none that is."""
    names = NameFinder(own="누리페이", own_texts=("누리페이",), foreign=("Acme Robotics",), certain=())
    assert [name for name, _, _ in names.find(text)] == found


def test_a_department_in_the_title_is_no_other_company() -> None:
    """Where the title is told whole, what it begins with is part of it; by itself or elsewhere it is not."""
    wanted = facts({"name": "샘표식품"}, {"title": "제품개발센터 제품디자이너"})
    evidence = Evidence.of(wanted, language="ko")
    assert not unsupported("제품개발센터 제품디자이너 직무에서 담당할 업무입니다.", evidence, "ko")
    other = Evidence.of(facts({"name": "샘표식품"}, {"title": "제품디자이너"}), language="ko")
    assert unsupported("제품개발센터 제품디자이너 직무에서 담당할 업무입니다.", other, "ko")
