"""Names that a model brought in: words that look like a name or a term and stand nowhere in the request.

People's texts are full of words that no request holds; a model that was told to state only the facts has no reason
for a new name. In a Korean sentence every Latin word is one; in an English sentence a capitalised word that does not
begin it, and a word in capitals anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

_LATIN: Final = re.compile(r"(?<![A-Za-z0-9@./_-])[A-Za-z][A-Za-z0-9+#&'-]*(?:\.[A-Za-z0-9]+)*[+#]*")
_BEGINS: Final = re.compile(r"(?:^|[.!?:;\n]|[-*•·(\"'“‘/])\s*$")
# Words of every posting, in Korean texts too.
_COMMON_KO: Final = frozenset("it pc ok and or of to in the a vs etc e.g i.e am pm".split())
_COMMON_EN: Final = frozenset(
    """i i'm i'll you'll you're we we're we'll we've what's it's english korean monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november december ok pc it am
    pm a an the and or us usa eu uk""".split()
)


def words_of(texts: Collection[str]) -> frozenset[str]:
    """The Latin words of ``texts``, folded: whole, and their parts at hyphens and dots."""
    found: set[str] = set()
    for text in texts:
        for match in _LATIN.finditer(text):
            word = match[0].casefold().rstrip(".'-")
            found.add(word)
            found.update(re.split(r"[-.'&/]", word))
    return frozenset(found)


def novel_names(text: str, known: frozenset[str], language: str) -> Iterator[tuple[str, int, int]]:
    """Each such word of ``text`` with its span. ``known``: the request's words, see ``words_of``."""
    common = _COMMON_KO if language == "ko" else _COMMON_EN
    for match in _LATIN.finditer(text):
        worded = match[0].rstrip(".'-")
        word = worded.casefold()
        if len(word) < 2 or word in common or word in known or _stem(word) in known:
            continue
        parts = [part for part in re.split(r"[-.'&/]", worded) if part]
        if all(part.casefold() in known or (language == "en" and _ordinary(part)) for part in parts):
            continue
        if language == "en" and not _name_like(text, match.start(), worded):
            continue
        yield worded, match.start(), match.start() + len(worded)


def _name_like(text: str, start: int, worded: str) -> bool:
    if worded.isupper() and len(worded) > 1:
        return True
    if any(char.isupper() for char in worded[1:]):
        return True
    return worded[0].isupper() and _BEGINS.search(text[max(0, start - 8) : start]) is None


def _ordinary(part: str) -> bool:
    return part.islower() or part.casefold() in _COMMON_EN


def _stem(word: str) -> str:
    return word.removesuffix("'s").removesuffix("s")
