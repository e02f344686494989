"""The line-by-line interview, from the first question to the summary."""

import io

import pytest

from coach import interview as flow
from coach.app import Coach
from coach.cli.plain import run_plain
from coach.interview import Plan


def run(coach: Coach, typed: str, capsys: pytest.CaptureFixture[str], **plan: object) -> str:
    wanted = Plan(**{"topics": ("optimization",), "questions": 2, "seed": 3, **plan})  # type: ignore[arg-type]
    run_plain(coach, wanted, coach.history.unfinished(), io.StringIO(typed))
    return capsys.readouterr().out


def test_empty_answers_are_graded_without_the_model_and_summed_up(
    coach: Coach, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = run(coach, ".\nI don't know\n.\n.\n.\n.\n", capsys)
    assert "Question 1/2" in shown
    assert "Summary: Score 0.00" in shown
    assert coach.history.unfinished() is None


def test_the_end_of_input_closes_the_interview(
    coach: Coach, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Summary" in run(coach, "", capsys)
    assert coach.history.unfinished() is None


def test_quit_keeps_it_and_resume_goes_on(coach: Coach, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--resume" in run(coach, "/skip\n/quit\n", capsys)
    session = coach.history.unfinished()
    assert session is not None
    assert len(session.turns) == 1
    shown = run(coach, "/skip\n", capsys)
    assert "Question 2/2" in shown
    assert "skipped 2" in shown


def test_a_skipped_question_counts_as_nothing_known(
    coach: Coach, capsys: pytest.CaptureFixture[str]
) -> None:
    run(coach, "/skip\n/skip\n", capsys)
    session = coach.history.sessions()[0]
    assert flow.summarize(session, coach.deck).score == 0.0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_interview_speaks_its_language(
    coach: Coach, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    shown = run(coach, "", capsys, lang=lang)
    assert ("问题 1/2" in shown) == (lang == "zh")
