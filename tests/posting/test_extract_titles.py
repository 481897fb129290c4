from __future__ import annotations

import pytest

from cache_service.posting.extract import extract_facts


def _titles(text: str) -> list[int | str]:
    return [fact.value for fact in extract_facts(text, "en") if fact.type == "title"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Backend Engineer at Acme (Seoul)", "Backend Engineer"),
        ("Sr. Data Scientist", "Data Scientist"),
        ("Lead Data Scientist", "Data Scientist"),
        ("Senior Full Stack Developer - Austin, TX", "Full Stack Developer"),
        ("Project Controls Analyst, Junior", "Project Controls Analyst"),
        ("Position: Registered Nurse", "Registered Nurse"),
        ("We are looking for a talented, self-motivated, and highly creative Software Engineer to join our team.",
         "Software Engineer"),
        ("We are seeking an experienced line cook.", "line cook"),
        ("We are hiring a Senior Backend Engineer in Seoul.", "Backend Engineer"),
        ("We need truck drivers with a clean record.", "truck drivers"),
        ("As a Data Scientist, you will build models.", "Data Scientist"),
        ("join us as a barista", "barista"),
        ("The Data Analyst will support reporting.", "Data Analyst"),
        ("Head of Marketing", "Head of Marketing"),
        ("시니어 백엔드 개발자 (판교)", "백엔드 개발자"),
        ("신입/경력 백엔드 개발자", "백엔드 개발자"),
        ("백엔드 개발자에 지원할 분을 찾습니다.", "백엔드 개발자"),
        ("용접공 구합니다", "용접공"),
    ],
)  # fmt: skip
def test_the_job_on_offer_is_read_where_postings_name_it(text: str, title: str) -> None:
    """Headlines, labels, what is looked for and what one works as; without level and praise."""
    assert _titles(text) == [title]


@pytest.mark.parametrize(
    "text",
    [
        "work with product managers and designers",
        "5 years of experience as a nurse",
        "You will report to the Director of Engineering.",
        "lead the team",
        "mentor junior developers",
        "디자이너, PM과 협업",
        "개발자 커뮤니티 활동",
        "• 시니어 개발자",
        "opportunity for professional growth",
    ],
)
def test_colleagues_and_former_jobs_are_no_title(text: str) -> None:
    """People beside the job, and what somebody was before, are named by the same words."""
    assert _titles(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Bachelor's degree in Nursing or higher", 1),
        ("No degree required", 1),
        ("a high degree of autonomy", 0),
        ("Scrum Master certification", 0),
    ],
)
def test_degrees_are_found_by_the_words_they_begin_with(text: str, values: int) -> None:
    """Only a word of the list begins the naming of a degree; the same words of something else state nothing."""
    assert len([fact for fact in extract_facts(text, "en") if fact.type == "education"]) == values
