"""Fields of a request told twice, read from ``told_a.txt`` (to make the rules with) and ``told_b.txt`` (held out)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cache_service.posting.compare import compare
from cache_service.posting.facts import FactValue

_PATHS: Final = {
    "about": "company.about",
    "industry": "company.industry",
    "culture": "company.culture",
    "benefits": "company.benefits",
    "process": "company.hiring_process",
    "title": "requirements.title",
    "responsibilities": "requirements.responsibilities",
    "notes": "requirements.notes",
    "skills": "requirements.skills",
}
_TEXTS: Final = frozenset({"about", "industry", "title", "notes"})


@dataclass(frozen=True)
class Told:
    """Two wordings of one field; ``same``: whether they say the same."""

    language: str
    field: str
    same: bool
    one: str
    other: str

    def judged_same(self) -> bool:
        """What the comparison of requests says, whichever of the two is stored."""
        path = _PATHS[self.field]
        one, other = ({path: self._value(wording)} for wording in (self.one, self.other))
        verdicts = {
            not compare((path,), wanted, stored, text="", language=self.language, unknown_if_unstated=False).differing
            for wanted, stored in ((one, other), (other, one))
        }
        return verdicts != {False}

    def _value(self, wording: str) -> FactValue:
        return wording if self.field in _TEXTS else tuple(wording.split(" / "))


def told(half: str) -> list[Told]:
    """The pairs of ``half``, ``a`` or ``b``."""
    found: list[Told] = []
    for line in (Path(__file__).parent / f"told_{half}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("//"):
            continue
        language, field, mark, rest = line.split(" ", 3)
        one, other = rest.split(" | ")
        found.append(Told(language, field, mark == "=", one, other))
    return found
