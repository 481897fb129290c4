"""A section of the same job set to other facts by lines: what stays, what is said anew, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache_service.cache.adapt import Adapted, Unadaptable, recast
from cache_service.cache.adapt.notes import statement
from cache_service.cache.adapt.stock import GENERAL, content_words
from cache_service.cache.guard import Evidence, unsupported
from cache_service.posting.facts import Facts
from cache_service.posting.sections import SectionKind
from tests.api.test_cache import lookup
from tests.cache.adapt.templates import facts
from tests.conftest import Serve

_KO = {"title": "백엔드 개발자"}
_EN = {"title": "Backend Developer"}


def _recast(
    kind: SectionKind, text: str, stored: Facts, wanted: Facts, *, language: str = "ko", heading: str = ""
) -> Adapted | Unadaptable:
    evidence = Evidence.of(wanted, language=language)
    return recast(heading, text, kind=kind, language=language, stored=stored, wanted=wanted, evidence=evidence)


def _text(made: Adapted | Unadaptable) -> str:
    assert isinstance(made, Adapted), made
    assert not made.rewrite
    return made.text


DUTIES = """핀테크 분야의 백엔드 개발자를 찾습니다.
서로 묻고 답하며 함께 성장합니다. 결제를 사랑하는 동료와 일합니다.

* 결제 API 설계와 운영
* 정산 배치 개선하기
서로의 의견을 귀 기울여 듣습니다."""


def test_duties_are_told_anew_among_the_sentences_that_hold_for_everybody() -> None:
    """What names the stored company's business goes with its sentence; the rest of the prose and the bullets stay."""
    stored = facts({"name": "누리페이", "industry": "핀테크"}, {
        **_KO, "responsibilities": ["결제 API 설계와 운영", "정산 배치 개선하기"]})  # fmt: skip
    wanted = facts({"name": "푸른상점", "industry": "유통"}, {
        **_KO, "seniority": "senior", "responsibilities": ["물류 시스템 연동", "결제 API 설계와 운영"]})  # fmt: skip
    made = _recast("responsibilities", DUTIES, stored, wanted)
    assert _text(made).split("\n") == [
        "유통 분야의 백엔드 개발자(시니어) 직무에서 담당할 업무입니다.",
        "* 물류 시스템 연동",
        "* 결제 API 설계와 운영",
        "서로 묻고 답하며 함께 성장합니다.",
        "",
        "서로의 의견을 귀 기울여 듣습니다.",
    ]
    assert isinstance(made, Adapted)
    assert [(one.fact, one.stored, one.wanted) for one in made.changes] == [
        ("responsibilities", "정산 배치 개선하기", "물류 시스템 연동")
    ]


def test_requirements_are_told_anew_value_by_value() -> None:
    """Years, education and skills are the wanted ones; a sentence with any word of its own goes."""
    text = "We look for:\n- 3+ years\n- Java\nA keen eye for detail in payments helps.\nWe share what we learn."
    stored = facts({"name": "Acme"}, {**_EN, "years_min": 3, "skills": ["Java"]})
    wanted = facts({"name": "Bolt"}, {**_EN, "years_min": 5, "education": "Bachelor's degree", "skills": ["Go", "SQL"]})
    made = _text(_recast("requirements", text, stored, wanted, language="en"))
    assert "5" in made
    assert "Go and SQL" in made
    assert "Bachelor's degree" in made
    assert made.endswith("We share what we learn.")
    assert not any(gone in made for gone in ("3", "Java", "payments"))


def test_a_bullet_of_an_item_that_stays_keeps_its_wording() -> None:
    """What a writer made of an item that both requests have is kept, if it says no more."""
    text = "함께 성장할 분이면 좋겠습니다.\n- Kafka 경험이 있으면 더 좋습니다.\n- 금융권 경험"
    stored = facts({"name": "누리페이"}, {**_KO, "preferred": ["Kafka 경험", "금융권 경험"]})
    wanted = facts({"name": "푸른상점"}, {**_KO, "preferred": ["Kafka 경험", "영어 회화"]})
    made = _text(_recast("preferred", text, stored, wanted))
    assert "- Kafka 경험이 있으면 더 좋습니다." in made
    assert "- 영어 회화" in made
    assert "금융권" not in made


@pytest.mark.parametrize(
    "sentence",
    [
        "연봉은 5,000만 원부터 시작합니다.",
        "연봉은 함께 협의합니다.",
        "점심 식대를 함께 드립니다.",
        "경력 3년 이상을 찾습니다.",
        "가람소프트와 함께 성장합니다.",
        "재택근무를 함께 합니다.",
        "환자를 소중하게 생각합니다.",
        "하루 8시간 함께합니다.",
        "후배를 이끌어 주세요.",
        "처음 시작하는 분도 편하게 배울 수 있습니다.",
        "오래된 회사입니다.",
        "마음이 따뜻한 회사입니다.",
        "작은 팀에서 함께합니다.",
        "언제 어디서나 일할 수 있습니다.",
    ],
)
def test_a_sentence_that_says_anything_does_not_stay(sentence: str) -> None:
    """Facts, names, numbers and words that are about some job or company go."""
    stored = facts({"name": "가람소프트"}, {**_KO, "preferred": ["금융권 경험"]})
    wanted = facts({"name": "푸른상점"}, {**_KO, "preferred": ["영어 회화"]})
    text = f"{sentence}\n- 금융권 경험\n서로의 의견을 존중합니다."
    made = _text(_recast("preferred", text, stored, wanted))
    assert sentence not in made
    assert made.endswith("서로의 의견을 존중합니다.")


@pytest.mark.parametrize(
    "sentence",
    [
        "We are a small team.",
        "You may work whenever you like.",
        "Your first job may be here.",
        "Everyone gets the same.",
    ],
)
def test_an_english_sentence_that_says_anything_does_not_stay(sentence: str) -> None:
    """Nor what is said of the team, of when work is done, of a level or of what everybody gets."""
    stored = facts({"name": "Acme"}, {**_EN, "preferred": ["Fintech background"]})
    wanted = facts({"name": "Bolt"}, {**_EN, "preferred": ["Retail background"]})
    text = f"{sentence}\n- Fintech background\nWe listen to each other."
    made = _text(_recast("preferred", text, stored, wanted, language="en"))
    assert sentence not in made
    assert made.endswith("We listen to each other.")


@pytest.mark.parametrize(
    ("text", "stored", "wanted", "reason"),
    [
        ("- 금융권 경험\n함께 성장합니다.", {"title": "간호사"}, {}, "another job"),
        ("- 금융권 경험이 있어 결제를 잘 아는 분", {}, {}, "nothing in it holds for every request"),
        ("다음 분과 함께합니다.\n- 금융권에서 결제를 다룬 경험", {}, {}, "nothing in it holds for every request"),
        ("금융권 경험과 결제를 소중하게 생각합니다.", {}, {}, "nothing in it holds for every request"),
    ],
)
def test_what_is_not_recast(text: str, stored: dict[str, Any], wanted: dict[str, Any], reason: str) -> None:
    """A section of another job, and one of which nothing would stay."""
    made = _recast("preferred", text, facts({"name": "가람"}, {**_KO, "preferred": ["금융권 경험"], **stored}),
                   facts({"name": "나루"}, {**_KO, "preferred": ["영어 회화"], **wanted}))  # fmt: skip
    assert isinstance(made, Unadaptable)
    assert made.reason == reason


def test_a_plain_list_stays_one() -> None:
    """A stored text that lists its items and says no more is set to others, as nothing of a writer's is lost."""
    stored = facts({"name": "가람"}, {**_KO, "preferred": ["금융권 경험", "영어 회화"]})
    wanted = facts({"name": "나루"}, {**_KO, "preferred": ["물류 경험"]})
    made = _text(_recast("preferred", "우대 사항\n- 금융권 경험\n- 영어 회화", stored, wanted))
    assert made.split("\n") == ["백엔드 개발자 직무에서는 다음에 해당하는 분을 우대합니다.", "- 물류 경험"]


def test_notes_that_state_something_are_told_as_they_are_and_orders_are_left_to_a_model() -> None:
    """A statement of the wanted notes is added, one of the stored notes goes, and an order is no text."""
    stored = facts({"name": "가람"}, {**_KO, "responsibilities": ["API 개발"], "notes": "해외 출장이 잦습니다."})
    text = "해외 출장이 잦습니다.\n- API 개발\n함께 성장합니다."
    for notes, expected in [("무거운 물건을 드는 일이 있습니다.", True), ("짧게 써 주세요.", False)]:
        wanted = facts({"name": "나루"}, {**_KO, "responsibilities": ["화면 개발"], "notes": notes})
        made = _recast("responsibilities", text, stored, wanted)
        assert isinstance(made, Adapted) is expected
        if isinstance(made, Adapted):
            assert notes in made.text
            assert "출장" not in made.text


def test_a_statement_of_the_notes_stands_in_one_section() -> None:
    """With the requirements if it is about who may apply, else with the work."""
    for notes, kind in [("자차 보유가 필수입니다.", "requirements"), ("야간 고정 근무입니다.", "responsibilities")]:
        job = {**_KO, "responsibilities": ["API 개발"], "skills": ["Java"]}
        stored = facts({"name": "가람"}, job)
        wanted = facts({"name": "나루"}, {**job, "responsibilities": ["화면 개발"], "skills": ["Go"], "notes": notes})
        made = {
            one: _text(_recast(one, "함께 성장합니다.\n- API 개발\n- Java", stored, wanted))
            for one in ("responsibilities", "requirements")
        }
        assert [one for one, text in made.items() if notes in text] == [kind]


@pytest.mark.parametrize(
    ("notes", "language", "stated"),
    [
        ("야간 고정 근무입니다.", "ko", True),
        ("주차가 가능합니다. 외국인도 지원 가능합니다.", "ko", True),
        ("밝은 문체로 씁니다.", "ko", False),
        ("연봉은 쓰지 않습니다.", "ko", False),
        ("빠른 지원 바랍니다.", "ko", False),
        ("야간 근무 있음", "ko", False),
        ("The shift is at night.", "en", True),
        ("Please say that the shift is at night.", "en", False),
        ("Make sure the team is named.", "en", False),
        ("The tone is warm.", "en", False),
        ("x" * 300, "en", False),
        ("", "ko", False),
        ("Die Schicht ist nachts.", "de", False),
    ],
)
def test_only_a_plain_statement_is_told(notes: str, language: str, *, stated: bool) -> None:
    """What is told as it is was meant to be read by applicants."""
    assert (statement(notes, language) == notes) is stated


def test_general_words_name_no_job_benefit_or_place() -> None:
    """The words that may stay are of attitude and manner."""
    korean = "결제 환자 학생 물류 식대 스톡옵션 재택 출근 연봉 서울 병원 고객 매출 리더 후배 수당 휴가 야근 면접 우대"
    english = "payment patients students bonus remote salary office London customers stock overtime vacation required"
    for word in f"{korean} {english}".split():
        assert content_words(word, (), GENERAL) == [word]


_ITEMS = [
    "결제 API 설계",
    "환자 간호",
    "월 3회 야간 당직",
    "SNS 채널 운영",
    "영어 회화",
    "Kafka 경험",
    "정산 배치 개선",
    "3교대 근무 가능",
]
_LINES = [
    "함께 성장합니다.",
    "서로의 의견을 존중합니다.",
    "경력 7년 이상을 찾습니다.",
    "핀테크를 사랑합니다.",
    "학사 학위가 필요합니다.",
    "석사 우대",
    "총 5명을 채용합니다.",
    "가람소프트와 함께합니다.",
    "",
    "- 함께 배우는 태도",
    "자격: 경력 4년",
    "Java를 함께 배웁니다.",
]
_SOME = st.lists(st.sampled_from(_ITEMS), min_size=1, max_size=4, unique=True)
_JOBS = st.fixed_dictionaries(
    {"title": st.just("백엔드 개발자"), "preferred": _SOME, "responsibilities": _SOME},
    optional={
        "years_min": st.integers(0, 20),
        "seniority": st.sampled_from(["junior", "senior", "lead"]),
        "education": st.sampled_from(["학사", "무관"]),
        "headcount": st.integers(1, 9),
        "skills": st.lists(st.sampled_from(["Java", "Go", "Kafka"]), min_size=1, unique=True),
    },
)


@given(
    kind=st.sampled_from(["responsibilities", "requirements", "preferred"]),
    stored=_JOBS,
    wanted=_JOBS,
    lines=st.lists(st.sampled_from(_LINES), max_size=6),
)
def test_a_recast_text_states_what_is_wanted_and_nothing_else(
    kind: SectionKind, stored: dict[str, Any], wanted: dict[str, Any], lines: list[str]
) -> None:
    """Whatever stands in the stored text: the guard supports all that is sent, and every item and value is in it."""
    before, after = facts({"name": "가람소프트"}, stored), facts({"name": "나루상사"}, wanted)
    told = [f"- {item}" for item in stored.get(kind, ())]
    made = _recast(kind, "\n".join([*lines, *told, "함께 성장합니다."]), before, after)
    if isinstance(made, Unadaptable):
        return
    assert not unsupported(made.text, Evidence.of(after, language="ko"), "ko"), made.text
    assert all(item in made.text for item in wanted.get(kind, ()))
    gone = {*stored.get(kind, ()), *(stored.get("skills", ()) if kind == "requirements" else ())}
    own = " ".join([*wanted["preferred"], *wanted["responsibilities"], *wanted.get("skills", ())])
    assert not any(item in made.text for item in gone if item not in own), made.text
    assert "가람" not in made.text


def test_a_posting_for_a_known_job_is_adapted_and_says_so(serve: Serve) -> None:
    """Through the service: other duties for a title that the cache knows come as ``adapted``, with what changed."""
    client = serve()
    job = {**_KO, "responsibilities": ["결제 API 설계와 운영"], "years_min": 7}
    text = "결제 API 설계와 운영을 맡습니다.\n서로 돕고 함께 성장합니다."
    entry = {
        "request": {"company": {"name": "가람소프트"}, "requirements": job},
        "posting": {"sections": [{"kind": "responsibilities", "text": text}]},
    }
    assert client.post("/v1/cache/entries", json=entry).status_code == 201
    wanted = {"company": {"name": "나루상사"}, "requirements": {**_KO, "responsibilities": ["물류 화면 개발"]}}
    found, _ = lookup(client, wanted)
    section = found["responsibilities"]
    assert section["source"]["tier"] == "adapted"
    assert "물류 화면 개발" in section["text"]
    assert "함께 성장합니다." in section["text"]
    assert "결제" not in section["text"]
    assert section["source"]["changes"] == [
        {"fact": "responsibilities", "from": "결제 API 설계와 운영", "to": "물류 화면 개발"}
    ]
