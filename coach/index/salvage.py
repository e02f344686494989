"""What a rebuild starts from: the documents where they are still there, else their stored texts."""

from dataclasses import replace
from pathlib import Path

from coach.document import Chunk
from coach.index.build import Place
from coach.index.manifest import Entry
from coach.index.report import Progress
from coach.index.sources import read_one
from coach.ingest import Found, Problem

Documents = list[tuple[Entry, tuple[Chunk, ...]]]


def rescued(generations: Place, progress: Progress) -> tuple[Documents, list[Problem]]:
    """Every document the newest readable manifest names, read again or taken from the stored texts."""
    documents: Documents = []
    problems: list[Problem] = []
    newest = next(generations.manifests(), None)
    if newest is None:
        return documents, problems
    entries = newest[1].documents()
    for number, entry in enumerate(entries, start=1):
        progress(number, len(entries), f"reading {entry.name}")
        fresh = _read_again(entry, generations.origin)
        if not isinstance(fresh, Problem):
            documents.append(fresh)
            continue
        stored = _stored(generations, entry)
        if stored:
            documents.append((entry, stored))
        else:
            problems.append(fresh)
    return documents, problems


def _read_again(entry: Entry, origin: str) -> tuple[Entry, tuple[Chunk, ...]] | Problem:
    if entry.origin != origin:
        # What lies under that path here is another machine's file.
        return Problem(
            entry.path, 0, f"{entry.path} was ingested by {entry.origin}, its texts are lost."
        )
    fresh = read_one(Found(Path(entry.path), Path(entry.root), entry.name))
    if isinstance(fresh, Problem):
        return fresh
    return replace(fresh[0], origin=origin), fresh[1]


def _stored(generations: Place, entry: Entry) -> tuple[Chunk, ...]:
    """A document's passages out of any generation that still holds all of them."""
    for name, manifest in generations.manifests():
        if set(entry.ids) <= manifest.ids:
            found = {chunk.id: chunk for chunk in generations.texts(name, entry.ids)}
            if len(found) == len(set(entry.ids)):
                return tuple(found[id_] for id_ in entry.ids)
    return ()
