"""A history of made answers for the screens that look back."""

from datetime import timedelta

from screen_standins import ADAM, DROPOUT, GOOD, NOON, SOFTMAX, StandInCoach, verdict

from coach.interview import Plan, Session, Turn

DAY = timedelta(days=1)
CARDS = (ADAM, DROPOUT, SOFTMAX)
CASES = [
    {"name": "two numbers", "status": "passed", "message": "", "elapsed_s": 0.01},
    {
        "name": "large numbers",
        "status": "wrong",
        "message": "[b]nan[/b] is not 1",
        "elapsed_s": 0.01,
    },
]


def answer(number: int, ago: timedelta, lang: str = "en") -> Turn:
    """One of the three cards in turn, marked from poor to good and round again."""
    card = CARDS[number % 3]
    at, prompt = NOON - ago, card.question["zh" if lang == "zh" else "en"]
    if card.exercise:
        passed = number % 2 == 0
        practice = {"exercise": "softmax", "passed": passed, "cases": CASES[: 1 if passed else 2]}
        program = f"def softmax(scores):\n    return scores  # {number}\n"
        return Turn(card.id, "code", prompt, program, practice=practice, answered_at=at)
    score = (number % 10) / 9
    grade = "correct" if score > 0.8 else "partial" if score > 0.3 else "incorrect"
    given = verdict(GOOD, card=card.id, score=score, grade=grade, interval=None, usage=None)
    rating = ("again", "hard", "good", "easy")[number % 4]
    text = f"{GOOD} Answer {number}."
    return Turn(
        card.id, "question", prompt, text, given, elapsed_s=95, answered_at=at, self_rating=rating
    )


def fill(coach: StandInCoach, answers: int, per_interview: int = 4) -> None:
    """Interviews of a few answers, spread over the days before noon."""
    lang = coach.settings.ui.lang
    step = min(DAY, 30 * DAY / answers)
    turns = [answer(n, (answers - n) * step, lang) for n in range(answers)]
    for first in range(0, answers, per_interview):
        part = tuple(turns[first : first + per_interview])
        cards = tuple(dict.fromkeys(turn.card_id for turn in part))
        begun, ended = part[0].answered_at or NOON, part[-1].answered_at
        coach.history.save(Session(f"made-{first:05}", Plan(), cards, begun, part, ended))
