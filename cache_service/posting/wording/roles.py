"""What a word does in its clause, as far as a particle or a preposition says so: who acts, on what, from where, to whom.

A bag of stems cannot tell "an app in which doctors look for patients" from one in which patients look for doctors.
A word with no particle, as headlines and lists have them, has no role, and agrees with every role.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

Roles = frozenset[tuple[str, str]]

# The role that a Korean particle gives to the noun before it; the longest particle is tried first.
_PARTICLES: Final = {
    "에게서": "from", "한테서": "from", "으로부터": "from", "로부터": "from", "에서": "from", "에게": "to", "한테": "to", "께서": "agent",
    "께": "to", "에": "at", "으로": "to", "로": "to", "이": "agent", "가": "agent", "을": "object", "를": "object", "은": "topic", "는": "topic",
    "의": "whose", "와": "and", "과": "and", "용": "for", "보다": "than",
}  # fmt: skip
_BY_LENGTH: Final = tuple(sorted(_PARTICLES, key=len, reverse=True))
_PASSIVE: Final = ("되", "돼", "됩", "된", "될", "됐", "됨")
# Particles and endings that say something of their own, and what stands for each.
_ONLY: Final = tuple("만 만을 만이 만의 만은 에만 에서만 에게만 으로만 로만".split())
_MUST: Final = ("야", "야만")
_MAY: Final = ("어도", "아도", "여도", "해도")
_CAUSED: Final = ("시키", "시킵", "시켜", "시킨", "시킬", "시킴", "시켰")
# What is done to a thing whether it is 하다 or 시키다; of others (배달) the two say who does it.
_ONE_WAY: Final = frozenset(
    "향상 성장 발전 활성화 안정화 정착 만족 증가 감소 고도화 최적화 개선 높이다 낮추다 늘리다".split()
)
_EXTENT: Final = ("부터", "까지")
# The role of a word without particle before another: "기업 고객 상담" is not "고객 기업 상담". Roles that tell what the
# word stands before have that word after the mark: "bare>고객".
BARE: Final = "bare"
_OF: Final = ">"
_AFTER_OBJECT: Final = {"통하": "via", "통한": "via", "통해": "via", "위하": "for"}
_INFINITIVE_VOWELS: Final = frozenset({0, 1, 4, 6, 9, 10, 14})  # ㅏ ㅐ ㅓ ㅕ ㅘ ㅙ ㅝ
_NO_INFINITIVE: Final = frozenset("다자라나대며까")
_PAST_TAIL: Final = 20
_PASSED: Final = "있겠왔됐었"
PAST: Final = "past"

# English prepositions by the role that they give to what follows. Those that are worded freely ("of", "for", "in",
# none: payment software, software for payments) agree with each other.
PREPOSITIONS: Final = {
    "of": "of", "for": "for", "in": "in", "at": "in", "across": "in", "throughout": "in", "within": "in", "to": "to",
    "into": "to", "from": "from", "with": "with", "without": "without", "by": "by", "on": "on", "about": "on",
    "against": "against", "before": "before", "after": "after", "until": "until", "since": "since", "than": "than", "as": "as",
}  # fmt: skip
_APART: Final = frozenset(
    frozenset(pair.split("-"))
    for pair in """agent-object agent-to agent-whose agent-for for-and via-agent via-at agent-at from-at object-at which-will then-will via-from from-object from-to to-on to-against to-by to-with for-with for-from for-by for-against
    with-from as-with as-to as-from as-by as-on as-against with-on with-against with-without from-in of-by before-after before-until until-since after-until to-for than-object than-agent then-which subject-predicate""".split()
)
# Of these, one that is left out of the same words in the same order makes others of them: "escalate to managers".
_NEEDED: Final = frozenset("to from with by against on".split())
# Of these roles two words of a clause cannot trade: "parts for planes", "planes for parts".
_NEVER_TRADED: Final = frozenset("to from of for with by on in before after until since than topic then which".split())
# Of these none can be left out on one side for one word and on the other for another: "planes from parts".
_TELLING: Final = frozenset("to from for with by against before after".split())
# In a clause that ends with it, nobody acts: "해외 출장이 분기에 한 번 있습니다".
_BEING: Final = "있다"
# Where somebody is, 에 and 에서 say the same.
_STATIC: Final = frozenset("근무 일하다 살다 거주 위치 운영 있다".split())


def korean_marks(word: str, found: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The role of the last stem of ``word`` (or nothing), and stems for what its ending says of its own."""
    if not found or found[-1] == word:
        return BARE, ()
    last = found[-1]
    is_verb = last.endswith("다")
    rest = word[max(word.rfind(last), 0) + len(last) :] if last in word else word[-3:]
    marks = [PAST] if _is_past(word, rest, is_verb=is_verb) else []
    if rest.startswith("받"):
        marks.append("받다")
    elif rest.startswith(_CAUSED) and last not in _ONE_WAY:
        marks.append("시키다")
    elif not is_verb and rest in _ONLY:
        marks.append("만")
    elif rest in _EXTENT:
        marks.append(rest)
    elif word.endswith(_MUST) and (is_verb or rest.startswith(("해", "하", "이어"))):
        marks.append("must")
    elif word.endswith(_MAY):
        marks.append("may")
    if rest.startswith(_PASSIVE):
        return "passive", tuple(marks)
    if joint := _joint(word, rest, is_verb=is_verb):
        return joint, tuple(marks)
    return ("" if is_verb else next((_PARTICLES[one] for one in _BY_LENGTH if rest == one), "")), tuple(marks)


def _joint(word: str, rest: str, *, is_verb: bool) -> str:
    """Whether a verb goes on to the next ("볶아 납품") or tells which one the next word is ("볶는 카페")."""
    if is_verb:
        if _is_infinitive(word[-1]) or word.endswith("서"):
            return "then"
        return "which" if word.endswith(("는", "은")) or _tail(word[-1]) in {4, 8} else ""
    if rest in {"하는", "한", "할"}:
        return "will" if rest == "할" else "which"
    return "then" if rest in {"하여", "해", "해서"} else ""


def _is_infinitive(char: str) -> bool:
    """Whether a verb that ends so is in its infinitive: 볶아, 고쳐, 배워."""
    return char not in _NO_INFINITIVE and _tail(char) == 0 and (ord(char) - 0xAC00) // 28 % 21 in _INFINITIVE_VOWELS


def _tail(char: str) -> int:
    return (ord(char) - 0xAC00) % 28 if "가" <= char <= "힣" else 0


def _is_past(word: str, rest: str, *, is_verb: bool) -> bool:
    """Whether the ending has -았-/-었-; what has gone on until now ("해 왔습니다") goes on."""
    ending = word if is_verb else rest
    return any(
        (ord(char) - 0xAC00) % 28 == _PAST_TAIL and char not in _PASSED for char in ending if "가" <= char <= "힣"
    )


def settled(said: Sequence[tuple[str, str, bool]]) -> Roles:
    """The roles of a clause. ``said``: each stem in order, its role (or nothing) and whether it is light.

    A topic is who acts where something else is acted on. Who "acts" before a light word ("경력이 있는"), or in the
    passive, does nothing.
    """
    roles: set[tuple[str, str]] = set()
    objects = {stem for stem, role, _ in said if role == "object"}
    passive = any(role == "passive" for _, role, _ in said)
    static = any(stem in _STATIC for stem, _, _ in said)
    for at, (stem, given, light) in enumerate(said):
        following, _, before_light = said[at + 1] if at + 1 < len(said) else ("", "", True)
        role = given
        if role == "topic":
            role = "agent" if objects - {stem} else role
        if role in {"which", "will"} and before_light:
            role = ""
        if role == "agent" and (passive or before_light or said[-1][0] == _BEING):
            role = ""
        if role == "object":
            role = next((given_by for word, given_by in _AFTER_OBJECT.items() if following.startswith(word)), role)
        if role in {"", "passive"} or light or (static and role in {"from", "to", "at"}):
            continue
        if role != BARE:
            roles.add((stem, role))
        if role in {BARE, "object"} and not before_light:
            roles.add((stem, f"{role}{_OF}{following}"))
    return frozenset(roles)


def conflict(one: Roles, other: Roles) -> bool:
    """Whether a word does in ``one`` what it cannot do in ``other``, or two words have traded what they do."""
    if one == other or not (one and other):
        return False
    return at_odds(one, other) or _traded(one, other)


def at_odds(one: Roles, other: Roles) -> bool:
    """Whether a word does in ``one`` what it cannot do in ``other``, or two words have each what the other one has."""
    return _apart(one, other) or _exchanged(one, other)


def _exchanged(one: Roles, other: Roles) -> bool:
    mine, theirs = _by_stem(one - other), _by_stem(other - one)
    turned = {(here, there) for stem in mine.keys() & theirs.keys() for here in mine[stem] for there in theirs[stem]}
    return any(here != there and (there, here) in turned for here, there in turned)


def _apart(one: Roles, other: Roles) -> bool:
    mine, theirs = _by_stem(one), _by_stem(other)
    return any(
        all(frozenset((here, there)) in _APART for here in mine[stem] for there in theirs[stem])
        for stem in mine.keys() & theirs.keys()
    )


def _traded(one: Roles, other: Roles) -> bool:
    """Whether two words have changed places: after a preposition, before each other, or as what two verbs act on."""
    mine, theirs = one - other, other - one
    if _places(mine, other) and _places(theirs, one):
        return True
    if any((before, f"{BARE}{_OF}{stem}") in other for stem, before in _before(mine, BARE)):
        return True
    if not _NEVER_TRADED.isdisjoint({role for _, role in mine} & {role for _, role in theirs}):
        return True
    # What the same verb acts on, of words that both sides have verbs act on.
    here, there = _before(mine, "object"), _before(theirs, "object")
    acted = {stem for stem, _ in here} & {stem for stem, _ in there}
    return not {verb for stem, verb in here if stem in acted}.isdisjoint(verb for stem, verb in there if stem in acted)


def _before(roles: Roles, kind: str) -> list[tuple[str, str]]:
    """Each stem with a role of this kind before another word, and that word."""
    return [(stem, role.removeprefix(kind + _OF)) for stem, role in roles if role.startswith(kind + _OF)]


def _places(roles: Roles, other: Roles) -> bool:
    """Whether ``roles`` have words after a telling preposition that stand after none in ``other``."""
    told = {stem for stem, _ in other}
    return any(role in _TELLING and stem not in told for stem, role in roles)


def _by_stem(roles: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for stem, role in roles:
        if _OF not in role:
            found.setdefault(stem, set()).add(role)
    return found


def left_out(one: Roles, other: Roles, first: str) -> bool:
    """Whether one of two clauses of the same words in the same order lacks a preposition that makes a difference.

    ``first``: their first word, which may have one of its own accord ("with a flat hierarchy, we ..."), and the words after
    it with it ("experience with exotic animals").
    """
    mine, theirs = _by_stem(one), _by_stem(other)
    return any(
        stem not in there and stem != first and not roles.isdisjoint(_NEEDED - here.get(first, set()))
        for here, there in ((mine, theirs), (theirs, mine))
        for stem, roles in here.items()
    )
