"""Every question of the five source documents has a card; the table of them is made here."""

import os
from pathlib import Path

from test_source_coverage import ASKED

from coach.deck import load_deck
from coach.paths import CORPUS

TABLE = CORPUS / "COVERAGE.md"


def rows() -> list[tuple[str, int, list[str]]]:
    """Document, item and the ids of the cards that answer it, in the documents' order."""
    cards: dict[tuple[str, int], list[str]] = {}
    names: dict[str, str] = {}
    for card in load_deck().cards:
        for source in card.sources:
            cards.setdefault((source.document[:3], source.item), []).append(card.id)
            names[source.document[:3]] = source.document
    asked = [(document, line) for document, lines in ASKED.items() for line in lines]
    return [(names[d], line, sorted(cards.get((d, line), []))) for d, line in asked]


def coverage_table() -> str:
    """The rows as a document; no titles are quoted."""
    head = [
        "# Which card answers which question of the source documents",
        "",
        "Made by `tests/corpus/test_card_coverage.py` (`COACH_WRITE_DOCS=1` writes it anew).",
        "",
        "| document | line | cards |",
        "|---|---|---|",
    ]
    body = [f"| {document} | {line} | {', '.join(ids)} |" for document, line, ids in rows()]
    return "\n".join([*head, *body]) + "\n"


def test_every_question_has_a_card() -> None:
    assert [(document, line) for document, line, ids in rows() if not ids] == []
    assert len(rows()) == 91


def test_no_card_names_a_question_that_is_not_there() -> None:
    asked = {(document, line) for document, lines in ASKED.items() for line in lines}
    for card in load_deck().cards:
        for source in card.sources:
            assert (source.document[:3], source.item) in asked, card.id


def test_the_table_is_current() -> None:
    if os.environ.get("COACH_WRITE_DOCS"):
        TABLE.write_text(coverage_table(), encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == coverage_table()


def test_each_language_has_its_own_file_of_notes_with_the_same_sections() -> None:
    counts = {"en": 0, "zh": 0}
    for english in sorted((CORPUS / "notes").glob("*.en.md")):
        chinese = english.with_name(english.name.replace(".en.", ".zh."))
        sections = [_sections(path) for path in (english, chinese)]
        assert sections[0] == sections[1] >= 4, english.name
        counts["en"] += sections[0]
        counts["zh"] += sections[1]
    assert min(counts.values()) >= 60


def _sections(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n## ")
