"""Composed sections fact by fact: what each value reads like in Korean and in English."""

from __future__ import annotations

import pytest

from cache_service.models.composer import compose
from cache_service.models.composer.register import Register, register_of
from cache_service.posting.facts import Facts, FactValue
from cache_service.posting.sections import KINDS, SectionKind


def _text(kind: SectionKind, language: str, tone: str | None = None, **given: FactValue) -> str:
    """The section from a company 누리페이, a job 간호사 and what is given; ``job_location`` is the job's."""
    own = {
        "name",
        "industry",
        "about",
        "size",
        "founded",
        "culture",
        "benefits",
        "hiring_process",
        "company_location",
    }
    values: dict[str, FactValue] = {"company.name": "누리페이", "requirements.title": "간호사"}
    for name, value in given.items():
        field = "location" if name.endswith("location") else name
        values[f"{'company' if name in own else 'requirements'}.{field}"] = value
    section = compose(kind, Facts(values), language, tone)
    assert section is not None
    return section.text


@pytest.mark.parametrize(
    ("given", "korean", "english"),
    [
        ({"years_min": 3, "years_max": 7}, "- 경력 3년 이상 7년 이하", "- 3–7 years of experience"),
        ({"years_min": 3, "years_max": 3}, "- 경력 3년", "- 3 years of experience"),
        ({"years_min": 3}, "- 경력 3년 이상", "- At least 3 years of experience"),
        ({"years_min": 1}, "- 경력 1년 이상", "- At least 1 year of experience"),
        ({"years_max": 7}, "- 경력 7년 이하", "- Up to 7 years of experience"),
        ({"years_min": 0, "years_max": 2}, "- 경력 0년 이상 2년 이하", "- 0–2 years of experience"),
        ({"years_min": 0}, "- 경력 0년 이상", "- 0+ years of experience"),
        ({"years_min": 0, "years_max": 0}, "- 신입 (경력 0년)", "- 0 years of experience"),
        (
            {"years_min": 0, "years_max": 0, "seniority": "entry"},
            "- 신입 (경력 0년)",
            "- Level: Entry-level\n- 0 years of experience",
        ),
        (
            {"years_min": 0, "years_max": 0, "seniority": "intern"},
            "- 직급: 인턴\n- 경력 0년",
            "- Level: Intern\n- 0 years of experience",
        ),
        ({"seniority": "any"}, "- 경력 무관", "- Level: All levels"),
        (
            {"seniority": "any", "years_min": 2},
            "- 직급 무관\n- 경력 2년 이상",
            "- Level: All levels\n- At least 2 years of experience",
        ),
        ({"seniority": "lead"}, "- 직급: 리드", "- Level: Lead"),
        ({"education": "무관"}, "- 학력 무관", "- Education: 무관"),
        ({"education": "학력 무관"}, "- 학력 무관", "- Education: 학력 무관"),
        ({"education": "대졸 이상"}, "- 학력: 대졸 이상", "- Education: 대졸 이상"),
        ({"skills": ("채혈",)}, "- 필요 역량: 채혈", "- Skills: 채혈"),
        ({"skills": ("채혈", "문진")}, "- 필요 역량: 채혈, 문진", "- Skills: 채혈 and 문진"),
        ({"skills": ("1종 보통, 대형", "지게차")}, "- 1종 보통, 대형\n- 지게차", "- 1종 보통, 대형\n- 지게차"),
    ],
)
def test_requirements_by_value(given: dict[str, FactValue], korean: str, english: str) -> None:
    """Each requirement on its line, in a form that reads one way only."""
    assert _text("requirements", "ko", **given) == f"간호사 직무의 자격 요건입니다.\n{korean}"
    assert _text("requirements", "en", **given) == f"The requirements for the 간호사 role are:\n{english}"


@pytest.mark.parametrize(
    ("given", "korean", "english"),
    [
        ({"employment_type": "full_time"}, "고용 형태: 정규직", "Employment type: Full-time"),
        ({"employment_type": "contract"}, "고용 형태: 계약직", "Employment type: Contract"),
        ({"employment_type": "part_time"}, "고용 형태: 파트타임", "Employment type: Part-time"),
        ({"employment_type": "intern"}, "고용 형태: 인턴", "Employment type: Internship"),
        ({"employment_type": "freelance"}, "고용 형태: 프리랜서", "Employment type: Freelance"),
        ({"work_mode": "onsite"}, "근무 방식: 출근 근무", "Work mode: On-site"),
        (
            {"work_mode": "hybrid"},
            "근무 방식: 하이브리드 근무(출근과 재택 병행)",
            "Work mode: Hybrid (a mix of on-site and remote work)",
        ),
        ({"work_mode": "remote"}, "근무 방식: 전면 재택근무(원격 근무)", "Work mode: Fully remote"),
        ({"job_location": "판교"}, "근무지: 판교", "Work location: 판교"),
        ({"company_location": "판교"}, "근무지: 판교", "Work location: 판교"),
        (
            {"company_location": "판교", "work_mode": "remote"},
            "근무 방식: 전면 재택근무(원격 근무)\n회사 소재지: 판교",
            "Work mode: Fully remote\nCompany location: 판교",
        ),
        (
            {"company_location": "서울 강남구", "job_location": "판교"},
            "근무지: 판교\n회사 소재지: 서울 강남구",
            "Work location: 판교\nCompany location: 서울 강남구",
        ),
        (
            {"company_location": "서울 강남구", "job_location": "서울 강남구 1층"},
            "근무지: 서울 강남구 1층",
            "Work location: 서울 강남구 1층",
        ),
        ({"headcount": 1500}, "모집 인원: 1,500명", "Openings: 1,500"),
        ({"probation_months": 0}, "수습 기간 없음", "No probation period"),
        ({"probation_months": 1}, "수습 기간: 1개월", "Probation period: 1 month"),
        ({"salary_period": "month"}, "급여 기준: 월급", "Pay basis: per month"),
        ({"currency": "EUR"}, "급여 통화: EUR", "Pay currency: EUR"),
    ],
)
def test_conditions_by_value(given: dict[str, FactValue], korean: str, english: str) -> None:
    """One labelled line for each condition that is given."""
    assert _text("conditions", "ko", **given) == korean
    assert _text("conditions", "en", **given) == english


@pytest.mark.parametrize(
    ("asked", "korean", "english"),
    [
        (
            (50_000_000, 80_000_000, "year", "KRW"),
            "연봉 5,000만 원 ~ 8,000만 원",
            "KRW 50,000,000–80,000,000 per year",
        ),
        (
            (100_000_000, 125_000_000, "year", "KRW"),
            "연봉 1억 원 ~ 1억 2,500만 원",
            "KRW 100,000,000–125,000,000 per year",
        ),
        ((50_000_000, 50_000_000, "year", "KRW"), "연봉 5,000만 원", "KRW 50,000,000 per year"),
        ((2_500_000, None, "month", "KRW"), "월급 250만 원 이상", "at least KRW 2,500,000 per month"),
        ((None, 3_000_000, "month", "KRW"), "월급 300만 원 이하", "up to KRW 3,000,000 per month"),
        (
            (2_500_500, 3_000_000, "month", "KRW"),
            "월급 2,500,500원 ~ 3,000,000원",
            "KRW 2,500,500–3,000,000 per month",
        ),
        ((0, 0, None, "KRW"), "0원", "KRW 0"),
        ((0, 30_000_000, None, "KRW"), "0원 ~ 3,000만 원", "KRW 0–30,000,000"),
        ((90_000, 120_000, "year", "USD"), "연봉 USD 90,000 ~ 120,000", "USD 90,000–120,000 per year"),
        ((90_000, None, None, "USD"), "USD 90,000 이상", "at least USD 90,000"),
        ((50_000_000, 80_000_000, None, None), "50,000,000 ~ 80,000,000", "50,000,000–80,000,000"),
        ((None, 80_000_000, "year", None), "연봉 80,000,000 이하", "up to 80,000,000 per year"),
    ],
)
def test_salaries(asked: tuple[FactValue | None, ...], korean: str, english: str) -> None:
    """Amount, period and currency as given; neither a currency nor a period that is not."""
    names = ("salary_min", "salary_max", "salary_period", "currency")
    given = {name: value for name, value in zip(names, asked, strict=True) if value is not None}
    assert _text("conditions", "ko", **given) == f"급여: {korean}"
    assert _text("conditions", "en", **given) == f"Salary: {english}"


def test_pay_by_the_hour_is_not_called_a_salary() -> None:
    """Daily and hourly amounts are pay in English; Korean has its own word for each period."""
    given = {"salary_min": 10_030, "salary_max": 12_000, "currency": "KRW"}
    assert _text("conditions", "ko", salary_period="hour", **given) == "급여: 시급 10,030원 ~ 12,000원"
    assert _text("conditions", "en", salary_period="hour", **given) == "Pay: KRW 10,030–12,000 per hour"
    assert _text("conditions", "ko", salary_period="day", **given) == "급여: 일급 10,030원 ~ 12,000원"


@pytest.mark.parametrize(
    ("given", "korean", "english"),
    [
        ({}, "[누리페이] 간호사", "간호사 at 누리페이"),
        ({"seniority": "senior"}, "[누리페이] 간호사 (시니어)", "간호사 (Senior) at 누리페이"),
        ({"seniority": "any"}, "[누리페이] 간호사 (직급 무관)", "간호사 (All levels) at 누리페이"),
        (
            {"seniority": "senior", "title": "시니어 간호사"},
            "[누리페이] 시니어 간호사",
            "시니어 간호사 (Senior) at 누리페이",
        ),
        (
            {"seniority": "senior", "title": "Senior Nurse"},
            "[누리페이] Senior Nurse (시니어)",
            "Senior Nurse at 누리페이",
        ),
        (
            {"seniority": "intern", "employment_type": "intern"},
            "[누리페이] 간호사 · 인턴",
            "간호사 at 누리페이 · Internship",
        ),
        ({"company_location": "부산"}, "[누리페이] 간호사 · 부산", "간호사 at 누리페이 · 부산"),
        (
            {"company_location": "부산", "job_location": "판교", "employment_type": "contract"},
            "[누리페이] 간호사 · 계약직 · 판교",
            "간호사 at 누리페이 · Contract · 판교",
        ),
    ],
)
def test_headlines(given: dict[str, FactValue], korean: str, english: str) -> None:
    """One line; a level that the title or the employment type says already is not said twice."""
    assert _text("headline", "ko", **given) == korean
    assert _text("headline", "en", **given) == english


@pytest.mark.parametrize(
    ("given", "korean", "english"),
    [
        ({}, "누리페이에서 함께할 동료를 찾습니다.", "We are hiring at 누리페이."),
        ({"founded": 2016}, "누리페이는 2016년에 설립된 기업입니다.", "누리페이 was founded in 2016."),
        (
            {"industry": "제조업", "name": "한빛"},
            "한빛은 제조업 분야의 기업입니다.",
            "한빛 is a company in the 제조업 sector.",
        ),
        ({"size": "중견기업"}, "누리페이의 기업 규모는 중견기업입니다.", "Company size of 누리페이: 중견기업."),
        ({"size": "1,000+"}, "누리페이의 기업 규모는 1,000+명입니다.", "누리페이 has 1,000+ employees."),
        ({"size": "1"}, "누리페이의 기업 규모는 1명입니다.", "누리페이 has 1 employee."),
        (
            {"about": "병원입니다."},
            "누리페이를 소개합니다.\n\n병원입니다.",
            "Introducing 누리페이.\n\n병원입니다.",
        ),
        ({"about": "누리페이는 병원입니다."}, "누리페이는 병원입니다.", "누리페이는 병원입니다."),
        (
            {"culture": ("자율",)},
            "누리페이의 조직 문화는 다음과 같습니다.\n- 자율",
            "The culture at 누리페이:\n- 자율",
        ),
    ],
)
def test_companies(given: dict[str, FactValue], korean: str, english: str) -> None:
    """Sentences for what is given; with only a name, one that says nothing else."""
    assert _text("company", "ko", **given) == korean
    assert _text("company", "en", **given) == english


@pytest.mark.parametrize(
    ("kind", "given", "korean", "english"),
    [
        ("company", {}, "누리페이에서 함께할 동료를 찾아요.", "We're hiring at 누리페이."),
        (
            "company",
            {"industry": "의료", "size": "대학병원"},
            "누리페이는 의료 분야의 기업이에요. 기업 규모는 대학병원이에요.",
            "누리페이 is a company in the 의료 sector. Company size: 대학병원.",
        ),
        ("company", {"about": "가"}, "누리페이를 소개할게요.\n\n가", "Meet 누리페이.\n\n가"),
        ("responsibilities", {}, "간호사 직무를 담당해요.", "This is a 간호사 role."),
        (
            "responsibilities",
            {"responsibilities": ("채혈",)},
            "간호사 직무에서 담당할 업무예요.\n- 채혈",
            "In this 간호사 role, you'll take on:\n- 채혈",
        ),
        (
            "requirements",
            {},
            "간호사 직무에 지원할 분을 찾아요.",
            "We're accepting applications for the 간호사 role.",
        ),
        (
            "preferred",
            {"preferred": ("경험",)},
            "간호사 직무에서는 다음에 해당하는 분을 우대해요.\n- 경험",
            "Nice to have for the 간호사 role:\n- 경험",
        ),
        (
            "benefits",
            {"benefits": ("식대",)},
            "다음 복리후생을 제공해요.\n- 식대",
            "Here's what we offer:\n- 식대",
        ),
    ],
)
def test_friendly_endings(kind: SectionKind, given: dict[str, FactValue], korean: str, english: str) -> None:
    """해요체 in Korean, contractions in English; the facts stay the same."""
    assert _text(kind, "ko", "친근한", **given) == korean
    assert _text(kind, "en", "friendly", **given) == english


@pytest.mark.parametrize(
    ("tone", "register"),
    [
        ("friendly", Register.FRIENDLY), ("Friendly", Register.FRIENDLY), ("친근한", Register.FRIENDLY),
        ("해요체", Register.FRIENDLY), ("casual", Register.FRIENDLY), (None, Register.FORMAL),
        ("formal", Register.FORMAL), ("professional", Register.FORMAL), ("concise", Register.FORMAL),
        ("격식", Register.FORMAL), ("not friendly", Register.FORMAL), ("해적처럼", Register.FORMAL),
        ("", Register.FORMAL),
    ],
)  # fmt: skip
def test_tones(tone: str | None, register: Register) -> None:
    """Well-known friendly tones are friendly; everything else is formal."""
    assert register_of(tone) is register


def test_duties_name_industry_and_level() -> None:
    """Without duties, one sentence of what is known; with a title that is a job already, not "직무 직무"."""
    assert _text("responsibilities", "ko", industry="의료", seniority="entry") == (
        "의료 분야의 간호사(신입) 직무를 담당합니다."
    )
    assert _text("responsibilities", "en", industry="Retail Industry", title="HR Manager", seniority="lead") == (
        "This is an HR Manager (Lead) role in the Retail Industry."
    )
    assert _text("responsibilities", "ko", title="영업 직무") == "영업 직무를 담당합니다."
    assert _text("responsibilities", "ko", title="영업 포지션", seniority="entry") == "영업 포지션(신입)을 담당합니다."
    assert _text("responsibilities", "ko", title="PD (예능)", seniority="entry") == "PD (예능) 직무(신입)를 담당합니다."


def test_long_or_separated_steps_stand_on_lines_of_their_own() -> None:
    """Arrows and commas join only items that are short and hold no separator."""
    steps = ("서류 전형 → 과제", "면접")
    assert _text("process", "ko", hiring_process=steps) == "전형 절차\n- 서류 전형 → 과제\n- 면접"
    assert _text("process", "en", hiring_process=steps) == "Steps:\n- 서류 전형 → 과제\n- 면접"


def test_items_that_bring_their_own_bullet_keep_it() -> None:
    """An item pasted with its mark does not get a second one."""
    assert _text("benefits", "ko", benefits=("• 식대", "- 교육비", "-5도 근무복")) == (
        "다음 복리후생을 제공합니다.\n• 식대\n- 교육비\n- -5도 근무복"
    )


def test_nothing_given_is_nothing_said() -> None:
    """Sections whose facts are absent are left out, whatever the tone."""
    facts = Facts({"company.name": "누리페이", "requirements.title": "간호사"})
    absent = {kind for kind in KINDS if compose(kind, facts, "ko", "friendly") is None}
    assert absent == {"preferred", "conditions", "benefits", "process"}


def test_a_language_without_a_writer_is_refused() -> None:
    """The error names the languages that there are."""
    with pytest.raises(ValueError, match="ko, en"):
        compose("company", Facts({"company.name": "누리페이"}), "fr")


def test_a_deadline_that_is_no_date_is_shown_as_worded() -> None:
    """The composer never fails on a value; it shows it."""
    assert _text("process", "ko", deadline="상시") == "지원 마감: 상시"
