"""Items that follow one another within a line, with what is written between them: 와/과 follow the word before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cache_service.cache.adapt.bullets import Place
from cache_service.posting.grammar.particles import Particle

_SEPARATOR: Final = re.compile(
    r"\s*(?:,|·|ㆍ|/|;|\||→|->|>|&)\s*(?:(?:및|그리고|또는|혹은|and|or)\s+)?|\s+(?:및|그리고|또는|혹은|and|or|&)\s+|(?:이랑|랑|[와과])\s+"
)
_JOINING: Final = re.compile(
    r"[와과]\s+|(?:이랑|랑)\s+|\s+(?:및|그리고|또는|혹은|and|or|&)\s+|\s*,\s*(?:and|or|및|그리고)\s+"
)


@dataclass(slots=True)
class Run:
    """Items that follow one another, with what is written between them."""

    places: list[Place]
    separators: list[str]


def runs_of(text: str, places: Sequence[Place]) -> list[Run]:
    """The places in runs; one that stands alone is a run of its own."""
    runs: list[Run] = []
    for place in places:
        if runs:
            last = runs[-1].places[-1]
            between = text[last.end : place.start] if place.start - last.end <= 12 else ""
            if between and "\n" not in between and _SEPARATOR.fullmatch(between):
                runs[-1].places.append(place)
                runs[-1].separators.append(between)
                continue
        runs.append(Run([place], []))
    return runs


def joined(words: Sequence[str], separators: Sequence[str]) -> str:
    """The words with the separators between them."""
    text = words[0]
    for separator, before, word in zip(separators, words, words[1:], strict=False):
        joint = Particle.WITH.after(before) + separator[1:] if separator[:1] in {"와", "과"} else separator
        text += joint + word
    return text


def separators_for(old: Sequence[str], count: int, language: str) -> list[str]:
    """The separators of a list of ``count`` items in the manner of the old ones."""
    plain = next((one for one in old if not _JOINING.fullmatch(one)), ", ")
    joining = old[-1] if old and _JOINING.fullmatch(old[-1]) else None
    if count == 2 and joining is not None:
        return [joining.lstrip(",") if joining.lstrip().startswith(",") else joining]
    if joining is not None and language == "en" and "," not in joining and not any("," in one for one in old):
        joining = f",{joining}"
    return [plain] * (count - 2) + [joining or plain] if count > 1 else []
