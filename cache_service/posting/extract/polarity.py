"""Polarity: what a text says of a condition: required, preferred, any, allowed, not needed, not allowed.

A cue ("필수", "is a plus") is said of what stands before it in its clause: of the skills there, each of a list, else
of a condition that has a name (경력, 재택, degree), else of the short phrase as worded. A heading that carries the cue
("우대사항", "Nice to have") speaks for the items below it. Beyond the clause nothing is guessed.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract import polarity_cues as cues
from cache_service.posting.extract import polarity_english
from cache_service.posting.extract.polarity_items import SENTENCE_END, item, listed
from cache_service.posting.extract.polarity_reading import Reading, bound, named_conditions, of_skills, span_of
from cache_service.posting.extract.reading import Scan

# A sentence below a heading is talk; its items are phrases.
_SENTENCE: Final = re.compile(r"(?:[다요죠]\s*|[.!?]\s*)$")


def find(scan: Scan) -> None:
    """Find every polarity that the text states."""
    skills = sorted((one.fact for one in scan.findings if one.fact.type == "skill"), key=lambda fact: fact.start)
    elsewhere = scan.spans_of("years_min", "years_max", "education", "salary_min", "headcount", "work_mode")
    reading = Reading(scan, skills, [fact.start for fact in skills], set(), _denied(scan), elsewhere)
    if not scan.text.isascii() and cues.GATE_KO.search(scan.text):
        _read_korean(reading)
    polarity_english.read(reading)
    _remote(reading)
    if scan.has(cues.HEADING_WORDS):
        _headings(reading)


def _remote(reading: Reading) -> None:
    """Remote work that is refused or allowed in so many words is a polarity beside the work mode."""
    scan = reading.scan
    for one in [finding.fact for finding in scan.findings if finding.fact.type == "work_mode"]:
        window = scan.text[max(0, one.start - 12) : one.end]
        word = cues.REMOTE.search(window)
        if word is None:
            continue
        start, end = (max(0, one.start - 12) + offset for offset in word.span())
        if end <= one.start or reading.told(start, end):
            continue
        if one.value == "onsite":
            reading.say("not_allowed", one.start, one.end, (start, end), "remote")
        elif (said := cues.REMOTE_ALLOWED.match(scan.text, end)) is not None:
            reading.say("allowed", start, said.end(), (start, end), "remote")


def _denied(scan: Scan) -> list[tuple[int, int]]:
    """Where other families have read a polarity."""
    return sorted((one.fact.start, one.fact.end) for one in scan.findings if one.fact.type == "polarity")


def _read_korean(reading: Reading) -> None:
    text, last = reading.scan.text, 0
    for match in cues.CUE_KO.finditer(text):
        begin = bound(text, last, match.start())
        if begin < match.start():
            _korean(reading, match, str(match.lastgroup), begin)
            last = match.end()
        elif match.lastgroup == "preferred":  # "필수는 아니지만 Figma를 알면 좋습니다"
            for fact in reading.within(*match.span()):
                reading.say("preferred", *match.span(), (fact.start, fact.end), f"skill:{fact.canonical}")


def _korean(reading: Reading, match: re.Match[str], stance: str, begin: int) -> None:
    text, end = reading.scan.text, match.end()
    if match[0].startswith("환영") and cues.SEASONED_KO.search(text, begin, match.start()):
        stance = "preferred"
    if stance != "allowed" and of_skills(reading, stance, begin, match.start(), end, cues.GAP_KO):
        return
    begin += len(text[begin : match.start()]) - len(cues.LEAD_KO.sub("", text[begin : match.start()]))
    window = text[begin : match.start()]
    named = named_conditions(window, begin, cues.CONDITIONS_KO, cues.NAMED_GAP_KO)
    if stance == "allowed":
        if (said := cues.ALLOWED_KO.search(window)) is not None:
            reading.say(stance, begin + said.start(), end, span_of(said, begin, "of"), cues.condition(said["of"]))
        return
    if named and not _is_qualified(text[begin : named[0][0]], stance):
        for start, stop in named:
            reading.say(stance, start, end, (start, stop), cues.condition(text[start:stop]))
        return
    if stance == "not_allowed":
        _refused(reading, match, window, begin)
    if stance in {"required", "preferred", "not_needed"} and match.group().startswith(cues.PHRASE_CUES_KO):
        phrase = cues.PHRASE_KO.search(window)
        if phrase is not None and not cues.NO_SUBJECT_KO.search(phrase["of"]) and _asked(phrase["of"], stance):
            span = span_of(phrase, begin, "of")
            reading.say(stance, span[0], end, span, fold(phrase["of"]))


def _refused(reading: Reading, match: re.Match[str], window: str, begin: int) -> None:
    """A way to apply or to behave that is refused as worded: 우편 접수 불가."""
    refused = cues.REFUSED_KO.search(window)
    if refused is not None and cues.REFUSES_KO.match(match[0]) is not None:
        span = span_of(refused, begin, "of")
        reading.say("not_allowed", span[0], match.end(), span, fold(refused["of"]))


def _is_qualified(before: str, stance: str) -> bool:
    """Whether the words before a condition narrow it: the experience of "양식 경험" is not any experience."""
    if stance == "not_needed":
        return cues.NARROWED_KO.search(before) is not None
    return stance in {"required", "preferred"} and cues.QUALIFIED_KO.search(before) is not None


def _asked(phrase: str, stance: str) -> bool:
    """Whether a Korean phrase names something to bring along; what is not needed must be of that kind."""
    return stance != "not_needed" or cues.QUALITY_KO.search(phrase) is not None


def _headings(reading: Reading) -> None:
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
                stop = SENTENCE_END.search(text, start + rest, start + len(line))
                listed(reading, stance, start + rest, stop.start() if stop else start + len(line))
                stance = None
        elif cues.OTHER_HEADING.match(line):
            stance = None
        elif stance is not None and line.strip() and not _SENTENCE.search(line):
            item(reading, stance, start, start + len(line), brief=False)
        start += len(line) + 1
