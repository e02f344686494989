"""The text of a Word document as light Markdown: a paragraph is a line, as it was written."""

import functools
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from coach.errors import InputFileError
from coach.ingest.decode import NotText

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

# A few kilobytes can unpack to gigabytes: what is declared is checked, and no more than that is unpacked.
MAX_UNPACKED = 200 * 1024 * 1024
MAX_XML = 40 * 1024 * 1024
MAX_FILES = 10_000
MAIN = "word/document.xml"
_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_TEXT = (
    ".//*[(self::w:t or self::m:t or self::w:br or self::w:cr or self::w:tab[parent::w:r])"
    " and not(ancestor::*[local-name()='Fallback'])]"
)
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t"}
_HEADING = re.compile(r"Heading ([1-6])$")


def paragraphs(data: bytes, name: str) -> str:
    """The text; InputFileError where the file is no Word document or unpacks to too much."""
    _check(data, name)
    from docx import Document

    return "\n".join(_Writer(Document(io.BytesIO(data))).lines())


def _check(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise NotText(
            f"{name}: this is a zip archive or an office document, and it is broken.",
            "Export it as Markdown, HTML or plain text.",
        ) from error
    if MAIN not in {member.filename for member in members}:
        raise NotText(
            f"{name}: this is a zip archive or an office document other than .docx, not text.",
            "Export it as Markdown, HTML or plain text.",
        )
    total = sum(member.file_size for member in members)
    largest = max(member.file_size for member in members if member.filename.endswith("l"))
    if total > MAX_UNPACKED or largest > MAX_XML or len(members) > MAX_FILES:
        raise InputFileError(
            f"{name}: it unpacks to {total / 1024**2:.0f} MiB in {len(members)} files, "
            "more than a document may have.",
            "Split it into smaller files, or leave its pictures out.",
        )


class _Writer:
    """Writes a document's body; counts its numbered lists, whose numbers the file does not hold."""

    def __init__(self, document: "Document") -> None:
        self.document = document
        self.numbers: Counter[tuple[str, int]] = Counter()
        self.formats = _number_formats(document)

    def lines(self) -> Iterator[str]:
        """All paragraphs and tables, a blank line between any two that are not of one list."""
        from docx.table import Table

        listed = False
        for block in self.document.iter_inner_content():
            if isinstance(block, Table):
                yield from ("", *self._table(block))
                listed = False
                continue
            label = self._label(block)
            if not (listed and label):
                yield ""
            listed = bool(label)
            yield from self._paragraph(block, label)

    def _paragraph(self, paragraph: "Paragraph", label: str) -> Iterator[str]:
        text = _text(paragraph._p).strip()
        heading = _HEADING.match(_style(paragraph))
        if heading or _style(paragraph) == "Title":
            level = int(heading[1]) if heading else 1
            text = f"{'#' * level} {label if label != '- ' else ''}{' '.join(text.split())}"
        elif text and "\n" not in text and _is_bold(paragraph):
            text = f"{label}**{text}**"
        else:
            text = label + text
        yield from text.split("\n")

    def _table(self, table: "Table") -> Iterator[str]:
        for row in table._tbl.tr_lst:
            cells = [_text(cell).strip() for cell in row.tc_lst]
            if len(cells) == 1:
                yield from (*cells[0].split("\n"), "")
            else:
                yield "| " + " | ".join(" ".join(cell.split()) for cell in cells) + " |"

    def _label(self, paragraph: "Paragraph") -> str:
        """What stands before a list's item: `- `, `3. ` or nothing."""
        properties: Any = paragraph._p.pPr
        numbering = properties.numPr if properties is not None else None
        style = _style(paragraph)
        if numbering is not None and numbering.numId is not None:
            list_, level = str(numbering.numId.val), int(getattr(numbering.ilvl, "val", 0) or 0)
            kind = self.formats.get((list_, level), "bullet")
        elif style.startswith(("List Bullet", "List Number")):
            list_, level = style, int(style[-1]) - 1 if style[-1].isdigit() else 0
            kind = "bullet" if "Bullet" in style else "decimal"
        else:
            return ""
        if kind == "none" or list_ == "0":
            return ""
        margin = "    " * level
        if kind == "bullet":
            return f"{margin}- "
        self.numbers[list_, level] += 1
        for deeper in [key for key in self.numbers if key[0] == list_ and key[1] > level]:
            del self.numbers[deeper]
        return f"{margin}{self.numbers[list_, level]}. "


def _style(paragraph: "Paragraph") -> str:
    style = paragraph.style
    return str(style.name or "") if style is not None else ""


def _is_bold(paragraph: "Paragraph") -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _text(element: Any) -> str:
    """Everything written below an element, formulas too; paragraphs of a table's cell on lines of their own."""
    inner = _xpath("./w:p")(element)
    if inner:
        return "\n".join(_text(paragraph) for paragraph in inner)
    parts = []
    for node in _xpath(_TEXT)(element):
        kind = node.tag.rsplit("}", 1)[-1]
        parts.append(_BREAKS.get(kind, node.text or ""))
    return "".join(parts)


@functools.cache
def _xpath(path: str) -> Any:
    from lxml.etree import XPath

    return XPath(path, namespaces=_SPACES)


def _number_formats(document: "Document") -> dict[tuple[str, int], str]:
    """For each list and level the kind of its numbers, `bullet` among them."""
    try:
        root: Any = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    kinds: dict[tuple[str, int], str] = {}
    for number in _xpath("./w:num")(root):
        abstract = _xpath("./w:abstractNumId/@w:val")(number)
        for level in _xpath(f"./w:abstractNum[@w:abstractNumId='{int(abstract[0])}']/w:lvl")(root):
            kind = _xpath("./w:numFmt/@w:val")(level)
            place = int(_xpath("./@w:ilvl")(level)[0])
            key = str(_xpath("./@w:numId")(number)[0]), place
            kinds[key] = str(kind[0]) if kind else "decimal"
    return kinds
