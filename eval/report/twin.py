"""The report in Markdown: the same tables, and the plots as their numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from eval.report.drift import Drift
from eval.report.misses import Miss
from eval.report.plots import Plot
from eval.report.safe import markdown
from eval.report.tables import Cell, Table


def as_markdown(view: Mapping[str, Any]) -> str:
    """The whole text; what came from outside has a backslash before all that would be markup."""
    return "\n".join(_lines(view)) + "\n"


def _lines(view: Mapping[str, Any]) -> Iterator[str]:
    yield from ("# Agreement with human marks", "")
    yield from _table(("", ""), view["facts"])
    yield from ("## Result", "")
    for sentence in view["sentences"]:
        yield from (markdown(sentence), "")
    yield from _compared(view["table"])
    yield from ("★ marks the best value of a column; 95% intervals are in parentheses.", "")
    for section in view["sections"]:
        yield from _section(section)
    yield from ("## Languages", "")
    yield from _compared(view["languages"], "language")
    yield from ("## Questions", "", "Mean absolute error / bias.", "")
    yield from _table(
        ("question", "answers", *view["names"]),
        [(q.text or q.id, q.n, *(" / ".join(c) for c in q.cells)) for q in view["questions"]],
    )
    if view["questions_left"]:
        yield from (f"{view['questions_left']} questions with smaller errors are left out.", "")
    yield from _drift(view["drift"])
    yield from ("## What the words mean", "")
    yield from _table(("word", "meaning"), [(m.short, m.meaning) for m in view["glossary"]])


def _section(section: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"## {markdown(section['name'])}", "")
    if section["model"]:
        yield from (f"Model: {markdown(section['model'])}", "")
    if section["note"]:
        yield from (markdown(section["note"]), "")
    if section["reasons"]:
        rows = [(count, reason) for reason, count in section["reasons"]]
        yield from _table(("without a mark", "reason"), rows)
    for plot in section["plots"]:
        yield from _plot(plot)
    if section["misses"]:
        yield from ("### Furthest from the human mark", "")
    for miss in section["misses"]:
        yield from _miss(miss)


def _drift(drift: Drift) -> Iterator[str]:
    yield from ("## Drift", "")
    if drift.none:
        yield from (drift.none, "")
    if drift.plot:
        yield from _plot(drift.plot)
    if drift.runs:
        yield from ("### Earlier runs", "", drift.said, "")
        yield from _table(drift.head, drift.runs)


def _plot(plot: Plot) -> Iterator[str]:
    yield from (f"### {plot.title}", "", plot.caption, "")
    yield from _table(plot.head, plot.rows)


def _miss(miss: Miss) -> Iterator[str]:
    yield from (f"#### {markdown(miss.id)}", "")
    rows = [("question", miss.question), ("answer", miss.answer or "(empty)")]
    for point in miss.points:
        evidence = f" “{point.quote}”" if point.quote else ""
        place = f" ({point.citation})" if point.citation else ""
        rows.append((f"{point.verdict} {point.probability}", f"{point.text}{evidence}{place}"))
    if miss.feedback:
        rows.append(("feedback", miss.feedback))
    head = (f"human {miss.human}", f"score {miss.score} ({miss.difference})")
    yield from _table(head, rows)


def _compared(table: Table, kind: str = "") -> Iterator[str]:
    head = ("grader", *((kind,) if kind else ()), *(metric.short for metric in table.metrics))
    yield _row([markdown(name) for name in head])
    yield _row(["---"] * len(head))
    for name, what, cells in table.rows:
        said = [markdown(name), *([markdown(what)] if kind else [])]
        yield _row([*said, *map(_cell, cells)])
    yield ""


def _cell(cell: Cell) -> str:
    value = f"**{cell.value}** ★" if cell.best else cell.value
    return f"{value} ({cell.interval})" if cell.interval else value


def _table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield _row([markdown(name) for name in head])
    yield _row(["---"] * len(head))
    for row in rows:
        yield _row([markdown(cell) for cell in row])
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
