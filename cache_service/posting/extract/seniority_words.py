"""The words that name a level, and the level each names. Principal and staff engineers are seniors (and agree with
lead); heads, directors and chiefs are executives; 대리 and 과장 are in the middle.
"""

from __future__ import annotations

import re
from typing import Final

LEVEL_WORD: Final = re.compile(
    r"(?P<senior>시니어|선임급|\b(?:Senior|Sr)\b\.?(?:[- ]?level)?|\b(?-i:Principal|Staff)(?-i:(?= [A-Z])))"
    r"|(?P<junior>주니어|\b(?:Junior|Jr)\b\.?(?:[- ]?level)?)"
    r"|(?P<mid>미들급?(?= )|미드 ?레벨|\bMid(?:dle)?[- ]?(?:level|career)?(?![\w-]))"
    r"|(?P<entry>신입(?:사원)?|\bEntry[- ]level|\bNew grad(?:uate)?s?|\bGraduate(?= (?:\w+ )?(?:Engineer|Developer|Analyst|Designer|Trainee|Programmer)))"
    r"|(?P<lead>\b(?-i:Lead(?= [A-Z])))",
    re.IGNORECASE,
)
# Titles that are a level by themselves, as the last word of a title.
LEVEL_TITLE: Final = re.compile(
    r"(?P<lead>팀장|파트장|팀 ?리더|파트 ?리더|실장|리드|\b(?:Lead|Team Lead(?:er)?))$"
    r"|(?P<executive>임원|본부장|부사장|이사|(?:^|\b|(?<=[가-힣 ]))(?:CEO|CTO|CFO|COO|CMO|CPO|CISO)|대표이사|\b(?:Vice President|VP|Director|Chief \w+ Officer|Head)(?: of [\w &]+)?)$"
    r"|(?P<intern>인턴|\bIntern)$",
    re.IGNORECASE,
)
CREATIVE: Final = re.compile(r"\b(?:Art|Creative|Film|Music|Casting|Nursing|Funeral|Medical|Technical|Stage|Game|Program|Activities|Musical|Video) Director$|디렉터$", re.IGNORECASE)
RANKS: Final = {
    "사원": "entry", "주임": "junior", "대리": "mid", "과장": "mid", "차장": "senior", "부장": "senior", "팀장": "lead", "파트장": "lead",
    "실장": "lead", "리더": "lead", "리드": "lead", "선임": "mid", "책임": "senior", "수석": "senior", "본부장": "executive", "임원": "executive",
    "이사": "executive", "상무": "executive", "전무": "executive", "시니어": "senior", "주니어": "junior", "신입": "entry", "인턴": "intern",
    "c레벨": "executive", "c-level": "executive",
}  # fmt: skip
