"""Headings, blocks, lists and hiring steps in texts as people write them."""

from __future__ import annotations

import pytest

from cache_service.jobs.derive.blocks import split_blocks
from cache_service.jobs.derive.items import items_of
from cache_service.jobs.derive.route import route, text_of
from cache_service.jobs.derive.sentences import sentences
from cache_service.jobs.derive.steps import hiring_process, steps_of
from cache_service.jobs.derive.topics import Topic, topic_of

KOREAN: list[tuple[str, Topic]] = [
    ("회사소개", "company"),
    ("누리페이를 소개합니다", "company"),
    ("조직 문화", "company"),
    ("관련 기사", "company"),
    ("우리가 합류해야 하는 3가지 이유", "company"),
    ("팀 소개", "team"),
    ("함께할 동료의 한마디", "team"),
    ("조직소개", "team"),
    ("직무 소개", "position"),
    ("어떤 포지션인가요?", "position"),
    ("백엔드 개발자", "position"),
    ("이런 경험을 할 수 있어요", "position"),
    ("주요 업무", "duties"),
    ("합류하시면 이런 일을 하게 돼요", "duties"),
    ("자격 요건", "requirements"),
    ("이런 분을 찾아요", "requirements"),
    ("우대사항", "preferred"),
    ("이런 분이면 더 좋아요", "preferred"),
    ("복리후생", "benefits"),
    ("근무 환경", "benefits"),
    ("근무조건", "conditions"),
    ("고용형태 및 급여", "conditions"),
    ("채용 절차", "process"),
    ("합류 여정", "process"),
    ("전형절차 안내", "process"),
    ("제출 서류", "apply"),
    ("지원 전 꼭 확인해주세요", "apply"),
]
ENGLISH: list[tuple[str, Topic]] = [
    ("About us", "company"),
    ("Company overview", "company"),
    ("Our team", "team"),
    ("About the role", "position"),
    ("Responsibilities", "duties"),
    ("What you'll do", "duties"),
    ("Minimum qualifications", "requirements"),
    ("Who you are", "requirements"),
    ("Nice to have", "preferred"),
    ("Preferred qualifications", "preferred"),
    ("Benefits & perks", "benefits"),
    ("What we offer", "benefits"),
    ("Compensation", "conditions"),
    ("Employment type", "conditions"),
    ("Interview process", "process"),
    ("How to apply", "apply"),
]


@pytest.mark.parametrize(("heading", "topic"), KOREAN + ENGLISH)
def test_a_heading_announces_its_topic(heading: str, topic: Topic) -> None:
    """The words of a heading decide, in both languages."""
    assert topic_of(heading, "position" if topic != "position" else "company", bracketed=True) == topic


@pytest.mark.parametrize("heading", ["2021년의 기록", "바다처럼 넓은 생각", "From zero to one", "!!"])
def test_other_words_announce_nothing(heading: str) -> None:
    """A slogan is no topic."""
    assert topic_of(heading, "benefits") is None


@pytest.mark.parametrize(
    "heading",
    [
        "[채용 절차]",
        "■ 채용 절차",
        "# 채용절차",
        "<채용 절차>",
        "【채용 절차】",
        "** 채용 절차 **",
        "채용 절차",
        "1. 채용절차",
        "채용 절차:",
    ],
)
def test_a_heading_may_have_any_form(heading: str) -> None:
    """Brackets, marks, numbers, emphasis, a colon, or nothing but a gap before it."""
    blocks = split_blocks(f"바다를 닮은 회사입니다.\n\n{heading}\n서류 전형 > 면접 > 합격", "company")
    assert [block.topic for block in blocks] == ["company", "process"]
    assert blocks[1].lines == ["서류 전형 > 면접 > 합격"]


def test_items_of_a_list_are_not_headings() -> None:
    """A bulleted line that speaks of hiring or conditions among others like it stays an item."""
    for first in ("• 선택적 근로시간제 운영", "- 포트폴리오 제출 필수", "• 급여 협의 가능"):
        text = f"{first}\n{first[0]} 도서 구입비 지원\n{first[0]} 간식 제공"
        assert [block.topic for block in split_blocks(text, "benefits")] == ["benefits"]


def test_a_block_ends_at_the_next_heading_of_its_level() -> None:
    """After hiring steps, a heading of unknown words starts something else; bullets inside do not."""
    text = "■ 전형절차\n● 서류 검토\n● 면접\n■ 파도소리는요\n파도소리는 음향 회사입니다."
    assert [(block.topic, len(block.lines)) for block in split_blocks(text, "company")] == [("process", 2), (None, 1)]


def test_pay_and_contract_among_benefits_are_conditions() -> None:
    """However the line calls them."""
    routed = route(
        {"benefits": "• 근로관계: 정규직\n• 간식 제공\n• 채용 형태 : 정규직\n• 연봉 2,800~3,000만원"}, "파도소리"
    )
    assert text_of("benefits", routed.blocks("benefits")) == "• 간식 제공"


def test_a_labelled_line_of_another_topic_leaves_its_field() -> None:
    """ "고용형태 : 정규직" among benefits is a condition, and the list goes on after it."""
    routed = route({"benefits": "• 간식 제공\n• 고용형태 : 정규직\n• 자유 복장"}, "파도소리")
    assert text_of("benefits", routed.blocks("benefits")) == "• 간식 제공\n• 자유 복장"
    assert text_of("conditions", routed.blocks("conditions")) == "• 고용형태 : 정규직"


def test_blocks_go_to_the_section_that_they_are_about() -> None:
    """Steps in the duties, wishes in the requirements and a company text in the benefits are put right."""
    routed = route(
        {
            "responsibilities": "- 결제 서버 개발\n\n전형 절차\n서류 전형 - 1차 면접 - 최종 합격",
            "requirements": "- 경력 3년 이상\n\n[우대사항]\n- 대용량 처리 경험",
            "benefits": "[회사소개]\n파도소리는 음향 회사입니다.\n\n[복지]\n- 식대 지원",
        },
        "파도소리",
    )
    texts = {kind: text_of(kind, routed.blocks(kind)) for kind in (*routed.own, *routed.moved)}
    assert texts["responsibilities"] == "- 결제 서버 개발"
    assert texts["process"] == "서류 전형 - 1차 면접 - 최종 합격"
    assert texts["requirements"] == "- 경력 3년 이상"
    assert "- 대용량 처리 경험" in (texts["preferred"] or "")
    assert texts["benefits"] == "[복지]\n- 식대 지원"
    assert "음향 회사" in (texts["company"] or "")


@pytest.mark.parametrize(
    ("line", "steps"),
    [
        ("서류 전형 > 1차 인터뷰 > 처우 협의 > 최종 합격", ("서류 전형", "1차 인터뷰", "처우 협의", "최종 합격")),
        ("• 전형 절차 : 서류전형 → 면접 → 입사", ("서류전형", "면접", "입사")),
        ("서류심사 - 1차면접(실무진) - 2차면접(임원)", ("서류심사", "1차면접(실무진)", "2차면접(임원)")),
        ("1. 서류접수 2. 직무 인터뷰 3. 처우협의", ("서류접수", "직무 인터뷰", "처우협의")),
        ("Application -> Phone interview -> Offer", ("Application", "Phone interview", "Offer")),
        ("서류 전형에 합격하신 분께 개별 연락을 드립니다.", ()),
        ("자기성장 지원 - 교육비와 도서비", ()),
        ("초보 -> 주니어 -> 성장하는 팀", ()),
        ("채용 절차 고도화(서류검토 - 면접 전반)", ()),
    ],
)
def test_steps_are_read_only_where_they_are_plain(line: str, steps: tuple[str, ...]) -> None:
    """Arrows, dashes and numbers between the words of hiring; no sentence and no other list is steps."""
    assert steps_of([line]) == steps


def test_two_lists_of_steps_leave_the_process_unknown() -> None:
    """Two lists that differ (two kinds of job) are no fact."""
    text = "[채용 절차]\n신입 : 서류 전형 > 면접 > 합격\n경력 : 서류 전형 > 과제 > 면접 > 합격"
    assert hiring_process(split_blocks(text, "company")) is None
    numbered = "[채용 절차]\n1. 서류 접수\n- 이력서를 보내 주세요.\n2. 실무 면접\n3. 최종 합격\n※ 달라질 수 있습니다."
    assert hiring_process(split_blocks(numbered, "company")) == ("서류 접수", "실무 면접", "최종 합격")


def test_items_have_no_bullets_and_no_headings() -> None:
    """One item a line; headings, lines over a list, tags and rules between are left out."""
    text = "꼼꼼히 준비했어요\n• 식대 지원\n(월 20만원)\n\n[For Work]\n▪ 장비 지원\n1) 도서비 지원\n----\n#식대 #도서"
    assert items_of(split_blocks(text, "benefits"), "benefits", "ko") == (
        "식대 지원 (월 20만원)",
        "장비 지원",
        "도서비 지원",
    )


def test_run_together_english_items_are_split_only_when_plain() -> None:
    """Several joins of words cut; one that may be a name leaves the list unknown; known names are no joins."""

    def items(text: str) -> tuple[str, ...] | None:
        return items_of(split_blocks(text, "duties"), "duties", "en")

    assert items("Build daily reportsMaintain the pipelinesPresent results to partners") == (
        "Build daily reports",
        "Maintain the pipelines",
        "Present results to partners",
    )
    assert items("Own the reportsMaintain it") is None
    assert items("Write JavaScript and TypeScript") == ("Write JavaScript and TypeScript",)


def test_a_list_over_the_limits_is_unknown_rather_than_half() -> None:
    """A line over 1,000 characters is cut at sentence ends; where it cannot be, there is no list."""
    sentence = "결제 서버를 함께 만듭니다. "
    cut = items_of(split_blocks(sentence * 100, "duties"), "duties", "ko")
    assert cut is not None
    assert all(len(item) <= 1000 for item in cut)
    assert items_of(split_blocks("가" * 1001, "duties"), "duties", "ko") is None
    many = "\n".join(f"- {number}번 지점 운영" for number in range(201))
    assert items_of(split_blocks(many, "duties"), "duties", "ko") is None


def test_sentences_joined_are_the_text() -> None:
    """Nothing is lost between sentences; abbreviations and decimals do not end one."""
    text = "We are Acme Inc. and grow 3.5 times.Join us!\n한 줄입니다.  다음 줄이에요"
    assert "".join(sentences(text)) == text
    assert [one.strip() for one in sentences(text)] == [
        "We are Acme Inc. and grow 3.5 times.",
        "Join us!",
        "한 줄입니다.",
        "다음 줄이에요",
    ]
