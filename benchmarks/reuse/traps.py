"""Traps: the same request with one fact changed, removed, added or its polarity flipped, labelled by construction.

What may not be said any more is listed as wordings of the old value, less those that the new request itself holds
or that the stored text holds apart from the sentences that state the old value.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from benchmarks.reuse.base import Base, Request, contact_kind, draw_deadline, draw_salary, worded
from benchmarks.reuse.case import Case, holds
from benchmarks.reuse.renderings import renderings

Draft = Case | None
_COMPANY: Final = frozenset({"name", "industry", "about", "size", "founded", "culture", "benefits", "hiring_process"})
# Fields of one value: (field, fact that phrases know it as, type by the contract's check, home section).
SINGLE: Final[dict[str, tuple[str, str | None, tuple[str, ...]]]] = {
    "years_min": ("years", "years_min", ("requirements",)),
    "years_max": ("years", "years_max", ("requirements",)),
    "salary_min": ("salary", "salary_min", ()),
    "salary_max": ("salary", "salary_max", ()),
    "salary_period": ("salary", "salary_period", ()),
    "headcount": ("headcount", "headcount", ()),
    "employment_type": ("employment_type", "employment_type", ()),
    "work_mode": ("work_mode", "work_mode", ()),
    "location": ("location", "location", ()),
    "deadline": ("deadline", "deadline", ()),
    "education": ("education", "education", ("requirements",)),
    "probation_months": ("probation_months", "probation_months", ()),
    "seniority": ("seniority", "seniority", ("requirements",)),
    "title": ("title", "title", ("responsibilities",)),
    "industry": ("industry", None, ("company",)),
    "size": ("size", None, ("company",)),
    "founded": ("founded", None, ("company",)),
}
# Lists: (fact that phrases know it as, type by the contract's check, home section).
LISTS: Final[dict[str, tuple[str, str | None, tuple[str, ...]]]] = {
    "skills": ("skill", "skill", ("requirements",)),
    "benefits": ("benefit", "benefit", ("benefits",)),
    "culture": ("culture", None, ("company",)),
    "hiring_process": ("hiring_process", None, ()),
}
_FORM: Final = re.compile(r"\b(?:Inc|LLC|Ltd|Corp|Co|Corporation|Company)\b|주식회사")
REQUIRED: Final = frozenset({"title", "name"})


def path_of(field: str) -> str:
    """``company.size``, ``requirements.title`` ..."""
    return f"{'company' if field in _COMPANY else 'requirements'}.{field}"


def makers() -> dict[str, Callable[[Base, random.Random], Draft]]:
    """By fact type, what makes a trap of that type out of a base, or None where the base does not lend itself."""
    made: dict[str, Callable[[Base, random.Random], Draft]] = {}
    for field in SINGLE:
        made[field] = lambda base, chance, field=field: _single(base, field, chance)  # type: ignore[misc]
    for field, (fact, _, _) in LISTS.items():
        made[fact] = lambda base, chance, field=field: _item(base, field, chance)  # type: ignore[misc]
    for field in ("responsibilities", "preferred", "notes", "about"):
        made[f"{field}_fact"] = lambda base, chance, field=field: _contrast(base, field, chance)  # type: ignore[misc]
    for kind in ("email", "phone", "url"):
        made[kind] = lambda base, chance, kind=kind: _contact(base, kind, chance)  # type: ignore[misc]
    return made | {"company": _name, "currency": _currency, "polarity": _polarity, "duty": _duty}


def _place(request: Request, field: str) -> dict[str, Any]:
    return request["company" if field in _COMPANY else "requirements"]


def _finished(case: Case, olds: Iterable[tuple[str | None, str]], fact: str) -> Draft:
    """Keep of ``olds`` what proves something; None if nothing stored says the old fact."""
    base = case.base
    sentences = {sentence for _, sentence in base.phrases.get(fact, ())}
    if fact in {"about", "responsibilities", "preferred"}:  # of these only the one item is in question
        sentences = {sentence for sentence in sentences if holds(sentence, str(case.old))}
    rest = "\n".join(
        line for text in base.sections.values() for line in text.split("\n")
        if not any(line.endswith(sentence) for sentence in sentences)
    )  # fmt: skip
    said = "\n".join(_texts(case.wanted))
    case.forbidden = [
        (kind, words)
        for kind, words in dict.fromkeys(olds)
        if words and (kind is not None or not (holds(rest, words) or holds(said, words)))
    ]
    return case if labels(case) else None


def labels(case: Case) -> dict[str, int]:
    """For each stored written section, 0 if it may not be sent for the wanted request; others are left out."""
    found: dict[str, int] = {}
    for kind, text in case.base.sections.items():
        wrong = any(where in {None, kind} and holds(text, words) for where, words in case.forbidden)
        missing = kind in case.home and case.needed and not any(holds(text, words) for words in case.needed)
        if (wrong or missing) and kind not in {"conditions", "process", "headline"}:
            found[kind] = 0
    return found


def _texts(request: Request) -> Iterable[str]:
    for group in ("company", "requirements"):
        for name, value in request[group].items():
            if isinstance(value, list):
                yield from value
            elif isinstance(value, str) and name not in {"seniority", "employment_type", "work_mode", "salary_period"}:
                yield value


def _sentences(base: Base, fact: str) -> list[tuple[str | None, str]]:
    return [(None, sentence) for _, sentence in base.phrases.get(fact, ())]


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
    fact, typed, home = SINGLE[field]
    old = _place(base.request, field).get(field)
    if old is None:
        return _added(base, field, chance) if home else None
    wanted = copy.deepcopy(base.request)
    if field not in REQUIRED | {"salary_min", "salary_max", "salary_period"} and chance.random() < 0.25:
        _place(wanted, field).pop(field)
        new, change = None, "removed"
    else:
        new, change = _drawn(base, field, old, chance), "changed"
        if new is None or new == old:
            return None
        _place(wanted, field)[field] = new
    case = Case("trap", base, wanted, path_of(field), field, change, old, new, typed, home=())
    olds = [*_sentences(base, fact), *((None, words) for words in renderings(field, old, base.request, base.wording))]
    return _finished(case, olds, fact)


def _added(base: Base, field: str, chance: random.Random) -> Draft:
    """A fact that the stored request leaves open and the wanted one states: its section is incomplete without it."""
    if field == "years_max":
        return None
    new = _drawn(base, field, None, chance)
    wanted = copy.deepcopy(base.request)
    _place(wanted, field)[field] = new
    fact, _, home = SINGLE[field]
    needed = [*renderings(field, new, wanted, base.wording)]
    if fact not in {"years"}:
        needed.append(worded(fact, new, base.wording, chance))
    case = Case("trap", base, wanted, path_of(field), field, "added", None, new, home=home, needed=needed)
    return _finished(case, (), fact)


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
        case = Case("trap", base, wanted, path_of(field), fact, change, None, new, home=home, needed=[new])
        return _finished(case, (), fact)
    if not known or (change == "removed" and len(items) < 2):
        return None
    old = chance.choice(known)
    left = [item for item in items if item != old]
    new: str | None = None
    if change != "removed":
        near = [one for group in base.wording.near.get(fact, ()) if old in group for one in group if one not in items]
        drawn = chance.choice(near or [item for item in pool if item not in items])
        left.insert(items.index(old), drawn)
        new, change = drawn, "changed"
    _place(wanted, field)[field] = left
    case = Case("trap", base, wanted, path_of(field), fact, change, old, new, typed)
    sentences = [(kind, sentence) for kind, sentence in base.phrases.get(fact, ()) if holds(sentence, old)]
    # An item that is part of another ("Java", "건강검진 지원") is only looked for by its own sentence.
    alone = [] if any(old in other for other in left) else [(None, old)]
    return _finished(case, [*((None, sentence) for _, sentence in sentences), *alone], fact)


def _polarity(base: Base, chance: random.Random) -> Draft:
    """A skill that was required is now only welcome, or the other way round."""
    skills = base.request["requirements"].get("skills") or []
    welcome = [item for item in base.request["requirements"]["preferred"] if len(item) < 30]
    wanted = copy.deepcopy(base.request)
    job = wanted["requirements"]
    if len(skills) > 1 and (chance.random() < 0.6 or not welcome):
        old = chance.choice(skills)
        job["skills"].remove(old)
        job["preferred"].append(old)
        if any(old in other for other in job["skills"]):
            return None
        case = Case("trap", base, wanted, "requirements.skills", "polarity", "required->preferred", old, old)
        return _finished(case, [("requirements", old)], "skill")
    if len(welcome) < 2:
        return None
    old = chance.choice(welcome)
    job["preferred"].remove(old)
    job["skills"] = [*skills, old]
    case = Case("trap", base, wanted, "requirements.preferred", "polarity", "preferred->required", old, old)
    return _finished(case, [("preferred", old)], "skill")


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
            removed = field == "notes" and chance.random() < 0.25
            if removed:
                place.pop(field)
            change, after = ("removed", None) if removed else ("changed", new)
            case = Case("trap", base, wanted, path_of(field), f"{field}_fact", change, old, after)
            return _finished(case, [(None, old)], field)
    return None


def _duty(base: Base, chance: random.Random) -> Draft:
    """One item of free text swapped for another job's."""
    field = chance.choice(("responsibilities", "preferred"))
    items = base.request["requirements"][field]
    old = chance.choice(items)
    contrasts = {item for pair in base.wording.contrasts[field] for item in pair}
    new = chance.choice(sorted(contrasts - set(items)))
    wanted = copy.deepcopy(base.request)
    wanted["requirements"][field] = [new if item == old else item for item in items]
    if any(old in other for other in wanted["requirements"][field]):
        return None
    case = Case("trap", base, wanted, path_of(field), "duty", "changed", old, new)
    return _finished(case, [(None, old)], field)


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
    case = Case("trap", base, wanted, "requirements.contact", kind, "changed" if new else "removed", old, new, kind)
    return _finished(case, [*_sentences(base, kind), (None, old)], kind)


def _currency(base: Base, chance: random.Random) -> Draft:
    old = base.request["requirements"].get("currency")
    if old is None:
        return None
    new = chance.choice([one for one in ("KRW", "USD", "EUR", "GBP", "JPY") if one != old])
    wanted = copy.deepcopy(base.request)
    wanted["requirements"]["currency"] = new
    case = Case("trap", base, wanted, "requirements.currency", "currency", "changed", old, new)
    return _finished(case, _sentences(base, "salary"), "salary")


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
    case = Case("trap", base, wanted, "company.name", "company", "changed", old, new, "company")
    found = _finished(case, [*_sentences(base, "company")], "company")
    if found is not None and old not in new:
        found.forbidden.append((None, old))
    return found


def _other_name(old: str, base: Base, chance: random.Random) -> str:
    tails: Sequence[str] = base.wording.name_tails
    for tail in tails:
        if old.endswith(tail) and len(old) > len(tail) + 1:
            return old.removesuffix(tail).strip()
    if chance.random() < 0.7:
        return old + chance.choice(list(tails))
    return chance.choice([name for name in base.wording.values["company"] if name != old])
