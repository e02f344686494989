"""`coach grade`: one answer, key point by key point."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from coach.app import Coach
from coach.console import MARKS, BaseUrl, Json, Model, emit, reporting, say, tell
from coach.errors import InputFileError, UsageError
from coach.grade import Task, verdict_to_json
from coach.grade.feedback import summary_word
from coach.language import Lang, detect
from coach.verdict import KeyPointVerdict, Verdict

app = typer.Typer(help="Grade one answer. Example: coach grade --card adam --answer-file a.txt")

MAX_BYTES = 1_000_000


@app.command()
def grade(
    stdin: Annotated[
        str | None, typer.Argument(metavar="[-]", help="- : read the answer from stdin")
    ] = None,
    card: Annotated[str | None, typer.Option("--card", help="id of a card")] = None,
    question: Annotated[
        str | None, typer.Option("--question", help="a question of your own")
    ] = None,
    reference: Annotated[
        list[str] | None, typer.Option("--reference", help="a right answer")
    ] = None,
    key_point: Annotated[
        list[str] | None, typer.Option("--key-point", help="a claim to look for")
    ] = None,
    answer: Annotated[str | None, typer.Option("--answer", help="the answer itself")] = None,
    answer_file: Annotated[
        Path | None, typer.Option("--answer-file", help="a UTF-8 text file")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="en or zh")] = None,
    model: Model = None,
    base_url: BaseUrl = None,
    as_json: Json = False,
) -> None:
    """Grade one answer against a card or a reference; exit code 1 if it could not be graded.

    Example: coach grade --card adam --answer "It keeps running means of the gradient." --json
    """
    chosen_model = {"model_name": model, "model_base_url": base_url}
    with reporting(as_json), Coach.open(os.environ, **chosen_model) as coach:
        text = _answer(stdin, answer, answer_file)
        chosen = _lang(lang)
        if card is not None:
            if question or reference or key_point:
                raise UsageError(
                    "--card brings its own question and reference.",
                    "Leave out --question, --reference and --key-point, or --card.",
                )
            task = Task.from_card(coach.deck.get(card), chosen or detect(text))
        else:
            asked = question or ""
            task = Task.from_reference(
                asked, reference or [], key_point or [], chosen or detect(asked)
            )
        verdict = _graded(coach, task, text, as_json)
    if verdict.grade == "ungraded":
        raise typer.Exit(1)


def _graded(coach: Coach, task: Task, answer: str, as_json: bool) -> Verdict:
    for event in coach.grader.judge(task, answer):
        if isinstance(event, Verdict):
            emit(verdict_to_json(event)) if as_json else _show(event, task)
            return event
        if not as_json:
            _show_point(event)
    raise AssertionError("a grader ends with a verdict")


def _show_point(point: KeyPointVerdict) -> None:
    tell(f"[{MARKS[point.verdict]}] {point.verdict:<12} {point.text}")
    if point.quote:
        tell(f'     you said: "{" ".join(point.quote.text.split())}"')
    if point.citation:
        chunk = point.citation.chunk
        lines = f"lines {chunk.locator.start_line}-{chunk.locator.end_line}"
        tell(f"     read: {chunk.document}, {lines} ({chunk.locator.heading})")


def _show(verdict: Verdict, task: Task) -> None:
    word = summary_word(verdict.grade, task.lang)
    score = "" if verdict.score is None else f"{verdict.score:.2f} of 1, "
    tell(f"\n{score}{word}")
    tell(verdict.feedback)
    if verdict.follow_up:
        tell(f"\n> {verdict.follow_up}")
    say(f"Graded by {verdict.model or 'no model'} in {verdict.elapsed_s:.1f} s{_tokens(verdict)}.")
    if verdict.grade == "ungraded":
        say(f"Not graded: {verdict.ungraded_reason}")


def _tokens(verdict: Verdict) -> str:
    if verdict.usage is None:
        return ""
    return f", {verdict.usage.prompt_tokens} + {verdict.usage.completion_tokens} tokens"


def _lang(value: str | None) -> Lang | None:
    if value is None or value == "en" or value == "zh":
        return value  # type: ignore[return-value]
    raise UsageError(f"--lang is {value!r}.", "It can be en or zh.")


def _answer(stdin: str | None, answer: str | None, file: Path | None) -> str:
    given = [source for source in (stdin, answer, file) if source is not None]
    if len(given) != 1 or stdin not in (None, "-"):
        raise UsageError(
            "Give the answer in exactly one way.",
            "Use --answer TEXT, --answer-file FILE, or - for stdin.",
        )
    if answer is not None:
        return answer
    return (
        _decoded(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")
        if file is None
        else _read(file)
    )


def _read(file: Path) -> str:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise _unusable(str(file), f"is larger than {MAX_BYTES // 1000} kB")
        return _decoded(file.read_bytes(), str(file))
    except OSError as error:
        raise _unusable(str(file), f"cannot be read: {error.strerror or error}") from error


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise _unusable(name, f"is larger than {MAX_BYTES // 1000} kB")
    if b"\0" in data:
        raise _unusable(name, "is a binary file")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _unusable(name, f"is not UTF-8 (line {line})") from error


def _unusable(name: str, why: str) -> InputFileError:
    return InputFileError(f"{name}: the answer {why}.", "Give a text file in UTF-8.")
