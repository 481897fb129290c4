"""What every posting that is made works with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cache_service.cache.manager import CacheManager
from cache_service.cache.verifier import Check
from cache_service.monitor.stats import Stats
from cache_service.posting.needs import Brief
from cache_service.posting.plan import Reuse
from cache_service.router import Load, ModelTier, Priority
from cache_service.streaming.answer import Finished, outcome_of
from cache_service.streaming.section_writer import Written
from cache_service.streaming.writing import Writers

if TYPE_CHECKING:
    from cache_service.streaming.run import PostingRun

Learn = Callable[[Brief, Sequence[Written]], Awaitable[None]]
Keep = Callable[["PostingRun", str, bytes], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Desk:
    """What every run works with. ``learn`` stores what was written, ``keep`` the finished posting, ``verify`` takes
    a reuse that a policy vouched for, to be looked at again some time. ``loads``: of the tiers that can be asked."""

    cache: CacheManager
    writers: Writers
    loads: Callable[[Priority], Mapping[ModelTier, Load]]
    stats: Stats
    learn: Learn
    keep: Keep
    verify: Callable[[Check], bool]
    price_out: float

    def is_for_others(self, section: Written, *, first: bool) -> bool:
        """Whether a text is to be stored; that of rules is without models. ``first``: no other posting stores it."""
        if not (section.need.spec.prose and section.admissible):
            return False
        return not self.writers.orchestrator.available or (first and section.source.tier != "composed")

    def count(self, sections: Sequence[Finished], first_content_ms: float | None, complete_ms: float) -> None:
        """Note a complete posting."""
        saved = sum(section.tokens for section in sections if isinstance(section, Reuse))
        self.stats.posting(
            outcome=outcome_of(sections),
            tiers=[section.source.tier for section in sections],
            first_content_ms=first_content_ms,
            complete_ms=complete_ms,
            generated_tokens=sum(section.tokens for section in sections if isinstance(section, Written)),
            saved_tokens=saved,
            spent=sum(section.cost for section in sections if isinstance(section, Written)),
            saved=saved * self.price_out / 1e6,
        )
