"""`coach cards lint --model`: references graded against key points, told as exceptions and a share."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.app import Coach
from coach.card import Card
from coach.cli.draft import be_patient
from coach.console import progress_line, say, tell
from coach.deck import load_deck

if TYPE_CHECKING:
    from coach.lint.judgements import Judged, Judgement
    from coach.lint.references import Trial


@dataclass
class Report:
    """What is known of the references so far; an interrupted run shows it too."""

    model: str = ""
    judged: "list[tuple[Trial, Judgement]]" = field(default_factory=list)
    anew: int = 0
    left: int = 0
    interrupted: bool = False
    elapsed_s: float = 0.0

    @property
    def exceptions(self) -> "list[tuple[Trial, Judged]]":
        """The points that came out otherwise than they should, in order of the cards."""
        rows = sorted(self.judged, key=lambda row: row[0].slot)
        return [(trial, point) for trial, judgement in rows for point in trial.wrong(judgement)]

    @property
    def points(self) -> int:
        """How many key points were judged."""
        return sum(len(judgement.points) for _, judgement in self.judged)

    @property
    def share(self) -> float | None:
        """Share of the judged points that came out right; None where none was judged."""
        return 1 - len(self.exceptions) / self.points if self.points else None

    @property
    def enough(self) -> bool:
        """Whether the share right is what is wanted."""
        from coach.lint.references import WANTED

        return self.share is None or self.share >= WANTED

    def to_json(self) -> dict[str, Any]:
        """The shape `--json` prints."""
        return {
            "model": self.model,
            "points": self.points,
            "right": self.points - len(self.exceptions),
            "share": None if self.share is None else round(self.share, 4),
            "exceptions": [_row(trial, point) for trial, point in self.exceptions],
            "graded": self.anew,
            "left": self.left,
            "interrupted": self.interrupted,
            "elapsed_s": round(self.elapsed_s, 1),
        }

    def show(self) -> None:
        """Prints the exceptions and the sum."""
        for trial, point in self.exceptions:
            whose = "its own reference" if trial.own else f"the reference of {trial.other.id}"
            tell(
                f"{trial.path}: {trial.lang}, {point.id}: {point.verdict} "
                f"({point.probability:.2f}) in {whose}"
            )
        told = "" if self.share is None else f", {100 * self.share:.1f}% right"
        tell(
            f"{self.points} key points judged by {self.model}{told}; {self.anew} references graded "
            f"now, {self.left} left ({self.elapsed_s:.0f} s)"
        )
        if self.interrupted:
            say("Interrupted.")


def judge(
    coach: Coach, cards: Sequence[tuple[Path, Card]], file: Path, limit: int | None, *, again: bool
) -> Report:
    """Grades what has no judgement in the file yet, and says on standard error how far it is."""
    from coach.lint.judgements import Judgements
    from coach.lint.references import Examiner, trials

    began = time.monotonic()
    be_patient(coach)
    model = coach.language_model()
    report = Report(model.name)
    kept = Judgements(file)
    kept.settle()
    # No index: what is missed needs no citation here.
    examiner = Examiner(coach.grader.uncalibrated(), model, kept)
    wanted = trials(cards, list(load_deck()))
    found = {trial: None if again else examiner.known(trial) for trial in wanted}
    report.judged = [(trial, known) for trial, known in found.items() if known is not None]
    waiting = [trial for trial, known in found.items() if known is None]
    report.left = len(waiting)
    try:
        for trial in _told(waiting[:limit]):
            report.judged.append((trial, examiner.judge(trial)))
            report.anew += 1
            report.left -= 1
    except KeyboardInterrupt:
        report.interrupted = True
    # Read anew: another run may have added to the file meanwhile.
    Judgements(file).settle()
    report.elapsed_s = time.monotonic() - began
    return report


def _told(waiting: "Sequence[Trial]") -> "Iterator[Trial]":
    """Yields each in turn; after each it tells the seconds a reference takes, and the time left."""
    show = progress_line("Grading references")
    began = time.monotonic()
    for done, trial in enumerate(waiting, 1):
        yield trial
        each = (time.monotonic() - began) / done
        left = each * (len(waiting) - done) / 60
        show(
            done, len(waiting), f"{done} of {len(waiting)}, {each:.1f} s each, {left:.0f} min left"
        )


def _row(trial: "Trial", point: "Judged") -> dict[str, Any]:
    return {
        "path": str(trial.path),
        "card": trial.card.id,
        "lang": trial.lang,
        "key_point": point.id,
        "reference": trial.other.id,
        "verdict": point.verdict,
        "probability": point.probability,
    }
