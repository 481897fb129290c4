"""Years of experience, substituted in the form the text gives them."""

from __future__ import annotations

import re
from typing import Final

from cache_service.cache.adapt.bounds import Phrase, Shape, may_reshape, phrases, shape_of, wanted_bounds
from cache_service.cache.adapt.counts import recount, unit_for
from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.grammar import cased_like
from cache_service.cache.adapt.outcome import Change, Terms
from cache_service.cache.adapt.removal import remove, stands_for_all, unit_around
from cache_service.posting.canonical import fold
from cache_service.posting.facts import Facts

PATHS: Final = ("requirements.years_min", "requirements.years_max")
_KOREAN_UNIT: Final = re.compile(r"년(?:\s?차|\s?간)?")
_ENGLISH_UNIT: Final = re.compile(r"years?|yrs?", re.IGNORECASE)
# Years in any words, read as years of experience or not.
_IN_WORDS: Final = re.compile(
    r"(?<![가-힣\d])(?:\d+|[일이삼사오육칠팔구십]{1,3}|한두|두세|두어|서너|너댓|네댓|대여섯|[한두세석네넉수몇]|다섯|여섯|일곱|여덟|아홉|열|스무|여러)"
    r"\s?(?:여\s?)?(?:개?년|해)(?=차|간|째|을|를|은|이|의|넘|정도|이상|동안|가량|남짓|[\s,.]|$)"
    r"|\b(?:\d+\+?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|several|many|few|couple\sof|half\sa|an?)"
    r"(?:\sor\smore|\splus)?[\s-](?:years?|yrs?|decades?)\b",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.!]\s*$|(?:니다|(?<![필수개중주])요)\s*$")
# What is essential or needed is a least number of years.
_NEEDED: Final = re.compile(r"\b(?:essential|require[ds]?|must|need\w*|mandatory)\b|필수|필요", re.IGNORECASE)
# "3 years (36 months)": said twice, in two units.
_IN_MONTHS: Final = re.compile(r"\d ?(?:개월|-?months?)", re.IGNORECASE)
_ASIDE: Final = 16
_A_YEAR: Final = re.compile(r"an?\s(?:year|yr)", re.IGNORECASE)
_ADJECTIVE: Final = re.compile(r"-(?:year|yr)\b", re.IGNORECASE)


def adapt_years(draft: Draft, terms: Terms) -> bool:
    """Plan the years. Returns whether the text says anything of them."""
    stored, wanted = bounds_of(terms.stored), bounds_of(terms.wanted)
    found = False
    for phrase in phrases(draft, "years"):
        new = wanted_bounds(phrase, stored, wanted)
        if new is None:
            continue
        found = True
        if new != phrase.values or shape_of(*new) != _shape_as_stated(phrase, stored):
            _substitute(draft, phrase, new, changes(terms))
    return found


def bounds_of(facts: Facts) -> tuple[int | None, int | None]:
    """The years that are asked for, least and most."""
    return facts.number(PATHS[0]), facts.number(PATHS[1])


def changes(terms: Terms) -> tuple[Change, ...]:
    """What differs."""
    return tuple(
        Change(path, terms.stored.get(path), terms.wanted.get(path))
        for path in PATHS
        if terms.stored.get(path) != terms.wanted.get(path)
    )


def _shape_as_stated(phrase: Phrase, stored: tuple[int | None, int | None]) -> Shape:
    """A bare "3년" is said of a least and of an exact number of years alike."""
    if phrase.shape == "exact" and stored[0] is not None and stored[1] is None:
        return "least"
    return phrase.shape


def _substitute(
    draft: Draft, phrase: Phrase, new: tuple[int | None, int | None], differing: tuple[Change, ...]
) -> None:
    if not differing:
        return
    if new == (None, None):
        remove(draft, (phrase.whole_start, phrase.whole_end), differing, with_matter=True)
        return
    if new[0] == 0 or 0 in phrase.values:
        _newcomer(draft, phrase, new, differing)
        return
    worded = (
        None if _IN_MONTHS.search(draft.text, phrase.start, phrase.whole_end + _ASIDE) else _worded(draft, phrase, new)
    )
    if worded is None:
        draft.give_up(phrase.start, differing[0].fact)
        return
    for change in differing:
        draft.replace(*worded, change)


def _worded(draft: Draft, phrase: Phrase, new: tuple[int | None, int | None]) -> tuple[int, int, str] | None:
    """Where the years are written and how; None where their sentence is made for the form they have."""
    text = draft.text
    inner = text[phrase.start : phrase.end]
    possessive = inner.endswith(("'", "’")) and text[phrase.end : phrase.end + 1] == "s"
    if possessive or (_ADJECTIVE.search(inner) and shape_of(*new) != phrase.shape):
        return None
    if shape_of(*new) == phrase.shape or (phrase.shape == "exact" and shape_of(*new) == "least"):
        same = _same_form(draft, phrase, new)
        return None if same is None else (phrase.start, phrase.end, same)
    start, end = phrase.whole_start, phrase.whole_end
    needed = shape_of(*new) == "most" and _NEEDED.search(text[slice(*draft.layout.sentence_at(start))])
    if needed or not may_reshape(draft, phrase):
        return None
    worded = cased_like(_other_form(text, phrase, new), text[start:end])
    if inner.endswith(("'", "’")):  # years' experience
        worded += inner[-1] + ("s" if worded.endswith("year") else "")
    return start, end, worded


def _same_form(draft: Draft, phrase: Phrase, new: tuple[int | None, int | None]) -> str | None:
    text = draft.text
    if len(phrase.numbers) == 1:
        value = new[0] if new[0] is not None else new[1]
        return None if value is None else recount(text[phrase.start : phrase.end], value)
    (low_start, low_end), (high_start, high_end) = phrase.numbers
    if new[0] is None or new[1] is None:
        return None
    low, high = recount(text[low_start:low_end], new[0]), recount(text[high_start:high_end], new[1])
    return None if low is None or high is None else low + text[low_end:high_start] + high


def _other_form(text: str, phrase: Phrase, new: tuple[int | None, int | None]) -> str:
    old = text[phrase.whole_start : phrase.whole_end]
    low, high = new
    if (unit := _KOREAN_UNIT.search(old)) is not None:
        return _korean(old, unit[0], low, high)
    english = _ENGLISH_UNIT.search(old)
    return _english(text, phrase, english[0] if english else "years", low, high)


def _korean(old: str, unit: str, low: int | None, high: int | None) -> str:
    match shape_of(low, high):
        case "least":
            return f"{low}{unit} 이상"
        case "most":
            return f"{high}{unit} 이하"
        case "exact":
            return f"{low}{unit}"
        case _:
            spelt = "이상" in old and "차" not in unit
            joint, tail = ("년 이상 ", " 이하") if spelt else ("~", "")
            return f"{low}{joint}{high}{unit}{tail}"


def _english(text: str, phrase: Phrase, unit: str, low: int | None, high: int | None) -> str:
    lead = text[phrase.whole_start : phrase.start]
    match shape_of(low, high):
        case "least" if lead and phrase.shape == "least":
            return f"{lead}{low} {unit_for(unit, low or 0)}"
        case "least":
            return f"{low}+ {unit_for(unit, 2)}"
        case "most":
            return f"up to {high} {unit_for(unit, high or 0)}"
        case "exact":
            return f"{low} {unit_for(unit, low or 0)}"
        case _:
            return f"{low}-{high} {unit_for(unit, 2)}"


def _newcomer(draft: Draft, phrase: Phrase, new: tuple[int | None, int | None], differing: tuple[Change, ...]) -> None:
    """신입, no experience required: worded anew, and only where a line is about nothing else."""
    span = (phrase.whole_start, phrase.whole_end)
    if new[1] is not None or None not in phrase.values or not stands_for_all(draft, span):
        draft.give_up(phrase.start, differing[0].fact)
        return
    start, end = unit_around(draft, span)
    line = draft.layout.line_at(start)
    labelled = start == line.value > line.body
    sentence = not labelled and _SENTENCE_END.search(draft.text[start:end]) is not None
    worded = _least(draft, new[0] or 0, labelled=labelled, sentence=sentence)
    for change in differing:
        draft.edit(start, end, worded, change)


def _least(draft: Draft, low: int, *, labelled: bool, sentence: bool) -> str:
    """Years from ``low`` on, as the whole of a label's value, a line or a sentence."""
    if low == 0:
        return "신입" if labelled and draft.language == "ko" else newcomers(draft, sentence=sentence)
    if draft.language == "ko":
        line = f"{low}년 이상" if labelled else f"경력 {low}년 이상"
        return f"{line}인 분을 {'찾습니다' if draft.ends_formal else '찾아요'}." if sentence else line
    line = f"At least {low} {unit_for('year', low)} of experience"
    return f"{line} is required." if sentence else line


def newcomers(draft: Draft, *, sentence: bool) -> str:
    """How a posting says that newcomers are asked for, as a line or a sentence: never "0 years"."""
    if draft.language == "en":
        return "No experience is required." if sentence else "No experience required"
    if not sentence:
        return "경력: 신입"
    return "신입도 지원할 수 있습니다." if draft.ends_formal else "신입도 지원할 수 있어요."


def years_in_words(draft: Draft, own: str) -> str | None:
    """Words for a number of years that were not read as years of experience and are not the request's own words
    (``own``, folded): they may state the stored years in a way that nobody reads."""
    read = [
        (one.fact.start, one.fact.end)
        for one in draft.findings
        if one.fact.type in {"years_min", "years_max", "date", "deadline", "probation_months", "salary_period"}
    ]
    for match in _IN_WORDS.finditer(draft.text):
        if _A_YEAR.fullmatch(match[0]) or fold(match[0]) in own:
            continue
        if not any(start < match.end() and match.start() < end for start, end in read):
            return match[0]
    return None
