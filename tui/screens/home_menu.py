"""What the home offers: more where something was begun or waits."""

from typing import TYPE_CHECKING, NamedTuple

from tui.text import Words
from tui.widgets.menu import MenuItem

if TYPE_CHECKING:
    from coach.interview import Session


class Waiting(NamedTuple):
    """What waits for the candidate: an interview, drafts, cards that are due (None: not counted yet)."""

    unfinished: "Session | None" = None
    drafts: int = 0
    due: int | None = None


def menu_items(words: Words, waiting: Waiting) -> tuple[MenuItem, ...]:
    """The menu's items; the unfinished interview comes first, drafts only where some wait."""
    items = [
        MenuItem("today", "t", words("home.today"), _due(words, waiting.due)),
        MenuItem("app.start", "n", words("home.start"), words("home.start_note")),
        MenuItem("app.ask", "a", words("home.ask"), words("home.ask_note")),
        MenuItem("app.deck", "d", words("home.deck"), words("home.deck_note")),
        MenuItem("app.history", "h", words("home.history"), words("home.history_note")),
        MenuItem("app.statistics", "s", words("home.statistics"), words("home.statistics_note")),
        MenuItem("app.eval", "e", words("home.eval"), words("home.eval_note")),
        MenuItem("app.settings", ",", words("home.settings"), words("home.settings_note")),
    ]
    if waiting.unfinished is not None:
        items.insert(0, _resume(words, waiting.unfinished))
    if waiting.drafts:
        note = words("home.drafts_note", count=waiting.drafts)
        items.append(MenuItem("app.drafts", "v", words("home.drafts"), note))
    return (*items, MenuItem("app.quit", "q", words("home.quit")))


def _due(words: Words, due: int | None) -> str:
    if due is None:
        return words("home.looking")
    return words("home.due", count=due) if due else words("home.none_due")


def _resume(words: Words, session: "Session") -> MenuItem:
    from tui.state import local

    total = len(session.card_ids)
    number = min(len({turn.card_id for turn in session.turns}) + 1, total)
    note = words("home.resume_note", number=number, total=total, when=local(session.started_at))
    return MenuItem("resume", "r", words("home.resume"), note)
