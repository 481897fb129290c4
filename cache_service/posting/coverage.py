"""What a model left out: facts of the section that its text does not state, to be added by rules. Pure."""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.canonical import stands_in
from cache_service.posting.extract import Finding, recall_facts
from cache_service.posting.facts import Facts, FactValue
from cache_service.posting.sections import FREE_TEXT, FactPath, SectionKind

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
    findings = recall_facts(text, language)
    missing: dict[FactPath, FactValue] = {}
    for path, value in owed.items():
        told = path in FREE_TEXT
        match value:
            case tuple():
                if items := tuple(
                    item for item in value if not _item_said(item, text, findings, language, reworded=told)
                ):
                    missing[path] = items
            case int():
                if not _years_said(value, findings):
                    missing[path] = value
            case str():
                if not _item_said(value, text, findings, language, reworded=told):
                    missing[path] = value
    return Facts(missing)


def _years_said(value: int, findings: tuple[Finding, ...]) -> bool:
    """None asked for need not be said; one number may be both bounds."""
    kinds = {"years_min", "years_max", "number"}
    return not value or any(
        one.fact.type in kinds and (one.fact.value == value or value in one.also) for one in findings
    )


def _item_said(item: str, text: str, findings: tuple[Finding, ...], language: str, *, reworded: bool) -> bool:
    if stands_in(item, text):
        return True
    forms = {one.fact.canonical for one in recall_facts(item, language) if one.fact.type in {"skill", "education"}}
    if forms - {None} and forms <= {one.fact.canonical for one in findings}:
        return True
    if not reworded:
        return False
    words = _WORD.findall(item)
    hits = [stands_in(word if word.isascii() else word[: max(2, len(word) - 1)], text, begins=True) for word in words]
    names = [hit for word, hit in zip(words, hits, strict=True) if word.isascii()]
    return bool(words) and sum(hits) >= _SAID_SHARE * len(words) and all(names)
