"""``python -m benchmarks.reuse``: the evaluation of reuse; see the package's docstring."""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from benchmarks.machine import save
from benchmarks.reuse import embedding_only, judge, report
from benchmarks.reuse.compared import compared
from benchmarks.reuse.judge import Outcome
from benchmarks.reuse.pairs import Pair, export, neighbours, pairs_of
from benchmarks.reuse.postings import SEED, SHARED, Half
from benchmarks.reuse.suite import Suite, make_suite
from benchmarks.reuse.wording import Lang
from embeddings.load import load_encoder

LANGUAGES: Final[tuple[Lang, ...]] = ("ko", "en")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reuse", description=__doc__)
    parser.add_argument("--sample", type=int, help="at most so many traps and rewordings of each type and language")
    parser.add_argument("--language", choices=LANGUAGES, help="only this one")
    parser.add_argument("--fact", action="append", help="only traps and rewordings of this type (may be repeated)")
    parser.add_argument("--half", choices=("tune", "test"), help="test, or for --pairs tune, if left out")
    parser.add_argument("--examples", action="store_true", help="print what failed (holds real text)")
    parser.add_argument("--max-error", type=float, action="append", help="ask with this bound, a row each (may repeat)")
    parser.add_argument("--service-only", action="store_true", help="leave out baselines and public pairs")
    parser.add_argument("--pairs", type=Path, help="write labelled pairs for `gonggo tune --pairs`, measure nothing")
    return parser.parse_args()


def main() -> None:
    """Run what the arguments ask for."""
    wanted = arguments()
    if not SHARED.exists():
        sys.exit(f"The real postings are not there: {SHARED}")
    started = time.perf_counter()
    languages = (wanted.language,) if wanted.language else LANGUAGES
    facts = frozenset(wanted.fact) if wanted.fact else None
    if wanted.pairs:
        suite = make_suite(wanted.half or "tune", languages, facts=facts, sample=wanted.sample)
        print(export(wanted.pairs, all_pairs(suite)))
        return
    half: Half = wanted.half or "test"
    suite = make_suite(half, languages, facts=facts, sample=wanted.sample)
    answered = ask(suite, tuple(wanted.max_error or (None,)))
    outcomes = next(iter(answered.values()))
    if wanted.examples:
        print("\n".join(report.examples(outcomes)))
    result: dict[str, Any] = {"seed": SEED, "half": half, **report.figures(outcomes)}
    if not wanted.service_only:
        tune = make_suite("tune" if half == "test" else "test", languages, facts=facts, sample=wanted.sample)
        result |= comparison(answered, tune)
    result["seconds"] = round(time.perf_counter() - started, 1)
    whole = facts is None and wanted.sample is None and wanted.language is None and not wanted.service_only
    save("reuse" if whole else "reuse-part", result)


def ask(suite: Suite, bounds: tuple[float | None, ...]) -> dict[float | None, list[Outcome]]:
    """The outcomes of a suite, by the bound it was asked with."""
    answered: dict[float | None, list[Outcome]] = defaultdict(list)
    for cases in (suite.forward, suite.mirrored):
        if cases:
            for bound, outcome in judge.run(cases, bounds):
                answered[bound].append(outcome)
    return answered


def comparison(answered: dict[float | None, list[Outcome]], tune: Suite) -> dict[str, Any]:
    """The tables of policies: on the suite's own pairs, and by cosine alone on public ones."""
    encoder = load_encoder("bundled", Path("models"), min(4, os.cpu_count() or 1))
    pairs = {
        bound: [pair for outcome in outcomes for pair in pairs_of(outcome.case, outcome)]
        for bound, outcomes in answered.items()
    }
    return {
        "policies": compared(pairs, [pair for case in tune.cases for pair in pairs_of(case)], encoder),
        "embedding_only": {
            **embedding_only.pair_sets(encoder), "clusters_parakqc_ko": embedding_only.replay(encoder)
        },
    }  # fmt: skip


def all_pairs(suite: Suite) -> list[Pair]:
    """Every labelled pair of a suite, natural neighbours among them."""
    made = [pair for case in suite.cases for pair in pairs_of(case)]
    return [*made, *neighbours(suite.bases, random.Random(SEED))]


if __name__ == "__main__":
    main()
