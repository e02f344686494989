"""`coach cards review`: what was drafted, and the user's word on it."""

import importlib
import os
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.app import Coach
from coach.cli.draft import brief, summary
from coach.console import Json, emit, reporting, say, table, tell

if TYPE_CHECKING:
    from coach.draft import Draft, DraftBox

Ids = list[str] | None
KEYS = "[a]ccept  [e]dit  [r]eject  [s]kip  [q]uit: "


def review(
    draft_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="show this draft in full")
    ] = None,
    accept: Annotated[Ids, typer.Option("--accept", help="move a draft to your own deck")] = None,
    reject: Annotated[Ids, typer.Option("--reject", help="delete a draft")] = None,
    edit: Annotated[str | None, typer.Option("--edit", help="open a draft in $EDITOR")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="one by one, without the screen")] = False,
    as_json: Json = False,
) -> None:
    """Decide on drafts: on a screen where there is a terminal, or by --accept, --edit and --reject.

    A draft with something to mend is not accepted (exit code 1); an unsupported key point is for you
    to judge. Example: coach cards review what-is-dropout
    """
    with reporting(as_json), Coach.open(os.environ) as coach:
        box = coach.draft_box
        if accept or reject:
            code = _decide(box, accept or [], reject or [], as_json)
        elif edit is not None:
            code = _edited(box, edit, as_json)
        elif draft_id is not None:
            found = box.get(draft_id)
            emit(full(found)) if as_json else show(found)
            code = 0
        elif plain and not as_json:
            code = one_by_one(coach)
        elif not as_json and sys.stdin.isatty() and sys.stdout.isatty():
            # By name: no face imports another.
            importlib.import_module("tui.app").run(coach, drafts=True)
            code = 0
        else:
            code = _list(box, as_json)
    raise typer.Exit(code)


def _decide(box: "DraftBox", accept: list[str], reject: list[str], as_json: bool) -> int:
    # All ids are looked up first: a slip in one must not leave the others half done.
    wanted, unwanted = [box.get(i) for i in accept], [box.get(i) for i in reject]
    taken = [draft for draft in wanted if not draft.findings]
    blocked = [draft for draft in wanted if draft.findings]
    accepted = [{"id": draft.id, "path": str(box.accept(draft).card)} for draft in taken]
    for draft in unwanted:
        box.reject(draft)
    if as_json:
        emit(
            {
                "accepted": accepted,
                "rejected": [draft.id for draft in unwanted],
                "blocked": [{"id": d.id, "findings": list(d.findings)} for d in blocked],
            }
        )
    else:
        for row in accepted:
            tell(f"Accepted: {row['path']}")
        for draft in unwanted:
            tell(f"Rejected: {draft.id}")
        for draft in blocked:
            _say_blocked(draft)
    return 1 if blocked else 0


def _say_blocked(draft: "Draft") -> None:
    say(f"Not accepted: {draft.id}")
    for finding in draft.findings:
        say(f"  {finding}")
    say(f"  Mend it: coach cards review --edit {draft.id}")


def _edited(box: "DraftBox", draft_id: str, as_json: bool) -> int:
    from coach.draft import open_editor

    open_editor(box.get(draft_id).file)
    draft = box.get(draft_id)
    emit(full(draft)) if as_json else show(draft)
    return 1 if draft.findings else 0


def one_by_one(coach: Coach) -> int:
    """Shows each draft and asks what to do with it; the end of the input leaves the rest."""
    from coach.errors import CoachError

    ids = [draft.id for draft in coach.draft_box.drafts()]
    if not ids:
        tell("No drafts: coach cards draft PATH makes some.")
    for number, draft_id in enumerate(ids, 1):
        tell(f"\n{number}/{len(ids)}")
        show(coach.draft_box.get(draft_id))
        while (key := _key()) != "s":
            if key == "q":
                return 0
            try:
                done = _act(coach.draft_box, draft_id, key)
            except CoachError as error:
                say(f"{error.message} {error.hint}")
                continue
            if done:
                break
    return 0


def _key() -> str:
    try:
        typed = input(KEYS).strip().lower()[:1]
    except EOFError:
        return "q"
    return typed


def _act(box: "DraftBox", draft_id: str, key: str) -> bool:
    """Does what a key stands for; tells whether the draft is dealt with."""
    from coach.draft import open_editor

    draft = box.get(draft_id)
    if key == "e":
        open_editor(draft.file)
        show(box.get(draft_id))
    elif key == "r":
        box.reject(draft)
    elif key == "a" and draft.findings:
        _say_blocked(draft)
    elif key == "a":
        tell(f"Accepted: {box.accept(draft).card}")
    return key == "r" or (key == "a" and not draft.findings)


def _list(box: "DraftBox", as_json: bool) -> int:
    drafts = box.drafts()
    if as_json:
        emit({"drafts": [brief(draft) for draft in drafts]})
        return 0
    if not drafts:
        say("No drafts: coach cards draft PATH makes some.")
        return 0
    table([(d.id, _place(d), summary(d)) for d in drafts], ("draft", "from", "state"))
    return 0


def _place(draft: "Draft") -> str:
    return f"{draft.origin.document}:{draft.origin.line}" if draft.origin else "-"


def show(draft: "Draft") -> None:
    """One draft as a person reads it: each key point above the lines it rests on."""
    tell(f"{draft.id}  {_place(draft)}")
    card, origin = draft.card, draft.origin
    if card is not None and origin is not None:
        tell(f"({card.topic}, {card.level}, {card.kind}; drafted by {origin.model})\n")
        tell(
            f"{card.question.en}\n{card.question.zh}\n\n{card.reference.en}\n\n{card.reference.zh}"
        )
        texts = {line.number: line.text for line in origin.lines}
        for point in card.key_points:
            numbers = draft.support.get(point.id, ())
            flag = "" if numbers else "  [unsupported: no line of the notes plainly says so]"
            tell(f"\n{point.id}  {point.text.en}\n    {point.text.zh}{flag}")
            for number in numbers:
                tell(f"    {origin.document}:{number} | {texts[number].strip()}")
        _show_rest(draft)
    for finding in draft.findings:
        tell(f"To mend: {finding}")


def _show_rest(draft: "Draft") -> None:
    card = draft.card
    if card is None:
        return
    for title, texts in (
        ("Common mistakes", list(card.common_mistakes)),
        ("Follow-ups", [follow_up.text for follow_up in card.follow_ups]),
    ):
        if texts:
            tell(f"\n{title}")
        for text in texts:
            tell(f"- {text.en}\n  {text.zh}")
    tell("")


def full(draft: "Draft") -> dict[str, Any]:
    """A draft in full as JSON, with the source lines of each key point."""
    card, origin = draft.card, draft.origin
    if card is None or origin is None:
        return brief(draft)
    from coach.cli.serialize import card_to_json

    texts = {line.number: line.text for line in origin.lines}
    shown = card_to_json(card)
    for point in shown["key_points"]:
        numbers = draft.support.get(point["id"], ())
        point["lines"] = [{"line": number, "text": texts[number]} for number in numbers]
        point["supported"] = bool(numbers)
    return {
        **shown,
        "file": str(draft.file),
        "model": origin.model,
        "unsupported": list(draft.unsupported),
        "findings": list(draft.findings),
    }
