"""`coach interview`: the full-screen interview, and its line-by-line form for pipes and screen readers."""

import importlib
import os
import secrets
from typing import Annotated, Any

import typer

from coach.app import Coach
from coach.cli.cards import _lang
from coach.console import BaseUrl, Model, reporting
from coach.errors import UsageError
from coach.interview import Plan, Session

app = typer.Typer()


@app.command()
def interview(
    topic: Annotated[
        list[str] | None, typer.Option(help="only this topic; may be repeated")
    ] = None,
    level: Annotated[str | None, typer.Option(help="junior, mid or senior")] = None,
    lang: Annotated[str | None, typer.Option(help="en or zh")] = None,
    questions: Annotated[int | None, typer.Option(min=1, max=50, help="how many questions")] = None,
    minutes: Annotated[int | None, typer.Option(min=1, max=600, help="time limit")] = None,
    seed: Annotated[int | None, typer.Option(help="the same seed asks the same questions")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="go on where you left off")] = False,
    session: Annotated[str, typer.Argument(help="the interview to resume; else the newest")] = "",
    plain: Annotated[bool, typer.Option("--plain", help="line by line, for pipes")] = False,
    model: Model = None,
    base_url: BaseUrl = None,
) -> None:
    """A mock interview. Example: coach interview --topic cnn --questions 3 --lang zh"""
    chosen = {"model_name": model, "model_base_url": base_url}
    with reporting(False), Coach.open(os.environ, **chosen) as coach:
        resumed = _resumed(coach, session) if resume else None
        if session and not resume:
            raise UsageError(f"Unexpected argument {session!r}.", "Did you mean --resume?")
        given = any(value is not None for value in (topic, level, lang, questions, minutes, seed))
        plan = _plan(coach, topic or [], level, lang, questions, minutes, seed)
        if plain:
            from coach.cli.plain import run_plain

            run_plain(coach, plan, resumed)
        else:
            _screens().run(
                coach, plan=plan if given else None, resume=resumed, setup=not (given or resumed)
            )


def _screens() -> Any:
    """The full-screen face, found by name: faces do not import one another."""
    return importlib.import_module("tui.app")


def _resumed(coach: Coach, session_id: str) -> Session:
    found = coach.history.session(session_id) if session_id else coach.history.unfinished()
    if found is None or found.finished_at:
        raise UsageError("There is no unfinished interview.", "Start one: coach interview")
    return found


def _plan(
    coach: Coach,
    topics: list[str],
    level: str | None,
    lang: str | None,
    questions: int | None,
    minutes: int | None,
    seed: int | None,
) -> Plan:
    defaults = coach.settings.interview
    wanted = level or defaults.level or None
    if wanted not in (None, "junior", "mid", "senior"):
        raise UsageError(f"There is no level {wanted!r}.", "Levels: junior, mid, senior.")
    return Plan(
        topics=tuple(coach.deck.topic(name) for name in topics),
        level=wanted,  # type: ignore[arg-type]  # checked above
        lang=_lang(lang or defaults.lang),
        questions=questions or defaults.questions,
        minutes=minutes or defaults.minutes or None,
        seed=secrets.randbelow(2**31) if seed is None else seed,
    )
