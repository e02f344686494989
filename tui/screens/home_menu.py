"""What the home offers: more where something was begun or waits."""

from typing import TYPE_CHECKING

from tui.text import Words
from tui.widgets.menu import MenuItem

if TYPE_CHECKING:
    from coach.interview import Session


def menu_items(words: Words, unfinished: "Session | None", drafts: int) -> tuple[MenuItem, ...]:
    """The menu's items; the unfinished interview comes first, drafts only where some wait."""
    items = [
        MenuItem("app.start", "n", words("home.start"), words("home.start_note")),
        MenuItem("app.ask", "a", words("home.ask"), words("home.ask_note")),
        MenuItem("app.deck", "d", words("home.deck"), words("home.deck_note")),
    ]
    if unfinished is not None:
        items.insert(0, _resume(words, unfinished))
    if drafts:
        note = words("home.drafts_note", count=drafts)
        items.append(MenuItem("app.drafts", "v", words("home.drafts"), note))
    return (*items, MenuItem("app.quit", "q", words("home.quit")))


def _resume(words: Words, session: "Session") -> MenuItem:
    from tui.state import local

    total = len(session.card_ids)
    number = min(len({turn.card_id for turn in session.turns}) + 1, total)
    note = words("home.resume_note", number=number, total=total, when=local(session.started_at))
    return MenuItem("resume", "r", words("home.resume"), note)
