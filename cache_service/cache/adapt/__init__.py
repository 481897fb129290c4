"""Adapting a stored section to other facts: substituted where the text states them, grammar kept, or not at all.

``adaptation`` adapt, splice · ``outcome`` Adapted | Unadaptable, Change, Rewrite · ``draft`` planned edits ·
``layout`` lines, sentences, items · ``wording`` a value's own words · ``grammar``, ``counts``, ``amounts`` forms ·
by fact: ``years``, ``pay`` (over ``bounds``), ``days``, ``single``, ``named``, ``lists`` (over ``bullets``, ``runs``,
``steps``) · ``removal``, ``additions`` ·
``stock`` words that say nothing by themselves · ``proof`` the last word · ``shipped`` what is served at all.
"""

from cache_service.cache.adapt.adaptation import adapt, splice
from cache_service.cache.adapt.outcome import Adaptation, Adapted, Change, Rewrite, Span, Unadaptable

__all__ = ["Adaptation", "Adapted", "Change", "Rewrite", "Span", "Unadaptable", "adapt", "splice"]
