"""Comparing the facts a stored text was written for with the facts of a request, as values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cache_service.posting import equality, wording
from cache_service.posting.canonical import clean, fold
from cache_service.posting.equality import named_alike, same_fact, same_title, same_typed_facts, stated_levels
from cache_service.posting.facts import Facts, FactValue
from cache_service.posting.sections import FREE_TEXT, FactPath
from cache_service.posting.wording import WordingMatch, compare_wording
from cache_service.posting.wording.names import plain_culture, plain_industry

_INDUSTRY: Final = "company.industry"
_CULTURE: Final = "company.culture"
_TITLE: Final = "requirements.title"
# What every item of a field goes without saying: that it is welcome, that it is given.
_UNSAID: Final[dict[FactPath, re.Pattern[str]]] = {
    "requirements.preferred": re.compile(
        r"(?:을|를)?\s?(?:우대(?:합니다|해요|함)?|선호)[.]?$"
        r"|,?\s(?:is |are )?(?:preferred|desirable|a plus|an advantage|nice to have)[.]?$",
        re.IGNORECASE,
    ),
    "company.benefits": re.compile(
        r"(?:을|를)?\s(?:지원|제공|지급)(?:합니다|해요|해 ?드립니다|해 ?드려요|함)?[.]?$"
        r"|\s(?:is |are )?(?:provided|offered|included)[.]?$|^we (?:offer|provide|give you) (?:an? )?",
        re.IGNORECASE,
    ),
}
# Fields that people word as they like; each other one is compared as a value.
WORDED: Final[frozenset[FactPath]] = FREE_TEXT | {_INDUSTRY, "company.benefits", "company.hiring_process"}
# Marks that open a line: "• 4대 보험", "- 3개월 수습".
_BULLET: Final = re.compile(r"^[^\w+#.\-(]+|^-(?!\d)", re.UNICODE)
# Marks between words; kept where they carry meaning: beside a digit ("3~5", "3.5") and in "C++", "C#".
_MARKS: Final = re.compile(r"(?<!\d)[^\w+#](?!\d)|_", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that differs: what the stored text was written for, and what the request states (None: nothing)."""

    fact: str
    stored: FactValue | None
    wanted: FactValue | None


@dataclass(frozen=True, slots=True)
class Reworded:
    """Free text that says the same in other words (``match``: which words both have)."""

    path: FactPath
    match: WordingMatch


@dataclass(frozen=True, slots=True)
class Comparison:
    """``differing`` facts, and the fields that say the same ``reworded``."""

    differing: tuple[Difference, ...]
    reworded: tuple[Reworded, ...]


def compare(
    paths: tuple[FactPath, ...],
    wanted: Facts,
    stored: Facts,
    *,
    text: str,
    language: str,
    unknown_if_unstated: bool,
    may_add: frozenset[FactPath] = frozenset(),
    context: frozenset[FactPath] = frozenset(),
    in_full: bool = True,
) -> Comparison:
    """Compare ``stored`` with ``wanted`` at ``paths``.

    ``unknown_if_unstated``: what ``stored`` does not state is unknown, so a fact that is wanted counts as there if
    ``text`` says it. ``may_add``: paths where the stored text may say more than the request, which leaves them open.
    ``context``: paths that a text need not state; where they are unknown it is enough that it states nothing else.
    ``in_full``: all that differs; otherwise the first that is found, with values looked at before wordings.
    """
    differing: list[Difference] = []
    reworded: list[Reworded] = []
    for path in paths if in_full else sorted(paths, key=WORDED.__contains__):
        want, have = wanted.get(path), stored.get(path)
        if same_fact(path, want, have) or (path == _TITLE and _same_job(wanted, stored)):
            continue
        if want is None and (path in may_add or (unknown_if_unstated and path in context)):
            continue
        if have is None and want is not None and unknown_if_unstated and (path in context or _says(text, want)):
            continue
        if unknown_if_unstated and want is not None and have is not None and _covers(path, want, have, text):
            continue
        if (match := _told_otherwise(path, want, have, language)) is not None:
            reworded.append(Reworded(path, match))
            continue
        differing.append(Difference(path.partition(".")[2], have, want))
        if not in_full:
            break
    return Comparison(tuple(differing), tuple(reworded))


def read_ahead(paths: tuple[FactPath, ...], wanted: Facts, language: str) -> None:
    """Read the wordings of ``wanted`` that ``compare`` will ask for, to have them remembered."""
    for path in paths:
        if path in WORDED and path in wanted:
            items = _items(wanted[path], path, language)
            wording.read_ahead(items, language)
            equality.read_ahead(items, language)


def _same_job(wanted: Facts, stored: Facts) -> bool:
    """Whether two titles differ at most by a level that both requests state in fields of its own."""
    want, have = wanted.get(_TITLE), stored.get(_TITLE)
    known = stated_levels(wanted) & stated_levels(stored)
    return isinstance(want, str) and isinstance(have, str) and bool(known) and same_title(want, have, known)


def _told_otherwise(
    path: FactPath, want: FactValue | None, have: FactValue | None, language: str
) -> WordingMatch | None:
    """How two texts agree that say the same in other words; None if they do not."""
    if path not in WORDED or want is None or have is None:
        return None
    mine, theirs = (_items(value, path, language) for value in (want, have))
    match = compare_wording(mine, theirs, language)
    return match if match.same and same_typed_facts(mine, theirs, language) else None


def _items(value: FactValue, path: FactPath, language: str) -> tuple[str, ...]:
    """The items or lines of a text without what goes without saying, each skill under its canonical name."""
    return tuple(map(named_alike, _said(value, path, language)))


def _said(value: FactValue, path: FactPath, language: str) -> tuple[str, ...]:
    if path == _INDUSTRY:
        return (plain_industry(str(value), language),)
    if path == _CULTURE and isinstance(value, tuple):
        return tuple(map(plain_culture, value))
    if (unsaid := _UNSAID.get(path)) is not None and isinstance(value, tuple):
        return tuple(unsaid.sub("", item) or item for item in value)
    return value if isinstance(value, tuple) else tuple(str(value).split("\n"))


def _says(text: str, value: FactValue) -> bool:
    folded = fold(text)
    match value:
        case tuple():
            return all(fold(item) in folded for item in value)
        case str():
            return fold(value) in folded
        case _:
            return re.search(rf"(?<!\d){value}(?!\d)", clean(text)) is not None


def _covers(path: FactPath, want: FactValue, have: FactValue, text: str) -> bool:
    """Whether ``text``, whose facts at ``path`` were read off it as ``have``, says what is wanted and nothing else.

    Of a company's own story it may leave lines out (what was about a job went elsewhere); of a list it may not.
    """
    if path == "company.about":
        return _words(tuple(str(have).split("\n"))) <= _words(tuple(str(want).split("\n")))
    if path == "company.benefits":
        said = _MARKS.sub("", fold(text))
        return _words(have) <= _words(want) and all(word in said for word in _words(want))
    return False


def _words(value: FactValue) -> frozenset[str]:
    items = value if isinstance(value, tuple) else (str(value),)
    return frozenset(bare for item in items if (bare := _MARKS.sub("", _BULLET.sub("", fold(item)))))
