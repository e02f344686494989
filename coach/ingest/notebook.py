"""The text of a Jupyter notebook, cell by cell: plain JSON, whatever version wrote it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from coach.errors import InputFileError
from coach.ingest.decode import decode


def cells(data: bytes, name: str) -> list[tuple[str, str]]:
    """Each cell with its text; code stands between fences. Outputs are left out: they repeat or are pictures."""
    found = _cells(_parsed(decode(data, name), name))
    if found is None:
        raise InputFileError(
            f"{name}: this is no notebook: it has no cells.", "Open it in Jupyter and save it anew."
        )
    texts = [(f"cell {number}", _text(cell)) for number, cell in enumerate(found, start=1)]
    return [(label, f"{text}\n") for label, text in texts if text.strip()]


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputFileError(
            f"{name}: line {error.lineno} is broken ({error.msg}).",
            "Open it in Jupyter and save it anew.",
            error.lineno,
        ) from error
    except RecursionError as error:
        raise InputFileError(f"{name}: it is nested too deeply for a notebook.") from error


def _cells(table: Any) -> list[Mapping[str, Any]] | None:
    if not isinstance(table, dict):
        return None
    # Up to version 3 the cells lay in worksheets.
    sheets = table.get("worksheets")
    holders = sheets if isinstance(sheets, list) else [table]
    lists = [holder.get("cells") for holder in holders if isinstance(holder, dict)]
    if not lists or not all(isinstance(found, list) for found in lists):
        return None
    return [cell for found in lists if found for cell in found if isinstance(cell, dict)]


def _text(cell: Mapping[str, Any]) -> str:
    text = _source(cell.get("source", cell.get("input", ""))).strip("\n")
    kind = cell.get("cell_type")
    if kind == "heading":
        level = cell.get("level")
        return f"{'#' * (level if isinstance(level, int) and 0 < level < 7 else 1)} {text}"
    if kind != "code" or not text.strip():
        return text
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}\n{text}\n{fence}"


def _source(value: Any) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""
