"""Ingests a folder into an index on a Chroma server, document by document.

Run as a script with a folder for its own files, the server's address, an origin, and how many documents.
Prints the report of the last ingest as JSON, and what was said while it waited for others.
"""

import json
import sys
from pathlib import Path

from coach.embeddings.hashing import HashingEmbeddings
from coach.index import Server
from tests.index_corpus import small_index


def main(folder: Path, url: str, origin: str, count: int) -> None:
    """One ingest for each document."""
    notes = folder / "notes"
    notes.mkdir(parents=True)
    index = small_index(folder, HashingEmbeddings(64), Server(url, origin=origin))
    said: list[str] = []
    for number in range(count):
        text = f"## What is {origin} {number}?\nAnswer {number} of {origin}.\n"
        (notes / f"{origin}{number}.md").write_text(text)
        report = index.ingest([notes], lambda done, total, note: said.append(note))
    again = sum("meanwhile" in note for note in said)
    print(json.dumps({"documents": report.documents, "again": again}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
