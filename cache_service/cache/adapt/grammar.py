"""Grammar around what was changed: the Korean particle behind it, the English article before it, plurals.

A particle is changed only where its form was the right one for the old word: what else begins with the same letter
("이상", "가능") is left alone.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.grammar.articles import article
from cache_service.posting.grammar.particles import Particle

_COPULA_LIKE: Final = tuple((f"이{form}", form) for form in ("며", "고", "나", "든", "란", "랑", "자"))
_BOUNDARY: Final = r"(?![가-힣A-Za-z0-9])"
_FORMS: Final = re.compile(
    rf"(?P<either>은\(는\)|는\(은\)|이\(가\)|가\(이\)|을\(를\)|를\(을\)|과\(와\)|와\(과\)|\(으\)로)"
    rf"|(?P<towards>으로|로)(?=(?:서|써|부터|의|는|도|만)?{_BOUNDARY})"
    rf"|(?P<copula>이에요|예요){_BOUNDARY}"
    rf"|(?P<with>[과와])(?=(?:의|는|도|만)?{_BOUNDARY})"
    rf"|(?P<quote>이라|라)(?=(?:는|고|면|서|도|야)?{_BOUNDARY})"
    rf"|(?P<like>이며|며|이고|고|이나|나|이든|든|이란|란|이랑|랑|이자|자){_BOUNDARY}"
    rf"|(?P<topic>[은는]){_BOUNDARY}|(?P<subject>[이가]){_BOUNDARY}|(?P<object>[을를]){_BOUNDARY}"
)
_KINDS: Final = {
    "towards": Particle.TOWARDS, "copula": Particle.COPULA, "with": Particle.WITH, "quote": Particle.QUOTE,
    "topic": Particle.TOPIC, "subject": Particle.SUBJECT, "object": Particle.OBJECT,
}  # fmt: skip
_ARTICLE: Final = re.compile(r"(?<![A-Za-z])(?P<article>[Aa]n?)(?P<gap>\s)$")
_SIBILANT: Final = ("s", "x", "z", "ch", "sh")


def particle_after(text: str, end: int, old: str, new: str) -> tuple[int, str]:
    """The particle at ``end`` behind ``old``: how many characters it has, and its form behind ``new``."""
    match = _FORMS.match(text, end)
    if match is None or match.lastgroup in {None, "either"}:
        return 0, ""
    form = match[0]
    if match.lastgroup == "like":
        return len(form), _like(form, old, new)
    particle = _KINDS[str(match.lastgroup)]
    right = particle.after(old)
    if right != form and "(" not in right:
        return 0, ""
    return len(form), particle.after(new)


def _like(form: str, old: str, new: str) -> str:
    """이며/며 and its kin: behind a vowel the short form may stand, behind a consonant it may not."""
    for closed, open_ in _COPULA_LIKE:
        if form == open_ and Particle.SUBJECT.after(old) == "가" and Particle.SUBJECT.after(new) != "가":
            return closed
    return form


def article_before(text: str, start: int, new: str) -> tuple[int, int, str] | None:
    """The article right before ``start`` and its right form before ``new``, None if nothing is to change."""
    match = _ARTICLE.search(text, max(0, start - 4), start)
    if match is None or not new:
        return None
    right = article(new)
    if right == match["article"].lower():
        return None
    return match.start("article"), match.end("article"), right.capitalize() if match["article"][0] == "A" else right


def plural(noun: str) -> str:
    """The plural of an English noun phrase, by its last word."""
    if noun.lower().endswith(_SIBILANT):
        return f"{noun}es"
    if re.search(r"[^aeiou]y$", noun, re.IGNORECASE):
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def cased_like(new: str, old: str) -> str:
    """``new`` with a capital first letter where ``old`` has one and the rest of it is not all capitals."""
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def particle_faults(text: str, start: int, end: int) -> list[str]:
    """The particles right behind ``[start, end)`` that are not the right form for it (for tests and benchmarks)."""
    match = _FORMS.match(text, end)
    if match is None or match.lastgroup in {None, "either", "like"}:
        return []
    word = text[start:end]
    right = _KINDS[str(match.lastgroup)].after(word)
    return [] if right == match[0] or "(" in right else [f"{word}{match[0]}"]
