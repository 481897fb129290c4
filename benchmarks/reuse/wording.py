"""What the benchmark words facts with, all of it of the project's own making: ``data/wording_<language>.toml`` and, by
hand, pairs of items that say the same: ``data/rewordings_<language>.tsv``, lines of field, wording, other wording."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Lang = Literal["ko", "en"]
LANGUAGES: Final[tuple[Lang, ...]] = ("ko", "en")
_DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Wording:
    """Phrases, values and what is spelled otherwise, for one language.

    ``phrases``: by fact, sentences with ``{slots}``. ``values``: by fact, what a request may state. ``words``: of the
    enumerations, how each value is said, the plainest first. ``spellings``: groups of wordings of the same value.
    ``near``: groups of values that look alike and differ. ``contrasts``: by field, pairs of items that differ in one
    fact inside free text; ``rewordings``: pairs that say the same. ``name_tails``: what turns a company's name into
    another's; ``name_forms``: what does not.
    """

    phrases: Mapping[str, Sequence[str]]
    values: Mapping[str, Sequence[str]]
    words: Mapping[str, Mapping[str, Sequence[str]]]
    spellings: Mapping[str, Sequence[Sequence[str]]]
    near: Mapping[str, Sequence[Sequence[str]]]
    contrasts: Mapping[str, Sequence[Sequence[str]]]
    rewordings: Mapping[str, Sequence[Sequence[str]]]
    name_tails: Sequence[str]
    name_forms: Sequence[str]
    money: Mapping[str, Sequence[int]]
    currency: str


def _read(language: Lang) -> Wording:
    fields = tomllib.loads((_DATA / f"wording_{language}.toml").read_text("utf-8"))
    rewordings: dict[str, list[tuple[str, str]]] = {}
    for line in (_DATA / f"rewordings_{language}.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            field, one, other = line.split("\t")
            rewordings.setdefault(field, []).append((one, other))
    return Wording(**fields, rewordings=rewordings)


WORDINGS: Final = {language: _read(language) for language in LANGUAGES}

_CHOICE = re.compile(r"(\S)\[([^/\]]*)/([^\]]*)\]")
_CLOSED_DIGITS = frozenset("013678")
_CLOSED_LETTERS = frozenset("lmn")


def with_particles(text: str) -> str:
    """``text`` with every ``[은/는]`` settled by the letter before it: the form after a consonant, or after a vowel."""

    def settled(match: re.Match[str]) -> str:
        last = match[1].casefold()
        if "가" <= last <= "힣":
            final = (ord(last) - 0xAC00) % 28
            closed = bool(final) and not (match[2] == "으로" and final == 8)
        else:
            closed = last in _CLOSED_DIGITS or last in _CLOSED_LETTERS
        return match[1] + (match[2] if closed else match[3])

    return _CHOICE.sub(settled, text)
