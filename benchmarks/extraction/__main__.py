"""Score the extractor on the labelled texts: ``python -m benchmarks.extraction [--misses dev]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from benchmarks.extraction.labelled import SPLITS, load
from benchmarks.extraction.report import figures, listed, table
from benchmarks.extraction.scoring import score
from benchmarks.extraction.throughput import labelled_texts_per_s, real_sections_per_s
from benchmarks.machine import save


def main(arguments: Sequence[str] = ()) -> None:
    """Print the tables and keep the figures, or print what went wrong with the texts of a split."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.add_argument("--misses", choices=SPLITS, help="print every miss of this split with its text, and no more")
    chosen = parser.parse_args(arguments)
    texts = load()
    if chosen.misses in {"test", "fresh"}:
        print(f"warning: who has seen the misses on {chosen.misses} can no longer measure on it", file=sys.stderr)
    if chosen.misses:
        print(listed(score(one for one in texts if one.split == chosen.misses)[1]))
        return
    kept = {}
    for split in SPLITS:
        tallies, _ = score(one for one in texts if one.split == split)
        print(f"{split}\n{table(tallies)}\n")
        kept[split] = figures(tallies)
    save(
        "extraction",
        {"throughput": {"labelled": labelled_texts_per_s(texts), "real": real_sections_per_s()}, **kept},
    )


if __name__ == "__main__":
    main(sys.argv[1:])
