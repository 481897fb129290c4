"""English polarity: cues that stand behind what they are about ("X is a plus") and before it ("must have X").

The cues are found with the other word lists of ``data/`` in the one search of the text; patterns are matched only
where one stands.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract import polarity_cues_english as cues
from cache_service.posting.extract.polarity_cues import condition
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
_SUBJECTS: Final = frozenset({"required", "preferred", "not_needed"})
_WITH_ARTICLE: Final = frozenset("bonus asset advantage advantages must requirement prerequisite plus".split())
_PREDICATES: Final = frozenset("musts welcome welcomed valued appreciated helpful useful ideal requirements".split())
_ALONE: Final = frozenset("plus ideal helpful welcome bonus pluses".split())


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
        stance = _stance(hit.canonical, lead[0] if lead else "")
        if stance == "not_needed" and (but := cues.BUT_WELCOME.match(lowered, end)) is not None:
            stance, end = "preferred", but.end()
        start = lead.start() if lead else start
        begin = bound(text, last, start)
        if stance is not None and begin < start:
            _say(reading, stance, begin, start, end)
        last = end


def _cue(lowered: str, hit: Hit) -> tuple[int, int] | None:
    """The span of the cue with its article, None where the word is no cue."""
    start, end = hit.start, hit.end
    if lowered[end : end + 1] == "-" or cues.NO_CUE_EN.match(lowered, start):
        return None
    word = lowered[start:end]
    if word in _WITH_ARTICLE and (article := cues.ARTICLE.search(lowered, max(0, start - 24), start)) is not None:
        return article.start(), end
    if word not in _WITH_ARTICLE | _PREDICATES | _ALONE:
        return start, end
    predicate = word in _PREDICATES and cues.PREDICATE.search(lowered, max(0, start - 28), start) is not None
    alone = word in _ALONE and start > 0 and cues.AFTER_SUBJECT.search(lowered, max(0, start - 2), start) is not None
    return (start, end) if (predicate or alone) and cues.ENDS.match(lowered, end) else None


def _stance(stance: str, lead: str) -> str | None:
    """What the cue says together with what stands before it ("not", "is")."""
    if cues.DENIES_EN.search(lead):
        return {"required": "not_needed", "allowed": "not_allowed"}.get(stance)
    return None if stance == "allowed" and not cues.IS_EN.search(lead) else stance


def _say(reading: Reading, stance: str, begin: int, cue: int, end: int) -> None:
    text = reading.scan.text
    if cues.NO_CUE_BEFORE_EN.search(text[max(begin, cue - 24) : cue]):
        return
    if stance in _SUBJECTS:
        none = cues.NONE_EN.search(text[begin:cue]) if stance == "required" else None
        if none is not None:
            stance, begin = "not_needed", begin + none.end()
        if of_skills(reading, stance, begin, cue, end, cues.GAP_EN):
            return
    window = text[begin:cue]
    named = named_conditions(window, begin, cues.CONDITIONS_EN, cues.NAMED_GAP_EN)
    if named:
        _say_of_named(reading, stance, named, (begin, cue), end)
    elif stance in _SUBJECTS and not cues.ATTRIBUTIVE_EN.match(text, end) and not cues.GREETING.search(text, cue, end):
        phrase = cues.PHRASE_EN.search(window)
        if phrase is not None and _nameable(phrase, window):
            span = span_of(phrase, begin, "of")
            reading.say(stance, span[0], end, span, fold(phrase["of"]))


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


def _nameable(phrase: re.Match[str], window: str) -> bool:
    words = phrase["of"]
    if cues.NO_SUBJECT_EN.search(words) or cues.GLUED.search(words):
        return False
    opens = not window[: phrase.start("of")].strip() and words.count(" ") <= 3
    return opens or cues.QUALITY_EN.search(words) is not None


def _ahead(reading: Reading, hits: list[Hit]) -> None:
    """Cues that stand before what they are about: "must have", "no need for", "bonus points if you know"."""
    text, lowered = reading.scan.text, reading.scan.lowered
    for hit in hits:
        match hit.canonical:
            case "no":
                _bare(reading, hit, cues.NO_EN.match(lowered, hit.end))
            case "any":
                opens = (
                    hit.start == 0 or BOUNDARY.search(text, hit.start - 2, hit.start) or text[hit.start - 1] in "\n("
                )
                _bare(reading, hit, cues.ANY_EN.match(lowered, hit.end) if opens else None)
            case stance:
                _say_ahead(reading, stance, hit, lowered)


def _bare(reading: Reading, hit: Hit, match: re.Match[str] | None) -> None:
    """A condition right behind "no" or "any", with nothing else said of it."""
    if match is None:
        return
    stance = match.lastgroup if match.lastgroup != "of" else "any"
    span = match.span(str(match.lastgroup))
    reading.say(str(stance), hit.start, span[1], span, condition(reading.scan.text[span[0] : span[1]]))


def _say_ahead(reading: Reading, stance: str, hit: Hit, lowered: str) -> None:
    text = reading.scan.text
    filler = cues.FILLER_EN.match(lowered, hit.end)
    if filler is None:
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
    if found is None or (without and cues.WITHOUT_EN.match(text, found.end()) is None):
        return
    span = found.span("of")
    canonical = condition(found["of"]) if named is not None else fold(found["of"])
    reading.say(stance, hit.start, span[1], span, canonical)


def _elliptical(reading: Reading) -> None:
    """ "Java is required; JavaScript is not." """
    text = reading.scan.text
    for fact in reading.skills:
        if (match := cues.IS_NOT.match(text, fact.end)) is None or reading.told(fact.start, fact.end):
            continue
        if cues.REQUIRED_BEFORE.search(text, max(0, fact.start - 80), fact.start):
            reading.say("not_needed", fact.start, match.end(), (fact.start, fact.end), f"skill:{fact.canonical}")
