"""Free paraphrases and near misses of single fields, by a writer who had seen neither the program nor its lists.

    python -m benchmarks.reuse.paraphrases [--show]

``data/paraphrases_en.tsv``: label (same, differs), field, two wordings. The paraphrases go far beyond what a form that
is filled in twice differs by ("at no charge" for "free"); they measure where comparing words ends. Odd lines may be
worked on, even ones may not; ``--show`` prints what failed of the odd ones.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.machine import save
from cache_service.posting.compare import compare
from cache_service.posting.facts import Facts, FactValue
from cache_service.posting.sections import LIST_PATHS, PATHS

_DATA: Final = Path(__file__).parent / "data"


def pairs(language: str) -> Iterator[tuple[str, str, FactValue, FactValue]]:
    """Label, path of the field, and its two values."""
    for line in (_DATA / f"paraphrases_{language}.tsv").read_text("utf-8").splitlines():
        label, field, *two = line.split("\t")
        path = next(path for path in PATHS if path.endswith(f".{field}"))
        one, other = two if path not in LIST_PATHS else ((two[0],), (two[1],))
        yield label, path, one, other


def main() -> None:
    """Count what is taken for the same, of the odd and of the even lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    for number, (label, path, one, other) in enumerate(pairs("en"), 1):
        wanted, stored = Facts({path: one}), Facts({path: other})
        same = not compare((path,), wanted, stored, text="", language="en", unknown_if_unstated=False).differing
        part = "odd" if number % 2 else "even"
        counts[f"{part} {label}"] += 1
        counts[f"{part} {label}, taken for the same"] += same
        if asked.show and part == "odd" and same != (label == "same"):
            print(label, path, one, other, sep=" | ")
    save("paraphrases", {"en": dict(sorted(counts.items()))})


if __name__ == "__main__":
    main()
