"""``adapt`` and ``splice``: from a stored section and two sets of facts to ``Adapted | Unadaptable``. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cache_service.cache.adapt.additions import GROUPS, add
from cache_service.cache.adapt.days import adapt_deadline
from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.lists import LISTS, adapt_list
from cache_service.cache.adapt.named import NAME, WORDED, adapt_company, adapt_worded, is_worded
from cache_service.cache.adapt.outcome import Adaptation, Adapted, Change, Rewrite, Span, Terms, Unadaptable, fact_name
from cache_service.cache.adapt.pay import adapt_pay
from cache_service.cache.adapt.proof import refuted
from cache_service.cache.adapt.shipped import is_shipped
from cache_service.cache.adapt.single import (
    adapt_employment,
    adapt_headcount,
    adapt_probation,
    adapt_seniority,
    adapt_work_mode,
)
from cache_service.cache.adapt.years import adapt_years
from cache_service.cache.guard import Evidence
from cache_service.posting.facts import Facts, same_value
from cache_service.posting.sections import SECTIONS, FactPath, SectionKind

MOST_EDITS: Final = 400
_BY_LANGUAGE: Final = frozenset({"ko", "en"})
# No rule can tell what a text owes to these: where a section depends on them they have to be equal.
_OPAQUE: Final[frozenset[FactPath]] = frozenset({"company.about", "requirements.notes", "company.founded"})
# What a text about a company says of it in words that are not its name.
_STORY: Final[tuple[FactPath, ...]] = (
    "company.about", "company.industry", "company.size", "company.founded", "company.culture", "company.location",
)  # fmt: skip


def adapt(
    heading: str,
    text: str,
    *,
    kind: SectionKind,
    language: str,
    stored: Facts,
    wanted: Facts,
    derived: bool = False,
    evidence: Evidence | None = None,
    must_change: frozenset[FactPath] = frozenset(),
) -> Adaptation:
    """Make a stored section of ``kind``, written for the facts ``stored``, state the facts ``wanted`` instead.

    ``stored`` and ``wanted`` are those of the whole requests. ``derived``: ``stored`` was read off the text, so what it
    does not state is unknown, and a fact may only come in place of another. ``evidence``: of the wanted request, if the
    caller has it; where the company is another, its own evidence is made, to which the stored name is foreign.
    ``must_change``: facts that differ and may have shaped the text even where it does not state them; unless all are
    among the changes, it is not adapted. The caller sees to the tone and to what the company's record may add. Never
    raises for any text and facts.
    """
    if language not in _BY_LANGUAGE:
        return Unadaptable("language")
    terms = Terms(kind, language, stored, wanted, _evidence(evidence, stored, wanted, language))
    if (refusal := _refused(terms)) is not None:
        return refusal
    subject = tuple(facts.text("requirements.title") or "" for facts in (stored, wanted))
    drafts = (Draft(heading, language, subject), Draft(text, language, subject))
    if (refusal := _unreachable(drafts, terms, must_change)) is not None:
        return refusal
    for draft in drafts:
        if (refusal := _plan(draft, terms, derived=derived, whole=draft is drafts[1])) is not None:
            return refusal
    return _outcome(drafts, terms, must_change)


def splice(adapted: Adapted, sentences: Mapping[Span, str]) -> Adaptation:
    """``adapted`` with new sentences in place of those to be rewritten (keys: ``Rewrite.span``), and proved again.

    A sentence that is left out stays to be rewritten; an empty one is taken out.
    """
    pieces: list[str] = []
    left: list[Rewrite] = []
    at = length = 0
    for one in adapted.rewrite:
        pieces.append(adapted.text[at : one.start])
        length += one.start - at
        new = sentences.get(one.span)
        worded = adapted.text[one.start : one.end] if new is None else " ".join(new.split())
        if new is None:
            left.append(Rewrite(length, length + len(worded), one.why))
        pieces.append(worded)
        length += len(worded)
        at = one.end
    text = "".join([*pieces, adapted.text[at:]])
    before = Draft(_joined(adapted.heading, adapted.text), adapted.terms.language)
    return _proved(adapted.heading, text, before, adapted.changes, tuple(left), adapted.terms)


def _joined(heading: str, text: str) -> str:
    return f"{heading}\n{text}" if heading else text


def _evidence(given: Evidence | None, stored: Facts, wanted: Facts, language: str) -> Evidence:
    name = stored.text(NAME)
    foreign = (name,) if name is not None and name != wanted.text(NAME) else ()
    if given is not None and not foreign:
        return given
    record, names = (given.record, given.foreign_names) if given is not None else ((), ())
    return Evidence.of(wanted, language=language, record=record, foreign_names=names, certain_names=foreign)


def _refused(terms: Terms) -> Unadaptable | None:
    """What no text of this kind can be adapted over."""
    inputs = SECTIONS[terms.kind].depends_on
    opaque = [path for path in _OPAQUE if path in inputs and not _same(terms, path)]
    if opaque:
        return Unadaptable(
            "the section depends on words that differ", tuple(fact_name(path) for path in sorted(opaque))
        )
    if terms.kind == "company" and not _same(terms, NAME):
        story = [path for path in _STORY if not _same(terms, path)]
        if story:
            return Unadaptable("another company's story", tuple(fact_name(path) for path in story))
    return None


def _unreachable(drafts: tuple[Draft, Draft], terms: Terms, must_change: frozenset[FactPath]) -> Unadaptable | None:
    """What has to change and is in neither text: known before anything is planned."""
    added = {path for group in GROUPS.get(terms.kind, ()) for path in group}
    for path in WORDED:
        if path in must_change and path not in added and not any(is_worded(draft, terms, path) for draft in drafts):
            return _shaped(path)
    return None


def _shaped(*paths: FactPath) -> Unadaptable:
    return Unadaptable("it may be shaped by what it does not state", tuple(map(fact_name, paths)))


def _same(terms: Terms, path: FactPath) -> bool:
    return same_value(terms.stored.get(path), terms.wanted.get(path))


def _plan(draft: Draft, terms: Terms, *, derived: bool, whole: bool) -> Unadaptable | None:
    """Plan all edits of one text. ``whole``: it is the section's text, which lists and new lines belong to."""
    if whole:
        for path in LISTS:
            if (reason := _listed(draft, terms, path)) is not None:
                return Unadaptable(reason, (fact_name(path),))
    for path in (NAME, "requirements.title"):
        if _same(terms, path):
            draft.protect(list(draft.wording.find(terms.stored.text(path) or "")))
    adapt_company(draft, terms)
    said: dict[FactPath, bool] = {path: adapt_worded(draft, terms, path) for path in WORDED}
    adapt_seniority(draft, terms)
    said["requirements.years_min"] = adapt_years(draft, terms)
    said["requirements.salary_min"] = adapt_pay(draft, terms)
    said["requirements.headcount"] = adapt_headcount(draft, terms)
    said["requirements.probation_months"] = adapt_probation(draft, terms)
    said["requirements.employment_type"] = adapt_employment(draft, terms)
    said["requirements.work_mode"] = adapt_work_mode(draft, terms)
    said["requirements.deadline"] = adapt_deadline(draft, terms)
    if not whole:
        return None
    return _additions(draft, terms, said, derived=derived)


def _listed(draft: Draft, terms: Terms, path: FactPath) -> str | None:
    """Lists that the section does not depend on are only kept apart, unless the text says an item that goes."""
    if path not in SECTIONS[terms.kind].depends_on and not _same(terms, path):
        return None
    if path not in terms.stored:
        return None  # to be added, with the facts of one value
    return adapt_list(draft, terms, path)


def _additions(draft: Draft, terms: Terms, said: Mapping[FactPath, bool], *, derived: bool) -> Unadaptable | None:
    for group in GROUPS.get(terms.kind, ()):
        if said.get(group[0], False) or not any(
            path in facts for path in group for facts in (terms.wanted, terms.stored)
        ):
            continue
        if all(_same(terms, path) for path in group) or (
            group[0] == "requirements.skills" and group[0] in terms.stored
        ):
            continue
        if any(path in terms.stored for path in group):
            # The text states it nowhere that was read: it may do so in words that nobody read.
            return Unadaptable("the text may say it in other words", (fact_name(group[0]),))
        if derived and not any(path in terms.stored for path in group):
            return Unadaptable("the stored posting may say it in other words", (fact_name(group[0]),))
        if (reason := add(draft, terms, group)) is not None:
            return Unadaptable(reason, (fact_name(group[0]),))
    return None


def _outcome(drafts: tuple[Draft, Draft], terms: Terms, must_change: frozenset[FactPath]) -> Adaptation:
    if sum(len(draft.edits) for draft in drafts) > MOST_EDITS:
        return Unadaptable("too many places to change")
    changes = tuple(dict.fromkeys(change for draft in drafts for change in draft.changes))
    if shaping := must_change - {change.path for change in changes}:  # before the proof, which takes far longer
        return _shaped(*sorted(shaping))
    for change in changes:
        if not is_shipped(change.fact, change.stored, change.wanted):
            return Unadaptable("not shipped", (change.fact,))
    (heading, broken), (text, rewrite) = (draft.apply() for draft in drafts)
    if broken:
        return Unadaptable("the heading cannot be mended", broken[0].why)
    if not text.strip() and drafts[1].text.strip():
        return Unadaptable("nothing would be left", tuple(dict.fromkeys(change.fact for change in changes)))
    before = drafts[1] if not drafts[0].text else Draft(_joined(drafts[0].text, drafts[1].text), terms.language)
    return _proved(heading, text, before, changes, rewrite, terms)


def _proved(
    heading: str, text: str, before: Draft, changes: tuple[Change, ...], rewrite: tuple[Rewrite, ...], terms: Terms
) -> Adaptation:
    kept = text
    for one in reversed(rewrite):
        kept = f"{kept[: one.start]}{kept[one.end :]}"
    refusal = refuted(before, _joined(heading, kept), terms, partly=bool(rewrite))
    if refusal is not None:
        return refusal
    return Adapted(heading, text, changes, rewrite, terms)
