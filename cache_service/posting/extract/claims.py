"""Claims that no field of a request holds: who may apply, how the work is, what the company is (``data/claim.txt``).

The contract has no type for them, so they are listed apart, but for who alone may apply ("Men only"): that is a
polarity. A text may make a claim only where the request does. A claim
that is denied ("야근 없음", "no overtime") is another claim than the same one made.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.extract.reading import Scan
from cache_service.posting.extract.terms import Hit

_DENIED_KO: Final = re.compile(
    r"(?:[은는이가도을를]|에는|에도|이나|의)? ?(?:[가-힣]{1,4} ?){0,2}?(?:없|않|불가|불필요|안 ?(?:합|해|하|됩)|지양|금지|제외|무관|아니)"
)
_DENIED_EN: Final = re.compile(
    r"\b(?:no|not|never|without|don't|doesn't|isn't|aren't|zero)\s(?:[a-z]+\s){0,3}$", re.IGNORECASE
)
_DENIED_AFTER_EN: Final = re.compile(r"\s(?:work |is |are )?(?:not|never|isn't|aren't)\b", re.IGNORECASE)
# Statements of equal opportunity name who is not turned away.
_EQUAL_CHANCES: Final = re.compile(
    r"\b(?:regardless|without regard|equal[- ]opportunity|discriminat)|차별|관계없이|상관없이|무관"
)
# A word that goes on to name a benefit, a product or an office is no claim.
_ELSE: Final = re.compile(
    r" ?(?:수당|비 |비$|택시|식대|교통비|휴가|가산|할증|지원금|보상|식비|스트레스|문화를 지양|로그|제도)|(?: \w+)? (?:pay|allowance|premium|meals?|bonus)\b"
)


def find(scan: Scan) -> None:
    """Find the claims of ``data/claim.txt``, each in its canonical form, a denied one with ``no`` before it."""
    hits = scan.terms("claim")
    if not hits:
        return
    taken = scan.spans_of("benefit", "title", "company")
    for hit in hits:
        if taken.touch(hit.start, hit.start + 1):
            continue
        if _ELSE.match(scan.text, hit.end) or _EQUAL_CHANCES.search(scan.clause_before(hit.start, 120)):
            continue
        denied = _is_denied(scan, hit)
        canonical = f"no {hit.canonical}" if denied else hit.canonical
        worded = scan.text[hit.start : hit.end]
        if canonical.endswith(" only"):  # a condition of those that the contract has a type for
            scan.add("polarity", "required", hit.start, hit.end, of=worded, canonical=canonical)
        else:
            scan.add("claim", worded, hit.start, hit.end, canonical=canonical)


def _is_denied(scan: Scan, hit: Hit) -> bool:
    after = scan.clause_after(hit.end, 24)
    if scan.text[hit.start].isascii():
        before = scan.clause_before(hit.start, 32)
        return _DENIED_EN.search(before) is not None or _DENIED_AFTER_EN.match(after) is not None
    return _DENIED_KO.match(after) is not None
