from __future__ import annotations

import pytest

from cache_service.posting.extract import extract_facts

POLARITIES: list[tuple[str, set[tuple[str, str]]]] = [
    ("Java 또는 Kotlin 필수", {("Java", "required"), ("Kotlin", "required")}),
    ("SQL은 필수, Tableau는 우대", {("SQL", "required"), ("Tableau", "preferred")}),
    ("운전면허 소지자 우대", {("운전면허", "preferred")}),
    ("간호사 면허 필수", {("간호사 면허", "required")}),
    ("경력 무관", {("경력", "any")}),
    ("학력 무관 / 나이·성별 무관", {("학력", "any"), ("나이", "any"), ("성별", "any")}),
    ("재택 불가", {("재택", "not_allowed")}),
    ("재택 가능", {("재택", "allowed")}),
    ("통계 전공 필수", {("통계 전공", "required")}),
    ("비전공자 지원 가능", {("비전공자", "allowed")}),
    ("SQL은 몰라도 됩니다", {("SQL", "not_needed")}),
    ("경험이 없어도 괜찮습니다", {("경험", "not_needed")}),
    ("영어 능통자 우대", {("영어", "preferred")}),
    ("Python은 필수는 아니지만 있으면 우대", {("Python", "preferred")}),
    ("Kafka 경험이 있으면 좋습니다", {("Kafka", "preferred")}),
    ("대규모 트래픽 경험자 우대", {("대규모 트래픽 경험", "preferred")}),
    ("외국인 지원 불가", {("외국인", "not_allowed")}),
    ("운전 가능자 우대", {("운전", "preferred")}),
    ("우대사항: Kafka, Docker", {("Kafka", "preferred"), ("Docker", "preferred")}),
    ("필수: Java\n우대: Kotlin", {("Java", "required"), ("Kotlin", "preferred")}),
    ("[우대사항]\n- Kafka 운영\n- Docker\n[근무조건]\n- Excel", {("Kafka", "preferred"), ("Docker", "preferred")}),
    ("Nice to have\n- Kubernetes\n- GraphQL", {("Kubernetes", "preferred"), ("GraphQL", "preferred")}),
    ("No degree required", {("degree", "not_needed")}),
    ("Experience with AWS is a plus", {("AWS", "preferred")}),
    ("You must have a driver's license", {("driver's license", "required")}),
    ("Remote work is not allowed", {("Remote work", "not_allowed")}),
    ("Weekend work required", {("Weekend work", "required")}),
    ("Relocation is not available", {("Relocation", "not_allowed")}),
    ("Python is required; Tableau is preferred.", {("Python", "required"), ("Tableau", "preferred")}),
    ("SQL isn't required", {("SQL", "not_needed")}),
    ("Docker and Kubernetes preferred but not required", {("Docker", "preferred"), ("Kubernetes", "preferred")}),
    ("간호사 면허는 꼭 있어야 합니다", {("간호사 면허", "required")}),
    ("신입은 지원할 수 없습니다", {("신입", "not_allowed")}),
    ("양식 경험은 없어도 됩니다", {("양식 경험", "not_needed")}),
    ("전공은 보지 않습니다", {("전공", "any")}),
    ("WMS를 써 보셨다면 더 좋습니다", {("WMS", "preferred")}),
    ("Go나 Kotlin은 필수, R은 우대합니다", {("Go", "required"), ("Kotlin", "required"), ("R", "preferred")}),
    ("Go and Swift are musts, R is a nice-to-have", {("Go", "required"), ("Swift", "required"), ("R", "preferred")}),
    (
        "Java or Kotlin required, Scala a plus; no degree needed",
        {("Java", "required"), ("Kotlin", "required"), ("Scala", "preferred"), ("degree", "not_needed")},
    ),
    ("Applying without experience is fine", {("experience", "not_needed")}),
    ("CPA is optional but welcome", {("CPA", "preferred")}),
    ("You don't need ICU experience", {("ICU experience", "not_needed")}),
    ("no overtime", {("overtime", "not_allowed")}),
    ("CPR certification is highly desirable", {("CPR certification", "preferred")}),
    ("Docker is indispensable, Terraform a nice extra", {("Docker", "required"), ("Terraform", "preferred")}),
    ("Whether you know Java makes no difference", {("Java", "any")}),
    ("An apprenticeship would be useful", {("apprenticeship", "preferred")}),
    ("A kiln permit is crucial!", {("kiln permit", "required")}),
    ("Marital status is irrelevant", {("Marital status", "any")}),
    ("Photocopies cannot be accepted", {("Photocopies", "not_allowed")}),
    (
        "Knowledge of Python, R, or similar tools is helpful, yet not required",
        {("Python", "preferred"), ("R", "preferred")},
    ),
    ("SPSS: 2 years (Preferred)", {("SPSS", "preferred")}),
    ("Bonus if you have run a food truck", {("run a food truck", "preferred")}),
    ("Ideally you've sold wine and know Excel", {("sold wine", "preferred"), ("Excel", "preferred")}),
    (
        "Nice to have: beekeeping; Python; a boat licence",
        {("beekeeping", "preferred"), ("Python", "preferred"), ("boat licence", "preferred")},
    ),
    ("A diploma isn't a must", {("diploma", "not_needed")}),
    ("Home working is possible", {("Home working", "allowed")}),
    ("Coding tools (e.g. Git) come in handy", {("Git", "preferred")}),
]
NONE = [
    "weekends as needed",
    "Newly qualified teachers welcome",
    "경력 3년 이상",
    "Java, Kotlin, SQL",
    "필수 의약품 관리",
    "우대 금리 상품 판매",
    "필수 서류: 이력서",
    "불가피한 야근 시 식대",
    "커뮤니케이션이 가능한 분",
    "required documents: resume",
    "as required by the manager",
    "provide necessary support to clients",
    "필요 시 출장",
    "All staff are expected to support each other",
    "Plus, free lunch on Fridays",
    "The team plays a key role in planning",
    "We hire regardless of race, religion or age",
    "Ideally start in May",
]
SHARED = [
    ("재택 불가", "Remote work is not allowed"),
    ("경력 무관", "Prior experience is not required"),
    ("Python 필수", "Python required"),
    ("영어 우대", "English preferred"),
    ("운전면허 필수", "Driver's license required"),
]


def _polarities(text: str) -> set[tuple[str, str]]:
    return {(str(fact.of), str(fact.value)) for fact in extract_facts(text, "ko") if fact.type == "polarity"}


def _subjects(text: str) -> set[str]:
    return {str(fact.canonical) for fact in extract_facts(text, "ko") if fact.type == "polarity"}


@pytest.mark.parametrize(("text", "expected"), POLARITIES)
def test_what_a_text_says_of_a_condition(text: str, expected: set[tuple[str, str]]) -> None:
    """A cue is said of the skills or the condition of its clause, and of each of a list."""
    assert _polarities(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_words_that_say_nothing_of_a_condition(text: str) -> None:
    """Plain lists, goods, documents and idioms carry no polarity."""
    assert _polarities(text) == set()


@pytest.mark.parametrize(("korean", "english"), SHARED)
def test_both_languages_share_their_subjects(korean: str, english: str) -> None:
    """What a polarity is about compares equal across the languages."""
    assert _subjects(korean) == _subjects(english) != set()
