"""`coach model`: embedded models and endpoints."""

import dataclasses
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach import settings as settings_file
from coach.app import Coach
from coach.console import Json, emit, progress_line, reporting, say, table
from coach.errors import ModelMissing, SettingsError

if TYPE_CHECKING:
    from coach.language_model import ModelCheck

app = typer.Typer(
    no_args_is_help=True,
    help="Language models: list, pull, choose, check. Example: coach model list",
)

Name = Annotated[str, typer.Argument(help="an embedded model; without it the default one")]


@app.command("list")
def list_models(as_json: Json = False) -> None:
    """Embedded models with what they need and whether they fit here, and the model in use. Example: coach model list"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        used = _in_use(coach)
        rows = [_row(stored, used) for stored in coach.models.list()]
        if as_json:
            emit({"models": rows, **used, "offer": _offer(coach)})
            return
        shown = [(_mark(row), *_texts(row)) for row in rows]
        table(shown, ("", "model", "installed", "disk", "memory", "fits here", "from", ""))
        _show_used(used)
        _show_offer(coach)


@app.command()
def pull(name: Name = "", as_json: Json = False) -> None:
    """Download an embedded model; goes on where it stopped. Example: coach model pull"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        model = coach.models.model(name)
        _warn_of_memory(coach, model.name)
        path = coach.models.pull(model.name, progress_line(model.name))
        found = {"name": model.name, "path": str(path), "size_bytes": model.size_bytes}
        emit({**found, "sha256": model.sha256}) if as_json else typer.echo(
            f"{model.name} is installed and verified: {path}"
        )


@app.command()
def use(
    name: Annotated[
        str, typer.Argument(help="an embedded model, provider:model, or an id at --base-url")
    ] = "",
    base_url: Annotated[
        str, typer.Option(help="an OpenAI-compatible endpoint, e.g. http://127.0.0.1:11434/v1")
    ] = "",
    api_key: Annotated[str, typer.Option(help="its key; else OPENAI_API_KEY is taken")] = "",
    as_json: Json = False,
) -> None:
    """Choose the model; without a name: what there is. Example: coach model use openai:gpt-5-mini

    OPENAI_BASE_URL and OPENAI_API_KEY are used for a model that was chosen as openai:NAME.
    """
    with reporting(as_json), Coach.open(os.environ) as coach:
        if name or base_url:
            coach = _choose(coach, {"name": name, "base_url": base_url, "api_key": api_key})
        used = _in_use(coach)
        if as_json:
            emit({**used, "offer": _offer(coach)})
            return
        _show_used(used)
        if not (name or base_url):
            say("To choose another: coach model use NAME (`coach model use --help`)")
            _show_offer(coach)
        elif not used["remote"]:
            _show_missing(coach, used["in_use"]["name"])


@app.command()
def check(as_json: Json = False) -> None:
    """Ask the model in use something tiny; 0 it can grade, 1 not. Example: coach model check"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        from coach.language_model import check as check_model

        _verify(coach)
        found = check_model(coach.language_model())
        if as_json:
            emit({**dataclasses.asdict(found), "ok": found.ok})
        else:
            _show_check(found)
    raise typer.Exit(0 if found.ok else 1)


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="an embedded model")], as_json: Json = False
) -> None:
    """Delete an embedded model's file; 1 if there was none. Example: coach model remove NAME"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        removed = coach.models.remove(name)
        if as_json:
            emit({"name": name, "removed": removed})
        else:
            typer.echo(f"{name} is removed." if removed else f"{name} was not there.")
    raise typer.Exit(0 if removed else 1)


def _choose(coach: Coach, values: Mapping[str, str]) -> Coach:
    """Checks the choice without asking the network, writes it, and returns a coach that has it."""
    settings = coach.settings
    if values["name"] and not values["base_url"] and settings.model.base_url:
        values = _at_same_endpoint(coach, values)
    for key, value in values.items():
        settings = settings_file.with_value(settings, f"model.{key}", value)
    chosen = Coach(settings, coach.paths, environ=os.environ)
    if chosen.models.choice(settings.model, os.environ).kind == "provider":
        # Tells a missing package, or a key the provider's own package misses.
        chosen.language_model().close()
    # The key of another endpoint must not be sent to this one: all three are written together.
    for key, value in values.items():
        settings_file.save_value(coach.paths.config_file, f"model.{key}", value)
    return chosen


def _at_same_endpoint(coach: Coach, values: Mapping[str, str]) -> Mapping[str, str]:
    """Takes a name that means nothing elsewhere as another model of the endpoint in use."""
    model = coach.settings.model
    known = [stored.model.name for stored in coach.models.list()]
    if values["name"] in known or ":" in values["name"]:
        return values
    key = values["api_key"] or model.api_key
    return {"name": values["name"], "base_url": model.base_url, "api_key": key}


def _in_use(coach: Coach) -> dict[str, Any]:
    try:
        choice = coach.models.choice(coach.settings.model, os.environ)
    except (SettingsError, ModelMissing) as error:
        problem = error.to_json()["error"]
        return {"in_use": None, "remote": False, "problem": problem, "note": ""}
    shown = {"kind": choice.kind, "name": choice.name, "base_url": choice.base_url}
    note = coach.calibrations.note(choice.name)
    return {"in_use": shown, "remote": choice.kind != "embedded", "problem": None, "note": note}


def _show_used(used: Mapping[str, Any]) -> None:
    typer.echo(_used_text(used))
    if used["note"]:
        say(used["note"])


def _show_missing(coach: Coach, name: str) -> None:
    if not coach.models.installed(name):
        say(f"It is not installed yet: coach model pull {name}")
    _warn_of_memory(coach, name)


def _warn_of_memory(coach: Coach, name: str) -> None:
    for lack in coach.models.lacks(name):
        if lack.what == "memory":
            say(f"{name} is too large for this machine: {lack}. It will be slow, or fail to start.")


def _used_text(used: Mapping[str, Any]) -> str:
    if used["in_use"] is None:
        return f"In use: none. {used['problem']['message']} {used['problem']['hint']}"
    name, base_url = used["in_use"]["name"], used["in_use"]["base_url"]
    if not used["remote"]:
        return f"In use: {name} (embedded; nothing leaves this machine)"
    return f"In use: {name or 'the only model'} at {base_url or 'its provider'} (answers are sent there)"


def _row(stored: Any, used: Mapping[str, Any]) -> dict[str, Any]:
    model = stored.model
    in_use = used["in_use"] is not None and not used["remote"]
    return {
        "name": model.name,
        "installed": stored.installed,
        "in_use": in_use and used["in_use"]["name"] == model.name,
        "size_bytes": model.size_bytes,
        "memory_bytes": model.memory_bytes,
        "fits": not stored.lacks,
        "lacks": [dataclasses.asdict(lack) for lack in stored.lacks],
        "sources": ["hub", *(["packages"] if model.packages else [])],
        "hub_repo": model.hub_repo,
        "path": str(stored.path),
        "summary": model.summary,
    }


def _mark(row: Mapping[str, Any]) -> str:
    return "*" if row["in_use"] else " "


def _texts(row: Mapping[str, Any]) -> tuple[str, ...]:
    sizes = (f"{row[key] / 1e9:.1f} GB" for key in ("size_bytes", "memory_bytes"))
    lacks = " and ".join(lack["what"] for lack in row["lacks"])
    fits, sources = f"no: {lacks}" if lacks else "yes", " or ".join(row["sources"])
    return (row["name"], _yes(row["installed"]), *sizes, fits, sources, row["summary"])


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _offer(coach: Coach) -> dict[str, Any] | None:
    found = coach.models.offer(os.environ)
    if found is None:
        return None
    return {"base_url": found.base_url, "has_key": found.has_key, "command": found.command}


def _show_offer(coach: Coach) -> None:
    found = coach.models.offer(os.environ)
    if found is not None:
        what = "OPENAI_API_KEY" if found.has_key else "OPENAI_BASE_URL"
        say(f"{what} is set ({found.base_url}); it is used only if you choose it: {found.command}")


def _verify(coach: Coach) -> None:
    """Raises ModelMissing where the embedded model in use is absent or damaged."""
    choice = coach.models.choice(coach.settings.model, os.environ)
    if choice.kind != "embedded":
        return
    path = coach.models.need(choice.name)
    if not coach.models.check(choice.name):
        fix = f"coach model remove {choice.name}, then coach model pull {choice.name}"
        raise ModelMissing(f"{path} is damaged: its SHA-256 is wrong.", fix)


def _show_check(found: "ModelCheck") -> None:
    where = found.endpoint or ("its provider" if found.remote else "embedded")
    typer.echo(f"{found.name} ({where}) answers in {found.latency_s:.1f} s.")
    typer.echo(f"token probabilities: {'yes' if found.logprobs else 'no (choices are asked for)'}")
    typer.echo(f"JSON replies: {found.structured or 'no: it cannot be used for grading'}")
    if found.remote:
        used = found.usage
        typer.echo(f"tokens used: {used.prompt_tokens} in, {used.completion_tokens} out")
