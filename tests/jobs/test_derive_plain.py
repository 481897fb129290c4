"""Plain postings as entries."""

from __future__ import annotations

from typing import Any

import pytest

from cache_service.jobs.derive import RecordError, derive

POSTING: dict[str, Any] = {
    "id": "x-1",
    "company": "파도소리(Wavesound)",
    "industry": "음향기기",
    "title": "[120억↑투자] [해외] 음향 기획자 (3년 ~ 7년)",
    "job_group": "기획",
    "seniority": "3년 이상",
    "employment_type": None,
    "location": "서울 성동구 바다로 1",
    "responsibilities": "• 공연장 음향 기획\n• 협력사 조율\n\n전형 절차\n서류 전형 - 1차 면접 - 최종 합격",
    "requirements": "• 관련 경력 3년 이상\n• 학사 이상",
    "preferred": ["영어 회화", "대형 공연 경험"],
    "benefits": (
        "[For Work]\n• 장비 지원\n• 재택근무 (수습기간 제외)\n\n"
        "[근무조건]\n- 고용형태 : 정규직 (수습기간 3개월)\n- 급여 : 협의"
    ),
    "about": "파도소리는 2015년에 설립된 음향 기술 회사입니다.\n\n[팀 소개]\n기획팀은 공연을 만듭니다.",
    "skills": "Pro Tools, Ableton Live, Pro Tools",
    "a_field_of_theirs": {"any": 1},
}


def _with(**fields: Any) -> dict[str, Any]:
    return {**POSTING, **fields}


def test_the_request_of_a_plain_posting() -> None:
    """Facts come from the short fields and the texts; what is not said is not there."""
    draft = derive(POSTING)
    assert draft.derived
    assert draft.request.model_dump(mode="json", exclude_none=True, exclude_defaults=True) == {
        "company": {
            "name": "파도소리(Wavesound)",
            "industry": "음향기기",
            "about": "파도소리는 2015년에 설립된 음향 기술 회사입니다.",
            "founded": 2015,
            "benefits": ["장비 지원", "재택근무 (수습기간 제외)"],
            "hiring_process": ["서류 전형", "1차 면접", "최종 합격"],
        },
        "requirements": {
            "title": "[해외] 음향 기획자 (3년 ~ 7년)",
            "years_min": 3,
            "years_max": 7,
            "employment_type": "full_time",
            "location": "서울 성동구 바다로 1",
            "education": "학사 이상",
            "probation_months": 3,
            "responsibilities": ["공연장 음향 기획", "협력사 조율"],
            "skills": ["Pro Tools", "Ableton Live"],
            "preferred": ["영어 회화", "대형 공연 경험"],
        },
        "options": {"language": "ko"},
    }


def test_the_sections_of_a_plain_posting() -> None:
    """Each text under the kind it is about, in reading order, without what is about something else."""
    assert {section.kind: section.text for section in derive(POSTING).sections} == {
        "company": "파도소리는 2015년에 설립된 음향 기술 회사입니다.",
        "responsibilities": "• 공연장 음향 기획\n• 협력사 조율",
        "requirements": "• 관련 경력 3년 이상\n• 학사 이상",
        "preferred": "• 영어 회화\n• 대형 공연 경험",
        "conditions": "- 고용형태 : 정규직 (수습기간 3개월)\n- 급여 : 협의",
        "benefits": "[For Work]\n• 장비 지원\n• 재택근무 (수습기간 제외)",
        "process": "서류 전형 - 1차 면접 - 최종 합격",
    }


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [
        ("[100억↑투자] 기획자", "기획자"),
        ("[1,500억↑투자][2조 투자유치] 기획자", "기획자"),
        ("[신입] 기획자 (1년 계약직)", "[신입] 기획자 (1년 계약직)"),
        ("[투자] 심사역", "[투자] 심사역"),
        ("[100억↑투자]", "[100억↑투자]"),
    ],
)
def test_only_funding_tags_are_taken_off_a_title(title: str, cleaned: str) -> None:
    """A tag that says something of the job stays."""
    assert derive(_with(title=title)).request.requirements.title == cleaned


@pytest.mark.parametrize(
    ("field", "title", "expected"),
    [
        ("정규직", "기획자", "full_time"), ("계약직", "기획자", "contract"), ("Full-time", "Planner", "full_time"),
        ("Internship", "Planner", "intern"), ("프리랜서", "기획자", "freelance"), ("아르바이트", "기획자", "part_time"),
        ("Other", "기획자 (계약직)", None), ("Temporary", "Planner", None), ("Volunteer", "Planner", None),
        (None, "기획자 (계약직)", "contract"), (None, "계약직 관리 담당자", None),
    ],
)  # fmt: skip
def test_employment_types_are_never_guessed(field: str | None, title: str, expected: str | None) -> None:
    """From the field, from a tag of the title; a word elsewhere in a title is no type."""
    record = _with(employment_type=field, title=title, benefits=None)
    assert derive(record).request.requirements.employment_type == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [("신입", "entry"), ("Entry level", "entry"), ("Internship", "intern"), ("Director", "executive"),
     ("Executive", "executive"), ("Associate", None), ("Mid-Senior level", None), ("Not Applicable", None),
     ("경력", None), ("3년 이상", None)],
)  # fmt: skip
def test_only_clear_seniorities_are_taken(field: str, expected: str | None) -> None:
    """Years are not seniority, and boards' mixed levels are none of ours."""
    assert derive(_with(seniority=field)).request.requirements.seniority == expected


@pytest.mark.parametrize(
    ("requirements", "years"),
    [
        ("경력 3년 이상", (3, None)),
        ("관련 경력 3~5년", (3, 5)),
        ("3년 이상 7년 이하의 실무 경력", (3, 7)),
        ("5+ years of experience in sound", (5, None)),
        ("2-4 years of professional experience", (2, 4)),
        ("편집 경력 2년 이상\n촬영 경력 5년 이상", (None, None)),
        ("3년 이상 근속하신 분께 휴가", (None, None)),
        ("성실한 분", (None, None)),
    ],
)
def test_years_are_read_off_the_requirements(requirements: str, years: tuple[int | None, int | None]) -> None:
    """Two numbers that differ leave the years unknown; years of something else are none."""
    job = derive(_with(title="기획자", seniority=None, requirements=requirements)).request.requirements
    assert (job.years_min, job.years_max) == years


def test_the_language_is_that_of_the_script() -> None:
    """Korean with many Latin names is Korean; a Hangul company name does not make English Korean."""
    assert derive(_with(requirements="Java, Kotlin, Spring Boot, AWS 경험")).request.options.language == "ko"
    english = {
        "company": "파도소리",
        "title": "Sound planner",
        "responsibilities": "Plan the sound of concert halls with partners all over the world.",
    }
    assert derive(english).request.options.language == "en"
    with pytest.raises(RecordError, match="neither in Korean nor in English"):
        derive({"company": "波", "title": "音響企画担当", "responsibilities": "劇場の音を企画します"})


def test_a_posting_of_one_raw_text_is_cut_at_its_headings() -> None:
    """Only what stands under a heading that names its part is taken, line ends or not."""
    raw = (
        "Wavesound is hiring.Responsibilities:Plan the soundMeet the partnersWrite the reports daily"
        "Requirements:Three years in sound About Us:Wavesound makes audio equipment for concert halls."
    )
    texts = {
        section.kind: section.text
        for section in derive({"company": "Wavesound", "title": "Planner", "raw_text": raw}).sections
    }
    assert texts["responsibilities"].startswith("Plan the sound")
    assert texts["requirements"].startswith("Three years")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"company": None}, "/company: required"),
        ({"company": " \u200b"}, "/company: required"),
        ({"company": 7}, "/company: must be a text"),
        ({"company": "가" * 201}, "/company: is over 200"),
        ({"title": None}, "/title: required"),
        ({"title": ["기획자"]}, "/title: must be a text"),
        ({"title": "가" * 201}, "/title: is over 200"),
        ({"responsibilities": {"a": 1}}, "/responsibilities: must be a text, a list"),
        ({"preferred": ["좋은 분", 3]}, "/preferred/1: must be a text"),
        ({"about": "가" * 20_001}, "/about: is over 20,000"),
        ({"skills": 5}, "/skills: must be a text"),
        ({"location": ["서울"]}, "/location: must be a text"),
        (dict.fromkeys(("responsibilities", "requirements", "preferred", "benefits", "about")), "holds a text"),
        (
            dict.fromkeys(("responsibilities", "requirements", "preferred", "benefits"), "•") | {"about": "-"},
            "no section",
        ),
    ],
)
def test_a_record_that_cannot_be_used_says_which_field(fields: dict[str, Any], reason: str) -> None:
    """The reason names the field and what is wrong with it."""
    with pytest.raises(RecordError) as caught:
        derive(_with(**fields))
    assert reason in str(caught.value)


def test_what_is_too_long_for_the_request_stays_in_the_text() -> None:
    """A fact over its limit is unknown, and the section keeps its text whole."""
    about = "파도소리는 공연장의 소리를 만드는 회사입니다. " * 450
    draft = derive(_with(about=about, skills=["가" * 201], industry="나" * 201, location="다" * 1001))
    assert draft.request.company.about is None
    assert draft.request.requirements.skills is None
    assert draft.request.company.industry is None
    assert draft.request.requirements.location is None
    assert next(one.text for one in draft.sections if one.kind == "company") == about.strip()
