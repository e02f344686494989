"""`coach eval calibrate`: marks as strict as a user's own examiners."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from coach.app import Coach
from coach.console import Json, emit, progress_line, reporting, say, table
from coach.errors import InputFileError, UsageError
from coach.grade.task import Rubric, Task
from eval.calibrate import LEAST, Pair, figures, fit, unseen
from eval.datasets import Sample, part, read_set
from eval.overrides import judged
from eval.overrides import pairs as pairs_of
from eval.tasks import by_question, task_of

Marked = Sequence[tuple[Sample, Task]]


def calibrate(
    path: Annotated[
        Path | None, typer.Argument(help="an eval set: JSONL, one marked answer a line")
    ] = None,
    overrides: Annotated[
        bool,
        typer.Option(
            "--overrides", help="fit the marks of cards to the verdicts you disagreed with"
        ),
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="a random part of the set")] = None,
    seed: Annotated[int, typer.Option(help="which part")] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="tell, and keep nothing")] = False,
    as_json: Json = False,
) -> None:
    """Fit how strict the marks of the present model are to answers marked by people.

    Kept for this model. A set alone changes the marks of questions that come with a reference; --overrides
    those of cards, with the set's answers to cards where one is named. Example: coach eval calibrate answers.jsonl
    """
    with reporting(as_json), Coach.open(os.environ) as coach:
        if path is None and not overrides:
            raise UsageError("Nothing to calibrate with.", "Name an eval set, or --overrides.")
        rubric: Rubric = "card" if overrides else "exam"
        model = coach.language_model().name
        own = pairs_of(judged(coach.history.sessions(), coach.deck), model) if overrides else []
        marked = _marked(coach, path, rubric, limit, seed) if path else []
        pairs = [*own, *_graded(coach, marked)]
        # Those who disagree choose their answers; how far marks lie apart is left to examiners.
        shift_only = not marked
        found = fit(pairs, shift_only=shift_only)
        if not dry_run:
            coach.calibrations.keep(model, found, rubric)
        report = {
            "set": str(path) if path else None,
            "model": model,
            "rubric": rubric,
            "answers": len(pairs),
            "from_history": len(own),
            "slope": found.slope,
            "offset": found.offset,
            "before": figures([pair.score for pair in pairs], pairs),
            "after": figures(unseen(pairs, shift_only=shift_only), pairs),
            "kept": not dry_run,
        }
        emit(report) if as_json else _print(report)


def _marked(coach: Coach, path: Path, rubric: Rubric, limit: int | None, seed: int) -> Marked:
    """The set's answers with what each is graded against; of cards only where they are calibrated."""
    samples = part(read_set(path), limit, seed, lambda sample: sample.id)
    samples = sorted(samples, key=lambda sample: sample.question_id)
    if rubric == "card":
        cards = by_question(coach.deck)
        tasks = [(sample, task_of(sample, cards)) for sample in samples]
        marked = [(sample, task) for sample, task in tasks if task.rubric == "card"]
    else:
        marked = [(sample, sample.task) for sample in samples]
    if len(marked) < LEAST:
        what = "answers to cards" if rubric == "card" else "answers"
        raise InputFileError(
            f"{path}: {len(marked)} {what} are too few to calibrate with.",
            f"Give a set with at least {LEAST}, better a hundred of several questions.",
        )
    return marked


def _graded(coach: Coach, marked: Marked) -> list[Pair]:
    grader, tell = coach.grader.uncalibrated().marking_only(), progress_line("grading")
    pairs = []
    for number, (sample, task) in enumerate(marked, 1):
        score = grader.grade(task, sample.answer).score
        if score is not None:
            pairs.append(Pair(task.card or sample.question_id, score, sample.human))
        tell(number, len(marked), "")
    return pairs


def _print(report: dict[str, Any]) -> None:
    before, after = report["before"], report["after"]
    rows = [(name, f"{value:.3f}", f"{after[name]:.3f}") for name, value in before.items()]
    table(rows, ("metric", "before", "after, on questions left out"))
    what = "cards" if report["rubric"] == "card" else "questions with a reference"
    say(
        f"{'Kept' if report['kept'] else 'Not kept'} for {report['model']}, {what}: "
        f"slope {report['slope']:g}, offset {report['offset']:g}."
    )
