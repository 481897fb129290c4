"""The fact guard: does a text state only what the request supports? Pure; no I/O.

How a typed fact is judged, in this order:

1. The request states the field: the values must be equal (amounts in the same currency, the work mode as the words
   allow: "재택 가능" agrees with hybrid and remote). A text may state part of a range: "3년 이상" is supported by
   3-7 years, "3년" too, since a bare number of years is read as the least. One amount of pay is both bounds, so
   "연봉 5,000만원" is not supported by 5,000-8,000.
2. It differs, but the request's own free text says the same of the same matter ("Kafka 3년 이상" under preferred, with
   years_min 5): supported if the two clauses share a word that is not about years or pay. Never for the work mode.
3. The field is not stated: supported only if the request's own texts, or the record, state the same typed fact.

Numbers, addresses and names must occur in the request or the record. What is named by words (skills, places,
benefits ...) is judged by ``worded``; names of other companies are looked for as words, see ``names``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from cache_service.cache.guard import worded
from cache_service.cache.guard.checked import Checked
from cache_service.cache.guard.context import denied_contracts, is_denied, with_days
from cache_service.cache.guard.evidence import Evidence, unit_after
from cache_service.cache.guard.matter import matter_of
from cache_service.cache.guard.names import company_words
from cache_service.cache.guard.novelty import novel_names
from cache_service.cache.guard.residue import residue
from cache_service.posting.canonical import fold, stands_in
from cache_service.posting.extract import Finding, recall_facts
from cache_service.posting.extract.places import within
from cache_service.posting.facts import FactType, StatedFact

_INTERNSHIP: Final = ("ship", "십", "쉽")
# "인턴으로 채용" names the contract, not the level.
_HIRED_AS: Final = re.compile(r"(?:으로|로) ?(?:채용|고용|계약|모집|선발)|(?:ship)? (?:contract|employment)")
_WORKPLACE: Final = re.compile(
    r"(?:근무 ?(?:지역|지|장소|처)|일하(?:는|실|게 될) ?곳|출근지|(?:job|work) (?:location|site)|workplace)"
    r"(?:은|는|:| :| is)? ?(?:in |at )?$",
    re.IGNORECASE,
)
_PERIOD_BEFORE: Final = re.compile(
    r"(?:(?P<year>연|연봉|매년|년)|(?P<month>월|월급|매월|매달|한 달에)|(?P<day>일|일급|일당|하루)"
    r"|(?P<hour>시급|시간당))"
    r"(?:은|는|:)? ?(?:약|최소|최대|고정)? ?$"
)
_PERIOD_AFTER: Final = re.compile(
    r"[^\w\n]{0,3}(?:a|an|per|each|/) ?(?:(?P<year>year|annum|yr)|(?P<month>month|mo)|(?P<day>day)|(?P<hour>hour|hr))\b"
)
_COUNTS_UP_TO: Final = 999
_DIGIT_RUN: Final = re.compile(r"\d+")
_OPEN_LEVELS: Final = frozenset({"entry", "any", "intern", "junior"})
# The one field whose conflict with the request's own benefits is still a conflict.
_STRICT: Final[frozenset[FactType]] = frozenset({"work_mode"})
_PATHS: Final[dict[FactType, str]] = {
    kind: f"requirements.{kind}"
    for kind in (
        "years_min", "years_max", "salary_min", "salary_max", "salary_period", "headcount", "employment_type",
        "work_mode", "deadline", "probation_months",
    )
}  # fmt: skip


def check(
    text: str, evidence: Evidence, language: str, *, findings: Iterable[Finding] | None = None
) -> tuple[Checked, ...]:
    """Every fact that ``text`` states, by where it begins, and whether ``evidence`` supports it.

    ``findings``: what ``recall_facts`` says of ``text``, if the caller has read it already.
    """
    read = recall_facts(text, language) if findings is None else findings
    found = with_days([_denied_or_judged(finding, text, evidence) for finding in read], text)
    spans = {(one.fact.start, one.fact.end) for one in found if one.fact.type == "company" and not one.supported}
    for name, start, end in evidence.names.find(text):
        if not any(begin <= start and end <= last for begin, last in spans):
            found.append(Checked(StatedFact("company", name, start, end), supported=False, expected=evidence.name))
    for kind, start, end in residue(text, own=evidence.folded, name=evidence.name):
        expected = evidence.name if kind == "company" else None
        found.append(Checked(StatedFact(kind, text[start:end], start, end), supported=False, expected=expected))
    contract = evidence.facts.text("requirements.employment_type")
    if contract is not None:
        found += [Checked(one, one.value != contract, contract) for one in denied_contracts(text)]
    return tuple(sorted(found, key=lambda one: (one.fact.start, one.fact.end, one.fact.type)))


def unsupported(
    text: str, evidence: Evidence, language: str, *, findings: Iterable[Finding] | None = None
) -> tuple[Checked, ...]:
    """Those that are not supported: empty means that the text may be sent."""
    return tuple(one for one in check(text, evidence, language, findings=findings) if not one.supported)


def invented_names(text: str, evidence: Evidence, language: str) -> tuple[Checked, ...]:
    """Names in the text of a model that stand nowhere in the request, as facts of the type ``company``."""
    return tuple(
        Checked(StatedFact("company", word, start, end), supported=False, expected=evidence.name)
        for word, start, end in novel_names(text, evidence.words, language)
        if not _is_known_skill(text[start:end], evidence)
    )


def _is_known_skill(word: str, evidence: Evidence) -> bool:
    forms = {finding.fact.canonical for finding in recall_facts(word, evidence.language) if finding.fact.canonical}
    return bool(forms) and forms <= {finding.fact.canonical for finding, _ in evidence.findings}


def _denied_or_judged(finding: Finding, text: str, evidence: Evidence) -> Checked:
    """A fact that is denied is wrong where the request states it, and true where the request states another."""
    judged = _judged(finding, text, evidence)
    if not is_denied(finding.fact, text):
        return judged
    return replace(judged, supported=not judged.supported and judged.expected is not None)


def _judged(finding: Finding, text: str, evidence: Evidence) -> Checked:
    fact = finding.fact
    match fact.type:
        case "number":
            return Checked(fact, _number_supported(fact, text, evidence), None)
        case "email" | "phone" | "url":
            return Checked(fact, _address_supported(fact, evidence), evidence.facts.text("requirements.contact"))
        case "company":
            known = not evidence.company_keys.isdisjoint(company_words(str(fact.value)))
            tail = f" {evidence.name}".endswith(f" {fact.value}")  # the last word of the request's own name
            of_title = _within_title(fact, text, evidence)
            return Checked(fact, known or tail or of_title or evidence.dangling_form, evidence.name)
        case "date":
            return Checked(fact, fact.value in evidence.days, None)
        case "deadline":
            return _deadline(finding, text, evidence)
        case "location" if _is_of_the_job(fact, text) and not _lies_at_the_job(str(fact.value), evidence):
            return Checked(fact, supported=False, expected=worded.expected_of(fact, evidence))
        case "seniority" if _in_a_name(fact, text, evidence):
            return Checked(fact, supported=True, expected=worded.expected_of(fact, evidence))  # a company called JR
        case "title" if _within_title(replace(fact, end=fact.start + 1), text, evidence):
            return Checked(fact, supported=True, expected=worded.expected_of(fact, evidence))  # "A, D": D is its end
        case "skill" | "benefit" | "location" | "education" | "title" | "seniority" | "polarity" | "claim":
            return Checked(fact, worded.is_supported(finding, evidence), worded.expected_of(fact, evidence))
        case _:
            return _typed(finding, text, evidence)


def _is_of_the_job(fact: StatedFact, text: str) -> bool:
    """Whether the words around a place say that the job is there: "근무지는", "에서 근무합니다"."""
    return _WORKPLACE.search(text[max(0, fact.start - 24) : fact.start]) is not None


def _lies_at_the_job(value: str, evidence: Evidence) -> bool:
    """Whether the request says so of the job, if it names a place for the job."""
    job = evidence.facts.text("requirements.location")
    if job is None or within(value, job):
        return True
    notes = (evidence.facts.text("requirements.notes") or "", *evidence.facts.items_of("requirements.responsibilities"))
    return any(stands_in(value, text) for text in notes)


def _typed(finding: Finding, text: str, evidence: Evidence) -> Checked:
    fact = finding.fact
    if (
        (fact.type, fact.value) == ("employment_type", "intern")
        and evidence.level == "intern"
        and not text[fact.start : fact.end].lower().endswith(_INTERNSHIP)
        and _HIRED_AS.match(text, fact.end) is None
    ):
        return Checked(fact, supported=True, expected="intern")  # 인턴 names a level too
    stated = evidence.facts.get(_PATHS[fact.type])
    expected = None if isinstance(stated, tuple) else stated
    if _in_a_name(fact, text, evidence):
        return Checked(fact, supported=True, expected=expected)
    if expected is not None and _agrees(finding, expected, evidence):
        return Checked(fact, supported=True, expected=expected)
    if expected is None:
        known = (fact.type, fact.value) in evidence.typed or any(
            (fact.type, other) in evidence.typed for other in finding.also
        )
        return Checked(fact, known or _newcomer(fact, evidence) or bool(_quoted(fact, text, evidence)), None)
    if fact.type == "headcount" and fact.value == "unspecified":
        return Checked(fact, supported=False, expected=expected)
    if _newcomer(fact, evidence) and evidence.level == "entry":
        return Checked(fact, supported=True, expected=expected)
    return Checked(fact, fact.type not in _STRICT and _said_of_same(fact, text, evidence), expected)


def _in_a_name(fact: StatedFact, text: str, evidence: Evidence) -> bool:
    """Whether the words are the title's or the company's own: a shop named 재택, a job called Contract Manager."""
    words = text[fact.start : fact.end]
    names = (evidence.facts.text("requirements.title"), evidence.name)
    return any(name is not None and (stands_in(words, name) or stands_in(name, words)) for name in names)


def _within_title(fact: StatedFact, text: str, evidence: Evidence) -> bool:
    """Whether it is a part of the job's title where that is told whole: 제품개발센터 제품디자이너."""
    title = evidence.facts.text("requirements.title") or ""
    at = text.find(title, max(0, fact.end - len(title)), fact.start + len(title)) if title else -1
    return 0 <= at <= fact.start and fact.end <= at + len(title)


def _agrees(finding: Finding, expected: int | str, evidence: Evidence) -> bool:
    fact = finding.fact
    if fact.value != expected and expected not in finding.also:
        return False
    if fact.type not in {"salary_min", "salary_max"} or finding.currency is None:
        return True
    # Where the request leaves the currency open, won goes without saying in a Korean posting.
    currency = evidence.facts.text("requirements.currency") or ("KRW" if evidence.language == "ko" else None)
    return finding.currency == currency or stands_in(finding.currency, evidence.own)


def _newcomer(fact: StatedFact, evidence: Evidence) -> bool:
    """신입 and 경력 무관 say no more than a level that is open to beginners."""
    return fact.type == "years_min" and fact.value == 0 and evidence.level in _OPEN_LEVELS


def _deadline(finding: Finding, text: str, evidence: Evidence) -> Checked:
    fact = finding.fact
    stated = evidence.facts.text("requirements.deadline")
    if stated is None:
        return Checked(fact, (fact.type, fact.value) in evidence.typed or fact.value in evidence.days, None)
    supported = fact.value in {stated, f"--{stated[5:]}"} or _said_of_same(fact, text, evidence)
    return Checked(fact, supported, stated)


def _said_of_same(fact: StatedFact, text: str, evidence: Evidence) -> bool:
    matter: frozenset[str] | None = None
    for finding, words in evidence.findings:
        if (finding.fact.type, finding.fact.value) != (fact.type, fact.value):
            continue
        if matter is None:
            matter = matter_of(text, fact)
        if not matter and not words and fact.type == "employment_type":
            return True  # an item of its own, word for word
        if any(one.startswith(other) or other.startswith(one) for one in matter for other in words):
            return True
    return any(
        (one.type, one.value) == (fact.type, fact.value)
        for item in _quoted(fact, text, evidence)
        for one in (finding.fact for finding in recall_facts(item, evidence.language))
    )


def _quoted(fact: StatedFact, text: str, evidence: Evidence) -> list[str]:
    """The items of the request in which the fact stands and which the text says word for word."""
    return [
        item for item in evidence.items if text.find(item, max(0, fact.end - len(item)), fact.start + len(item)) >= 0
    ]


def _number_supported(fact: StatedFact, text: str, evidence: Evidence) -> bool:
    value = fact.value
    if value in evidence.numbers:
        return not isinstance(value, int) or (
            _counts_the_same(value, text, fact.end, evidence) and _of_the_period(value, text, fact, evidence)
        )
    if isinstance(value, int):
        named = re.search(r"([A-Za-z+#]{1,20})[ -]$", text[max(0, fact.start - 24) : fact.start])
        return named is not None and fold(f"{named[1]}{text[fact.start : fact.end]}") in evidence.numbers
    if ":" in value:
        hour, _, minute = value.partition(":")
        return minute == "00" and not evidence.numbers.isdisjoint({int(hour), int(hour) - 12} - {0})
    token = fold(value)
    if re.fullmatch(r"[\d.]+", token):
        return False
    return re.search(rf"(?<![a-z0-9]){re.escape(token)}(?![a-z0-9])", evidence.folded) is not None


def _counts_the_same(value: int, text: str, end: int, evidence: Evidence) -> bool:
    """Whether the request counts as many of the same, if it counts any of it: 주 3회 is not said by 주 2회 and 3년."""
    unit = unit_after(text, end) if value <= _COUNTS_UP_TO else None
    return unit is None or unit not in evidence.units or (value, unit) in evidence.counted


def _of_the_period(value: int, text: str, fact: StatedFact, evidence: Evidence) -> bool:
    """Whether an amount that the request states as its pay is not told of another period than its own."""
    pay = {evidence.facts.number(f"requirements.salary_{bound}") for bound in ("min", "max")}
    period = evidence.facts.text("requirements.salary_period")
    if value not in pay or period is None:
        return True
    told = _PERIOD_BEFORE.search(text[max(0, fact.start - 12) : fact.start]) or _PERIOD_AFTER.match(text, fact.end)
    return told is None or told.lastgroup == period


def _address_supported(fact: StatedFact, evidence: Evidence) -> bool:
    if fact.type != "phone":
        return fold(str(fact.value)).rstrip("/") in evidence.folded
    digits = "".join(_DIGIT_RUN.findall(str(fact.value)))
    known = {
        "".join(_DIGIT_RUN.findall(str(one.fact.value))) for one, _ in evidence.findings if one.fact.type == "phone"
    }
    return any(digits == other or digits[-9:] == other[-9:] for other in known)
