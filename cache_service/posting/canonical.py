"""The forms of text: as worded, canonical, and folded.

``tidy`` is what every text field passes on its way in, so that what is shown is what was written; ``clean`` is its
canonical form, which keys are made from; ``fold`` is what two values are compared by. All are idempotent. Sets of
values are compared without order or repeats.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Cf (format: zero-width, bidi, soft hyphen, BOM, tags) is invisible and Cc is control; Cs cannot be encoded.
_INVISIBLE = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
# Hangul fillers and the combining grapheme joiner print as nothing though they are letters or marks.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u034f\u180b\u180c\u180d\u180f")
_BLANK = re.compile(f"[{''.join(sorted(_BLANK_LETTERS))}]")
_SPACES = re.compile(r"\s+")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\u0085\u000b\u000c]")
_BLANK_LINES = re.compile(r"\n{3,}")
_LONGEST_KEPT = 256
_INLINE_SPACES = re.compile(r"[^\S\n]+")


def tidy(text: str) -> str:
    """One line as worded: NFC, nothing invisible, every run of white space one space, none at the ends."""
    return _SPACES.sub(" ", _composed(printable(text))).strip()


def tidy_block(text: str) -> str:
    """Lines as worded: as ``tidy`` within each line; line ends kept, at most one blank line between two."""
    lines = (_INLINE_SPACES.sub(" ", line).strip() for line in _composed(printable(text)).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def forbidden_control(text: str) -> str | None:
    """The first character that has no place in a text (Cc but tab and line ends, half a surrogate pair), or None."""
    for char in text:
        if (char < " " and char not in "\t\n\r") or ("\x7f" <= char <= "\x9f" and char != "\x85"):
            return char
        if "\ud800" <= char <= "\udfff":
            return char
    return None


def _visible(text: str) -> str:
    # What str.isprintable lets pass is of none of the invisible categories; line ends stay.
    if text.replace("\n", " ").isprintable() and _BLANK.search(text) is None:
        return text
    return "".join(
        char
        for char in text
        if char in "\t\n\r" or (char not in _BLANK_LETTERS and unicodedata.category(char) not in _INVISIBLE)
    )


def printable(text: str) -> str:
    """Text as worded, without what nobody sees: invisible and control characters; line ends become newlines."""
    return _visible(_LINE_ENDS.sub("\n", text)).replace("\r", "")


def _normal(text: str) -> str:
    # Taking invisible characters out can bring a base and a mark together, hence NFKC on both sides.
    return unicodedata.normalize("NFKC", _visible(unicodedata.normalize("NFKC", text)))


def clean(text: str) -> str:
    """One line: NFKC, nothing invisible, every run of white space one space, none at the ends."""
    return _SPACES.sub(" ", _normal(_LINE_ENDS.sub("\n", text))).strip()


def clean_block(text: str) -> str:
    """Lines of text: as ``clean`` within each line; line ends kept, at most one blank line between two."""
    lines = (_INLINE_SPACES.sub(" ", line).strip() for line in _normal(_LINE_ENDS.sub("\n", text)).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def fold(text: str) -> str:
    """The form two wordings are compared by: clean, case folded, without white space. Remembers recent short texts."""
    return (_folded_short if len(text) <= _LONGEST_KEPT else _folded)(text)


def _folded(text: str) -> str:
    folded = _SPACES.sub("", clean(text).casefold())
    # Taking a space out can bring a base and a mark together, and case folding can undo NFKC: until it settles.
    while (again := _SPACES.sub("", clean(folded).casefold())) != folded:
        folded = again
    return folded


_folded_short = lru_cache(maxsize=32768)(_folded)


def fold_set(items: Iterable[str]) -> frozenset[str]:
    """The folded items as a set; what folds to nothing is left out."""
    return frozenset(folded for item in items if (folded := fold(item)))


def stands_in(words: str, text: str, *, begins: bool = False) -> bool:
    """Whether ``text`` holds ``words``, in any case and spacing, not as a part of other Latin words or numbers.

    ``begins``: the words need only begin there, as a stem does before its endings.
    """
    pattern = _words_pattern(lowered(words), begins=begins)
    return pattern is None or pattern.search(lowered(text)) is not None


@lru_cache(maxsize=256)
def lowered(text: str) -> str:
    """``text`` clean and case folded, white space kept: what ``stands_in`` searches. Remembers recent texts."""
    return clean(text).casefold()


@lru_cache(maxsize=4096)
def _words_pattern(words: str, *, begins: bool) -> re.Pattern[str] | None:
    folded = "".join(words.split())
    if not folded:
        return None
    before = r"(?<![a-z0-9])" if folded[0].isascii() and folded[0].isalnum() else ""
    after = r"(?![a-z0-9+#])" if folded[-1].isascii() and folded[-1].isalnum() and not begins else ""
    return re.compile(before + r"\s*".join(map(re.escape, folded)) + after)
