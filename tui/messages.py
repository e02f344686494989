"""What the workers of an interview post; every one carries the question it belongs to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from coach.errors import CoachError
    from coach.exercise import CaseResult, PracticeResult
    from coach.interview import Ask, Session
    from coach.verdict import KeyPointVerdict, Verdict


@dataclass
class Opened(Message):
    """The next question is known, with its half-written answer; no question: the end."""

    session: "Session"
    ask: "Ask | None"
    prompt: str = ""
    text: str = ""
    notes: str = ""
    restored: bool = False
    trouble: "CoachError | None" = None


@dataclass
class PointJudged(Message):
    """One key point was judged."""

    ask: "Ask"
    point: "KeyPointVerdict"


@dataclass
class Judged(Message):
    """The verdict is there; `session` holds the turn unless the answer stayed ungraded."""

    ask: "Ask"
    verdict: "Verdict"
    session: "Session"
    follow_up_next: bool


@dataclass
class CaseFinished(Message):
    """One test of the program ran."""

    ask: "Ask"
    case: "CaseResult"


@dataclass
class RunFinished(Message):
    """All tests ran; `session` is set where the program was submitted."""

    ask: "Ask"
    result: "PracticeResult"
    session: "Session | None"


@dataclass
class DraftSaved(Message):
    """The half-written answer is on disk."""

    text: str


@dataclass
class HintFound(Message):
    """A question that leads on, or None where there is no further one."""

    ask: "Ask"
    hint: str | None


@dataclass
class Revealed(Message):
    """The candidate gave up; `session` holds the turn."""

    ask: "Ask"
    session: "Session"


@dataclass
class SolutionFound(Message):
    """The reference solution of a code exercise."""

    ask: "Ask"
    solution: str
