"""Runs the batch as an ordinary user on behalf of root, wherever the interpreter and the checkout lie."""

import json
import os
import pwd
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from coach.sandbox.methods import Bubblewrap, bubblewraps
from coach.sandbox.probe import Kind
from tests.hostile.batch import Outcome

ROOT = Path(__file__).resolve().parents[2]


class Impossible(Exception):
    """Why programs can't be run as another user here."""


def outcomes(names: Sequence[str], kind: Kind) -> list[Outcome]:
    """What becomes of programs that an ordinary user runs in a kind of sandbox; Impossible where it can't be."""
    if os.getuid() != 0:
        raise Impossible("only root can become another user")
    bwrap = next((way.bwrap for way in bubblewraps() if isinstance(way, Bubblewrap)), None)
    if bwrap is None:
        raise Impossible("no bubblewrap")
    uid = _free_uid()
    command = [
        *(str(bwrap), "--dev-bind", "/", "/", *_opened(), "--cap-drop", "ALL"),
        *("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--die-with-parent"),
        *("--chdir", str(ROOT), sys.executable, "-m", "tests.hostile.batch"),
        *(str(uid), kind, *names),
    ]
    done = subprocess.run(command, capture_output=True, text=True, env=_environment(), check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if not lines:
        raise Impossible(f"another user can't start this interpreter: {done.stderr.strip()[-300:]}")
    if not lines[0]["ready"]:
        raise Impossible(lines[0]["message"])
    assert done.returncode == 0, done.stderr
    return [Outcome(**line) for line in lines[1:]]


def _environment() -> dict[str, str]:
    """Little, and a secret that no program may see."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {
        **kept,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(ROOT),
        "CANARY_API_KEY": "secret",
    }


def _free_uid() -> int:
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    return next(uid for uid in range(20_000, 60_000) if uid not in taken)


def _opened() -> Iterator[str]:
    """Folders that only root may enter (a home, mostly) are replaced, in a view of our own, by ones that
    hold nothing but the interpreter and the checkout: nobody's permissions are touched."""
    needed = sorted({ROOT, Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()})
    closed = {place: folder for place in needed if (folder := _closed_above(place))}
    for folder in sorted(set(closed.values())):
        yield from ("--perms", "0755", "--tmpfs", str(folder))
    for place, folder in closed.items():
        for parent in reversed([p for p in place.parents if folder in p.parents]):
            yield from ("--perms", "0755", "--dir", str(parent))
        yield from ("--ro-bind", str(place), str(place))


def _closed_above(place: Path) -> Path | None:
    """The outermost folder on the way to a place that others may not enter."""
    for folder in reversed(place.parents):
        if not folder.stat().st_mode & 0o001:
            return folder
    return None
