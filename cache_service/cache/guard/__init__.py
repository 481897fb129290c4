"""The fact guard: does a text state only what the request supports? Pure; no I/O.

``evidence`` what a text may state · ``judge`` typed facts, numbers, addresses · ``context`` denial, days of remote
work · ``worded`` what is named by words · ``matter`` what a fact is about · ``names`` other companies ·
``known_companies`` those the cache knows · ``novelty`` names that a model brought in · ``residue`` placeholders and
markup · ``consistent`` requests that contradict themselves.
"""

from __future__ import annotations

from cache_service.cache.guard.checked import Checked
from cache_service.cache.guard.evidence import Evidence
from cache_service.cache.guard.judge import check, invented_names, unsupported
from cache_service.cache.guard.other_jobs import of_another_job

__all__ = ["Checked", "Evidence", "check", "invented_names", "of_another_job", "unsupported"]
