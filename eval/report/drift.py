"""The part of a report on drift: one plot of disagreements over time, one table of earlier runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eval.naming import between, decimals
from eval.report.drawing import INK, ONE, drawn
from eval.report.plots import Plot
from eval.report.safe import on_one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NONE = "None to show: no verdict was disagreed with, and no earlier run of this set and model lies beside this one."
SAID = (
    "This run's marks minus those of earlier runs of the same set, grader and model kept in the folders beside it, "
    "over the answers that both marked. Without a change of the program or of a calibration all are 0."
)
HEAD = ("run", "made", "grader", "answers", "mean change", "95%", "largest")


@dataclass(frozen=True)
class Drift:
    """What there is to show; `none` says so where there is nothing."""

    plot: Plot | None
    runs: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = HEAD
    said: str = SAID

    @property
    def none(self) -> str:
        """Empty where there is something."""
        return "" if self.plot or self.runs else NONE


def drift_of(found: Mapping[str, Sequence[Mapping[str, Any]]]) -> Drift:
    """The report's `drift` ready to be shown."""
    overrides = found.get("overrides") or ()
    runs = tuple(
        (
            on_one_line(row["run"], 60),
            row["made"],
            on_one_line(row["grader"], 60),
            str(row["n"]),
            decimals(row["mean"]),
            between(row["ci95"], 3),
            decimals(row["largest"]),
        )
        for row in found.get("runs") or ()
    )
    return Drift(_plot(overrides) if overrides else None, runs)


def _plot(rows: Sequence[Mapping[str, Any]]) -> Plot:
    def draw(axes: "Axes") -> None:
        axes.axhline(0, color=INK, linewidth=0.8)
        for place, row in enumerate(rows):
            if row["ci95"]:
                axes.plot([place, place], row["ci95"], color=ONE, linewidth=2, alpha=0.6)
            axes.plot([place], [row["mean"]], "o", color=ONE, markersize=6)
        axes.set_xticks(range(len(rows)), [row["to"] for row in rows], rotation=30, ha="right")
        axes.grid(axis="x", visible=False)
        axes.margins(x=0.15, y=0.15)
        axes.set(ylabel="your mark minus the coach's")

    caption = (
        "Verdicts you disagreed with, twenty at a time, dated by the last: your mark minus the coach's, with 95% "
        "intervals. Above 0 you find the coach too strict. Verdicts that you let stand are only counted."
    )
    head = ("model", "from", "to", "disagreements", "of verdicts", "yours minus the coach's", "95%")
    table = tuple(
        (
            on_one_line(row["model"], 40),
            row["from"],
            row["to"],
            str(row["overrides"]),
            str(row["verdicts"]),
            decimals(row["mean"], 2),
            between(row["ci95"]),
        )
        for row in rows
    )
    size = (2.4 + min(4.0, 0.6 * len(rows)), 3.0)
    svg = drawn(draw, "Your marks minus the coach's over time", size)
    return Plot("Where you disagreed", caption, svg, head, table)
