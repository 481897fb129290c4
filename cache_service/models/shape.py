"""The shape of what a model answers: talk around the text, refusals, the wrong language. Pure; a sentence at a time.

A model is asked for the text of a section alone. What it says to whoever asked ("Sure! Here is ...", "도움이 되셨길
바랍니다") is left out; a refusal means that there is no text.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from cache_service.posting.language import speaks

_FENCE: Final = "```"
_TALK: Final = re.compile(
    r"^(?:물론(?:입니다|이죠|이에요)|(?:네|좋습니다)[,!.]|알겠습니다|요청하신|다음은|아래는|아래와 같이 (?:작성|정리)"
    r"|작성해 ?(?:드리|보)|(?:도움이|참고가) (?:되[셨었기길]|필요)|추가로 (?:필요|수정|궁금)|더 (?:필요하|궁금하|수정)"
    r"|수정(?:이|할| ?사항)|언제든(?:지)? (?:말씀|문의 ?주)"
    r"|(?:sure|certainly|of course|absolutely|okay|ok|great|understood)[,!.]|sure thing|here(?:'s| is| are)\b"
    r"|below (?:is|are)\b|the following is\b|i(?:'ve| have) (?:written|drafted|created|prepared)"
    r"|let me know\b|feel free to (?:let|ask|adjust|modify|edit)|i hope (?:this|it)"
    r"|please (?:let me know|note that (?:i|this is))|(?:would|do) you (?:like|want) (?:me|any))",
    re.IGNORECASE,
)
_TALK_WITHIN: Final = re.compile(
    r"(?:채용 ?공고|공고문|섹션|문구|초안)(?:를|을|의)? ?"
    r"(?:작성(?:했|하였|해 ?드)|정리(?:했|해 ?드)|드립니다|드릴게요|입니다[:：]$)"
    r"|(?:job (?:posting|description)|section|draft)\b[^.!?]{0,40}:$",
    re.IGNORECASE,
)
_REFUSAL: Final = re.compile(
    r"(?:저는|전) (?:AI|인공지능|언어 ?모델)|(?:AI|인공지능|언어) ?(?:모델|어시스턴트|비서)(?:로서|이기|이라|입니다)"
    r"|(?:작성|도와|답변|응답)(?:해)? ?(?:드릴|할|드리기) ?(?:수 없|수가 없|어렵)"
    r"|(?:요청|질문)(?:에|을|하신)[^.]{0,30}(?:수 없|어렵|거절)"
    r"|^(?:죄송|미안)(?:합니다|하지만|해요)"
    r"|\bas an? (?:ai|artificial|large language|language model)|\bi(?:'m| am) (?:sorry|unable|not able|an ai)"
    r"|\bi (?:cannot|can't|can not|won't) (?:help|assist|write|provide|create|comply|fulfil|generate|answer)"
    r"|^(?:sorry|apologies|unfortunately,? i)\b",
    re.IGNORECASE,
)


class Shape(Enum):
    """What a sentence of a model's answer is."""

    TEXT = auto()
    TALK = auto()
    REFUSAL = auto()
    FOREIGN = auto()


def shape_of(sentence: str, language: str) -> Shape:
    """What ``sentence`` is in an answer that should be the text of a section in ``language``."""
    body = sentence.strip(" \t\r\n-*•>#\"'“”")
    if body.startswith(_FENCE):
        return Shape.TALK
    if _REFUSAL.search(body):
        return Shape.REFUSAL
    if _TALK.match(body) or _TALK_WITHIN.search(body):
        return Shape.TALK
    return Shape.TEXT if speaks(body, language) else Shape.FOREIGN
