"""`coach cards`: the deck."""

from pathlib import Path
from typing import Annotated, Any, cast

import typer

from coach.card import Bilingual, Card, Lang
from coach.console import Json, emit, reporting, table
from coach.deck import load_deck
from coach.lint import lint as lint_cards
from coach.paths import CORPUS

app = typer.Typer(no_args_is_help=True, help="The deck. Example: coach cards show adam")

LangOption = Annotated[str, typer.Option("--lang", help="en or zh")]


@app.command("list")
def list_cards(
    topic: Annotated[str | None, typer.Option(help="only this topic")] = None,
    lang: LangOption = "en",
    as_json: Json = False,
) -> None:
    """All cards. Example: coach cards list --topic cnn"""
    with reporting(as_json):
        deck = load_deck()
        wanted = deck.topic(topic) if topic else None
        cards = [card for card in deck if wanted in (None, card.topic)]
        if as_json:
            emit({"cards": [_brief(card, _lang(lang)) for card in cards]})
        else:
            rows = [
                (card.topic, card.id, card.level, card.kind, card.question[_lang(lang)])
                for card in cards
            ]
            table(rows, ("topic", "card", "level", "kind", "question"))


@app.command()
def show(card_id: str, lang: LangOption = "en", as_json: Json = False) -> None:
    """One card in full. Example: coach cards show adam --lang zh"""
    with reporting(as_json):
        card = load_deck().get(card_id)
        emit(_full(card)) if as_json else _print_card(card, _lang(lang))


@app.command()
def lint(
    path: Annotated[Path | None, typer.Argument(help="a card or a folder of cards")] = None,
    as_json: Json = False,
) -> None:
    """Check cards; the shipped deck where no path is given. Example: coach cards lint my-cards/"""
    with reporting(as_json):
        folder = path or CORPUS / "cards"
        exercises = [file.parent.name for file in (CORPUS / "exercises").glob("*/exercise.toml")]
        count, findings = lint_cards(folder, exercises)
        if as_json:
            rows = [{"path": finding.path, "message": finding.message} for finding in findings]
            emit({"cards": count, "findings": rows})
        else:
            for finding in findings:
                typer.echo(f"{finding.path}: {finding.message}")
            typer.echo(f"{count} cards, {len(findings)} findings")
    raise typer.Exit(1 if findings else 0)


def _lang(text: str) -> Lang:
    if text not in ("en", "zh"):
        raise typer.BadParameter("it can be en or zh", param_hint="--lang")
    return cast("Lang", text)


def _brief(card: Card, lang: Lang) -> dict[str, str]:
    return {
        "id": card.id,
        "topic": card.topic,
        "level": card.level,
        "kind": card.kind,
        "question": card.question[lang],
    }


def _both(text: Bilingual) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def _full(card: Card) -> dict[str, Any]:
    return {
        **_brief(card, "en"),
        "question": _both(card.question),
        "reference": _both(card.reference),
        "key_points": [
            {"id": p.id, **_both(p.text), "weight": p.weight, "essential": p.essential}
            for p in card.key_points
        ],
        "common_mistakes": [_both(mistake) for mistake in card.common_mistakes],
        "follow_ups": [{"key_point": f.key_point, **_both(f.text)} for f in card.follow_ups],
        "exemplars": [
            {"lang": e.lang, "answer": e.answer, "covers": list(e.covers), "score": e.score}
            for e in card.exemplars
        ],
        "sources": [{"document": s.document, "item": s.item} for s in card.sources],
        "exercise": card.exercise,
        "see_also": list(card.see_also),
        "prerequisites": list(card.prerequisites),
        "notes": card.notes,
    }


def _print_card(card: Card, lang: Lang) -> None:
    typer.echo(f"{card.id}  ({card.topic}, {card.level}, {card.kind})\n")
    typer.echo(f"{card.question[lang]}\n\n{card.reference[lang]}\n")
    for point in card.key_points:
        star = " *" if point.essential else ""
        typer.echo(f"- [{point.weight}]{star} {point.text[lang]}")
    if card.exercise:
        typer.echo(f"\ncoach practice start {card.exercise}")
