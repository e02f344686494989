"""The report of an eval run: the main table, and its plots in characters."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from tui.evaluation import Kept
from tui.marks import bar
from tui.plain import shown
from tui.text import Words
from tui.widgets.prose import Prose

PLOT = 41
ROOMY = 140
METRICS = {
    "pearson_r": "r",
    "quadratic_weighted_kappa": "QWK",
    "accuracy": "",
    "mean_absolute_error": "MAE",
    "mean_bias": "",
    "seconds_per_answer": "",
}
"""The columns by their keys in the report; those without a short name have a text."""
_TEXTS = {
    "accuracy": "eval.accuracy",
    "mean_bias": "eval.bias",
    "seconds_per_answer": "eval.seconds",
}


class ReportPanel(VerticalScroll):
    """Graders and baselines with their 95% intervals; empty before there is a report."""

    DEFAULT_CSS = """
    ReportPanel DataTable { height: auto; background: $background; scrollbar-size-horizontal: 1; }
    ReportPanel Static { height: auto; margin: 1 0 0 0; }
    ReportPanel > .muted { margin: 0; }
    """

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel", can_focus=True)
        self._words = words
        self.border_title = words("eval.report")

    def compose(self) -> ComposeResult:
        yield Prose(self._words("eval.idle"), id="legend", classes="muted", markup=False)
        yield DataTable(cursor_type="none", zebra_stripes=True)
        yield Static(id="plot-r", markup=False)
        yield Static(id="plot-medians", markup=False)

    def show(self, kept: Kept | None) -> None:
        """Shows a report, or that there is none."""
        words = self._words
        rows = _rows(kept, words) if kept else []
        self.query_one("#legend", Prose).update(words("eval.legend" if kept else "eval.idle"))
        table = self.query_one(DataTable)
        table.can_focus = False
        table.display = bool(kept)
        table.clear(columns=True)
        # Where there is little room, only the first metric shows its interval, and the last stays away.
        roomy = self.app.size.width >= ROOMY
        metrics = tuple(METRICS)[: None if roomy else -1]
        said = metrics if roomy else metrics[:1]
        names = [METRICS[key] or words(_TEXTS[key]) for key in metrics]
        table.add_columns(words("eval.grader"), words("eval.graded"), *names)
        for name, row in rows:
            graded = str(row.get("graded", row.get("n", "")))
            cells = (Text(_cell(row, key, key in said)) for key in metrics)
            table.add_row(Text(name), graded, *cells)
        self.query_one("#plot-r", Static).update(_correlations(rows, words))
        self.query_one("#plot-medians", Static).update(_medians(kept, words))


def _rows(kept: Kept, words: Words) -> list[tuple[str, Mapping[str, Any]]]:
    report = kept.report
    rows = [(shown(row["name"]), row) for row in (*report["graders"], *report["baselines"])]
    human = report.get("human")
    return [*rows, (words("eval.human"), human)] if human else rows


def _cell(row: Mapping[str, Any], key: str, with_interval: bool) -> str:
    value, interval = row.get(key), (row.get("ci95") or {}).get(key)
    if value is None:
        return "–"
    around = f" [{interval[0]:.2f}, {interval[1]:.2f}]" if interval and with_interval else ""
    return f"{value:.2f}{around}"


def _correlations(rows: Sequence[tuple[str, Mapping[str, Any]]], words: Words) -> Content:
    found = []
    for name, row in rows:
        if (r := row.get("pearson_r")) is not None:
            low, high = (row.get("ci95") or {}).get("pearson_r") or (r, r)
            found.append((name, low, r, high))
    if not found:
        return Content("")
    width = max(Content(name).cell_length for name, *_ in found) + 2
    least = -1.0 if min(low for _, low, _, _ in found) < 0 else 0.0
    lines = [Content.styled(words("eval.plot_r"), "bold")]
    for name, low, r, high in found:
        gap = " " * (width - Content(name).cell_length)
        lines.append(Content.assemble(name, gap, _interval(low, r, high, least), f"  {r:.2f}"))
    ends = f"{least:<{PLOT - 1}.0f}1"
    return Content("\n").join([*lines, Content.styled(" " * width + ends, "$foreground-muted")])


def _interval(low: float, middle: float, high: float, least: float) -> Content:
    """A dot between the ends of its interval, on a line from `least` to 1; a bar stands at 0."""
    span = (PLOT - 1) / (1 - least)
    start, dot, end, zero = (round((value - least) * span) for value in (low, middle, high, 0))
    line = ["·"] * PLOT
    line[zero] = "│"
    line[start : end + 1] = "━" * (end + 1 - start)
    line[dot] = "●"
    return Content.styled("".join(line), "$primary")


def _medians(kept: Kept | None, words: Words) -> Content:
    if kept is None or not kept.medians:
        return Content("")
    name = shown(kept.report["graders"][0]["name"])
    lines = [Content.styled(words("eval.plot_medians", name=name), "bold"), *_bars(kept)]
    return Content("\n").join(lines)


def _bars(kept: Kept) -> Iterator[Content]:
    for human, count, median in kept.medians:
        yield Content.assemble(f"{human:.2f}  ", bar(median, PLOT), f"  {median:.2f}  n={count}")
