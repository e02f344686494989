"""`coach doctor`: what works, what does not, and how to mend it."""

import importlib
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import typer

from coach.app import Coach
from coach.console import ELSEWHERE, Json, emit, progress_line
from coach.errors import CoachError, IndexMissing
from coach.index import Damaged

app = typer.Typer()

MISSING = 3
FREE_GB = 2
SMALLEST = (60, 15)


@dataclass(frozen=True)
class Check:
    """One thing looked at; where it is not ok, `required` says whether the main job needs it."""

    name: str
    ok: bool
    required: bool
    message: str
    hint: str = ""


@app.command()
def doctor(as_json: Json = False) -> None:
    """Check everything the program needs; exit code 3 where the main job can't run. Example: coach doctor"""
    checks = list(_checks())
    well = all(check.ok for check in checks if check.required)
    if as_json:
        emit({"ok": well, "checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            typer.echo(f"{_mark(check)} {check.name:<12} {check.message}")
            if check.hint and not check.ok:
                typer.echo(f"  {'':<12} {check.hint}")
    raise typer.Exit(0 if well else MISSING)


def _mark(check: Check) -> str:
    return "ok  " if check.ok else "FAIL" if check.required else "note"


def _checks() -> Iterator[Check]:
    yield _python()
    try:
        coach = Coach.open(os.environ)
    except CoachError as error:
        yield Check("settings", False, True, error.message, error.hint)
        return
    with coach:
        yield Check("settings", True, True, str(coach.paths.config_file))
        for name, required, look in (
            ("keys", False, _keys),
            ("deck", True, _deck),
            ("model", True, _model),
            ("memory", False, _memory),
            ("marks", False, _marks),
            ("index", True, _index),
            ("history", True, _history),
            ("sandbox", False, _sandbox),
            ("pytorch", False, _pytorch),
            ("disk", False, _disk),
            ("terminal", False, _terminal),
        ):
            yield _guarded(name, required, look, coach)


def _guarded(name: str, required: bool, look: "Look", coach: Coach) -> Check:
    try:
        ok, message, hint = look(coach)
    except CoachError as error:
        return Check(name, False, required, error.message, error.hint)
    except OSError as error:
        return Check(name, False, required, str(error), ELSEWHERE)
    return Check(name, ok, required, message, hint)


Look = Callable[[Coach], tuple[bool, str, str]]


def _python() -> Check:
    version = platform.python_version()
    ok = (3, 11) <= sys.version_info[:2] < (3, 14)
    return Check("python", ok, True, f"{version} on {platform.system()}", "3.11 to 3.13 is needed.")


def _keys(coach: Coach) -> tuple[bool, str, str]:
    """The user's own keys: those that are none, and those that two commands of one screen would share."""
    own = coach.settings.keys
    if not own:
        return True, "those of the program", ""
    # By name: no face imports another.
    keys = importlib.import_module("tui.keymap")
    good, wrong = keys.usable(own)
    said = [error.message for error in wrong]
    said += [f"{c.key} stands for {c.first} and for {c.second}" for c in keys.clashes(good)]
    return not said, "; ".join(said) or f"{len(own)} of your own", "Settings (F12) shows all keys."


def _deck(coach: Coach) -> tuple[bool, str, str]:
    deck = coach.deck
    mine = f", {len(deck.own)} your own" if deck.own else ""
    left = f"; {len(deck.problems)} left out: {deck.problems[0]}" if deck.problems else ""
    return len(deck) > 0, f"{len(deck)} cards on {len(deck.topics)} topics{mine}{left}", ""


def _model(coach: Coach) -> tuple[bool, str, str]:
    choice = coach.models.choice(coach.settings.model, coach.environ)
    if choice.kind != "embedded":
        where = f" at {choice.base_url}" if choice.base_url else ""
        return True, f"{choice.name}{where} (try it: coach model check)", ""
    coach.models.need(choice.name)
    return True, f"{choice.name}, on this machine", ""


def _memory(coach: Coach) -> tuple[bool, str, str]:
    choice = coach.models.choice(coach.settings.model, coach.environ)
    if choice.kind != "embedded":
        return True, "none is needed here for a model elsewhere", ""
    lacking = [str(lack) for lack in coach.models.lacks(choice.name) if lack.what == "memory"]
    hint = "It will be slow or be ended by the system; a smaller one: coach model list"
    return not lacking, f"{choice.name}: {lacking[0] if lacking else 'enough'}", hint


def _marks(coach: Coach) -> tuple[bool, str, str]:
    name = coach.models.choice(coach.settings.model, coach.environ).name
    note = coach.calibrations.note(name)
    return not note, note or f"calibrated with {name}", ""


def _index(coach: Coach) -> tuple[bool, str, str]:
    """Looked at in a child process first: what is damaged could take this one down."""
    from coach.retrieve.proof import prove

    found = "each found by its own vector"
    try:
        prove(coach.index)
    except Damaged as error:
        if coach.settings.index.chroma_url:
            return False, error.message, "Build it anew for everyone: coach index rebuild"
        progress_line("index")(0, 0, f"{error.message} Building it again.")
        lost = len(coach.index.rebuild(progress_line("index")).problems)
        found = f"built again, because it was damaged ({error.what}); {lost} documents are lost"
    except IndexMissing as error:
        if coach.index.status().state == "ready":
            return False, error.message, error.hint
    status = coach.index.status()
    size = f"{status.passages} passages, {status.documents} documents of yours, {status.embedder}"
    if status.state == "ready":
        return True, f"{size}; {found}", ""
    if status.state in ("absent", "stale"):
        return True, f"{status.state}: it is built at the next search", ""
    hint = "" if status.state == "unreachable" else "Build it anew: coach index rebuild"
    return False, f"{status.state}: {status.detail}", hint


def _history(coach: Coach) -> tuple[bool, str, str]:
    repairs: list[str] = []
    coach.tell = repairs.append
    coach.history.unfinished()
    if repairs:
        return False, repairs[0], "Keep the damaged file if you miss something; all else works on."
    return True, f"{len(coach.history.sessions())} interviews in {coach.paths.history_file}", ""


def _sandbox(coach: Coach) -> tuple[bool, str, str]:
    found = coach.probe_sandbox()
    return found.available, found.message, found.hint


def _pytorch(_: Coach) -> tuple[bool, str, str]:
    lacking = [
        name for name in ("torch", "sentence_transformers") if not importlib.util.find_spec(name)
    ]
    if not lacking:
        return True, "torch and sentence-transformers are installed", ""
    lost = "PyTorch exercises are left out, many notes take longer to embed"
    message = f"not installed: {', '.join(lacking)}; {lost}"
    return False, message, "pip install torch==2.13.0 sentence-transformers"


def _disk(coach: Coach) -> tuple[bool, str, str]:
    folder = next(p for p in [coach.paths.index_dir, *coach.paths.index_dir.parents] if p.exists())
    free = shutil.disk_usage(folder).free / 1e9
    writable = os.access(folder, os.W_OK)
    message = f"{free:.1f} GB free at {folder}{'' if writable else ', which cannot be written'}"
    hint = "Free some space, or move everything: COACH_HOME=/another/folder"
    return free >= FREE_GB and writable, message, hint


def _terminal(_: Coach) -> tuple[bool, str, str]:
    size = shutil.get_terminal_size()
    encoding = (sys.stdout.encoding or "").lower()
    ok = size.columns >= SMALLEST[0] and size.lines >= SMALLEST[1]
    message = f"{size.columns}x{size.lines}, {encoding}, TERM={os.environ.get('TERM', 'not set')}"
    hint = (
        f"At least {SMALLEST[0]}x{SMALLEST[1]} is needed; `coach interview --plain` works anywhere."
    )
    return ok, message, hint
