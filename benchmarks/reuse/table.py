"""The table of reworded items: ``rewordings_<language>.tsv``, lines of field, wording, other wording; by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FIELDS: Final = ("responsibilities", "preferred", "about", "notes")


def read_pairs(language: str) -> dict[str, list[tuple[str, str]]]:
    """By field, pairs of wordings that mean the same. ValueError names the line that is not three columns."""
    pairs: dict[str, list[tuple[str, str]]] = {name: [] for name in FIELDS}
    path = Path(__file__).parent / f"rewordings_{language}.tsv"
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        name, one, other = line.split("\t")
        if name not in pairs or one == other:
            raise ValueError(f"{path.name}:{number}: wants a field of {FIELDS} and two different wordings")
        pairs[name].append((one, other))
    return pairs
