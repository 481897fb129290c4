"""Facts as people say them in sentences, and what sounds like one and is none."""

from __future__ import annotations

from typing import Final

Fact = tuple[str, int | str]

SPOKEN: Final[list[tuple[str, set[Fact]]]] = [
    ("제과 일을 이 년 해 보신 분.", {("years_min", 2)}),
    ("서너 해 몸담은 분을 모십니다.", {("years_min", 3)}),
    ("경력이 두 해를 넘은 분을 찾습니다.", {("years_min", 2)}),
    ("한두 해 일한 정도면 됩니다.", {("years_min", 1)}),
    ("최소 다섯 해는 주방에서 지낸 분이어야 합니다.", {("years_min", 5)}),
    ("십 년 넘은 베테랑 용접사를 우리는 원합니다.", {("years_min", 10)}),
    ("네 해 넘게 일한 분이어야 합니다.", {("years_min", 4)}),
    ("삼 년 넘게 주방에서 일한 분", {("years_min", 3)}),
    ("관련 업무를 1년 넘게 하신 분.", {("years_min", 1)}),
    ("최소 48개월 일한 분을 찾습니다.", {("years_min", 4)}),
    ("A minimum of half a decade behind the wheel is expected.", {("years_min", 5)}),
    ("A couple of years in retail", {("years_min", 2)}),
    ("Two years in sales.", {("years_min", 2)}),
    ("3-5 years selling to hospitals", {("years_min", 3), ("years_max", 5)}),
    ("8-12 yrs, C++, Redis", {("years_min", 8), ("years_max", 12)}),
    ("수습 기간은 여섯 달입니다.", {("probation_months", 6)}),
    ("입사 후 두 달은 수습이에요.", {("probation_months", 2)}),
    ("한 분만 모십니다.", {("headcount", 1)}),
    ("- 1명", {("headcount", 1)}),
    ("Brightside needs 4 Office Cleaners.", {("headcount", 4), ("company", "Brightside")}),
    ("12 Seasonal Pickers, Applecross", {("headcount", 12), ("company", "Applecross")}),
    ("억대 연봉을 보장합니다.", {("salary_min", 10**8), ("salary_period", "year")}),
    ("한 달에 280만 원을 지급해요.",
     {("salary_min", 2_800_000), ("salary_max", 2_800_000), ("salary_period", "month")}),
    ("급여: 월 280만", {("salary_min", 2_800_000), ("salary_max", 2_800_000), ("salary_period", "month")}),
    ("연봉 9천~1억 1천만 원", {("salary_min", 90_000_000), ("salary_max", 110_000_000), ("salary_period", "year")}),
    ("Closing date: 25/03/2027.", {("deadline", "2027-03-25")}),
    ("closes 12/14/2026", {("deadline", "2026-12-14")}),
    ("12월 30일에 마감합니다.", {("deadline", "--12-30")}),
    ("접수기간: 2027. 1. 4. ~ 2027. 1. 15.", {("date", "2027-01-04"), ("deadline", "2027-01-15")}),
    ("Applications accepted March 1 through March 15.", {("date", "--03-01"), ("deadline", "--03-15")}),
    ("언제든 지원할 수 있습니다.", {("deadline", "always_open")}),
    ("재무회계 모집 (~2/15)", {("deadline", "--02-15")}),
    ("전면 재택입니다.", {("work_mode", "remote")}),
    ("집에서만 일합니다.", {("work_mode", "remote")}),
    ("완전 원격, 정규직", {("work_mode", "remote"), ("employment_type", "full_time")}),
    ("지원은 moafit.career/apply에서 받습니다.", {("url", "moafit.career/apply")}),
    ("Call 1-800-555-0177.", {("phone", "1-800-555-0177")}),
    ("(주)대원정밀입니다.", {("company", "(주)대원정밀")}),
    # and what is none
    ("신입은 지원할 수 없습니다.", set()),
    ("- 출시 3년 차 게임 라이브 운영", {("number", 3)}),
    ("우리는 10년 넘게 한길을 걸어온 회사입니다.", {("number", 10)}),
    ("We have built software for 12 years.", {("number", 12)}),
    ("한 분 한 분 소중히", set()),
    ("12개월 할부, 24개월 약정", {("number", 12), ("number", 24)}),
    ("an annual turnover of £58 million", {("number", 58_000_000)}),
    ("up to $2 an hour in bonuses", {("number", 2)}),
    ("close $1.2M in new business", {("number", 1_200_000)}),
    ("$500 annual learning stipend", {("number", 500)}),
]  # fmt: skip

NAMED: Final[list[tuple[str, str, str]]] = [
    ("강남에서 일합니다.", "location", "강남"),
    ("제주 사무실에서 일합니다.", "location", "제주"),
    ("홍대입구역 3분 거리 미용실", "location", "홍대입구역"),
    ("대학을 나온 분이어야 합니다.", "education", "대학을 나온"),
    ("고등학교를 졸업하신 분", "education", "고등학교를 졸업하신"),
    ("주식회사 다온회계 재무회계 담당자 신입 채용", "title", "재무회계 담당자"),
    ("시니어급 개발자를 모십니다.", "title", "개발자"),
    ("아파트 경비원 구함.", "title", "아파트 경비원"),
    ("미화원 여섯 분 모십니다", "title", "미화원"),
    ("■ 모집: 찬모 1명", "title", "찬모"),
    ("5년차 이상의 시니어를 모십니다.", "seniority", "senior"),
]
