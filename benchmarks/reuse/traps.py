"""Traps: the same request with one fact changed, removed, added or its polarity flipped, and the other way round."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from typing import Any, Final

from benchmarks.reuse.base import Base, Request, contact_kind, draw_deadline, draw_salary, with_request, worded, write
from benchmarks.reuse.case import Case, path_of
from benchmarks.reuse.labels import CONTACTS, FREE_TEXT, LISTS, SINGLE, labelled
from benchmarks.reuse.renderings import renderings

Draft = Case | None
_FORM: Final = re.compile(r"\b(?:Inc|LLC|Ltd|Corp|Co|Corporation|Company)\b|주식회사")
REQUIRED: Final = frozenset({"title", "name"})
_TURNED: Final = {
    "changed": "changed", "removed": "added", "added": "removed", "required->preferred": "preferred->required",
    "preferred->required": "required->preferred",
}  # fmt: skip


def makers() -> dict[str, Callable[[Base, random.Random], Draft]]:
    """By fact type, what makes a trap of that type out of a base, or None where the base does not lend itself."""
    made: dict[str, Callable[[Base, random.Random], Draft]] = {}
    for field in SINGLE:
        made[field] = lambda base, chance, field=field: _single(base, field, chance)  # type: ignore[misc]
    for field, (fact, _, _) in LISTS.items():
        made[fact] = lambda base, chance, field=field: _item(base, field, chance)  # type: ignore[misc]
    for field in sorted(FREE_TEXT):
        made[f"{field}_fact"] = lambda base, chance, field=field: _contrast(base, field, chance)  # type: ignore[misc]
    for kind in CONTACTS:
        made[kind] = lambda base, chance, kind=kind: _contact(base, kind, chance)  # type: ignore[misc]
    return made | {"company": _name, "currency": _currency, "polarity": _polarity, "duty": _duty}


def mirrored(case: Case, chance: random.Random) -> Draft:
    """The other direction: what was asked for is stored (and worded so), what was stored is asked for. None for the
    currency, which sentences of a language do not change with."""
    if case.fact == "currency":
        return None
    base = with_request(case.base, case.wanted)
    write(base, chance)
    turned = Case(
        "trap", base, case.base.request, case.path, case.fact, _TURNED[case.change], case.new, case.old,
        None if case.new is None else _typed(case), mirrored=True,
    )  # fmt: skip
    return labelled(turned) if case.new is not None else _with_needed(turned, chance)


def _typed(case: Case) -> str | None:
    field = case.path.partition(".")[2]
    known = {**SINGLE, **LISTS}
    if case.fact in {"company", *CONTACTS}:
        return case.fact
    return known[field][1] if field in known and case.fact not in {"polarity", "currency"} else None


def _with_needed(case: Case, chance: random.Random) -> Draft:
    """A fact that the stored request leaves open and the wanted one states: its section is incomplete without it."""
    field = case.path.partition(".")[2]
    if case.fact == "duty":
        case.home, case.needed = (field,), [case.new]
    elif field in LISTS:
        case.home, case.needed = LISTS[field][2], [case.new]
    elif field in SINGLE:
        fact, _, case.home = SINGLE[field]
        case.needed = renderings(field, case.new, case.wanted, case.base.wording)
        if fact != "years":
            case.needed.append(worded(fact, case.new, case.base.wording, chance))
    return labelled(case) if case.home else None


def _place(request: Request, field: str) -> dict[str, Any]:
    return request[path_of(field).partition(".")[0]]


def _drawn(base: Base, field: str, old: Any, chance: random.Random) -> Any:
    wording, job = base.wording, base.request["requirements"]
    used = {value for group in ("company", "requirements") for value in base.request[group].values()
            if isinstance(value, int)}  # fmt: skip
    numbers = {"years_min": range(1, 13), "years_max": range(3, 20), "headcount": range(1, 30),
               "probation_months": range(1, 13), "founded": range(1960, 2025)}  # fmt: skip
    if field in numbers:
        low = job.get("years_min", 0) if field == "years_max" else 0
        high = job.get("years_max", 99) if field == "years_min" else 9999
        near = [n for n in numbers[field] if n not in used and low < n < high]
        return chance.choice(near) if near else None
    match field:
        case "salary_min" | "salary_max":
            for _ in range(30):
                found = draw_salary(wording, chance)
                if found["salary_period"] == job["salary_period"] and found[field] not in used and (
                    found[field] < job["salary_max"] if field == "salary_min" else found[field] > job["salary_min"]
                ):  # fmt: skip
                    return found[field]
            return None
        case "deadline":
            return draw_deadline(chance)
        case "employment_type" | "work_mode" | "seniority" | "salary_period":
            return chance.choice([value for value in wording.words[field] if value != old])
        case _:  # drawn from the values below, one that looks alike first
            pass
    near_ones = [value for group in wording.near.get(field, ()) if old in group for value in group if value != old]
    return chance.choice(near_ones or [value for value in wording.values[field] if value != old])


def _single(base: Base, field: str, chance: random.Random) -> Draft:
    old = _place(base.request, field).get(field)
    wanted = copy.deepcopy(base.request)
    place = _place(wanted, field)
    if old is None:
        if not SINGLE[field][2] or field == "years_max":
            return None
        place[field] = new = _drawn(base, field, None, chance)
        return _with_needed(Case("trap", base, wanted, path_of(field), field, "added", None, new), chance)
    kept = REQUIRED | {"salary_min", "salary_max", "salary_period"} | ({"years_min"} if "years_max" in place else set())
    if field not in kept and chance.random() < 0.25:
        place.pop(field)
        new, change = None, "removed"
    else:
        new, change = _drawn(base, field, old, chance), "changed"
        if new is None or new == old:
            return None
        place[field] = new
    return labelled(Case("trap", base, wanted, path_of(field), field, change, old, new, SINGLE[field][1]))


def _item(base: Base, field: str, chance: random.Random) -> Draft:
    fact, typed, home = LISTS[field]
    pool = base.wording.values[fact]
    items = _place(base.request, field).get(field) or []
    known = [item for item in items if item in pool]
    wanted = copy.deepcopy(base.request)
    change = chance.choice(("changed", "changed", "removed", "added"))
    if change == "added" and home:
        new = chance.choice([item for item in pool if item not in items])
        _place(wanted, field)[field] = [*items, new]
        return _with_needed(Case("trap", base, wanted, path_of(field), fact, change, None, new), chance)
    if not known or (change == "removed" and len(items) < 2):
        return None
    old = chance.choice(known)
    left = [item for item in items if item != old]
    drawn: str | None = None
    if change != "removed":
        near = [one for group in base.wording.near.get(fact, ()) if old in group for one in group if one not in items]
        drawn, change = chance.choice(near or [item for item in pool if item not in items]), "changed"
        left.insert(items.index(old), drawn)
    _place(wanted, field)[field] = left
    return labelled(Case("trap", base, wanted, path_of(field), fact, change, old, drawn, typed))


def _polarity(base: Base, chance: random.Random) -> Draft:
    """A skill that was required is now only welcome, or the other way round."""
    skills = base.request["requirements"].get("skills") or []
    welcome = [item for item in base.request["requirements"]["preferred"] if len(item) < 30]
    wanted = copy.deepcopy(base.request)
    job = wanted["requirements"]
    if len(skills) > 1 and (chance.random() < 0.6 or not welcome):
        old, path, change = chance.choice(skills), "requirements.skills", "required->preferred"
        job["skills"].remove(old)
        job["preferred"].append(old)
        if any(old in other for other in job["skills"]):
            return None
    elif len(welcome) > 1:
        old, path, change = chance.choice(welcome), "requirements.preferred", "preferred->required"
        job["preferred"].remove(old)
        job["skills"] = [*skills, old]
    else:
        return None
    return labelled(Case("trap", base, wanted, path, "polarity", change, old, old))


def _contrast(base: Base, field: str, chance: random.Random) -> Draft:
    """One fact inside free text: other numbers, places, shifts, yes and no."""
    wanted = copy.deepcopy(base.request)
    place = _place(wanted, field)
    whole = place.get(field)
    for pair in base.wording.contrasts[field]:
        for old, new in (pair, pair[::-1]):
            if isinstance(whole, list) and old in whole:
                place[field] = [new if item == old else item for item in whole]
            elif isinstance(whole, str) and old in whole:
                place[field] = whole.replace(old, new)
            else:
                continue
            if field == "notes" and chance.random() < 0.25:
                place.pop(field)
                return labelled(Case("trap", base, wanted, path_of(field), f"{field}_fact", "removed", old))
            return labelled(Case("trap", base, wanted, path_of(field), f"{field}_fact", "changed", old, new))
    return None


def _duty(base: Base, chance: random.Random) -> Draft:
    """One item of free text swapped for another job's, or left out."""
    field = chance.choice(("responsibilities", "preferred"))
    items = base.request["requirements"][field]
    old = chance.choice(items)
    contrasts = {item for pair in base.wording.contrasts[field] for item in pair}
    new = chance.choice(sorted(contrasts - set(items))) if len(items) < 2 or chance.random() < 0.7 else None
    wanted = copy.deepcopy(base.request)
    left = [new if item == old else item for item in items]
    wanted["requirements"][field] = [item for item in left if item is not None]
    if any(old in other for other in wanted["requirements"][field]):
        return None
    return labelled(Case("trap", base, wanted, path_of(field), "duty", "changed" if new else "removed", old, new))


def _contact(base: Base, kind: str, chance: random.Random) -> Draft:
    old = base.request["requirements"].get("contact")
    if old is None or contact_kind(old) != kind:
        return None
    wanted = copy.deepcopy(base.request)
    new = None
    if chance.random() < 0.2:
        wanted["requirements"].pop("contact")
    else:
        new = chance.choice([value for value in base.wording.values[kind] if value != old])
        wanted["requirements"]["contact"] = new
    change = "changed" if new else "removed"
    return labelled(Case("trap", base, wanted, "requirements.contact", kind, change, old, new, kind))


def _currency(base: Base, chance: random.Random) -> Draft:
    old = base.request["requirements"].get("currency")
    if old is None:
        return None
    new = chance.choice([one for one in ("KRW", "USD", "EUR", "GBP", "JPY") if one != old])
    wanted = copy.deepcopy(base.request)
    wanted["requirements"]["currency"] = new
    return labelled(Case("trap", base, wanted, "requirements.currency", "currency", "changed", old, new))


def _name(base: Base, chance: random.Random) -> Draft:
    """Another company, often of a near name; what its texts call themselves is changed with it."""
    old = base.request["company"]["name"]
    if _FORM.search(old):  # "X Inc." and "X Inc. Labs" share words that prove nothing
        return None
    new = _other_name(old, base, chance)
    wanted = copy.deepcopy(base.request)
    for place in (wanted["company"], wanted["requirements"]):
        for name, value in place.items():
            if isinstance(value, str):
                place[name] = value.replace(old, new)
            elif isinstance(value, list):
                place[name] = [item.replace(old, new) for item in value]
    wanted["company"]["name"] = new
    return labelled(Case("trap", base, wanted, "company.name", "company", "changed", old, new, "company"))


def _other_name(old: str, base: Base, chance: random.Random) -> str:
    tails = base.wording.name_tails
    for tail in tails:
        if old.endswith(tail) and len(old) > len(tail) + 1:
            return old.removesuffix(tail).strip()
    if chance.random() < 0.7:
        return old + chance.choice(list(tails))
    return chance.choice([name for name in base.wording.values["company"] if name != old])
