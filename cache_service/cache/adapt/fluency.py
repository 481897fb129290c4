"""Signs of broken grammar in what was changed: a text that has one which the stored text had not is not sent.

The rules that edit are meant never to make one; this is the net below them.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_BROKEN: Final[dict[str, re.Pattern[str]]] = {
    "ko": re.compile(
        r"[.!?][,·/]"  # 운영합니다., 장애 대응
        r"|[.!?](?:을|를|은|는|이|가|와|과|로|으로)(?![가-힣])"
        r"|[다요](?:을|를)(?![가-힣])"
        r"|\d년\s?(?:이상|이하)(?:의)?\s(?:사이|정도|내외|안팎|가량|전후|남짓|이상|이하|미만|초과)"
        r"|(?<![가-힣])(이상|이하|학위|졸업|경력|경험|우대|자격증|면허|소지자)\s\1(?:의|인|을|를|에)?(?![가-힣])"
        r"|(?<![\d,.])0년\s?(?:이상|이하|차)?|(?<!\d)0\s?개월"
        r"|\d(?:,\d{3}|[1-9]0?0?)만\s?원대"
        r"|우대를\s우대|담당을\s담당|제공을\s제공|지원을\s(?:제공|지원)|업무를\s담당을"
        r"|(?:고등학교\s졸업|고졸|초대졸|무관)(?:\s이상)?\s(?:학위|졸업)"
        r"|(?<=[가-힣A-Za-z])(?:을|를)(?:을|를)(?![가-힣])"
        r"|^\s*[,·/]|[,·/]\s*[,·/]|,\s*(?:$|\.)|\(\s*\)|\(\s*,|,\s*\)",
        re.MULTILINE,
    ),
    "en": re.compile(
        r"(?i:\b(degree|diploma|licen[cs]e|certificate|years?|experience|level|the|an?|and|or|of|in|with|to)\s\1\b)"
        r"|(?i:\b(?:degree|diploma|phd|doctorate|master['’]s|bachelor['’]s)\s(?:diploma|graduate|school))"
        r"|(?i:\b(?:phd|doctorate|diploma|ged)\sdegree\b)"
        r"|[.!?],|\.\sand\b|\band\s?[,.]|,\s*(?:$|\.)|^\s*[,·/]|[,/]\s*[,/](?!/)|\(\s*\)|\(\s*,|,\s*\)"
        r"|(?i:(?<![\d,.])0\+?\s(?:years?|months?))|(?i:(?<![\d,.+-])1\s(?:years|months|openings|people|positions)\b(?!['’]))"
        r"|(?i:(?<![\d,.])(?:[02-9]|\d{2,})\s(?:year|month|opening|person)\b(?!['’]))"
        r"|(?i:\b(?:is|are)\s(?:is|are)\b)|\ba\s(?=[AEIOaeio]\w)(?!(?i:one|uni|eu|once))|\ban\s(?=[bcdfgjklmnpqrstvwz][a-z])",
        re.MULTILINE,
    ),
}
_SMALL_START: Final = re.compile(r"(?:^|(?<=[a-z)][.!?] ))(?:[-*•·]\s*|\d+[.)]\s*)?(?P<word>[a-z]\w*)", re.MULTILINE)


def faults(before: str, after: str, language: str) -> tuple[str, ...]:
    """What is broken in ``after`` and was not in ``before``, as worded."""
    had, has = _signs(before, language), _signs(after, language)
    return tuple((has - had).elements())


def _signs(text: str, language: str) -> Counter[str]:
    signs = Counter(match[0].strip().lower() for match in _BROKEN[language].finditer(text))
    if language == "en":
        signs["a sentence that begins small"] = int(_SMALL_START.search(text) is not None)
    return signs
