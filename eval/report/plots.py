"""The plots of a report, each with a caption in words and its numbers as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eval.naming import between, decimals, value_of
from eval.report import counts
from eval.report.collect import Mark
from eval.report.drawing import INK, ONE, TWO, drawn
from eval.report.safe import on_one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Quicker answers than this are no model's, and their times say nothing.
SLOW = 0.01


@dataclass(frozen=True)
class Plot:
    """One drawing: `svg` is our own markup, `head` and `rows` the same numbers in words."""

    title: str
    caption: str
    svg: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def plots(name: str, marks: Sequence[Mark]) -> list[Plot]:
    """What can be drawn of the graded answers of one grader; `name` stands in the labels."""
    if not marks:
        return []
    made = [_agreement(name, marks), _bands(name, marks)]
    if bins := counts.calibration(marks):
        made.insert(1, _calibration(name, bins))
    if max(mark.elapsed_s for mark in marks) >= SLOW:
        made.append(_times(name, marks))
    return made


def overview(rows: Sequence[Mapping[str, Any]], human: Mapping[str, Any]) -> Plot | None:
    """Correlation with the human marks of every row that has one, with its interval; `human` is two markers' row."""
    ceiling = value_of(human, "pearson_r")
    found = [
        (on_one_line(row["name"], 40), r, (row.get("ci95") or {}).get("pearson_r"))
        for row in rows
        if (r := value_of(row, "pearson_r")) is not None
    ]

    def draw(axes: "Axes") -> None:
        for place, (_, r, interval) in enumerate(found):
            if interval and None not in interval:
                axes.plot(interval, [place, place], color=ONE, linewidth=2, alpha=0.6)
            axes.plot([r], [place], "o", color=ONE, markersize=6)
            axes.annotate(
                decimals(r, 2), (r, place), (0, 7), textcoords="offset points", ha="center"
            )
        if ceiling is not None:
            axes.axvline(ceiling, color=TWO, linewidth=1.5, linestyle="--")
        axes.set_yticks(range(len(found)), [name for name, _, _ in found])
        axes.set_ylim(len(found) - 0.5, -0.7)
        axes.grid(axis="y", visible=False)
        axes.set_xlabel("correlation with the human marks (r)")

    if not found:
        return None
    label = "Correlation of each grader and baseline with the human marks, with 95% intervals"
    table = tuple((name, decimals(r), between(interval)) for name, r, interval in found)
    size = (4.8, 0.9 + 0.36 * len(found))
    svg = drawn(draw, label, size)
    caption = "The dot is Pearson's r, the line its 95% interval; further right is better."
    if ceiling is not None:
        caption += f" The dashed line is how well two human markers agree, {decimals(ceiling, 2)}."
    return Plot("At a glance", caption, svg, ("name", "r", "95%"), table)


def _agreement(name: str, marks: Sequence[Mark]) -> Plot:
    places, levels = counts.bubbles(marks), counts.levels(marks)
    largest = max(places.values())

    def draw(axes: "Axes") -> None:
        axes.plot([0, 1], [0, 1], color=INK, linewidth=1, linestyle=":")
        spots = sorted(places)
        axes.scatter(
            [human for human, _ in spots],
            [score for _, score in spots],
            s=[180 * places[spot] / largest + 2 for spot in spots],
            color=ONE,
            alpha=0.45,
            linewidths=0,
        )
        for level in levels:
            axes.plot([level.human] * 2, [level.low, level.high], color=TWO, linewidth=2)
            axes.plot([level.human], [level.middle], "D", color=TWO, markersize=5)
        axes.set(xlabel="human mark", ylabel="score", xlim=(-0.07, 1.07), ylim=(-0.07, 1.07))
        axes.set_aspect("equal")

    caption = (
        "A disc is as large as the number of answers there; the diamond is the median score for a human mark, "
        "its bar the middle half. On the dotted line grader and human agree."
    )
    table = tuple(
        (
            decimals(v.human, 2),
            str(v.n),
            *(decimals(part, 2) for part in (v.low, v.middle, v.high)),
        )
        for v in levels
    )
    head = ("human mark", "answers", "lower quartile", "median score", "upper quartile")
    svg = drawn(draw, f"{name}: scores against human marks", (4.4, 4.0))
    return Plot("Human mark and score", caption, svg, head, table)


def _calibration(name: str, bins: Sequence[counts.Bin]) -> Plot:
    def draw(axes: "Axes") -> None:
        axes.plot([0, 1], [0, 1], color=INK, linewidth=1, linestyle=":")
        for one in bins:
            axes.plot([one.confidence] * 2, [one.low, one.high], color=ONE, linewidth=2, alpha=0.6)
        axes.plot([b.confidence for b in bins], [b.right for b in bins], "o-", color=ONE)
        axes.set(xlabel="confidence", ylabel="share right", xlim=(-0.03, 1.03), ylim=(-0.03, 1.03))
        axes.set_aspect("equal")

    caption = (
        "Answers in ten groups by the confidence given: how many of each were right, with 95% intervals. Right is "
        f"within half a step of the human mark, or within {counts.NEAR}. On the dotted line the confidence is honest."
    )
    table = tuple(
        (
            decimals(b.confidence, 2),
            str(b.n),
            decimals(b.right, 2),
            between((b.low, b.high)),
        )
        for b in bins
    )
    svg = drawn(draw, f"{name}: share right by confidence", (4.4, 4.0))
    return Plot("Confidence", caption, svg, ("confidence", "answers", "share right", "95%"), table)


def _bands(name: str, marks: Sequence[Mark]) -> Plot:
    bands = counts.bands(marks)

    def draw(axes: "Axes") -> None:
        for shift, colour, label, values in (
            (-0.2, ONE, "bias", [band.bias for band in bands]),
            (0.2, TWO, "mean absolute error", [band.error for band in bands]),
        ):
            spots = [place + shift for place in range(len(bands))]
            bars = axes.bar(spots, values, 0.38, color=colour, label=label, alpha=0.85)
            axes.bar_label(bars, [decimals(value, 2) for value in values], padding=2)
        axes.axhline(0, color=INK, linewidth=0.8)
        axes.set_xticks(range(len(bands)), [band.name for band in bands])
        axes.grid(axis="x", visible=False)
        axes.margins(y=0.15)
        axes.set(xlabel="human mark", ylabel="score minus human mark")
        axes.legend(loc="lower left", ncols=2, bbox_to_anchor=(-0.02, 1.0))

    caption = (
        "Is it too kind to weak answers or too hard on good ones? Bias above 0 is too generous."
    )
    table = tuple((b.name, str(b.n), decimals(b.bias), decimals(b.error)) for b in bands)
    head = ("human mark", "answers", "bias", "mean absolute error")
    return Plot(
        "Weak, middling and good answers",
        caption,
        drawn(draw, f"{name}: bias and error by human mark"),
        head,
        table,
    )


def _times(name: str, marks: Sequence[Mark]) -> Plot:
    times = [mark.elapsed_s for mark in marks]
    quantiles = counts.seconds(marks)

    def draw(axes: "Axes") -> None:
        axes.hist(times, bins=min(30, 5 + len(times) // 10), color=ONE, alpha=0.7)
        middle = dict(quantiles)["median"]
        axes.axvline(middle, color=TWO, linewidth=2)
        axes.annotate(
            f"median {decimals(middle, 2)} s",
            (middle, 1),
            (5, -10),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
        )
        axes.set(xlabel="seconds for an answer", ylabel="answers", xlim=(0, None))
        axes.grid(axis="x", visible=False)

    caption = "How long the answers took, one by one."
    table = tuple((what, decimals(value)) for what, value in quantiles)
    svg = drawn(draw, f"{name}: seconds for an answer")
    return Plot("Time", caption, svg, ("", "seconds"), table)
