"""English polarity: cues that stand behind what they are about ("X is a plus") and before it ("must have X").

The cues are found with the other word lists of ``data/`` in the one search of the text; patterns are matched only
where one stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract import polarity_cues_english as cues
from cache_service.posting.extract.polarity_cues import condition
from cache_service.posting.extract.polarity_items import SENTENCE_END, listed
from cache_service.posting.extract.polarity_reading import (
    BOUNDARY,
    Reading,
    bound,
    joined,
    named_conditions,
    of_skills,
    span_of,
)
from cache_service.posting.extract.terms import Hit

_LEAD: Final = 40
_AHEAD: Final = 70
_LONGEST: Final = 60
_MOST_OPENING: Final = 5  # words of a subject without a word of what people bring along
_MOST_LATER: Final = 3
_LISTED: Final = 240
_SUBJECTS: Final = frozenset({"required", "preferred", "not_needed", "any"})


def read(reading: Reading) -> None:
    """Note what English cues say."""
    scan = reading.scan
    _behind(reading, scan.terms("stance"))
    _ahead(reading, scan.terms("stance_ahead"))
    if " not" in scan.lowered or "n't" in scan.lowered:
        _elliptical(reading)


def _behind(reading: Reading, hits: list[Hit]) -> None:
    text, lowered, last = reading.scan.text, reading.scan.lowered, 0
    for hit in hits:
        if hit.start < last or (cue := _cue(lowered, hit)) is None:
            continue
        start, end = cue
        lead = cues.LEAD_EN.search(lowered, max(last, start - _LEAD), start)
        if lead and lead[0].rstrip().endswith("as"):
            last = end
            continue  # as needed, as required
        worded, _, form = hit.canonical.partition(" ")
        stance = _stance(worded, lead[0] if lead else "")
        if stance == "not_needed" and (but := cues.BUT_WELCOME.match(lowered, end)) is not None:
            stance, end = "preferred", but.end()
        start = lead.start() if lead else start
        begin = bound(text, last, start)
        if stance is not None and begin < start:
            _say(reading, stance, begin, _Cue(start, end, worded, form))
        last = end


def _cue(lowered: str, hit: Hit) -> tuple[int, int] | None:
    """The span of the cue with its article, None where the word is no cue."""
    start, end = hit.start, hit.end
    if lowered[end : end + 1] == "-" or cues.NO_CUE_EN.match(lowered, start):
        return None
    form = hit.canonical.partition(" ")[2]
    if not form:
        return start, end
    if form == "noun" and (article := cues.ARTICLE.search(lowered, max(0, start - 24), start)) is not None:
        return article.start(), end
    if cues.ENDS.match(lowered, end) is None:
        return None
    predicate = cues.PREDICATE.search(lowered, max(0, start - 28), start) is not None
    alone = form != "predicate" and cues.AFTER_SUBJECT.search(lowered, max(0, start - 2), start) is not None
    return (start, end) if predicate or alone else None


def _stance(stance: str, lead: str) -> str | None:
    """What the cue says together with what stands before it ("not", "is")."""
    if cues.DENIES_EN.search(lead):
        return {"required": "not_needed", "allowed": "not_allowed"}.get(stance)
    return stance


@dataclass(frozen=True, slots=True)
class _Cue:
    """Where a cue stands, the stance that its words say by themselves, and its form (see ``stance.txt``)."""

    start: int
    end: int
    worded: str
    form: str


def _say(reading: Reading, stance: str, begin: int, cue: _Cue) -> None:
    text = reading.scan.text
    copula = cues.COPULA.match(text, cue.start) is not None
    if not copula and cues.NO_CUE_BEFORE_EN.search(text[max(begin, cue.start - 24) : cue.start]):
        return
    if stance == "allowed" and "without" in reading.scan.lowered[begin : cue.start]:
        return  # said of doing without it
    if stance in _SUBJECTS:
        none = cues.NONE_EN.search(text[begin : cue.start]) if stance == "required" else None
        if none is not None:
            stance, begin = "not_needed", begin + none.end()
        if of_skills(reading, stance, begin, cue.start, cue.end, cues.GAP_EN):
            return
    window = text[begin : cue.start]
    named = named_conditions(window, begin, cues.CONDITIONS_EN, cues.NAMED_GAP_EN)
    if named:
        _say_of_named(reading, stance, named, (begin, cue.start), cue.end)
    elif stance in _SUBJECTS or stance == cue.worded == "not_allowed":
        _say_of_phrase(reading, stance, begin, cue)


def _say_of_phrase(reading: Reading, stance: str, begin: int, cue: _Cue) -> None:
    """Say it of what the clause has for its subject, as worded."""
    text = reading.scan.text
    if cues.ATTRIBUTIVE_EN.match(text, cue.end) or cues.GREETING.search(text, cue.start, cue.end):
        return
    window = text[begin : cue.start]
    phrase = cues.PHRASE_EN.search(window)
    if phrase is not None and _nameable(phrase, window, plainly=cue.form != "predicate" and stance != "any"):
        span = span_of(phrase, begin, "of")
        reading.say(stance, span[0], cue.end, span, fold(phrase["of"]))


def _say_of_named(
    reading: Reading, stance: str, named: list[tuple[int, int]], window: tuple[int, int], end: int
) -> None:
    text, (begin, cue) = reading.scan.text, window
    start, last = named[-1]
    if cues.OF_WHAT_EN.match(text, last, cue):  # experience in what
        span = (start, begin + len(text[begin:cue].rstrip(" -,(")))
        if span[1] - span[0] <= _LONGEST:
            reading.say(stance, start, end, span, fold(text[span[0] : span[1]]))
        return
    if len(named) == 1 and text[start:last].lower() in {"experience", "license", "licence", "certification"}:
        qualifier = cues.QUALIFIER_EN.search(text[begin:start])
        if qualifier is not None:  # "ICU experience" is not any experience
            span = (begin + qualifier.start("of"), last)
            reading.say(stance, span[0], end, span, fold(text[span[0] : span[1]]))
            return
    for one in named:
        reading.say(stance, one[0], end, one, condition(text[one[0] : one[1]]))


def _nameable(phrase: re.Match[str], window: str, *, plainly: bool) -> bool:
    """Whether a phrase can be a subject: a short one that opens its clause, or one that names what people bring along."""
    words = phrase["of"]
    if cues.NO_SUBJECT_EN.search(words) or cues.GLUED.search(words):
        return False
    opens = not window[: phrase.start()].strip() and window[phrase.start() : phrase.start() + 1] not in {*",;:("}
    later = window[phrase.start() : phrase.start() + 1] in {*",;:("}
    most = _MOST_OPENING if opens else _MOST_LATER if later else 0
    return (plainly and words.count(" ") < most) or cues.QUALITY_EN.search(words) is not None


def _ahead(reading: Reading, hits: list[Hit]) -> None:
    """Cues that stand before what they are about: "must have", "no need for", "bonus points if you know"."""
    text, lowered = reading.scan.text, reading.scan.lowered
    for hit in hits:
        match hit.canonical:
            case "bare no":
                _bare(reading, hit, cues.NO_EN.match(lowered, hit.end))
            case "bare any":
                opens = (
                    hit.start == 0 or BOUNDARY.search(text, hit.start - 2, hit.start) or text[hit.start - 1] in "\n("
                )
                _bare(reading, hit, cues.ANY_EN.match(lowered, hit.end) if opens else None)
            case _:
                stance, _, form = hit.canonical.partition(" ")
                colon = cues.COLON.match(text, hit.end)
                if colon is not None:
                    _say_of_list(reading, stance, hit, colon.end())
                elif form != "label":
                    _say_ahead(reading, stance, hit, lowered)


def _bare(reading: Reading, hit: Hit, match: re.Match[str] | None) -> None:
    """A condition right behind "no" or "any", with nothing else said of it."""
    if match is None:
        return
    stance = match.lastgroup if match.lastgroup != "of" else "any"
    span = match.span(str(match.lastgroup))
    reading.say(str(stance), hit.start, span[1], span, condition(reading.scan.text[span[0] : span[1]]))


def _say_of_list(reading: Reading, stance: str, hit: Hit, start: int) -> None:
    """A label and the items behind its colon: "Nice to have: welding; a forklift licence"."""
    text = reading.scan.text
    opens = hit.start == 0 or cues.OPENS.search(text, max(0, hit.start - 3), hit.start) is not None
    if opens or cues.LABELLING.search(text, max(0, hit.start - 1), hit.end):
        stop = SENTENCE_END.search(text, start, start + _LISTED)
        listed(reading, stance, start, stop.start() if stop else min(len(text), start + _LISTED))


def _say_ahead(reading: Reading, stance: str, hit: Hit, lowered: str) -> None:
    text = reading.scan.text
    filler = cues.FILLER_EN.match(lowered, hit.end)
    if filler is None or (stance == "any" and cues.EQUAL_CHANCES.search(reading.scan.clause_after(hit.end, 120))):
        return
    end = filler.end()
    stop = BOUNDARY.search(text, end, end + _AHEAD)
    limit = stop.start() if stop else min(len(text), end + _AHEAD)
    without = text[hit.start : hit.end].lower() == "without"
    skills = [fact for fact in reading.within(end, limit) if cues.OPENING_EN.fullmatch(text[end : fact.start])]
    if skills:
        group = joined(reading, skills[0])
        if without and cues.WITHOUT_EN.match(text, group[-1].end) is None:
            return
        for fact in group:
            reading.say(stance, hit.start, fact.end, (fact.start, fact.end), f"skill:{fact.canonical}")
        return
    named = cues.OPENS_WITH_EN.match(text, end, limit)
    found = named or (cues.PHRASE_AHEAD_EN.match(text, end, limit) if stance != "not_allowed" else None)
    if found is not None and not (without and cues.WITHOUT_EN.match(text, found.end()) is None):
        span = found.span("of")
        canonical = condition(found["of"]) if named is not None else fold(found["of"])
        reading.say(stance, hit.start, span[1], span, canonical)
    elif hit.canonical.endswith("whatever"):
        _whatever(reading, stance, hit, end)


def _whatever(reading: Reading, stance: str, hit: Hit, start: int) -> None:
    """What follows a cue that any wish may follow, and what "and" joins to it."""
    text = reading.scan.text
    found = cues.WHATEVER.match(text, start)
    while found is not None:
        span = found.span("of")
        if cues.NO_WISH.match(text, span[0]) is None:
            reading.say(stance, hit.start, span[1], span, fold(found["of"]))
        found = cues.WHATEVER_MORE.match(text, found.end())


def _elliptical(reading: Reading) -> None:
    """ "Java is required; JavaScript is not." """
    text = reading.scan.text
    for fact in reading.skills:
        if (match := cues.IS_NOT.match(text, fact.end)) is None or reading.told(fact.start, fact.end):
            continue
        if cues.REQUIRED_BEFORE.search(text, max(0, fact.start - 80), fact.start):
            reading.say("not_needed", fact.start, match.end(), (fact.start, fact.end), f"skill:{fact.canonical}")
