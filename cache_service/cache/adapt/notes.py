"""Notes to the writer that are a statement to be made, not an order how to write: those can be told as they are."""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.canonical import clean
from cache_service.posting.sections import SectionKind
from cache_service.posting.sentences import split_sentences

_LONGEST: Final = 200
# 합니다체 that states: no wish, no request, no talk of the posting itself.
_STATES: Final = {
    "ko": re.compile(r"니다[.!]?$"),
    "en": re.compile(
        r"^(?:the|an?|no|our|this|these|all|frequent|working|work|we|you|there|training|interviews|beginners|applicants"
        r"|candidates|parking|documents|shifts|visa sponsorship)\b[^?]*?\b(?:is|are|has|have|will|may|can|must|do|does"
        r"|needs?|involves?|includes?|requires?|offer|provide|welcome|comes?|receive|work|hold|train)\b[^?]*[.!]$",
        re.IGNORECASE,
    ),
}
_ORDERS: Final = {
    "ko": re.compile(
        r"바랍니다|원합니다|부탁|싶습니다|좋겠습니다|주십시오|드립니다|합시다|됩니까|입니까|작성|쓰지|쓰면|씁니다$|적지|넣지|빼고|표현|강조|문체|말투|공고|문장|글자|단어|언급|표시|생략|느낌"
    ),
    "en": re.compile(
        r"\b(?:please|writ\w*|mention\w*|emphasi\w*|tone|posting|advert\w*|text|words?|sentences?|keep|avoid|highlight\w*|stress|style|section)\b",
        re.IGNORECASE,
    ),
}


# What is about who may apply, and how, stands with the requirements; all else is about the work.
_OF_APPLICANTS: Final = {
    "ko": re.compile(r"필수|필요|지원|우대|환영|면허|자격|소지|보유|외국인|초보|경력|합격|서류|입사"),
    "en": re.compile(
        r"\b(?:required|needed|licen[cs]e|visa|sponsor\w*|welcome|applicants?|applications?|candidates?|must|apply|beginners"
        r"|documents)\b",
        re.IGNORECASE,
    ),
}


def section_of(told: str, language: str) -> SectionKind:
    """The section in which a statement of the notes stands: once in a posting."""
    return "requirements" if _OF_APPLICANTS[language].search(told) else "responsibilities"


def statement(notes: str, language: str) -> str | None:
    """``notes`` as a line to be told as it is; None unless every sentence of it plainly states something."""
    text = clean(notes)
    if language not in _STATES or len(text) > _LONGEST or _ORDERS[language].search(text):
        return None
    sentences = [sentence.strip() for sentence in split_sentences(text)]
    return text if sentences and all(_STATES[language].search(one) for one in sentences) else None
