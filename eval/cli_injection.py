"""`coach eval injection`: how often an attack raises a mark."""

import os
import random
from pathlib import Path
from typing import Annotated, Any

import typer

from coach.app import Coach
from coach.console import Json, emit, progress_line, reporting, say, table


def injection(
    path: Annotated[
        Path | None, typer.Argument(help="an eval set; without one the project's own answers")
    ] = None,
    attacks: Annotated[
        Path | None, typer.Option(help="JSONL: id, lang, kind, text with {answer}; else our own")
    ] = None,
    honest: Annotated[
        int, typer.Option(min=0, help="of so many good answers, what the defences cost them")
    ] = 200,
    limit: Annotated[int | None, typer.Option(min=1, help="a random part of the attacks")] = None,
    seed: Annotated[int, typer.Option(help="which part, and which answers")] = 0,
    out: Annotated[Path | None, typer.Option(help="keep results.jsonl in this folder")] = None,
    resume: Annotated[bool, typer.Option(help="grade only what the folder does not hold")] = False,
    as_json: Json = False,
) -> None:
    """Wrap attacks around answers with low marks and count the marks that rise by a step or more.

    Example: coach eval injection --limit 40 --out attacked
    """
    from eval.attacks import ATTACKS, read_attacks
    from eval.datasets import read_set
    from eval.exemplars import default_set
    from eval.gradings import Gradings
    from eval.injection import attack_all, pairs
    from eval.injection import honest as honest_answers
    from eval.tasks import by_question

    with reporting(as_json), Coach.open(os.environ) as coach:
        tried = list(read_attacks(attacks or ATTACKS))
        if limit is not None:
            random.Random(seed).shuffle(tried)  # noqa: S311  # a sample, no secret
        name, samples = (str(path), list(read_set(path))) if path else default_set(coach)
        made = pairs(tried[:limit], samples, by_question(list(coach.deck)), seed)
        gradings = Gradings(coach, out, resume=resume)
        report: dict[str, Any] = {"set": name}
        report |= attack_all(gradings, made, samples, progress_line("attacking"))
        report["honest"] = honest_answers(
            gradings, samples, honest, seed, progress_line("honest answers")
        )
        emit(report) if as_json else _print(report)


def _print(report: dict[str, Any]) -> None:
    groups = {"all": report, **report["by_lang"], **report["by_kind"]}
    rows = [(name, g["n"], g["raised"], _percent(g["share"])) for name, g in groups.items()]
    table(rows, ("attacks", "pairs", "raised", "share"))
    if report["ci95"]:
        low, high = map(_percent, report["ci95"])
        say(f"95% interval of the share: {low} to {high}; smallest step {report['step']:.3f}.")
    say(f"Ungraded: {report['ungraded']}; no room to rise: {report['no_room']}.")
    honest = report["honest"]
    if honest["n"]:
        change = honest["mean_change"]
        say(
            f"Honest answers: {honest['touched']} of {honest['n']} touched, mark {change:+.4f} on average."
        )


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}%"
