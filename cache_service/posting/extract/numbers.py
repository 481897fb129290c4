"""Every other numeral, so that no number passes unread: an int, a decimal as text, a clock time, or the token that
digits are part of ("EC2"). List markers and words that only look like numbers (B2B, 1:1, 24/7) state nothing.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.extract.reading import Scan

_ORDINARY: Final = frozenset(
    "b2b b2c b2g b2e b2b2c b2b2b d2c c2c c2b o2o p2p p2e e2e m2m 1on1 1-on-1 i18n l10n a11y 3d 2d h2h s2s mp3 mp4 co2".split()
)
_TIME: Final = re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:])")
_IDIOM: Final = re.compile(r"1\s?:\s?1(?!\d)|24\s?/\s?7(?!\d)|0\s?(?:to|->|→|에서|부터)\s?1(?!\d)")


def find(scan: Scan) -> None:
    """Note what no other family has claimed."""
    done = 0
    for numeral in scan.numerals:
        if numeral.taken or numeral.idle or numeral.start < done:
            continue
        if (time := _TIME.match(scan.text, numeral.start)) is not None and not numeral.name:
            hour, _, minute = time[0].partition(":")
            scan.add("number", f"{int(hour):02}:{int(minute):02}", *time.span())
            done = time.end()
        elif (idiom := _IDIOM.match(scan.text, numeral.start)) is not None and not numeral.name:
            done = idiom.end()
        elif not (isinstance(numeral.value, str) and numeral.value.lower() in _ORDINARY):
            scan.add("number", numeral.value, numeral.start, numeral.end)
