"""`coach config`: the settings file."""

import importlib
import os
from typing import Annotated

import typer

from coach import settings as settings_file
from coach.console import Json, emit, reporting, table
from coach.paths import Paths
from coach.settings import Settings

app = typer.Typer(
    no_args_is_help=True, help="The settings file. Example: coach config set ui.lang zh"
)

Name = Annotated[str, typer.Argument(help="section.key, e.g. interview.lang")]


@app.command()
def path(as_json: Json = False) -> None:
    """Where the settings file lies. Example: coach config path"""
    with reporting(as_json):
        file = Paths.from_environ(os.environ).config_file
        emit({"path": str(file), "exists": file.exists()}) if as_json else typer.echo(file)


@app.command("list")
def list_values(as_json: Json = False) -> None:
    """Every setting with its value. Example: coach config list"""
    with reporting(as_json):
        settings = settings_file.load(Paths.from_environ(os.environ).config_file)
        if as_json:
            emit(_tables(settings))
        else:
            rows = [
                (name, _shown(name, settings_file.get_value(settings, name)))
                for name in (*settings_file.names(), *(f"keys.{key}" for key in settings.keys))
            ]
            table(rows, ("setting", "value"))


@app.command()
def get(name: Name, as_json: Json = False) -> None:
    """One setting. Example: coach config get interview.lang"""
    with reporting(as_json):
        settings = settings_file.load(Paths.from_environ(os.environ).config_file)
        value = settings_file.get_value(settings, name)
        emit({"name": name, "value": value}) if as_json else typer.echo(value)


@app.command("set")
def set_value(
    name: Name, value: Annotated[str, typer.Argument(help="the new value")], as_json: Json = False
) -> None:
    """Change one setting. Example: coach config set interview.questions 8"""
    with reporting(as_json):
        file = Paths.from_environ(os.environ).config_file
        if name.startswith("keys."):
            # By name: no face imports another.
            importlib.import_module("tui.keymap").check(name.removeprefix("keys."), value)
        settings_file.save_value(file, name, value)
        stored = settings_file.get_value(settings_file.load(file), name)
        emit({"name": name, "value": stored}) if as_json else typer.echo(
            f"{name} = {_shown(name, stored)}"
        )


def _shown(name: str, value: object) -> object:
    return "(set)" if settings_file.is_secret(name) and value else value


def _tables(settings: Settings) -> dict[str, dict[str, object]]:
    """Section by section, what is secret hidden."""
    tables = {
        section: dict(values) if section == settings_file.KEYS else values._asdict()
        for section, values in vars(settings).items()
    }
    return {
        section: {key: _shown(f"{section}.{key}", value) for key, value in values.items()}
        for section, values in tables.items()
    }
