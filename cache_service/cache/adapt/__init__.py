"""Adapting a stored section to other facts: substituted where the text states them, grammar kept, or not at all.

``adaptation`` adapt, splice · ``outcome`` Adapted | Unadaptable, Change, Rewrite · ``draft`` planned edits ·
``layout`` lines, sentences, items · ``wording`` a value's own words · ``grammar``, ``counts``, ``amounts`` forms ·
by fact: ``years``, ``pay`` (over ``bounds``), ``days``, ``single``, ``named`` (with ``degrees``), ``lists`` (over
``bullets``, ``runs``, ``steps``) · ``nominal``, ``frames`` which item may stand where · ``removal``, ``additions`` ·
``hints``, ``stock`` words that may say a fact, that say nothing · ``fluency`` signs of broken grammar · ``proof`` the
last word · ``shipped`` what is served at all · ``recast`` by lines, where nothing can be swapped in place (``notes``
that can be told as they are).
"""

from cache_service.cache.adapt.adaptation import adapt, splice
from cache_service.cache.adapt.outcome import Adaptation, Adapted, Change, Rewrite, Span, Unadaptable
from cache_service.cache.adapt.recast import RECAST, is_same_job, recast

__all__ = [
    "RECAST",
    "Adaptation",
    "Adapted",
    "Change",
    "Rewrite",
    "Span",
    "Unadaptable",
    "adapt",
    "is_same_job",
    "recast",
    "splice",
]
