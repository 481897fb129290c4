"""Polarity: what a text says of a condition: required, preferred, any, allowed, not needed, not allowed.

A cue ("필수", "is a plus") is said of what stands before it in its clause: of the skills there, each of a list, else
of a condition that has a name (경력, 재택, degree), else of the short phrase as worded. A heading that carries the cue
("우대사항", "Nice to have") speaks for the items below it. Beyond the clause nothing is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract import polarity_cues as cues
from cache_service.posting.extract.reading import Scan
from cache_service.posting.facts import StatedFact

_REACH: Final = 90
_JOIN: Final = re.compile(
    r"\s*(?:\([^)\n]{1,12}\))?(?:과|와|이나|나|랑|이?거나)?\s*(?:(?:[,/·ㆍ|&+、]|및|또는|혹은|\b(?:and/or|and|or)\b)\s*){0,2}"
)
_BOUNDARY: Final = re.compile(r"[\n;•ㆍ!?]|[.](?!\d)(?=\s|$|[가-힣A-Z])|(?:^|\s)[-*] ")


# "다음에 해당하는 분을 우대합니다" says nothing of anything: a list follows.
_POINTS_ON: Final = re.compile(r"다음(?:에|의|과|을|\s)|아래(?:에|의|와|를|\s)|\bfollowing\b|\bbelow\b")
# A sentence below a heading is talk; its items are phrases.
_SENTENCE: Final = re.compile(r"(?:[다요죠]\s*|[.!?]\s*)$")


@dataclass(slots=True)
class _Reading:
    """What is known of a text while its cues are read."""

    scan: Scan
    skills: list[StatedFact]
    starts: list[int]
    seen: set[tuple[int, int]]
    said: list[tuple[int, int]]
    told_at: list[int] = field(default_factory=list)

    def say(self, stance: str, start: int, end: int, of: tuple[int, int], canonical: str) -> None:
        """Note what is said of ``of``, once."""
        if of[0] >= of[1] or of in self.seen or self._said_elsewhere(of):
            return
        self.seen.add(of)
        if _POINTS_ON.search(self.scan.text, *of):
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


def find(scan: Scan) -> None:
    """Find every polarity that the text states."""
    skills = sorted((one.fact for one in scan.findings if one.fact.type == "skill"), key=lambda fact: fact.start)
    reading = _Reading(scan, skills, [fact.start for fact in skills], set(), _denied(scan))
    if not scan.text.isascii() and cues.GATE_KO.search(scan.text):
        _read_korean(reading)
    lowered = scan.text.lower()
    if len(lowered) != len(scan.text):  # a letter whose lower case is two
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in scan.text)
    _read_english(reading, lowered)
    _english_before(reading, lowered)
    if cues.HEADING_GATE.search(lowered):
        _headings(reading)


def _denied(scan: Scan) -> list[tuple[int, int]]:
    """Where other families have read a polarity."""
    return sorted((one.fact.start, one.fact.end) for one in scan.findings if one.fact.type == "polarity")


def _read_korean(reading: _Reading) -> None:
    text, last = reading.scan.text, 0
    for match in cues.CUE_KO.finditer(text):
        begin = _bound(text, last, match.start())
        if begin < match.start():
            _korean(reading, match, str(match.lastgroup), begin)
            last = match.end()


def _read_english(reading: _Reading, lowered: str) -> None:
    text, last = reading.scan.text, 0
    for match in cues.CUE_EN.finditer(lowered):
        if lowered[match.start() - 1 : match.start()].isalnum():
            continue
        lead = cues.LEAD_EN.search(lowered, max(last, match.start() - 40), match.start())
        cue = lead.start() if lead else match.start()
        stance = _stance_en(str(match.lastgroup), lead[0] if lead else "")
        begin = _bound(text, last, cue)
        if stance is not None and begin < cue:
            _english(reading, stance, begin, cue, match.end())
        last = match.end()


def _stance_en(stance: str, lead: str) -> str | None:
    """What the cue says together with what stands before it ("not", "is")."""
    if cues.DENIES_EN.search(lead):
        return {"required": "not_needed", "allowed": "not_allowed"}.get(stance)
    return None if stance == "allowed" and not cues.IS_EN.search(lead) else stance


def _bound(text: str, last: int, end: int) -> int:
    begin = max(last, end - _REACH, 0)
    for match in _BOUNDARY.finditer(text, begin, end):
        begin = match.end()
    return begin


def _korean(reading: _Reading, match: re.Match[str], stance: str, begin: int) -> None:
    text, end = reading.scan.text, match.end()
    if stance != "allowed" and _of_skills(reading, stance, begin, match.start(), end, cues.GAP_KO):
        return
    begin += len(text[begin : match.start()]) - len(cues.LEAD_KO.sub("", text[begin : match.start()]))
    window = text[begin : match.start()]
    named = _named(window, begin, cues.CONDITIONS_KO, cues.NAMED_GAP_KO)
    if stance == "allowed":
        if (said := cues.ALLOWED_KO.search(window)) is not None:
            reading.say(stance, begin + said.start(), end, _span(said, begin, "of"), cues.condition(said["of"]))
        return
    if named and not (stance in {"required", "preferred"} and cues.QUALIFIED_KO.search(text[begin : named[0][0]])):
        for start, stop in named:
            reading.say(stance, start, end, (start, stop), cues.condition(text[start:stop]))
        return
    if stance in {"required", "preferred", "not_needed"} and match.group().startswith(cues.PHRASE_CUES_KO):
        phrase = cues.PHRASE_KO.search(window)
        if phrase is not None and not cues.NO_SUBJECT_KO.search(phrase["of"]) and _asked(phrase["of"], stance):
            span = _span(phrase, begin, "of")
            reading.say(stance, span[0], end, span, fold(phrase["of"]))


def _english(reading: _Reading, stance: str, begin: int, cue: int, end: int) -> None:
    text = reading.scan.text
    if cues.NO_CUE_BEFORE_EN.search(text[max(begin, cue - 24) : cue]):
        return
    if stance in {"required", "preferred", "not_needed"}:
        if (none := cues.NONE_EN.search(text[begin:cue])) is not None and stance == "required":
            stance, begin = "not_needed", begin + none.end()
        if _of_skills(reading, stance, begin, cue, end, cues.GAP_EN):
            return
    window = text[begin:cue]
    named = _named(window, begin, cues.CONDITIONS_EN, cues.NAMED_GAP_EN)
    if named and cues.OF_WHAT_EN.match(window, named[-1][1] - begin):
        start = named[-1][0]
        span = (start, begin + len(window.rstrip(" -,(")))
        if span[1] - span[0] <= 60:
            reading.say(stance, start, end, span, fold(text[span[0] : span[1]]))
        return
    for start, stop in named:
        reading.say(stance, start, end, (start, stop), cues.condition(text[start:stop]))
    if not named and stance in {"required", "preferred", "not_needed"} and not cues.ATTRIBUTIVE_EN.match(text, end):
        phrase = cues.PHRASE_EN.search(window)
        if phrase is not None and _nameable(phrase, window):
            span = _span(phrase, begin, "of")
            reading.say(stance, span[0], end, span, fold(phrase["of"]))


def _asked(phrase: str, stance: str) -> bool:
    """Whether a Korean phrase names something to bring along; what is not needed must be of that kind."""
    return stance != "not_needed" or cues.QUALITY_KO.search(phrase) is not None


def _nameable(phrase: re.Match[str], window: str) -> bool:
    words = phrase["of"]
    if cues.NO_SUBJECT_EN.search(words) or cues.GLUED.search(words):
        return False
    opens = not window[: phrase.start("of")].strip() and words.count(" ") <= 3
    return opens or cues.QUALITY_EN.search(words) is not None


def _english_before(reading: _Reading, lowered: str) -> None:
    """Cues that stand before what they are about: "must have", "no ... required" without one behind."""
    text = reading.scan.text
    for match in cues.BEFORE_EN.finditer(lowered):
        end = match.end()
        if lowered[match.start() - 1 : match.start()].isalpha():
            continue
        stance = "not_needed" if match.lastgroup == "not_needed" else "required"
        stop = _BOUNDARY.search(text, end, end + 70)
        limit = stop.start() if stop else min(len(text), end + 70)
        skills = [fact for fact in reading.within(end, limit) if cues.OPENING_EN.fullmatch(text[end : fact.start])]
        if skills:
            for fact in _joined(reading, skills[0]):
                reading.say(stance, match.start(), fact.end, (fact.start, fact.end), f"skill:{fact.canonical}")
            continue
        named = cues.OPENS_WITH_EN.match(text, end, limit)
        if named is not None:
            span = named.span("of")
            reading.say(stance, match.start(), span[1], span, cues.condition(named["of"]))


def _of_skills(reading: _Reading, stance: str, begin: int, cue: int, end: int, gap: re.Pattern[str]) -> bool:
    """Say it of the skill nearest to the cue and of those joined to it in a list."""
    text = reading.scan.text
    skills = reading.within(begin, cue)
    if not skills or gap.fullmatch(text[skills[-1].end : cue]) is None:
        return False
    group = [skills[-1]]
    for fact in reversed(skills[:-1]):
        between = text[fact.end : group[-1].start]
        if len(between) > 16 or (between and _JOIN.fullmatch(between) is None):
            break
        group.append(fact)
    for fact in group:
        reading.say(stance, fact.start, end, (fact.start, fact.end), f"skill:{fact.canonical}")
    return True


def _joined(reading: _Reading, first: StatedFact) -> list[StatedFact]:
    group = [first]
    for fact in reading.within(first.end, first.end + 120):
        between = reading.scan.text[group[-1].end : fact.start]
        if len(between) > 16 or _JOIN.fullmatch(between) is None:
            break
        group.append(fact)
    return group


def _named(window: str, begin: int, conditions: re.Pattern[str], gap: re.Pattern[str]) -> list[tuple[int, int]]:
    """The condition nearest to the end of ``window`` and those joined to it ("나이·성별")."""
    found = list(conditions.finditer(window))
    if not found or gap.fullmatch(window[found[-1].end() :]) is None:
        return []
    group = [found[-1]]
    for one in reversed(found[:-1]):
        between = window[one.end() : group[-1].start()]
        if not between.strip() or _JOIN.fullmatch(between) is None:
            break
        group.append(one)
    return [(begin + one.start(), begin + one.end()) for one in reversed(group)]


def _span(match: re.Match[str], begin: int, name: str) -> tuple[int, int]:
    start, end = match.span(name)
    return begin + start, begin + end


def _headings(reading: _Reading) -> None:
    """The items below (or behind the colon of) a heading that carries a polarity."""
    text = reading.scan.text
    stance: str | None = None
    start = 0
    for line in text.split("\n"):
        heading = cues.HEADING.match(line)
        if heading is not None:
            stance = str(heading.lastgroup)
            rest = heading.end()
            if line[rest:].strip():
                _item(reading, stance, start + rest, start + len(line), whole=False)
                stance = None
        elif cues.OTHER_HEADING.match(line):
            stance = None
        elif stance is not None and line.strip() and not _SENTENCE.search(line):
            _item(reading, stance, start, start + len(line), whole=True)
        start += len(line) + 1


def _item(reading: _Reading, stance: str, start: int, end: int, *, whole: bool) -> None:
    text = reading.scan.text
    if reading.told(start, end):
        return
    stop = re.search(r"[.;](?=\s|$)", text[start:end])
    end = start + stop.start() if stop and not whole else end
    skills = reading.within(start, end)
    for fact in skills:
        reading.say(stance, fact.start, fact.end, (fact.start, fact.end), f"skill:{fact.canonical}")
    if skills:
        return
    named = cues.CONDITIONS_KO.search(text, start, end) if not text[start:end].isascii() else None
    if named is not None and end - start < 16:
        reading.say(stance, *named.span(), named.span(), cues.condition(named[0]))
        return
    inner = cues.MARKS.match(text, start, end)
    first = inner.end() if inner else start
    last = first + len(cues.ITEM_END.sub("", text[first:end].rstrip(" .,;)")))
    if 2 <= last - first <= 30:
        reading.say(stance, first, last, (first, last), fold(text[first:last]))
