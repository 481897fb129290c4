"""Whether an item of a request is a plain phrase, to which particles, commas and verbs can be put."""

from __future__ import annotations

import re
from typing import Final

_SENTENCE: Final = re.compile(r"[.!?…~]\s*$|[.!?]\s|(?:다|요|죠|까)\s*$|\n")
_KOREAN_CLAUSE: Final = re.compile(
    r"(?:하고|하며|해서|하여|면서|지만|는데|니까|으며|이며)(?:\s|,|$)|[을를]\s.*(?:음|함|됨|임)$"
)
_ODD: Final = re.compile(r"[{}<>\[\]|;=\\^`$@_]|://|[^\w\s)%+#.'’\"”]$")
_KOREAN_END: Final = re.compile(r"(?:(?P<how>니다|[다요])[.!]?\s*$)")
_SUBJECTS: Final = frozenset("you we your our i they".split())
_SHORTEST_DOING: Final = 5


def is_nominal(item: str) -> bool:
    """Whether an item is a plain phrase that a list or a particle can follow: no sentence, no clause, no markup."""
    return not (_SENTENCE.search(item) or _KOREAN_CLAUSE.search(item) or _ODD.search(item))


def form_of(item: str) -> str:
    """How an item is worded, for keeping a list of one kind: the ending of a Korean sentence, the stop of an English
    one, who or what an English phrase begins with."""
    if (ending := _KOREAN_END.search(item)) is not None:
        return f"{ending['how']}{'.' if item.rstrip().endswith(('.', '!')) else ''}"
    if item.rstrip().endswith((".", "!", "?")):
        return "sentence"
    first = item.partition(" ")[0].lower()
    if not first.isascii():
        return "phrase"
    return (
        first if first in _SUBJECTS else "doing" if first.endswith("ing") and len(first) > _SHORTEST_DOING else "phrase"
    )
