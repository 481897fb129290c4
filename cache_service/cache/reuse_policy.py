"""What facts say of reusing a stored section for a need: similarity proposes, facts decide. Pure.

``decide`` finds a section fit only when the typed facts of its inputs are equal, its free text says the same, the tone
and language fit, and the fact guard finds nothing in the text that the request does not support. Where words differ,
the reuse policy has to vouch for it (``Fit.reworded``). ``mend`` makes a section fit whose facts differ, ``recast_for``
one of the same job of which no line is as it has to be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from cache_service.cache.adapt import Adaptation, Adapted, Unadaptable, adapt, recast
from cache_service.cache.guard import Evidence, of_another_job, unsupported
from cache_service.posting.canonical import fold
from cache_service.posting.company_names import company_key
from cache_service.posting.compare import Comparison, Difference, Reworded, compare
from cache_service.posting.equality import same_fact
from cache_service.posting.facts import Facts, FactValue
from cache_service.posting.language import speaks
from cache_service.posting.needs import CONTEXT_PATHS, RECORD_PATHS, SectionNeed
from cache_service.posting.sections import FactPath
from cache_service.store.records import Candidate

# Facts whose values are identifiers, not words of a text: the guard knows how each is worded.
ENUMERATED: Final = frozenset(
    f"requirements.{name}" for name in ("seniority", "employment_type", "work_mode", "salary_period", "currency")
) | {"company.name", "requirements.deadline"}
SHORTEST_CARRIED: Final = 2


@dataclass(frozen=True, slots=True)
class Fit:
    """The text may be sent as it is, if the policy vouches for what is told in other words."""

    reworded: tuple[Reworded, ...] = ()


@dataclass(frozen=True, slots=True)
class Mended:
    """The text may be sent as it was adapted."""

    adapted: Adapted


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Adapted but for the sentences of ``adapted.rewrite``; ``judge`` says what becomes of it with new ones."""

    adapted: Adapted
    judge: Callable[[Adaptation], Mended | Reject]


@dataclass(frozen=True, slots=True)
class Reject:
    """The text may not be sent: ``reason`` in a word, and the facts that differ."""

    reason: str
    differing: tuple[Difference, ...] = ()


Decision = Fit | Reject
FACTS_DIFFER: Final = "facts_differ"


def decide(
    need: SectionNeed,
    candidate: Candidate,
    *,
    facts: Facts,
    evidence: Evidence,
    language: str,
    by_key: bool = False,
    in_full: bool = True,
) -> Decision:
    """May ``candidate`` be sent for ``need``? ``facts`` and ``evidence`` are those of the whole request.

    ``by_key``: it was found under the content-addressed key, which settles facts and wording.
    ``in_full``: a refusal lists all facts that differ; otherwise one of them, which is found sooner.
    """
    own_record = _is_own_record(facts, candidate)
    if candidate.derived and not own_record:
        return Reject("other_company", (_company_difference(facts, candidate),))
    if candidate.tone is not None and need.tone is not None and candidate.tone != need.tone:
        return Reject("tone")
    if not need.required and not own_record:
        return Reject("not_requested")
    if not speaks(candidate.text, language):
        return Reject("language")
    comparison = Comparison((), ())
    if not by_key:
        comparison = compare(
            need.spec.depends_on,
            need.facts,
            candidate.facts,
            text=candidate.text,
            language=language,
            unknown_if_unstated=candidate.derived,
            may_add=frozenset(RECORD_PATHS.get(need.kind, ())) if own_record else frozenset(),
            context=CONTEXT_PATHS,
            in_full=in_full,
        )
    if comparison.differing:
        return Reject(FACTS_DIFFER, comparison.differing)
    both, told = _in_both_wordings(need, candidate, facts)
    if both != facts or told:
        evidence = Evidence.of(both, language=language, record=told, foreign_names=evidence.foreign_names)
    if found := _unsupported(need, candidate, both, evidence, language, own_record=own_record, told=told):
        return Reject("unsupported_facts", found)
    return Fit(comparison.reworded)


def mend(
    need: SectionNeed, candidate: Candidate, *, facts: Facts, evidence: Evidence, language: str
) -> Mended | Unfinished | Reject:
    """Adapt a ``candidate`` whose facts differ; what comes out passed the same guard."""
    outcome = adapt(
        candidate.heading,
        candidate.text,
        kind=need.kind,
        language=language,
        stored=candidate.facts,
        wanted=facts,
        derived=candidate.derived,
        evidence=evidence,
        # A fact that differs and is not stated may still have shaped the text: duties of another level, say.
        must_change=frozenset(_differing(need, candidate)) - CONTEXT_PATHS,
    )
    judge = partial(_mended, need, candidate, facts, evidence, language)
    if isinstance(outcome, Adapted) and outcome.rewrite:
        return Unfinished(outcome, judge)
    return judge(outcome)


def recast_for(
    need: SectionNeed, candidate: Candidate, *, facts: Facts, evidence: Evidence, language: str
) -> Mended | Reject:
    """Set a ``candidate`` of the same job to other facts by lines; what comes out passed the same guard."""
    if candidate.derived or (candidate.tone is not None and need.tone is not None and candidate.tone != need.tone):
        return Reject("not_adaptable")
    outcome = recast(
        candidate.heading, candidate.text, kind=need.kind, language=language, stored=candidate.facts, wanted=facts,
        evidence=evidence,
    )  # fmt: skip
    return _mended(need, candidate, facts, evidence, language, outcome)


def _mended(
    need: SectionNeed, candidate: Candidate, facts: Facts, evidence: Evidence, language: str, outcome: Adaptation
) -> Mended | Reject:
    if isinstance(outcome, Unadaptable) or outcome.rewrite:
        return Reject("not_adaptable")
    mended = replace(candidate, heading=outcome.heading, text=outcome.text)
    own_record = _is_own_record(facts, candidate)
    if found := _unsupported(need, mended, facts, evidence, language, own_record=own_record):
        return Reject("unsupported_facts", found)
    return Mended(outcome)


def _differing(need: SectionNeed, candidate: Candidate) -> list[FactPath]:
    """The inputs of the section at which the stored facts are others, as worded or as values."""
    return [
        path
        for path in need.spec.depends_on
        if not same_fact(path, need.facts.get(path), candidate.facts.get(path))
        and not (candidate.derived and path not in candidate.facts)
    ]


def _unsupported(
    need: SectionNeed,
    candidate: Candidate,
    facts: Facts,
    evidence: Evidence,
    language: str,
    *,
    own_record: bool,
    told: tuple[str, ...] = (),
) -> tuple[Difference, ...]:
    """What the text says that the request does not support; empty if it may be sent.

    ``told``: what the request states in other words, see ``_in_both_wordings``.
    """
    if carried := _carried(need, candidate, facts, evidence, own_record=own_record):
        return carried
    other = candidate.facts.text("company.name")
    name = facts.text("company.name") or ""
    foreign = (other,) if other is not None and company_key(other) != company_key(name) else ()
    record = (candidate.text,) if own_record and need.kind in RECORD_PATHS else ()
    today = evidence
    if foreign or record:
        evidence = Evidence.of(facts, language=language, record=(*record, *told), certain_names=foreign)
    text = f"{candidate.heading}\n{candidate.text}"
    found = unsupported(text, evidence.of_section(need.kind), language)
    if record and not found:
        published_at = candidate.facts.text("requirements.location")
        found = of_another_job(text, need.kind, today, language, published_at=published_at)
    return tuple(Difference(one.fact.type, one.fact.value, one.expected) for one in found)


def _in_both_wordings(need: SectionNeed, candidate: Candidate, facts: Facts) -> tuple[Facts, tuple[str, ...]]:
    """The request's facts with the stored wording of what both state in other words, as items of lists and as texts.

    Once they are found to say the same, a text may use either wording.
    """
    merged: dict[FactPath, FactValue] = dict(facts)
    told: list[str] = []
    for path in need.spec.depends_on:
        stored, wanted = candidate.facts.get(path), need.facts.get(path)
        if path in ENUMERATED or stored == wanted:
            continue
        match stored, wanted:
            case tuple(), tuple():
                merged[path] = tuple(dict.fromkeys((*wanted, *stored)))
            case str(), str():
                told.append(stored)
            case _:
                pass
    return Facts(merged), tuple(told)


def _carried(
    need: SectionNeed, candidate: Candidate, facts: Facts, evidence: Evidence, *, own_record: bool
) -> tuple[Difference, ...]:
    """What the text says beyond its section's inputs: words of its own request that this request does not use.

    A list that is told whole is told as the list. A place, a skill, a title or a contact needs no extractor to be
    found where the stored request names it. Of its own company's record only what was about the job counts.
    """
    said = fold(f"{candidate.heading} {candidate.text}")
    found: list[Difference] = []
    for path, value in candidate.facts.items():
        if path in need.spec.depends_on or path in ENUMERATED or (own_record and path.startswith("company.")):
            continue
        if same_fact(path, facts.get(path), value):
            continue  # perhaps in other words
        if _told_whole(value, said):
            found.append(Difference(path.partition(".")[2], value, facts.get(path)))
            continue
        for item in value if isinstance(value, tuple) else (value,):
            words = fold(item) if isinstance(item, str) else ""
            if len(words) >= SHORTEST_CARRIED and words in said and words not in evidence.folded:
                found.append(Difference(path.partition(".")[2], item, facts.get(path)))
    return tuple(found)


def _told_whole(value: FactValue, said: str) -> bool:
    """Whether a text (folded) names every item of a list: it tells the list, not some of its items."""
    return isinstance(value, tuple) and len(value) > 1 and all(fold(item) in said for item in value)


def _is_own_record(facts: Facts, candidate: Candidate) -> bool:
    """Whether the text was read off a posting that this very company published."""
    wanted, stored = facts.text("company.name"), candidate.facts.text("company.name")
    return (
        candidate.derived and wanted is not None and stored is not None and company_key(wanted) == company_key(stored)
    )


def _company_difference(facts: Facts, candidate: Candidate) -> Difference:
    return Difference("company", candidate.facts.text("company.name"), facts.text("company.name"))
