from __future__ import annotations

import pytest

from cache_service.posting.equality import named_alike, same_fact
from cache_service.posting.extract import extract_facts
from cache_service.posting.extract.terms import read_list
from cache_service.posting.wording import compare_wording
from tests.timing import grows_linearly

SKILLS: list[tuple[str, dict[str, str]]] = [
    # told apart from their neighbours
    ("Java, JavaScript, TypeScript 개발 경험", {
        "Java": "Java", "JavaScript": "JavaScript", "TypeScript": "TypeScript"}),
    ("자바스크립트 능숙자", {"자바스크립트": "JavaScript"}),
    ("C, C++, C# 중 하나에 능숙하신 분", {"C": "C", "C++": "C++", "C#": "C#"}),
    ("Objective-C와 Swift 경험", {"Objective-C": "Objective-C", "Swift": "Swift"}),
    ("React Native 앱 개발 경험", {"React Native": "React Native"}),
    ("리액트 네이티브 또는 리액트 경험", {"리액트 네이티브": "React Native", "리액트": "React"}),
    ("SQL, NoSQL, MySQL, PostgreSQL, MSSQL 사용 경험", {
        "SQL": "SQL", "NoSQL": "NoSQL", "MySQL": "MySQL", "PostgreSQL": "PostgreSQL", "MSSQL": "MSSQL"}),
    ("Spring Boot와 Spring 기반 개발", {"Spring Boot": "Spring Boot", "Spring": "Spring Framework"}),
    ("Vue.js, Nuxt.js, Angular, AngularJS", {
        "Vue.js": "Vue.js", "Nuxt.js": "Nuxt.js", "Angular": "Angular", "AngularJS": "AngularJS"}),
    (".NET and Node.js experience", {".NET": ".NET", "Node.js": "Node.js"}),
    ("Experience with Ruby on Rails or Go", {"Ruby on Rails": "Ruby on Rails", "Go": "Go"}),
    ("proficient in Python and R", {"Python": "Python", "R": "R"}),
    # every occupation
    ("엑셀, 파워포인트 능숙자", {"엑셀": "Excel", "파워포인트": "PowerPoint"}),
    ("한글(HWP) 문서 작성 가능자", {"한글(HWP)": "한글(HWP)"}),
    ("더존 프로그램 사용 가능자", {"더존 프로그램": "더존"}),
    ("포토샵과 일러스트를 다룰 수 있는 분", {"포토샵": "Photoshop", "일러스트": "Illustrator"}),
    ("간호사 면허 소지자", {"간호사 면허": "간호사 면허"}),
    ("지게차운전기능사 보유", {"지게차운전기능사": "지게차운전기능사"}),
    ("전기기사 또는 소방설비기사 자격", {"전기기사": "전기기사", "소방설비기사": "소방설비기사"}),
    ("운전면허 1종 보통 소지자", {"운전면허 1종 보통": "운전면허 1종 보통"}),
    ("요양보호사 자격증 소지자", {"요양보호사 자격증": "요양보호사"}),
    ("한식조리기능사 우대", {"한식조리기능사": "한식조리기능사"}),
    ("잠수기능사 자격증 보유자", {"잠수기능사 자격증": "잠수기능사자격증"}),
    ("TOEIC 800점 이상 또는 HSK 5급", {"TOEIC": "TOEIC", "HSK 5급": "HSK 5급"}),
    ("영어 회화 가능자", {"영어": "English"}),
    ("Fluent in English and Spanish", {"English": "English", "Spanish": "Spanish"}),
    ("Active RN license and BLS certification", {"RN license": "RN License", "BLS certification": "BLS"}),
    ("CDL Class A with a clean record", {"CDL Class A": "CDL Class A"}),
    ("Proficiency in Excel and Word", {"Excel": "Excel", "Word": "Word"}),
    # names that no list has
    ("Frobnicator 활용 경험", {"Frobnicator": "Frobnicator"}),
    ("experience with FooDB, or similar", {"FooDB": "FooDB"}),
    ("Docker, Quuxer, Kubernetes 경험", {"Docker": "Docker", "Quuxer": "Quuxer", "Kubernetes": "Kubernetes"}),
]  # fmt: skip
NO_SKILL = [
    "You will excel at sales and go to market quickly",
    "Excellent word of mouth and access to our office",
    "react quickly to a swift change",
    "영어 이름을 사용하는 수평적인 문화",
    "영어 교육 지원",
    "C-Level 보고",
    "R&D 센터 근무",
    "관련 자격증 소지자",
    "B2B SaaS 영업 경험",
    "Spring and summer collections",
    "go above and beyond",
    "English teacher",
    "해외 배송기사 관리",
    "엑셀러레이터 프로그램",
    "contact us at java@example.com",
]


def _skills(text: str) -> dict[str, str]:
    return {str(fact.value): str(fact.canonical) for fact in extract_facts(text, "ko") if fact.type == "skill"}


@pytest.mark.parametrize(("text", "expected"), SKILLS)
def test_skills_are_read_as_worded_with_their_canonical_form(text: str, expected: dict[str, str]) -> None:
    """Skills of any occupation are found in both languages and those of similar names are kept apart."""
    assert _skills(text) == expected


@pytest.mark.parametrize("text", NO_SKILL)
def test_words_that_also_name_a_skill_are_read_by_what_is_around_them(text: str) -> None:
    """A verb, a culture, a benefit or an address that holds the name of a skill states no skill."""
    assert _skills(text) == {}


def test_every_mention_is_a_fact() -> None:
    """A skill that a text names twice is stated twice, each at its place."""
    text = "Python 경험. Python 우대"
    spans = [(fact.start, fact.end) for fact in extract_facts(text, "ko") if fact.type == "skill"]
    assert spans == [(0, 6), (11, 17)]


def test_a_name_can_be_canonical_without_being_a_wording() -> None:
    """A first entry that begins with an equals sign only names the canonical form."""
    assert [(term.canonical, term.wording) for term in read_list("skill", '=Word | MS Word | "WORD"')] == [
        ("Word", "MS Word"),
        ("Word", "WORD"),
    ]


@pytest.mark.parametrize(
    "piece",
    ["Java, ", "영어 ", "자격증", "Go 또는 ", "식대 지원 ", "필수 ", "not required ", "Aa ", "면허 필수, ",
     "no health insurance ",
     "자격증자격 ", "experience with Foo and ", "우대사항\n", "활용활용", "401k, "],
)  # fmt: skip
def test_reading_stays_linear(piece: str) -> None:
    """100 kB of one repeated piece is read in time that grows with its length, not faster."""
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    assert grows_linearly(lambda part: extract_facts(part, "ko"), text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("정보처리기사", "정보처리산업기사"),
        ("용접기능사", "특수용접기능사"),
        ("한식조리기능사", "한식조리기능장"),
        ("사회복지사 1급", "사회복지사 2급"),
    ],
)
def test_qualifications_of_two_grades_are_two(one: str, other: str) -> None:
    """As skills, and in free text."""
    assert not same_fact("requirements.skills", (one,), (other,))
    assert not compare_wording([named_alike(f"{one} 우대")], [named_alike(f"{other} 우대")], "ko").same
