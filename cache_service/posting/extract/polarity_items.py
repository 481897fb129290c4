"""Items that a heading or a label says a stance of: the line below it, or the list behind its colon."""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract import polarity_cues as cues
from cache_service.posting.extract.polarity_reading import Reading

SENTENCE_END: Final = re.compile(r"\n|[.!?](?!\d)(?=\s|$)")
_SEMICOLON: Final = re.compile(r"\s*;\s*")
_COMMA: Final = re.compile(r"(?<!\d),\s*|,(?!\d)\s*|\s/\s|[·ㆍ]")
_LEAD: Final = re.compile(r"(?:(?:and|or|also|plus|some|an?|the|any|및|또는) )*", re.IGNORECASE)
_NO_ITEM: Final = re.compile(r"\b(?:we|you|they|is|are|will|must|etc)\b|[:@]|[다요죠]$", re.IGNORECASE)
_LONGEST: Final = 36
_MOST_WORDS: Final = 6


def listed(reading: Reading, stance: str, start: int, end: int) -> None:
    """Say it of each item between ``start`` and ``end``: of its skills, else of a condition, else of its few words.

    An item that is another fact of its own (years, a degree) is that and no more.
    """
    text = reading.scan.text
    pattern = _SEMICOLON if ";" in text[start:end] else _COMMA
    at = start
    for match in (*pattern.finditer(text, start, end), None):
        stop = match.start() if match else end
        if at < stop:
            item(reading, stance, at, stop, brief=True)
        at = match.end() if match else end


def item(reading: Reading, stance: str, start: int, end: int, *, brief: bool) -> None:
    """Say it of one item; one of a list must be ``brief`` and no fact of another type."""
    text = reading.scan.text
    if reading.told(start, end):
        return
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
    lead = _LEAD.match(text, first, end) if brief else None
    first = lead.end() if lead else first
    last = first + len(cues.ITEM_END.sub("", text[first:end].rstrip(" .,;)")))
    longest = _LONGEST if brief else 30
    if not 2 <= last - first <= longest or (brief and _is_more(reading, first, last)):
        return
    reading.say(stance, first, last, (first, last), fold(text[first:last]))


def _is_more(reading: Reading, start: int, end: int) -> bool:
    text = reading.scan.text
    wordy = text.count(" ", start, end) >= _MOST_WORDS or _NO_ITEM.search(text, start, end) is not None
    return wordy or reading.elsewhere.touch(start, end)
