"""Facts of one value that a text words in a few known ways: headcount, probation, employment, work mode, level."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from cache_service.cache.adapt.counts import recount, unit_for
from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.grammar import article_before, cased_like
from cache_service.cache.adapt.outcome import Change, Span, Terms
from cache_service.cache.adapt.removal import remove, stands_for_all, unit_around
from cache_service.posting.facts import FactType

_EMPLOYMENT: Final[Mapping[str, Mapping[str, str]]] = {
    "ko": {
        "full_time": "정규직", "contract": "계약직", "part_time": "파트타임", "intern": "인턴", "freelance": "프리랜서",
    },
    "en": {"full_time": "full-time", "contract": "contract", "part_time": "part-time", "intern": "internship",
           "freelance": "freelance"},
}  # fmt: skip
_MODES: Final[Mapping[str, Mapping[str, str]]] = {
    "ko": {"onsite": "사무실 출근", "hybrid": "하이브리드 근무", "remote": "전면 재택근무"},
    "en": {"onsite": "on-site", "hybrid": "hybrid", "remote": "fully remote"},
}
_LEVELS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "ko": {
        "intern": ("인턴",), "entry": ("신입",), "junior": ("주니어",), "mid": ("미들", "중급"), "senior": ("시니어",),
        "lead": ("리드",), "executive": ("임원",),
    },
    "en": {
        "intern": ("intern",), "entry": ("entry-level", "entry level"), "junior": ("junior",),
        "mid": ("mid-level", "mid level", "midlevel"), "senior": ("senior",), "lead": ("lead",),
        "executive": ("executive",),
    },
}  # fmt: skip
_MODE_NOUN: Final = re.compile(
    r"(?:전면 |완전 )?(?:재택|원격|하이브리드|출근) ?근무|(?:사무실|본사) 출근|하이브리드|재택|원격"
)
_MODE_WORD: Final = re.compile(
    r"(?P<mode>(?:fully |100% )?remote(?:ly)?|hybrid|on-?site|in-office)(?P<rest>[\s-](?:role|position|job|work"
    r"|schedule|model|arrangement))?",
    re.IGNORECASE,
)
_PARTLY: Final = re.compile(r"주\s?\d|일주일|days?\b|격주|월\s?\d|병행|혼합|최대\s?$", re.IGNORECASE)
_OFFERED: Final = re.compile(r"\s?(?:가능|불가|지원)")
_GAP: Final = re.compile(r"\s(?=[가-힣A-Za-z])")
_ENGLISH_NOUN: Final = re.compile(r" (?P<noun>[a-z]+)", re.IGNORECASE)
_PEOPLE: Final = re.compile(r" (?P<noun>people|person|hires?)\b", re.IGNORECASE)


def adapt_headcount(draft: Draft, terms: Terms) -> bool:
    """Plan how many are hired. Returns whether the text says it."""
    path = "requirements.headcount"
    stored, wanted = terms.stored.number(path), terms.wanted.number(path)
    found = False
    for finding in draft.of_type("headcount"):
        if stored is None or finding.fact.value != stored:
            continue
        found = True
        if stored != wanted:
            span = (finding.fact.start, finding.fact.end)
            _recount(draft, span, stored, Change(path, stored, wanted))
    return found


def adapt_probation(draft: Draft, terms: Terms) -> bool:
    """Plan the months of probation. Returns whether the text says them."""
    path = "requirements.probation_months"
    stored, wanted = terms.stored.number(path), terms.wanted.number(path)
    found = False
    for finding in draft.of_type("probation_months"):
        if stored is None or finding.fact.value != stored:
            continue
        found = True
        if stored != wanted:
            span = (finding.fact.start, finding.fact.end)
            _recount(draft, span, stored, Change(path, stored, wanted))
    return found


def _recount(draft: Draft, span: Span, stored: int, change: Change) -> None:
    old = draft.text[span[0] : span[1]]
    if not isinstance(change.wanted, int):
        remove(draft, span, (change,))
        return
    new = recount(old, change.wanted) if 0 not in {stored, change.wanted} else None
    bare = draft.language == "en" and re.fullmatch(r"\d+|[a-z]+", old, re.IGNORECASE) is not None
    if new is not None and bare and (people := _PEOPLE.match(draft.text, span[1])) is not None:
        draft.replace(span[0], people.end(), f"{new} {unit_for(people['noun'], change.wanted)}", change)
        return
    noun = _ENGLISH_NOUN.match(draft.text, span[1])
    if new is None or re.search(r"\d\s?(?:days?|일)", old) or (bare and noun and 1 in {stored, change.wanted}):
        draft.give_up(span[0], change.fact)
        return
    draft.replace(*span, new, change)


def adapt_employment(draft: Draft, terms: Terms) -> bool:
    """Plan the employment type. Returns whether the text says it."""
    return _words(draft, terms, "employment_type", _EMPLOYMENT[draft.language])


def _words(draft: Draft, terms: Terms, kind: FactType, words: Mapping[str, str]) -> bool:
    path = f"requirements.{kind}"
    stored, wanted = terms.stored.text(path), terms.wanted.text(path)
    found = False
    for finding in draft.of_type(kind):
        if stored is None or finding.fact.value != stored:
            continue
        found = True
        if stored == wanted:
            continue
        span, change = (finding.fact.start, finding.fact.end), Change(path, stored, wanted)
        if wanted is None:
            remove(draft, span, (change,))
        else:
            draft.replace(*span, cased_like(words[wanted], draft.text[span[0] : span[1]]), change)
    return found


def adapt_work_mode(draft: Draft, terms: Terms) -> bool:
    """Plan the work mode. Returns whether the text says it."""
    path = "requirements.work_mode"
    stored, wanted = terms.stored.text(path), terms.wanted.text(path)
    found = False
    for finding in draft.of_type("work_mode"):
        fact = finding.fact
        if stored is None or stored not in {fact.value, *finding.also}:
            continue
        found = True
        # What agrees with both ("재택 가능") may stay only where the request asks for one of them.
        if stored == wanted or wanted in {fact.value, *finding.also}:
            continue
        _mode(draft, (fact.start, fact.end), Change(path, stored, wanted))
    return found


def _mode(draft: Draft, span: Span, change: Change) -> None:
    if not isinstance(change.wanted, str):
        remove(draft, span, (change,))
        return
    text, word = draft.text, _MODES[draft.language][change.wanted]
    if stands_for_all(draft, span):
        unit = unit_around(draft, span)
        if not re.search(r"[.!?다요]$", text[unit[0] : unit[1]]):
            draft.edit(*unit, cased_like(word, text[unit[0] : unit[1]]), change)
            return
    old = text[span[0] : span[1]]
    around = text[max(0, span[0] - 16) : span[0]] + text[span[1] : span[1] + 8]
    match = _MODE_WORD.fullmatch(old)
    if match is not None and not _PARTLY.search(around):
        draft.replace(*span, cased_like(word, old) + (match["rest"] or ""), change)
    elif _MODE_NOUN.fullmatch(old) and not _PARTLY.search(around) and not _OFFERED.match(text, span[1]):
        noun = {"onsite": "출근 근무", "hybrid": "하이브리드 근무", "remote": "전면 재택근무"}[change.wanted]
        draft.replace(*span, noun, change)
    else:
        draft.give_up(span[0], change.fact)


def level_words(level: str | None, language: str) -> tuple[str, ...]:
    """The words for a level; none where there is no level or no word for it."""
    return _LEVELS[language].get(level or "", ())


def adapt_seniority(draft: Draft, terms: Terms) -> bool:
    """Plan the words for the level. Returns whether the text has one."""
    path = "requirements.seniority"
    stored, wanted = terms.stored.text(path), terms.wanted.text(path)
    words = _LEVELS[draft.language]
    if stored is None or stored == wanted or stored not in words:
        return False
    found = False
    pattern = re.compile(rf"(?<![A-Za-z가-힣-])(?:{'|'.join(words[stored])})(?![A-Za-z-])", re.IGNORECASE)
    titles = {at for title in draft.subject for start, end in draft.wording.find(title) for at in range(start, end)}
    for match in pattern.finditer(draft.text):
        if draft.is_protected(match.start()) or match.start() in titles:
            continue
        found = True
        change = Change(path, stored, wanted)
        if wanted is not None and wanted in words:
            draft.replace(*match.span(), cased_like(words[wanted][0], match[0]), change)
        elif wanted is None and (
            draft.layout.brackets_at(*match.span()) is not None or stands_for_all(draft, match.span())
        ):
            remove(draft, match.span(), (change,))
        elif wanted is None and (gap := _GAP.match(draft.text, match.end())):
            following = draft.text[match.end() + len(gap[0]) : match.end() + 20]
            draft.edit(match.start(), match.end() + len(gap[0]), "", change)
            if (article := article_before(draft.text, match.start(), following)) is not None:
                draft.edit(*article, change)
        else:
            draft.give_up(match.start(), change.fact)
    return found
