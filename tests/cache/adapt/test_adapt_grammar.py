"""Adapting as a writer would: a sentence that would be broken or say too much is left to be written anew."""

from __future__ import annotations

from typing import Any

import pytest

from cache_service.cache.adapt import Adapted, Unadaptable, adapt
from cache_service.cache.adapt.fluency import faults
from cache_service.posting.sections import SectionKind
from tests.cache.adapt.templates import facts

_NAMES = {"ko": {"name": "누리페이"}, "en": {"name": "Acme"}}
_TITLES = {"ko": {"title": "백엔드 개발자"}, "en": {"title": "Backend Developer"}}
_POUNDS = {"salary_period": "year", "currency": "GBP"}
_WON = {"salary_period": "year", "currency": "KRW"}


def _adapt(text: str, kind: SectionKind, stored: dict[str, Any], wanted: dict[str, Any]) -> str | None:
    """The text if it is sent as it is, None if not. Company fields are those of a list of the company."""
    language = "ko" if any("가" <= char <= "힣" for char in f"{text}{wanted}") else "en"
    own = {"benefits", "hiring_process", "culture", "name"}

    def request(values: dict[str, Any]) -> Any:
        company = {name: value for name, value in values.items() if name in own}
        job = {name: value for name, value in values.items() if name not in own}
        return facts({**_NAMES[language], **company}, {**_TITLES[language], **job})

    result = adapt("", text, kind=kind, language=language, stored=request(stored), wanted=request(wanted))
    return result.text if isinstance(result, Adapted) and not result.rewrite else None


@pytest.mark.parametrize(
    ("text", "field", "wanted", "expected"),
    [
        ("자바를 다루는 분을 찾습니다.", "years_min", 3, "자바를 다루는 분을 찾습니다. 경력 3년 이상인 분을 찾습니다."),
        ("자바를 다루는 분을 찾습니다.", "education", "학사 이상", "자바를 다루는 분을 찾습니다.\n학력: 학사 이상"),
        ("- 자바", "education", "학사 이상", "- 자바\n- 학력: 학사 이상"),
    ],
)
def test_what_is_added_is_a_sentence_to_sentences(text: str, field: str, wanted: object, expected: str) -> None:
    """In prose a sentence of its own or a labelled line, in a list a bullet."""
    adapted = _adapt(text, "requirements", {"skills": ["자바"]}, {"skills": ["자바"], field: wanted})
    assert adapted == expected


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize(
    ("wording", "years"),
    [
        ("백엔드 개발 1년 넘게 하신 분", 1),
        ("다섯 해 이상 실무를 해 보신 분", 5),
        ("십 년 넘은 경력자", 10),
        ("개발 업무를 이 년 해 보신 분", 2),
        ("두 해를 넘은 개발 경력", 2),
        ("서너 해 개발해 보신 분", 3),
        ("half a decade of experience", 5),
        ("a decade or so in backend work", 10),
        ("several years of hands-on experience", 4),
    ],
)
def test_years_are_never_added_beside_years_in_words(wording: str, years: int, *, listed: bool) -> None:
    """Whether the extractor reads the wording or not: the old years do not stay beside new ones."""
    text = f"- {wording}\n- Java" if listed else f"{wording}. Java."
    for stored in ({"years_min": years}, {}):
        adapted = _adapt(text, "requirements", {**stored, "skills": ["Java"]}, {"years_min": 7, "skills": ["Java"]})
        assert adapted is None or wording not in adapted


@pytest.mark.parametrize(
    ("text", "kind", "field", "stored", "wanted"),
    [
        ("복지가 든든한 정규 채용입니다.", "conditions", "employment_type", "contract", "freelance"),
        ("사무실에서 일하는 날이 있습니다.", "conditions", "work_mode", "hybrid", "onsite"),
        ("대학을 마친 분을 찾습니다. 학력을 봅니다.", "requirements", "education", "학사", "석사"),
        ("페이는 넉넉합니다.", "conditions", "salary_min", 30_000_000, 40_000_000),
        ("Several people will join the team.", "conditions", "headcount", 3, 5),
    ],
)
def test_a_stored_fact_that_was_not_read_is_not_stated_once_more(
    text: str, kind: SectionKind, field: str, stored: object, wanted: object
) -> None:
    """The text may state it in words that nobody reads."""
    assert _adapt(text, kind, {field: stored}, {field: wanted}) is None


@pytest.mark.parametrize(
    ("text", "stored", "expected"),
    [
        ("- 경력 3년 이상\n- Java", {"years_min": 3, "skills": ["Java"]}, "- 경력: 신입\n- Java"),
        ("경력: 3년 이상\n학력: 학사", {"years_min": 3, "education": "학사"}, "경력: 신입\n학력: 학사"),
        ("- 자바", {"skills": ["자바"]}, "- 자바\n- 경력: 신입"),
        ("- 3+ years of experience\n- Java", {"years_min": 3, "skills": ["Java"]}, "- No experience required\n- Java"),
        ("- Java", {"skills": ["Java"]}, "- Java\n- No experience required"),
        ("경력 3년 이상의 백엔드 개발자를 찾습니다.", {"years_min": 3}, None),
        ("경력 3년 이상을 찾습니다.", {"years_min": 3}, "신입도 지원할 수 있습니다."),
        ("We require 3 years of experience.", {"years_min": 3}, "No experience is required."),
        ("자바로 개발해요.", {"skills": ["자바"]}, "자바로 개발해요. 신입도 지원할 수 있어요."),
        ("You know Java.", {"skills": ["Java"]}, "You know Java. No experience is required."),
    ],
)
def test_no_years_are_worded_and_never_a_nought(text: str, stored: dict[str, Any], expected: str | None) -> None:
    """신입, not "경력 0년 이상"; a sentence about years is left to be written anew."""
    wanted = {name: value for name, value in stored.items() if name != "years_min"}
    adapted = _adapt(text, "requirements", stored, {**wanted, "years_min": 0})
    if expected is not None:
        assert adapted == expected
    assert "0년" not in (adapted or "")
    assert "0+" not in (adapted or "")


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        (["4대 보험", "명절 선물"], ["인센티브 연 300%", "연차 20일"]),
        (["점심 식대 지원", "명절 선물"], ["재택근무 주 2회"]),
        (["건강검진", "경조 휴가"], ["격년 건강검진"]),
        (["건강검진", "연차"], ["격년 건강검진", "연차 20일"]),
        (["재택근무 주 3회", "4대 보험"], ["재택근무 주 2회", "4대 보험"]),
        (["연차 15일", "교육비 연 100만원"], ["교육비 연 200만원", "연차 20일"]),
        (["free lunch", "25 days of holiday"], ["30 days of holiday", "bonus of 10%"]),
    ],
)
@pytest.mark.parametrize(
    "layout",
    ["- {}\n- {}", "복리후생: {}, {}", "{} / {}", "{}, {}를 제공합니다.", "{} 등을 드려요.", "We offer {} and {}."],
)
def test_every_benefit_that_is_wanted_is_listed(stored: list[str], wanted: list[str], layout: str) -> None:
    """As worded, with its number, and the ones that went are gone; else nothing is sent."""
    adapted = _adapt(layout.format(*stored), "benefits", {"benefits": stored}, {"benefits": wanted})
    if adapted is None:
        return
    rest = adapted
    for item in wanted:
        assert item in rest
        rest = rest.replace(item, "")
    assert not any(item in rest for item in stored)


def test_plain_lists_of_benefits_are_adapted() -> None:
    """With numbers and periods in them."""
    stored, wanted = ["4대 보험", "명절 선물"], ["인센티브 연 300%", "연차 20일"]
    for layout in ("- {}\n- {}", "복리후생: {} / {}"):
        assert _adapt(layout.format(*stored), "benefits", {"benefits": stored}, {"benefits": wanted}) == layout.format(
            *wanted
        )


@pytest.mark.parametrize(
    ("text", "stored", "wanted"),
    [
        ("실무 경력이 2년 이상 5년 이하 사이인 분", (2, 5), (2, None)),
        ("실무 경력이 2년에서 5년 사이인 분을 찾습니다.", (2, 5), (2, None)),
        ("2~5년 정도의 실무 경력을 갖춘 분", (2, 5), (None, 5)),
        ("Your first 3 years in sales count.", (3, None), (None, 5)),
        ("A minimum of 3 years' experience is essential.", (3, None), (None, 5)),
    ],
)
def test_a_bound_that_goes_leaves_no_word_of_its_range(
    text: str, stored: tuple[int | None, int | None], wanted: tuple[int | None, int | None]
) -> None:
    """ "2년 이상 사이인" is nobody's sentence."""
    names = ("years_min", "years_max")
    old, new = ({name: one for name, one in zip(names, pair, strict=True) if one} for pair in (stored, wanted))
    assert _adapt(text, "requirements", old, new) is None


@pytest.mark.parametrize(
    ("text", "stored", "wanted", "expected"),
    [
        ("학력: 학사 학위", "학사", "고등학교 졸업", "학력: 고등학교 졸업"),
        ("- 학사 이상", "학사 이상", "고졸 이상", "- 고졸 이상"),
        ("학사 학위를 가진 분을 찾습니다.", "학사", "고등학교 졸업", None),
        ("학사 학위를 가진 분을 찾습니다.", "학사", "석사", "석사 학위를 가진 분을 찾습니다."),
        ("학사 이상의 학력을 갖춘 분을 찾습니다.", "학사", "석사 이상", None),
        ("고등학교 졸업 이상이면 지원할 수 있습니다.", "고등학교 졸업", "학사", "학사 이상이면 지원할 수 있습니다."),
        ("A high school diploma is required.", "High school", "bachelor's degree", None),
        ("You hold a high school diploma or equivalent.", "high school diploma", "Bachelor's degree",
         "You hold a bachelor's degree or equivalent."),
        ("You hold a high school diploma or equivalent.", "high school diploma", "PhD", None),
        ("Education: Bachelor's degree or higher", "Bachelor's degree", "High school diploma",
         "Education: High school diploma"),
    ],
)  # fmt: skip
def test_a_degree_comes_without_the_words_of_the_old_one(
    text: str, stored: str, wanted: str, expected: str | None
) -> None:
    """No "bachelor's degree diploma", no 고등학교 졸업 학위."""
    assert _adapt(text, "requirements", {"education": stored}, {"education": wanted}) == expected


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("시니어 백엔드 개발자를 찾습니다.", "junior", "주니어 백엔드 개발자를 찾습니다."),
        ("시니어 백엔드 개발자를 찾습니다.", None, "백엔드 개발자를 찾습니다."),
        ("시니어 백엔드 개발자를 찾습니다.", "intern", None),
        ("시니어 케어 서비스를 만드는 시니어 백엔드 개발자", "junior", None),
        ("시니어들과 함께 일하는 백엔드 개발자", "junior", None),
        ("직급: 시니어", "mid", "직급: 미들"),
        ("We're hiring a senior Backend Developer.", "entry", "We're hiring an entry-level Backend Developer."),
        ("We're hiring a senior Backend Developer.", "executive", None),
        ("You will report to senior management.", "junior", None),
    ],
)
def test_a_level_changes_only_as_the_level_of_the_job(text: str, wanted: str | None, expected: str | None) -> None:
    """Not in 시니어 케어 or senior management, and only to a level that a title takes."""
    new = {"seniority": wanted} if wanted else {}
    assert _adapt(text, "requirements", {"seniority": "senior"}, new) == expected


@pytest.mark.parametrize(
    ("text", "stored", "wanted", "expected"),
    [
        ("결제 운영, 정산 개발을 담당합니다.", ["결제 운영", "정산 개발"], ["결제 운영", "장애 대응을 합니다."], None),
        ("주요 업무: 결제 운영, 정산 개발", ["결제 운영", "정산 개발"], ["결제 운영", "장애 대응을 합니다."], None),
        ("주요 업무: 결제 운영, 정산 개발", ["결제 운영", "정산 개발"], ["결제 운영", "장애 대응, 배포"], None),
        ("주요 업무: 결제 운영, 정산 개발", ["결제 운영", "정산 개발"], ["결제 운영", "장애 대응"],
         "주요 업무: 결제 운영, 장애 대응"),
        ("- 결제 운영\n- 정산 개발", ["결제 운영", "정산 개발"], ["결제 운영", "장애에 대응합니다."], None),
        ("- 결제를 운영합니다.\n- 정산을 개발합니다.", ["결제를 운영합니다.", "정산을 개발합니다."],
         ["결제를 운영합니다.", "장애에 대응합니다."], "- 결제를 운영합니다.\n- 장애에 대응합니다."),
        ("You will care for patients and keep records.", ["Care for patients", "Keep records"],
         ["Care for patients", "Train new staff"], None),
        ("You will:\n- Care for patients\n- Keep records", ["Care for patients", "Keep records"],
         ["Care for patients", "Administering medication"], None),
        ("You will:\n- Care for patients\n- Keep records", ["Care for patients", "Keep records"],
         ["Care for patients", "Train new staff"], "You will:\n- Care for patients\n- Train new staff"),
    ],
)  # fmt: skip
def test_duties_are_of_one_form(text: str, stored: list[str], wanted: list[str], expected: str | None) -> None:
    """No sentence within a list of phrases, no verb that its lead-in cannot take."""
    adapted = _adapt(text, "responsibilities", {"responsibilities": stored}, {"responsibilities": wanted})
    assert adapted == expected


@pytest.mark.parametrize("item", ["영어 능통자 우대", "야간 근무가 가능하신 분을 우대합니다.", "병원 근처에 사는 것"])
def test_what_is_preferred_is_not_preferred_twice(item: str) -> None:
    """No 우대를 우대합니다."""
    text = "- 중환자실 경험자를 우대합니다.\n- 전문간호사 자격증 소지자를 우대합니다."
    stored = ["중환자실 경험자 우대", "전문간호사 자격증 소지자 우대"]
    adapted = _adapt(text, "preferred", {"preferred": stored}, {"preferred": [stored[0], item]})
    assert adapted is None or "우대를 우대" not in adapted
    assert adapted is None or adapted.endswith(f"- {item}")


@pytest.mark.parametrize(
    ("text", "stored", "wanted", "expected"),
    [
        ("- Java\n- Kafka", ["Java", "Kafka"], ["Java", "driving licence"], "- Java\n- Driving licence"),
        ("You know Java and Kafka.", ["Java", "Kafka"], ["Java", "driving licence"], None),
        ("You know Java and Kafka.", ["Java", "Kafka"], ["Java", "Docker"], "You know Java and Docker."),
        ("Java and Kafka are required.", ["Java", "Kafka"], ["Java"], None),
        ("You know both Java and Kafka.", ["Java", "Kafka"], ["Java", "Kafka", "Docker"], None),
        ("Java와 Kafka를 다룰 수 있는 분", ["Java", "Kafka"], ["Java", "간호사 면허"], None),
        ("Java와 Kafka를 다룰 수 있는 분", ["Java", "Kafka"], ["Java", "Excel"], "Java와 Excel을 다룰 수 있는 분"),
        ("Java와 Kafka를 다룰 수 있는 분", ["Java", "Kafka"], ["Java", "${jndi:ldap://x}"], None),
    ],
)
def test_a_sentence_takes_only_skills_of_the_same_sort(
    text: str, stored: list[str], wanted: list[str], expected: str | None
) -> None:
    """A tool for a tool; a list within a sentence does not shrink under a plural verb."""
    assert _adapt(text, "requirements", {"skills": stored}, {"skills": wanted}) == expected


@pytest.mark.parametrize(
    ("text", "stored", "wanted", "expected"),
    [
        ("주말 아르바이트를 모집합니다.", {"employment_type": "part_time"}, {"employment_type": "full_time"}, None),
        ("정규직 전환이 가능한 계약직입니다.", {"employment_type": "contract"}, {"employment_type": "full_time"}, None),
        ("정규직으로 채용합니다.", {"employment_type": "full_time"}, {"employment_type": "freelance"},
         "프리랜서로 채용합니다."),
        ("You will work full-time with us.", {"employment_type": "full_time"}, {"employment_type": "intern"}, None),
        ("전면 재택근무입니다.", {"work_mode": "remote"}, {"work_mode": "hybrid"}, "하이브리드 근무입니다."),
        ("서울 사무실에서 하이브리드 근무로 함께해요.", {"work_mode": "hybrid", "location": "서울"},
         {"work_mode": "remote", "location": "서울"}, None),
        ("- £40,000 to £50,000 per year", {"salary_min": 40_000, "salary_max": 50_000, **_POUNDS},
         {"salary_min": 60_000, **_POUNDS}, "- At least £60,000 per year"),
        ("A full-time, hybrid role.", {"employment_type": "full_time", "work_mode": "hybrid"},
         {"employment_type": "intern", "work_mode": "hybrid"}, None),
        ("You'll work on-site with us.", {"work_mode": "onsite"}, {"work_mode": "hybrid"}, None),
        ("There are 4 openings.", {"headcount": 4}, {"headcount": 1}, None),
        ("We are hiring 4 people.", {"headcount": 4}, {"headcount": 1}, "We are hiring 1 person."),
        ("연봉은 최소 4,000만원입니다.", {"salary_min": 40_000_000, **_WON}, {"salary_max": 60_000_000, **_WON},
         "연봉은 최대 6,000만원입니다."),
        ("연봉은 4,000만원부터 시작합니다.", {"salary_min": 40_000_000, **_WON},
         {"salary_max": 60_000_000, **_WON}, None),
        ("근무지는 서울 강남구 테헤란로입니다.", {"location": "서울 강남구"}, {"location": "판교"}, None),
        ("서울 강남구에서 함께 일해요.", {"location": "서울 강남구"}, {"location": "판교"}, "판교에서 함께 일해요."),
        ("You will work in our Leeds office.", {"location": "Leeds"}, {"location": "Austin, TX"}, None),
    ],
)  # fmt: skip
def test_conditions_change_only_where_their_sentence_goes_with_any(
    text: str, stored: dict[str, Any], wanted: dict[str, Any], expected: str | None
) -> None:
    """What is said around the old value holds for the new one, or the sentence is written anew."""
    assert _adapt(text, "conditions", stored, wanted) == expected


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("전화 02-555-0188로 연락 주세요.", "031-777-1234", "전화 031-777-1234로 연락 주세요."),
        ("전화 02-555-0188로 연락 주세요.", "hr@daon.kr", None),
        ("문의: 02-555-0188", "hr@daon.kr", "문의: hr@daon.kr"),
    ],
)
def test_a_contact_goes_with_the_words_around_it(text: str, wanted: str, expected: str | None) -> None:
    """A number for a number where the sentence speaks of one."""
    assert _adapt(text, "process", {"contact": "02-555-0188"}, {"contact": wanted}) == expected


def test_another_title_is_not_put_before_what_belonged_to_the_old_one() -> None:
    """간호사 면허 does not become 회계 담당자 면허."""
    nurse, accountant = ({"title": title} for title in ("간호사", "회계 담당자"))
    company = {"name": "새빛병원"}
    for text in ("간호사 면허가 필요합니다.", "간호사 국가시험에 합격한 분"):
        result = adapt(
            "",
            text,
            kind="requirements",
            language="ko",
            stored=facts(company, nurse),
            wanted=facts(company, accountant),
        )
        assert isinstance(result, Unadaptable) or result.rewrite


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "운영합니다., 장애 대응을 합니다.를 맡습니다."),
        ("ko", "우대를 우대합니다."),
        ("ko", "고등학교 졸업 학위 소지자"),
        ("ko", "경력 2년 이상 사이인 분"),
        ("ko", "경력 0년 이상"),
        ("en", "A bachelor's degree diploma is required."),
        ("en", "You will care for patients. and keep records."),
        ("en", "- 0+ years of experience"),
        ("en", "an manager"),
        ("en", "It is nice. excel is a plus."),
    ],
)
def test_signs_of_broken_grammar_are_seen(language: str, text: str) -> None:
    """They count where the stored text had none."""
    assert faults("", text, language)
    assert not faults(text, text, language)
