"""What the home shows of the program's state, gathered away from the screen."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import CoachError, UsageError
from tui.text import Words
from tui.widgets.recent_panel import Past

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.history.statistics import Moment, Today
    from coach.interview import Session

KEPT_ROWS = 12


@dataclass(frozen=True)
class Line:
    """How one part of the program is: `ready` is False where something is to be mended."""

    part: str
    ready: bool | None
    text: str


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


def stand(coach: "Coach") -> "Iterator[tuple[Today, tuple[Moment, ...]]]":
    """What is due and how ready the candidate is; then the same with readiness over time."""
    from coach.history.statistics import Moment, exercises, past, today

    now = coach.clock()
    found = today(coach.history, coach.deck, coach.memories(), now)
    yield found, ()
    if found.answers:
        # Replaying a long history takes a second; what is due does not wait for it.
        before = past(coach.history.reviews(exercises(coach.deck)), coach.deck, now)
        yield found, (*before, Moment(now, found.chance))


def begin_today(coach: "Coach") -> "Session":
    """A saved session of cards that are due, the least likely first; of any cards where none is due."""
    from coach.history.statistics import due
    from coach.interview import Plan, Session, new_id
    from coach.memory import choose, readiness
    from tui.drive import begin

    wanted, seed = coach.settings.interview, secrets.randbelow(2**31)
    minutes = wanted.minutes or None
    plan = Plan((), wanted.level or None, wanted.lang, wanted.questions, minutes, seed)
    memories, now = coach.memories(), coach.clock()
    waiting = due(memories, now)
    cards = [card for card in coach.deck.shuffled(seed) if card.id in waiting]
    if not cards:
        return begin(coach, plan)
    ready = readiness(coach.deck, memories, now)
    chosen = choose(cards, plan.questions, memories, ready, now)
    reasons = {choice.card.id: choice.why[plan.lang] for choice in chosen}
    session = Session(new_id(now), plan, tuple(reasons), now, reasons=reasons)
    coach.history.save(session)
    return session


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
            yield Line(part, False, " ".join(words.failure(error)))


def export_history(coach: "Coach", name: str) -> tuple[Path, int]:
    """Writes the whole history to a file that is not there yet; returns where it lies and its lines."""
    file = Path(name).expanduser().absolute()
    lines = list(coach.history.export())
    try:
        with file.open("x", encoding="utf-8") as target:
            target.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        reason = f"{file}: {error.strerror or error}"
        raise UsageError(reason, "Take another name or folder.") from error
    return file, len(lines)


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
