"""What the home's workers post."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from coach.history.statistics import Moment, Today
    from coach.interview import Session
    from tui.model_choice import Offer
    from tui.state import Line
    from tui.widgets.recent_panel import Past


@dataclass
class Looked(Message):
    """One part of the state was gathered."""

    line: "Line"


@dataclass
class FoundPast(Message):
    """The history was read, and the drafts counted."""

    past: "tuple[Past, ...]"
    unfinished: "Session | None"
    drafts: int


@dataclass
class FoundToday(Message):
    """What is due and how ready the candidate is; then, with `progress`, how that came about."""

    today: "Today"
    progress: "tuple[Moment, ...]" = ()


@dataclass
class FoundOffer(Message):
    """A key lies in the environment and was not offered yet."""

    offer: "Offer"
