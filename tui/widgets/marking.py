"""How far the grading of an answer is, and what the candidate says to it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.document import Passage
from coach.errors import CoachError
from coach.verdict import KeyPointVerdict, PointVerdict, Verdict

if TYPE_CHECKING:
    from coach.interview import Turn
    from coach.memory import Rating


@dataclass(frozen=True)
class Marking:
    """One marking as it grows; `trouble` is why it stopped without a verdict.

    `turn` is the recorded answer, `first` the one that was answered again. `self_rating` was given meanwhile.
    A `past` one cannot be graded again.
    """

    total: int = 0
    points: tuple[KeyPointVerdict, ...] = ()
    verdict: Verdict | None = None
    trouble: CoachError | None = None
    follow_up_next: bool = False
    reference: str = ""
    self_rating: "Rating | None" = None
    turn: "Turn | None" = None
    first: "Turn | None" = None
    past: bool = False

    @property
    def ungraded(self) -> bool:
        """Whether grading ended without a mark."""
        return self.trouble is not None or (self.verdict is not None and self.verdict.score is None)

    @property
    def revealed(self) -> bool:
        """Whether the reference was shown instead of a verdict."""
        return self.verdict is None and self.turn is not None and self.turn.skipped

    @property
    def judged(self) -> tuple[KeyPointVerdict, ...]:
        """The points to show; without a mark those that stayed open are left out."""
        points = (self.verdict.key_points if self.verdict else ()) or self.points
        return tuple(p for p in points if not self.ungraded or p.verdict != "unsure")

    def before(self, point: str) -> PointVerdict | None:
        """What the first answer's verdict said of a point."""
        verdict = self.first.verdict if self.first else None
        found = (p.verdict for p in (verdict.key_points if verdict else ()) if p.id == point)
        return next(found, None)

    def with_point(self, point: KeyPointVerdict) -> "Marking":
        """The marking with one more key point."""
        return replace(self, points=(*self.points, point))


def to_read(points: tuple[KeyPointVerdict, ...]) -> tuple[Passage, ...]:
    """The passages cited for the points that were not covered, each once, in order."""
    cited = [p.citation for p in points if p.citation and p.verdict != "covered"]
    return tuple({passage.chunk.id: passage for passage in cited}.values())
