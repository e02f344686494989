"""Takes an interview forward and keeps every step in the history; knows nothing of widgets."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, Unpack

from coach import interview as flow
from coach import leading
from coach.errors import CoachError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from coach.app import Coach
    from coach.card import Card
    from coach.exercise import PracticeResult
    from coach.history import HalfAnswer
    from coach.interview import Ask, Plan, Session, Turn
    from coach.language import Lang
    from coach.memory import Rating
    from coach.verdict import Verdict


def begin(coach: "Coach", plan: "Plan") -> "Session":
    """A new session, saved; UsageError where no card fits the plan."""
    session = flow.start(plan, coach.deck, coach.memories(), coach.clock())
    coach.history.save(session)
    return session


def begin_among(coach: "Coach", cards: "Sequence[Card]", plan: "Plan") -> "Session":
    """A new session of some of these cards, chosen as in any interview, saved."""
    from coach.deck import Deck

    session = flow.start(plan, Deck(tuple(cards)), coach.memories(), coach.clock())
    coach.history.save(session)
    return session


class Own(TypedDict, total=False):
    """What a candidate says of an answer, as a turn keeps it."""

    notes: str
    self_rating: "Rating | None"
    rating: "Rating | None"


@dataclass(frozen=True)
class Presented:
    """A question as it is shown: code comes with its task and a program to start from."""

    prompt: str
    starter: str = ""
    trouble: CoachError | None = None


def present(coach: "Coach", ask: "Ask", lang: "Lang") -> Presented:
    """The question's text; `trouble` says why a code question's task or tests can't be had."""
    if ask.kind != "code":
        return Presented(ask.prompt)
    try:
        exercise = coach.practice.get(ask.card.exercise or "")
    except CoachError as error:
        return Presented(ask.prompt, trouble=error)
    return Presented(f"{ask.prompt}\n\n{exercise.task[lang]}", exercise.starter)


def follow_up_next(coach: "Coach", session: "Session") -> bool:
    """Whether the session goes on with a follow-up to the last answer."""
    following = flow.current(session, coach.deck)
    return following is not None and following.kind == "follow_up"


def following(coach: "Coach", session: "Session") -> "tuple[Ask | None, HalfAnswer]":
    """What is to be asked next, nothing typed yet; no question: the session is over."""
    from coach.history import HalfAnswer

    return flow.current(session, coach.deck), HalfAnswer()


def reopen(coach: "Coach", session: "Session") -> "tuple[Ask | None, HalfAnswer]":
    """What was being answered when the session was left, and what was typed to it."""
    from coach.afterwards import once_more

    written = coach.history.half_answer(session.id)
    if not written.again:
        return flow.current(session, coach.deck), written
    ask = once_more(session, coach.deck)
    return (ask, written) if ask else following(coach, session)


def hint(
    coach: "Coach", ask: "Ask", lang: "Lang", draft: str, given: "Sequence[str]"
) -> str | None:
    """A question that leads on, the next after those given; None where there is none."""
    steps = coach.practice.get(ask.card.exercise).hints if ask.card.exercise else ()
    return leading.hint(ask.card, lang, draft, given, steps)


def solution(coach: "Coach", ask: "Ask") -> str:
    """The program of the reference solution."""
    return coach.practice.get(ask.card.exercise or "").solution


def turn(
    ask: "Ask",
    answer: str,
    now: "datetime",
    elapsed_s: float,
    *,
    verdict: "Verdict | None" = None,
    practice: "PracticeResult | None" = None,
    skipped: bool = False,
    **own: "Unpack[Own]",
) -> "Turn":
    """The turn that answers one question, with what the candidate says of it."""
    from coach.practice import result_to_json

    return flow.Turn(
        card_id=ask.card.id,
        kind=ask.kind,
        prompt=ask.prompt,
        answer=answer,
        verdict=verdict,
        practice=None if practice is None else result_to_json(practice),
        skipped=skipped,
        elapsed_s=elapsed_s,
        key_point=ask.key_point,
        answered_at=now,
        again=ask.again,
        **own,
    )


def record(coach: "Coach", session: "Session", taken: "Turn") -> "Session":
    """The session with one more turn, saved."""
    session = flow.answered(session, taken)
    coach.history.save(session)
    return session


def close(coach: "Coach", session: "Session") -> "Session":
    """The session closed and saved."""
    session = flow.finish(session, coach.clock())
    coach.history.save(session)
    return session
