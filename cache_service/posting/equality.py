"""When two wordings of one field state the same, by rules of the field: titles, places, degrees, items of lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.company_names import company_key
from cache_service.posting.extract import recall_facts
from cache_service.posting.extract.education import same_education
from cache_service.posting.extract.places import same_place
from cache_service.posting.extract.terms import LEXICON
from cache_service.posting.extract.titles import same_title as same_plain_title
from cache_service.posting.facts import FactType, FactValue, StatedFact, same_value
from cache_service.posting.sections import FactPath
from cache_service.posting.wording.names import in_full, without_hiring, without_level

_LONGEST_KEPT: Final = 256
_DIGITS: Final = re.compile(r"\d+")
_VERSION: Final = re.compile(r"\d+(?![A-Za-z])")  # none of K8s
_PHONE: Final = re.compile(r"[\d+() .-]{7,}")
_SIZE_UNITS: Final = re.compile(r"명|인|people|employees|직원|임직원|약|규모|[,\s]")
_ASIDE: Final = re.compile(r"\s*\([^()]*\)$")
# An accounts manager keeps books, an account manager keeps customers.
_ACCOUNTS: Final = re.compile(r"\baccounts\b", re.IGNORECASE)
_TILDES: Final = re.compile("[~–∼〜～]|(?<=\\d)to(?=\\d)")
_ARTICLE: Final = re.compile(r"^(?:an?|the)\s", re.IGNORECASE)
# What an item of skills or benefits says beside its name: that somebody can do it, that somebody gives it.
_WITH_ASIDE: Final = re.compile(r"([^()]+?)\s?\(([^()]+)\)")
_BULLET: Final = re.compile(r"^[•\-*·▪ㆍ]\s*|^\s+")
_HOW_OFTEN: Final = re.compile(r"^((?:주|월) ?\d ?[회일번])\s?(.+)$")
_LIGHT: Final[dict[FactType, re.Pattern[str]]] = {
    "skill": re.compile(
        r"\s?(?:사용 ?경험|활용 ?능력|활용 ?경험|능숙자?|가능자?)$|(?<=SQL) DB$|\s(?:experience|skills?)$",
        re.IGNORECASE,
    ),
    "benefit": re.compile(r"(?:을|를)?\s?(?:지원|제공|지급)$|\s(?:provided|offered|included)$", re.IGNORECASE),
}
_LIST_TYPES: Final[dict[FactPath, FactType]] = {"requirements.skills": "skill", "company.benefits": "benefit"}
# What carries no fact of its own: it follows from words that are compared as words.
_UNTYPED: Final[frozenset[FactType]] = frozenset({"title", "company", "benefit", "claim", "skill"})


def same_fact(path: FactPath, one: FactValue | None, other: FactValue | None) -> bool:
    """Whether two values of the field ``path`` state the same, however they are worded."""
    if same_value(one, other):
        return True
    match one, other:
        case str(), str():
            same = _SAME_TEXT.get(path)
            return same is not None and same(one, other)
        case tuple(), tuple():
            kind = _LIST_TYPES.get(path)
            return kind is not None and _item_keys(one, kind) == _item_keys(other, kind)
        case _:
            return False


def same_title(one: str, other: str, known_levels: frozenset[str] = frozenset()) -> bool:
    """Whether two titles name the same job, whatever words of hiring stand around it ("채용", "we are hiring a").

    A level is part of a title, but for ``known_levels``: those that both requests state elsewhere.
    """
    one, other = _job(one), _job(other)
    if bool(_ACCOUNTS.search(one)) != bool(_ACCOUNTS.search(other)):
        return False
    if same_plain_title(one, other) or same_plain_title(in_full(one), in_full(other)):
        return True
    (mine, my_levels), (theirs, their_levels) = without_level(one), without_level(other)
    return bool(my_levels ^ their_levels) and my_levels ^ their_levels <= known_levels and same_title(mine, theirs)


def _aside_off(title: str) -> str:
    """A title without its nickname in brackets: Registered Nurse (RN)."""
    aside = _WITH_ASIDE.fullmatch(title)
    return aside[1] if aside and fold(in_full(aside[1])) == fold(in_full(aside[2])) else title


@lru_cache(maxsize=4096)
def _job(title: str) -> str:
    return _aside_off(_named(title))


def _named(title: str) -> str:
    bare = without_hiring(title, is_role=True)
    # Words of hiring end a title only where a role stands before them: a recruiter's field may be named 인사 채용.
    role = _ASIDE.sub("", bare)
    ends = [hit.end for hit in LEXICON.find(role).get("title_head", ())]
    return bare if ends and ends[-1] == len(role) else without_hiring(title, is_role=False)


def stated_levels(facts: Mapping[FactPath, FactValue]) -> frozenset[str]:
    """The levels that a request states by its years and seniority, as words of titles name them."""
    years, most, level = (facts.get(f"requirements.{name}") for name in ("years_min", "years_max", "seniority"))
    stated = {str(level)} & {"entry", "junior", "senior"}
    if (isinstance(years, int) and years > 0) or level in {"mid", "senior", "lead"}:
        stated.add("experienced")
    if most == 0:
        stated.add("entry")
    return frozenset(stated)


def same_company(one: str, other: str) -> bool:
    """Whether two names are forms of one company's name."""
    return company_key(one) == company_key(other)


def same_size(one: str, other: str) -> bool:
    """Whether two wordings give the same number of people: 51-200, 51~200명."""
    return bool(_DIGITS.search(one)) and _size(one) == _size(other)


def _size(text: str) -> str:
    return fold(_TILDES.sub("-", _SIZE_UNITS.sub("", text)))


def same_contact(one: str, other: str) -> bool:
    """Whether two wordings are the same telephone number."""
    return all(map(_PHONE.fullmatch, (one, other))) and _DIGITS.findall(one) == _DIGITS.findall(other)


def same_typed_facts(one: Sequence[str], other: Sequence[str], language: str) -> bool:
    """Whether two free texts state the same typed facts: numbers, days, levels, skills, places, polarity."""
    return _typed(one, language) == _typed(other, language)


def _typed(texts: Iterable[str], language: str) -> frozenset[tuple[str, str]]:
    return frozenset(
        (fact.type, _key_of(fact))
        for text in texts
        for fact in (finding.fact for finding in recall_facts(_BULLET.sub("", text), language))
        if fact.type not in _UNTYPED and not _is_worded(fact)
    )


def _is_worded(fact: StatedFact) -> bool:
    """Whether the wording says it as well: a field of study, a condition that is required."""
    if fact.type == "education":
        return fact.canonical is not None and fact.canonical.startswith(":")
    return fact.type == "polarity" and fact.value == "required"


def read_ahead(texts: Iterable[str], language: str) -> None:
    """Read what ``same_typed_facts`` will ask of ``texts``, to have it remembered."""
    _typed(texts, language)


def _key_of(fact: StatedFact) -> str:
    if fact.type == "polarity":
        return f"{fact.value} {fact.canonical or fact.of}"
    return fact.canonical or fold(str(fact.value))


@lru_cache(maxsize=2048)
def _item_keys(items: tuple[str, ...], kind: FactType) -> frozenset[str]:
    return frozenset(_item_key(item, kind) for item in items)


def _item_key(item: str, kind: FactType) -> str:
    """The canonical form of an item that is one named thing and nothing else, with its numbers, else its wording."""
    if kind == "skill" and (known := _skill(item, item)):
        return known  # before anything is taken for light: 컴퓨터활용능력 is a certificate
    item = _LIGHT[kind].sub("", _ARTICLE.sub("", item)) or item
    if kind != "skill":
        return fold(_HOW_OFTEN.sub(r"\2\1", item).replace("재택근무", "재택"))
    if (aside := _WITH_ASIDE.fullmatch(item)) is not None and _item_key(aside[1], kind) == _item_key(aside[2], kind):
        item = aside[1]  # Kubernetes(K8s)
    # A name that is known without its spaces is known with them: 아마존 웹 서비스.
    plain = item.replace("-", " ").replace("licence", "license")
    return _skill(item, item) or _skill(plain, plain) or _skill(fold(plain), plain) or fold(plain)


def _named_as_canonical(text: str) -> str:
    hits = [hit for family, found in LEXICON.find(text).items() if family.startswith("skill") for hit in found]
    parts: list[str] = []
    at = 0
    for hit in sorted(hits, key=lambda one: one.start):
        if hit.start >= at:
            grade = " ".join(one for one in _VERSION.findall(text[hit.start : hit.end]) if one not in hit.canonical)
            parts += [text[at : hit.start], f"{hit.canonical} {grade}" if grade else hit.canonical]
            at = hit.end
    return "".join([*parts, text[at:]])


def named_alike(text: str) -> str:
    """``text`` with each skill that it names under its canonical name: 아마존 웹 서비스 경험, AWS 경험."""
    return (_named_short if len(text) <= _LONGEST_KEPT else _named_as_canonical)(text)


_named_short: Final = lru_cache(maxsize=16384)(_named_as_canonical)


def _skill(worded: str, item: str) -> str:
    for hits in LEXICON.find(worded).values():
        for hit in hits:
            if hit.term.family.startswith("skill") and fold(item) == fold(worded[hit.start : hit.end]):
                return "=".join([hit.canonical, *_VERSION.findall(item)])
    return ""


_SAME_TEXT: Final[dict[FactPath, Callable[[str, str], bool]]] = {
    "company.name": same_company,
    "company.size": same_size,
    "company.location": same_place,
    "requirements.title": same_title,
    "requirements.location": same_place,
    "requirements.education": same_education,
    "requirements.contact": same_contact,
}
