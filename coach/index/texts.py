"""Whether the stored texts are those that were stored: a passage's id is a hash of it."""

import sqlite3
from pathlib import Path

from coach.document import chunk_id
from coach.index.manifest import Damaged

# Chroma keeps a passage's text and what belongs to it as rows of this table.
_ROWS = """
    SELECT e.embedding_id, m.key, COALESCE(m.string_value, m.int_value)
    FROM embeddings AS e JOIN embedding_metadata AS m ON m.id = e.id
    WHERE m.key IN ('document', 'start_line', 'heading', 'chroma:document')
"""


def check_database(file: Path) -> None:
    """Damaged unless the database is sound and every text in it is what its id says.

    Its bytes cannot be compared: Chroma writes to it even when it only reads.
    """
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    try:
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()
        rows = connection.execute(_ROWS).fetchall() if answer == ("ok",) else []
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{file}: {error}") from error
    finally:
        connection.close()
    if answer != ("ok",):
        raise Damaged(f"{file}: {answer[0]}")
    _check_texts(rows, file)


def _check_texts(rows: list[tuple[str, str, str | int]], file: Path) -> None:
    passages: dict[str, dict[str, str | int]] = {}
    for id_, key, value in rows:
        passages.setdefault(id_, {})[key] = value
    for id_, found in passages.items():
        place = found.get("start_line", 0), found.get("heading", "")
        if chunk_id(found.get("document", ""), *place, found.get("chroma:document", "")) != id_:
            raise Damaged(f"{file}: the text of passage {id_!r} has changed")
