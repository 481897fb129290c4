"""What a fact is about: the words of its clause that are not about years or pay themselves."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cache_service.posting.facts import StatedFact

_WORD: Final = re.compile(r"[A-Za-z+#]{2,}|[가-힣]{2,}")
NO_MATTER: Final = frozenset(
    """
    경력 경험 실무 이상 이하 이내 미만 최소 최대 연차 보유 개발 업무 관련 유관 근무
    채용 모집 인원 연봉 월급 급여 시급 만원 신입 무관 지원 가능 우대 필수 자격 소지
    기간 담당 분야 year years yrs experience of with in the and or at least minimum to a an for
    salary per base hiring pay work working relevant related professional required preferred
    months month
    """.split()
)


def matter_of(text: str, fact: StatedFact) -> frozenset[str]:
    """The words of the clause that state what a fact is about."""
    begin = max(text.rfind(mark, max(0, fact.start - 80), fact.start) for mark in "\n.;•,/")
    ends = [end for mark in "\n;•" if (end := text.find(mark, fact.end, fact.end + 60)) >= 0]
    before = text[max(begin + 1, fact.start - 80) : fact.start]
    clause = f"{before} {text[fact.end : min(ends, default=fact.end + 60)]}"
    return frozenset(word for match in _WORD.finditer(clause) if not says_nothing(word := match[0].casefold()))


@lru_cache(maxsize=16384)
def says_nothing(word: str) -> bool:
    """Whether a word says nothing of the matter."""
    return word in NO_MATTER or any(
        word.startswith(stop) and len(word) - len(stop) <= 2 for stop in NO_MATTER if stop >= "가"
    )
