"""What is said, line by line, to the verdict before: a rating, an own mark, a comparison."""

from coach.afterwards import disputed, first_answer, rated
from coach.app import Coach
from coach.cli import plain_show as show
from coach.cli.plain_show import TEXTS
from coach.console import tell
from coach.interview import Ask, Session, amended
from coach.memory import Rating
from coach.memory.reviews import RATINGS


class Remarks:
    """The session as it stands; remarks are kept at once."""

    def __init__(self, coach: Coach, session: Session) -> None:
        self._coach = coach
        self.session = session
        self._lang = session.plan.lang
        self._asked_to_give_up = False
        self._commands = {
            "/rate": self._rate,
            "/disagree": self._disagree,
            "/compare": self._compare,
        }

    def keep(self, session: Session) -> None:
        """Goes on with this session, saved."""
        self.session = session
        self._asked_to_give_up = False
        self._coach.history.save(session)

    def knows(self, command: str) -> bool:
        """Whether this is a remark on the answer before."""
        return command in self._commands

    def make(self, command: str, rest: str) -> None:
        """Obeys a command, or says why it can't."""
        if self.session.turns and command in self._commands:
            self._commands[command](rest)
        else:
            tell(TEXTS["nothing_before"][self._lang])

    def rating(self, text: str) -> Rating | None:
        """The rating a number from 1 to 4 or a word stands for; says so, and where there is none how."""
        numbers = {str(number): rating for number, rating in enumerate(RATINGS, 1)}
        found = numbers | {rating: rating for rating in RATINGS}
        if text not in found:
            tell(TEXTS["rate_how"][self._lang])
            return None
        tell(f"{TEXTS['rated'][self._lang]}: {found[text]}")
        return found[text]

    def show_reference(self, ask: Ask) -> None:
        """The reference, or the program of the reference solution, to an answer that gave up."""
        if ask.kind == "code":
            self._give_up()
        else:
            tell(f"{TEXTS['reference'][self._lang]}: {ask.card.reference[self._lang]}")

    def _rate(self, rest: str) -> None:
        rating = self.rating(rest)
        if rating is not None:
            self.keep(rated(self.session, rating))

    def _disagree(self, rest: str) -> None:
        mark, _, reason = rest.partition(" ")
        number = mark.removesuffix("%")
        if not number.isascii() or not number.isdigit() or int(number) > 100:
            tell(TEXTS["disagree_how"][self._lang])
            return
        self.keep(disputed(self.session, int(number) / 100, reason.strip()))
        tell(f"{TEXTS['disagreed'][self._lang]} {int(number)}%")

    def _compare(self, _: str) -> None:
        turn, first = self.session.turns[-1], first_answer(self.session)
        if turn.kind != "code":
            if first is None or not turn.again:
                tell(TEXTS["nothing_before"][self._lang])
            else:
                show.difference(first, turn, self._lang)
        elif turn.score == 1.0 or turn.skipped or turn.rating or self._asked_to_give_up:
            self._give_up()
        else:
            self._asked_to_give_up = True
            tell(TEXTS["give_up_how"][self._lang])

    def _give_up(self) -> None:
        turn = self.session.turns[-1]
        if turn.score != 1.0:
            # Passing with the solution at hand must not count as having found it.
            self.keep(amended(self.session, len(self.session.turns) - 1, rating="again"))
        card = self._coach.deck.get(turn.card_id)
        program = self._coach.practice.get(card.exercise or "").solution
        show.solution(turn.answer, program, self._lang)
