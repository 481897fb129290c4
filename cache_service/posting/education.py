"""When two wordings ask for the same education: "대졸 이상", "학사", "Bachelor's degree required"; decided by rules."""

from __future__ import annotations

from functools import lru_cache

from cache_service.posting.canonical import fold
from cache_service.posting.extract import education
from cache_service.posting.extract.reading import Scan, plain

_WORDS = {
    "무관": "any", "불문": "any", "제한없음": "any", "any": "any", "none": "any", "notrequired": "any", "고등학교": "highschool+",
    "highschool": "highschool+", "전문대": "associate+", "전문대학": "associate+", "associate": "associate+",
    "대학교": "bachelor+", "대학": "bachelor+", "bachelor": "bachelor+", "bachelors": "bachelor+", "bs": "bachelor+",
    "ba": "bachelor+", "대학원": "master+", "master": "master+", "masters": "master+", "ms": "master+",
    "doctorate": "doctor+",
}  # fmt: skip


def same_education(one: str, other: str) -> bool:
    """Whether two wordings (of a request's field or of a text) ask for the same levels and fields of study."""
    return fold(one) == fold(other) or (bool(_keys(one)) and _keys(one) == _keys(other))


def education_within(stated: str, of: str) -> bool:
    """Whether ``stated`` asks for no more than ``of`` does: each level and field it names is one of ``of``'s.

    A level without its field is part of it: "Bachelor's degree" of "Bachelor's degree in Nursing".
    """
    if fold(stated) in fold(of):
        return True
    known = _keys(of)
    known |= {key.partition(" ")[0] for key in known if not key.startswith("major ")}
    return bool(_keys(stated)) and _keys(stated) <= known


@lru_cache(maxsize=4096)
def _keys(worded: str) -> frozenset[str]:
    form, _ = plain(worded)
    scan = Scan.of(form)
    education.find(scan)
    keys = frozenset(str(one.fact.canonical) for one in scan.findings)
    short = _WORDS.get(fold(form).replace("'", "").removesuffix("이상").removesuffix("졸업").removesuffix("degree"))
    return keys or (frozenset({short}) if short else frozenset())
