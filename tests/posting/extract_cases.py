"""What texts state, as tables."""

from __future__ import annotations

YEAR, MONTH, HOUR = ("salary_period", "year"), ("salary_period", "month"), ("salary_period", "hour")


def _pay(low: int | None, high: int | None) -> set[tuple[str, int | str]]:
    bounds = (("salary_min", low), ("salary_max", high))
    return {(kind, value) for kind, value in bounds if value is not None}


def _years(low: int | None, high: int | None = None) -> set[tuple[str, int | str]]:
    bounds = (("years_min", low), ("years_max", high))
    return {(kind, value) for kind, value in bounds if value is not None}


def _is(kind: str, value: int | str) -> set[tuple[str, int | str]]:
    return {(kind, value)}


CASES: list[tuple[str, set[tuple[str, int | str]]]] = [
    # years
    ("경력 3년 이상", _years(3)),
    ("3~5년 경력", _years(3, 5)),
    ("3년 이상 7년 이하의 경력", _years(3, 7)),
    ("만 3년차", _years(3)),
    ("경력 3년~5년", _years(3, 5)),
    ("경력: 3년 이상 ~ 7년 이하", _years(3, 7)),
    ("최대 7년의 실무 경험", _years(None, 7)),
    ("경력 7년 이하", _years(None, 7)),
    ("Java 개발 3년 이상", _years(3)),
    ("3년 이상 스타트업 마케팅 경험", _years(3)),
    ("경력 무관", _years(0)),
    ("신입 지원 가능", _years(0)),
    ("신입/경력 모두 환영", _years(0)),
    ("5+ years of experience", _years(5)),
    ("at least 5 years of experience", _years(5)),
    ("3-5 yrs experience in sales", _years(3, 5)),
    ("between 3 and 5 years of experience", _years(3, 5)),
    ("five (5) years of experience", _years(5)),
    ("up to 4 years of experience", _years(None, 4)),
    ("0–2 years of experience", _years(0, 2)),
    ("No prior experience required", _years(0)),
    ("설립 3년 만에 흑자", _is("number", 3)),
    ("입사 3년 시 휴가 5일", {("number", 3), ("number", 5)}),
    ("founded 10 years ago", _is("number", 10)),
    ("3년 근속 시 포상", _is("number", 3)),
    # pay
    ("연봉 4,000만원~6,000만원", _pay(40_000_000, 60_000_000) | {YEAR}),
    ("연봉 5,000~8,000만원", _pay(50_000_000, 80_000_000) | {YEAR}),
    ("연봉 4000~6000", _pay(40_000_000, 60_000_000) | {YEAR}),
    ("월 300만 원", _pay(3_000_000, 3_000_000) | {MONTH}),
    ("시급 10,030원", _pay(10_030, 10_030) | {HOUR}),
    ("연봉 4천만원 이상", _pay(40_000_000, None) | {YEAR}),
    ("연봉 1억 2천만원 이하", _pay(None, 120_000_000) | {YEAR}),
    ("연봉 3천5백만원", _pay(35_000_000, 35_000_000) | {YEAR}),
    ("급여 250만원", _pay(2_500_000, 2_500_000)),
    ("$120k-150k base salary", _pay(120_000, 150_000)),
    ("연봉 ₩50,000,000", _pay(50_000_000, 50_000_000) | {YEAR}),
    ("salary KRW 50M", _pay(50_000_000, 50_000_000)),
    ("USD 90,000 per year", _pay(90_000, 90_000) | {YEAR}),
    ("up to $60 per hour", _pay(None, 60) | {HOUR}),
    ("월급 300만원 + 식대 20만원", _pay(3_000_000, 3_000_000) | {MONTH, ("number", 200_000)}),
    ("매출 100억원", _is("number", 10_000_000_000)),
    ("식대 월 20만원 지원", _is("number", 200_000)),
    ("raised $50M in funding", _is("number", 50_000_000)),
    # headcount
    ("2명 채용", _is("headcount", 2)),
    ("채용인원: 3명", _is("headcount", 3)),
    ("00명 모집", _is("headcount", "unspecified")),
    ("OO명", _is("headcount", "unspecified")),
    ("세 명을 채용합니다", _is("headcount", 3)),
    ("we are hiring 2 engineers", _is("headcount", 2)),
    ("Openings: 4", _is("headcount", 4)),
    ("팀원 5명과 함께", _is("number", 5)),
    # employment
    ("고용 형태: 정규직", _is("employment_type", "full_time")),
    ("계약직(1년)", {("employment_type", "contract"), ("number", 1)}),
    ("아르바이트 모집", _is("employment_type", "part_time")),
    ("인턴 채용", _is("employment_type", "intern")),
    ("프리랜서로 근무", _is("employment_type", "freelance")),
    ("Full-time · Seoul", _is("employment_type", "full_time")),
    ("This is a contract position", _is("employment_type", "contract")),
    ("part-time role", _is("employment_type", "part_time")),
    ("Internship", _is("employment_type", "intern")),
    # work mode
    ("재택 불가", _is("work_mode", "onsite")),
    ("재택근무는 지원하지 않습니다", _is("work_mode", "onsite")),
    ("재택근무 주 2회", {("work_mode", "hybrid"), ("number", 2)}),
    ("재택근무 가능", _is("work_mode", "hybrid")),
    ("전면 재택근무", _is("work_mode", "remote")),
    ("하이브리드 근무", _is("work_mode", "hybrid")),
    ("사무실로 출근합니다", _is("work_mode", "onsite")),
    ("고객사 상주 근무", _is("work_mode", "onsite")),
    ("fully remote", _is("work_mode", "remote")),
    ("No remote work", _is("work_mode", "onsite")),
    ("This is not a remote position", _is("work_mode", "onsite")),
    ("On-site", _is("work_mode", "onsite")),
    ("Hybrid schedule", _is("work_mode", "hybrid")),
    ("work from home 2 days a week", {("work_mode", "hybrid"), ("number", 2)}),
    # days
    ("12/31(수)까지", _is("deadline", "--12-31")),
    ("지원 마감: 2026년 12월 31일", _is("deadline", "2026-12-31")),
    ("2026.12.31 마감", _is("deadline", "2026-12-31")),
    ("접수 기간: 2026.12.01 ~ 2026.12.31", {("date", "2026-12-01"), ("deadline", "2026-12-31")}),
    ("Apply by December 31, 2026", _is("deadline", "2026-12-31")),
    ("2026년 3월 2일 입사", _is("date", "2026-03-02")),
    ("2019년 3월 설립", _is("date", "2019-03")),
    ("상시 채용", _is("deadline", "always_open")),
    ("채용 시 마감", _is("deadline", "until_filled")),
    ("open until filled", _is("deadline", "until_filled")),
    ("D-3", _is("deadline", "D-3")),
    ("2026.13.45", {("number", "2026.13.45")}),
    # probation
    ("수습 3개월", _is("probation_months", 3)),
    ("3개월의 수습 기간", _is("probation_months", 3)),
    ("수습 기간 없음", _is("probation_months", 0)),
    ("3-month probation", _is("probation_months", 3)),
    ("probation period of 6 months", _is("probation_months", 6)),
    ("90-day probation period", _is("probation_months", 3)),
    # addresses and companies
    ("문의: recruit@example.com", _is("email", "recruit@example.com")),
    ("02-1234-5678로 연락", _is("phone", "02-1234-5678")),
    ("+82 10-1234-5678", _is("phone", "+82 10-1234-5678")),
    ("https://example.com/jobs?id=1에서", _is("url", "https://example.com/jobs?id=1")),
    ("㈜누리페이는", _is("company", "㈜누리페이")),
    ("(주)누리페이에서", _is("company", "(주)누리페이")),
    ("누리페이(주)", _is("company", "누리페이(주)")),
    ("주식회사 누리페이는", _is("company", "주식회사 누리페이")),
    ("Join Nuri Pay Inc. today", _is("company", "Nuri Pay Inc.")),
    # numbers
    ("5천 곳", _is("number", 5000)),
    ("1억 2,000만 건", _is("number", 120_000_000)),
    ("50k users", _is("number", 50_000)),
    ("평점 4.8", _is("number", "4.8")),
    ("다섯 명의 동료", _is("number", 5)),
    ("10:00~19:00", {("number", "10:00"), ("number", "19:00")}),
    ("EC2, Java17", {("number", "EC2"), ("number", "Java17")}),
    ("C++17", _is("number", "C++17")),
    ("1. 결제\n2) 정산\n(3) 운영", set()),
    ("B2B SaaS, 1:1 면담, 24/7", set()),
]

SILENT: list[tuple[str, set[str]]] = [
    ("계약직 관리 업무", {"employment_type"}),
    ("정규직 전환 가능", {"employment_type"}),
    ("인턴 경험 우대", {"employment_type"}),
    ("계약직이 아닌 동료", {"employment_type"}),
    ("프리랜서 관리", {"employment_type"}),
    ("full-time students welcome", {"employment_type"}),
    ("contract negotiation", {"employment_type"}),
    ("Part-time to full-time", {"full_time"}),
    ("원격 제어 시스템 개발", {"work_mode"}),
    ("하이브리드 앱 개발", {"work_mode"}),
    ("재택근무 솔루션 기획", {"work_mode"}),
    ("on-site gym", {"work_mode"}),
    ("remote sensing", {"work_mode"}),
    ("remote team members", {"work_mode"}),
    ("연간 상금 300만원", {"salary_min", "salary_max"}),
    ("복지포인트 연 200만원", {"salary_min", "salary_max"}),
    ("월 100만 명이 쓰는 앱", {"salary_min", "salary_max", "headcount"}),
    ("누적 100명 채용", {"headcount"}),
    ("계약 기간 2년", {"years_min"}),
    ("4년제 대학 졸업", {"years_min"}),
    ("over the last 5 years we have grown", {"years_min"}),
    ("창업 5년차 스타트업", {"years_min"}),
    ("신입 교육 담당", {"years_min"}),
    ("회계 마감 업무", {"deadline"}),
    ("상시 근로자", {"deadline"}),
    ("버전 1.2.3", {"date", "deadline"}),
    ("인턴십 3개월", {"probation_months"}),
    ("주식회사 형태로 설립", {"company"}),
    ("Node.js, ASP.NET, socket.io", {"url"}),
]

PIECES = [
    "1", ",", " ", "~", "가", "1,", "1.", "1. ", "3년 ", "3~", "3년 이상 ", "1만 ", "1억 ", "@", "a@", "a@b.", "www.",
    "http://", "a.", "A ", "Inc. ", "Co., ", "(주)", "㈜", "재택근무 ", "remote ", "not ", "정규직 ", "full-time ",
    "수습 ", "3개월 ", "Dec 31 ", "12/31 ", "2026.12.31 ", "2026-", "$", "$1k-", "연봉 ", "연봉 5,000~", "USD ",
        "0명 ",
    "O", "\n", "\n1.", "two ", "세 명", "+82 ", "010-", "(1", "A-1-", "C++", "·", "신입/경력", "채용 시 마감", "D-3",
    "\u200b", "\u1100\u1161\u11a8", "5+ years of ", "1:1", "ab1", "_", "1\ufe0f\u20e3", "٣", "३년",
    "재 택 ", "a b ", "<b>", "&amp;", "**", "5O", "①년", "이백", "삼천오백만 원", "twenty ", "one hundred and ",
        "[at] ", "공일공 ",
    "월 300 ", "no ", "days ", "내일까지 ", "apply by ", "카톡 아이디 ",
]  # fmt: skip
