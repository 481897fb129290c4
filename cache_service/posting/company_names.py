"""When two wordings of a company's name mean the same company: decided by rules, never by similarity."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from cache_service.posting.canonical import clean, fold

_CORPORATE: Final = re.compile(
    r"\(\s*(?:주|유|재|사)\s*\)|주식회사|유한회사|유한책임회사"
    r"|,?\s*\b(?:public limited company|inc|ltd|llc|corp|gmbh|plc|co\.?\s*,?\s*ltd|corporation|incorporated|limited)"
    r"\b\.?",
    re.IGNORECASE,
)
# Forms that are words of their own only at the end of a name, and the article at its beginning.
_AROUND: Final = re.compile(
    r"^the (?=\w)|,?\s(?:B\.?V\.?|N\.?V\.?|S\.?A\.?|S\.?p\.?A\.?|S\.?r\.?l\.?|AG|KG|A/S|AB|Oy|LLP|Pty)$", re.IGNORECASE
)
_BRACKETED: Final = re.compile(r"^(?P<name>[^()]+)\((?P<alias>[^()]+)\)$")


def company_key(name: str) -> str:
    """What a company is filed under: its name without corporate form, folded; an alias in the other script in
    brackets, as in 위메이드(WEMADE), is left out. Two different companies never share a key by a near-equal name.
    """
    bare = _AROUND.sub("", clean(_CORPORATE.sub(" ", clean(name))))
    if (match := _BRACKETED.match(bare)) and _scripts(match["name"]).isdisjoint(_scripts(match["alias"])):
        bare = match["name"]
    return fold(bare) or fold(name)


def _scripts(text: str) -> frozenset[str]:
    return frozenset(unicodedata.name(char, "?").split()[0] for char in text if char.isalpha())
