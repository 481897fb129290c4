"""``python -m benchmarks.reuse``: the evaluation of reuse; see the package's docstring."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.machine import save
from benchmarks.reuse import judge, report
from benchmarks.reuse.postings import SEED, SHARED
from benchmarks.reuse.suite import make_suite


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reuse", description=__doc__)
    parser.add_argument("--sample", type=int, help="at most so many traps and rewordings of each type and language")
    parser.add_argument("--language", choices=("ko", "en"), help="only this one")
    parser.add_argument("--fact", action="append", help="only traps and rewordings of this type (may be repeated)")
    parser.add_argument("--half", choices=("tune", "test"), default="test")
    parser.add_argument("--examples", action="store_true", help="print what failed (holds real text)")
    parser.add_argument("--results", default="reuse", help="name of the file under benchmarks/results")
    arguments = parser.parse_args()
    if not SHARED.exists():
        sys.exit(f"The real postings are not there: {SHARED}")
    started = time.perf_counter()
    languages = (arguments.language,) if arguments.language else ("ko", "en")
    facts = frozenset(arguments.fact) if arguments.fact else None
    suite = make_suite(arguments.half, languages, facts=facts, sample=arguments.sample)
    outcomes = [*judge.run(suite.forward), *(judge.run(suite.mirrored) if suite.mirrored else ())]
    if arguments.examples:
        print("\n".join(report.examples(outcomes)))
    result: dict[str, Any] = {"seed": SEED, "half": arguments.half, **report.figures(outcomes)}
    result["seconds"] = round(time.perf_counter() - started, 1)
    whole = facts is None and arguments.sample is None and arguments.language is None
    save(arguments.results if whole else f"{arguments.results}-part", result)


if __name__ == "__main__":
    main()
