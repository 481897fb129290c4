"""What an English word adds to the stems of a text: its own, and what the preposition before it makes of it."""

from __future__ import annotations

from typing import Final

from cache_service.posting.wording import english
from cache_service.posting.wording.raw import ALTERNATIVES, NUMBER, OR, RawStems
from cache_service.posting.wording.roles import PAST, PREPOSITIONS

_ENGLISH_NUMBERS: Final = {
    word: str(value)
    for value, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
} | {"fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "hundred": "100"}
# "By" between an act and who does it: "led by doctors" is not "leads doctors".
AGENT: Final = "by whom"
_MEANS: Final = frozenset("phone email mail post courier forklift crane hand video card cash chat letter".split())
_OBJECTS: Final = frozenset("us you me him them ours mine theirs".split())
# "Banks fund us" is not "we fund banks"; "we" says nothing.
_OBJECT_ONLY: Final = {"us": "us!", "me": "me!"}
_IS: Final = frozenset("is are am".split())
_WE: Final = "we"
_IRREGULAR: Final = frozenset(
    "built made sold ran bought taught grew began won led left lost paid sent spent went wrote".split()
)
_WERE: Final = frozenset("was were had did".split())


def add_word(word: str, following: str, raw: RawStems) -> None:
    """Add a Latin word in lower case. ``following``: the token after it."""
    if (number := _ENGLISH_NUMBERS.get(word)) is not None:
        raw.stems.append(NUMBER + number)
        return
    if word in ALTERNATIVES:
        raw.stems.append(OR)
        return
    if word == "by" and following in _MEANS:
        raw.governed = "with"
        return
    _govern(word, following, raw)
    if word in _OBJECT_ONLY:
        raw.stems.append(_OBJECT_ONLY[word])
        return
    if word in _WERE and not following.endswith(("ed", "en")):
        raw.stems.append(PAST)
        return
    raw.stems.append(english.stem(word))
    if raw.stems[-2:-1] == [_WE] and (word.endswith("ed") or word in _IRREGULAR):
        raw.stems.append(PAST)


def _govern(word: str, following: str, raw: RawStems) -> None:
    """Note what preposition ``word`` is, or stands after."""
    if word == "from":
        raw.sources.add(len(raw.stems) + 1)
    elif word in {"to", "into"}:
        raw.goals.add(len(raw.stems) + 1)
    if (role := PREPOSITIONS.get(word)) is not None:
        if following in _OBJECTS:
            raw.stems.append(f"{role} {following}")
        elif role == "by" and not following.endswith("ing"):
            raw.stems.append(AGENT)
        # "To" right before a verb leads to no place.
        raw.governed = "" if word == "to" and english.is_act(following) else role
    elif word in _IS:
        raw.governed = "predicate"
        for at in raw.subject():
            raw.roles.setdefault(at, "subject")
    elif word == "and":
        raw.governed = ""
    elif raw.governed:
        raw.roles[len(raw.stems)] = raw.governed
