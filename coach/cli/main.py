"""The `coach` command: mounts every other command by name and imports only the one that is run."""

import importlib
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from coach import __version__
from coach.console import emit
from coach.errors import UsageError

# Name of the command, module that holds it, one line of help.
COMMANDS: dict[str, tuple[str, str]] = {
    "interview": ("coach.cli.interview", "A mock interview in the terminal."),
    "ask": ("coach.cli.ask", "Ask the notes a question; the answer carries citations."),
    "search": ("coach.cli.search", "Find passages, without a model."),
    "grade": ("coach.cli.grade", "Grade one answer, key point by key point."),
    "practice": ("coach.cli.practice", "Code exercises, run in a sandbox."),
    "ingest": ("coach.cli.ingest", "Read your own documents into the index."),
    "documents": ("coach.cli.documents", "What is indexed."),
    "index": ("coach.cli.index", "State of the index; rebuild it."),
    "cards": ("coach.cli.cards", "The deck: list, show, check; draft cards from your notes."),
    "eval": ("eval.cli", "Agreement of a grader with human marks."),
    "history": ("coach.cli.history", "Your interviews so far."),
    "due": ("coach.cli.due", "Cards to come back to today."),
    "stats": ("coach.cli.stats", "How you are doing, by topic."),
    "config": ("coach.cli.config", "The settings file."),
    "model": ("coach.cli.model", "Language models: list, pull, choose, check."),
    "doctor": ("coach.cli.doctor", "What works, what does not, and how to mend it."),
}


COMPLETION = ("install_completion", "show_completion")


class LazyGroup(TyperGroup):
    """Looks commands up by name, so that `--help` imports none of them.

    Contexts and commands are typed `Any`: typer keeps the classes they belong to private.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        # A mounted command is part of this one; typer offers shell completion for each app alike.
        command.params = [p for p in command.params if p.name not in COMPLETION]
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


app = typer.Typer(
    cls=LazyGroup, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False
)


@app.callback(invoke_without_command=True)
def home(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """A deep-learning interview coach for the terminal, in English and Chinese.

    Without a command it opens the home screen. Example: coach interview --topic cnn
    """
    if version:
        typer.echo(f"coach {__version__}")
    elif context.invoked_subcommand is None:
        from coach.cli.tui import open_home

        raise typer.Exit(open_home())


def run() -> None:
    """Runs the command line; wrong usage is told as JSON where JSON was asked for."""
    if "--json" not in sys.argv:
        app(prog_name="coach")
    # The public child of the class of all usage errors, which typer keeps private.
    wrong_usage: Any = typer.BadParameter.__base__
    try:
        code = app(prog_name="coach", standalone_mode=False)
    except wrong_usage as error:
        hint = f"See: {error.ctx.command_path} --help" if error.ctx else "See: coach --help"
        emit(UsageError(error.format_message(), hint).to_json())
        code = UsageError.exit_code
    sys.exit(code)
