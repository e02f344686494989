"""The file of a draft: a card as it will be, and below it what it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.card import Bilingual, Card
from coach.deck import load_table, parse_card
from coach.document import SourceLine
from coach.errors import InputFileError
from coach.language import Lang

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Table

_TABLE = "draft"
_ABOUT = "Where this draft comes from; left out when you accept it."


@dataclass(frozen=True)
class Origin:
    """The pair a draft was made from, the model that made it, and its quotes by key point."""

    pair: str
    document: str
    line: int
    lang: Lang
    model: str
    quotes: Mapping[str, str]
    lines: tuple[SourceLine, ...]


def draft_text(card: Card, origin: Origin) -> str:
    """The file of a draft."""
    import tomlkit

    text = _card(card)
    table = tomlkit.table()
    table.comment(_ABOUT)
    for name in ("pair", "document", "line", "lang", "model"):
        table[name] = getattr(origin, name)
    quotes, lines = tomlkit.aot(), tomlkit.aot()
    for point, quote in origin.quotes.items():
        quotes.append(_row({"key_point": point, "quote": quote}))
    for line in origin.lines:
        lines.append(_row({"number": line.number, "text": line.text}))
    table["quotes"], table["lines"] = quotes, lines
    text[_TABLE] = table
    # A long text begins on a line of its own; inside a string these three quotes would be escaped.
    return tomlkit.dumps(text).replace('= """', '= """\n')


def accepted(draft: bytes) -> bytes:
    """The card alone out of a draft's file, in the user's own wording and order."""
    import tomlkit

    text = tomlkit.parse(draft)
    text.pop(_TABLE, None)
    return f"{tomlkit.dumps(text).rstrip()}\n".encode()


def read(file: Path) -> tuple[Card, Origin]:
    """The card and its origin; InputFileError names the line or field that is wrong."""
    table = load_table(file)
    origin = table.pop(_TABLE, None)
    card = parse_card(file, table)
    try:
        return card, _origin(origin)
    except (KeyError, TypeError, ValueError) as error:
        reason = f"{file}: the table {_TABLE!r} was changed and cannot be read."
        raise InputFileError(reason, "Reject the draft and make it anew.") from error


def _origin(table: Any) -> Origin:
    if table["lang"] not in ("en", "zh"):
        raise ValueError(table["lang"])
    return Origin(
        pair=str(table["pair"]),
        document=str(table["document"]),
        line=int(table["line"]),
        lang=table["lang"],
        model=str(table["model"]),
        quotes={str(row["key_point"]): str(row["quote"]) for row in table.get("quotes", ())},
        lines=tuple(
            SourceLine(int(row["number"]), str(row["text"])) for row in table.get("lines", ())
        ),
    )


def _card(card: Card) -> "TOMLDocument":
    import tomlkit

    text = tomlkit.document()
    for name in ("id", "topic", "level", "kind"):
        text[name] = getattr(card, name)
    sources = tomlkit.array()
    for source in card.sources:
        place = tomlkit.inline_table()
        place.update({"document": source.document, "item": source.item})
        sources.append(place)
    text["sources"] = sources
    text["question"] = _row(_both(card.question))
    text["reference"] = _row(_both(card.reference))
    rows: dict[str, list[dict[str, Any]]] = {
        "key_points": [
            {"id": point.id, **_both(point.text), "weight": point.weight}
            for point in card.key_points
        ],
        "common_mistakes": [_both(mistake) for mistake in card.common_mistakes],
        "follow_ups": [{"key_point": f.key_point, **_both(f.text)} for f in card.follow_ups],
    }
    for name, values in rows.items():
        tables = tomlkit.aot()
        for value in values:
            tables.append(_row(value))
        if values:
            text[name] = tables
    return text


def _both(text: Bilingual) -> dict[str, Any]:
    return {"en": text.en, "zh": text.zh}


def _row(values: Mapping[str, Any]) -> "Table":
    import tomlkit

    table = tomlkit.table()
    for name, value in values.items():
        long = isinstance(value, str) and "\n" in value
        table[name] = tomlkit.string(f"{value}\n", multiline=True) if long else value
    return table
