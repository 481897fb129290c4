"""The composed posting as a whole, in Korean and in English."""

from __future__ import annotations

import pytest

from cache_service.models.composer import COMPOSER_VERSION, compose
from cache_service.posting.facts import facts_of
from cache_service.posting.request import PostingRequest
from cache_service.posting.sections import KINDS

KOREAN_REQUEST = {
    "company": {
        "name": "누리페이", "industry": "핀테크", "about": "간편결제 인프라를 만드는 회사입니다.",
        "size": "51-200", "founded": 2016, "location": "경기 성남시 분당구",
        "culture": ["수평적 호칭", "자율 출퇴근"], "benefits": ["점심 식대 지원", "재택근무 주 2회"],
        "hiring_process": ["서류 전형", "코딩 테스트", "기술 면접", "최종 합격"],
    },
    "requirements": {
        "title": "백엔드 개발자", "seniority": "mid", "years_min": 3, "years_max": 7,
        "employment_type": "full_time", "work_mode": "hybrid", "location": "판교", "salary_min": 50000000,
        "salary_max": 80000000, "salary_period": "year", "currency": "KRW", "headcount": 2,
        "deadline": "2026-12-31", "education": "무관", "probation_months": 3,
        "responsibilities": ["결제 API 설계와 운영"], "skills": ["Java", "Spring Boot", "Kafka"],
        "preferred": ["대규모 트래픽 운영 경험"], "contact": "recruit@example.com",
        "notes": "free text, optional",
    },
}  # fmt: skip
KOREAN_POSTING = """\
# 채용 공고
[누리페이] 백엔드 개발자 (미들) · 정규직 · 판교

# 회사 소개
누리페이는 2016년에 설립된 핀테크 분야의 기업입니다. 기업 규모는 51-200명입니다.

간편결제 인프라를 만드는 회사입니다.

조직 문화는 다음과 같습니다.
- 수평적 호칭
- 자율 출퇴근

# 주요 업무
핀테크 분야의 백엔드 개발자(미들) 직무에서 담당할 업무입니다.
- 결제 API 설계와 운영

# 자격 요건
백엔드 개발자 직무의 자격 요건입니다.
- 직급: 미들
- 경력 3년 이상 7년 이하
- 학력 무관
- 필요 역량: Java, Spring Boot, Kafka

# 우대 사항
백엔드 개발자 직무에서는 다음에 해당하는 분을 우대합니다.
- 대규모 트래픽 운영 경험

# 근무 조건
고용 형태: 정규직
근무 방식: 하이브리드 근무(출근과 재택 병행)
근무지: 판교
회사 소재지: 경기 성남시 분당구
급여: 연봉 5,000만 원 ~ 8,000만 원
모집 인원: 2명
수습 기간: 3개월

# 복리후생
다음 복리후생을 제공합니다.
- 점심 식대 지원
- 재택근무 주 2회

# 채용 절차
전형 절차: 서류 전형 → 코딩 테스트 → 기술 면접 → 최종 합격
지원 마감: 2026년 12월 31일
문의: recruit@example.com"""

ENGLISH_REQUEST = {
    "company": {
        "name": "Harbor Clinic", "industry": "health care", "about": "We run three outpatient clinics.",
        "size": "51-200", "founded": 1998, "location": "Boston, MA",
        "culture": ["Shared decisions", "Fixed rosters"],
        "benefits": ["Paid parental leave", "Night shift allowance"],
        "hiring_process": ["Application", "Interview", "Offer"],
    },
    "requirements": {
        "title": "ICU Nurse", "seniority": "senior", "years_min": 5, "years_max": 10,
        "employment_type": "part_time", "work_mode": "onsite", "location": "Quincy, MA",
        "salary_min": 90000, "salary_max": 120000, "salary_period": "year", "currency": "USD",
        "headcount": 3, "deadline": "2026-12-31", "education": "Bachelor of Nursing", "probation_months": 1,
        "responsibilities": ["Monitor patients", "Train new nurses"], "skills": ["BLS", "ACLS", "triage"],
        "preferred": ["CCRN certification"], "contact": "jobs@example.com",
    },
}  # fmt: skip
ENGLISH_POSTING = """\
# Job posting
ICU Nurse (Senior) at Harbor Clinic · Part-time · Quincy, MA

# About the company
Harbor Clinic is a company in the health care sector, founded in 1998. It has 51-200 employees.

We run three outpatient clinics.

The culture:
- Shared decisions
- Fixed rosters

# Responsibilities
The responsibilities of the ICU Nurse (Senior) role in the health care sector are:
- Monitor patients
- Train new nurses

# Requirements
The requirements for the ICU Nurse role are:
- Level: Senior
- 5–10 years of experience
- Education: Bachelor of Nursing
- Skills: BLS, ACLS, and triage

# Preferred qualifications
The following are preferred for the ICU Nurse role:
- CCRN certification

# Conditions
Employment type: Part-time
Work mode: On-site
Work location: Quincy, MA
Company location: Boston, MA
Salary: USD 90,000–120,000 per year
Openings: 3
Probation period: 1 month

# Benefits
The following benefits are provided:
- Paid parental leave
- Night shift allowance

# Hiring process
Steps: Application → Interview → Offer
Apply by December 31, 2026
Contact: jobs@example.com"""


def _posting(request: dict[str, dict[str, object]], language: str) -> str:
    job = request["requirements"]
    parsed = PostingRequest.model_validate(request)
    assert parsed.requirements.title == job["title"]
    sections = (compose(kind, facts_of(parsed), language) for kind in KINDS)
    return "\n\n".join(f"# {section.heading}\n{section.text}" for section in sections if section)


@pytest.mark.parametrize(
    ("request_", "language", "posting"),
    [(KOREAN_REQUEST, "ko", KOREAN_POSTING), (ENGLISH_REQUEST, "en", ENGLISH_POSTING)],
    ids=["ko", "en"],
)
def test_a_full_posting(request_: dict[str, dict[str, object]], language: str, posting: str) -> None:
    """Changing this text means changing ``COMPOSER_VERSION``."""
    assert _posting(request_, language) == posting
    assert COMPOSER_VERSION == "1"
