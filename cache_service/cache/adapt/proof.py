"""The last word on an adapted text: it states the wanted facts, all that the section needs of them, and no other.

Three readings of the result, all of which must agree: the extractor (every typed value is the wanted one), the fact
guard (nothing stated that the request does not support), and a plain search for the words of what was stored.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from cache_service.cache.adapt.additions import GROUPS
from cache_service.cache.adapt.bullets import REWORDED, Place, reworded
from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.fluency import faults
from cache_service.cache.adapt.lists import LISTS, places_of
from cache_service.cache.adapt.named import NAME, WORDED
from cache_service.cache.adapt.outcome import Span, Terms, Unadaptable, fact_name
from cache_service.cache.adapt.single import level_words
from cache_service.cache.adapt.stock import Stems, content_words, stems_of
from cache_service.cache.adapt.years import PATHS as YEARS
from cache_service.cache.adapt.years import years_in_words
from cache_service.cache.guard import Evidence, unsupported
from cache_service.cache.guard.names import name_forms
from cache_service.posting.canonical import fold
from cache_service.posting.coverage import left_out
from cache_service.posting.extract import Finding
from cache_service.posting.facts import Facts, FactType, same_value
from cache_service.posting.sections import FREE_TEXT, SECTIONS, FactPath, SectionKind

_TYPED: Final[tuple[FactType, ...]] = (
    "years_min", "years_max", "salary_min", "salary_max", "salary_period", "headcount", "employment_type", "work_mode",
    "deadline", "probation_months",
)  # fmt: skip
# A change of these makes a text about something else: then every word of it is accounted for.
_SUBJECT: Final = (NAME, "requirements.title", "company.industry")
_PLACES: Final = frozenset({"requirements.location", "company.location"})
_PLACE_TAIL: Final = re.compile(r"(?:특별시|광역시|특별자치시|특별자치도|시|도|군|구|동|읍|면|역)$")
_SHORTEST: Final = 2
_WIDEST: Final = 60
_BULLETED: Final = frozenset(
    {"requirements.responsibilities", "requirements.preferred", "requirements.skills", "company.benefits"}
)
# An item right behind another one, up to the next separator; what ends like a predicate is no item.
_NEIGHBOUR: Final = re.compile(r"\s*(?:,|·|/|및\s|and\s|or\s)\s*(?P<item>[^,·/.;:\n]{1,40}?)(?P<after>\s*[,·/]|$)")
_PREDICATES: Final = ("다", "요", "고", "며", "분", "음", "함")


def refuted(
    was: Draft, after: str, terms: Terms, *, partly: bool = False, accounted: bool = False
) -> Unadaptable | None:
    """Why ``after`` (heading and text, adapted from ``was``) may not be sent; None if it may.

    ``partly``: sentences that are still to be rewritten are missing from it, so facts may be unsaid. ``accounted``:
    every word of it is known to be general or the request's, so it is not asked for again.
    """
    now = was if after == was.text else Draft(after, terms.language)
    return (
        _broken(was, now, terms)
        or _guarded(now, terms)
        or _surplus(was, now, terms)
        or _values(now, terms)
        or (None if partly else _unsaid(was, now, terms, accounted=accounted))
        or _left_behind(now, terms)
        or (None if accounted else _content(now, terms))
        or _undeclared(now, terms)
    )


def _broken(was: Draft, now: Draft, terms: Terms) -> Unadaptable | None:
    signs = faults(was.text, now.text, terms.language)
    return Unadaptable(f"its grammar would be broken: {signs[0]}") if signs else None


def _guarded(now: Draft, terms: Terms) -> Unadaptable | None:
    facts = unsupported(now.text, terms.evidence, terms.language, findings=now.findings)
    if not facts:
        return None
    return Unadaptable("it would state what the request does not", tuple(dict.fromkeys(one.fact.type for one in facts)))


def _surplus(was: Draft, now: Draft, terms: Terms) -> Unadaptable | None:
    """What the stored request did not state either is not made true by a number that happens to be the wanted one."""
    said = {finding.fact.value for finding, _ in terms.evidence.findings}
    left = {one.fact.value for one in now.findings if one.fact.type == "number"} - said
    numbers = [one for one in was.findings if one.fact.type == "number" and one.fact.value in left]
    if not numbers:
        return None
    own = Evidence.of(terms.stored, language=terms.language, record=terms.evidence.record)
    if any(one.fact.type == "number" for one in unsupported(was.text, own, terms.language, findings=numbers)):
        return Unadaptable("it states what neither request does", ("number",))
    return None


def _values(now: Draft, terms: Terms) -> Unadaptable | None:
    """No stored value that differs is stated any more, unless the request's own words state it too."""
    for finding in now.findings:
        fact = finding.fact
        if fact.type not in _TYPED:
            continue
        path = f"requirements.{fact.type}"
        stored, wanted = terms.stored.get(path), terms.wanted.get(path)
        if stored != wanted and fact.value == stored and wanted not in finding.also:
            return Unadaptable("the stored value would be left", (fact.type,))
    if any(terms.stored.get(path) != terms.wanted.get(path) for path in YEARS) and (
        years_in_words(now, terms.evidence.folded) is not None
    ):
        return Unadaptable("the stored value may be left in other words", ("years_min",))
    return None


def _unsaid(was: Draft, now: Draft, terms: Terms, *, accounted: bool) -> Unadaptable | None:
    """Every fact that differs and that the section has to state, or that the stored text stated, is stated.

    Where all of the text is ``accounted`` for, what the stored text stated beyond its section may go unsaid.
    """
    stated = {(one.fact.type, value) for one in now.findings for value in (one.fact.value, *one.also)}
    needed = {path for group in GROUPS.get(terms.kind, ()) for path in group}
    read = set() if accounted else {one.fact.type for one in was.findings}
    for kind in _TYPED:
        path = f"requirements.{kind}"
        wanted = terms.wanted.get(path)
        if wanted is None or terms.stored.get(path) == wanted or isinstance(wanted, tuple):
            continue
        values = {wanted, f"--{wanted[5:]}"} if isinstance(wanted, str) else {wanted}
        if (path in needed or kind in read) and not any((kind, value) in stated for value in values):
            if kind == "years_max" and terms.wanted.get("requirements.years_min") == wanted:
                continue
            return Unadaptable("a wanted fact would not be stated", (kind,))
    if accounted:
        return _unsaid_items(now, terms)
    return _unsaid_words(was, now, terms, needed) or _unsaid_items(now, terms)


def _unsaid_words(was: Draft, now: Draft, terms: Terms, needed: set[FactPath]) -> Unadaptable | None:
    for path in (*WORDED, NAME):
        stored, wanted = terms.stored.text(path), terms.wanted.text(path)
        if wanted is None or (stored is not None and fold(stored) == fold(wanted)):
            continue
        had = stored is not None and any(
            sum(1 for _ in was.wording.find(form)) > sum(1 for _ in now.wording.find(form))
            for form in _forms(path, stored)
        )
        says = any(now.wording.count(form) for form in _forms(path, wanted))
        if (had or path in needed) and not says:
            return Unadaptable("a wanted fact would not be stated", (fact_name(path),))
    return None


def _unsaid_items(draft: Draft, terms: Terms) -> Unadaptable | None:
    for path, kind in LISTS.items():
        stored, wanted = terms.stored.items_of(path), terms.wanted.items_of(path)
        if same_value(stored, wanted) or path not in _inputs(terms):
            continue
        places = places_of(draft, wanted, kind)
        if path in REWORDED:
            places = [*places, *reworded(draft, wanted, places)]
        there = {fold(place.item) for place in places}
        had = {fold(item) for item in stored}
        if any(fold(item) not in there and not _said_anyway(item, draft, path, had) for item in wanted):
            return Unadaptable("a wanted fact would not be stated", (fact_name(path),))
    return None


def _said_anyway(item: str, draft: Draft, path: FactPath, had: set[str]) -> bool:
    """Whether an item that was there before and stays is said in words that a writer chose."""
    if fold(item) not in had or path not in FREE_TEXT:
        return False
    return not left_out(draft.text, _OWNERS[path], Facts({path: (item,)}), draft.language)


_OWNERS: Final[dict[FactPath, SectionKind]] = {
    "requirements.responsibilities": "responsibilities",
    "requirements.preferred": "preferred",
    "company.culture": "company",
}


def _inputs(terms: Terms) -> frozenset[FactPath]:
    return frozenset(SECTIONS[terms.kind].depends_on)


def _left_behind(now: Draft, terms: Terms) -> Unadaptable | None:
    """No words of a value that is no longer stated, in any of the forms it is known in."""
    text = now.wording
    own = terms.evidence.folded
    for path in (NAME, *WORDED, *LISTS):
        for old in _gone(path, terms):
            for form in _forms(path, old):
                folded = fold(form)
                if len(folded) < _SHORTEST or folded in own:
                    continue
                if text.count(form) if len(folded) > _SHORTEST else any(True for _ in text.find(form)):
                    return Unadaptable("the stored value would be left", (fact_name(path),))
    return None


def _gone(path: FactPath, terms: Terms) -> list[str]:
    stored, wanted = terms.stored.get(path), terms.wanted.get(path)
    items = stored if isinstance(stored, tuple) else (str(stored),) if stored is not None else ()
    kept = wanted if isinstance(wanted, tuple) else (str(wanted),) if wanted is not None else ()
    folded = {fold(item) for item in kept}
    return [item for item in items if fold(item) not in folded]


def _forms(path: FactPath, value: str) -> tuple[str, ...]:
    if path == NAME:
        return (value, *name_forms(value))
    if path in _PLACES:
        words = [word for word in re.split(r"[\s,()]+", value) if word]
        return (value, *words, *(bare for word in words if len(bare := _PLACE_TAIL.sub("", word)) >= _SHORTEST))
    return (value,)


def _content(now: Draft, terms: Terms) -> Unadaptable | None:
    """Where the company, the title or the industry is another: no word that the request does not explain."""
    differing = [path for path in _SUBJECT if _differs(path, terms)]
    if not differing:
        return None
    after, rest, at = now.text, [], 0
    for start, end in _spans(now.findings):
        if start >= at:
            rest.append(after[at:start])
            at = end
    rest.append(after[at:])
    words = content_words(" ".join(rest), _texts(terms))
    if words:
        return Unadaptable(f"it says more than the request: {words[0]}", tuple(fact_name(path) for path in differing))
    return None


def _undeclared(draft: Draft, terms: Terms) -> Unadaptable | None:
    """Items that the request does not have: between items of a list, or bullets beyond their number."""
    texts = stems_of(_texts(terms))
    for path, kind in LISTS.items():
        items = terms.wanted.items_of(path)
        if not items or path not in SECTIONS[terms.kind].depends_on:
            continue
        places = places_of(draft, items, kind)
        if any(content_words(segment, texts) for segment in _between(draft.text, places)):
            return Unadaptable("it lists more than the request", (fact_name(path),))
        spare = len(items) - len({place.item for place in places})
        if path in _BULLETED and _unexplained(draft, places, texts) > spare:
            return Unadaptable("it lists more than the request", (fact_name(path),))
    return None


def _between(text: str, places: Sequence[Place]) -> list[str]:
    """What stands between the separators of two items of one list, and right behind its last."""
    found = []
    for one, two in pairwise([*places, Place("", len(text), len(text))]):
        line = text[one.end : min(two.start, one.end + _WIDEST)].partition("\n")[0]
        match = _NEIGHBOUR.match(line)
        if match is not None and (match["after"] or not match["item"].strip().endswith(_PREDICATES)):
            found.append(match["item"])
    return found


def _unexplained(draft: Draft, places: Sequence[Place], texts: Stems) -> int:
    """How many bullets state neither an item nor a typed fact, in words that the request does not use."""
    starts = [place.start for place in places]
    return sum(
        line.bulleted
        and bisect_left(starts, line.end) == bisect_left(starts, line.body)
        and not draft.findings_in(line.body, line.end)
        and bool(content_words(draft.text[line.body : line.end], texts))
        for line in draft.layout.lines
    )


def _differs(path: FactPath, terms: Terms) -> bool:
    one, other = terms.stored.text(path), terms.wanted.text(path)
    return one is not None and one != other and fold(one) != fold(other or "")


def _texts(terms: Terms) -> list[str]:
    texts: list[str] = []
    for value in terms.wanted.values():
        texts += value if isinstance(value, tuple) else (str(value),)
    return [*texts, *level_words(terms.wanted.text("requirements.seniority"), terms.language)]


def _spans(found: Iterable[Finding]) -> list[Span]:
    return sorted((one.fact.start, one.fact.end) for one in found if one.fact.type != "number")
