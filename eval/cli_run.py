"""`coach eval run`: graders against human marks."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from coach.app import Coach
from coach.console import Json, emit, progress_line, reporting, say, table
from coach.errors import InputFileError, UsageError
from eval.datasets import part, read_set
from eval.drift import of_overrides, of_runs
from eval.graders import BASELINES, DEFAULT, PLAIN, Graders, check_name, needs_model
from eval.harness import Run
from eval.metrics import AGREEMENT
from eval.naming import METRICS
from eval.overrides import judged
from eval.pace import paced
from eval.pool import LocalPool, Pool
from eval.store import Store

_SHOWN = {m.key: m.short for m in METRICS if m.key in (*AGREEMENT, "length_r")}


def run(
    path: Annotated[Path, typer.Argument(help="an eval set: JSONL, one marked answer a line")],
    grader: Annotated[
        list[str] | None,
        typer.Option(help="keypoints, keypoints@MODEL or a baseline's name; may be repeated"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="keep results and reports in this folder")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="a random part of the set")] = None,
    seed: Annotated[int, typer.Option(help="which part, and which draws for the intervals")] = 0,
    workers: Annotated[int, typer.Option(min=1, help="so many answers at once, in threads")] = 1,
    cluster: Annotated[
        str | None, typer.Option(help="mark on a Dask cluster: tcp://host:port of its scheduler")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="go on with the run in --out")] = False,
    plain: Annotated[
        bool, typer.Option("--plain/--no-plain", help="with the baseline that asks the model")
    ] = True,
    as_json: Json = False,
) -> None:
    """Grade a set and compare with its marks, beside simple baselines; intervals are 95%.

    Example: coach eval run answers.jsonl --limit 50 --out run1
    """
    with reporting(as_json):
        names = _names(grader)
        if resume and out is None:
            raise UsageError("--resume needs --out.", "Name the folder of the run to go on with.")
        samples = part(read_set(path), limit, seed, lambda sample: sample.id)
        if not samples:
            raise InputFileError(
                f"{path}: no answers.", "A set is a JSONL file, one answer a line."
            )
        others = [name for name in _baselines(names) if plain or not needs_model(name)]
        with (
            Coach.open(os.environ) as coach,
            _pool(coach, workers, cluster) as pool,
            _store(out, resume) as store,
        ):
            whole = Run(pool, store, samples, seed)
            found = whole.report(names, others, paced(progress_line("grading")))
            report = {"set": str(path), **_noted(found, coach)}
            report["drift"] = _drift(report, coach, out, seed)
            if out:
                _write_reports(out, report, whole, coach.clock())
        emit(report) if as_json else _print(report)


def _names(asked: Sequence[str] | None) -> list[str]:
    names = list(dict.fromkeys(asked or [DEFAULT]))
    for name in names:
        check_name(name)
    return names


def _baselines(names: Sequence[str]) -> list[str]:
    """The baselines not asked for by name; the one that asks a model asks that of the first grader with one."""
    model = next((name.partition("@")[2] for name in names if needs_model(name)), "")
    all_of_them = [f"{name}@{model}" if model and name == PLAIN else name for name in BASELINES]
    return [name for name in all_of_them if name not in names]


@contextmanager
def _pool(coach: Coach, workers: int, cluster: str | None) -> Iterator[Pool]:
    if cluster:
        from eval.cluster import ClusterPool

        there = ClusterPool(cluster)
        try:
            yield there
        finally:
            there.close()
        return
    graders = Graders(coach)
    try:
        yield LocalPool(graders, workers)
    finally:
        graders.close()


@contextmanager
def _store(out: Path | None, resume: bool) -> Iterator[Store]:
    store = Store(out, resume=resume)
    try:
        yield store
    except KeyboardInterrupt:
        if out:
            say(f"What was marked is kept in {out}: the same command with --resume goes on.")
        raise
    finally:
        store.close()


def _noted(report: dict[str, Any], coach: Coach) -> dict[str, Any]:
    """Adds to each row a note, empty unless its marks come from a model they were not calibrated with."""
    for row in (*report["graders"], *report["baselines"]):
        own = row["name"].partition("@")[0] == DEFAULT
        row["note"] = coach.calibrations.note(row["model"]) if own else ""
    return report


def _drift(
    report: dict[str, Any], coach: Coach, out: Path | None, seed: int
) -> dict[str, list[dict[str, Any]]]:
    """What candidates held against the graders' models, and how marks moved since earlier runs beside `out`."""
    models = [row["model"] for row in report["graders"] if row["model"]]
    known = coach.paths.history_file.exists() and models
    found = judged(coach.history.sessions(), coach.deck) if known else []
    return {
        "overrides": of_overrides(found, models, seed),
        "runs": of_runs(out, report, seed) if out else [],
    }


def _write_reports(folder: Path, report: dict[str, Any], whole: Run, made: datetime) -> None:
    try:
        text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
        (folder / "report.json").write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputFileError(f"{folder}: {error.strerror}", "Free the disk.") from error
    from eval.report import write_report

    write_report(folder, report, whole.lines(), made)


def _print(report: dict[str, Any]) -> None:
    rows = [*report["graders"], *report["baselines"]]
    lines = [
        (row["name"], row["graded"], *(_cell(row, metric) for metric in _SHOWN)) for row in rows
    ]
    if human := report["human"]:
        shown = (_cell(human, metric) if metric in human else "" for metric in _SHOWN)
        lines.append(("human", human["n"], *shown))
    table(lines, ("grader", "graded", *_SHOWN.values()))
    for note in dict.fromkeys(row["note"] for row in rows if row["note"]):
        say(note)
    for name, reason in report["left_out"].items():
        say(f"{name} was left out: {reason}")


def _cell(row: dict[str, Any], metric: str) -> str:
    value, interval = row[metric], row["ci95"][metric]
    if value is None:
        return "-"
    return f"{value:.2f} [{interval[0]:.2f}, {interval[1]:.2f}]" if interval else f"{value:.2f}"
