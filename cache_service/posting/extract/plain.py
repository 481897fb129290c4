"""The plain form of a text, in which patterns look for facts, and where each of its characters stood.

Folded: full-width letters and digits, mathematical and circled digits, letters of other scripts that look Latin,
dashes, tildes and odd spaces. Gone: characters that print as nothing, tags, marks of emphasis. Joined: words spelled
with a mark or space after every letter ("재 택 근 무"), if what they spell is a word that states a fact.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from typing import Final

_LOOKALIKES: Final = str.maketrans(
    "АВЕКМНОРСТУХаеорсухіѕјԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοα",
    "ABEKMHOPCTYXaeopcyxisjdqwhABEZHIKMNOPTYXoa",
)
_PLAIN: Final = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "～〜∼˜᷉"), "~"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000\t\r\f\v"), " "),
    **dict.fromkeys(map(ord, "’‘"), "'"),
    **_LOOKALIKES,
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x1D7CE, 0x1D800)},
    ord("￦"): "₩",
    ord("＄"): "$",
    ord("З"): "3",
}
_PLAIN_CHARS: Final = {chr(code): plain if isinstance(plain, str) else chr(plain) for code, plain in _PLAIN.items()}
_UNUSUAL: Final = re.compile("[^ -~\n가-힣·•]")
# Words that a trick would hide; spelled letter by letter they are joined, and nothing else is.
_HIDDEN: Final = re.compile(
    r"재택|원격|출근|상주|하이브리드|정규직|계약직|기간제|파견직|인턴|프리랜서|알바|아르바이트|연봉|월급|시급|급여|만원|경력|신입|수습|상시|마감|주식회사"
    r"|년이상|학력|대졸|석사|박사|remote|hybrid|onsite|contract|freelance|intern|salary|parttime|fulltime"
)
_SPELLED: Final = re.compile(
    r"(?<![가-힣])[가-힣](?:(?P<m>[ .·\-_*])[가-힣](?:(?P=m)[가-힣])*)(?![가-힣])"
    r"|(?<![A-Za-z])[A-Za-z](?:(?P<n>[ .·\-_*])[A-Za-z](?:(?P=n)[A-Za-z]){3,})(?![A-Za-z])"
    r"|(?<![\d.,])\d(?:(?P<o> )\d(?:(?P=o)\d){2,})(?![\d.,])"
)
_SHIFTING: Final = re.compile(
    r"(?=[&*<O\\_`o~\u00ad\u034f\u1100-\u1112\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2160-\u216b"
    r"\u2460-\u2473\u24ea\u24f5-\u24fe\u2776-\u2793\u3164\ufe00-\ufe0e\ufeff])"
    # conjoining jamo of decomposed Hangul
    r"(?:(?P<jamo>[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?)"
    r"|(?P<nothing>[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u3164\ufe00-\ufe0e\ufeff])"
    r"|(?P<tag></?[A-Za-z][^<>\n]{0,200}>|<!--.{0,200}?-->)"
    r"|(?P<entity>&(?:[a-zA-Z]{2,8}|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});)"
    r"|(?P<mark>\*{2,3}|~~(?=\S)|`{1,3}|(?<![\w*])\*(?=[\d가-힣][\d가-힣,.]*\*)|(?<=[\d가-힣])\*(?=[가-힣])"
    r"|(?<!\w)__?(?=[\d가-힣])|(?<=[\d가-힣])__?(?![A-Za-z\d_])|\\(?=[-*_.~()+]))"
    r"|(?P<circled>[\u2460-\u2473\u24ea\u24f5-\u24fe\u2776-\u2793\u2160-\u216b]"
    r"(?= ?(?:[년명억만천원주월일회]|개월|years?|yrs?|months?)))"
    r"|(?P<letter>(?<=\d)[Oo]{1,12}(?=[\d,Oo]{0,12}(?:[만억천원명년]|개월|,\d))))"
)
_MAYBE_SHIFTING: Final = re.compile(
    r"[\u1100-\u1112\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u3164\ufe00-\ufe0e"
    r"\ufeff\u2460-\u2473\u24ea\u24f5-\u24fe\u2776-\u2793\u2160-\u216b]"
)
# What begins with a set of characters is searched for fastest: these are looked for in every text.
_ENTITY: Final = re.compile(r"&[a-zA-Z#][0-9a-zA-Z]{1,7};")
_EMPHASIS: Final = re.compile(r"[*_][\d가-힣]")
_ZEROS: Final = re.compile(r"\d[Oo]{1,12}[\d,만억천원명년개]")
_MAYBE_SPELLED: Final = re.compile(r"([ .·\-_*])[가-힣]\1[가-힣](?![가-힣])")
_MAYBE_TWO_SPELLED: Final = re.compile(r"[재출연인][ .·\-_*][택근봉턴](?![가-힣])")
_MAYBE_LETTERS: Final = re.compile(r"[ .\-_*][A-Za-z][ .\-_*][A-Za-z][ .\-_*][A-Za-z]")
# What the two above and below have in common, before anything is folded.
_ODD_DIGITS: Final = re.compile(r"\d(?:[Oo]|\s\d\s\d\s\d)")
_DIGITS_APART: Final = re.compile(r"\d \d \d \d")
_TWO_SPELLED: Final = re.compile(r"(?<![가-힣])(?:재[ .·\-_*]택|출[ .·\-_*]근|연[ .·\-_*]봉|인[ .·\-_*]턴)(?![가-힣])")
_BLOCK: Final = re.compile(r"</?(?:br|p|div|li|ul|ol|tr|td|th|table|h\d|section)\b", re.IGNORECASE)


def plain(text: str) -> tuple[str, tuple[int, ...] | None]:
    """The plain form of ``text``, and for each of its offsets that of ``text`` (None where they are the same)."""
    offsets: list[int] | None = None
    odd_digits = _ODD_DIGITS.search(text) is not None
    if _may_shift(text, odd_digits=odd_digits):
        text, offsets = _replaced(text, _SHIFTING, _shifted, None)
        odd_digits = True
    folded = _folded(text)
    if _may_be_spelled(folded, odd_digits=odd_digits or folded is not text):
        folded, offsets = _replaced(folded, _SPELLED, _joined, offsets)
        folded, offsets = _replaced(folded, _TWO_SPELLED, _joined, offsets)
    return folded, None if offsets is None else tuple(offsets)


def _may_shift(text: str, *, odd_digits: bool) -> bool:
    if "<" in text or "**" in text or "`" in text or "\\" in text or "~~" in text:
        return True
    if ("&" in text and _ENTITY.search(text)) or (("*" in text or "_" in text) and _EMPHASIS.search(text)):
        return True
    if not text.isascii() and _MAYBE_SHIFTING.search(text) is not None:
        return True
    return odd_digits and _ZEROS.search(text) is not None


def _may_be_spelled(text: str, *, odd_digits: bool) -> bool:
    if not text.isascii() and (_MAYBE_SPELLED.search(text) or _MAYBE_TWO_SPELLED.search(text)):
        return True
    return _MAYBE_LETTERS.search(text) is not None or (odd_digits and _DIGITS_APART.search(text) is not None)


def _folded(text: str) -> str:
    if text.isascii():
        return text.translate(_PLAIN) if any(char in text for char in "\t\r\f\v") else text
    for char in set(_UNUSUAL.findall(text)):
        if (plain_char := _PLAIN_CHARS.get(char)) is not None:
            text = text.replace(char, plain_char)
    return text


def _replaced(
    text: str, pattern: re.Pattern[str], form: Callable[[re.Match[str]], str | None], offsets: list[int] | None
) -> tuple[str, list[int] | None]:
    """``text`` with each match of ``pattern`` in its ``form`` (None: as it is), and the offsets of what is left.

    A replaced stretch keeps the offset of where it began, so that what is read there spans all of it.
    """
    parts: list[str] = []
    kept: list[int] = []
    at = 0
    for match in pattern.finditer(text):
        new = form(match)
        if new is None:
            continue
        parts += (text[at : match.start()], new)
        kept.extend(range(at, match.start()))
        kept.extend(_spread(match, len(new)))
        at = match.end()
    if at == 0:
        return text, offsets
    parts.append(text[at:])
    kept.extend(range(at, len(text) + 1))
    return "".join(parts), kept if offsets is None else [offsets[index] for index in kept]


def _spread(match: re.Match[str], length: int) -> list[int]:
    """Where each character of the new form stood: the letters of a spelled word one by one, else all at its start."""
    if length * 2 - 1 == match.end() - match.start():
        return [match.start() + 2 * index for index in range(length)]
    return [match.start()] * length


def _shifted(match: re.Match[str]) -> str | None:
    found = match[0]
    match match.lastgroup:
        case "jamo":
            return _syllable(found)
        case "tag":
            return "\n" if _BLOCK.match(found) else ""
        case "entity":
            char = html.unescape(found)
            return char if len(char) == 1 else None
        case "circled":
            return str(int(unicodedata.numeric(found)))
        case "letter":
            return "0" * len(found)
        case _:
            return ""


def _joined(match: re.Match[str]) -> str | None:
    mark = match.groupdict().get("m") or match.groupdict().get("n") or " "
    word = match[0].replace(mark, "") if match.re is _SPELLED else match[0][0] + match[0][2]
    known = word[0].isdigit() or match.re is _TWO_SPELLED or _HIDDEN.search(word.lower())
    return word if known else None


def _syllable(jamo: str) -> str:
    lead, vowel = ord(jamo[0]) - 0x1100, ord(jamo[1]) - 0x1161
    tail = ord(jamo[2]) - 0x11A7 if len(jamo) > 2 else 0
    return chr(0xAC00 + (lead * 21 + vowel) * 28 + tail)
