"""Requests that differ from a base in one fact (traps) or in wording alone (rewordings), labelled by construction."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.reuse.base import Base, Request, contact_kind, draw_deadline, draw_salary

REUSED: Final = ("company", "responsibilities", "requirements", "preferred", "benefits")


@dataclass(frozen=True)
class Case:
    """A request that is asked. ``gone``: what no reused section may say, word for word; ``about``: the sections that
    a rewording touches, which should be served."""

    base: Base
    fact: str
    how: str
    request: Request
    gone: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


def traps(base: Base, chance: random.Random) -> Iterator[Case]:
    """Every fact of ``base`` changed once; lists: an item swapped, and one dropped."""
    for fact, (group, name, new) in _changes(base, chance).items():
        request = copy.deepcopy(base.request)
        old = request[group].get(name)
        if new is None:
            request[group].pop(name, None)
        else:
            request[group][name] = new
        if name == "salary_min":
            request["requirements"] |= draw_salary(base.wording, chance)
        how = "removed" if new is None else "changed"
        said = tuple(sentence for _, sentence in base.phrases.get(_phrase_of(fact), ()))
        yield Case(base, fact, how, request, (*said, *_values(old)))
    yield from _list_traps(base, chance)


def _phrase_of(fact: str) -> str:
    return {"years_min": "years", "years_max": "years", "salary_min": "salary"}.get(fact, fact)


def _values(old: Any) -> tuple[str, ...]:
    return (old,) if isinstance(old, str) and len(old) > 1 and not re.fullmatch(r"[a-z_]+|\d{4}-\d\d-\d\d", old) else ()


def _changes(base: Base, chance: random.Random) -> dict[str, tuple[str, str, Any]]:
    company, job, wording = base.request["company"], base.request["requirements"], base.wording

    def other(pool: Any, *not_: Any) -> Any:
        return chance.choice([value for value in pool if value not in not_])

    found: dict[str, tuple[str, str, Any]] = {
        "company": ("company", "name", _near_name(company["name"], base, chance)),
        "title": ("requirements", "title", other(wording.values["title"], job["title"])),
    }
    for name, group in (("industry", "company"), ("size", "company"), ("education", "requirements"),
                        ("location", "requirements")):  # fmt: skip
        if (value := base.request[group].get(name)) is not None:
            new = None if chance.random() < 0.2 else other(wording.values[name], value)
            found[name] = (group, name, new)
    if "founded" in company:
        found["founded"] = ("company", "founded", company["founded"] + chance.choice((-7, 3, 11)))
    for name in ("seniority", "employment_type", "work_mode"):
        if name in job:
            found[name] = ("requirements", name, other(wording.words[name], job[name]))
    if "years_min" in job:
        shifted = max(1, job["years_min"] + chance.choice((-1, 1)))
        found["years_min"] = ("requirements", "years_min", min(shifted, job.get("years_max", 60)))
        if found["years_min"][2] == job["years_min"]:
            del found["years_min"]
    if "years_max" in job:
        found["years_max"] = ("requirements", "years_max", job["years_max"] + 2)
    if "salary_min" in job:
        found["salary_min"] = ("requirements", "salary_min", 0)
    if "headcount" in job:
        found["headcount"] = ("requirements", "headcount", job["headcount"] + chance.choice((1, 2, 10)))
    if "deadline" in job:
        found["deadline"] = ("requirements", "deadline", draw_deadline(chance))
    if "probation_months" in job:
        found["probation_months"] = ("requirements", "probation_months", job["probation_months"] % 6 + 1)
    if "contact" in job:
        kind = contact_kind(job["contact"])
        found[kind] = ("requirements", "contact", other(wording.values[kind], job["contact"]))
    if "notes" in job:
        pair = next(pair for pair in wording.contrasts["notes"] if job["notes"] in pair)
        found["notes"] = ("requirements", "notes", pair[1 - pair.index(job["notes"])])
    for one, two in wording.contrasts["about"]:
        if (about := company.get("about")) and (one in about or two in about):
            old, new = (one, two) if one in about else (two, one)
            found["about"] = ("company", "about", about.replace(old, new))
    return found


def _near_name(name: str, base: Base, chance: random.Random) -> str:
    tail = chance.choice(list(base.wording.name_tails))
    return f"{name}{tail}"


def _list_traps(base: Base, chance: random.Random) -> Iterator[Case]:
    wording = base.wording
    for fact, group, name in (("skill", "requirements", "skills"), ("benefit", "company", "benefits"),
                              ("culture", "company", "culture"), ("responsibilities", "requirements", "responsibilities"),
                              ("preferred", "requirements", "preferred")):  # fmt: skip
        items = base.request[group].get(name)
        if not items:
            continue
        swap = _swap(fact, items, base, chance)
        if swap is not None:
            old, new = swap
            yield _listed(base, fact, "changed", group, name, [new if item == old else item for item in items], old)
        if len(items) > 1:
            old = chance.choice(items)
            yield _listed(base, fact, "removed", group, name, [item for item in items if item != old], old)
    preferred, skills = base.request["requirements"].get("preferred"), base.request["requirements"].get("skills")
    if skills and preferred:
        old = chance.choice(skills)
        request = copy.deepcopy(base.request)
        request["requirements"]["skills"] = [item for item in skills if item != old]
        request["requirements"]["preferred"] = [*preferred, old]
        said = tuple(s for _, s in base.phrases.get("skill", ()) if _names(old, s))
        yield Case(base, "polarity", "required to preferred", request, said)
    del wording


def _names(item: str, sentence: str) -> bool:
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(item)}(?![A-Za-z0-9+#]| Native)", sentence) is not None


def _listed(base: Base, fact: str, how: str, group: str, name: str, items: list[str], old: str) -> Case:
    request = copy.deepcopy(base.request)
    request[group][name] = items
    said = tuple(sentence for _, sentence in base.phrases.get(fact, ()) if old in sentence and _names(old, sentence))
    gone = (old,) if fact in {"responsibilities", "preferred"} else ()
    return Case(base, fact, how, request, (*said, *gone))


def _swap(fact: str, items: list[str], base: Base, chance: random.Random) -> tuple[str, str] | None:
    wording = base.wording
    if fact in {"responsibilities", "preferred"}:
        for pair in wording.contrasts[fact]:
            for at in (0, 1):
                if pair[at] in items:
                    return pair[at], pair[1 - at]
        return None
    near = [(item, other) for group in wording.near.get(fact, ()) for item in group for other in group
            if item in items and other != item and other not in items]  # fmt: skip
    if near:
        return chance.choice(near)
    pool = [value for value in wording.values[fact] if value not in items]
    own = [item for item in items if item in wording.values[fact]]
    return (chance.choice(own), chance.choice(pool)) if own and pool else None


def rewordings(base: Base, chance: random.Random) -> Iterator[Case]:
    """The same facts told otherwise: order, case and marks, other spellings, forms of the name, endings of duties."""
    company, job, wording = base.request["company"], base.request["requirements"], base.wording

    def case(how: str, group: str, name: str, value: Any, *about: str) -> Case:
        request = copy.deepcopy(base.request)
        request[group][name] = value
        return Case(base, name, how, request, (), tuple(kind for kind in about if kind in base.sections))

    form = chance.choice(list(wording.name_forms)).format(v=company["name"])
    yield case("form of the name", "company", "name", form, "company")
    if len(job.get("skills", ())) > 1:
        yield case("order", "requirements", "skills", list(reversed(job["skills"])), "requirements")
        yield case("case", "requirements", "skills", [item.swapcase() for item in job["skills"]], "requirements")
    for fact, group, name, about in (("skill", "requirements", "skills", "requirements"),
                                     ("benefit", "company", "benefits", "benefits")):  # fmt: skip
        items = base.request[group].get(name) or []
        respelled = [_respelled(item, wording.spellings.get(fact, ()), chance) for item in items]
        if respelled != items:
            yield case("spelling", group, name, respelled, about)
    for fact, group in (("education", "requirements"), ("title", "requirements")):
        value = base.request[group].get(fact)
        if value and (other := _respelled(value, wording.spellings.get(fact, ()), chance)) != value:
            yield case("spelling", group, fact, other, "requirements")
    if job["responsibilities"]:
        told = [_retold(item, base.language, chance) for item in job["responsibilities"]]
        if told != job["responsibilities"]:
            yield case("retold", "requirements", "responsibilities", told, "responsibilities")
        marked = [f"- {item}." for item in reversed(job["responsibilities"])]
        yield case("marks", "requirements", "responsibilities", marked, "responsibilities")
    if len(company["benefits"]) > 1:
        yield case("order", "company", "benefits", list(reversed(company["benefits"])), "benefits")
    if job["preferred"]:
        marked = [f"• {item}" for item in reversed(job["preferred"])]
        yield case("marks", "requirements", "preferred", marked, "preferred")
    if company.get("about"):
        yield case("marks", "company", "about", company["about"].replace(".", " ."), "company")


def _respelled(item: str, groups: Any, chance: random.Random) -> str:
    for group in groups:
        if item in group:
            return chance.choice([other for other in group if other != item])
    return item


_KO_ENDINGS: Final = (
    (re.compile(r" 및 "), ", "), (re.compile(r"([가-힣])(?:와|과) ([가-힣]{2})$"), r"\1 및 \2"),
    (re.compile(r"([가-힣]{2}) (운영|관리|개발|설계|작성|점검|처리|진행)$"), r"\1의 \2를 담당합니다"),
    (re.compile(r"(운영|관리|개발|설계|작성|점검|처리|진행|분석|교육)$"), r"\1합니다"),
)  # fmt: skip
_EN_STARTS: Final = (
    (re.compile(r"^(Manage|Plan|Support|Design|Build|Develop|Prepare|Maintain|Monitor|Handle|Assist|Create|Conduct)\b"),
     lambda match: f"You will {match[1].lower()}"),
)  # fmt: skip


def _retold(item: str, language: str, chance: random.Random) -> str:
    if language == "ko":
        for pattern, new in _KO_ENDINGS:
            told, count = pattern.subn(new, item.rstrip("."), count=1)
            if count:
                return re.sub(r"([가-힣])를 담당", _object, told)
        return item
    for pattern, change in _EN_STARTS:
        if pattern.search(item):
            return pattern.sub(change, item, count=1)
    return item


def _object(match: re.Match[str]) -> str:
    return match[1] + ("을" if (ord(match[1]) - 0xAC00) % 28 else "를") + " 담당"
