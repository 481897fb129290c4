"""``recast``: a stored section of the same job set to other facts by lines, where nothing can be swapped in place.

What a text says of its facts is taken out line by line and said anew as the composer words it, in the stored text's
bullets; what stays is what holds for whoever hires for this job: the items that both requests have, as they are worded,
and sentences that state no fact and are made of general words alone. A sentence with any other word goes: the stored
facts may have shaped it. Where no such sentence is left but what leads in to a list, the text is worth keeping only if
it was as plain before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.lists import LISTS, plan_of
from cache_service.cache.adapt.notes import section_of, statement
from cache_service.cache.adapt.outcome import Adaptation, Adapted, Change, Terms, Unadaptable
from cache_service.cache.adapt.proof import refuted
from cache_service.cache.adapt.shipped import is_shipped
from cache_service.cache.adapt.stock import GENERAL, STOCK, Stems, content_words, stems_of
from cache_service.cache.guard import Evidence
from cache_service.models.composer import compose
from cache_service.posting.canonical import fold
from cache_service.posting.equality import same_fact, same_title, stated_levels
from cache_service.posting.facts import Facts
from cache_service.posting.sections import SECTIONS, SectionKind
from cache_service.posting.sentences import split_sentences

RECAST: Final[frozenset[SectionKind]] = frozenset({"responsibilities", "requirements", "preferred"})
TITLE: Final = "requirements.title"
NOTES: Final = "requirements.notes"
# Inputs of which no change is shown: the job is the same, and the others only shape what a model writes.
_UNSAID: Final = frozenset({TITLE, NOTES, "company.industry", "requirements.seniority"})
_LEADS_IN: Final = re.compile(r"다음|아래|이런|following|below|you will\b|[:：]\s*$", re.IGNORECASE | re.MULTILINE)
# A sentence that says what the company or the team is, in whatever words.
_DEFINES: Final = re.compile(
    r"(?:회사|팀|곳|조직|기업|직장|자리|일터)(?:입니다|이에요|예요|이고|이며|답게)"
    r"|\b(?:we|it|this|here)(?:['’]re| are|['’]s| is)\b(?! (?:happy|glad|proud))",
    re.IGNORECASE,
)
_MARK: Final = re.compile(r"^- ")
_LONGEST: Final = 12_000
# What a bullet may state of its item beside naming it: that it is preferred, say.
_SAYS_HOW: Final = frozenset({"polarity"})


def recast(
    heading: str, text: str, *, kind: SectionKind, language: str, stored: Facts, wanted: Facts, evidence: Evidence
) -> Adaptation:
    """Set a stored section, written for the facts ``stored``, to the facts ``wanted`` of another request for the same
    job. ``evidence``: of the wanted request. Pure; never raises for any text and facts."""
    if (refusal := _refused(text, kind, language, stored, wanted)) is not None:
        return refusal
    terms = Terms(kind, language, stored, wanted, evidence)
    draft = Draft(text, language)
    kept = _kept(draft, terms)
    leads_in = all(_LEADS_IN.search(sentence) for line in kept if line for sentence in split_sentences(line))
    if leads_in and not _is_plain(draft, terms):
        return Unadaptable("nothing in it holds for every request")
    block = _block(draft, "\n".join(filter(None, kept)), terms)
    if block is None:
        return Unadaptable("what it has to state cannot be put by rules")
    changes = _changes(terms)
    for change in changes:
        if not is_shipped(change.fact, change.stored, change.wanted):
            return Unadaptable("not shipped", (change.fact,))
    own = SECTIONS[kind].headings[language]
    heading = heading if _says_nothing(heading, terms) else own
    made = _assembled(kept, block)
    before = Draft(f"{heading}\n{text}", language)
    refusal = refuted(before, f"{heading}\n{made}", terms, accounted=True)
    return refusal or Adapted(heading, made, changes, (), terms)


def _refused(text: str, kind: SectionKind, language: str, stored: Facts, wanted: Facts) -> Unadaptable | None:
    if kind not in RECAST or language not in SECTIONS[kind].headings or len(text) > _LONGEST:
        return Unadaptable("no section to recast")
    return None if is_same_job(wanted, stored) else Unadaptable("another job", ("title",))


def is_same_job(wanted: Facts, stored: Facts) -> bool:
    """Whether both are facts of one job by its title."""
    levels = stated_levels(stored) & stated_levels(wanted)
    return same_title(stored.text(TITLE) or "", wanted.text(TITLE) or "", levels)


def _kept(draft: Draft, terms: Terms) -> list[str | None]:
    """Line by line: the sentences of it that stay, empty for a line that is empty, None where all of it goes."""
    foreign = _foreign(terms)
    return [
        None if line.bulleted or line.labelled else _general(draft, line.start, line.end, terms, foreign)
        for line in draft.layout.lines
    ]


def _general(draft: Draft, start: int, end: int, terms: Terms, foreign: Stems) -> str | None:
    kept: list[str] = []
    at = start
    sentences = split_sentences(draft.text[start:end])
    for sentence in sentences:
        stated = draft.findings_in(at, at + len(sentence))
        if (
            {one.fact.type for one in stated} <= _SAYS_HOW
            and _says_nothing(sentence, terms)
            and not (stems_of([sentence]) & foreign)
        ):
            kept.append(sentence.strip())
        at += len(sentence)
    return " ".join(kept) or (None if sentences else "")


def _is_plain(draft: Draft, terms: Terms) -> bool:
    """Whether the text tells its facts in their own words and no more, so that nothing is lost with its lines."""
    facts = stems_of(_texts(terms.stored))
    rest, at = [], 0
    for finding in draft.findings:
        if finding.fact.type not in _SAYS_HOW and finding.fact.start >= at:
            rest.append(draft.text[at : finding.fact.start])
            at = finding.fact.end
    words = content_words("\n".join([*rest, draft.text[at:]]), facts, GENERAL)
    return all(word in STOCK for word in words)


def _says_nothing(sentence: str, terms: Terms) -> bool:
    """Whether a sentence holds for every request of this job: no number, no word that is not general, no definition."""
    if any(char.isdigit() for char in sentence) or _DEFINES.search(sentence):
        return False
    return not content_words(sentence, stems_of([terms.wanted.text(TITLE) or ""]), GENERAL)


def _foreign(terms: Terms) -> Stems:
    """How words of the stored request begin that are none of stock, and none of the wanted request."""
    inputs = SECTIONS[terms.kind].depends_on
    return stems_of(content_words(" ".join(_texts(terms.stored.only(inputs))))) - stems_of(_texts(terms.wanted))


def _texts(facts: Facts) -> list[str]:
    return [text for value in facts.values() for text in (value if isinstance(value, tuple) else (str(value),))]


def _block(draft: Draft, kept: str, terms: Terms) -> list[str] | None:
    """The lines that state the wanted facts, bullets of items that both have as they are; None if rules cannot."""
    composed = compose(terms.kind, terms.wanted, terms.language, None if _is_formal(draft) else "friendly")
    notes = terms.wanted.text(NOTES) if NOTES in SECTIONS[terms.kind].depends_on else None
    said = statement(notes, terms.language) if notes else ""
    if composed is None or said is None:
        return None
    told_here = bool(said) and section_of(said, terms.language) == terms.kind
    lead, *lines = composed.text.split("\n")
    mark = next((draft.text[one.start : one.body] for one in draft.layout.lines if one.bulleted), "- ")
    if any(char.isdigit() for char in mark):
        mark = "- "
    old = _old_bullets(draft, terms)
    items = [_MARK.sub("", line) for line in lines]
    bullets = [f"{mark}{old.get(fold(item), item)}" for item in items]
    return [*([] if lines and _LEADS_IN.search(kept) else [lead]), *bullets, *([said] if told_here else [])]


def _is_formal(draft: Draft) -> bool:
    return draft.ends_formal if draft.language == "ko" else not re.search("['’](?:re|ll|ve|s)\\b", draft.text)


def _old_bullets(draft: Draft, terms: Terms) -> dict[str, str]:
    """By item (folded) that both requests have: the bullet that says it, without its mark, if it says no more."""
    found: dict[str, str] = {}
    for path in LISTS.keys() & set(SECTIONS[terms.kind].depends_on):
        stored = {fold(item) for item in terms.stored.items_of(path)}
        for item in (one for one in terms.wanted.items_of(path) if fold(one) in stored):
            for start, end in draft.wording.find(item):
                line = draft.layout.line_at(start)
                around = f"{draft.text[line.body : start]} {draft.text[end : line.end]}"
                outside = {one.fact.type for one in draft.findings_in(line.body, line.end)
                           if not start <= one.fact.start < end}  # fmt: skip
                if line.bulleted and outside <= _SAYS_HOW and _says_nothing(around, terms):
                    found.setdefault(fold(item), draft.text[line.body : line.end])
    return found


def _assembled(kept: Sequence[str | None], block: Sequence[str]) -> str:
    """What stays line by line, with the block where the first line stood that went, else behind all."""
    at = next((number for number, line in enumerate(kept) if line is None), len(kept))
    lines = [*kept[:at], *block, *kept[at:]]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line is not None)).strip("\n")


def _changes(terms: Terms) -> tuple[Change, ...]:
    """What is stated now instead of what was: item by item of lists, else value by value."""
    changes: list[Change] = []
    for path in SECTIONS[terms.kind].depends_on:
        stored, wanted = terms.stored.get(path), terms.wanted.get(path)
        if path in _UNSAID or same_fact(path, stored, wanted):
            continue
        if path in LISTS:
            plan = plan_of(terms, path)
            changes += [plan.change(item, new) for item, new in plan.swaps.items() if new != item]
            changes += [plan.change(None, item) for item in plan.added]
        else:
            changes.append(Change(path, stored, wanted))
    return tuple(changes)
