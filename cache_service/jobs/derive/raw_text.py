"""A posting as one text: what stands under headings that say what it is. The rest could be about anything."""

from __future__ import annotations

import re
from typing import Final

from cache_service.jobs.derive.blocks import split_blocks
from cache_service.jobs.derive.route import FIELDS

# Scraped English texts often lost their line ends: "...our customers.About UsWe build...".
_INLINE_HEADING: Final = re.compile(
    r"(?:(?<=[.!?:;)*•a-z])|(?<=[.!?:;)*•] )|(?<=\n))\**(?P<text>"
    r"(?:(?:Key|Job|Primary|Essential|Core|Your|Main|Position) )?"
    r"(?:Responsibilities|RESPONSIBILITIES|Duties)(?: include)?|"
    r"(?:(?:Job|Position|Minimum|Basic|Required|Preferred|Desired|Additional) )?"
    r"(?:Qualifications|QUALIFICATIONS|Requirements|REQUIREMENTS|Skills)|Nice [Tt]o [Hh]ave|Bonus [Pp]oints|"
    r"About Us|About the [Cc]ompany|Company (?:Overview|Description)|Who We Are|WHO WE ARE|"
    r"Who You Are|WHO YOU ARE|About You|ABOUT YOU|What You(?:['’]ll| [Ww]ill) [Dd]o|WHAT YOU(?:['’]LL| WILL) DO|"
    r"Benefits|BENEFITS|Perks|What [Ww]e [Oo]ffer|How [Tt]o [Aa]pply|Equal Opportunity(?: Employer)?|EEO Statement|"
    r"Job (?:Summary|Description)|Position (?:Summary|Overview)"
    r")\**(?=\s*:|\*|\s*\n|[A-Z•]|\d[.)]|\s*·)\s*:?"
)
_HOMES: Final = {home: name for name, home in FIELDS.items()}


def parts_of(text: str) -> dict[str, str]:
    """The texts of the fields of a plain posting (see ``route.FIELDS``) that headings in ``text`` announce."""
    lined = _INLINE_HEADING.sub(lambda match: f"\n\n{match['text']}:\n", text)
    found: dict[str, list[str]] = {}
    for block in split_blocks(lined, "position"):
        body = "\n".join(block.lines).strip()
        if block.heading is not None and block.topic in _HOMES and body:
            found.setdefault(_HOMES[block.topic], []).append(body)
    return {name: "\n\n".join(found[name]) for name in FIELDS if name in found}
