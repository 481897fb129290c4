"""Free text compared by its words: when two wordings state the same, told differently, and when they do not.

``words`` has the lists, ``conjugation``, ``korean`` and ``english`` make stems, ``statements`` makes clauses of
canonical content stems, and ``compare`` compares them. What is unknown counts as content: strict on nouns, forgiving
on endings, particles, order, politeness and words that promise nothing.
"""

from __future__ import annotations

from cache_service.posting.wording.compare import WordingMatch, compare_wording, read_ahead

__all__ = ["WordingMatch", "compare_wording", "read_ahead"]
