"""The interview line by line: prompts on standard output, answers from standard input."""

import select
import sys
import time
from dataclasses import dataclass, field, replace
from typing import TextIO

from coach import interview as flow
from coach.afterwards import first_answer, once_more
from coach.app import Coach
from coach.cli import plain_show as show
from coach.cli.plain_remarks import Remarks
from coach.cli.plain_show import TEXTS
from coach.console import tell
from coach.errors import CoachError
from coach.exercise import CaseResult
from coach.interview import Ask, Plan, Session, Turn
from coach.leading import hint
from coach.memory import Rating
from coach.verdict import Verdict

END = "."
SKIP, QUIT, REVEAL, AGAIN = "/skip", "/quit", "/reveal", "/again"


@dataclass
class Typed:
    """What was typed to a question: an answer, or the `command` that stands in its place."""

    lines: list[str] = field(default_factory=list)
    command: str = ""
    notes: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    self_rating: Rating | None = None
    began: float = field(default_factory=time.monotonic)

    @property
    def text(self) -> str:
        """The answer."""
        return "\n".join(self.lines)


class _LeftError(Exception):
    """The candidate goes; the interview waits."""


def run_plain(
    coach: Coach, plan: Plan, resumed: Session | None, source: TextIO | None = None
) -> None:
    """Runs an interview to its summary; the end of the input closes it."""
    session = resumed or flow.start(plan, coach.deck, coach.memories(), coach.clock())
    coach.history.save(session)
    try:
        PlainInterview(coach, session, source or sys.stdin).run()
    except _LeftError:
        tell(TEXTS["resume"][session.plan.lang])


class PlainInterview:
    """One interview over a stream of lines."""

    def __init__(self, coach: Coach, session: Session, source: TextIO) -> None:
        self._coach = coach
        self._source = source
        self._lines = iter(source)
        self._lang = session.plan.lang
        self._remarks = Remarks(coach, session)

    def run(self) -> None:
        """Asks until nothing is left or the input ends, then sums up."""
        tell(TEXTS["how"][self._lang])
        coach = self._coach
        while True:
            ask = flow.current(self._remarks.session, coach.deck)
            typed = self._read(ask) if ask or self._may_say_more() else None
            if typed is None or (ask is None and typed.command != AGAIN):
                break
            if typed.command == AGAIN:
                self._again()
            elif ask is not None:
                self._take(ask, typed)
        session = flow.finish(self._remarks.session, coach.clock())
        coach.history.save(session)
        show.summary(flow.summarize(session, coach.deck), self._lang)

    def _again(self) -> None:
        ask = once_more(self._remarks.session, self._coach.deck)
        if ask is None:
            tell(TEXTS["nothing_before"][self._lang])
            return
        typed = self._read(ask)
        if typed is not None and typed.command != AGAIN:
            self._take(ask, typed)

    def _read(self, ask: Ask | None) -> Typed | None:
        """What is typed to a question, without one only remarks; None where the input ends before a word."""
        typed, revealing = Typed(), False
        if ask is not None:
            show.question(ask, self._lang, self._coach)
        for line in self._lines:
            text = line.rstrip("\r\n")
            word, _, rest = text.strip().partition(" ")
            if text == END or (ask is None and not word.startswith("/")):
                return typed
            if ask is not None and self._aids(ask, typed, word, rest.strip()):
                continue
            if typed.lines or not self._is_command(word):
                typed.lines.append(text)
            elif word == REVEAL and not revealing:
                revealing = True
                tell(TEXTS["reveal_how"][self._lang])
            elif word in (SKIP, QUIT, REVEAL, AGAIN):
                return self._commanded(typed, word)
            else:
                self._remarks.make(word, rest.strip())
        return typed if typed.text.strip() else None

    def _commanded(self, typed: Typed, command: str) -> Typed:
        if command == QUIT:
            history, session_id = self._coach.history, self._remarks.session.id
            if typed.notes:
                half = replace(history.half_answer(session_id), notes="\n".join(typed.notes))
                history.save_draft(session_id, half)
            raise _LeftError
        typed.command = command
        return typed

    def _is_command(self, word: str) -> bool:
        return word in (SKIP, QUIT, REVEAL, AGAIN) or self._remarks.knows(word)

    def _aids(self, ask: Ask, typed: Typed, word: str, rest: str) -> bool:
        """Whether a line was a command that helps to answer; it was then obeyed."""
        lang = self._lang
        if word == "/hint" and not rest:
            found = self._hint(ask, typed)
            typed.hints += [found] if found else []
            tell(f"{TEXTS['hint'][lang]}: {found}" if found else TEXTS["no_hint"][lang])
        elif word == "/notes":
            typed.notes += [rest] if rest else []
            tell(f"{TEXTS['noted'][lang]}: {' / '.join(typed.notes)}")
        elif word == "/edit" and not rest:
            self._edit(ask, typed)
        elif word == "/self":
            typed.self_rating = self._remarks.rating(rest) or typed.self_rating
        else:
            return False
        return True

    def _edit(self, ask: Ask, typed: Typed) -> None:
        """The answer so far in the candidate's own editor; what comes back is shown, and can be added to."""
        from coach.draft import edited

        exercise = ask.card.exercise if ask.kind == "code" else None
        begun = self._coach.practice.get(exercise).starter if exercise else ""
        try:
            written = edited(typed.text or begun, "answer.py" if exercise else "answer.md")
            typed.lines = written.splitlines()
        except CoachError as error:
            tell(f"{error.message} {TEXTS['edit_how'][self._lang]}")
        else:
            tell("\n".join([*typed.lines, TEXTS["edited"][self._lang]]))

    def _hint(self, ask: Ask, typed: Typed) -> str | None:
        """The next question that leads on; to a follow-up, which is one itself, there is none."""
        if ask.kind == "follow_up":
            return None
        exercise = ask.card.exercise
        steps = self._coach.practice.get(exercise).hints if exercise else ()
        return hint(ask.card, self._lang, typed.text, typed.hints, steps)

    def _take(self, ask: Ask, typed: Typed) -> None:
        lang, skipped = self._lang, bool(typed.command)
        verdict, practice = None, None
        if not skipped and ask.kind == "code":
            practice = self._run_code(ask, typed)
        elif not skipped:
            verdict = self._grade(ask, typed.text)
        turn = Turn(
            card_id=ask.card.id,
            kind=ask.kind,
            prompt=ask.prompt,
            answer=typed.text,
            verdict=verdict,
            practice=practice,
            skipped=skipped,
            elapsed_s=time.monotonic() - typed.began,
            key_point=ask.key_point,
            answered_at=self._coach.clock(),
            self_rating=typed.self_rating,
            again=ask.again,
            notes="\n".join(typed.notes),
        )
        self._remarks.keep(flow.answered(self._remarks.session, turn))
        first = first_answer(self._remarks.session)
        if typed.command == REVEAL:
            self._remarks.show_reference(ask)
        elif first is not None and ask.again:
            show.difference(first, turn, lang)

    def _run_code(self, ask: Ask, typed: Typed) -> dict[str, object] | None:
        from coach.practice import result_to_json

        def tell_case(case: CaseResult) -> None:
            tell(f"  {case.name}: {case.status} {case.message}".rstrip())

        lang, spent = self._lang, time.monotonic() - typed.began
        slug = ask.card.exercise or ""
        try:
            result = self._coach.attempt(
                slug, typed.text, on_case=tell_case, lang=lang, seconds=spent
            )
        except CoachError as error:
            tell(f"{TEXTS['ungraded'][lang]}: {error.message} {error.hint}")
            return None
        tell(TEXTS["passed" if result.passed else "failed"][lang])
        return result_to_json(result)

    def _grade(self, ask: Ask, answer: str) -> Verdict:
        task = ask.task(self._lang)
        for event in self._coach.grader.judge(task, answer):
            if isinstance(event, Verdict):
                show.verdict(event, self._lang, task.references)
                return event
            show.key_point(event, self._lang)
        raise AssertionError("the grader ended without a verdict")

    def _may_say_more(self) -> bool:
        """Whether remarks on the last answer may come: somebody sits there, or input waits to be read."""
        if not self._remarks.session.turns:
            return False
        try:
            if self._source.isatty():
                tell(TEXTS["last"][self._lang])
                return True
            return bool(select.select([self._source], [], [], 0)[0])
        except (OSError, ValueError):  # a text in memory, or a system that can't look ahead
            return True
