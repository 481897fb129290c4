"""What a user's verdict on a section says about the reuse that brought it."""

from __future__ import annotations

from typing import Final, Literal

from cache_service.cache.policies.words import content_words, overlap
from cache_service.posting.extract import read_facts

FeedbackVerdict = Literal["accept", "edit", "reject"]
# An edit that keeps less than this share of the content words has replaced the text rather than polished it.
KEPT_SHARE: Final = 0.7


def was_right(verdict: FeedbackVerdict, served: str, edited: str | None, language: str) -> bool:
    """Whether the text fitted: accepted, or edited so that every stated fact and most words stayed."""
    if verdict != "edit" or edited is None:
        return verdict == "accept"
    if _stated(served, language) != _stated(edited, language):
        return False
    return overlap(content_words(served), content_words(edited)).share >= KEPT_SHARE


def _stated(text: str, language: str) -> frozenset[tuple[str, str, str]]:
    return frozenset(
        (fact.type, fact.canonical or str(fact.value), fact.of or "")
        for fact in (finding.fact for finding in read_facts(text, language))
    )
