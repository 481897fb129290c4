"""A base: a full request and the stored posting that answers it, sections in natural language.

The free text is a real posting's; the typed fields are drawn, so that every type of fact occurs. Each typed fact is
said in a sentence drawn from the phrases of its type: in the section that depends on it and, for nearly half of
those of the sections that rules write anew (place, pay, deadline ...), in a written section as well, as people do.
"""

from __future__ import annotations

import copy
import datetime as dt
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from benchmarks.reuse.postings import Half, Material
from benchmarks.reuse.wording import WORDINGS, Lang, Wording, with_particles

Request = dict[str, dict[str, Any]]
# Facts that only the sections written by rules depend on.
ELSEWHERE: Final = (
    "salary", "headcount", "employment_type", "work_mode", "location", "deadline", "probation_months", "email",
    "phone", "url", "hiring_process",
)  # fmt: skip
WRITTEN: Final = ("company", "responsibilities", "requirements", "benefits")
_BULLETED: Final = frozenset({"requirements", "preferred", "benefits", "conditions", "process"})
SHARE_ELSEWHERE: Final = 0.45
LICENCE: Final = re.compile(r"(?:기능사|기사|면허|조무사|급|점|license|licen[cs]e|certification|card)$|^(?:a )?CDL")
MONTHS: Final = "January February March April May June July August September October November December".split()


@dataclass
class Base:
    """``phrases``: by fact, the sentences that state it, each with its section. Two bases of one ``id`` are worded from
    the same material."""

    id: str
    group: str
    half: Half
    language: Lang
    request: Request
    phrases: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)

    @property
    def wording(self) -> Wording:
        """The wording of its language."""
        return WORDINGS[self.language]

    def entry(self) -> dict[str, Any]:
        """The body of one line for ``POST /v1/cache/entries``."""
        sections = [{"kind": kind, "text": text} for kind, text in self.sections.items()]
        return {"request": self.request, "posting": {"sections": sections}, "tags": [self.id]}


def make_base(material: Material, turn: int, chance: random.Random) -> Base:
    """The base of a real posting in its ``turn``. Same material and state of ``chance``, same base.

    Into its free text go, beside the real items, one with a fact inside and one of the table of rewordings.
    """
    wording = WORDINGS[material.language]
    job: dict[str, Any] = {"title": material.title}
    company: dict[str, Any] = {"name": material.company}
    if chance.random() < 0.5:
        job["title"] = chance.choice(wording.values["title"])
    for fields, source, name, pool in (
        (company, material.benefits, "benefits", "benefit"),
        (job, material.responsibilities, "responsibilities", ""),
        (job, material.preferred, "preferred", ""),
    ):
        items = list(source)
        if pool:
            items += chance.sample(list(wording.values[pool]), 2)
        else:
            for pairs in (wording.contrasts[name], wording.rewordings[name]):
                items.insert(chance.randrange(len(items) + 1), chance.choice(pairs)[chance.randrange(2)])
        fields[name] = items
    about = [material.about] if material.about else []
    if chance.random() < 0.5 or not about:
        about.append(chance.choice(wording.contrasts["about"])[chance.randrange(2)])
    if chance.random() < 0.5:
        about.append(chance.choice(wording.rewordings["about"])[chance.randrange(2)])
    company["about"] = "\n".join(about)
    _draw_fields(company, job, wording, chance)
    request = {"company": company, "requirements": job, "options": {"language": material.language}}
    base = Base(f"{material.id}/{turn}", material.group, material.half, material.language, request)
    write(base, chance)
    return base


def _draw_fields(company: dict[str, Any], job: dict[str, Any], wording: Wording, chance: random.Random) -> None:
    def some(share: float, into: dict[str, Any], name: str, draw: Callable[[], Any]) -> None:
        if chance.random() < share:
            into[name] = draw()

    def one(name: str) -> Callable[[], str]:
        return lambda: chance.choice(list(wording.values[name]))

    def enum(name: str) -> Callable[[], str]:
        return lambda: chance.choice(list(wording.words[name]))

    some(0.6, company, "industry", one("industry"))
    some(0.5, company, "size", one("size"))
    some(0.5, company, "founded", lambda: chance.randrange(1960, 2024))
    some(0.6, company, "culture", lambda: chance.sample(list(wording.values["culture"]), 2))
    some(0.6, company, "hiring_process", lambda: chance.sample(list(wording.values["hiring_process"]), 3))
    some(0.5, job, "seniority", enum("seniority"))
    if chance.random() < 0.75:
        job["years_min"] = chance.randrange(2, 9)
        some(0.5, job, "years_max", lambda: job["years_min"] + chance.randrange(2, 6))
    some(0.7, job, "employment_type", enum("employment_type"))
    some(0.7, job, "work_mode", enum("work_mode"))
    some(0.8, job, "location", one("location"))
    if chance.random() < 0.7:
        job |= draw_salary(wording, chance)
    some(0.6, job, "headcount", lambda: chance.randrange(2, 10))
    some(0.6, job, "deadline", lambda: draw_deadline(chance))
    some(0.7, job, "education", one("education"))
    some(0.5, job, "probation_months", lambda: chance.randrange(2, 7))
    some(0.9, job, "skills", lambda: chance.sample(list(wording.values["skill"]), 3))
    some(0.7, job, "contact", one(chance.choice(("email", "phone", "url"))))
    notes = [pair for pairs in (wording.contrasts["notes"], wording.rewordings["notes"]) for pair in pairs]
    some(0.5, job, "notes", lambda: chance.choice(notes)[chance.randrange(2)])


def draw_salary(wording: Wording, chance: random.Random) -> dict[str, Any]:
    """A range of pay with its period and currency."""
    period = chance.choice(("year", "year", "month", "hour", "day"))
    low, high = sorted(chance.sample(list(wording.money[period]), 2))
    unit = 10_000 if wording.currency == "KRW" and period in {"year", "month"} else 1
    return {"salary_min": low * unit, "salary_max": high * unit, "salary_period": period, "currency": wording.currency}


def draw_deadline(chance: random.Random) -> str:
    """A day of next year, ISO 8601."""
    return (dt.date(2027, 1, 13) + dt.timedelta(days=chance.randrange(340))).isoformat()


def contact_kind(contact: str) -> str:
    """email, phone or url."""
    return "email" if "@" in contact else "url" if "://" in contact else "phone"


def stated(request: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What a request states, by fact as phrases know them, in the order in which sections say it."""
    company, job = request["company"], request["requirements"]
    facts: dict[str, Any] = {"company": company["name"], "title": job["title"]}
    for name in ("industry", "size", "founded"):
        facts[name] = company.get(name)
    for name in ("seniority", "education", "employment_type", "work_mode", "location", "headcount", "deadline",
                 "probation_months", "notes"):  # fmt: skip
        facts[name] = job.get(name)
    if "years_min" in job or "years_max" in job:
        facts["years"] = (job.get("years_min"), job.get("years_max"))
    if "salary_min" in job:
        facts["salary"] = (job["salary_min"], job["salary_max"], job["salary_period"])
    if job.get("contact"):
        facts[contact_kind(job["contact"])] = job["contact"]
    if company.get("hiring_process"):
        facts["hiring_process"] = ", ".join(company["hiring_process"])
    return {name: value for name, value in facts.items() if value is not None}


def worded(fact: str, value: Any, wording: Wording, chance: random.Random) -> str:
    """A sentence that states ``value`` of ``fact``."""
    korean = wording.currency == "KRW"
    key, slots = fact, {"v": value}
    match fact:
        case "years":
            low, high = value
            key, slots = ("years", {"a": low, "b": high}) if high is not None else ("years_min", {"a": low})
        case "salary":
            low, high, period = value
            unit = 10_000 if korean and period in {"year", "month"} else 1
            key, slots = f"salary:{period}", {"a": f"{low // unit:,}", "b": f"{high // unit:,}"}
        case "deadline":
            day = dt.date.fromisoformat(value)
            month = day.month if korean else MONTHS[day.month - 1]
            slots = {"iso": value, "year": day.year, "month": month, "day": day.day, "dots": f"{day:%Y.%m.%d}",
                     "full": f"{day.year}년 {day.month}월 {day.day}일"}  # fmt: skip
        case "seniority":
            words = wording.words["seniority"][value]
            slots = {"v": words[0], "bare": words[-1]}
        case "employment_type" | "work_mode":
            slots = {"v": chance.choice(list(wording.words[fact][value]))}
        case _:  # worded as it is
            pass
    return with_particles(chance.choice(list(wording.phrases[key])).format(**slots))


# Which section states a fact that has one value, in the order in which it is said.
_SAID_IN: Final = (
    ("company", "company"), ("industry", "company"), ("about", "company"), ("size", "company"),
    ("founded", "company"), ("title", "responsibilities"), ("seniority", "requirements"), ("years", "requirements"),
    ("education", "requirements"), ("notes", "responsibilities"), ("employment_type", "conditions"),
    ("location", "conditions"), ("work_mode", "conditions"), ("salary", "conditions"), ("headcount", "conditions"),
    ("probation_months", "conditions"), ("hiring_process", "process"), ("deadline", "process"),
    ("email", "process"), ("phone", "process"), ("url", "process"),
)  # fmt: skip


def write(base: Base, chance: random.Random) -> None:
    """Word the request of ``base`` into its sections."""
    facts, wording = stated(base.request), base.wording
    base.phrases = {}
    lines: dict[str, list[str]] = {kind: [] for kind in (*WRITTEN, "preferred", "conditions", "process")}

    def say(fact: str, kind: str, sentence: str) -> None:
        base.phrases.setdefault(fact, []).append((kind, sentence))
        bullet = chance.choice(("- ", "• ")) if kind in _BULLETED or fact == "responsibilities" else ""
        lines[kind].append(f"{bullet}{sentence}")

    for fact, kind in _SAID_IN:
        if fact == "about":
            for line in filter(None, base.request["company"]["about"].split("\n")):
                say(fact, kind, line)
        elif fact in facts:
            say(fact, kind, worded(fact, facts[fact], wording, chance))
    for fact, kind, sentence in _items(base, chance):
        say(fact, kind, sentence)
    for fact in ELSEWHERE:
        if fact in facts and chance.random() < SHARE_ELSEWHERE:
            say(fact, chance.choice(WRITTEN), worded(fact, facts[fact], wording, chance))
    if chance.random() < 0.5:
        phrase = chance.choice(list(wording.phrases["company_elsewhere"]))
        say(
            "company", chance.choice(("responsibilities", "benefits")), _filled(phrase, base.request["company"]["name"])
        )
    base.sections = {kind: "\n".join(said) for kind, said in lines.items() if said}


def _filled(phrase: str, value: str) -> str:
    return with_particles(phrase.format(v=value))


def _items(base: Base, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """The items of the lists, each with its fact, its section and a sentence that states it; real ones as they are."""
    company, job, wording = base.request["company"], base.request["requirements"], base.wording
    for fact, kind, items in (
        ("culture", "company", company.get("culture")), ("skill", "requirements", job.get("skills")),
        ("benefit", "benefits", company["benefits"]),
    ):  # fmt: skip
        pool = {*wording.values[fact], *(one for group in wording.spellings.get(fact, ()) for one in group)}
        for item in items or ():
            key = "licence" if fact == "skill" and LICENCE.search(item) else fact
            yield fact, kind, _filled(chance.choice(list(wording.phrases[key])) if item in pool else "{v}", item)
    for kind in ("responsibilities", "preferred"):
        for item in job[kind]:
            yield kind, kind, item


def with_request(base: Base, request: Request) -> Base:
    """Another base with the same material and a request of its own, not yet worded."""
    return Base(base.id, base.group, base.half, base.language, copy.deepcopy(request))
