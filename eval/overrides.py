"""What candidates hold of verdicts: marked answers of the history, and the mark each should have had."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from coach.deck import Deck
from coach.errors import InputFileError
from coach.grade.combine import score_of
from coach.grade.task import Task
from coach.interview import Session, Turn
from coach.memory.reviews import SCORES, rating_of
from coach.verdict import Verdict
from eval.calibrate import Pair

LEAST = 20
"""So many verdicts must have been disagreed with before marks follow."""


@dataclass(frozen=True)
class Judged:
    """One verdict that a candidate saw; all marks from 0 to 1.

    `score` is the key points' weighted sum before any calibration, None where it can't be told;
    `own` is the candidate's mark: the one given where the verdict was let stand, None where a
    disagreement names none.
    """

    card: str
    model: str
    at: datetime
    given: float
    score: float | None
    own: float | None
    disputed: bool


def judged(sessions: Iterable[Session], deck: Deck) -> list[Judged]:
    """Returns the verdicts with a mark, the oldest first."""
    found = (one for session in sessions for one in _of_session(session, deck))
    return sorted(found, key=lambda one: one.at)


def pairs(found: Iterable[Judged], model: str) -> list[Pair]:
    """Returns scores and candidates' marks of one model's verdicts, those that were let stand too.

    Only the others would do: whoever disagrees mostly finds a mark too low, and all marks would rise.
    InputFileError where too few were disagreed with.
    """
    held = [one for one in found if one.model == model and one.score is not None]
    named = sum(one.disputed and one.own is not None for one in held)
    if named < LEAST:
        silent = sum(one.disputed and one.own is None for one in held)
        more = f" ({silent} more without a mark or rating of your own)" if silent else ""
        raise InputFileError(
            f"You disagreed with {named} verdicts of {model}{more}: too few to calibrate with.",
            f"At least {LEAST} are needed: disagree in interviews and say the mark you find right, "
            "or calibrate with a marked set.",
        )
    return [
        Pair(one.card, one.score, one.own)
        for one in held
        if one.score is not None and one.own is not None
    ]


def _of_session(session: Session, deck: Deck) -> Iterator[Judged]:
    for turn in session.turns:
        verdict = turn.verdict
        if verdict is None or verdict.score is None or turn.skipped or turn.again:
            continue
        yield Judged(
            card=turn.card_id,
            model=verdict.model,
            at=turn.answered_at or session.started_at,
            given=verdict.score,
            score=_score(turn.card_id, verdict, deck),
            own=_own(turn, verdict.score),
            disputed=turn.disagreement is not None,
        )


def _own(turn: Turn, given: float) -> float | None:
    """The mark said, else that of the rating, which stands for a range: one that holds the mark given agrees."""
    if turn.disagreement is None:
        return given
    if turn.own_score is not None:
        return turn.own_score
    if turn.rating is None:
        return None
    return given if rating_of(given) == turn.rating else SCORES[turn.rating]


def _score(card_id: str, verdict: Verdict, deck: Deck) -> float | None:
    """None where nothing was judged, and where the card is gone or has other key points now."""
    if verdict.grade == "no_answer" or card_id not in deck:
        return None
    points = {point.id: point for point in Task.from_card(deck.get(card_id), "en").key_points}
    asked = [points[v.id] for v in verdict.key_points if v.id in points]
    if not asked or len(asked) < len(verdict.key_points):
        return None
    return score_of(asked, verdict.key_points)
