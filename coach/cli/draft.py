"""`coach cards draft`: cards proposed from the user's own notes."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.app import Coach
from coach.console import INTERRUPTED, BaseUrl, Json, Model, emit, reporting, say, tell
from coach.settings import with_value

if TYPE_CHECKING:
    from coach.draft import Draft, Todo
    from coach.ingest import Problem

PATIENCE_S = 600.0
"""Nobody waits at the prompt for a draft: a small model on a busy machine gets the time it needs."""


@dataclass
class Report:
    """What a run made so far; an interrupted one shows it too."""

    drafted: "list[Draft]" = field(default_factory=list)
    problems: "list[Problem]" = field(default_factory=list)
    skipped: int = 0
    unanswered: int = 0
    left: int = 0
    interrupted: bool = False
    elapsed_s: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The shape `--json` prints."""
        return {
            "drafted": [brief(draft) for draft in self.drafted],
            "skipped": self.skipped,
            "unanswered": self.unanswered,
            "left": self.left,
            "problems": [
                {"path": p.path, "line": p.line, "message": p.message} for p in self.problems
            ],
            "interrupted": self.interrupted,
            "elapsed_s": round(self.elapsed_s, 1),
        }

    @property
    def exit_code(self) -> int:
        """1 where nothing came of it: no question with an answer was found, or the model failed at each."""
        if self.interrupted:
            return INTERRUPTED
        return 0 if self.drafted or (self.skipped and not self.problems) else 1


def draft(
    path: Annotated[Path, typer.Argument(help="a file or a folder with questions and answers")],
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="make at most this many drafts")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="also what was drafted before, whatever became of it")
    ] = False,
    model: Model = None,
    base_url: BaseUrl = None,
    as_json: Json = False,
) -> None:
    """Propose cards from your notes with the language model; nothing joins the deck unreviewed.

    Each draft is kept as soon as it is made; a second run goes on with what is left.
    Example: coach cards draft ~/notes/optimizers.md --limit 5
    """
    chosen_model = {"model_name": model, "model_base_url": base_url}
    with reporting(as_json), Coach.open(os.environ, **chosen_model) as coach:
        be_patient(coach)
        report = run(coach, path, limit, again=again)
    emit(report.to_json()) if as_json else _show(report)
    raise typer.Exit(report.exit_code)


def be_patient(coach: Coach) -> None:
    """Lets one call of the model take long; before the model is opened."""
    patient = max(PATIENCE_S, coach.settings.model.timeout_s)
    coach.settings = with_value(coach.settings, "model.timeout_s", str(patient))


def run(coach: Coach, path: Path, limit: int | None, *, again: bool = False) -> Report:
    """Drafts what is left under a path and says on standard error how far it is."""
    from coach.draft import todo

    began = time.monotonic()
    found = todo([path], frozenset() if again else coach.draft_box.seen())
    report = Report(
        problems=list(found.problems), skipped=found.skipped, unanswered=found.unanswered
    )
    try:
        _work(coach, found, len(found.pairs) if limit is None else limit, report)
    except KeyboardInterrupt:
        report.interrupted = True
    report.elapsed_s = time.monotonic() - began
    return report


def _work(coach: Coach, found: "Todo", limit: int, report: Report) -> None:
    from coach.ingest import Problem

    waiting = found.pairs[:limit]
    report.left = len(found.pairs)
    if waiting:
        say(f"{len(waiting)} of {len(found.pairs)} questions to draft; Ctrl-C keeps what is done.")
        say(f"1/{len(waiting)} {waiting[0].question[:70]}")
    for done, made in enumerate(coach.drafter.run(waiting), 1):
        if isinstance(made, Problem):
            report.problems.append(made)
            say(f"  failed: {made.message}")
        else:
            report.drafted.append(made)
            report.left -= 1
            say(f"  {made.id}: {summary(made)}")
        if done < len(waiting):
            say(f"{done + 1}/{len(waiting)} {waiting[done].question[:70]}")


def brief(draft: "Draft") -> dict[str, Any]:
    """A draft as one row of JSON: where it comes from, what is doubtful, what is wrong."""
    card, origin = draft.card, draft.origin
    return {
        "id": draft.id,
        "question": {"en": card.question.en, "zh": card.question.zh} if card else None,
        "document": origin.document if origin else None,
        "line": origin.line if origin else None,
        "key_points": len(card.key_points) if card else 0,
        "unsupported": list(draft.unsupported),
        "findings": list(draft.findings),
    }


def summary(draft: "Draft") -> str:
    """A draft in half a line: how many points, how many of them doubtful, how many faults."""
    points = len(draft.card.key_points) if draft.card else 0
    parts = [f"{points} key point{'s' * (points != 1)}"]
    if draft.unsupported:
        parts.append(f"{len(draft.unsupported)} unsupported")
    if draft.findings:
        parts.append(f"{len(draft.findings)} to mend")
    return ", ".join(parts)


def _show(report: Report) -> None:
    for problem in report.problems:
        tell(f"Not drafted: {problem.path}:{problem.line}: {problem.message}")
    tell(
        f"{len(report.drafted)} drafted, {report.skipped} drafted before, "
        f"{report.unanswered} without an answer, {len(report.problems)} failed, "
        f"{report.left} left ({report.elapsed_s:.0f} s)"
    )
    if report.drafted:
        say("Look at them with: coach cards review")
    if report.interrupted:
        say("Interrupted.")
