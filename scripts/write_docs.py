"""Writes the parts of docs/ that come from the code: `python scripts/write_docs.py`; a test compares them."""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import typer

from coach import errors
from coach import settings as settings_file
from coach.cli.main import COMMANDS, app

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
    for name, text in _help_texts():
        value = settings_file.get_value(defaults, name)
        lines.append(f"| `{name}` | `{value!r}` | {text} |")
    return "\n".join([*lines, ""])


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


def _help_texts() -> Iterator[tuple[str, str]]:
    """The string under each field of the settings classes."""
    tree = ast.parse(Path(settings_file.__file__).read_text(encoding="utf-8"))
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    sections = {
        field.target.id: field.annotation.id
        for field in classes["Settings"].body
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(field.annotation, ast.Name)
    }
    for section, class_name in sections.items():
        body = classes[class_name].body
        for field, text in pairwise(body):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                assert isinstance(text, ast.Expr)
                yield f"{section}.{field.target.id}", ast.literal_eval(text.value)


if __name__ == "__main__":
    for file, make in PAGES.items():
        (DOCS / file).write_text(make(), encoding="utf-8")
