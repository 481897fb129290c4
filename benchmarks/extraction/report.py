"""What was measured, as a table, as figures to keep, and as a list of what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from benchmarks.extraction.labelled import LANGUAGES, SCORED, Label
from benchmarks.extraction.scoring import Misses, Tallies, Tally, total
from cache_service.posting.facts import StatedFact

Figures = dict[str, float | int | None]


def figures(tallies: Tallies) -> dict[str, Any]:
    """Precision, recall and number of stated facts: over all, by language, by type and language."""
    return {
        "all": _figures(total(tallies)),
        **{language: _figures(total(tallies, language=language)) for language in LANGUAGES},
        "types": {
            kind: {language: _figures(total(tallies, language=language, kind=kind)) for language in LANGUAGES}
            for kind in SCORED
        },
    }


def _figures(tally: Tally) -> Figures:
    return {"precision": _rounded(tally.precision), "recall": _rounded(tally.recall), "stated": tally.stated}


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def table(tallies: Tallies) -> str:
    """Precision, recall and number of stated facts by type (rows) and language (columns)."""
    head = f"{'':<17}" + "".join(f"{name + ' P':>9}{'R':>7}{'n':>6}" for name in (*LANGUAGES, "all"))
    rows = [f"{kind:<17}" + _cells(tallies, kind) for kind in SCORED]
    return "\n".join([head, *rows, f"{'all':<17}" + _cells(tallies, None)])


def _cells(tallies: Tallies, kind: str | None) -> str:
    tallied = [total(tallies, language=language, kind=kind) for language in (*LANGUAGES, None)]
    return "".join(f"{_share(one.precision):>9}{_share(one.recall):>7}{one.stated:>6}" for one in tallied)


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def listed(misses: Iterable[Misses]) -> str:
    """Every text with something wrong: ``+`` found though not stated, ``-`` stated but not found."""
    blocks = []
    for miss in misses:
        wrong = [f"  + {_described(fact, miss.text.text)}" for fact in miss.wrong]
        missed = [f"  - {_described(label, miss.text.text)}" for label in miss.missed]
        blocks.append("\n".join([f"{miss.text.id} {miss.text.section}", miss.text.text, *wrong, *missed]))
    return "\n\n".join(blocks)


def _described(fact: StatedFact | Label, text: str) -> str:
    of = f" of {fact.of!r}" if fact.of else ""
    return f"{fact.type} = {fact.value!r}{of} at {fact.start}-{fact.end} {text[fact.start : fact.end]!r}"
