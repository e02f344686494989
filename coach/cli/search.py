"""`coach search`: passages, without a model."""

import os
from typing import Annotated, Any, Literal, cast

import typer

from coach.app import Coach
from coach.console import Json, emit, progress_line, reporting, say, tell
from coach.document import Chunk, Passage
from coach.errors import UsageError

app = typer.Typer(help='Find passages. Example: coach search "why batch norm" -k 3')

LANGS = ("any", "en", "zh")


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="what to look for, in English or Chinese")],
    k: Annotated[int, typer.Option("-k", help="how many passages")] = 5,
    lang: Annotated[str, typer.Option("--lang", help="any, en or zh")] = "any",
    as_json: Json = False,
) -> None:
    """The passages nearest to a query, in both languages.

    Example: coach search "vanishing gradients" -k 3 --lang zh
    """
    with reporting(as_json), Coach.open(os.environ) as coach:
        if lang not in LANGS:
            raise UsageError(f"--lang is {lang!r}.", f"It can be {', '.join(LANGS)}.")
        coach.index.ensure(progress_line("index"))
        found = coach.retriever.search(query, k, cast("Literal['any', 'en', 'zh']", lang))
    if as_json:
        emit({"query": query, "passages": [passage_to_json(passage) for passage in found]})
    else:
        for number, passage in enumerate(found, start=1):
            _show(number, passage)
    if not found:
        say("Nothing was found.")
        raise typer.Exit(1)


def passage_to_json(passage: Passage) -> dict[str, Any]:
    """A passage as `search` prints it."""
    chunk = passage.chunk
    return {
        "id": chunk.id,
        "document": chunk.document,
        "also_in": [
            {"document": other.document, "locator": _locator(other)} for other in passage.also_in
        ],
        "locator": _locator(chunk),
        "lang": chunk.lang,
        "text": chunk.text,
        "score": round(passage.score, 4),
    }


def _locator(chunk: Chunk) -> dict[str, Any]:
    place = chunk.locator
    return {"start_line": place.start_line, "end_line": place.end_line, "heading": place.heading}


def _show(number: int, passage: Passage) -> None:
    place = passage.chunk.locator
    lines = f"lines {place.start_line}-{place.end_line}"
    tell(f"[{number}] {passage.chunk.document}, {lines}, score {passage.score:.2f}")
    for line in passage.chunk.text.split("\n"):
        tell(f"    {line}".rstrip())
    tell("")
