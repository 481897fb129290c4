"""What a model left out: facts of the section that its text does not state, to be added by rules. Pure."""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract import Finding, read_facts
from cache_service.posting.facts import Facts, FactValue
from cache_service.posting.sections import FactPath, SectionKind

# What the section is for: without these it does not say what was asked for. Context such as the title may go unsaid.
_OWED: Final[dict[SectionKind, tuple[FactPath, ...]]] = {
    "responsibilities": ("requirements.responsibilities",),
    "requirements": (
        "requirements.years_min",
        "requirements.years_max",
        "requirements.education",
        "requirements.skills",
    ),
    "preferred": ("requirements.preferred",),
}
_WORD: Final = re.compile(r"[A-Za-z0-9+#.]{2,}|[가-힣]{2,}")
# A duty counts as said if this share of its words begins some word of the text: models reword, and Korean inflects.
_SAID_SHARE: Final = 0.5


def left_out(text: str, kind: SectionKind, facts: Facts, language: str) -> Facts:
    """Those of the section's own ``facts`` that ``text`` does not state; empty if it states them all."""
    owed = facts.only(_OWED.get(kind, ()))
    if not owed:
        return owed
    findings = read_facts(text, language)
    said = fold(text)
    missing: dict[FactPath, FactValue] = {}
    for path, value in owed.items():
        match value:
            case tuple():
                if items := tuple(item for item in value if not _item_said(item, said, findings, language)):
                    missing[path] = items
            case int():
                if not _number_said(path, value, findings):
                    missing[path] = value
            case str():
                if not _item_said(value, said, findings, language):
                    missing[path] = value
    return Facts(missing)


def _number_said(path: FactPath, value: int, findings: tuple[Finding, ...]) -> bool:
    kind = path.partition(".")[2]
    if not value and kind == "years_min":
        return True  # nothing is asked for: nothing need be said
    return any(one.fact.type in {kind, "number"} and (one.fact.value == value or value in one.also) for one in findings)


def _item_said(item: str, said: str, findings: tuple[Finding, ...], language: str) -> bool:
    if fold(item) in said:
        return True
    forms = {one.fact.canonical for one in read_facts(item, language) if one.fact.type in {"skill", "education"}}
    if forms - {None} and forms <= {one.fact.canonical for one in findings}:
        return True
    words = [word for match in _WORD.finditer(item) if (word := fold(match[0]))]
    hits = sum(word[: max(2, len(word) - 1)] in said for word in words)
    return bool(words) and hits >= _SAID_SHARE * len(words) and all(word in said for word in words if word.isascii())
