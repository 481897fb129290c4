"""Words in which a text may state a fact that nobody read in it. Beside them nothing of that kind is added."""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.sections import FactPath

_HINTS: Final[dict[FactPath, tuple[str, ...]]] = {
    "requirements.years_min": (
        r"경력|연차|신입|초보|경험자|[\d가-힣]\s?년|(?:[한두세네]|서너|여러|다섯|여섯|일곱|여덟|아홉|열)\s?해",
        r"\byears?\b|\byrs?\b|decade|entry[- ]level|seasoned|veteran|newcomer|no experience|experienced",
    ),
    "requirements.education": (
        r"학력|학위|학사|석사|박사|대졸|고졸|졸업",
        r"degree|diploma|bachelor|master['’]?s|ph\.?d|graduate",
    ),
    "requirements.employment_type": (
        r"정규|계약|인턴|알바|아르바이트|파트|프리랜|상용직",
        r"full[- ]?time|part[- ]?time|contract|permanent|freelanc|intern|temporary",
    ),
    "requirements.work_mode": (
        r"재택|원격|출근|하이브리드|사무실",
        r"remote|on-?site|hybrid|office|from home|wfh",
    ),
    "requirements.location": (
        r"근무지|위치|소재|사옥|출근|오피스|사무실|본사",
        r"based|located?|location|office|\bsite\b",
    ),
    "requirements.salary_min": (
        r"연봉|월급|시급|일급|급여|보수|임금|페이|처우|만\s?원",
        r"[$€£₩]|salary|\bpay|compensation|\bwage",
    ),
    "requirements.headcount": (
        r"\d\s?명|[가-힣]\s명|인원|명을|분을",
        r"openings?|vacanc|hiring \w+ |people|headcount",
    ),
    "requirements.probation_months": (r"수습|시용", r"probation|trial period"),
    "requirements.deadline": (
        r"마감|까지|접수\s?기간|기한|상시|수시",
        r"deadline|apply by|\bclos(?:e|es|ing)\b|until|rolling",
    ),
    "requirements.contact": (r"문의|전화|연락|담당자|@", r"contact|\bcall\b|e-?mail|write to|reach us"),
}
_PATTERNS: Final = {path: re.compile("|".join(parts), re.IGNORECASE) for path, parts in _HINTS.items()}


def may_state(text: str, path: FactPath) -> bool:
    """Whether ``text`` has a word in which facts like that at ``path`` are stated."""
    pattern = _PATTERNS.get(path)
    return pattern is not None and pattern.search(text) is not None
