"""Whether an item of a request is a plain phrase, to which particles, commas and verbs can be put."""

from __future__ import annotations

import re
from typing import Final

_SENTENCE: Final = re.compile(r"[.!?…~]\s*$|[.!?]\s|(?:다|요|죠|까)\s*$|\n")
_KOREAN_CLAUSE: Final = re.compile(
    r"(?:하고|하며|해서|하여|면서|지만|는데|니까|으며|이며)(?:\s|,|$)|[을를]\s.*(?:음|함|됨|임)$"
)
_ODD: Final = re.compile(r"[{}<>\[\]|;=\\^`$@_]|://|[^\w\s)%+#.'’\"”]$")


def is_nominal(item: str) -> bool:
    """Whether an item is a plain phrase that a list or a particle can follow: no sentence, no clause, no markup."""
    return not (_SENTENCE.search(item) or _KOREAN_CLAUSE.search(item) or _ODD.search(item))
