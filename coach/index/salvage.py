"""What a rebuild starts from: the documents where they are still there, else their stored texts."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from coach.document import Chunk
from coach.errors import IndexMissing
from coach.index.generations import CHROMA, Generations
from coach.index.manifest import NAMES, Damaged, Entry, Manifest
from coach.index.report import Progress
from coach.index.sources import read_one
from coach.index.store import Store
from coach.index.texts import Texts
from coach.ingest import Found, Problem

Documents = list[tuple[Entry, tuple[Chunk, ...]]]


def rescued(generations: Generations, progress: Progress) -> tuple[Documents, list[Problem]]:
    """Every document the newest readable manifest names, read again or taken from the stored texts."""
    documents: Documents = []
    problems: list[Problem] = []
    newest = next(_manifests(generations), None)
    if newest is None:
        return documents, problems
    entries = list(newest[1].documents().values())
    for number, entry in enumerate(entries, start=1):
        progress(number, len(entries), f"reading {entry.name}")
        fresh = read_one(Found(Path(entry.path), Path(entry.root), entry.name))
        if not isinstance(fresh, Problem):
            documents.append(fresh)
            continue
        stored = _stored(generations, entry)
        if stored:
            documents.append((entry, stored))
        else:
            problems.append(fresh)
    return documents, problems


def _manifests(generations: Generations) -> Iterator[tuple[str, Manifest]]:
    """Readable manifests, the current one first, then from the newest."""
    try:
        current = generations.current()
    except Damaged:
        current = None
    names = [name for name in reversed(generations.all()) if name != current]
    for name in [current, *names] if current else names:
        for file in NAMES:
            try:
                yield name, Manifest.load(generations.path(name), file)
                break
            except Damaged:
                continue


def _stored(generations: Generations, entry: Entry) -> tuple[Chunk, ...]:
    """A document's passages out of any generation that still holds all of them."""
    for name, manifest in _manifests(generations):
        if set(entry.ids) <= manifest.ids:
            found = {chunk.id: chunk for chunk in _texts(generations, name, manifest, entry.ids)}
            if len(found) == len(set(entry.ids)):
                return tuple(found[id_] for id_ in entry.ids)
    return ()


def _texts(
    generations: Generations, name: str, manifest: Manifest, ids: Sequence[str]
) -> list[Chunk]:
    folder = generations.path(name)
    try:
        if manifest.chroma_url:
            with closing(Store.open(folder, manifest.chroma_url, name)) as store:
                return store.get(ids)
        with closing(Texts(folder / CHROMA)) as texts:
            # What was damaged is not the passage of that id any more.
            return [chunk for chunk in texts.get(ids) if chunk.id in ids]
    except (IndexMissing, OSError, sqlite3.DatabaseError):
        return []
