"""The stems of a text in order, before synonyms, with what stands between clauses and what each stem does.

Numbers are their values, whatever their spelling; marks, conjunctions and joining endings are breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from cache_service.posting.canonical import clean_block
from cache_service.posting.extract.number_words import number_words
from cache_service.posting.wording import korean, raw_english, raw_korean
from cache_service.posting.wording.raw import BREAK, NUMBER, RawStems

_DOTS: Final = str.maketrans(dict.fromkeys("·ㆍ•∙‧・ᆞ", ",") | {"’": "'", "‘": "'", "–": "-", "—": ";"})
_SHORT: Final = re.compile(r"\b(?:e\.g\.|i\.e\.|etc\.)", re.IGNORECASE)
_RETIREMENT: Final = re.compile(r"\b401 ?\(?k\)?", re.IGNORECASE)
_NEVER_ENDING: Final = re.compile(r"\b24 ?/ ?7\b")
_TENS: Final = re.compile(
    r"\b(?:[a-z]+[- ])?(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|thirteen|fourteen|sixteen|seventeen|eighteen"
    r"|nineteen)\b"
)
_TOKEN: Final = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?: ?(?P<scale>천만|백만|억|만|천|k\b|m\b|million\b|thousand\b)(?!족))?"
    r"|(?P<hangul>[가-힣]+)"
    r"|(?P<latin>[a-z](?:&[a-z](?![a-z])|(?:[a-z0-9]|\.(?=[a-z]{2}))*[+#]*))"
    r"|(?P<percent>%)|(?P<more>(?<=\d)\+)|(?P<range>~)"
    r"|(?P<break>[\n,;/|&():>→…!?\[\]]|\.(?!\d)|(?<=\s)-(?=\s))"
    r"|(?P<other>[^\W\d_]+)"
)
_CONTRACTED: Final = re.compile(r"(?<=[a-z])'(?:ll|re|ve|s|d|m)\b|(?<=s)'(?=\s|$)")
_NEGATED: Final = re.compile(r"\b(?:won't|can't|cannot|([a-z]+)n't)")
_SCALES: Final = {
    "천만": 10**7, "백만": 10**6, "억": 10**8, "만": 10**4, "천": 10**3, "k": 10**3, "thousand": 10**3, "m": 10**6,
    "million": 10**6,
}  # fmt: skip


def _tokens(text: str) -> Iterable[re.Match[str]]:
    folded = clean_block(text.translate(_DOTS)).casefold().translate(_DOTS)
    folded = _RETIREMENT.sub("401k", _NEVER_ENDING.sub("around the clock", _SHORT.sub(" ", folded)))
    if (tens := _TENS.search(folded)) is not None:
        folded = _spelled(folded, tens.start())
    if "'" in folded:
        folded = _CONTRACTED.sub("", _NEGATED.sub(lambda found: f"{found[1] or ''} not", folded))
    return _TOKEN.finditer(folded)


def _spelled(text: str, after: int) -> str:
    """``text`` with the English numbers in words from ``after`` on as digits: "twenty-five", "three hundred"."""
    for worded in reversed(number_words(text, text)):
        if worded.start >= after and text[worded.start].isascii() and _TENS.search(text, worded.start, worded.end):
            text = f"{text[: worded.start]}{worded.raw * worded.scale}{text[worded.end :]}"
    return text


def _number(match: re.Match[str]) -> str:
    digits = match["number"].replace(",", "")
    if match["scale"] and len(digits) <= 15:
        return f"{NUMBER}{float(digits) * _SCALES[match['scale']]:g}"
    if "." in digits:
        return NUMBER + (digits.lstrip("0").rstrip("0").rstrip(".") or "0")
    return NUMBER + (digits.lstrip("0") or "0")


def _follows(tokens: list[re.Match[str]], position: int) -> bool:
    """Whether a Latin word stands right before, so that this is its particle or ending: "API를"."""
    before = tokens[position - 1] if position else None
    return before is not None and before.lastgroup == "latin" and before.end() == tokens[position].start()


_FIXED: Final = {"percent": "%", "more": "이상", "range": "~", "break": BREAK}


def raw_stems(text: str) -> RawStems:
    """Read ``text`` in either language. Linear in its length."""
    raw = RawStems([], set(), set(), {})
    tokens = list(_tokens(text))
    for position, match in enumerate(tokens):
        match match.lastgroup:
            case "number" | "scale":
                raw.stems.append(_number(match))
            case "hangul" if _follows(tokens, position) and korean.is_ending(match[0]):
                raw_korean.add_ending(match[0], raw)
            case "hangul":
                following = tokens[position + 1][0] if position + 1 < len(tokens) else ""
                counted = bool(position) and tokens[position - 1].lastgroup in {"number", "scale"}
                before = tokens[position - 1][0] if position else ""
                raw_korean.add_word(match[0], before, following, raw, counted=counted)
            case "latin":
                following = tokens[position + 1][0] if position + 1 < len(tokens) else ""
                raw_english.add_word(match[0], following, raw)
            case "other" | None:
                raw.stems.append(match[0])
            case kind:
                raw.governed = ""
                raw.stems.append(_FIXED[kind])
    return raw


def plain_stems(text: str) -> tuple[str, ...]:
    """The stems of a listed wording."""
    return tuple(stem for stem in raw_stems(text).stems if stem != BREAK)
