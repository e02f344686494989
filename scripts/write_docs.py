"""Writes the parts of docs/ that come from the code: `python scripts/write_docs.py`; a test compares them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from coach import errors
from coach import settings as settings_file
from coach.cli.main import COMMANDS, app
from coach.help_texts import HELP
from tui.keymap import commands as commands_of_screens
from tui.text import Words

KEYS_TEXT = (
    "A command can have other keys: `coach config set keys.interview.skip ctrl+k`, or "
    '`"interview.skip" = "ctrl+k"` under `[keys]` in the file. '
    "Commas part several keys. The settings screen shows which keys clash."
)
DOCS = Path(__file__).resolve().parent.parent / "docs"


def commands() -> str:
    """Every command with its help text and its options."""
    root: Any = typer.main.get_command(app)
    lines = ["# Commands", "", "Written by `scripts/write_docs.py`.", ""]
    for name in COMMANDS:
        lines += _command(root.get_command(None, name), f"coach {name}")
    return "\n".join(lines)


def settings() -> str:
    """Every setting with its default and its help text."""
    lines = [
        "# Settings",
        "",
        "Written by `scripts/write_docs.py`. `coach config set NAME VALUE` changes one.",
        "",
    ]
    lines += ["| setting | default | what it is |", "|---|---|---|"]
    defaults = settings_file.Settings()
    for name, text in HELP.items():
        value = settings_file.get_value(defaults, name)
        lines.append(f"| `{name}` | `{value!r}` | {text.en} |")
    return "\n".join([*lines, "", *_keys(), ""])


def _keys() -> Iterator[str]:
    """Every command of the screens that has a key, with its keys."""
    yield from ("## Keys", "", KEYS_TEXT, "", "| setting | keys | what it does |", "|---|---|---|")
    words = Words("en")
    for name, command in commands_of_screens().items():
        keys = ", ".join(f"`{key}`" for key in command.keys)
        yield f"| `keys.{name}` | {keys} | {words(command.text)} |"


def error_tree() -> str:
    """The error tree as it is drawn in the code."""
    drawn = (errors.__doc__ or "").split("\n\n", 1)[1].strip()
    return f"# Errors\n\nWritten by `scripts/write_docs.py`.\n\n```\n{drawn}\n```\n"


PAGES = {"commands.md": commands, "settings.md": settings, "errors.md": error_tree}


def _command(command: Any, path: str) -> Iterator[str]:
    yield from (f"## {path}", "", command.help or "", "")
    rows = [_parameter(parameter) for parameter in command.params if parameter.name != "help"]
    if rows:
        yield from ("| parameter | meaning |", "|---|---|", *rows, "")
    for name, child in getattr(command, "commands", {}).items():
        yield from _command(child, f"{path} {name}")


def _parameter(parameter: Any) -> str:
    names = ", ".join(parameter.opts) if parameter.param_type_name == "option" else parameter.name
    text = (getattr(parameter, "help", None) or "").replace("|", "\\|")
    return f"| `{names}` | {text} |"


if __name__ == "__main__":
    for file, make in PAGES.items():
        (DOCS / file).write_text(make(), encoding="utf-8")
