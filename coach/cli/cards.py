"""`coach cards`: the deck, shipped and the user's own."""

import os
from pathlib import Path
from typing import Annotated, cast

import typer

from coach.card import Card
from coach.cli.draft import draft
from coach.cli.lint import lint
from coach.cli.review import review
from coach.cli.serialize import brief_to_json, card_to_json
from coach.console import Json, emit, reporting, say, table, tell
from coach.deck import Deck, load_deck
from coach.language import Lang
from coach.paths import Paths
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


app.command()(lint)
app.command()(draft)
app.command()(review)


def _own_folder() -> Path:
    return Paths.from_environ(os.environ).cards_dir


def _deck() -> Deck:
    """The deck without the settings: a slip in them is no reason not to list cards."""
    return load_deck(own=_own_folder())


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
