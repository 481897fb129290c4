"""Whether two wordings state the same, by their words alone.

Each side is read as clauses of canonical content stems (``statements``). Clauses that are alike pair off; the others
are joined where they share a stem, and within what is joined every content stem has to be on both sides. Clauses that
trade words with each other ("API 설계, 화면 테스트", "화면 설계, API 테스트") contradict.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from cache_service.posting.wording.korean import split_compound
from cache_service.posting.wording.roles import PREPOSITIONS, at_odds, conflict, left_out
from cache_service.posting.wording.statements import ANTONYMS, NOT, NUMBER, Clause, statement

_IS: Final = re.compile(r"(?:입니다|이에요|예요|이다)[.!]?$")
_TWO: Final = 2
_LED: Final = frozenset(PREPOSITIONS.values())
_SHORTEST_COMPOUND: Final = 4
_FEWEST_TRADED: Final = (3, 4)
_SENTENCE_END: Final = re.compile(r"\n|(?<=[.!?。])\s")
_LONGEST_SENTENCE: Final = 80
_LONGEST_KEPT: Final = 400


@dataclass(frozen=True, slots=True)
class WordingMatch:
    """What two wordings have in common and what one side alone says, as canonical stems.

    ``overlap``: share of all content stems that both sides have, 0..1 (two wordings without any: 1).
    ``contradicts``: negation, a number, an opposite or who does what differs on a shared subject.
    """

    overlap: float
    only_wanted: tuple[str, ...]
    only_stored: tuple[str, ...]
    contradicts: bool

    @property
    def same(self) -> bool:
        """Whether neither side states anything that the other does not, and nothing contradicts."""
        return not (self.only_wanted or self.only_stored or self.contradicts)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A clause and the stems of the sentence that it stands in (``around``). ``leads``: the first of them where it may
    belong to all clauses (Korean: "매장 오픈 준비 및 마감 정리"), or nothing; ``head``: what the sentence says that something is
    ("... 보전하고 ... 하는 동물원입니다"), or nothing; ``shared``: there are several. ``joints``: the words on both sides of
    each joint, such as a and b of "x a and b y". ``sentence``: the clauses of the sentence."""

    clause: Clause
    content: frozenset[str]
    around: frozenset[str]
    leads: str
    head: str
    shared: bool
    joints: frozenset[tuple[str, str]]
    sentence: tuple[Clause, ...]

    @property
    def is_open(self) -> bool:
        """Whether it leaves out words of the clauses beside it: one word does, unless it is a compound taken apart."""
        return self.clause.open and not len(self.clause.content) == 1 < len(self.content)


@dataclass(slots=True)
class _Joined:
    """Clauses of both sides that share stems."""

    wanted: list[_Placed]
    stored: list[_Placed]


def compare_wording(wanted: Sequence[str], stored: Sequence[str], language: str) -> WordingMatch:
    """Compare two lists of items, or of lines or sentences of a block. Order and bullets carry nothing.

    ``language``: ``ko`` or ``en``. Linear in the length of both but for compounds that only one side has.
    """
    mine, theirs = _placed(wanted, language), _placed(stored, language)
    all_mine, all_theirs = _content(mine), _content(theirs)
    if all_mine != all_theirs:
        mine = _split_compounds(mine, all_mine - all_theirs, all_theirs)
        theirs = _split_compounds(theirs, all_theirs - all_mine, all_mine)
        all_mine, all_theirs = _content(mine), _content(theirs)
    contradicts = _reordered(mine, theirs)
    mine, theirs = _unpaired(mine, theirs), _unpaired(theirs, mine)
    only_mine: set[str] = set()
    only_theirs: set[str] = set()
    for joined in _join(mine, theirs):
        here, there = _difference(joined, all_mine, all_theirs)
        only_mine |= here
        only_theirs |= there
        contradicts |= _contradicts(joined, here, there)
    union = all_mine | all_theirs
    overlap = len(all_mine & all_theirs) / len(union) if union else 1.0
    return WordingMatch(overlap, tuple(sorted(only_mine)), tuple(sorted(only_theirs)), contradicts)


def read_ahead(items: Sequence[str], language: str) -> None:
    """Read one side of comparisons to come, to have it remembered."""
    _placed(items, language)


def _placed(items: Sequence[str], language: str) -> list[_Placed]:
    return [
        clause
        for item in items
        for sentence in (_SENTENCE_END.split(item) if len(item) > _LONGEST_SENTENCE or "\n" in item else (item,))
        for clause in _clauses(sentence, language)
    ]


def _read(sentence: str, language: str) -> tuple[_Placed, ...]:
    clauses = statement(sentence, language)
    around = frozenset().union(*(clause.content for clause in clauses))
    joints = frozenset((one.stems[-1], other.stems[0]) for one, other in pairwise(clauses))
    leads = clauses[0].stems[0] if clauses and language == "ko" else ""
    shared = len(clauses) > 1
    head = clauses[-1].stems[-1] if shared and _IS.search(sentence) else ""
    return tuple(_Placed(clause, clause.content, around, leads, head, shared, joints, clauses) for clause in clauses)


_read_short: Final = lru_cache(maxsize=8192)(_read)


def _clauses(sentence: str, language: str) -> tuple[_Placed, ...]:
    return (_read_short if len(sentence) <= _LONGEST_KEPT else _read)(sentence, language)


def _content(clauses: Iterable[_Placed]) -> frozenset[str]:
    return frozenset().union(*(clause.content for clause in clauses))


def _split_compounds(clauses: list[_Placed], unmatched: frozenset[str], known: frozenset[str]) -> list[_Placed]:
    """Take apart the words that only this side has and that are made of words of the other side."""
    parts = {
        stem: found for stem in unmatched if len(stem) >= _SHORTEST_COMPOUND and (found := split_compound(stem, known))
    }
    if not parts:
        return clauses
    return [
        replace(clause, content=_replaced(clause.content, parts), around=_replaced(clause.around, parts))
        for clause in clauses
    ]


def _replaced(stems: frozenset[str], parts: dict[str, tuple[str, ...]]) -> frozenset[str]:
    return frozenset(part for stem in stems for part in parts.get(stem, (stem,)))


def _unpaired(clauses: list[_Placed], others: list[_Placed]) -> list[_Placed]:
    known = {other.content for other in others}
    return [clause for clause in clauses if clause.content not in known]


def _reordered(mine: list[_Placed], theirs: list[_Placed]) -> bool:
    """Whether two clauses of the same words have two of them trade places, or go the other way (from, to)."""
    by_content: dict[frozenset[str], list[Clause]] = {}
    for placed in theirs:
        by_content.setdefault(placed.content, []).append(placed.clause)
    return any(
        all(_trades(placed.clause, other) for other in by_content[placed.content])
        for placed in mine
        if placed.content in by_content
    )


def _trades(one: Clause, other: Clause) -> bool:
    if one.sources and other.sources and one.sources.isdisjoint(other.sources):
        return True
    if conflict(one.roles, other.roles):
        return True
    if one.stems == other.stems and all(map(str.isascii, one.stems)):
        return left_out(one.roles, other.roles, one.stems[0])
    if len(one.stems) != len(other.stems) or len(one.stems) < _fewest_traded(one, other):
        return False
    moved = [at for at, (here, there) in enumerate(zip(one.stems, other.stems, strict=True)) if here != there]
    return len(moved) == 2 and moved[1] - moved[0] > 1


def _fewest_traded(one: Clause, other: Clause) -> int:
    """From how many stems on order tells: three ("doctors train nurses"); in English more where prepositions stand."""
    return _FEWEST_TRADED[bool(one.roles or other.roles) and all(map(str.isascii, one.stems))]


def _join(mine: list[_Placed], theirs: list[_Placed]) -> list[_Joined]:
    """Components of clauses that share stems, by union-find over the stems."""
    parent: dict[str, str] = {}

    def root(stem: str) -> str:
        while (above := parent.setdefault(stem, stem)) != stem:
            parent[stem] = stem = parent[above]
        return stem

    for clause in (*mine, *theirs):
        first, *rest = clause.content
        top = root(first)
        for stem in rest:
            parent[root(stem)] = top
    joined: dict[str, _Joined] = {}
    for clause in mine:
        joined.setdefault(root(next(iter(clause.content))), _Joined([], [])).wanted.append(clause)
    for clause in theirs:
        joined.setdefault(root(next(iter(clause.content))), _Joined([], [])).stored.append(clause)
    return list(joined.values())


def _difference(
    joined: _Joined, all_mine: frozenset[str], all_theirs: frozenset[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of what is joined that only the wanted and only the stored side has."""
    here, there = _content(joined.wanted), _content(joined.stored)
    return (
        _left(joined.wanted, here - there - _borrowed(joined.stored), here, all_theirs, alone=not joined.stored),
        _left(joined.stored, there - here - _borrowed(joined.wanted), there, all_mine, alone=not joined.wanted),
    )


def _left(
    clauses: list[_Placed], left: frozenset[str], content: frozenset[str], others: frozenset[str], *, alone: bool
) -> frozenset[str]:
    if not alone:
        return left
    # Words that the other side has elsewhere, in clauses of their own: a repeated word states nothing new.
    if all(clause.is_open and clause.content <= others for clause in clauses):
        return frozenset()
    return (content - others) or content


def _borrowed(clauses: list[_Placed]) -> frozenset[str]:
    """What clauses that leave words out ("build and maintain APIs") may take from the clauses beside them."""
    around = {clause.around for clause in clauses if clause.clause.open}
    return frozenset(stem for stems in around for stem in stems if not stem.startswith(NOT))


def _contradicts(joined: _Joined, here: frozenset[str], there: frozenset[str]) -> bool:
    if not (joined.wanted and joined.stored):
        return False
    if any(stem.startswith((NOT, NUMBER)) for stem in here | there):
        return True
    if any((one, other) in ANTONYMS for one in here for other in there):
        return True
    mine, theirs = (frozenset().union(*(one.clause.roles for one in side)) for side in (joined.wanted, joined.stored))
    return at_odds(mine, theirs) or (_crosses(joined) and not _swapped(joined))


def _swapped(joined: _Joined) -> bool:
    """Whether each side is one sentence, and two things joined in it have changed places: "patents and technical
    manuals for firms", "technical manuals and patents for firms"."""
    here, there = ({placed.sentence for placed in side} for side in (joined.wanted, joined.stored))
    if len(here) != 1 or len(there) != 1:
        return False
    mine, theirs = next(iter(here)), next(iter(there))
    if len(mine) != _TWO or len(theirs) != _TWO:
        return False
    one, other = (tuple(stem for clause in clauses for stem in clause.stems) for clauses in (mine, theirs))
    if Counter(one) != Counter(other):
        return False
    first = _alike(one, other)
    last = _alike(one[first:][::-1], other[first:][::-1])
    if last and not _is_led(one[-last], mine[-1]):
        return False
    middle, turned = one[first : len(one) - last], other[first : len(other) - last]
    joint = len(mine[0].stems) - first
    return 0 < joint < len(middle) and turned == middle[joint:] + middle[:joint]


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many stems two wordings begin with alike."""
    return next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))


def _is_led(stem: str, clause: Clause) -> bool:
    """Whether a preposition stands before ``stem``, so that what follows belongs to all that is joined before it."""
    return any(said == stem and role in _LED for said, role in clause.roles)


def _crosses(joined: _Joined) -> bool:
    """Whether two clauses or more of each side have traded words. Words that stand alone may go with any clause."""
    single = {
        stem for clause in (*joined.wanted, *joined.stored) if len(clause.content) == 1 for stem in clause.content
    }
    single |= _leads(joined.wanted, shared=True) & _leads(joined.stored)
    single |= _leads(joined.wanted) & _leads(joined.stored, shared=True)
    single |= _heads(joined.wanted) & _heads(joined.stored)
    joints = _joints(joined.stored)
    for one, other in _joints(joined.wanted):
        if (other, one) in joints:
            single |= {one, other}
    left = {clause.content - single for clause in joined.wanted} - {frozenset()}
    right = {clause.content - single for clause in joined.stored} - {frozenset()}
    mine, theirs = list(left - right), list(right - left)
    if len(mine) < 2 or len(theirs) < 2:
        return False
    often = {
        stem
        for side in (mine, theirs)
        for stem, count in Counter(s for core in side for s in core).items()
        if count > 1
    }
    tied = [{at for at, other in enumerate(theirs) if (core & other) - often} for core in mine]
    return any(
        len(ties) > 1 and any(other & ties for number, other in enumerate(tied) if number != at)
        for at, ties in enumerate(tied)
    )


def _heads(clauses: list[_Placed]) -> frozenset[str]:
    return frozenset(clause.head for clause in clauses if clause.head)


def _joints(clauses: list[_Placed]) -> frozenset[tuple[str, str]]:
    return frozenset().union(*(clause.joints for clause in clauses))


def _leads(clauses: list[_Placed], *, shared: bool = False) -> frozenset[str]:
    return frozenset(clause.leads for clause in clauses if clause.shared or not shared)
