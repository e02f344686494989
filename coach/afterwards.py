"""What a candidate can do with an answer that has its verdict: answer again, or hold a mark against it."""

from dataclasses import replace
from typing import Any

from coach.deck import Deck
from coach.interview import Ask, Session, Turn, amended
from coach.memory import Rating, rating_of


def once_more(session: Session, deck: Deck) -> Ask | None:
    """What was asked last, to be answered again; None where nothing was or its card has left the deck."""
    last = session.turns[-1] if session.turns else None
    if last is None or last.card_id not in deck or last.card_id not in session.card_ids:
        return None
    number = session.card_ids.index(last.card_id) + 1
    ask = Ask(deck.get(last.card_id), last.kind, last.prompt, number, len(session.card_ids))
    return replace(ask, key_point=last.key_point, again=True)


def first_answer(session: Session) -> Turn | None:
    """The first answer to what was asked last."""
    return next((turn for turn in reversed(session.turns) if not turn.again), None)


def rated(session: Session, rating: Rating) -> Session:
    """The session with the candidate's own rating of the last card, kept with the first answer to it."""
    number = max(number for number, turn in enumerate(session.turns) if rates_card(turn))
    return amended(session, number, rating=rating)


def rates_card(turn: Turn) -> bool:
    """Whether an answer counts for its card as a whole: what comes after the first one is practice."""
    return not turn.again and turn.kind != "follow_up"


def disputed(session: Session, own_score: float | None, reason: str = "") -> Session:
    """The session with the candidate's own mark (0 to 1) beside its last verdict; None takes it back."""
    return amended(session, len(session.turns) - 1, **own_mark(own_score, reason))


def own_mark(own_score: float | None, reason: str = "") -> dict[str, Any]:
    """What an own mark (0 to 1) changes in a turn: it rates the card, as a mark does; None takes it back."""
    if own_score is None:
        return {"own_score": None, "disagreement": None, "rating": None}
    return {"own_score": own_score, "disagreement": reason, "rating": rating_of(own_score)}
