"""The suite: bases out of real postings, traps of every fact type, rewordings in both directions, controls."""

from __future__ import annotations

import copy
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
CONTROLS: Final = 100
PER_FACT: Final = 60
PER_REWORDING: Final = 32


@dataclass
class Suite:
    """``forward``: all that is asked of the stored bases; ``mirrored``: rewordings the other way round."""

    forward: list[Case] = field(default_factory=list)
    mirrored: list[Case] = field(default_factory=list)
    bases: list[Base] = field(default_factory=list)

    @property
    def cases(self) -> list[Case]:
        """All of it."""
        return [*self.forward, *self.mirrored]


def make_suite(
    half: Half,
    languages: Sequence[Lang] = ("ko", "en"),
    *,
    facts: frozenset[str] | None = None,
    sample: int | None = None,
) -> Suite:
    """The suite of one half, the same every time. ``facts``: only these types; ``sample``: at most so many of each."""
    suite = Suite()
    for language in languages:
        chance = random.Random(f"{SEED}:{half}:{language}")
        found = [one for one in materials(language) if one.half == half]
        bases = make_bases(found, chance)
        suite.bases += bases
        suite.forward += [
            Case("control", base, copy.deepcopy(base.request), "", "control", "same",
                 served=tuple({kind for path in ("company.name", "requirements.title", "company.benefits")
                               for kind in dependents(path, base.sections)}))
            for base in bases[: sample or CONTROLS]
        ]  # fmt: skip
        suite.forward += _made(traps.makers(), bases, facts, sample or PER_FACT, chance)
        honest = _made(rewordings.makers(), bases, facts, sample or PER_REWORDING, chance)
        suite.forward += honest
        suite.mirrored += [rewordings.mirrored(case, chance) for case in honest]
    return suite


def make_bases(found: Sequence[Material], chance: random.Random) -> list[Base]:
    """``BASES`` bases, each posting taken in turn, its typed fields drawn anew each time round."""
    return [make_base(found[number % len(found)], chance) for number in range(BASES)]


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
