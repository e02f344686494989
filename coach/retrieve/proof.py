"""Proves that every passage is found by its own vector.

A process of its own does it (`python -m coach.retrieve.proof`, the place as JSON on its standard input, the outcome
on its standard output): native code that reads damaged files may die or never end, and only that process with it.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coach.errors import IndexMissing
from coach.index import Asked, Damaged, Index, Server
from coach.index.build import Place
from coach.index.local import LocalGenerations
from coach.index.server import ServerGenerations
from coach.index.vectors import matrix
from coach.retrieve.shelves import open_shelves

CHILD = (sys.executable, "-m", "coach.retrieve.proof")
# Some ten times what a sound index needs.
_LIMIT_S = 60.0
_LIMIT_PER_PASSAGE_S = 0.02
# Cosines of a vector with itself, and with others that differ only by rounding.
_ALIKE = 1.0
_ROUNDING = 1e-3


def prove(index: Index, limit_s: float | None = None, child: Sequence[str] = CHILD) -> int:
    """How many passages there are, each found by its own vector; a child process looks.

    Damaged where one is not found or the child dies; IndexMissing where there is no index.
    """
    place = index.generations
    name = place.current()
    if name is None:
        raise IndexMissing("There is no index yet.", "Build it: coach index rebuild")
    if limit_s is None:
        newest = next(place.manifests(), None)
        limit_s = _LIMIT_S + _LIMIT_PER_PASSAGE_S * len(newest[1].ids if newest else ())
    server = asdict(place.server) if isinstance(place, ServerGenerations) else None
    task = {"folder": str(place.folder), "server": server, "name": name}
    try:
        run = subprocess.run(
            child,
            input=json.dumps(task),
            capture_output=True,
            text=True,
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Damaged(f"it could not be read within {limit_s:g} s") from error
    if run.returncode < 0:
        raise Damaged(f"reading it ended a process with {_signal_name(-run.returncode)}")
    try:
        found = json.loads(run.stdout.splitlines()[-1])
        outcome, message, hint = found["outcome"], found["message"], found["hint"]
    except (ValueError, IndexError, KeyError, TypeError) as error:
        last = " ".join(run.stderr.split())[-200:]
        raise IndexMissing(f"The index could not be checked: {last}", "Try again.") from error
    if outcome == "damaged":
        raise Damaged(message)
    if outcome == "failed":
        raise IndexMissing(message, hint)
    return int(message)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _outcome(task: dict[str, Any]) -> tuple[str, str, str]:
    folder = Path(task["folder"])
    place: Place = (
        ServerGenerations(folder, Server(**task["server"]))
        if task["server"]
        else LocalGenerations(folder)
    )
    try:
        opened = place.open(task["name"])
        asked = Asked(opened, place.path(opened.name), "", matrix([]))
        lost = list(_lost(asked))
    except Damaged as error:
        return "damaged", error.what, ""
    except IndexMissing as error:
        return "failed", error.message, error.hint
    if lost:
        named = ", ".join(lost[:3])
        return "damaged", f"{len(lost)} passages are not found by their own vectors: {named}", ""
    return "sound", str(len(opened.manifest.ids)), ""


def _lost(asked: Asked) -> Iterator[str]:
    """Ids of passages whose stored vector finds another one first, or nothing."""
    shelves = open_shelves(asked)
    rows = {lang: {id_: row for row, id_ in enumerate(s.ids)} for lang, s in shelves.items()}
    for chunks, vectors in asked.everything():
        # Search does not go through Chroma's graph, but the next ingest will read it.
        found = asked.opened.store.nearest_ids(vectors)
        if not asked.opened.manifest.ids.issuperset(found):
            raise Damaged("Chroma finds passages that the manifest does not name")
        for chunk, vector in zip(chunks, vectors, strict=True):
            scores = shelves[chunk.lang].similarity(vector)
            row = rows[chunk.lang].get(chunk.id)
            if row is None or not scores[row] > max(scores.max(), _ALIKE) - _ROUNDING:
                yield chunk.id


if __name__ == "__main__":
    outcome, message, hint = _outcome(json.load(sys.stdin))
    print(json.dumps({"outcome": outcome, "message": message, "hint": hint}))
