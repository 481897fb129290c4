"""When two titles name the same job: decided by the lists of titles, never by similarity."""

from __future__ import annotations

from cache_service.posting.canonical import fold
from cache_service.posting.extract.title_keys import title_key


def same_title(one: str, other: str) -> bool:
    """Whether two titles name the same job, level aside: "프론트엔드 개발자", "프런트엔드 엔지니어", "Front-end Developer"."""
    return fold(one) == fold(other) or (bool(title_key(one)) and title_key(one) == title_key(other))
