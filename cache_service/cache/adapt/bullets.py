"""Bullets that say an item of a list in other words: "결제 API를 설계하고 운영합니다." for 결제 API 설계와 운영.

A bullet stands for an item where it has most of the item's words, no other bullet and no other item has as many, and
it states no typed fact that the item does not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.layout import Line
from cache_service.cache.adapt.nominal import is_nominal, same_form
from cache_service.cache.adapt.stock import stems_of
from cache_service.posting.grammar.particles import Particle, attach
from cache_service.posting.sections import FactPath

REWORDED: Final[frozenset[FactPath]] = frozenset(
    {"requirements.responsibilities", "requirements.preferred", "company.benefits"}
)
_VERBS: Final[dict[FactPath, tuple[str, str]]] = {
    "requirements.responsibilities": ("담당합니다", "담당해요"),
    "requirements.preferred": ("우대합니다", "우대해요"),
    "company.benefits": ("제공합니다", "제공해요"),
}
# What the verb of its list takes as its object: an activity is 담당, a person or what one has done 우대, a thing 제공.
_TAKES: Final[dict[FactPath, re.Pattern[str]]] = {
    "requirements.responsibilities": re.compile(
        r"(?:개발|운영|관리|설계|구축|응대|대응|작성|기획|분석|발굴|간호|진열|처치|보고|정리|점검|청소|조리|상담|지원|교육|지도|제작|편집|디자인|검수"
        r"|배송|포장|안내|접수|수납|생산|조립|정비|설치|유지보수|유지|개선|최적화|자동화|모니터링|테스트|마케팅|영업|판매|홍보|회계|결산|정산|업무)$"
    ),
    "requirements.preferred": re.compile(
        r"(?:경험|경력|자격증|면허|소지자|보유자|가능자|경험자|경력자|전공자|거주자|우수자|능통자|능력)$"
    ),
    "company.benefits": re.compile(
        r"(?:휴가|반차|연차|선물|식대|수당|지원금|장려금|상여금|성과급|보너스|포인트|간식|음료|식사|장비|노트북|기숙사|사택|상품권|혜택|비)$"
    ),
}
_MOST: Final = 0.6
_MANY: Final = 60
_FORMAL: Final = re.compile(r"니다(?P<stop>[.!]?)\s*$")
_FRIENDLY: Final = re.compile(r"(?<![필수개중주])요(?P<stop>[.!]?)\s*$")


@dataclass(frozen=True, slots=True)
class Place:
    """An item of a list at ``[start, end)``."""

    item: str
    start: int
    end: int


def reworded(draft: Draft, items: Sequence[str], places: Sequence[Place]) -> list[Place]:
    """The bullets that stand for the items which no place has as worded. At most a few dozen of each are compared."""
    there = {place.item for place in places}
    missing = [(item, stems_of([item])) for item in items if item not in there]
    free = [(line, stems_of([draft.text[line.body : line.end]])) for line in _free(draft, places)]
    if not missing or not free or len(missing) > _MANY or len(free) > _MANY:
        return []
    shares = [[len(stems & words) / max(1, len(stems)) for _, words in free] for _, stems in missing]
    found = []
    for row, (item, _) in zip(shares, missing, strict=True):
        best = max(row)
        column = row.index(best)
        if best >= _MOST and row.count(best) == 1 and all(other[column] < best for other in shares if other is not row):
            found.append(Place(item, free[column][0].body, free[column][0].end))
    return found


def in_style(old: str, item: str, path: FactPath) -> str | None:
    """``item`` as a bullet in place of ``old``: a sentence for a sentence, in its register, else as it is. None where
    it makes no sentence with the verb of its list."""
    formal, friendly = _FORMAL.search(old), _FRIENDLY.search(old)
    match = formal or friendly
    if same_form(old, item, path):
        return item
    if match is None or path not in _VERBS:
        if not same_form(old.rstrip("."), item, path):
            return None
        return f"{item}." if old.isascii() and old.rstrip().endswith(".") and not item.endswith(".") else item
    if not is_nominal(item) or _TAKES[path].search(item) is None or _VERBS[path][0][:2] in item:
        return None
    return f"{attach(item, Particle.OBJECT)} {_VERBS[path][0 if formal else 1]}{match['stop']}"


def _free(draft: Draft, places: Sequence[Place]) -> list[Line]:
    starts = [place.start for place in places]
    return [
        line
        for line in draft.layout.lines
        if line.bulleted and bisect_left(starts, line.end) == bisect_left(starts, line.body)
    ]
