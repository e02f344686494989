"""`coach practice`: code exercises, run in a sandbox."""

import os
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from coach.app import Coach
from coach.card import Lang
from coach.console import Json, emit, reporting, say, table
from coach.errors import UsageError
from coach.exercise import CaseResult, Exercise, PracticeResult
from coach.practice import advice, read_submission, result_to_json

app = typer.Typer(
    no_args_is_help=True,
    help="Code exercises, run in a sandbox. Example: coach practice start softmax",
)

LangOption = Annotated[str, typer.Option("--lang", help="en or zh")]


@app.command("list")
def list_exercises(lang: LangOption = "en", as_json: Json = False) -> None:
    """All exercises. Example: coach practice list"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        exercises = [_brief(exercise, _lang(lang)) for exercise in coach.practice.list()]
        if as_json:
            emit({"exercises": exercises})
        else:
            keys = ("id", "topic", "level", "needs", "title")
            table([tuple(row[key] for key in keys) for row in exercises], keys)


@app.command()
def show(exercise: str, lang: LangOption = "en", as_json: Json = False) -> None:
    """One exercise's task. Example: coach practice show softmax --lang zh"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        if as_json:
            emit(_full(coach.practice.get(exercise), _lang(lang)))
        else:
            typer.echo(coach.practice.describe(exercise, _lang(lang)))


@app.command()
def start(
    exercise: str,
    to: Annotated[Path | None, typer.Option("--to", help="the file to write")] = None,
    as_json: Json = False,
) -> None:
    """Write the file to start from; never overwrites. Example: coach practice start softmax --to answer.py"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        target = to or Path(f"{exercise.replace('-', '_')}.py")
        file = coach.practice.start(exercise, target)
        if as_json:
            emit({"exercise": exercise, "file": str(file)})
        else:
            typer.echo(f"{file} is ready. Then: coach practice run {exercise} {file}")


@app.command()
def run(
    exercise: str,
    file: Path,
    lang: LangOption = "en",
    seed: Annotated[int | None, typer.Option(help="draw the same cases again")] = None,
    as_json: Json = False,
) -> None:
    """Run an answer in the sandbox; 0 passed, 1 not. Example: coach practice run softmax answer.py"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        task = coach.practice.get(exercise)
        source = read_submission(file)
        shown = None if as_json else _show_case
        result = coach.practice.run(exercise, source, seed, shown, lang=_lang(lang))
        if as_json:
            emit(result_to_json(result))
        else:
            _show_end(result, advice(source, task.forbidden))
    raise typer.Exit(0 if result.passed else 1)


def _show_case(case: CaseResult) -> None:
    typer.echo(f"{case.status:<8} {case.name}  ({1000 * case.elapsed_s:.1f} ms)")


def _show_end(result: PracticeResult, advised: list[str]) -> None:
    if result.stdout or result.stderr:
        typer.echo(f"\nprinted:\n{result.stdout}{result.stderr}".rstrip())
    failure = result.first_failure
    if failure is not None:
        typer.echo(f"\n{failure.name}: {failure.message}")
    passed = sum(case.status == "passed" for case in result.cases)
    verdict = "passed" if result.passed else "not passed"
    typer.echo(f"\n{verdict}: {passed} of {len(result.cases)} cases, {result.elapsed_s:.2f} s")
    for line in advised:
        say(line)


def _lang(text: str) -> Lang:
    if text not in ("en", "zh"):
        raise UsageError("--lang can be en or zh.")
    return cast("Lang", text)


def _brief(exercise: Exercise, lang: Lang) -> dict[str, Any]:
    return {
        "id": exercise.slug,
        "title": exercise.title[lang],
        "topic": exercise.topic,
        "level": exercise.level,
        "needs": exercise.needs,
        "entry_points": list(exercise.entry_points),
    }


def _full(exercise: Exercise, lang: Lang) -> dict[str, Any]:
    limits = exercise.limits
    return {
        **_brief(exercise, lang),
        "task": exercise.task[lang],
        "starter": exercise.starter,
        "forbidden": list(exercise.forbidden),
        "hints": [hint[lang] for hint in exercise.hints],
        "limits": {"seconds": limits.seconds, "memory_mb": limits.memory_mb},
    }
