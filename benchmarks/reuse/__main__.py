"""The evaluation of reuse: traps, honest rewordings, other policies.

    python -m benchmarks.reuse [--half test] [--bases N] [--language ko] [--fact F] [--show N] [--pairs FILE]

The free text is that of real postings, read at run time; companies are split into a half to tune on and one to test on.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.machine import save
from benchmarks.reuse import embedding_only, judge, report
from benchmarks.reuse.baselines import ERROR_BOUNDS
from benchmarks.reuse.compared import compared
from benchmarks.reuse.pairs import all_pairs, export
from benchmarks.reuse.postings import SEED, SHARED
from benchmarks.reuse.suite import BASES, make_suite
from benchmarks.reuse.wording import LANGUAGES
from embeddings.load import load_encoder

# The service's own, for the tables by fact and section.
BOUND = 0.01


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reuse", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=("tune", "test"), default="test")
    parser.add_argument("--bases", type=int, default=BASES, help="stored postings a language; cases in proportion")
    parser.add_argument("--language", choices=LANGUAGES, help="only this one")
    parser.add_argument("--fact", action="append", help="only traps and rewordings of this type (may be repeated)")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N failures of each kind (real text)")
    parser.add_argument("--service-only", action="store_true", help="one bound, no other policies, no public pairs")
    parser.add_argument("--pairs", type=Path, help="write labelled pairs for `gonggo tune --pairs` and stop")
    return parser.parse_args()


def main() -> None:
    """Run what the arguments ask for."""
    asked = arguments()
    if not SHARED.exists():
        sys.exit(f"The real postings are not there: {SHARED}")
    started = time.perf_counter()
    languages = (asked.language,) if asked.language else LANGUAGES
    facts = frozenset(asked.fact) if asked.fact else None
    suite = make_suite(asked.half, languages, bases=asked.bases, facts=facts)
    if asked.pairs:
        print(export(asked.pairs, all_pairs(suite)))
        return
    bounds = (BOUND,) if asked.service_only else sorted(ERROR_BOUNDS, reverse=True)
    answered = judge.run(suite.cases, bounds)
    print("\n".join(report.examples(answered[BOUND], asked.show)))
    result: dict[str, Any] = {"seed": SEED, "half": asked.half, "max_error": BOUND, **report.figures(answered[BOUND])}
    if not asked.service_only:
        other = make_suite("tune" if asked.half == "test" else "test", languages, bases=asked.bases, facts=facts)
        encoder = load_encoder("bundled", Path("models"), min(4, os.cpu_count() or 1))
        result["policies"] = compared(answered, other.cases, encoder)
        result["embedding_only"] = embedding_only.measure(encoder)
    result["seconds"] = round(time.perf_counter() - started, 1)
    whole = vars(asked) == vars(asked) | {
        "half": "test", "bases": BASES, "language": None, "fact": None, "service_only": False
    }  # fmt: skip
    if whole:
        save("reuse", result)
    else:
        print(report.short(result))


if __name__ == "__main__":
    main()
