"""Whether an item of a request is a plain phrase, to which particles, commas and verbs can be put."""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.sections import FactPath

_SENTENCE: Final = re.compile(r"[.!?…~]\s*$|[.!?]\s|(?:다|(?<![필수개중주])요|죠|까)\s*$|\n")
_KOREAN_CLAUSE: Final = re.compile(
    r"(?:하고|하며|해서|하여|면서|지만|는데|니까|으며|이며)(?:\s|,|$)|[을를]\s.*(?:음|함|됨|임)$"
)
_ODD: Final = re.compile(r"[{}<>\[\]|;=\\^`$@_]|://|[^\w\s)%+#.'’\"”]$")
_KOREAN_END: Final = re.compile(r"(?:(?P<how>니다|다|(?<![필수개중주])요)[.!]?\s*$)")
_SUBJECTS: Final = frozenset("you we your our i they".split())
_SHORTEST_DOING: Final = 5
_DUTIES: Final = frozenset({"requirements.responsibilities"})


def is_nominal(item: str) -> bool:
    """Whether an item is a plain phrase that a list or a particle can follow: no sentence, no clause, no markup."""
    return not (_SENTENCE.search(item) or _KOREAN_CLAUSE.search(item) or _ODD.search(item))


def same_form(one: str, other: str, path: FactPath) -> bool:
    """Whether two items of the list at ``path`` are worded alike, so that a list stays of one kind."""
    return _form(one, path) == _form(other, path)


def _form(item: str, path: FactPath) -> str:
    """The ending of a Korean sentence, the stop of an English one, who or what an English phrase begins with."""
    if (ending := _KOREAN_END.search(item)) is not None:
        return f"{ending['how']}{'.' if item.rstrip().endswith(('.', '!')) else ''}"
    if item.rstrip().endswith((".", "!", "?")):
        return "sentence"
    first = item.partition(" ")[0].lower()
    if first in _SUBJECTS:
        return first
    return "doing" if path in _DUTIES and first.endswith("ing") and len(first) > _SHORTEST_DOING else "phrase"
