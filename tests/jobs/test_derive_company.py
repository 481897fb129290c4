"""What of a text about a company may be used again for another job of the company."""

from __future__ import annotations

import pytest

from cache_service.jobs.derive import derive
from cache_service.jobs.derive.company_text import JobWords, is_job_level

KO = JobWords.of("[신입] 음향 백엔드 개발자", "파도소리(Wavesound)", "ko")
EN = JobWords.of("Data Analyst", "Wavesound", "en")
ABOUT = "파도소리는 2015년에 설립된 음향 기술 회사입니다. 전 세계 30개국의 공연장에 장비를 공급합니다."


def _company(about: str, title: str = "백엔드 개발자", company: str = "파도소리") -> str | None:
    draft = derive({"company": company, "title": title, "about": about, "responsibilities": "- 결제 서버를 만듭니다."})
    return next((section.text for section in draft.sections if section.kind == "company"), None)


@pytest.mark.parametrize(
    "sentence",
    [
        "파도소리는 공연장의 소리를 연구하는 회사입니다.",
        "누적 투자 120억 원을 유치했고 매년 두 배씩 자랍니다.",
        "수평적인 조직문화에서 서로를 '님'으로 부릅니다.",
        "브랜드 포트폴리오를 넓혀 가고 있습니다.",
        "우리의 여정에 함께할 동료를 기다립니다.",
        "파도소리 팀은 소리로 사람을 잇습니다.",
        "3년 연속 매출이 두 배로 늘었습니다.",
        "구성원의 채용과 평가는 능력을 봅니다.",
        "아직 아무도 풀지 못한 문제를 찾아요.",
    ],
)
def test_korean_sentences_about_the_company_stay(sentence: str) -> None:
    """What the company is, did and believes, and a call to anyone, serves every job."""
    assert not is_job_level(sentence, KO)


@pytest.mark.parametrize(
    "sentence",
    [
        "공연장 예매 서비스를 만들 백엔드 개발자를 모십니다.",
        "데이터 엔지니어 크루를 찾습니다.",
        "음향 백엔드 개발자는 서버를 설계합니다.",
        "신입 MD는 이렇게 성장합니다.",
        "서류 전형 결과는 2주 안에 알려 드립니다.",
        "이력서와 포트폴리오를 PDF로 제출해 주세요.",
        "고용형태는 정규직이며 수습기간은 3개월입니다.",
        "근무지 : 서울 성동구",
        "경력 3년 이상인 분을 찾습니다.",
        "본 포지션은 채용 시 마감됩니다.",
        "플랫폼개발팀은 예매 서버를 운영합니다.",
        "저희 Growth Team은 지표를 봅니다.",
        "파도소리의 Creative Team은 영상을 만듭니다.",
        "꼼꼼하고 책임감이 강하신 분",
        "아래와 같이 함께할 인재를 모십니다.",
        "많은 관심과 지원 부탁드립니다.",
        "서비스를 기획할 인재를 기다립니다.",
    ],
)
def test_korean_sentences_about_one_job_go(sentence: str) -> None:
    """The job's title or kind, its team, its terms and how to apply are not about the company."""
    assert is_job_level(sentence, KO)


@pytest.mark.parametrize(
    ("sentence", "job_level"),
    [
        ("Wavesound makes audio equipment for concert halls in thirty countries.", False),
        ("Founded in 2015, it has doubled its revenue every year.", False),
        ("We are an equal opportunity employer and celebrate diversity.", False),
        ("As a Data Analyst you will own the reports.", True),
        ("The ideal candidate has five years of experience.", True),
        ("Please apply with a resume and a cover letter.", True),
        ("We are looking for curious people.", True),
        ("Newark, CA", True),
        ("REQ12345678", True),
        ("The analytics team works with finance and sales.", True),
    ],
)
def test_english_sentences_are_told_apart(sentence: str, job_level: bool) -> None:
    """The same in English, where a short line that is no sentence is a place, a date or a number."""
    assert is_job_level(sentence, EN) is job_level


def test_a_company_that_is_called_a_group_is_no_department() -> None:
    """The company's own name is left out when departments are looked for."""
    job = JobWords.of("편집자", "물결디자인그룹", "ko")
    assert not is_job_level("물결디자인그룹은 글꼴을 만드는 회사입니다.", job)
    assert is_job_level("브랜드디자인그룹은 글꼴을 만듭니다.", job)


@pytest.mark.parametrize(
    "block",
    [
        "[채용절차]\n서류 전형 > 1차 면접 > 최종 합격\n* 전형은 달라질 수 있습니다.",
        "■ 전형절차\n1. 서류검토\n2. 실무 면접",
        "채용 절차 및 일정\n\n채용 절차 : 서류 전형 - 인터뷰 - 합격\n대상자 발표 : 개별 연락",
        "고용형태 : 정규직(수습기간 3개월)",
        "[근무조건]\n• 주5일, 10시 출근\n• 서울 성동구",
        "[팀 소개]\n사람을 아끼는 마음으로 예매 서버를 돌봅니다.",
        "[직무 소개]\n예매 서버를 돌봅니다.",
        "[이런 분을 찾아요]\n- 호기심이 많습니다.",
        "[제출서류]\n- 자유 양식의 글 한 편",
        "[복지와 혜택]\n- 점심 식대",
        "이번에 예매 서버를 맡을 백엔드 개발자를 채용합니다. 많은 지원 바랍니다.",
    ],
)
def test_blocks_about_the_job_are_moved_out(block: str) -> None:
    """Before or after it, the company's text stays word for word."""
    for about in (f"{ABOUT}\n\n{block}", f"{block}\n\n[회사 소개]\n{ABOUT}"):
        assert (_company(about) or "").removeprefix("[회사 소개]\n") == ABOUT


def test_a_line_about_the_job_takes_its_list_with_it() -> None:
    """Bullets under a dropped line have lost what they were about."""
    text = f"{ABOUT}\n\n백엔드 개발자는 이렇게 성장합니다.\n• 큰 서버를 봅니다.\n• 많은 사람을 만납니다."
    assert _company(text) == ABOUT


def test_a_list_announced_by_a_dropped_line_goes_with_it() -> None:
    """ "아래의 역량을 가진 팀원을 찾습니다." and, after a gap, the list that it speaks of."""
    announced = "아래의 역량을 가진 팀원을 찾습니다.\n\n1. 끝까지 해내는 책임감\n2. 넓게 보는 눈"
    assert _company(f"{ABOUT}\n\n{announced}") == ABOUT
    assert (
        _company(f"{ABOUT}\n\n함께할 분을 찾습니다!\n\n- 2021년 설립")
        == f"{ABOUT}\n\n함께할 분을 찾습니다!\n\n- 2021년 설립"
    )


def test_what_follows_a_team_in_the_same_run_is_about_the_team() -> None:
    """A paragraph that turns to a team does not turn back."""
    text = f"{ABOUT}\n\n운영팀은 공연장을 돌봅니다.\n관객의 소리를 듣고 답합니다.\n\n우리는 소리를 믿습니다."
    assert _company(text) == f"{ABOUT}\n\n우리는 소리를 믿습니다."


def test_an_organisation_heading_over_the_whole_company_is_the_company() -> None:
    """[조직소개] mostly tells of a team; where the company's name is the subject it does not."""
    assert _company(f"[조직소개]\n{ABOUT}") == f"[조직소개]\n{ABOUT}"
    assert _company("[조직소개]\n서버를 돌보는 사람들이 모여 있습니다. 늘 조용히 일합니다.") is None


def test_nothing_is_left_of_a_text_about_the_job() -> None:
    """No company section is better than one of a few words."""
    assert _company("• 백엔드 개발자 정규직 신입/경력 채용\n•") is None
