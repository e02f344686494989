"""Retrieval sets: questions with the documents that answer them, one JSON object a line.

A line is `{"id", "query", "lang", "relevant": [target, …], "kind"?}`; extra fields are allowed, and the questions
of each kind (a typo, say) are reported by themselves as well. A target is the
name of a document as `coach search --json` shows it, a passage's id, or `document#words`: the passages of
that document whose heading or text holds those words. Name the documents of both languages: the
language of each passage found decides whether it counts as the query's own or the other one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.document import Chunk
from coach.language import Lang
from eval.rows import Row, read_rows

FIELDS = ("id", "query", "lang", "relevant")


@dataclass(frozen=True)
class Question:
    """A query with what it should find."""

    id: str
    query: str
    lang: Lang
    relevant: tuple[str, ...]
    kind: str = ""


def read_questions(path: Path) -> Iterator[Question]:
    """Yields the questions in the file's order; InputFileError names the line and field that is wrong."""
    return read_rows(path, FIELDS, _question)


def matches(target: str, chunk: Chunk) -> bool:
    """Whether a passage is what a target of `relevant` means."""
    if target in (chunk.id, chunk.document):
        return True
    document, _, wanted = target.partition("#")
    held = f"{chunk.locator.heading}\n{chunk.text}"
    return bool(wanted) and document == chunk.document and wanted in held


def answerable(targets: Sequence[str], chunks: Sequence[Chunk]) -> dict[str, frozenset[Lang]]:
    """Each target that is indexed, with the languages of its passages."""
    found = {
        target: frozenset(chunk.lang for chunk in chunks if matches(target, chunk))
        for target in dict.fromkeys(targets)
    }
    return {target: langs for target, langs in found.items() if langs}


def _question(row: Row) -> Question:
    lang, query = row.lang(), row.said("query")
    relevant = row.texts("relevant")
    if not relevant:
        row.fail("relevant", "is empty")
    kind = row.text("kind") if "kind" in row.row else ""
    return Question(str(row.need("id")), query, lang, relevant, kind)
