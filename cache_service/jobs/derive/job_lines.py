"""Single lines that stand among others and are not about what the others are about."""

from __future__ import annotations

import re
from typing import Final

from cache_service.jobs.derive.topics import Topic

_PARENTHESES: Final = re.compile(r"[\[(][^\])]*[\])]")
_PROCESS: Final = re.compile(
    r"서류\s*(?:전형|심사|합격|접수|지원)|(?:전형|채용)\s*(?:절차|과정|결과|프로세스|일정)|합격자|불합격|이력서|자기\s*소개서|경력\s*기술서|"
    r"입사\s*지원|지원서|처우\s*협의|허위\s*사실|채용\s*서류|채용이\s*취소|포트폴리오.{0,10}(?:제출|첨부)|(?:상시|수시)\s*채용|조기\s*마감|"
    r"최종\s*합격|합격이\s*취소|지원\s*서류|결격\s*사유|병역|(?:보훈|유공|장애인).{0,40}우대|[1-3]\s*차\s*면접|면접\s*(?:일정|시\b|후\b|전형)|"
    r"\b(?:to apply|apply (?:now|online|today|via|at|by|here)|cover letter|your (?:resume|cv)|interview process)\b",
    re.IGNORECASE,
)
_CONDITIONS: Final = re.compile(
    r"(?:고용|채용)\s*형태|근로\s*관계|^\W*(?:연봉|급여)\s*:?\s*\d[\d,~ -]*만\s*원\W*$|"
    r"(?<!비)포괄\s*임금(?!제?\s*(?:폐지|없|미))|"
    r"수습\s*(?:기간)?\s*(?:은|이|:|중|\d|동안|급여|있|후)|\d+\s*(?:개월|일).{0,6}수습|^\W*수습|^\W*(?:정규직|계약직)\W*$|시용\s*(?:기간|평가)|계약\s*(?:연장|기간)|정규직\s*(?:전환|채용|계약)|"
    r"\b(?:employment type|job type|probation(?:ary)? period|start date)\b",
    re.IGNORECASE,
)


def line_topic(line: str, home: Topic) -> Topic | None:
    """What ``line`` is about where that is surely not ``home``; None otherwise. What stands in brackets is a
    remark on the rest ("재택근무 (수습기간 제외)")."""
    if home != "benefits" or not line:
        return None
    words = _PARENTHESES.sub(" ", line)
    if _PROCESS.search(words):
        return "process"
    return "conditions" if _CONDITIONS.search(words) else None
