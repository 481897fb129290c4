"""Facts of one value that a text words in a few known ways: headcount, probation, employment, work mode, level."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from cache_service.cache.adapt.counts import recount, unit_for
from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.grammar import article_before, cased_like
from cache_service.cache.adapt.outcome import Change, Span, Terms
from cache_service.cache.adapt.removal import remove, stands_alone, stands_for_all, unit_around
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
# The levels that a title takes before it.
_BEFORE_TITLE: Final = {
    "ko": frozenset({"entry", "junior", "senior"}),
    "en": frozenset({"entry", "junior", "mid", "senior", "lead"}),
}
_MODE_NOUN: Final = re.compile(
    r"(?:(?:전면|완전|100%) ?)?(?:재택|원격|하이브리드|출근) ?근무|(?:사무실|본사) 출근|하이브리드|재택|원격"
)
_MODE_WORD: Final = re.compile(
    r"(?P<mode>(?:fully |100% )?remote(?:ly)?|hybrid|on-?site|in-office)(?P<rest>[\s-](?:role|position|job|work"
    r"|schedule|model|arrangement))?",
    re.IGNORECASE,
)
_PARTLY: Final = re.compile(r"주\s?\d|일주일|days?\b|격주|월\s?\d|병행|혼합|최대\s?$", re.IGNORECASE)
_WORKPLACE: Final = re.compile(
    r"사무실|출근|재택|원격|오피스|본사|\b(?:offices?|home|remote|hybrid|on-?site)\b", re.IGNORECASE
)
_OFFERED: Final = re.compile(r"\s?(?:가능|불가|지원)")
_COPULA: Final = re.compile(r"\s?(?:급|레벨)?\s?(?:입니다|이에요|예요|이며|이고)")
_GAP: Final = re.compile(r"\s(?=[가-힣A-Za-z])")
_ENGLISH_NOUN: Final = re.compile(r" (?P<noun>[a-z]+)", re.IGNORECASE)
# What has to agree in number with the count of openings.
_AGREES: Final = re.compile(
    r"\b(?:there (?:are|is)|(?:openings?|positions?|people|vacanc\w+|hires?) (?:are|is|will|each)|each|both|all|these"
    r"|they|them|(?:are|is) (?:available|open))\b",
    re.IGNORECASE,
)
_JOB: Final = re.compile(
    r"[ -](?:role|position|job|work|schedule|model|arrangement|setup|environment|team)\b", re.IGNORECASE
)
# What may stand before and behind an employment type, whichever it is.
_TYPE_BESIDE: Final = {
    "ko": (
        re.compile(r"(?:^|[\s:：(\[|·,/•*-])(?<!주말 )(?<!단기 )(?<!평일 )(?<!월 )(?<!무기 )$"),
        re.compile(
            r"\s?(?:(?:으로|로|입니다|이에요|예요|이며|이고)(?![가-힣])|$|[),\]|·/.(]|\s?(?:채용|모집|포지션|근무|\d+\s?명))"
        ),
    ),
    "en": (
        re.compile(
            r"(?:^|[\s:(|·,/•*-])(?<!month )(?<!month-)(?<!year )(?<!term )(?<!term-)(?<!based )$", re.IGNORECASE
        ),
        re.compile(
            r"$|\s*[,.)|·/;]|\s(?:role|position|job|employment|opportunity|opening|basis|team member)s?\b",
            re.IGNORECASE,
        ),
    ),
}  # fmt: skip
_OTHER_TYPE: Final = re.compile(
    r"정규|계약|전환|무기직|파트\s?타임|아르바이트|알바|인턴|프리랜서|상용|full|part|permanent|contract|intern|freelance|temp|fixed",
    re.IGNORECASE,
)
_WHOLLY: Final = re.compile(r"(?:전면|완전|100%|풀)\s?$")
_PEOPLE: Final = re.compile(r" (?P<noun>people|person|hires?)\b", re.IGNORECASE)


def adapt_headcount(draft: Draft, terms: Terms) -> bool:
    """Plan how many are hired. Returns whether the text says it."""
    return _each(draft, terms, "headcount", _recount)


def adapt_probation(draft: Draft, terms: Terms) -> bool:
    """Plan the months of probation. Returns whether the text says them."""
    return _each(draft, terms, "probation_months", _recount)


def adapt_employment(draft: Draft, terms: Terms) -> bool:
    """Plan the employment type. Returns whether the text says it."""
    return _each(draft, terms, "employment_type", _employment)


def adapt_work_mode(draft: Draft, terms: Terms) -> bool:
    """Plan the work mode. Returns whether the text says it."""
    return _each(draft, terms, "work_mode", _mode)


def _each(draft: Draft, terms: Terms, kind: FactType, substitute: Callable[[Draft, Span, Change], None]) -> bool:
    """Plan each statement of the stored value. What agrees with several ("재택 가능") may stay only where the request
    asks for one of them. Returns whether there is one."""
    path = f"requirements.{kind}"
    stored, wanted = terms.stored.get(path), terms.wanted.get(path)
    found = False
    for finding in draft.of_type(kind):
        fact = finding.fact
        if stored is None or stored not in {fact.value, *finding.also}:
            continue
        found = True
        if stored != wanted and wanted not in {fact.value, *finding.also}:
            substitute(draft, (fact.start, fact.end), Change(path, stored, wanted))
    return found


def _recount(draft: Draft, span: Span, change: Change) -> None:
    old = draft.text[span[0] : span[1]]
    if not isinstance(change.wanted, int) or not isinstance(change.stored, int):
        remove(draft, span, (change,))
        return
    new = recount(old, change.wanted) if 0 not in {change.stored, change.wanted} else None
    english, one = draft.language == "en", 1 in {change.stored, change.wanted}
    bare = english and re.fullmatch(r"\d+|[a-z]+", old, re.IGNORECASE) is not None
    if english and one and _AGREES.search(draft.text[slice(*draft.layout.sentence_at(span[0]))]):
        draft.give_up(span[0], change.fact)
        return
    if new is not None and bare and (people := _PEOPLE.match(draft.text, span[1])) is not None:
        draft.replace(span[0], people.end(), f"{new} {unit_for(people['noun'], change.wanted)}", change)
        return
    following = _ENGLISH_NOUN.match(draft.text, span[1])
    honorific = new is not None and new[:1].isdigit() and re.fullmatch(r"[가-힣]+\s?분", old)
    if new is None or honorific or re.search(r"\d\s?(?:days?|일)", old) or (bare and following is not None and one):
        draft.give_up(span[0], change.fact)
        return
    draft.replace(*span, new, change)


def _employment(draft: Draft, span: Span, change: Change) -> None:
    """Swapped where it stands alone or beside a word that any type may stand beside."""
    if not isinstance(change.wanted, str):
        remove(draft, span, (change,))
        return
    text = draft.text
    before_it, behind_it = _TYPE_BESIDE[draft.language]
    line, sentence = draft.layout.line_at(span[0]), draft.layout.sentence_at(span[0])
    others = text[sentence[0] : span[0]] + text[span[1] : sentence[1]]
    beside = before_it.search(text[line.start : span[0]]) and behind_it.match(text[span[1] : line.end])
    noun = change.wanted == "intern" and draft.language == "en" and text[span[1] : span[1] + 1] == ","
    if stands_alone(draft, span) or (beside and not noun and not _OTHER_TYPE.search(others)):
        word = _EMPLOYMENT[draft.language][change.wanted]
        draft.replace(*span, cased_like(word, text[span[0] : span[1]]), change)
    else:
        draft.give_up(span[0], change.fact)


def _mode(draft: Draft, span: Span, change: Change) -> None:
    if not isinstance(change.wanted, str):
        remove(draft, span, (change,))
        return
    text, word = draft.text, _MODES[draft.language][change.wanted]
    if (wholly := _WHOLLY.search(text, max(0, span[0] - 5), span[0])) is not None:
        span = (wholly.start(), span[1])
    if stands_for_all(draft, span):
        unit = unit_around(draft, span)
        if not re.search(r"[.!?다요]$", text[unit[0] : unit[1]]):
            draft.edit(*unit, cased_like(word, text[unit[0] : unit[1]]), change)
            return
    sentence = draft.layout.sentence_at(span[0])
    if _WORKPLACE.search(f"{text[sentence[0] : span[0]]} {text[span[1] : sentence[1]]}"):
        draft.give_up(span[0], change.fact)  # from our office, fully remote
        return
    old = text[span[0] : span[1]]
    around = text[max(0, span[0] - 16) : span[0]] + text[span[1] : span[1] + 8]
    match = _MODE_WORD.fullmatch(old)
    beside = match is not None and (match["rest"] or _JOB.match(text, span[1]) is not None)
    if match is not None and beside and not _PARTLY.search(around):
        draft.replace(*span, cased_like(word, old) + (match["rest"] or ""), change)
    elif _MODE_NOUN.fullmatch(old) and not _PARTLY.search(around) and not _OFFERED.match(text, span[1]):
        draft.replace(*span, word, change)
    else:
        draft.give_up(span[0], change.fact)


def level_words(level: str | None, language: str) -> tuple[str, ...]:
    """The words for a level; none where there is no level or no word for it."""
    return _LEVELS[language].get(level or "", ())


def adapt_seniority(draft: Draft, terms: Terms) -> bool:
    """Plan the words for the level, where they are read as the level of the job. Returns whether the text has one."""
    path = "requirements.seniority"
    stored, wanted = terms.stored.text(path), terms.wanted.text(path)
    words = _LEVELS[draft.language]
    if stored is None or stored == wanted or stored not in words:
        return False
    change = Change(path, stored, wanted)
    before_title = _level_spans(draft, stored)
    pattern = re.compile(rf"(?<![A-Za-z가-힣-])(?:{'|'.join(words[stored])})(?![A-Za-z-])", re.IGNORECASE)
    titles = {at for title in draft.subject for start, end in draft.wording.find(title) for at in range(start, end)}
    found = False
    for match in pattern.finditer(draft.text):
        span = match.span()
        if draft.is_protected(span[0]) or span[0] in titles:
            continue
        found = True
        leads = span[0] in before_title
        if wanted is None:
            _without_level(draft, span, change, leads=leads)
        elif wanted in words and ((leads and wanted in _BEFORE_TITLE[draft.language]) or _is_said_alone(draft, span)):
            draft.replace(*span, cased_like(words[wanted][0], match[0]), change)
        else:
            draft.give_up(span[0], change.fact)
    return found


def _level_spans(draft: Draft, stored: str) -> set[int]:
    """Where a word is read as the stored level of the job, right before its title."""
    title = draft.subject[0] if draft.subject else ""
    starts = {start for start, _ in draft.wording.find(title)}
    return {
        one.fact.start
        for one in draft.of_type("seniority")
        if one.fact.value == stored and {one.fact.end, one.fact.end + 1} & starts
    }


def _is_said_alone(draft: Draft, span: Span) -> bool:
    """In words such as 직급: 시니어 and 직급은 시니어입니다."""
    copula = _COPULA.match(draft.text, span[1]) is not None and stands_for_all(draft, span)
    return stands_alone(draft, span) or copula


def _without_level(draft: Draft, span: Span, change: Change, *, leads: bool) -> None:
    if draft.layout.brackets_at(*span) is not None or stands_for_all(draft, span):
        remove(draft, span, (change,))
        return
    gap = _GAP.match(draft.text, span[1])
    if gap is None or not leads:
        draft.give_up(span[0], change.fact)
        return
    following = draft.text[span[1] + len(gap[0]) : span[1] + 20]
    draft.edit(span[0], span[1] + len(gap[0]), "", change)
    if (article := article_before(draft.text, span[0], following)) is not None:
        draft.edit(*article, change)
