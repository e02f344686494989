"""What can be typed beside an answer in the line-by-line interview."""

import io
import os

import pytest

from coach.app import Coach
from coach.card import Card
from coach.cli.plain import run_plain
from coach.deck import Deck
from coach.interview import Plan, Turn

UNKNOWN = "I don't know\n.\n"


@pytest.fixture
def card(coach: Coach) -> Card:
    """The one card of the deck."""
    card = coach.deck.get("adam")
    coach.__dict__["deck"] = Deck((card,))
    return card


def run(coach: Coach, typed: str, capsys: pytest.CaptureFixture[str]) -> str:
    run_plain(coach, Plan(questions=1, seed=3), coach.history.unfinished(), io.StringIO(typed))
    return capsys.readouterr().out


def turns(coach: Coach) -> tuple[Turn, ...]:
    return coach.history.sessions()[0].turns


def test_the_first_line_names_every_command(
    coach: Coach, card: Card, capsys: pytest.CaptureFixture[str]
) -> None:
    first = run(coach, "", capsys).splitlines()[0]
    while_answering = ("/hint", "/notes", "/self", "/skip", "/reveal", "/quit")
    for command in (*while_answering, "/edit", "/again", "/compare", "/rate", "/disagree"):
        assert command in first


def test_hints_are_the_cards_questions_and_no_part_of_the_answer(
    coach: Coach, card: Card, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = run(coach, "I\n/hint\n/hint\ndon't know\n.\n/skip\n", capsys)
    hints = [line.removeprefix("Hint: ") for line in shown.splitlines() if "Hint: " in line]
    assert len(set(hints)) == 2
    assert set(hints) <= {follow_up.text.en for follow_up in card.follow_ups}
    assert turns(coach)[0].answer == "I\ndon't know"


def test_notes_and_a_self_rating_are_kept_beside_the_answer(
    coach: Coach, card: Card, capsys: pytest.CaptureFixture[str]
) -> None:
    run(coach, f"/notes two means\n/self 2\n/notes and a bias\n{UNKNOWN}/skip\n", capsys)
    turn = turns(coach)[0]
    assert (turn.answer, turn.notes) == ("I don't know", "two means\nand a bias")
    assert (turn.self_rating, turn.rating) == ("hard", None)


def test_notes_are_kept_when_one_leaves(
    coach: Coach, card: Card, capsys: pytest.CaptureFixture[str]
) -> None:
    run(coach, "/notes two means\n/quit\n", capsys)
    unfinished = coach.history.unfinished()
    assert unfinished is not None
    assert coach.history.half_answer(unfinished.id).notes == "two means"


def test_an_answer_can_be_written_in_the_own_editor(
    coach: Coach,
    card: Card,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "sed -i s/think/know/")
    shown = run(coach, "I don't think\n/edit\nat all\n.\n/skip\n", capsys)
    assert "I don't know" in shown
    assert turns(coach)[0].answer == "I don't know\nat all"


@pytest.mark.parametrize("editor", ["", "false", "no-such-editor"])
def test_an_editor_that_fails_changes_nothing(
    coach: Coach,
    card: Card,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    editor: str,
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    shown = run(coach, "I don't know\n/edit\n.\n/skip\n", capsys)
    assert "Your answer is as it was." in shown
    assert turns(coach)[0].answer == "I don't know"


def test_the_answer_before_can_be_rated_and_disputed_even_after_the_last(
    coach: Coach, card: Card, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = run(coach, f"{UNKNOWN}/skip\n/disagree 101\n/disagree 80% I do know.\n", capsys)
    assert "0 to 100" in shown
    assert "Kept: your mark 80%" in shown
    assert "Summary" in shown
    assert (turns(coach)[-1].own_score, turns(coach)[-1].disagreement) == (0.8, "I do know.")


def test_a_rating_goes_to_the_question_not_to_its_follow_up(
    coach: Coach, card: Card, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = run(coach, f"/rate 4\n{UNKNOWN}/rate 9\n/rate 3\n/skip\n", capsys)
    assert "This needs an answer before it." in shown
    assert "1 again, 2 hard, 3 good or 4 easy." in shown
    assert [turn.rating for turn in turns(coach)] == ["good", None]


def test_a_question_can_be_answered_again(
    coach: Coach, card: Card, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = run(coach, f"{UNKNOWN}/again\nI don't know it\n.\n/skip\n", capsys)
    assert "Score: 0.00 -> 0.00" in shown
    assert "I don't know[+ it+]" in shown
    assert [turn.again for turn in turns(coach)] == [False, True, False]
    assert "Question 1/1 [optimization] (again)" in shown


def test_the_reference_is_shown_at_the_second_request_and_counts_as_not_known(
    coach: Coach, card: Card, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = run(coach, "/reveal\n/reveal\n", capsys)
    assert "counts as not known" in shown
    assert card.reference.en.strip() in shown
    (turn,) = turns(coach)
    assert (turn.skipped, turn.score) == (True, 0.0)


def test_giving_up_on_code_shows_the_solution(
    coach: Coach, capsys: pytest.CaptureFixture[str]
) -> None:
    exercise = next(card for card in coach.deck if card.exercise)
    coach.__dict__["deck"] = Deck((exercise,))
    shown = run(coach, "/hint\n/reveal\n/reveal\n", capsys)
    assert "Hint: " in shown
    solution = coach.practice.get(exercise.exercise or "").solution
    assert all(f"+ {line}".rstrip() in shown for line in solution.splitlines() if line)
    assert turns(coach)[0].rating == "again"


def test_whoever_sits_there_may_remark_on_the_last_answer(
    coach: Coach, card: Card, capsys: pytest.CaptureFixture[str]
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = Terminal(f"{UNKNOWN}/skip\n/rate 3\n\n/rate 4\n")
    run_plain(coach, Plan(questions=1), None, typed)
    assert "Enter shows the summary" in capsys.readouterr().out
    assert turns(coach)[0].rating == "good"


def test_an_open_pipe_is_not_waited_for(
    coach: Coach, card: Card, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading) as source, os.fdopen(writing, "w") as sink:
        sink.write("/skip\n")
        sink.flush()
        run_plain(coach, Plan(questions=1), None, source)
    assert "Summary" in capsys.readouterr().out
