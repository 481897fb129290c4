"""The companies that the cache knows of, for finding the name of another one in a text that a model wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from cache_service.cache.guard.names import name_forms
from cache_service.posting.canonical import fold

_WORD: Final = re.compile(r"[A-Za-z0-9가-힣&]+")
SHORTEST: Final = 3
LONGEST: Final = 40
MOST_WORDS: Final = 4


class KnownCompanies:
    """Names of companies. Names under three letters are not looked for: too many of them are common words."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: dict[str, str] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Know one more."""
        for form in name_forms(name):
            if SHORTEST <= len(folded := fold(form)) <= LONGEST:
                self._names[folded] = form

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The known names that begin some word of ``text``: candidates for the guard, which judges each as a word.

        One dictionary look-up for each prefix of up to four adjacent words; cost grows with the text, not with the
        number of names.
        """
        words = _WORD.findall(text)
        found: dict[str, None] = {}
        for first in range(len(words)):
            joined = fold("".join(words[first : first + MOST_WORDS]))[:LONGEST]
            for length in range(SHORTEST, len(joined) + 1):
                if (name := self._names.get(joined[:length])) is not None:
                    found[name] = None
        return tuple(found)
