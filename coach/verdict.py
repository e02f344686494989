"""What grading an answer yields."""

from dataclasses import dataclass, field
from typing import Literal

from coach.document import Passage

PointVerdict = Literal["covered", "partial", "missing", "contradicted", "unsure"]
Grade = Literal["correct", "partial", "incorrect", "no_answer", "ungraded"]


@dataclass(frozen=True)
class Quote:
    """The candidate's own words: `answer[start:end] == text`, indices of the answer as received."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class KeyPointVerdict:
    """The judgement of one key point; `probability` (0 to 1) is the expected share of it that is covered."""

    id: str
    text: str
    verdict: PointVerdict
    probability: float
    quote: Quote | None = None
    citation: Passage | None = None


@dataclass(frozen=True)
class Usage:
    """Tokens a remote endpoint says it used."""

    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )


@dataclass(frozen=True)
class Verdict:
    """The marking of one answer; `score` is None exactly when `grade` is "ungraded".

    `ungraded_kind` is then the kind of the error, as long as the verdict is in memory.
    """

    card: str | None
    score: float | None
    grade: Grade
    key_points: tuple[KeyPointVerdict, ...]
    feedback: str
    follow_up: str
    grader: str
    model: str
    elapsed_s: float
    interval: tuple[float, float] | None = None
    confidence: float | None = None
    ungraded_reason: str | None = None
    ungraded_kind: str | None = field(default=None, compare=False)
    usage: Usage | None = None
