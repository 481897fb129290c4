"""What a wording states: its clauses, each a set of canonical content stems.

A clause ends at a mark, a line, a conjunction or a joining ending, so that words are compared with the words that they
belong to: "API 설계, 화면 테스트" states other things than "화면 설계, API 테스트".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from cache_service.posting.wording import korean
from cache_service.posting.wording.raw import BREAK, CONJUNCTIONS, NUMBER, OR, RawStems
from cache_service.posting.wording.raw_english import AGENT
from cache_service.posting.wording.raw_stems import plain_stems, raw_stems
from cache_service.posting.wording.roles import BARE, PREPOSITIONS, Roles, settled
from cache_service.posting.wording.words import Phrases, groups, words

__all__ = ["ANTONYMS", "NOT", "NUMBER", "Clause", "statement"]

NOT: Final = korean.NOT
_WEAK: Final = "?"
# What a company or a person is called at the end of a clause says nothing ("~하는 기업"); within one it does.
_PERSON: Final = "사람"
_LIGHT_AT_ENDS: Final = frozenset({"회사", "기업", "업체", _PERSON})
_PEOPLE: Final = "person"
_TELLING: Final = frozenset("before after than with from to against".split())
_LEADING: Final = frozenset({*PREPOSITIONS, AGENT})
_WITHIN: Final = (frozenset({BARE, "at", "to", "from", "object"}), frozenset({"object", "agent"}))
_PRONOUNS: Final = frozenset("it they them their one ones".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """The content stems of one clause in order. ``open``: it leaves out words of the clauses beside it (a pronoun, or
    one word only). ``sources``: what something goes from where the clause says what it goes to as well. ``roles``: what
    each stem does there, as far as particles or prepositions say (``roles``)."""

    stems: tuple[str, ...]
    content: frozenset[str]
    open: bool
    sources: frozenset[str]
    roles: Roles = frozenset()


Statement = tuple[Clause, ...]
_ALTERNATIVE: Final = Clause((OR,), frozenset({OR}), open=False, sources=frozenset())


@dataclass(frozen=True, slots=True)
class Language:
    """How the words of a language are read."""

    phrases: Phrases
    light: frozenset[str]
    weak: frozenset[str]
    negates_forward: bool
    conjunctions: frozenset[str]


def _language(synonyms: tuple[str, ...], light: str) -> Language:
    listed = [group for name in synonyms for group in groups(name)]
    phrases = Phrases.of(listed, plain_stems)
    said = frozenset(phrases.canonical(plain_stems(word.rstrip(_WEAK))) for word in words(light))
    weak = frozenset(
        phrases.canonical(plain_stems(word.rstrip(_WEAK))) for word in words(light) if word.endswith(_WEAK)
    )
    joining = frozenset(phrases.canonical(plain_stems(word)) for word in ("and",))
    return Language(phrases, said - {NOT}, weak, light == "light_en", joining | CONJUNCTIONS)


LANGUAGES: Final = {
    "ko": _language(("synonyms_ko", "synonyms_cross"), "light_ko"),
    "en": _language(("synonyms_en",), "light_en"),
}


def _antonyms() -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for group in groups("antonyms"):
        for language in LANGUAGES.values():
            one, other = (language.phrases.canonical(plain_stems(word)) for word in group)
            found |= {(one, other), (other, one)}
    return frozenset(found)


ANTONYMS: Final = _antonyms()


def statement(text: str, language: str) -> Statement:
    """The clauses of one item. ``language``: ``ko`` or ``en``; another is read as English."""
    how = LANGUAGES.get(language, LANGUAGES["en"])
    raw = raw_stems(text)
    return _clauses(raw, how, how.light.__contains__) or _clauses(raw, how, _nothing)


def _negated(stems: list[str], *, forward: bool) -> list[str]:
    """The stems with each negation bound to the word that it denies: what follows it, or (Korean) what it follows.

    Bound, so that "candidates without a car will be considered" is not "with a car will not be considered".
    """
    if NOT not in stems:
        return stems
    said = [stem for stem in stems if stem != NOT]
    bound: list[str] = []
    denied: Counter[str] = Counter()
    before = 0
    for stem in stems:
        if stem != NOT:
            before += 1
        elif said:
            at = min(before, len(said) - 1) if forward else max(before - 1, 0)
            denied[said[at]] += 1
            bound.append(f"{NOT}{denied[said[at]] if denied[said[at]] > 1 else ''}{said[at]}")
    return [*said, *bound] or [NOT]


def _freed(raw: RawStems, at: int, width: int) -> None:
    """Take away the roles that a preposition within a phrase gave ("open to agreement", "do research on ways")."""
    inner = next((place for place in range(at + width - 1, at, -1) if raw.stems[place] in PREPOSITIONS), None)
    if inner is None or raw.stems[inner] == "with":  # "worked with nurses" is not "worked as nurses"
        return
    role = PREPOSITIONS[raw.stems[inner]]
    for place in range(inner + 1, len(raw.stems)):
        if raw.roles.get(place) != role:
            break
        del raw.roles[place]


def _nothing(_stem: str) -> bool:
    return False


@dataclass(slots=True)
class _Open:
    """A clause that is being read. ``said``: each stem, what it does, and whether it is light."""

    stems: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)
    said: list[tuple[str, str, bool]] = field(default_factory=list)
    has_goal: bool = False
    refers: bool = False

    def add(self, stem: str, at: range, raw: RawStems, *, light: bool, weak: bool) -> None:
        self.refers |= stem in _PRONOUNS
        if at.start in raw.sources:
            self.sources.add(stem)
        self.has_goal |= at.start in raw.goals
        led = len(at) > 1 and raw.stems[at.start] in _LEADING  # "by phone" as a whole has no role
        role = "" if led else next((raw.roles[place] for place in reversed(at) if place in raw.roles), "")
        if light and stem == _PEOPLE and role in _TELLING:
            light = False  # "profit before people"
        if not light and self._is_said(stem):
            before, its_role, _ = self.said.pop()
            self.said.append((before, its_role, False))
            self.stems.append(before)
        self.said.append((stem, role, light))
        if not light:
            self.stems.append(stem)
        elif weak:
            self.weak.append(stem)

    def _is_said(self, stem: str) -> bool:
        """Whether the word before ``stem``, light at the ends of a clause, is one of its words: 기업 고객, 사람을 돕는."""
        if not self.said or self.said[-1][0] not in _LIGHT_AT_ENDS or stem in _LIGHT_AT_ENDS:
            return False
        return self.said[-1][1] in _WITHIN[self.said[-1][0] == _PERSON]

    def closed(self, *, forward: bool) -> list[Clause]:
        if not (self.stems or self.weak):
            return []
        stems = _negated(self.stems or self.weak, forward=forward)
        kept = frozenset(stems)
        sources = frozenset(self.sources) if self.has_goal else frozenset()
        return [Clause(tuple(stems), kept, len(kept) == 1 or self.refers, sources, settled(self.said))]


def _clauses(raw: RawStems, how: Language, is_light: Callable[[str], bool]) -> Statement:
    clauses: list[Clause] = []
    clause = _Open()
    at, size = 0, len(raw.stems)
    while at <= size:
        stem, width = how.phrases.match(raw.stems, at) if at < size else (BREAK, 1)
        if stem in (BREAK, OR) or stem in how.conjunctions:
            clauses.extend(clause.closed(forward=how.negates_forward))
            clause = _Open()
            if stem == OR:
                clauses.append(_ALTERNATIVE)
        else:
            if width > 1:
                _freed(raw, at, width)
            clause.add(stem, range(at, at + width), raw, light=is_light(stem), weak=stem in how.weak)
        at += width
    return tuple(clauses)
