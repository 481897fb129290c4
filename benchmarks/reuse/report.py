"""Figures of a run: per fact type and language, by section kind, and examples of what went wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from benchmarks.reuse.judge import Outcome


def figures(outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """Traps and what of them was served wrong, rewordings and what of them was served, reasons for refusal."""
    counts: dict[str, dict[str, Counter[str]]] = {
        "traps": defaultdict(Counter), "rewordings": defaultdict(Counter), "controls": defaultdict(Counter)
    }  # fmt: skip
    sections: dict[str, dict[str, Counter[str]]] = {"traps": defaultdict(Counter), "rewordings": defaultdict(Counter)}
    reasons: Counter[str] = Counter()
    for outcome in outcomes:
        case = outcome.case
        row = counts[f"{case.source}s"][f"{case.base.language}/{case.fact}"]
        row["cases"] += 1
        if case.source == "trap":
            row["served_wrong"] += bool(outcome.wrong)
            row["by_extractor_only"] += bool(outcome.wrong) and set(outcome.wrong) == outcome.unread
            _count_sections(sections["traps"], outcome, tuple(outcome.served), outcome.wrong)
        else:
            row["served"] += outcome.complete
            row["sections"] += len(case.served)
            row["sections_served"] += sum(kind in outcome.served for kind in case.served)
            if case.source == "rewording":
                _count_sections(sections["rewordings"], outcome, case.served, {})
                reasons.update(
                    why for kind in case.served if kind not in outcome.served and (why := _reason(outcome, kind))
                )
    return {
        "total": {name: dict(sum(rows.values(), Counter())) for name, rows in counts.items()},
        **{name: {key: dict(row) for key, row in sorted(rows.items())} for name, rows in counts.items()},
        "by_section": {name: {key: dict(row) for key, row in sorted(rows.items())} for name, rows in sections.items()},
        "refusals_of_rewordings": dict(reasons.most_common(40)),
    }


def _count_sections(
    into: dict[str, Counter[str]], outcome: Outcome, kinds: Iterable[str], wrong: dict[str, str]
) -> None:
    for kind in kinds:
        row = into[f"{outcome.case.base.language}/{kind}"]
        row["sections"] += 1
        row["served_wrong"] += kind in wrong
        row[outcome.served.get(kind, "not_served")] += 1


def _reason(outcome: Outcome, kind: str) -> str:
    reason, nearest = outcome.reasons.get(kind, ("left_out", None))
    differing = (nearest or {}).get("differing_facts") or ()
    return f"{reason}: {', '.join(sorted({str(one['fact']) for one in differing}))}" if differing else str(reason)


def examples(outcomes: Iterable[Outcome], most: int) -> list[str]:
    """Lines that show ``most`` of the failures of each kind, for whoever mends them. Not for the results file: they
    hold real text."""
    shown: Counter[str] = Counter()
    lines = []
    for outcome in outcomes:
        case = outcome.case
        key = f"{case.source} {case.base.language}/{case.fact} {case.change}"
        failed = bool(outcome.wrong) if case.source == "trap" else not outcome.complete
        if not failed or shown[key] >= most:
            continue
        shown[key] += 1
        turned = " mirrored" if case.mirrored else ""
        lines.append(f"{key}{turned}: {case.old!r} -> {case.new!r} ({case.base.id})")
        for kind, why in outcome.wrong.items():
            lines.append(f"    {kind} ({outcome.served[kind]}) states {why!r}: {outcome.texts[kind][:300]!r}")
        if case.source != "trap":
            lines += [f"    {kind}: {outcome.reasons.get(kind)}" for kind in case.served if kind not in outcome.served]
    return lines


def short(result: dict[str, Any]) -> str:
    """Of the figures, the totals and the rows in which something was wrong or not served."""
    lines = [f"{name}: {row}" for name, row in result["total"].items()]
    for name in ("traps", "rewordings"):
        lines += [
            f"  {name} {key}: {row}"
            for key, row in result[name].items()
            if row.get("served_wrong") or row.get("served", row["cases"]) < row["cases"]
        ]
    return "\n".join([*lines, *map(str, result.get("policies", ()))])
