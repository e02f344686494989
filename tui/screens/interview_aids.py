"""What helps while one answers: hints, the reference, notes, another editor, a hidden clock."""

from dataclasses import replace

from textual import on

from coach.errors import CoachError
from tui import drive, messages
from tui.screens.interview_results import InterviewResults
from tui.widgets.question_panel import QuestionPanel


class InterviewAids(InterviewResults):
    """None of these is needed to answer."""

    def action_hint(self) -> None:
        question = self.query_one(QuestionPanel).question
        if self._ask is not None and question is not None:
            self.find_hint(self._ask, self._editor.text, question.hints)

    @on(messages.HintFound)
    def _show_hint(self, event: messages.HintFound) -> None:
        panel = self.query_one(QuestionPanel)
        if event.ask is not self._ask or panel.question is None:
            return
        if event.hint is None:
            self.notify(self.words("interview.no_hint"), timeout=3)
        elif event.hint not in panel.question.hints:
            panel.question = replace(panel.question, hints=(*panel.question.hints, event.hint))

    def action_reveal(self) -> None:
        self.ask_to_reveal(self._reveal)

    def action_notes(self) -> None:
        """Opens the pad, goes to it where it is open already, and closes it from inside."""
        pad = self._notes
        if pad.has_focus:
            self.set_class(bool(pad.text), "-notes")
            self._editor.focus()
        else:
            self.add_class("-notes")
            pad.focus()

    def action_clock(self) -> None:
        """Hides the time or shows it again, in the next interviews as well."""
        hidden = self.coach.settings.ui.clock == "hidden"
        if self.host.remember("ui.clock", "shown" if hidden else "hidden"):
            self._tick()

    def action_external(self) -> None:
        from tui.external import edited

        name = "answer.py" if self._is_code else "answer.md"
        try:
            self._editor.exchange(edited(self.host, self._editor.text, name))
        except CoachError as error:
            self.host.show_error(error)

    def _reveal(self) -> None:
        ask = self._ask
        if ask is None or self.phase != "answering":
            return
        self._answer = self._editor.text
        taken = drive.turn(
            ask,
            self._answer,
            self.coach.clock(),
            self._now() - self._asked_at,
            skipped=True,
            notes=self._notes.text,
            # Passing with the solution at hand must not count as having found it.
            rating="again" if self._is_code else None,
        )
        self.phase = "opening"
        self.give_up(ask, self._session, taken)
