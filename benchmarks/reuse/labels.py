"""What may not be said any more where one fact was changed, removed or turned round: labels by construction.

It is listed as wordings of the old value, less those that the wanted request itself holds or that the stored text
holds apart from the sentences that state the old value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from benchmarks.reuse.base import Base, Request
from benchmarks.reuse.case import Case, holds
from benchmarks.reuse.renderings import renderings

CONTACTS: Final = ("email", "phone", "url")
# Fields of one value: (fact that phrases know it as, type by the contract's check, home section).
SINGLE: Final[dict[str, tuple[str, str | None, tuple[str, ...]]]] = {
    "years_min": ("years", "years_min", ("requirements",)),
    "years_max": ("years", "years_max", ("requirements",)),
    "salary_min": ("salary", "salary_min", ()),
    "salary_max": ("salary", "salary_max", ()),
    "salary_period": ("salary", "salary_period", ()),
    "headcount": ("headcount", "headcount", ()),
    "employment_type": ("employment_type", "employment_type", ()),
    "work_mode": ("work_mode", "work_mode", ()),
    "location": ("location", "location", ()),
    "deadline": ("deadline", "deadline", ()),
    "education": ("education", "education", ("requirements",)),
    "probation_months": ("probation_months", "probation_months", ()),
    "seniority": ("seniority", "seniority", ("requirements",)),
    "title": ("title", "title", ("responsibilities",)),
    "industry": ("industry", None, ("company",)),
    "size": ("size", None, ("company",)),
    "founded": ("founded", None, ("company",)),
}
# Lists: the same.
LISTS: Final[dict[str, tuple[str, str | None, tuple[str, ...]]]] = {
    "skills": ("skill", "skill", ("requirements",)),
    "benefits": ("benefit", "benefit", ("benefits",)),
    "culture": ("culture", None, ("company",)),
    "hiring_process": ("hiring_process", None, ()),
}
FREE_TEXT: Final = frozenset({"responsibilities", "preferred", "notes", "about"})
_RULE_WRITTEN: Final = frozenset({"conditions", "process", "headline"})
_ENUMERATIONS: Final = frozenset({"seniority", "employment_type", "work_mode", "salary_period"})
_PHRASES: Final = {"company": "company", "currency": "salary", "polarity": "skill"} | {one: one for one in CONTACTS}


def labelled(case: Case) -> Case | None:
    """``case`` with what it forbids; None where nothing stored says the old fact, so that it is no trap."""
    field = case.path.partition(".")[2]
    fact = _PHRASES.get(case.fact) or (field if field in FREE_TEXT else ({**SINGLE, **LISTS})[field][0])
    sentences = {sentence for _, sentence in case.base.phrases.get(fact, ())}
    if field in FREE_TEXT:  # of these only the one item is in question
        sentences = {sentence for sentence in sentences if holds(sentence, str(case.old))}
    rest = "\n".join(
        line for text in case.base.sections.values() for line in text.split("\n")
        if not any(line.endswith(sentence) for sentence in sentences)
    )  # fmt: skip
    said = "\n".join(_texts(case.wanted))
    olds = () if case.old is None else _said(case, field, fact)
    case.forbidden = [
        (kind, words)
        for kind, words in dict.fromkeys(olds)
        if words and (kind is not None or not (holds(rest, words) or holds(said, words)))
    ]
    if case.fact == "company" and case.old not in case.new:
        case.forbidden.append((None, case.old))  # its own texts were renamed with it
    return case if wrong_sections(case) else None


def wrong_sections(case: Case) -> frozenset[str]:
    """The stored written sections that may not be sent for the wanted request."""
    return frozenset(
        kind
        for kind, text in case.base.sections.items()
        if kind not in _RULE_WRITTEN
        and (
            any(where in {None, kind} and holds(text, words) for where, words in case.forbidden)
            or (kind in case.home and case.needed and not any(holds(text, words) for words in case.needed))
        )
    )


def _said(case: Case, field: str, fact: str) -> Iterator[tuple[str | None, str]]:
    base, old = case.base, case.old
    if case.fact == "polarity":
        yield ("requirements" if case.change == "required->preferred" else "preferred"), old
        return
    if field in FREE_TEXT:
        yield None, old
        return
    listed = field in LISTS
    yield from ((None, sentence) for sentence in _sentences(base, fact) if not listed or holds(sentence, old))
    if listed:
        # An item that is part of another ("Java", "건강검진 지원") is only looked for by its own sentence.
        group, _, name = case.path.partition(".")
        if not any(old in other for other in case.wanted[group].get(name) or ()):
            yield None, old
    elif case.fact in CONTACTS:
        yield None, old
    elif field in SINGLE:
        yield from ((None, words) for words in renderings(field, old, base.request, base.wording))


def _sentences(base: Base, fact: str) -> Iterator[str]:
    return (sentence for _, sentence in base.phrases.get(fact, ()))


def _texts(request: Request) -> Iterable[str]:
    for group in ("company", "requirements"):
        for name, value in request[group].items():
            if isinstance(value, list):
                yield from value
            elif isinstance(value, str) and name not in _ENUMERATIONS:
                yield value
