"""Pay, substituted in the form the text gives it: amounts, currency, the period they are paid for."""

from __future__ import annotations

import re
from typing import Final

from cache_service.cache.adapt.amounts import Style
from cache_service.cache.adapt.bounds import Phrase, may_reshape, phrases, shape_of, wanted_bounds
from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.outcome import Change, Terms
from cache_service.cache.adapt.removal import remove
from cache_service.posting.extract import Finding
from cache_service.posting.facts import Facts

BOUNDS: Final = ("requirements.salary_min", "requirements.salary_max")
PERIOD: Final = "requirements.salary_period"
CURRENCY: Final = "requirements.currency"
_KOREAN: Final = {"year": "연봉", "month": "월급", "day": "일급", "hour": "시급"}
_SHORT: Final = {"year": "연", "month": "월"}
_SLASH: Final = {"year": "년", "month": "월", "day": "일", "hour": "시간"}
_ADVERBS: Final = {"year": "annual", "month": "monthly", "day": "daily", "hour": "hourly"}
_LEAD: Final = re.compile(r"(?:US)?[$₩€£¥]\s?|[A-Z]{3}\s?")
_UNIT: Final = re.compile(r"year|yr|annum|month|mo|day|hour|hr", re.IGNORECASE)


def adapt_pay(draft: Draft, terms: Terms) -> bool:
    """Plan the pay. Returns whether the text says anything of it."""
    stored, wanted = bounds_of(terms.stored), bounds_of(terms.wanted)
    differing = tuple(
        Change(path, terms.stored.get(path), terms.wanted.get(path))
        for path in BOUNDS
        if terms.stored.get(path) != terms.wanted.get(path)
    )
    currencies = (terms.stored.text(CURRENCY), terms.wanted.text(CURRENCY))
    found = False
    for phrase in phrases(draft, "salary"):
        new = wanted_bounds(phrase, stored, wanted)
        if new is None:
            continue
        found = True
        other_currency = currencies[0] != currencies[1] and None not in currencies
        if differing or other_currency:
            _substitute(draft, phrase, new, differing or (Change(CURRENCY, *currencies),), currencies)
    periods = draft.of_type("salary_period")
    if terms.stored.get(PERIOD) != terms.wanted.get(PERIOD):
        for finding in () if wanted == (None, None) and found else periods:
            _period(draft, finding, Change(PERIOD, terms.stored.get(PERIOD), terms.wanted.get(PERIOD)))
    return found or (bool(periods) and wanted == (None, None))


def bounds_of(facts: Facts) -> tuple[int | None, int | None]:
    """What is offered, least and most."""
    return facts.number(BOUNDS[0]), facts.number(BOUNDS[1])


def _substitute(
    draft: Draft,
    phrase: Phrase,
    new: tuple[int | None, int | None],
    differing: tuple[Change, ...],
    currencies: tuple[str | None, str | None],
) -> None:
    if new == (None, None):
        remove(draft, (phrase.whole_start, phrase.whole_end), differing)
        return
    worded = _same_form(draft, phrase, new, currencies)
    start, end = phrase.start, phrase.end
    if worded is None and may_reshape(draft, phrase):
        worded = _other_form(draft, phrase, new, currencies)
        start, end = phrase.whole_start, phrase.whole_end
        if worded is not None and start == draft.layout.line_at(start).body:
            worded = worded[:1].upper() + worded[1:]
    if worded is None:
        draft.give_up(phrase.start, differing[0].fact)
        return
    for change in differing:
        draft.replace(start, end, worded, change)


def _same_form(
    draft: Draft, phrase: Phrase, new: tuple[int | None, int | None], currencies: tuple[str | None, str | None]
) -> str | None:
    if shape_of(*new) != phrase.shape:
        return None
    pieces, at = "", phrase.start
    numbers = phrase.numbers
    values = [value for value in new if value is not None][: len(numbers)]
    if len(values) != len(numbers):
        return None
    written = [_write(draft, phrase, span, value, currencies) for span, value in zip(numbers, values, strict=True)]
    if _short_of_unit(draft.text[numbers[0][0] : numbers[0][1]], written):
        return None  # 5,000~8,000만원 -> 8,500만 ~ 1억 2,000만원: each has to bring its unit
    for (start, end), one in zip(numbers, written, strict=True):
        if one is None:
            return None
        pieces += draft.text[at:start] + one
        at = end
    return pieces


def _short_of_unit(first: str, written: list[str | None]) -> bool:
    """Whether the first amount leaves its unit to the second, and the second no longer has that unit alone."""
    last = written[-1] or ""
    return len(written) == 2 and re.search(r"[만억천kK]", first) is None and "억" in last


def _other_form(
    draft: Draft, phrase: Phrase, new: tuple[int | None, int | None], currencies: tuple[str | None, str | None]
) -> str | None:
    """Worded anew, each amount in full in the style of the last one, which has the unit."""
    last = phrase.numbers[-1]
    first = phrase.numbers[0]
    amounts = [_write(draft, phrase, last, value, currencies) for value in new if value is not None]
    if any(one is None for one in amounts):
        return None
    lead = _LEAD.match(draft.text, *first)
    sign = lead[0] if lead is not None and not _LEAD.match(amounts[0] or "") else ""
    said = [f"{sign}{one}" for one in amounts]
    korean = draft.language == "ko"
    match shape_of(*new):
        case "least":
            return f"{said[0]} 이상" if korean else f"at least {said[0]}"
        case "most":
            return f"최대 {said[0]}" if korean else f"up to {said[0]}"
        case "exact":
            return said[0]
        case _:
            return f"{_without_won(said[0])}~{said[1]}" if korean else f"{said[0]}-{said[1]}"


def _without_won(amount: str) -> str:
    """Of two amounts the first may leave 원 to the second; without a unit of ten it keeps it."""
    bare = amount.removesuffix("원").rstrip()
    return bare if bare[-1:] in "만억" else amount


def _write(
    draft: Draft, phrase: Phrase, span: tuple[int, int], value: int, currencies: tuple[str | None, str | None]
) -> str | None:
    finding = phrase.low if phrase.low is not None and phrase.low.fact.start == span[0] else phrase.high
    if finding is None or not isinstance(finding.fact.value, int):
        return None
    style = Style.of(draft.text[span[0] : span[1]], finding.fact.value)
    if style is not None and currencies[0] != currencies[1] and None not in currencies:
        style = style.in_currency(*currencies)
    return None if style is None else style.write(value)


def _period(draft: Draft, finding: Finding, change: Change) -> None:
    start, end = finding.fact.start, finding.fact.end
    worded, wanted = draft.text[start:end], change.wanted
    if not isinstance(wanted, str):
        draft.give_up(start, change.fact)
        return
    new = _worded_period(worded, wanted)
    if new is None:
        draft.give_up(start, change.fact)
    else:
        draft.replace(start, end, new, change)


def _worded_period(worded: str, wanted: str) -> str | None:
    bare = worded.strip().lower()
    if bare in {"연봉", "초봉", "월급", "일급", "일당", "시급", "시간당"}:
        return _KOREAN[wanted]
    if bare in {"연", "월"}:
        return _SHORT.get(wanted, _KOREAN[wanted])
    if bare.startswith("/") and bare[-1:] >= "가":
        return f"/{_SLASH[wanted]}"
    if _UNIT.search(worded) and not bare.endswith("ly"):
        article = re.match(r"an?\s", worded)
        plain = _UNIT.sub(wanted, worded[article.end() :] if article else worded)
        return f"per {plain}" if article else plain
    if bare in {"annual", "monthly", "daily", "hourly"}:
        new = _ADVERBS[wanted]
        return new.capitalize() if worded[:1].isupper() else new
    return None
