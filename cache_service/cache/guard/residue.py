"""What a template or a page left behind in a text: placeholders never filled, and markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.facts import FactType

_BRACKETED: Final = re.compile(
    r"\{\{[^{}\n]{0,60}\}\}|\$\{[^{}\n]{1,60}\}|\{[A-Za-z_][A-Za-z0-9_. ]{1,40}\}|<<[^<>\n]{1,40}>>"
    r"|\[(?:your|insert|company|job|position|name|date|location|salary|contact|email|phone|link|url|title|city"
    r"|number)(?:[ _][A-Za-z _'/]{0,40})?\]"
    r"|\[(?:귀사|당사|회사|기업|직무|직책|포지션|담당자|지원자|근무지|연락처|이메일|날짜|마감일|연봉|급여|부서|팀|브랜드|서비스|홈페이지)\s?(?:명|이름|주소|입력|기입|기재|정보"
    r"|번호)?(?:을|를)?(?:\s?(?:입력|기입|작성|삽입))?\]",
    re.IGNORECASE,
)
_BLANK_NAME: Final = re.compile(
    r"(?<![A-Za-z0-9가-힣])(?:[O○◯〇]{2,4}|[Xx]{3}|\*{3})\s?(?=회사|기업|주식회사|컴퍼니|그룹|은\s|는\s|의\s|에서|팀|㈜|\(주\))"
)
_MARKUP: Final = re.compile(
    r"</?(?:script|iframe)\b|</?(?:img|style|html|body|svg|object|embed|link|meta|div|span|a|p|br|h[1-6]|ul|li"
    r"|table|form|input)\b[^<>\n]{0,200}>|javascript:",
    re.IGNORECASE,
)
_KINDS: Final[tuple[tuple[re.Pattern[str], FactType, str], ...]] = (
    (_BRACKETED, "company", "[{<"),
    (_BLANK_NAME, "company", "O○◯〇Xx*"),
    (_MARKUP, "url", "<j"),
)


def residue(text: str, *, own: str, name: str | None) -> Iterator[tuple[FactType, int, int]]:
    """Placeholders (as ``company``) and markup (as ``url``), unless the request writes them itself.

    ``own``: the request's own texts, folded. ``name``: its company, which may stand in brackets.
    """
    for pattern, kind, marks in _KINDS:
        if not any(mark in text for mark in marks):
            continue
        for match in pattern.finditer(text):
            worded = fold(match[0])
            if worded not in own and worded.strip("[]") != fold(name or ""):
                yield kind, *match.span()
