"""`coach eval calibrate`: marks as strict as a user's own examiners."""

import os
from pathlib import Path
from typing import Annotated

import typer

from coach.app import Coach
from coach.console import Json, emit, progress_line, reporting, say, table
from coach.errors import InputFileError
from eval.datasets import part, read_set


def calibrate(
    path: Annotated[Path, typer.Argument(help="an eval set: JSONL, one marked answer a line")],
    limit: Annotated[int | None, typer.Option(min=1, help="a random part of the set")] = None,
    seed: Annotated[int, typer.Option(help="which part")] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="tell, and keep nothing")] = False,
    as_json: Json = False,
) -> None:
    """Fit how strict the marks of the present model are to answers marked by people.

    It is kept for this model and used for questions that come with a reference; cards are marked as
    before. Example: coach eval calibrate answers.jsonl
    """
    from eval.calibrate import LEAST, Pair, figures, fit, unseen

    with reporting(as_json), Coach.open(os.environ) as coach:
        samples = part(read_set(path), limit, seed, lambda sample: sample.id)
        if len(samples) < LEAST:
            raise InputFileError(
                f"{path}: {len(samples)} answers are too few to calibrate with.",
                f"Give a set with at least {LEAST}, better a hundred of several questions.",
            )
        grader, tell = coach.grader.uncalibrated().marking_only(), progress_line("grading")
        pairs = []
        for number, sample in enumerate(sorted(samples, key=lambda s: s.question_id), 1):
            score = grader.grade(sample.task, sample.answer).score
            if score is not None:
                pairs.append(Pair(sample.question_id, score, sample.human))
            tell(number, len(samples), "")
        found = fit(pairs)
        model = coach.language_model().name
        before = figures([pair.score for pair in pairs], pairs)
        after = figures(unseen(pairs), pairs)
        if not dry_run:
            coach.calibrations.keep(model, found)
        shape = {"slope": found.slope, "offset": found.offset}
        report = {"set": str(path), "model": model, "answers": len(pairs), **shape}
        if as_json:
            emit({**report, "before": before, "after": after, "kept": not dry_run})
            return
        rows = [(name, f"{value:.3f}", f"{after[name]:.3f}") for name, value in before.items()]
        table(rows, ("metric", "before", "after, on questions left out"))
        say(
            f"{'Not kept' if dry_run else 'Kept'} for {model}: slope {found.slope:g}, offset {found.offset:g}."
        )
