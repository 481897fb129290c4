"""What texts state in other words than digits and set terms, and what hides a fact from a reader of plain text."""

from __future__ import annotations

from typing import Final

Fact = tuple[str, int | str]
YEAR: Final = ("salary_period", "year")
MONTH: Final = ("salary_period", "month")


def _pay(low: int | None, high: int | None, *more: Fact) -> set[Fact]:
    bounds = (("salary_min", low), ("salary_max", high))
    return {(kind, value) for kind, value in bounds if value is not None} | set(more)


def _years(low: int | None, high: int | None = None) -> set[Fact]:
    bounds = (("years_min", low), ("years_max", high))
    return {(kind, value) for kind, value in bounds if value is not None}


def _each(kind: str, value: int | str, *texts: str) -> list[tuple[str, set[Fact]]]:
    return [(text, {(kind, value)}) for text in texts]


WORDED: list[tuple[str, set[Fact]]] = [
    # work mode
    *_each("work_mode", "onsite", "전원 출근", "전면 출근", "매일 출근", "사무실 출근 필수", "현장 근무",
        "근무형태: 상주",
           "We work in the office", "in-person role", "no remote", "on-site only", "we do not offer remote", "no WFH",
           "office-based role", "재택이 불가합니다"),
    *_each("work_mode", "remote", "어디서든 일할 수 있어요", "원하는 곳에서 근무", "work from home",
        "work from anywhere", "WFH",
           "telecommute", "distributed team", "We are remote-first"),
    *_each("work_mode", "hybrid", "집에서 일합니다", "재 택 근 무", "재-택-근-무"),
    ("주 5일 출근", {("work_mode", "onsite"), ("number", 5)}),
    ("주 2회 재택", {("work_mode", "hybrid"), ("number", 2)}),
    ("주 3일 출근/2일 재택", {("work_mode", "hybrid"), ("number", 3), ("number", 2)}),
    ("5 days in office", {("work_mode", "onsite"), ("number", 5)}),
    ("three days a week in the office", {("work_mode", "hybrid"), ("number", 3)}),
    # employment
    *_each("employment_type", "contract", "비정규직 채용", "무기계약직", "촉탁직 근무", "일용직", "위촉직 강사",
        "temp role",
           "per diem nurse position", "seasonal job", "1099 position", "independent contractor", "fixed term"),
    *_each("employment_type", "part_time", "비상근", "단기 알바", "주말 알바 모집", "zero hours contract"),
    *_each("employment_type", "full_time", "상근 근무", "Permanent", "permanent position"),
    *_each("employment_type", "freelance", "freelancers welcome"),
    # pay
    ("삼천오백만 원 이상의 연봉", _pay(35_000_000, None, YEAR)),
    ("연봉 3천오백만원", _pay(35_000_000, 35_000_000, YEAR)),
    ("연봉 오천만 원", _pay(50_000_000, 50_000_000, YEAR)),
    ("월급 칠백만 원", _pay(7_000_000, 7_000_000, MONTH)),
    ("연봉 사천에서 육천만 원", _pay(40_000_000, 60_000_000, YEAR)),
    ("연봉 사천에서 육천", _pay(40_000_000, 60_000_000, YEAR)),
    ("연봉 4천~6천", _pay(40_000_000, 60_000_000, YEAR)),
    ("연봉: 3,600 이상", _pay(36_000_000, None, YEAR)),
    ("연 5천", _pay(50_000_000, 50_000_000, YEAR)),
    ("월 300", _pay(3_000_000, 3_000_000, MONTH)),
    ("월 실수령 280만원 이상", _pay(2_800_000, None, MONTH)),
    ("연봉 1억 2천", _pay(120_000_000, 120_000_000, YEAR)),
    ("연봉 1억 이천만원", _pay(120_000_000, 120_000_000, YEAR)),
    ("정규직 · 5,000만원 · 판교", _pay(50_000_000, 50_000_000, ("employment_type", "full_time"))),
    ("ninety thousand dollars per year", _pay(90_000, 90_000, YEAR)),
    ("salary of sixty-five thousand dollars", _pay(65_000, 65_000)),
    ("a salary of one hundred and twenty thousand dollars", _pay(120_000, 120_000)),
    ("sixty to seventy thousand dollars a year", _pay(60_000, 70_000, YEAR)),
    ("$25/hr", _pay(25, 25, ("salary_period", "hour"))),
    ("€45-55k", _pay(45_000, 55_000)),
    ("120-150k USD", _pay(120_000, 150_000)),
    ("50 000 € per year", _pay(50_000, 50_000, YEAR)),
    ("$4,000 monthly", _pay(4000, 4000, MONTH)),
    ("Salary up to 90K for the right person", _pay(None, 90_000)),
    # years and probation
    *[(text, _years(3)) for text in ("세 해 이상 경력", "삼 년 이상", "three-plus years of experience",
        "3 or more years of experience")],
    ("삼 년에서 오 년 경력", _years(3, 5)),
    ("five to seven years of experience", _years(5, 7)),
    ("a couple of years of experience", _years(2)),
    ("a decade of experience", _years(10)),
    ("3년차~7년차", _years(3, 7)),
    ("신입~3년", _years(0, 3)),
    ("no experience necessary", _years(0)),
    ("경력 1년 6개월 이상", {("years_min", 1), ("number", 6)}),
    ("경력 5년까지는 아니어도 됩니다", {("number", 5)}),
    *_each("probation_months", 3, "수습 기간은 석 달", "three months' probation", "probationary period of 90 days"),
    ("반년의 수습", {("probation_months", 6)}),
    # headcount
    *_each("headcount", "unspecified", "채용 인원: 한 자릿수", "두 자릿수 채용", "약간 명 모집",
        "두어 명을 모집합니다", "several openings",
           "N명 채용", "○○명"),
    ("열두 명 채용", {("headcount", 12)}),
    ("스물다섯 명 모집", {("headcount", 25)}),
    ("hiring three engineers", {("headcount", 3)}),
    ("two openings", {("headcount", 2)}),
    ("정규직 · 2명 · 판교", {("employment_type", "full_time"), ("headcount", 2)}),
    # days
    *_each("deadline", "--12-31", "올해 말일까지 지원해 주세요", "연말까지 접수", "12월 마지막 날까지 접수",
        "Apply by New Year's Eve",
           "Apply by Dec 31st", "Apply before 31 December", "십이월 삼십일일까지 접수"),
    ("이달 말까지 지원", {("deadline", "이달 말")}),
    ("Applications close at the end of the month.", {("deadline", "the end of the month")}),
    ("Deadline: next Friday", {("deadline", "next Friday")}),
    *_each("deadline", "always_open", "수시 모집", "Applications are reviewed on a rolling basis"),
    *_each("deadline", "until_filled", "충원 시 마감", "채용 완료 시 조기 마감", "until the position is filled"),
    # addresses
    ("hr [at] acme [dot] com", {("email", "hr [at] acme [dot] com")}),
    ("hr(at)acme.com", {("email", "hr(at)acme.com")}),
    ("hr ＠ acme.com", {("email", "hr @ acme.com")}),
    ("apply at alpha-jobs.io", {("url", "alpha-jobs.io")}),
    ("카톡 아이디: alpha_hr", {("url", "alpha_hr")}),
    ("공일공-일이삼사-오육칠팔", {("phone", "공일공-일이삼사-오육칠팔")}),
    ("+44 20 7946 0958", {("phone", "+44 20 7946 0958")}),
    # hidden
    *[(text, _years(5)) for text in ("경력 **5**년 이상", "경력 5<b>년</b> 이상", "경력 5&nbsp;년 이상",
        "경력 ⑤년 이상", "경 력 5년 이상")],
    ("연봉 5O00만원", _pay(50_000_000, 50_000_000, YEAR)),
    ("fully r\u0435mote", {("work_mode", "remote")}),
    ("경력 \u0417년 이상", _years(3)),
]  # fmt: skip

SILENT_WORDED: list[tuple[str, set[str]]] = [
    ("manage a distributed team", {"work_mode"}),
    ("집에서 가까운 회사", {"work_mode"}),
    ("고객이 어디서든 쓰는 서비스", {"work_mode"}),
    ("access data from anywhere", {"work_mode"}),
    ("선택적 근로시간제 운영", {"employment_type"}),
    ("도급 업체 관리", {"employment_type"}),
    ("seasonal menu", {"employment_type"}),
    ("Not a permanent position", {"employment_type"}),
    ("회사 내규에 따름", {"salary_min", "salary_max", "salary_period"}),
    ("면접 후 결정", {"salary_min", "salary_max", "salary_period"}),
    ("최저시급", {"salary_min", "salary_max", "salary_period"}),
    ("월 300명", {"salary_min", "salary_max", "headcount"}),
    ("25 billion monthly views", {"salary_min", "salary_max", "salary_period"}),
    ("KOLAS 인증(ISO 17025)", {"salary_min", "salary_max"}),
    ("매출 · 5,000만원 · 판교", {"salary_min", "salary_max"}),
    ("경력직", {"years_min", "years_max"}),
    ("With more than a decade of experience shaping our work", {"years_min"}),
    ("연차와 무관한 유급휴가", {"years_min"}),
    ("매년 두 자릿수 성장", {"headcount"}),
    ("· 팀원 5명", {"headcount"}),
    ("월말 마감 업무", {"deadline"}),
    ("연말까지 성과급 지급", {"deadline"}),
    ("내일까지 보고서를 완성", {"deadline"}),
    ("apply today", {"deadline"}),
    ("At Smartly.io we use socket.io and Next.js", {"url"}),
    ("supportJob.In the team.Working", {"url"}),
    ("이천 물류센터, 사명은 이명과 다르다", {"number", "headcount"}),
    ("one-on-one in a two-way talk", {"number"}),
    ("더 잘 할 수 있는 분", {"number"}),
]
