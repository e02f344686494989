"""A mock interview as values: transitions return new sessions, nothing is painted or stored here."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from coach import leading
from coach.card import Card, Level
from coach.deck import Deck
from coach.errors import UsageError
from coach.grade.task import Task
from coach.language import Lang
from coach.memory import Choice, Memories, Rating, choose, readiness
from coach.verdict import Verdict

TurnKind = Literal["question", "follow_up", "code"]


@dataclass(frozen=True)
class Plan:
    """What the candidate wants to be asked; no topics and no level mean all of them."""

    topics: tuple[str, ...] = ()
    level: Level | None = None
    lang: Lang = "en"
    questions: int = 5
    minutes: int | None = None
    seed: int = 0


@dataclass(frozen=True)
class Turn:
    """One question with its answer; a theory answer has a `verdict`, code has the result of its run.

    `self_rating` was given before the verdict, `rating` after it: when the card comes back follows the
    candidate's `rating` where there is one. A `disagreement` says what the candidate holds against the
    verdict; None is none, and it may be without a word. `own_score` (0 to 1) is the mark that goes with it.
    What was answered `again` is compared with the first answer and counts for nothing else. `notes` were
    made beside the answer and are not marked.
    """

    card_id: str
    kind: TurnKind
    prompt: str
    answer: str
    verdict: Verdict | None = None
    practice: Mapping[str, Any] | None = None
    skipped: bool = False
    elapsed_s: float = 0.0
    key_point: str | None = None
    answered_at: datetime | None = None
    self_rating: Rating | None = None
    rating: Rating | None = None
    disagreement: str | None = None
    own_score: float | None = None
    again: bool = False
    notes: str = ""

    @property
    def score(self) -> float | None:
        """Mark from 0 to 1; None where nothing was graded."""
        if self.skipped:
            return 0.0
        if self.practice is not None:
            return 1.0 if self.practice["passed"] else 0.0
        return self.verdict.score if self.verdict else None


@dataclass(frozen=True)
class Session:
    """An interview: the cards chosen for it, each with the reason, and the turns taken so far."""

    id: str
    plan: Plan
    card_ids: tuple[str, ...]
    started_at: datetime
    turns: tuple[Turn, ...] = ()
    finished_at: datetime | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ask:
    """What to ask next; `number` counts the cards from 1 to `total`, `why` says why it is this card."""

    card: Card
    kind: TurnKind
    prompt: str
    number: int
    total: int
    key_point: str | None = None
    why: str = ""
    again: bool = False

    def task(self, lang: Lang) -> Task:
        """What the answer is graded against: the whole card, or the one key point of a follow-up."""
        whole = Task.from_card(self.card, lang)
        if self.key_point is None:
            return whole
        points = tuple(point for point in whole.key_points if point.id == self.key_point)
        return replace(whole, question=self.prompt, key_points=points, follow_ups={})


@dataclass(frozen=True)
class Gap:
    """A key point that was missed, and where to read it."""

    card_id: str
    text: str
    verdict: str
    document: str | None
    start_line: int | None


@dataclass(frozen=True)
class Summary:
    """How an interview went; scores from 0 to 1, None where nothing was graded."""

    score: float | None
    answered: int
    ungraded: int
    skipped: int
    by_topic: Mapping[str, float]
    gaps: tuple[Gap, ...]


def new_id(now: datetime) -> str:
    """A short id for a session: it sorts by time and is free of look-alikes."""
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def start(
    plan: Plan, deck: Deck, memories: Memories, now: datetime, session_id: str | None = None
) -> Session:
    """A new session of the cards that are most worth asking now; UsageError where none fits the plan."""
    for topic in plan.topics:
        deck.topic(topic)
    chosen = select(plan, deck, memories, now)
    reasons = {choice.card.id: choice.why[plan.lang] for choice in chosen}
    return Session(session_id or new_id(now), plan, tuple(reasons), now, reasons=reasons)


def select(plan: Plan, deck: Deck, memories: Memories, now: datetime) -> list[Choice]:
    """The cards to ask, chosen among those of the plan's topics and level; UsageError where none fits."""
    fitting = [
        card
        for card in deck.shuffled(plan.seed)
        if (not plan.topics or card.topic in plan.topics)
        and (plan.level is None or card.level == plan.level)
    ]
    if not fitting:
        raise UsageError(
            "No card fits this topic and level.", "`coach cards list` shows what there is."
        )
    return choose(fitting, plan.questions, memories, readiness(deck, memories, now), now)


def current(session: Session, deck: Deck) -> Ask | None:
    """What to ask next, or None when the interview is over or its time, breaks not counted, is up."""
    if session.finished_at is not None or _time_is_up(session):
        return None
    follow_up = _follow_up(session, deck)
    if follow_up is not None:
        return follow_up
    asked = {turn.card_id for turn in session.turns}
    # A card of the user's own may have been deleted since.
    waiting = (i for i in session.card_ids if i not in asked and i in deck)
    if (card_id := next(waiting, None)) is None:
        return None
    card, number = deck.get(card_id), session.card_ids.index(card_id) + 1
    kind: TurnKind = "code" if card.exercise else "question"
    prompt, why = card.question[session.plan.lang], session.reasons.get(card_id, "")
    return Ask(card, kind, prompt, number, len(session.card_ids), why=why)


def answered(session: Session, turn: Turn) -> Session:
    """The session with one more turn."""
    return replace(session, turns=(*session.turns, turn))


def amended(session: Session, number: int, **changes: Any) -> Session:
    """The session with fields of its turn `number` (from 0) changed: a rating, a disagreement."""
    turns = list(session.turns)
    turns[number] = replace(turns[number], **changes)
    return replace(session, turns=tuple(turns))


def finish(session: Session, now: datetime) -> Session:
    """The session closed; closing it again changes nothing."""
    return session if session.finished_at else replace(session, finished_at=now)


def summarize(session: Session, deck: Deck) -> Summary:
    """Adds up the first answers to each card; follow-ups and repeated ones are practice."""
    asked = [turn for turn in session.turns if turn.kind != "follow_up" and not turn.again]
    topics: dict[str, list[float]] = {}
    for turn in asked:
        if turn.score is not None:
            topic = deck.get(turn.card_id).topic if turn.card_id in deck else "(removed)"
            topics.setdefault(topic, []).append(turn.score)
    scores = [score for group in topics.values() for score in group]
    return Summary(
        score=sum(scores) / len(scores) if scores else None,
        answered=sum(not turn.skipped for turn in asked),
        ungraded=sum(turn.score is None for turn in asked),
        skipped=sum(turn.skipped for turn in asked),
        by_topic={topic: sum(group) / len(group) for topic, group in topics.items()},
        gaps=tuple(gap for turn in asked for gap in _gaps(turn)),
    )


def _time_is_up(session: Session) -> bool:
    minutes = session.plan.minutes
    return minutes is not None and sum(turn.elapsed_s for turn in session.turns) >= 60 * minutes


def _follow_up(session: Session, deck: Deck) -> Ask | None:
    """A question about a gap of the last answer to a card, by its newest verdict."""
    since: list[Turn] = []
    for turn in reversed(session.turns):
        since.append(turn)
        if turn.kind != "follow_up" and not turn.again:
            break
    verdicts = [turn.verdict for turn in since if turn.kind == "question" and turn.verdict]
    followed = [turn for turn in since if turn.kind == "follow_up"]
    if not verdicts or any(turn.skipped for turn in followed) or since[-1].card_id not in deck:
        return None
    card, lang = deck.get(since[-1].card_id), session.plan.lang
    done = {turn.key_point or "" for turn in followed}
    if (found := leading.follow_up(card, verdicts[0], lang, done)) is None:
        return None
    number, total = session.card_ids.index(card.id) + 1, len(session.card_ids)
    return Ask(card, "follow_up", found.text[lang], number, total, found.key_point)


def _gaps(turn: Turn) -> list[Gap]:
    points = turn.verdict.key_points if turn.verdict else ()
    return [
        Gap(
            turn.card_id,
            point.text,
            point.verdict,
            point.citation.chunk.document if point.citation else None,
            point.citation.chunk.locator.start_line if point.citation else None,
        )
        for point in points
        if point.verdict in ("missing", "partial", "contradicted")
    ]
