"""`coach eval memory`: simulated candidates on their way to readiness."""

import os
from typing import Annotated, Any

import typer

from coach.app import Coach
from coach.console import Json, emit, progress_line, reporting, say, table
from coach.errors import UsageError

WORLDS = ("usual", "even", "forgetful", "no-transfer", "noisy-marks")


def memory(
    candidates: Annotated[int, typer.Option(min=2, help="how many candidates")] = 100,
    topics: Annotated[
        int, typer.Option(min=0, help="how many topics each is asked about; 0: all")
    ] = 6,
    questions: Annotated[int, typer.Option(min=1, max=50, help="questions in a day")] = 10,
    world: Annotated[
        str, typer.Option(help=f"what candidates are like: {', '.join(WORLDS)}")
    ] = "usual",
    seed: Annotated[int, typer.Option(help="which candidates")] = 0,
    as_json: Json = False,
) -> None:
    """How many questions simulated candidates need until they are 80% ready, by order of questions.

    They learn and forget by FSRS's published formulas; also: how honest the readiness shown is.
    Example: coach eval memory --candidates 20 --topics 3
    """
    from eval.candidates import WORLDS as MADE
    from eval.memory import simulate

    with reporting(as_json), Coach.open(os.environ) as coach:
        if world not in MADE:
            raise UsageError(f"There is no world {world!r}.", f"Worlds: {', '.join(MADE)}.")
        report: dict[str, Any] = {"world": world, "seed": seed}
        report |= simulate(
            coach.deck,
            MADE[world],
            candidates,
            topics,
            questions,
            seed,
            progress_line("candidates"),
        )
        emit(report) if as_json else _print(report)


def _print(report: dict[str, Any]) -> None:
    rows = [
        (goal, order, f"{found['questions']:.1f}", _saved(found))
        for goal, orders in report["goals"].items()
        for order, found in orders.items()
    ]
    table(rows, ("80% of", "order", "questions", "the coach saves"))
    honest = report["readiness"]
    if honest["n"]:
        say(
            f"Readiness predicted {honest['n']} times: calibration error "
            f"{_with_interval(honest['calibration_error'])}, bias {_with_interval(honest['mean_bias'])}, "
            f"the 90% interval holds the truth in {honest['interval_covers']['value']:.0%}."
        )


def _saved(found: dict[str, Any]) -> str:
    if "saved" not in found:
        return ""
    low, high = found["saved_ci95"]
    return f"{found['saved']:.0%} ({low:.0%} to {high:.0%})"


def _with_interval(metric: dict[str, Any]) -> str:
    low, high = metric["ci95"]
    return f"{metric['value']:.3f} ({low:.3f} to {high:.3f})"
