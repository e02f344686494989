"""The tables of a report, as words and numbers ready to be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.metrics import AGREEMENT
from eval.naming import METRICS, Metric, between, decimals, value_of
from eval.report.safe import on_one_line

QUESTIONS = 100
_LANGUAGES = {"en": "English", "zh": "Chinese"}
CEILING = "two human markers"


@dataclass(frozen=True)
class Cell:
    """A value with its 95% interval, and whether no other row has a better one."""

    value: str
    interval: str = ""
    best: bool = False


@dataclass(frozen=True)
class Table:
    """`rows` holds the name of a row, the kind of row, and its cells, one for each of `metrics`."""

    metrics: tuple[Metric, ...]
    rows: tuple[tuple[str, str, tuple[Cell, ...]], ...]


def main_table(report: Mapping[str, Any]) -> Table:
    """Graders, baselines and two human markers against each other, where the set has them."""
    rows = [("grader", row) for row in report["graders"]]
    rows += [("baseline", row) for row in report["baselines"]]
    metrics = _present(METRICS, [row for _, row in rows])
    best = [_best(metric, [value_of(row, metric.key) for _, row in rows]) for metric in metrics]
    shown = [
        (on_one_line(row["name"], 60), kind, _cells(row, metrics, best))
        for kind, row in [*rows, *_ceiling(report)]
    ]
    return Table(metrics, tuple(shown))


def by_language(report: Mapping[str, Any]) -> Table:
    """One row for each language and grader or baseline; `kind` is the language."""
    found = [
        (_LANGUAGES.get(lang, lang), {"name": row["name"], **group})
        for row in (*report["graders"], *report["baselines"])
        for lang, group in (row.get("by_lang") or {}).items()
    ]
    found.sort(key=lambda item: item[0])
    metrics = _present([m for m in METRICS if m.key in AGREEMENT], [row for _, row in found])
    none = [None] * len(metrics)
    return Table(
        metrics,
        tuple(
            (on_one_line(row["name"], 60), lang, _cells(row, metrics, none)) for lang, row in found
        ),
    )


@dataclass(frozen=True)
class QuestionRow:
    """A question, how many answers it has, and for each grader and baseline mean absolute error and bias."""

    id: str
    text: str
    n: int
    cells: tuple[tuple[str, str], ...]


def by_question(report: Mapping[str, Any], texts: Mapping[str, str]) -> list[QuestionRow]:
    """Questions with the first grader's largest error first."""
    rows = [*report["graders"], *report["baselines"]]
    first = (rows[0].get("by_question") or {}) if rows else {}

    def error(name: str) -> tuple[float, str]:
        return -(value_of(first[name], "mean_absolute_error") or 0.0), name

    return [
        QuestionRow(
            id=name,
            text=on_one_line(texts.get(name, ""), 160),
            n=first[name].get("n", 0),
            cells=tuple(_error_and_bias((row.get("by_question") or {}).get(name)) for row in rows),
        )
        for name in sorted(first, key=error)
    ]


def pasteable(report: Mapping[str, Any]) -> str:
    """The main table with tabs between the cells, full precision, and a minus sign that spreadsheets know."""
    rows = [*report["graders"], *report["baselines"], *(row for _, row in _ceiling(report))]
    metrics = _present(METRICS, rows)
    head = ["name", *(f"{m.key}{end}" for m in metrics for end in ("", "_low", "_high"))]
    lines = [head]
    for row in rows:
        numbers: list[float | None] = []
        for metric in metrics:
            low, high = (row.get("ci95") or {}).get(metric.key) or (None, None)
            numbers += [value_of(row, metric.key), low, high]
        cells = ["" if number is None else f"{number:.6g}" for number in numbers]
        lines.append([on_one_line(row["name"]), *cells])
    return "\n".join("\t".join(line) for line in lines)


def _ceiling(report: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    human = report.get("human")
    return [("ceiling", {**human, "name": CEILING})] if human else []


def _present(metrics: Sequence[Metric], rows: Sequence[Mapping[str, Any]]) -> tuple[Metric, ...]:
    return tuple(m for m in metrics if any(value_of(row, m.key) is not None for row in rows))


def _cells(
    row: Mapping[str, Any], metrics: Sequence[Metric], best: Sequence[str | None]
) -> tuple[Cell, ...]:
    intervals, cells = row.get("ci95") or {}, []
    for metric, top in zip(metrics, best, strict=True):
        value = value_of(row, metric.key)
        text = decimals(value)
        worth = text.removeprefix("−") if metric.better == "zero" else text
        cells.append(Cell(text, between(intervals.get(metric.key)), worth == top))
    return tuple(cells)


def _best(metric: Metric, values: Sequence[float | None]) -> str | None:
    """The best value as it is shown, without its sign where that does not matter; None where no value is better."""
    known = [value for value in values if value is not None]
    if metric.better is None or len(set(map(decimals, known))) < 2:
        return None
    if metric.better == "high":
        return decimals(max(known))
    return decimals(min(known) if metric.better == "low" else min(map(abs, known)))


def _error_and_bias(group: Mapping[str, Any] | None) -> tuple[str, str]:
    if not group:
        return "–", "–"
    return (
        decimals(value_of(group, "mean_absolute_error"), 2),
        decimals(value_of(group, "mean_bias"), 2),
    )
