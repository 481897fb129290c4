"""What a Korean word adds to the stems of a text: its own, what its ending says, and what it does in the clause."""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.wording import korean
from cache_service.posting.wording.raw import ALTERNATIVES, BREAK, CONJUNCTIONS, NUMBER, OR, RawStems
from cache_service.posting.wording.roles import BARE, korean_marks

_NATIVE: Final = {
    word: str(value) for value, word in enumerate("한 두 세 네 다섯 여섯 일곱 여덟 아홉 열".split(), 1)
}  # fmt: skip
_COUNTERS: Final = (
    "번",
    "개",
    "명",
    "가지",
    "곳",
    "달",
    "시간",
    "차례",
    "대",
    "권",
    "살",
    "마리",
    "팀",
    "회",
    "주",
    "장",
)
_TRIED: Final = frozenset({"본", "볼"})  # forms of 보다 that are words of their own
_AUXILIARIES: Final = frozenset("드리다 주다 보다 오다 나가다 있다 하다 싶다".split())
# "트럭을 이용해 나르다" is 트럭으로 나르다; in "이용해 보신 분" it is what somebody did.
_BY_MEANS_OF: Final = re.compile(r"(?:이용|활용|사용)(?:한|해|하여|해서)|통(?:한|해|하여|해서)|써서")
_DONE: Final = ("보", "본", "봤", "경험", "적", "분", "사람", "주", "드", "왔", "온", "이력")
# What a verb is for its object: documents are written, software is made by developing it, texts are put into a language.
_VERB_OF: Final = {
    "쓰다": (
        "작성",
        tuple(
            "서류 보고서 보도자료 자료 기사 논문 원고 문서 제안서 계획서 기획서 일지 대본 시나리오 소설 카피 칼럼 후기 리뷰 코드 회의록 공문 계약서 명세서 일기 답변 메일 편지 글".split()
        ),
    ),
    "만들다": (
        "개발",
        tuple("서비스 소프트웨어 앱 애플리케이션 어플리케이션 프로그램 플랫폼 솔루션 시스템 게임 기술 로봇 웹사이트 홈페이지 알고리즘 엔진 sw s/w app software service platform game system api".split()),
    ),
    "옮기다": ("번역", tuple("한국어 우리말 영어 일본어 중국어 한글 영문 국문".split())),
}  # fmt: skip
# "쉽게 만들다" is 쉽게 하다.
_CAUSED: Final = re.compile(r"[가-힣]게")
_MAKING: Final = ("만들", "만드", "만든")
_LENDING: Final = ("빌려주", "빌려줍", "빌려드", "빌려준", "빌려줄")
_DIRECT: Final = ("고용", "채용", "판매", "구매", "투자", "계약", "접수", "방문")
_FROM: Final = ("에서", "부터")
_TO: Final = ("로", "까지")


_TIMES: Final = {
    "후": "after",
    "후에": "after",
    "이후": "after",
    "뒤": "after",
    "전": "before",
    "전에": "before",
    "이전": "before",
}


def add_word(word: str, before: str, following: str, raw: RawStems, *, counted: bool) -> None:
    """Add a run of Hangul. ``before``, ``following``: the tokens beside it; ``counted``: it stands right after a number."""
    if word in _NATIVE and following.startswith(_COUNTERS):
        raw.stems.append(NUMBER + _NATIVE[word])
    elif word in CONJUNCTIONS:
        raw.stems.append(BREAK)
    elif word in ALTERNATIVES:
        raw.stems.append(OR)
    elif raw.stems and before.endswith(("을", "를")) and _is_means(word, following):
        raw.roles[len(raw.stems) - 1] = "via"
    elif word == "직접" and not following.startswith(_DIRECT):
        return
    else:
        if word.startswith(_MAKING) and len(before) > 1 and _CAUSED.match(before, len(before) - 2):
            word = "하다"
        _add_stems(word, raw, counted=counted)


def _add_stems(word: str, raw: RawStems, *, counted: bool) -> None:
    if word.startswith(_LENDING):
        word = "임대하" + word[3:]  # 빌려주다 is not 빌리다
    word = word.removesuffix("씩") if len(word) > len("씩") + 1 else word
    found, joins = korean.counted(word) if counted else korean.stems(word)
    if (found[0] in _AUXILIARIES or word in _TRIED) and raw.joined_at == len(raw.stems):
        raw.roles.pop(len(raw.stems) - 2, None)
        raw.stems.pop()  # "제공해 드립니다": the verb before it goes on, nothing is joined
        joins = joins and len(found) == 1
        found = ()
    if raw.stems and len(found) == 1 and (of := _VERB_OF.get(found[0])) and raw.stems[-1].endswith(of[1]):
        found = (of[0],)
    _add_roles(word, found, raw)
    if joins:
        raw.stems.append(BREAK)
        raw.joined_at = len(raw.stems)


def _add_roles(word: str, found: tuple[str, ...], raw: RawStems) -> None:
    if found and word.endswith(_FROM) and word != found[-1]:
        raw.sources.add(len(raw.stems))
    elif found and word.endswith(_TO) and word != found[-1]:
        raw.goals.add(len(raw.stems))
    role, marks = korean_marks(word, found)
    if word in _TIMES and raw.stems and raw.stems[-1] != BREAK:
        raw.roles[len(raw.stems) - 1] = _TIMES[word]
    elif role and found:
        raw.roles[len(raw.stems) + len(found) - 1] = role
    raw.stems.extend(found)
    raw.stems.extend(marks)


def add_ending(word: str, raw: RawStems) -> None:
    """Add what the particle or ending of a Latin word says: "API를"."""
    role, marks = korean_marks(f"x{word}", ("x",))
    if role and role != BARE:
        raw.roles[len(raw.stems) - 1] = role
    raw.stems.extend(marks)
    if korean.joins(word):
        raw.stems.append(BREAK)


def _is_means(word: str, following: str) -> bool:
    """Whether ``word`` makes the object before it what something is done with."""
    return _BY_MEANS_OF.fullmatch(word) is not None and bool(following) and not following.startswith(_DONE)
