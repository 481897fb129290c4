"""Adapting a stored section: what is substituted, what is left alone, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from cache_service.cache.adapt import Adapted, Unadaptable, adapt, splice
from cache_service.posting.sections import SectionKind
from tests.cache.adapt.templates import facts

_NURI = {"name": "누리페이"}
_ACME = {"name": "Acme"}


def _adapt(
    text: str,
    kind: SectionKind,
    stored: dict[str, Any],
    wanted: dict[str, Any],
    *,
    language: str = "ko",
    company: dict[str, Any] | None = None,
    to: dict[str, Any] | None = None,
    heading: str = "",
    derived: bool = False,
) -> Adapted | Unadaptable:
    name = company or (_NURI if language == "ko" else _ACME)
    title = {"title": "백엔드 개발자" if language == "ko" else "Backend Developer"}
    return adapt(
        heading, text, kind=kind, language=language, derived=derived,
        stored=facts(name, {**title, **stored}), wanted=facts(to or name, {**title, **wanted}),
    )  # fmt: skip


def _whole(result: Adapted | Unadaptable) -> str:
    assert isinstance(result, Adapted), result
    assert not result.rewrite, result.rewrite
    return result.text


@pytest.mark.parametrize(
    ("text", "stored", "wanted", "expected"),
    [
        (
            "경력 3년 이상의 백엔드 개발자를 찾습니다.",
            (3, None),
            (5, None),
            "경력 5년 이상의 백엔드 개발자를 찾습니다.",
        ),
        ("- 경력 3~5년", (3, 5), (5, 7), "- 경력 5~7년"),
        ("- 경력 3~5년", (3, 5), (3, None), "- 경력 3년 이상"),
        ("- 경력 3년 이상 7년 이하", (3, 7), (4, 9), "- 경력 4년 이상 9년 이하"),
        ("- 경력 3년 이상 7년 이하", (3, 7), (None, 9), "- 경력 9년 이하"),
        ("최소 3년의 개발 경력이 필요합니다.", (3, None), (2, None), "최소 2년의 개발 경력이 필요합니다."),
        ("3년차 이상의 개발자를 찾아요.", (3, None), (3, 6), "3~6년차의 개발자를 찾아요."),
        ("경력 3년 이상의 백엔드 개발자를 찾습니다.", (3, None), (None, None), "백엔드 개발자를 찾습니다."),
        ("- 경력: 3년 이상\n- 성실한 분", (3, None), (None, None), "- 성실한 분"),
    ],
)
def test_korean_years_change_in_the_form_they_have(
    text: str, stored: tuple[int | None, int | None], wanted: tuple[int | None, int | None], expected: str
) -> None:
    """A range stays a range, a minimum a minimum; what becomes the other is worded anew; what is gone goes."""
    changed = _adapt(text, "requirements", _years(stored), _years(wanted))
    assert _whole(changed) == expected


@pytest.mark.parametrize(
    ("text", "stored", "wanted", "expected"),
    [
        ("5+ years of experience", (5, None), (3, None), "3+ years of experience"),
        ("At least three years of experience.", (3, None), (1, None), "At least one year of experience."),
        ("- 3-5 years of experience", (3, 5), (5, 8), "- 5-8 years of experience"),
        ("- 3-5 years of experience", (3, 5), (3, None), "- 3+ years of experience"),
        ("Minimum of 1 year of experience", (1, None), (4, None), "Minimum of 4 years of experience"),
        ("We seek a nurse with at least 3 years of experience.", (3, None), (None, None), "We seek a nurse."),
    ],
)
def test_english_years_change_in_the_form_they_have(
    text: str, stored: tuple[int | None, int | None], wanted: tuple[int | None, int | None], expected: str
) -> None:
    """Number words stay words, and the unit has the right number."""
    changed = _adapt(text, "requirements", _years(stored), _years(wanted), language="en")
    assert _whole(changed) == expected


def _years(bounds: tuple[int | None, int | None]) -> dict[str, int]:
    return {name: value for name, value in zip(("years_min", "years_max"), bounds, strict=True) if value is not None}


@pytest.mark.parametrize(
    ("text", "stored", "wanted", "expected"),
    [
        ("연봉 5,000만 원~7,000만 원(협의 가능)", (50, 70), (40, 60), "연봉 4,000만 원~6,000만 원(협의 가능)"),
        ("연봉: 5,000~7,000만원", (50, 70), (85, 120), "연봉: 8,500만~1억 2,000만원"),
        ("연봉: 5천만원~7천만원", (50, 70), (40, 65), "연봉: 4천만원~6,500만원"),
        ("연봉 5,000만원 이상", (50, None), (60, None), "연봉 6,000만원 이상"),
        ("연봉 5,000만원 이상", (50, None), (60, 80), "연봉 6,000만~8,000만원"),
        ("연봉: 5,000만원\n근무지: 판교", (50, 50), (None, None), "근무지: 판교"),
    ],
)
def test_pay_keeps_its_unit_of_ten(
    text: str, stored: tuple[int | None, int | None], wanted: tuple[int | None, int | None], expected: str
) -> None:
    """만원 stays 만원 as long as the amount can be said in it."""
    place = {"location": "판교"} if "판교" in text else {}
    changed = _adapt(text, "conditions", {**_pay(stored), **place}, {**_pay(wanted), **place})
    assert _whole(changed) == expected


def _pay(bounds: tuple[int | None, int | None]) -> dict[str, Any]:
    low, high = bounds
    if low is None and high is None:
        return {}
    pay = {"salary_min": low, "salary_max": high}
    stated = {name: value * 1_000_000 for name, value in pay.items() if value is not None}
    return {**stated, "salary_period": "year", "currency": "KRW"}


def test_dollars_keep_their_k_and_the_period_changes_with_its_word() -> None:
    """$120k stays in thousands; "per year" becomes "per month"."""
    pay = {"currency": "USD", "salary_period": "year"}
    changed = _adapt(
        "Salary: $120k-150k per year", "conditions", {"salary_min": 120_000, "salary_max": 150_000, **pay},
        {"salary_min": 9_000, "salary_max": 11_000, "currency": "USD", "salary_period": "month"}, language="en",
    )  # fmt: skip
    assert _whole(changed) == "Salary: $9k-11k per month"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12/31(목)까지 지원해 주세요.", "1/15(금)까지 지원해 주세요."),
        ("접수 마감: 2026년 12월 31일", "접수 마감: 2027년 1월 15일"),
        ("접수 마감: 2026-12-31 목요일", "접수 마감: 2027-01-15 금요일"),
        ("Apply by December 31, 2026.", "Apply by January 15, 2027."),
        ("Apply by Thu, Dec 31st, 2026.", "Apply by Fri, Jan 15th, 2027."),
        ("Applications close on 31 December 2026.", "Applications close on 15 January 2027."),
    ],
)
def test_a_deadline_is_written_as_it_was_with_the_right_day_of_the_week(text: str, expected: str) -> None:
    """The form of the date stays, and the weekday is that of the new date."""
    language = "en" if text.isascii() else "ko"
    changed = _adapt(text, "process", {"deadline": "2026-12-31"}, {"deadline": "2027-01-15"}, language=language)
    assert _whole(changed) == expected


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("Java, Spring Boot, Kafka를 다룹니다.", ["Java", "Spring Boot"], "Java, Spring Boot를 다룹니다."),
        ("Java, Spring Boot, Kafka 경험", ["Java", "Spring Boot", "Redis"], "Java, Spring Boot, Redis 경험"),
        ("Java와 Spring Boot, Kafka 경험", ["Spring Boot", "Kafka"], "Spring Boot, Kafka 경험"),
        ("- Java\n- Spring Boot\n- Kafka", ["Java", "Kafka"], "- Java\n- Kafka"),
        ("1. Java\n2. Spring Boot\n3. Kafka", ["Java", "Kafka"], "1. Java\n2. Kafka"),
        ("- Java\n- Spring Boot\n- Kafka", ["Java", "Spring Boot", "Kafka", "Go"],
         "- Java\n- Spring Boot\n- Kafka\n- Go"),
    ],
)  # fmt: skip
def test_items_come_and_go_with_their_separators(text: str, wanted: list[str], expected: str) -> None:
    """Within a line and in bullets; particles follow the new last item."""
    changed = _adapt(text, "requirements", {"skills": ["Java", "Spring Boot", "Kafka"]}, {"skills": wanted})
    assert _whole(changed) == expected


def test_an_english_list_keeps_its_and() -> None:
    """ "A, B, and C" without B is "A and C"."""
    changed = _adapt("Skills: Java, Kafka, and SQL", "requirements", {"skills": ["Java", "Kafka", "SQL"]},
                     {"skills": ["Java", "SQL"]}, language="en")  # fmt: skip
    assert _whole(changed) == "Skills: Java and SQL"


def test_a_company_changes_everywhere_with_its_particles_and_forms() -> None:
    """The name in text and heading, with (주) and 의, and the particle that the new name asks for."""
    changed = _adapt(
        "(주)누리페이는 백엔드 개발자를 찾습니다. 누리페이의 팀과 함께해요.", "requirements", {}, {},
        to={"name": "다온"}, heading="누리페이와 함께",
    )  # fmt: skip
    assert isinstance(changed, Adapted), changed
    assert changed.text == "다온은 백엔드 개발자를 찾습니다. 다온의 팀과 함께해요."
    assert changed.heading == "다온과 함께"
    assert [one.as_json() for one in changed.changes] == [{"fact": "company", "from": "누리페이", "to": "다온"}]


def test_a_name_inside_another_name_is_left_alone_and_then_not_served() -> None:
    """누리페이먼츠 is another company: it does not become 다온먼츠, and it may not stay."""
    changed = _adapt("누리페이와 누리페이먼츠가 함께 찾습니다.", "requirements", {}, {}, to={"name": "다온"})
    assert isinstance(changed, Unadaptable)


def test_numbers_of_other_matters_stay() -> None:
    """Five people in the team and five years of growth are not five years of experience."""
    about = {"name": "누리페이", "about": "팀원 5명이 5년 연속 성장했습니다."}
    text = "팀원 5명이 5년 연속 성장했습니다.\n- 경력 5년 이상"
    changed = _adapt(text, "requirements", {"years_min": 5}, {"years_min": 3}, company=about)
    assert _whole(changed) == "팀원 5명이 5년 연속 성장했습니다.\n- 경력 3년 이상"


def test_an_undeclared_number_is_not_carried_over() -> None:
    """What neither request states is not sent."""
    changed = _adapt("팀원 5명과 함께합니다.\n- 경력 5년 이상", "requirements", {"years_min": 5}, {"years_min": 3})
    assert isinstance(changed, Unadaptable)


def test_an_undeclared_number_is_not_made_true_by_chance() -> None:
    """Five years of growth that neither request states are not supported by five years of experience."""
    changed = _adapt("5년 연속 성장했습니다.\n- 경력 3년 이상", "requirements", {"years_min": 3}, {"years_min": 5})
    assert isinstance(changed, Unadaptable)


def test_an_undeclared_item_in_a_list_is_not_carried_over() -> None:
    """A list that says more than both requests is not served as it is."""
    changed = _adapt("Java, 하모니카, Kafka 경험", "requirements", {"skills": ["Java", "Kafka"], "years_min": 3},
                     {"skills": ["Java", "Redis"], "years_min": 3})  # fmt: skip
    assert isinstance(changed, Unadaptable) or changed.rewrite


def test_another_companys_story_is_never_told() -> None:
    """A company section crosses companies only where all that is said of both is equal."""
    text = "누리페이는 간편결제 인프라를 만듭니다."
    about = {"name": "누리페이", "about": "간편결제 인프라를 만듭니다."}
    assert isinstance(_adapt(text, "company", {}, {}, company=about, to={"name": "다온"}), Unadaptable)
    same = _adapt(text, "company", {}, {}, company=about, to={**about, "name": "다온"})
    assert _whole(same) == "다온은 간편결제 인프라를 만듭니다."


def test_words_of_another_occupation_are_not_carried_over() -> None:
    """With another title every word of the text has to be explained by the request."""
    changed = _adapt("임상 경험이 있는 백엔드 개발자를 찾습니다.", "requirements", {}, {"title": "회계 담당자"})
    assert isinstance(changed, Unadaptable)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We're looking for a nurse.", "We're looking for an accountant."),
        ("Nurse position: nurses welcome.", "Accountant position: accountants welcome."),
    ],
)
def test_an_english_title_brings_its_article_and_plural(text: str, expected: str) -> None:
    """a nurse, an accountant; nurses, accountants."""
    changed = adapt("", text, kind="requirements", language="en", stored=facts(_ACME, {"title": "nurse"}),
                    wanted=facts(_ACME, {"title": "accountant"}))  # fmt: skip
    assert _whole(changed) == expected


def test_a_missing_fact_is_added_as_the_text_is_laid_out() -> None:
    """A bullet to bullets, a line to lines."""
    changed = _adapt("• 정규직\n• 수습 3개월", "conditions", {"employment_type": "full_time", "probation_months": 3},
                     {"employment_type": "full_time", "probation_months": 3, "headcount": 2})  # fmt: skip
    assert _whole(changed) == "• 정규직\n• 수습 3개월\n• 모집 인원: 2명"
    assert [one.as_json() for one in changed.changes] == [{"fact": "headcount", "from": None, "to": 2}]  # type: ignore[union-attr]


def test_the_work_mode_is_said_right() -> None:
    """What was offered from home is said to be in the office, in a line that is only about it."""
    stored, wanted = {"work_mode": "hybrid", "location": "판교"}, {"work_mode": "onsite", "location": "판교"}
    changed = _adapt("근무 형태: 재택근무 가능\n근무지: 판교", "conditions", stored, wanted)
    assert _whole(changed) == "근무 형태: 사무실 출근\n근무지: 판교"


def test_what_rules_cannot_mend_is_one_sentence_to_rewrite() -> None:
    """The rest stays word for word; a sentence with the old fact is refused, one with the new is spliced in."""
    text = "주 2회 재택근무를 하며 판교에서 일합니다. 정규직입니다."
    stored = {"work_mode": "hybrid", "location": "판교", "employment_type": "full_time"}
    about = {"name": "누리페이", "benefits": ["재택근무 주 2회"]}
    changed = _adapt(text, "conditions", stored, {**stored, "work_mode": "onsite"}, company=about)
    assert isinstance(changed, Adapted), changed
    (broken,) = changed.rewrite
    assert changed.text[broken.start : broken.end] == "주 2회 재택근무를 하며 판교에서 일합니다."
    assert broken.why == ("work_mode",)
    good = splice(changed, {broken.span: "판교 사무실로 출근합니다."})
    assert isinstance(good, Adapted), good
    assert (good.text, good.rewrite) == ("판교 사무실로 출근합니다. 정규직입니다.", ())
    assert isinstance(splice(changed, {broken.span: "판교에서 전면 재택근무로 일합니다."}), Unadaptable)


def test_other_notes_or_another_story_are_beyond_rules() -> None:
    """Notes flow into what is written; where they differ nothing is adapted."""
    changed = _adapt(
        "- 경력 3년 이상", "requirements", {"years_min": 3, "notes": "밝게"}, {"years_min": 5, "notes": "차분하게"}
    )
    assert isinstance(changed, Unadaptable)


def test_what_a_derived_entry_leaves_open_is_not_added() -> None:
    """Facts that were read off the text do not tell what else it says."""
    changed = _adapt(
        "- 경력 3년 이상", "requirements", {"years_min": 3}, {"years_min": 3, "education": "학사 이상"}, derived=True
    )
    assert isinstance(changed, Unadaptable)


def test_pay_that_the_text_leaves_open_is_not_stated_beside_it() -> None:
    """An amount does not stand beside "to be agreed"."""
    pay = {"salary_min": 50_000_000, "salary_period": "year", "currency": "KRW"}
    changed = _adapt("급여: 면접 후 협의\n고용 형태: 정규직", "conditions", {"employment_type": "full_time"},
                     {"employment_type": "full_time", **pay})  # fmt: skip
    assert isinstance(changed, Unadaptable)


def test_bullets_in_other_words_stand_for_their_items() -> None:
    """A duty worded as a sentence goes with its item, and a new one is worded as a sentence too."""
    text = "- 결제 API를 설계하고 운영합니다.\n- 정산 배치를 개발합니다."
    stored = {"responsibilities": ["결제 API 설계와 운영", "정산 배치 개발"]}
    swapped = _adapt(text, "responsibilities", stored, {"responsibilities": ["장애 대응", "정산 배치 개발"]})
    assert _whole(swapped) == "- 장애 대응을 담당합니다.\n- 정산 배치를 개발합니다."
    fewer = _adapt(text, "responsibilities", stored, {"responsibilities": ["결제 API 설계와 운영"]})
    assert _whole(fewer) == "- 결제 API를 설계하고 운영합니다."


@pytest.mark.parametrize(
    ("text", "stored", "wanted"),
    [
        ("연봉 5,000만원(월 417만원)", {"salary_min": 50_000_000}, {"salary_min": 60_000_000}),
        ("대졸(4년제) 이상\n경력 3년 이상", {"education": "학사 이상", "years_min": 3}, {"years_min": 3}),
        ("재택근무가 가능합니다.", {"work_mode": "hybrid"}, {"work_mode": "onsite"}),
        ("경력 무관", {"seniority": "any"}, {"seniority": "senior"}),
    ],
)
def test_what_is_said_in_other_words_is_never_left(text: str, stored: dict[str, Any], wanted: dict[str, Any]) -> None:
    """A value that the text also gives in another form is not half changed."""
    kind: SectionKind = "conditions" if "years_min" not in stored else "requirements"
    changed = _adapt(text, kind, stored, wanted)
    assert isinstance(changed, Unadaptable) or changed.rewrite


def test_names_keep_the_places_and_levels_in_them() -> None:
    """판교 in the company's name and 시니어 in the title are parts of a name, not statements."""
    changed = adapt(
        "", "판교 병원에서 시니어 간호사를 찾습니다. 근무지는 판교입니다.", kind="conditions", language="ko",
        stored=facts({"name": "판교 병원"}, {"title": "시니어 간호사", "seniority": "senior", "location": "판교"}),
        wanted=facts({"name": "판교 병원"}, {"title": "시니어 간호사", "seniority": "mid", "location": "부산"}),
    )  # fmt: skip
    assert _whole(changed) == "판교 병원에서 시니어 간호사를 찾습니다. 근무지는 부산입니다."


@pytest.mark.parametrize(
    ("text", "is_adapted"),
    [("- 경력 3년 이상의 백엔드 개발자", True), ("- 경력 3년 이상", False)],
)
def test_a_fact_that_may_have_shaped_the_text_has_to_be_among_its_changes(text: str, *, is_adapted: bool) -> None:
    """Of another job, a text that does not name the job is not adapted, though every fact in it could be."""
    changed = adapt(
        "", text, kind="requirements", language="ko",
        stored=facts(_NURI, {"title": "백엔드 개발자", "years_min": 3}),
        wanted=facts(_NURI, {"title": "프론트엔드 개발자", "years_min": 5}),
        must_change=frozenset({"requirements.title", "requirements.years_min"}),
    )  # fmt: skip
    assert isinstance(changed, Adapted) is is_adapted


def test_a_place_named_by_less_than_the_request_says_can_change() -> None:
    """Where the words of a place are not found whole, its adapter still gets its turn."""
    changed = adapt(
        "", "근무지: 분당구", kind="conditions", language="ko",
        stored=facts(_NURI, {"title": "백엔드 개발자", "location": "경기 성남시 분당구"}),
        wanted=facts(_NURI, {"title": "백엔드 개발자", "location": "서울 강남구"}),
        must_change=frozenset({"requirements.location"}),
    )  # fmt: skip
    assert isinstance(changed, Adapted)
