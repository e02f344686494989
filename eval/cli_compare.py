"""`coach eval compare`: two runs on the same answers."""

from pathlib import Path
from typing import Annotated, Any

import typer

from coach.console import Json, emit, reporting, table, tell
from coach.text import clean
from eval.naming import METRICS, between, decimals

_SHOWN = 60


def compare(
    a: Annotated[Path, typer.Argument(help="a run: its --out folder, or its results.jsonl")],
    b: Annotated[Path, typer.Argument(help="the run to compare it with")],
    grader: Annotated[
        str | None, typer.Option(help="this grader, where the runs have several")
    ] = None,
    against: Annotated[
        str | None, typer.Option(help="its name in B, if another; A and B may be one run")
    ] = None,
    seed: Annotated[int, typer.Option(help="which random draws")] = 0,
    as_json: Json = False,
) -> None:
    """Which of two runs agrees better with the human marks, and is it more than chance?

    Differences are B - A, with 95% intervals and a paired test, question by question. Example: coach eval compare
    before after
    """
    from eval.compare import compare_runs

    with reporting(as_json):
        report = compare_runs(a, b, grader, against, seed)
        if as_json:
            emit(report)
            return
        for comparison in report["comparisons"]:
            _print(comparison)


def _print(found: dict[str, Any]) -> None:
    tell(f"A: {_who(found['a'])}\nB: {_who(found['b'])}")
    tell(f"In both: {found['n']} answers, {found['questions']} questions.\n")
    shorts = {metric.key: metric.short for metric in METRICS}
    rows = [(shorts[key], *_cells(entry)) for key, entry in found["metrics"].items()]
    table(rows, ("metric", "A", "B", "B - A", "95%", "p"))
    tell("\n" + "\n".join(found["summary"]))
    if found["largest"] is not None:
        tell(f"Largest difference between two marks of an answer: {found['largest']:.4f}.")
    if found["changed"]:
        tell("\nChanged most:")
        table([_change(row) for row in found["changed"]], ("answer", "human", "A", "B", ""))


def _who(side: dict[str, Any]) -> str:
    model = f" ({side['model']})" if side["model"] else ""
    return f"{side['grader']}{model}; answers only here: {side['only_here']}"


def _cells(entry: dict[str, Any]) -> tuple[str, ...]:
    numbers = (decimals(entry[key]) for key in ("a", "b", "difference"))
    p = "–" if entry["p"] is None else f"{entry['p']:.3f}"
    return (*numbers, between(entry["ci95"], 3) or "–", p)


def _change(row: dict[str, Any]) -> tuple[str, ...]:
    numbers = (decimals(row[key], 2) for key in ("human", "a", "b"))
    said = " ".join(clean(str(row["answer"] or ""), limit=4 * _SHOWN).split())
    name = clean(str(row["id"]), limit=_SHOWN)
    return (name, *numbers, said if len(said) <= _SHOWN else said[:_SHOWN] + "…")
