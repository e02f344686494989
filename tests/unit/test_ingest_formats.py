"""PDFs, Word documents and notebooks: their questions are found, and a locator says where."""

import json
from pathlib import Path

import pytest

from coach.document import Chunk
from coach.errors import InputFileError
from coach.ingest import Found, chunks, read
from tests.made_files import docx, notebook, pdf


def passages(path: Path) -> list[Chunk]:
    return chunks(read(Found(path, path.parent, path.name)))


def test_a_pdf_keeps_answers_that_go_over_the_page(tmp_path: Path) -> None:
    file = tmp_path / "notes.pdf"
    header = "Lecture notes"
    file.write_bytes(
        pdf(
            [
                [header, "1. What is dropout?", "Units are drop-", "ped at random", "1"],
                [header, "in each step.", "2. What is Adam?", "Two moments.", "Page 2"],
                [header, "3. What is momentum?", "One average.", "- 3 -"],
            ]
        )
    )
    found = passages(file)
    assert [chunk.locator.heading for chunk in found] == [
        "What is dropout? (page 1)",
        "What is Adam? (page 2)",
        "What is momentum? (page 3)",
    ]
    assert found[0].text == "What is dropout?\nUnits are dropped\nat random\nin each step." or (
        "dropped" in found[0].text and "in each step." in found[0].text
    )
    assert all(chunk.kind == "qa" for chunk in found)
    assert not any(word in chunk.text for chunk in found for word in ("Lecture", "Page", "- 3"))


def test_a_word_document(tmp_path: Path) -> None:
    file = tmp_path / "notes.docx"
    docx(file)
    found = {chunk.locator.heading: chunk for chunk in passages(file)}
    assert list(found) == ["What is Adam?", "What is momentum?", "What is dropout?"]
    assert found["What is Adam?"].text == "What is Adam?\nIt keeps two moving averages."
    dropout = found["What is dropout?"].text
    for part in ("At random.", "- in training\n- not in inference", "| rate | 0.5 |"):
        assert part in dropout


def test_formulas_and_breaks_of_a_word_document_are_read(tmp_path: Path) -> None:
    from docx import Document
    from docx.oxml import parse_xml

    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    document = Document()
    paragraph = document.add_paragraph("The loss is ")
    paragraph._p.append(
        parse_xml(f'<m:oMath xmlns:m="{space}"><m:r><m:t>L=-log p</m:t></m:r></m:oMath>')
    )
    paragraph.add_run(" here.\nNext\tline.")
    document.save(str(tmp_path / "a.docx"))
    text = read(Found(tmp_path / "a.docx", tmp_path, "a.docx")).text
    assert "The loss is L=-log p here.\nNext\tline." in text


def test_a_notebook_is_read_by_cells(tmp_path: Path) -> None:
    file = tmp_path / "notes.ipynb"
    file.write_text(
        notebook(
            ("markdown", "# Week 1\n\n## What is dropout?\nUnits are dropped."),
            ("code", "# not a heading\nx = dropout(x)"),
            ("raw", ""),
            ("markdown", "## What is Adam?\nTwo moments."),
        )
    )
    found = passages(file)
    assert [chunk.locator.heading for chunk in found] == [
        "What is dropout? (cell 1)",
        "What is Adam? (cell 4)",
    ]
    assert found[0].text.endswith("# not a heading\nx = dropout(x)")


def test_an_old_notebook(tmp_path: Path) -> None:
    file = tmp_path / "old.ipynb"
    cells = [
        {"cell_type": "heading", "level": 2, "source": "What is Adam?"},
        {"cell_type": "code", "input": ["x = 1"]},
    ]
    file.write_text(json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}]}))
    assert passages(file)[0].text == "What is Adam?\nx = 1"


@pytest.mark.parametrize(
    "text",
    ["{", "[1, 2]", '{"cells": 3}', '{"cells": null}', "null", "[" * 100_000, '{"worksheets": 1}'],
)
def test_a_broken_notebook_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.ipynb"
    file.write_text(text)
    with pytest.raises(InputFileError, match=r"a\.ipynb"):
        read(Found(file, tmp_path, "a.ipynb"))


def test_odd_cells_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "a.ipynb"
    cells = [1, {}, {"cell_type": 3, "source": {"a": 1}}, {"source": ["## Why?\n", 4, "So."]}]
    file.write_text(json.dumps({"cells": cells}))
    assert [chunk.text for chunk in passages(file)] == ["Why?\nSo."]
