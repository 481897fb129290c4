"""The suite: bases out of real postings, traps of every fact type, rewordings in both directions, controls."""

from __future__ import annotations

import copy
import math
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from benchmarks.reuse import rewordings, traps
from benchmarks.reuse.base import Base, make_base
from benchmarks.reuse.case import Case, dependents
from benchmarks.reuse.postings import SEED, Half, Material, materials
from benchmarks.reuse.wording import Lang

BASES: Final = 400
CONTROLS: Final = 60
# Of each direction.
PER_FACT: Final = 28
PER_REWORDING: Final = 20


@dataclass
class Suite:
    """``cases``: all that is asked of the stored ``bases``, and then of those that are worded the other way round."""

    cases: list[Case] = field(default_factory=list)
    bases: list[Base] = field(default_factory=list)


def make_suite(
    half: Half, languages: Sequence[Lang], *, bases: int = BASES, facts: frozenset[str] | None = None
) -> Suite:
    """The suite of one half, the same every time. ``bases``: how many a language; the cases of each type are at most
    in the same proportion to ``PER_FACT`` and ``PER_REWORDING``. ``facts``: only these types."""
    suite = Suite()
    share = bases / BASES
    for language in languages:
        chance = random.Random(f"{SEED}:{half}:{language}")
        made = make_bases([one for one in materials(language) if one.half == half], bases, chance)
        suite.bases += made
        caught = _made(traps.makers(), made, facts, math.ceil(PER_FACT * share), chance)
        honest = _made(rewordings.makers(), made, facts, math.ceil(PER_REWORDING * share), chance)
        turned = [traps.mirrored(case, chance) for case in caught]
        suite.cases += [
            *map(_control, made[: math.ceil(CONTROLS * share)]), *caught, *honest,
            *(case for case in turned if case is not None), *(rewordings.mirrored(case, chance) for case in honest),
        ]  # fmt: skip
    return suite


def make_bases(found: Sequence[Material], count: int, chance: random.Random) -> list[Base]:
    """``count`` bases, each posting taken in turn, its typed fields drawn anew each time round."""
    return [make_base(found[number % len(found)], number // len(found), chance) for number in range(count)]


def _control(base: Base) -> Case:
    """The same request again: everything has to be reused."""
    paths = ("company.name", "requirements.title", "company.benefits")
    kinds = {kind for path in paths for kind in dependents(path, base.sections)}
    return Case("control", base, copy.deepcopy(base.request), "", "control", "same", served=tuple(sorted(kinds)))


def _made(
    makers: dict[str, rewordings.Maker], bases: Sequence[Base], facts: frozenset[str] | None, limit: int,
    chance: random.Random,
) -> list[Case]:  # fmt: skip
    made: dict[str, list[Case]] = defaultdict(list)
    for fact, maker in makers.items():
        if facts is not None and fact not in facts:
            continue
        order = list(bases)
        chance.shuffle(order)
        for base in order:
            if len(made[fact]) < limit and (case := maker(base, chance)) is not None:
                made[fact].append(case)
    return [case for cases in made.values() for case in cases]
