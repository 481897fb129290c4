"""What a text names by words: titles, levels, places, degrees, skills, benefits, and how things stand (polarity).

Supported is what the request's own texts say, in the same words or in others that mean the same (``canonical``). A
text may say less than the request ("개발자" of a 백엔드 개발자, "서울" of 서울 강남구), never more. Words are looked
for as words: Java does not stand in JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from cache_service.cache.guard.evidence import Evidence
from cache_service.cache.guard.matter import says_nothing
from cache_service.posting.canonical import fold, stands_in
from cache_service.posting.extract import Finding, read_facts
from cache_service.posting.extract.education import same_education
from cache_service.posting.extract.places import within
from cache_service.posting.extract.terms import terms_of
from cache_service.posting.extract.titles import same_title, says_less
from cache_service.posting.facts import FactValue, StatedFact
from cache_service.posting.wording import compare_wording

_PARTICLE: Final = re.compile(r"(?<=[가-힣]{2})[을를이가은는의에로과와도만자한할인적중]$")
_WORD: Final = re.compile(r"[A-Za-z0-9+#.]*[A-Za-z0-9+#]|[가-힣]{2,}")
_FIELDS: Final = {
    "skill": "requirements.skills",
    "benefit": "company.benefits",
    "title": "requirements.title",
    "seniority": "requirements.seniority",
    "education": "requirements.education",
}
# Where a request says what people get.
_GIVEN: Final = ("company.benefits", "company.culture", "requirements.notes", "company.about")
_EXPERIENCE: Final = re.compile(r"\d.*(?:경력|경험)$|(?:years?|yrs).*experience$", re.IGNORECASE)
_GRADE: Final = re.compile(r" ?(?:\d ?급|n\d|level ?\d|\d{1,3})?")
_WELCOMED: Final = frozenset({"allowed", "preferred", "any"})
_ASKED: Final = frozenset({"required", "preferred", "not_needed"})
_OPEN_LEVELS: Final = frozenset({"entry", "any", "intern", "junior"})


def expected_of(fact: StatedFact, evidence: Evidence) -> FactValue | None:
    """What the request states in the place of ``fact``."""
    if fact.type == "location":
        return evidence.facts.text("requirements.location") or evidence.facts.text("company.location")
    if fact.type == "polarity":
        return _stance_of(fact, evidence)
    field = _FIELDS.get(fact.type)
    return None if field is None else evidence.facts.get(field)


def is_supported(finding: Finding, evidence: Evidence) -> bool:
    """Whether the request, or the record, says what ``finding`` states."""
    fact = finding.fact
    match fact.type:
        case "polarity":
            return _polarity(fact, evidence)
        case "seniority":
            return _seniority(fact, evidence)
        case "location":
            return _location(fact, evidence)
        case "education":
            own = evidence.facts.text("requirements.education")
            if own is not None and same_education(str(fact.value), own):
                return True
        case "title":
            return _title(str(fact.value), evidence) or _read_in_own(finding, evidence)
        case "claim":
            return _read_in_own(finding, evidence)
        case "benefit":
            return _benefit(finding, evidence)
        case "skill":
            return _read_in_own(finding, evidence) or _said_apart(fact, evidence)
        case _:
            pass
    return _read_in_own(finding, evidence) or stands_in(str(fact.value), evidence.own)


def _title(value: str, evidence: Evidence) -> bool:
    own = evidence.facts.text("requirements.title")
    if own is not None and (same_title(value, own) or says_less(value, own)):
        return True
    return _all_said(value, evidence)


def _benefit(finding: Finding, evidence: Evidence) -> bool:
    value = str(finding.fact.value)
    if _read_in_own(finding, evidence) or stands_in(value, evidence.own):
        return True
    return _reworded(value, _texts(evidence, *_GIVEN), evidence)


def _said_apart(fact: StatedFact, evidence: Evidence) -> bool:
    """Whether the request says it, and not only as a part of another skill: React is not React Native, but who asks
    for HSK 5급 asks for HSK."""
    value = str(fact.value)
    if not stands_in(value, evidence.own):
        return False
    longer = (str(one.fact.value) for one, _ in evidence.findings if one.fact.type == "skill")
    return not any(
        stands_in(value, skill) and _GRADE.fullmatch(fold(skill).replace(fold(value), "", 1)) is None
        for skill in longer
    )


def _read_in_own(finding: Finding, evidence: Evidence) -> bool:
    fact = finding.fact
    return fact.canonical is not None and (fact.type, fact.canonical) in evidence.canonicals


def _all_said(value: str, evidence: Evidence) -> bool:
    words = _WORD.findall(value)
    return bool(words) and all(stands_in(word, evidence.own) for word in words)


def _seniority(fact: StatedFact, evidence: Evidence) -> bool:
    if fact.value == "intern" and evidence.facts.text("requirements.employment_type") == "intern":
        return True
    if evidence.level is not None:
        return fact.value == evidence.level or ("seniority", fact.value) in evidence.typed
    if fact.value in {"entry", "any"} and evidence.facts.number("requirements.years_min") == 0:
        return True
    return ("seniority", fact.value) in evidence.typed


def _location(fact: StatedFact, evidence: Evidence) -> bool:
    own = [evidence.facts.text(path) for path in ("requirements.location", "company.location")]
    if evidence.record and own[1] is not None:
        evidence = evidence.of_today  # where the company is now it says itself
    read = [str(one.fact.value) for one, _ in evidence.findings if one.fact.type == "location"]
    value = str(fact.value)
    return any(within(value, place) for place in (*own, *read) if place) or stands_in(value, evidence.own)


def _polarity(fact: StatedFact, evidence: Evidence) -> bool:
    if any(
        (one.type, one.value, one.canonical) == (fact.type, fact.value, fact.canonical)
        for one in (finding.fact for finding, _ in evidence.findings)
    ):
        return True
    if fact.canonical is not None and any(
        (one.type, one.canonical) == (fact.type, fact.canonical) and {one.value, fact.value} <= _ASKED
        for one in (finding.fact for finding, _ in evidence.findings)
    ):
        return False  # the request itself says otherwise of it
    return _stance_of(fact, evidence) == fact.value


def _stance_of(fact: StatedFact, evidence: Evidence) -> str | None:
    """How the request stands to what ``fact`` is of; None where it does not say."""
    subject, about = str(fact.of), fact.canonical or ""
    if about == "remote":
        mode = evidence.facts.text("requirements.work_mode")
        return None if mode is None else "not_allowed" if mode == "onsite" else "allowed"
    if about == "newcomer" and (stance := _to_newcomers(fact, evidence)) is not None:
        return stance
    if fact.value != "preferred" and (about == "experience" or _EXPERIENCE.search(subject)):
        years = evidence.facts.number("requirements.years_min")
        if years == 0 or (years is None and evidence.level in _OPEN_LEVELS):
            return "any" if fact.value == "any" else "not_needed"
        if years is not None:
            return "required"
    if about == "education" and (stated := evidence.facts.text("requirements.education")) is not None:
        open_ = same_education(stated, "무관")
        return ("any" if fact.value == "any" else "not_needed") if open_ else "required"
    preferred = _texts(evidence, "requirements.preferred")
    if _named(subject, about, preferred) or (fact.value == "preferred" and _reworded(subject, preferred, evidence)):
        return "preferred"
    required = ("requirements.skills", "requirements.education", "requirements.responsibilities", "requirements.title")
    if _named(subject, about, _texts(evidence, *required)):
        return "required"
    notes = _texts(evidence, "requirements.notes")
    if fact.value in {"required", "preferred"} and notes and _named(subject, about, notes):
        return str(fact.value)
    return None


def _to_newcomers(fact: StatedFact, evidence: Evidence) -> str | None:
    least = evidence.facts.number("requirements.years_min")
    if least:
        return "not_allowed"
    if least == 0 or evidence.level in _OPEN_LEVELS:
        return str(fact.value) if fact.value in _WELCOMED else "allowed"
    return None


def _texts(evidence: Evidence, *paths: str) -> tuple[str, ...]:
    found: list[str] = []
    for path in paths:
        match evidence.facts.get(path):
            case tuple() as items:
                found.extend(items)
            case str() as text:
                found.append(text)
            case _:
                pass
    return tuple(found)


@lru_cache(maxsize=4096)
def _canonicals(text: str) -> frozenset[str]:
    """What a text names, and what it is as a whole: an item "R" says R without a word beside it."""
    return frozenset(one.fact.canonical for one in read_facts(text, "ko") if one.fact.canonical) | {
        canonical for _, canonical in terms_of(text)
    }


def _named(subject: str, about: str, texts: Iterable[str]) -> bool:
    """Whether one of ``texts`` names the subject: all its words that say anything, or its canonical form."""
    texts = tuple(texts)
    name = about.partition(":")[2] or about
    if name and any(name in _canonicals(text) for text in texts):
        return True
    if name and any(stands_in(name, text) for text in texts):
        return True
    words = [word for word in _WORD.findall(subject) if not says_nothing(word.casefold())]
    if not words:  # "경험": nothing in particular
        return bool(texts)
    begun = [word if word.isascii() else _PARTICLE.sub("", word) for word in words]
    return any(all(stands_in(word, text, begins=True) for word in begun) for text in texts)


def _reworded(subject: str, texts: Iterable[str], evidence: Evidence) -> bool:
    """Whether one of ``texts`` says the subject in other words: "트래픽을 운영해 본 경험", "dbt experience".

    The subject may name whom the job is for.
    """
    title = evidence.facts.text("requirements.title") or ""
    for text in texts:
        match = compare_wording((subject,), (text, title), evidence.language)
        if not match.only_wanted and not match.contradicts and match.overlap > 0:
            return True
    return False
