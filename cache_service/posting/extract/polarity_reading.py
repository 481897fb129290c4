"""What is known of a text while its stances are read, and whom a cue speaks of: skills, conditions, lists of them."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import Final

from cache_service.posting.extract.reading import Scan, Spans
from cache_service.posting.facts import StatedFact

_REACH: Final = 90
JOIN: Final = re.compile(
    r"\s*(?:\([^)\n]{1,12}\))?(?:과|와|이나|나|랑|이?거나)?\s*(?:(?:[,/·ㆍ|&+、]|및|또는|혹은|\b(?:and/or|and|or)\b)\s*){0,2}"
)
BOUNDARY: Final = re.compile(
    r"\n(?:\s*[-*] )?|[;•ㆍ!?]|[.](?!\d)(?=\s|$|[가-힣A-Z])(?<!e\.g\.)(?<!i\.e\.)(?!(?<=etc\.) [a-z])|(?:^|\s)[-*] "
)
# "다음에 해당하는 분을 우대합니다" says nothing of anything: a list follows.
_POINTS_ON: Final = re.compile(r"다음(?:에|의|과|을|\s)|아래(?:에|의|와|를|\s)|\bfollowing\b|\bbelow\b")
_BARE_VERB: Final = re.compile(r"have|know|are|can|hold|bring|speak|do", re.IGNORECASE)


@dataclass(slots=True)
class Reading:
    """What is known of a text while its cues are read."""

    scan: Scan
    skills: list[StatedFact]
    starts: list[int]
    seen: set[tuple[int, int]]
    said: list[tuple[int, int]]
    elsewhere: Spans  # facts of other types, which are no items of a list of wishes
    told_at: list[int] = field(default_factory=list)

    def say(self, stance: str, start: int, end: int, of: tuple[int, int], canonical: str) -> None:
        """Note what is said of ``of``, once."""
        if of[0] >= of[1] or of in self.seen or self._said_elsewhere(of):
            return
        self.seen.add(of)
        if _POINTS_ON.search(self.scan.text, *of) or _BARE_VERB.fullmatch(self.scan.text, *of):
            return
        insort(self.told_at, of[0])
        self.scan.add(
            "polarity",
            stance,
            min(start, of[0]),
            max(end, of[1]),
            of=self.scan.text[of[0] : of[1]],
            canonical=canonical,
        )

    def told(self, start: int, end: int) -> bool:
        """Whether a polarity of something in ``[start, end)`` is noted already."""
        at = bisect_left(self.told_at, start)
        return at < len(self.told_at) and self.told_at[at] < end

    def _said_elsewhere(self, of: tuple[int, int]) -> bool:
        at = bisect_left(self.said, (of[1], 0))
        return at > 0 and self.said[at - 1][1] > of[0]

    def within(self, start: int, end: int) -> list[StatedFact]:
        """The skills that begin in ``[start, end)``."""
        return self.skills[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def bound(text: str, last: int, end: int) -> int:
    """Where the clause begins that ends at ``end``, after ``last``."""
    begin = max(last, end - _REACH, 0)
    for match in BOUNDARY.finditer(text, begin, end):
        begin = match.end()
    return begin


def of_skills(reading: Reading, stance: str, begin: int, cue: int, end: int, gap: re.Pattern[str]) -> bool:
    """Say it of the skill nearest to the cue and of those joined to it in a list."""
    text = reading.scan.text
    skills = reading.within(begin, cue)
    if not skills or gap.fullmatch(text[skills[-1].end : cue]) is None:
        return False
    group = [skills[-1]]
    for fact in reversed(skills[:-1]):
        between = text[fact.end : group[-1].start]
        if len(between) > 16 or (between and JOIN.fullmatch(between) is None):
            break
        group.append(fact)
    for fact in group:
        reading.say(stance, fact.start, end, (fact.start, fact.end), f"skill:{fact.canonical}")
    return True


def joined(reading: Reading, first: StatedFact) -> list[StatedFact]:
    """``first`` and the skills that follow it in a list."""
    group = [first]
    for fact in reading.within(first.end, first.end + 120):
        between = reading.scan.text[group[-1].end : fact.start]
        if len(between) > 16 or JOIN.fullmatch(between) is None:
            break
        group.append(fact)
    return group


def named_conditions(
    window: str, begin: int, conditions: re.Pattern[str], gap: re.Pattern[str]
) -> list[tuple[int, int]]:
    """The condition nearest to the end of ``window`` and those joined to it ("나이·성별")."""
    found = list(conditions.finditer(window))
    if not found or gap.fullmatch(window[found[-1].end() :]) is None:
        return []
    group = [found[-1]]
    for one in reversed(found[:-1]):
        between = window[one.end() : group[-1].start()]
        if not between.strip() or JOIN.fullmatch(between) is None:
            break
        group.append(one)
    return [(begin + one.start(), begin + one.end()) for one in reversed(group)]


def span_of(match: re.Match[str], begin: int, name: str) -> tuple[int, int]:
    """The span of the group ``name`` in a text whose window began at ``begin``."""
    start, end = match.span(name)
    return begin + start, begin + end
