"""The two pictures of the report, as PNG. The same figures make the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from cache_service.jobs.tuning.measure import Bin, Row


def reliability_png(bins: Sequence[Bin]) -> bytes:
    """Calibrated probability against the share that was right; the diagonal is perfect calibration."""
    figure, axes = _figure()
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", linewidth=1, label="perfect")
    axes.plot([one.expected for one in bins], [one.right for one in bins], marker="o", label="pairs set aside")
    axes.set(xlabel="calibrated probability of right reuse", ylabel="share that was right", title="Reliability")
    axes.legend(loc="best")
    return _png(figure)


def risk_png(curve: Sequence[tuple[float, float]], rows: Sequence[Row]) -> bytes:
    """Error among the served against the share served, with what is proved at each bound."""
    figure, axes = _figure()
    axes.plot([x for x, _ in curve], [y for _, y in curve], label="one threshold for all")
    proved = [row for row in rows if row.served]
    chosen = [(row.hit_share, row.error) for row in proved]
    axes.plot([x for x, _ in chosen], [y for _, y in chosen], marker="s", linestyle="", label="chosen points")
    for point in dict.fromkeys(chosen):
        bounds = ", ".join(f"{row.max_error:.1%}" for row in proved if (row.hit_share, row.error) == point)
        axes.annotate(bounds, point, textcoords="offset points", xytext=(-4, 8), horizontalalignment="right")
    axes.set(xlabel="share of proposals served", ylabel="share of the served that was wrong", title="Risk")
    axes.set_xlim(0, 1)
    axes.set_ylim(bottom=0)
    axes.legend(loc="best")
    return _png(figure)


def _figure() -> tuple[Any, Any]:
    from matplotlib.figure import Figure  # only this job draws

    figure = Figure(figsize=(5.5, 4.0), dpi=110, layout="constrained")
    return figure, figure.add_subplot()


def _png(figure: Any) -> bytes:
    held = io.BytesIO()
    figure.savefig(held, format="png", metadata={"Software": None})
    return held.getvalue()
