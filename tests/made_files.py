"""Documents made on the spot: PDFs, Word documents and notebooks, whole and hostile."""

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

from docx import Document
from pypdf import PdfReader, PdfWriter

QUESTIONS = ("What is dropout?", "What is Adam?")


def pdf(pages: Sequence[Sequence[str]], password: str | None = None) -> bytes:
    """A PDF whose pages hold these lines; with a password it is encrypted."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    kids = []
    for lines in pages:
        shown = b"".join(b"(%s) Tj T* " % line.encode("latin-1") for line in lines)
        stream = b"BT /F1 12 Tf 14 TL 72 720 Td " + shown + b"ET"
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    data = _assembled(objects)
    if password is None:
        return data
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _assembled(objects: Sequence[bytes]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(data))
    )


def docx(path: Path) -> None:
    """A Word document with a heading, questions in a numbered list, bold, a list and a table."""
    document = Document()
    document.add_heading("Optimisers", 1)
    document.add_paragraph("What is Adam?", style="List Number")
    document.add_paragraph("It keeps two moving averages.")
    document.add_paragraph("What is momentum?", style="List Number")
    document.add_paragraph("It keeps one.")
    document.add_heading("What is dropout?", 2)
    document.add_paragraph("Units are dropped.").add_run(" At random.").bold = True
    document.add_paragraph("in training", style="List Bullet")
    document.add_paragraph("not in inference", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "rate", "0.5"
    document.save(str(path))


def zip_bomb(member: str, size: int) -> bytes:
    """A small archive whose one member unpacks to `size` zeros."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(member, "w") as file,
    ):
        for _ in range(size // 2**20):
            file.write(bytes(2**20))
    return out.getvalue()


def notebook(*cells: tuple[str, str]) -> str:
    """A notebook of (kind, text) cells; the text is stored line by line, as Jupyter does."""
    rows = [{"cell_type": kind, "source": text.splitlines(keepends=True)} for kind, text in cells]
    return json.dumps({"nbformat": 4, "cells": rows}, indent=1)
