"""Honest rewordings: the same request worded otherwise. What depends on the reworded field has to be reused."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from typing import Any, Final

from benchmarks.reuse.base import Base, with_request, write
from benchmarks.reuse.case import Case, dependents, path_of
from benchmarks.reuse.wording import Lang, with_particles

Maker = Callable[[Base, random.Random], "Case | None"]
# Fields of one value, and lists with their name among the spellings, that are spelled otherwise.
_SPELLED: Final = ("title", "location", "education", "industry", "size")
_LISTED: Final = {"skills": "skill", "benefits": "benefit", "culture": "culture"}
_BULLETS: Final = ("• ", "- ", "* ", "· ", "▪ ")
_VERBAL: Final = (
    "기획|운영|관리|개발|분석|설계|작성|수립|진행|지원|구축|개선|제작|검토|응대|모니터링|처리|점검|발굴|협업|조사|보고|정리"
    "|상담|판매|준비|유지보수|도출|최적화"
)
_KOREAN_RULES: Final[tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]] = (
    (re.compile(rf"(?P<verb>{_VERBAL})$"), (r"\g<verb>합니다.", r"\g<verb>하기", r"\g<verb> 업무", r"\g<verb>함")),
    (re.compile(r"(?<=[가-힣]) 및 (?=[가-힣])"), ("[과/와] ", "·")),
    (re.compile(r"있으신 분$"), ("있는 분", "있으신 분들")),
    (re.compile(r"하신 분$"), ("한 분", "하신 분들")),
    (re.compile(r"경험자$"), ("경험이 있는 분", "경험을 가진 분")),
    (re.compile(r"합니다\.?$"), ("함", "하기", "해요.")),
    (re.compile(r"보유자$"), ("보유하신 분", "보유한 분", "소지자")),
)  # fmt: skip
_GERUNDS: Final = dict(
    pair.split(":") for pair in (
        "Develop:Developing Manage:Managing Lead:Leading Design:Designing Build:Building Create:Creating "
        "Work:Working Provide:Providing Support:Supporting Maintain:Maintaining Perform:Performing "
        "Conduct:Conducting Analyze:Analyzing Write:Writing Assist:Assisting Ensure:Ensuring Collaborate:Collaborating "
        "Prepare:Preparing Implement:Implementing Identify:Identifying Monitor:Monitoring Help:Helping "
        "Process:Processing Train:Training Teach:Teaching Sell:Selling Run:Running Count:Counting Inspect:Inspecting "
        "Release:Releasing Check:Checking Communicate:Communicating Coordinate:Coordinating Review:Reviewing "
        "Translate:Translating Understand:Understanding Optimize:Optimizing Test:Testing Plan:Planning"
    ).split()
)  # fmt: skip


def makers() -> dict[str, Maker]:
    """By kind of rewording, what makes one out of a base, or None where the base does not lend itself."""
    made: dict[str, Maker] = {}
    for name in _SPELLED:
        made[name] = lambda base, chance, name=name: _spelled(base, name, chance)  # type: ignore[misc]
    for name, spelled in _LISTED.items():
        made[spelled] = lambda base, chance, name=name, spelled=spelled: _listed(base, name, spelled, chance)  # type: ignore[misc]
    for name in ("responsibilities", "preferred", "about", "notes"):
        made[f"{name}_reworded"] = lambda base, _chance, name=name: _table(base, name)  # type: ignore[misc]
    for name in ("responsibilities", "preferred"):
        made[f"{name}_rules"] = lambda base, chance, name=name: _rules(base, name, chance)  # type: ignore[misc]
        made[f"{name}_marks"] = lambda base, chance, name=name: _marks(base, name, chance)  # type: ignore[misc]
    return made | {"company": _company, "case_and_space": _case_and_space}


def mirrored(case: Case, chance: random.Random) -> Case:
    """The other direction: what was asked for is stored (and worded so), what was stored is asked for."""
    base = with_request(case.base, case.wanted)
    write(base, chance)
    return Case(
        case.source, base, case.base.request, case.path, case.fact, case.change, case.new, case.old,
        served=dependents(case.path, base.sections), mirrored=True,
    )  # fmt: skip


def _case(base: Base, field: str, fact: str, change: str, old: Any, new: Any) -> Case | None:
    wanted = copy.deepcopy(base.request)
    path = path_of(field)
    group, _, name = path.partition(".")
    wanted[group][name] = new
    served = dependents(path, base.sections)
    if not served or new == old:
        return None
    return Case("rewording", base, wanted, path, fact, change, old, new, served=served)


def _value(base: Base, field: str) -> Any:
    group, _, name = path_of(field).partition(".")
    return base.request[group].get(name)


def _other(base: Base, name: str, value: str, chance: random.Random) -> str | None:
    groups = [group for group in base.wording.spellings[name] if value in group]
    return chance.choice([one for one in groups[0] if one != value]) if groups else None


def _spelled(base: Base, field: str, chance: random.Random) -> Case | None:
    old = _value(base, field)
    new = _other(base, field, old, chance) if old else None
    return _case(base, field, field, "spelled", old, new) if new else None


def _listed(base: Base, field: str, name: str, chance: random.Random) -> Case | None:
    old = _value(base, field) or []
    new = [_other(base, name, item, chance) or item for item in old]
    if new == old:
        return None
    if chance.random() < 0.5:
        chance.shuffle(new)
    return _case(base, field, name, "spelled", old, new)


def _table(base: Base, field: str) -> Case | None:
    old = _value(base, field)
    for pair in base.wording.rewordings[field]:
        for one, other in (pair, pair[::-1]):
            if isinstance(old, list) and one in old:
                new: Any = [other if item == one else item for item in old]
            elif isinstance(old, str) and one in old.split("\n"):
                new = old.replace(one, other)
            else:
                continue
            return _case(base, field, f"{field}_reworded", "reworded", old, new)
    return None


def reworded_by_rule(item: str, language: Lang, chance: random.Random, *, duty: bool) -> str | None:
    """``item`` with another ending, connective or form of the verb; None where no rule fits. Only of a ``duty`` is
    an English verb one that the person hired does."""
    if language == "ko":
        fits = [(pattern, forms) for pattern, forms in _KOREAN_RULES if pattern.search(item)]
        if not fits:
            return None
        pattern, forms = chance.choice(fits)
        return with_particles(pattern.sub(chance.choice(forms), item, count=1))
    verb, _, rest = item.partition(" ")
    if not duty or verb not in _GERUNDS or re.search(r"\band [a-z]+\b", rest):
        return item.replace(" and ", " & ") if " and " in item else None
    return chance.choice(
        (
            f"{_GERUNDS[verb]} {rest}",
            f"You will {verb.lower()} {rest}",
            f"Responsible for {_GERUNDS[verb].lower()} {rest}",
        )
    )


def _rules(base: Base, field: str, chance: random.Random) -> Case | None:
    old = _value(base, field)
    new = [reworded_by_rule(item, base.language, chance, duty=field == "responsibilities") or item for item in old]
    return _case(base, field, f"{field}_rules", "reworded", old, new)


def _marks(base: Base, field: str, chance: random.Random) -> Case | None:
    old = _value(base, field)
    bullet, stop = chance.choice(_BULLETS), chance.choice(("", "."))
    new = [f"{bullet}{item.rstrip('.')}{stop}" for item in old]
    chance.shuffle(new)
    return _case(base, field, f"{field}_marks", "marks", old, new)


def _company(base: Base, chance: random.Random) -> Case | None:
    old = base.request["company"]["name"]
    if re.search(r"\b(?:Inc|LLC|Ltd|Corp|Co)\b|주식회사", old):
        return None
    return _case(base, "name", "company", "spelled", old, chance.choice(list(base.wording.name_forms)).format(v=old))


def _case_and_space(base: Base, chance: random.Random) -> Case | None:
    """Case of Latin letters, spaces in Hangul: the letters are the same."""
    field = chance.choice(("title", "skills", "benefits"))
    old = _value(base, field)
    if old is None:
        return None

    def respelled(text: str) -> str:
        return text.replace(" ", "") if re.search("[가-힣] [가-힣]", text) else text.upper() if len(text) > 3 else text

    new = respelled(old) if isinstance(old, str) else [respelled(one) for one in old]
    return _case(base, field, "case_and_space", "spelled", old, new)
