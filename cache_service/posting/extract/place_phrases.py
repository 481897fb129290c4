"""A place as it is worded, from the first name to the house number, and the path it stands for.

"경기 성남시 분당구 판교역로 166", "경기도 성남시 분당구" and "판교" are one phrase each. Names come from the list
``location``; what no list can hold (동, 로, 길, house numbers, "Springfield, IL 62701") is read by its form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract.terms import Hit

_GAP: Final = re.compile(r"[ ,]{0,2}")
_LOCAL: Final = re.compile(
    r" ?(?!활동|이동|운동|자동|행동|노동|공동|변동|감동|아동|화면|방면|측면|반면|전면|하면|평가|추가|참가|전문가|휴가|일동|가동|작가|국가)"
    r"[가-힣]{1,4}\d?(?:동(?:\d가)?|읍|면|\d가)(?=[^가-힣]|$|에서|에 |의 |로 |으로 )"
)
_ROAD: Final = re.compile(
    r" ?(?:[가-힣A-Z]{1,8}\d{0,3})?(?:대로|로|길)(?P<number> ?\d{1,4}(?: ?[번가나다라마바사아자]{0,2}길)?(?: ?\d{1,4}(?:-\d{1,4})?)?)"
    r"(?![\d층호년월일분명%]|번 ?출구|,\d)"
)
_DISTRICT: Final = re.compile(r" (?:[가-힣]{1,3}구|[가-힣]{1,3}군)(?=[^가-힣]|$|에서|에 |의 |로 )")
_STATE_CODES: Final = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR"
    "|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC"
)
_STATE: Final = re.compile(rf",? (?:{_STATE_CODES})\b(?: \d{{5}}(?:-\d{{4}})?)?(?:, ?(?:USA?|U\.S\.))?")
CITY_AND_STATE: Final = re.compile(
    r"(?<![\w&])(?:(?:St\.|Ft\.|Mt\.|[A-Z][a-z'\-]{1,15}) ){0,2}[A-Z][A-Za-z'\-]{1,15}, ?"
    rf"(?:{_STATE_CODES})\b(?! (?:Office|SQL|Excel|Word|Project|Power))(?: \d{{5}}(?:-\d{{4}})?)?(?:,? (?:USA?|United States)\b)?"
)


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """A place at ``[start, end)``. ``path``: from the widest to the narrowest; ``road``: road and number, folded."""

    start: int
    end: int
    path: tuple[str, ...]
    road: str = ""

    @property
    def canonical(self) -> str:
        """The form two places are compared by: ``경기/성남/분당#판교역로166``."""
        return "/".join(self.path) + (f"#{self.road}" if self.road else "")


def phrase_at(text: str, hits: list[Hit], at: int) -> tuple[PlacePhrase, int]:
    """The phrase that begins with ``hits[at]``, and the index of the first hit after it."""
    first = hits[at]
    path, end = tuple(first.canonical.split("/")), first.end
    last, at = first, at + 1
    while at < len(hits):
        gap = _GAP.match(text, end)
        other = tuple(hits[at].canonical.split("/"))
        if gap is None or gap.end() != hits[at].start or not _nested(path, other) or other == path and gap[0] != " ":
            break
        path, end, last = max(path, other, key=len), hits[at].end, hits[at]
        at += 1
    if (korean := "가" <= text[end - 1] <= "힣") and (local := _DISTRICT.match(text, end)) and len(path) < 3:
        path, end = (*path, local[0].strip()), local.end()
    road = ""
    if korean:
        if len(path) > 1 and (local := _LOCAL.match(text, end)) is not None:
            path, end = (*path, local[0].strip().removesuffix("동")), local.end()
        if (match := _road(text, end, last)) is not None:
            road, end = match
    elif (state := _STATE.match(text, end)) is not None:
        end = state.end()
    while at < len(hits) and hits[at].start < end:
        at += 1
    return PlacePhrase(first.start, end, path, road), at


def _nested(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def _road(text: str, end: int, last: Hit) -> tuple[str, int] | None:
    """The road and number after a name, or that the name itself is the beginning of ("판교" of "판교로 255")."""
    match = _ROAD.match(text, end)
    if match is not None:
        glued = not match[0].startswith(" ")
        return fold(text[last.start : match.end()] if glued else match[0]), match.end()
    if text[last.start : last.end].endswith(("로", "길")) and (number := _NUMBER.match(text, end)) is not None:
        return fold(text[last.start : number.end()]), number.end()
    return None


_NUMBER: Final = re.compile(
    r" ?(?:\d{1,4} ?[번가나다라마바사아자]{0,2}길 ?)?\d{1,4}(?:-\d{1,4})?(?:번길|길)?(?![\d층호년월일분명%]|번 ?출구|,\d)"
)
