"""`coach cards`: the deck, shipped and the user's own."""

import os
from pathlib import Path
from typing import Annotated, cast

import typer

from coach.card import Card, Lang
from coach.cli.draft import draft
from coach.cli.review import review
from coach.cli.serialize import brief_to_json, card_to_json
from coach.console import Json, emit, reporting, say, table, tell
from coach.deck import Deck, card_files, load_deck
from coach.lint import Finding
from coach.lint import lint as lint_cards
from coach.paths import CORPUS, Paths
from coach.text import clean

app = typer.Typer(no_args_is_help=True, help="The deck. Example: coach cards show adam")

LangOption = Annotated[str, typer.Option("--lang", help="en or zh")]


@app.command("list")
def list_cards(
    topic: Annotated[str | None, typer.Option(help="only this topic")] = None,
    own: Annotated[bool, typer.Option("--own", help="only your own cards")] = False,
    lang: LangOption = "en",
    as_json: Json = False,
) -> None:
    """All cards; your own are marked. Example: coach cards list --topic cnn"""
    with reporting(as_json):
        deck = _deck()
        wanted = deck.topic(topic) if topic else None
        cards = [
            card
            for card in deck
            if wanted in (None, card.topic) and (card.id in deck.own or not own)
        ]
        if as_json:
            rows = [brief_to_json(card, _lang(lang)) for card in cards]
            mine = [card.id for card in cards if card.id in deck.own]
            emit({"cards": rows, "own": mine, "problems": list(deck.problems)})
        else:
            _print_list(deck, cards, _lang(lang))


@app.command()
def show(card_id: str, lang: LangOption = "en", as_json: Json = False) -> None:
    """One card in full. Example: coach cards show adam --lang zh"""
    with reporting(as_json):
        deck = _deck()
        card = deck.get(card_id)
        if as_json:
            emit(card_to_json(card))
        else:
            _print_card(card, _lang(lang), own=card.id in deck.own)


@app.command()
def lint(
    path: Annotated[Path | None, typer.Argument(help="a card or a folder of cards")] = None,
    own: Annotated[
        bool, typer.Option("--own", help="by the rules for your own cards; they, without a path")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check cards; the shipped deck where no path is given. Example: coach cards lint my-cards/

    Your own cards need both languages and 1 to 8 key points; exemplars are optional there.
    """
    with reporting(as_json):
        mine = _own_folder()
        folder = path or (mine if own else CORPUS / "cards")
        if not (own and path is None and not mine.exists()):
            count, findings = _linted(folder, own=own or _lies_in(folder, mine))
        else:
            count, findings = 0, []
        if as_json:
            rows = [{"path": finding.path, "message": finding.message} for finding in findings]
            emit({"cards": count, "findings": rows})
        else:
            for finding in findings:
                tell(f"{finding.path}: {finding.message}")
            typer.echo(f"{count} cards, {len(findings)} findings")
    raise typer.Exit(1 if findings else 0)


app.command()(draft)
app.command()(review)


def _own_folder() -> Path:
    return Paths.from_environ(os.environ).cards_dir


def _deck() -> Deck:
    """The deck without the settings: a slip in them is no reason not to list cards."""
    return load_deck(own=_own_folder())


def _lies_in(path: Path, folder: Path) -> bool:
    return path.absolute().is_relative_to(folder)


def _linted(folder: Path, *, own: bool) -> tuple[int, list[Finding]]:
    exercises = [file.parent.name for file in (CORPUS / "exercises").glob("*/exercise.toml")]
    if not own:
        return lint_cards(folder, exercises)
    shipped = {card.id: card for card in load_deck()}
    count, findings = lint_cards(folder, exercises, own=True, elsewhere=shipped)
    clashes = [
        Finding(str(file), f"id {file.stem!r} belongs to a card of the shipped deck")
        for file in card_files(folder)
        if file.stem in shipped
    ]
    return count, [*findings, *clashes]


def _lang(text: str) -> Lang:
    if text not in ("en", "zh"):
        raise typer.BadParameter("it can be en or zh", param_hint="--lang")
    return cast("Lang", text)


def _print_list(deck: Deck, cards: list[Card], lang: Lang) -> None:
    head = ("topic", "card", "level", "kind", "question")
    rows = [
        tuple(clean(str(cell)) for cell in brief)
        for card in cards
        for brief in [(card.topic, card.id, card.level, card.kind, card.question[lang])]
    ]
    if deck.own:
        marks = ["own" if card.id in deck.own else "" for card in cards]
        head = ("", *head)  # type: ignore[assignment]
        rows = [(mark, *row) for mark, row in zip(marks, rows, strict=True)]
    table(rows, head)
    for problem in deck.problems:
        say(f"Left out: {problem}")


def _print_card(card: Card, lang: Lang, *, own: bool) -> None:
    mine = ", your own" if own else ""
    tell(f"{card.id}  ({card.topic}, {card.level}, {card.kind}{mine})\n")
    tell(f"{card.question[lang]}\n\n{card.reference[lang]}\n")
    for point in card.key_points:
        star = " *" if point.essential else ""
        tell(f"- [{point.weight}]{star} {point.text[lang]}")
    if card.exercise:
        tell(f"\ncoach practice start {card.exercise}")
