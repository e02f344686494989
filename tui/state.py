"""What the home shows of the program's state, gathered away from the screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import CoachError
from coach.settings import load, save_value
from tui.text import Words
from tui.widgets.recent_panel import Past

if TYPE_CHECKING:
    from coach.app import Coach

KEPT_ROWS = 12
OFFER = "endpoint_offered"
SUGGESTED = "gpt-5-mini"


@dataclass(frozen=True)
class Line:
    """How one part of the program is: `ready` is False where something is to be mended."""

    part: str
    ready: bool | None
    text: str


@dataclass(frozen=True)
class Offer:
    """A key found in the environment: its variable, the endpoint and model it would open."""

    variable: str
    base_url: str
    model: str
    own_url: bool


def past_interviews(coach: "Coach", words: Words) -> tuple[Past, ...]:
    """The latest interviews in which something was answered."""
    from coach.interview import summarize

    sessions = coach.history.sessions(KEPT_ROWS, answered=True)
    return tuple(
        Past(
            when=local(session.started_at),
            topics=", ".join(session.plan.topics) or words("home.all_topics"),
            answered=summary.answered,
            score=summary.score,
            finished=session.finished_at is not None,
        )
        for session in sessions
        for summary in [summarize(session, coach.deck)]
    )


def look(coach: "Coach", words: Words) -> Iterator[Line]:
    """The state of each part, the quick ones first."""
    parts: dict[str, Callable[[Coach, Words], Line]] = {
        "settings": _settings,
        "deck": _deck,
        "model": _model,
        "index": _index,
    }
    for part, describe in parts.items():
        try:
            yield describe(coach, words)
        except CoachError as error:
            yield Line(part, False, f"{error.message} {error.hint}".strip())


def find_offer(coach: "Coach") -> Offer | None:
    """An endpoint in the environment that the settings do not use and that was not offered before."""
    if coach.settings.model.name or coach.settings.model.base_url:
        return None
    found = coach.models.offer(coach.environ)
    if found is None or not found.has_key or coach.history.note(OFFER):
        return None
    own = bool(coach.environ.get("OPENAI_BASE_URL"))
    return Offer("OPENAI_API_KEY", found.base_url, "" if own else SUGGESTED, own)


def settle_offer(coach: "Coach", offer: Offer, model: str | None) -> None:
    """Remembers the answer; a model's name puts it in the settings, None leaves them alone."""
    coach.history.save_note(OFFER, "declined" if model is None else "accepted")
    if model is None:
        return
    file = coach.paths.config_file
    if offer.own_url:
        save_value(file, "model.base_url", offer.base_url)
    save_value(file, "model.name", model if offer.own_url else f"openai:{model or SUGGESTED}")
    coach.close()
    coach.settings = load(file)


def local(moment: datetime) -> str:
    """A moment in the reader's own time, to the minute."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def _settings(coach: "Coach", words: Words) -> Line:  # noqa: ARG001
    return Line("settings", True, settings_place(coach))


def settings_place(coach: "Coach") -> str:
    """The settings file as one would type it."""
    return place(coach.paths.config_file)


def place(path: Path) -> str:
    """A path as one would type it."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def _deck(coach: "Coach", words: Words) -> Line:
    deck = coach.deck
    code = sum(card.exercise is not None for card in deck)
    text = words("home.deck_line", cards=len(deck), topics=len(deck.topics), code=code)
    return Line("deck", True, text)


def _model(coach: "Coach", words: Words) -> Line:
    choice = coach.models.choice(coach.settings.model, coach.environ)
    if choice.kind != "embedded":
        where = choice.base_url or choice.name.partition(":")[0]
        return Line("model", True, words("home.model_remote", name=choice.name, where=where))
    ready = coach.models.installed(choice.name)
    text = "home.model_embedded" if ready else "home.model_absent"
    return Line("model", ready, words(text, name=choice.name))


def _index(coach: "Coach", words: Words) -> Line:
    status = coach.index.status()
    if status.state == "absent":
        return Line("index", None, words("home.index_absent"))
    if status.state == "stale":
        return Line("index", None, words("home.index_late"))
    if status.state != "ready":
        return Line("index", False, status.detail or words("home.index_stale"))
    text = words("home.index_ready", passages=status.passages, documents=status.documents)
    return Line("index", True, text)
