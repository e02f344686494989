"""`coach cards lint`: what is wrong with cards, by rules and by meaning; with `--model` their references too."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from coach.app import Coach
from coach.card import Card
from coach.cli.references import Report, judge
from coach.console import INTERRUPTED, Json, emit, reporting, tell
from coach.deck import card_files, load_card, load_deck
from coach.errors import InputFileError
from coach.index.shipped import looking_up
from coach.lint import Finding
from coach.lint import lint as lint_cards
from coach.paths import CORPUS, Paths
from coach.settings import Settings


def lint(
    path: Annotated[Path | None, typer.Argument(help="a card or a folder of cards")] = None,
    own: Annotated[
        bool, typer.Option("--own", help="by the rules for your own cards; they, without a path")
    ] = False,
    model: Annotated[
        bool, typer.Option("--model", help="also grade the references with the language model")
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=0, help="with --model: grade at most this many")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="with --model: also those graded before and unchanged")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check cards; the shipped deck where no path is given. Example: coach cards lint my-cards/

    Your own cards need both languages and 1 to 8 key points; exemplars are optional there.
    --model grades each reference against its own key points, which should all be found, and one of
    another topic, where none should; each judgement is kept, and below 97% right the exit code is 1.
    """
    report = None
    with reporting(as_json):
        folder, own = _folder(path, own=own)
        count, findings = _linted(folder, own=own)
        if model:
            with Coach.open(os.environ) as coach:
                report = judge(coach, _sound(folder), _verdicts(folder), limit, again=again)
        emit(_to_json(count, findings, report)) if as_json else _show(count, findings, report)
    if report is not None and report.interrupted:
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(1 if findings or (report is not None and not report.enough) else 0)


def _folder(path: Path | None, *, own: bool) -> tuple[Path, bool]:
    """What to check, and whether by the rules for the user's own cards."""
    mine = _paths().cards_dir
    folder = path or (mine if own else CORPUS / "cards")
    return folder, own or folder.absolute().is_relative_to(mine)


def _paths() -> Paths:
    return Paths.from_environ(os.environ)


def _linted(folder: Path, *, own: bool) -> tuple[int, list[Finding]]:
    if _absent(folder):
        return 0, []
    exercises = [file.parent.name for file in (CORPUS / "exercises").glob("*/exercise.toml")]
    # The default settings: cards are compared by the bundled model, and a slip in the user's costs nothing.
    with Coach(Settings(), _paths()) as coach:
        embed = looking_up(coach.embed, coach.embedder.name)
        if not own:
            return lint_cards(folder, exercises, embed=embed)
        shipped = {card.id: card for card in load_deck()}
        count, findings = lint_cards(folder, exercises, own=True, elsewhere=shipped, embed=embed)
    clashes = [
        Finding(str(file), f"id {file.stem!r} belongs to a card of the shipped deck")
        for file in card_files(folder)
        if file.stem in shipped
    ]
    return count, [*findings, *clashes]


def _absent(folder: Path) -> bool:
    """Whether these are the user's own cards, and there are none yet."""
    return folder == _paths().cards_dir and not folder.exists()


def _sound(folder: Path) -> list[tuple[Path, Card]]:
    """The cards that can be read and have key points; the others are findings already."""
    found = []
    for path in () if _absent(folder) else card_files(folder):
        try:
            card = load_card(path)
        except InputFileError:
            continue
        if card.key_points:
            found.append((path, card))
    return found


def _verdicts(folder: Path) -> Path:
    """Beside the shipped deck where that can be written, as in a checkout; else the user's file."""
    shipped = folder.absolute().is_relative_to(CORPUS) and os.access(CORPUS, os.W_OK)
    return CORPUS / "verdicts.jsonl" if shipped else _paths().verdicts_file


def _to_json(count: int, findings: list[Finding], report: Report | None) -> dict[str, Any]:
    rows = [{"path": finding.path, "message": finding.message} for finding in findings]
    judged = {} if report is None else {"references": report.to_json()}
    return {"cards": count, "findings": rows, **judged}


def _show(count: int, findings: list[Finding], report: Report | None) -> None:
    for finding in findings:
        tell(f"{finding.path}: {finding.message}")
    tell(f"{count} cards, {len(findings)} findings")
    if report is not None:
        report.show()
