"""The passages' texts, in a file that nobody writes to once its generation is published.

Chroma could hold them too, but it would index every three letters of them, which takes several times as
long as everything else.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from coach.document import Chunk, ChunkKind, Locator
from coach.index.manifest import Damaged
from coach.language import Lang

NAME = "texts.sqlite"
_TABLE = """
    CREATE TABLE IF NOT EXISTS passages (
        id TEXT PRIMARY KEY, document TEXT, start_line INT, end_line INT, heading TEXT,
        lang TEXT, text TEXT, kind TEXT
    ) WITHOUT ROWID
"""
_AT_ONCE = 500

Row = tuple[str, str, int, int, str, Lang, str, ChunkKind]


class Texts:
    """Chunks by id, in a file of their own."""

    def __init__(self, file: Path, *, write: bool = False) -> None:
        # Read as immutable: no lock, no file beside it, not a byte of it changes.
        mode = "mode=rwc" if write else "mode=ro&immutable=1"
        self._rows = sqlite3.connect(
            f"{file.as_uri()}?{mode}", uri=True, check_same_thread=False, isolation_level=None
        )
        if write:
            # A generation that is not finished is thrown away: there is nothing to roll back to.
            self._rows.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_TABLE}")

    def add(self, chunks: Iterable[Chunk]) -> None:
        """Stores chunks; one with the same id gives way."""
        rows = map(_row, chunks)
        self._rows.execute("BEGIN")
        self._rows.executemany("REPLACE INTO passages VALUES (?,?,?,?,?,?,?,?)", rows)
        self._rows.execute("COMMIT")

    def delete(self, ids: Sequence[str]) -> None:
        """Removes chunks."""
        self._rows.execute("BEGIN")
        self._rows.executemany("DELETE FROM passages WHERE id = ?", ((id_,) for id_ in ids))
        self._rows.execute("COMMIT")

    def get(self, ids: Sequence[str]) -> list[Chunk]:
        """The chunks with these ids, in this order, as far as they are there."""
        found: dict[str, Chunk] = {}
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            rows = self._rows.execute(f"SELECT * FROM passages WHERE id IN ({marks})", some)  # noqa: S608
            found.update((row[0], _chunk(row)) for row in rows)
        return [found[id_] for id_ in ids if id_ in found]

    def close(self) -> None:
        """Releases the file."""
        self._rows.close()


def check_database(file: Path, ids: frozenset[str]) -> None:
    """Damaged unless Chroma's database is sound and names exactly these passages.

    Its bytes cannot be compared: Chroma writes to it even when it only reads. A reader that was killed then leaves
    half a transaction behind, which SQLite undoes only where it may write.
    """
    connection = sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True)
    try:
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()
        rows = connection.execute("SELECT embedding_id FROM embeddings").fetchall()
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{file}: {error}") from error
    finally:
        connection.close()
    if answer != ("ok",):
        raise Damaged(f"{file}: {answer[0]}")
    if {row[0] for row in rows} != ids:
        raise Damaged(f"{file} names other passages than the manifest")


def _row(chunk: Chunk) -> Row:
    place = chunk.locator
    span = place.start_line, place.end_line
    return (chunk.id, chunk.document, *span, place.heading, chunk.lang, chunk.text, chunk.kind)


def _chunk(row: Row) -> Chunk:
    _, document, start, end, heading, lang, text, kind = row
    place = Locator(start, end, heading)
    return Chunk(document, place, lang, text, kind)
