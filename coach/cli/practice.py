"""`coach practice`: code exercises, run in a sandbox."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from coach.app import Coach
from coach.console import Json, emit, reporting, say, table
from coach.errors import UsageError
from coach.exercise import CaseResult, Exercise, PracticeResult
from coach.history import Attempt
from coach.language import Lang
from coach.practice import advice, read_submission, result_to_json

app = typer.Typer(
    no_args_is_help=True,
    help="Code exercises, run in a sandbox. Example: coach practice start softmax",
)

LangOption = Annotated[str, typer.Option("--lang", help="en or zh")]
SandboxOption = Annotated[
    str | None,
    typer.Option("--sandbox", help="bubblewrap, or landlock: weaker, where bubblewrap can't work"),
]
Seed = Annotated[int | None, typer.Option(help="draw the same cases again")]


@app.command("list")
def list_exercises(lang: LangOption = "en", as_json: Json = False) -> None:
    """All exercises. Example: coach practice list"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        done = coach.history.attempts()
        exercises = [_listed(exercise, _lang(lang), done) for exercise in coach.practice.list()]
        if as_json:
            emit({"exercises": exercises})
        else:
            keys = ("id", "topic", "level", "needs", "attempts", "passed", "title")
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
    seed: Seed = None,
    sandbox: SandboxOption = None,
    as_json: Json = False,
) -> None:
    """Run an answer in the sandbox; 0 passed, 1 not. Example: coach practice run softmax answer.py"""
    with reporting(as_json), Coach.open(os.environ, practice_sandbox=sandbox) as coach:
        result = _attempt(coach, exercise, file, _lang(lang), seed, as_json)
    raise typer.Exit(0 if result.passed else 1)


@app.command()
def watch(
    exercise: str, file: Path, lang: LangOption = "en", sandbox: SandboxOption = None
) -> None:
    """Run an answer now and whenever it is saved; Ctrl+C ends. Example: coach practice watch softmax answer.py"""
    with (
        reporting(False),
        Coach.open(os.environ, practice_sandbox=sandbox) as coach,
        contextlib.suppress(KeyboardInterrupt),
    ):
        coach.practice.prepare(exercise)
        for _ in _saved(file):
            typer.echo(f"--- {coach.clock().astimezone():%H:%M:%S} {file}")
            _attempt(coach, exercise, file, _lang(lang), None, as_json=False)


def _saved(file: Path) -> Iterator[None]:
    """Yields at once, and whenever the file is written."""
    from watchfiles import watch as changes

    yield
    # The folder is watched, not the file: editors that put a new file in its place would be lost.
    for changed in changes(file.resolve().parent, recursive=False):
        if file.is_file() and any(Path(path).name == file.name for _, path in changed):
            yield


def _attempt(
    coach: Coach, exercise: str, file: Path, lang: Lang, seed: int | None, as_json: bool
) -> PracticeResult:
    task = coach.practice.get(exercise)
    source = read_submission(file)
    shown = None if as_json else _show_case
    result = coach.attempt(exercise, source, seed, shown, lang=lang)
    if as_json:
        emit(result_to_json(result))
    else:
        _show_end(result, advice(source, task.forbidden))
    return result


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
    if "landlock_only" in result.isolation:
        say("weaker isolation: no namespaces (--sandbox landlock)")
    tried = f"{passed} of {len(result.cases)} cases right"
    typer.echo(f"\n{verdict}: {tried}, {result.elapsed_s:.2f} s")
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


def _listed(exercise: Exercise, lang: Lang, done: Sequence[Attempt]) -> dict[str, Any]:
    own = [attempt for attempt in done if attempt.exercise == exercise.slug]
    passed = any(attempt.passed for attempt in own)
    return {**_brief(exercise, lang), "attempts": len(own), "passed": passed}


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
