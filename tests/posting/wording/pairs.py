"""Statements told in several ways, and statements that differ, read from ``pairs_ko.txt`` and ``pairs_en.txt``.

Half of the groups are for making the rules and half are held out: whoever tunes the rules looks at the first half only.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

SEED = 7

Items = list[str]


@dataclass
class Group:
    """A statement, its rewordings, and statements that differ from it."""

    statement: Items
    rewordings: list[Items] = field(default_factory=list)
    traps: list[Items] = field(default_factory=list)


def groups(language: str) -> list[Group]:
    found: list[Group] = []
    for line in (Path(__file__).parent / f"pairs_{language}.txt").read_text(encoding="utf-8").splitlines():
        items = [item.strip() for item in line[1:].split(" / ")]
        match line[:1]:
            case "=":
                found.append(Group(items))
            case "+":
                found[-1].rewordings.append(items)
            case "-":
                found[-1].traps.append(items)
    return found


def halves(language: str) -> tuple[list[Group], list[Group]]:
    """The groups to make the rules with, and those held out."""
    found = groups(language)
    random.Random(SEED).shuffle(order := list(range(len(found))))
    chosen = set(order[::2])
    return (
        [group for at, group in enumerate(found) if at in chosen],
        [group for at, group in enumerate(found) if at not in chosen],
    )
