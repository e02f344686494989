"""Verdicts disagreed with as labelled samples: a bias is corrected, noise and zeal move next to nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from coach.card import Card
from coach.deck import Deck, load_deck
from coach.errors import InputFileError
from coach.grade import Calibrations, Task
from coach.grade.calibration import Calibration
from coach.history import History
from coach.paths import Paths
from eval.calibrate import Pair, figures, fit, unseen
from eval.cli import app
from eval.overrides import LEAST, judged, pairs
from tests.disagreeing import Said, session, verdict
from tests.fake_openai import FakeOpenAI, reply
from tests.grading_standins import SAYS_IT, always, grader

SCORES = [0.05 + n / 50 for n in range(46)]
STRICT: list[Said] = [(0.42 + n / 150, "good") for n in range(30)]
ZEAL: list[Said] = [(0.5, "easy")] * LEAST
QUARREL: list[Said] = [(0.5, "good"), (0.5, "again")] * (LEAST // 2)


@pytest.fixture(scope="module")
def deck() -> Deck:
    return load_deck()


def let_stand(count: int) -> list[Said]:
    return [(SCORES[n % len(SCORES)], None) for n in range(count)]


def fitted(deck: Deck, *said: Said) -> tuple[list[Pair], Calibration]:
    found = pairs(judged([session(deck, said)], deck), "fake")
    return found, fit(found, shift_only=True)


def farthest(calibration: Calibration) -> float:
    return max(abs(calibration(score) - score) for score in SCORES)


def test_a_grader_too_strict_for_its_candidate_becomes_milder(deck: Deck) -> None:
    found, calibration = fitted(deck, *STRICT)
    before = figures([pair.score for pair in found], found)
    after = figures(unseen(found, shift_only=True), found)
    assert before["mean_bias"] < -0.2
    assert abs(after["mean_bias"]) < 0.03
    assert after["mean_absolute_error"] < before["mean_absolute_error"] / 2
    assert calibration(0.5) > 0.7


def test_disagreements_that_contradict_each_other_move_nothing(deck: Deck) -> None:
    assert farthest(fitted(deck, *QUARREL)[1]) < 0.02
    assert farthest(fitted(deck, *QUARREL, *let_stand(60))[1]) < 0.02


def test_few_disagreements_beside_many_agreements_move_marks_a_little(deck: Deck) -> None:
    found, calibration = fitted(deck, *ZEAL, *let_stand(300))
    assert len(found) == 320
    assert 0 < farthest(calibration) < 0.06


@settings(max_examples=10)
@given(st.lists(st.tuples(st.sampled_from(SCORES), st.floats(0, 1)), min_size=LEAST, max_size=40))
def test_whatever_is_held_against_marks_their_order_stays(said: list[tuple[float, float]]) -> None:
    held = [Pair("q", score, own) for score, own in said]
    for shift_only in (True, False):
        marks = [fit(held, shift_only=shift_only)(score) for score in SCORES]
        assert marks == sorted(marks)
        assert all(0 <= mark <= 1 for mark in marks)


def test_too_few_are_refused_with_their_number_and_what_to_do(deck: Deck) -> None:
    said = session(deck, [*STRICT[:7], *let_stand(100)])
    silent = replace(said.turns[90], disagreement="No.")
    said = replace(said, turns=(*said.turns[:90], silent))
    with pytest.raises(InputFileError, match=r"7 verdicts of fake \(1 more without") as told:
        pairs(judged([said], deck), "fake")
    assert "At least 20" in told.value.hint
    with pytest.raises(InputFileError, match="0 verdicts of other"):
        pairs(judged([said], deck), "other")


def test_the_score_before_any_calibration_counts(deck: Deck) -> None:
    """What was let stand is the mark shown, so that a second fit finds the first one's answer."""
    mild = Calibration(1.0, 1.0, 50)
    said = session(deck, let_stand(50))
    shown = [
        replace(turn, verdict=verdict(turn.card_id, deck, score, mild(score), "fake"))
        for turn, (score, _) in zip(said.turns, let_stand(50), strict=True)
    ]
    found = judged([replace(said, turns=tuple(shown))], deck)
    assert [one.score for one in found] == pytest.approx([score for score, _ in let_stand(50)])
    held = [Pair(one.card, one.score or 0.0, one.own or 0.0) for one in found]
    assert fit(held, shift_only=True).offset == pytest.approx(1.0, abs=0.02)


def test_a_rating_that_the_mark_lies_in_agrees_and_none_names_no_mark(deck: Deck) -> None:
    said = session(deck, [(0.7, "good"), (0.3, "good"), (0.3, None)])
    silent = replace(said.turns[1], rating=None)
    found = judged([replace(said, turns=(*said.turns, silent))], deck)
    assert sorted((one.disputed, one.own) for one in found if one.own is not None) == [
        (False, 0.3),
        (True, 0.7),
        (True, 0.8),
    ]
    assert [one.own for one in found if one.own is None] == [None]


def test_answers_to_cards_that_changed_or_went_and_to_nothing_have_no_score(deck: Deck) -> None:
    said = session(deck, [(0.5, None)] * 4)
    known = Deck(tuple(card for card in deck if card.id != said.turns[0].card_id))
    shown = [one for turn in said.turns if (one := turn.verdict)]
    other = replace(shown[2].key_points[0], id="none-of-it")
    turns = (
        said.turns[0],
        replace(said.turns[1], verdict=replace(shown[1], grade="no_answer")),
        replace(said.turns[2], verdict=replace(shown[2], key_points=(other,))),
        said.turns[3],
    )
    found = judged([replace(said, turns=turns)], known)
    assert [one.score for one in found] == [None, None, None, pytest.approx(0.5)]


def test_a_card_has_a_calibration_of_its_own(deck: Deck) -> None:
    card = next(iter(deck))
    task = Task.from_card(card, "en")
    answer = card.reference.en
    shipped = grader(always(SAYS_IT)).grade(task, answer).score
    assert shipped is not None

    def calibrated(_: str, rubric: str) -> Calibration:
        return Calibration(1.0, -1.0, 30) if rubric == "card" else Calibration(1.0, 3.0, 30)

    stricter = grader(always(SAYS_IT), calibrated=calibrated).grade(task, answer).score
    assert stricter == pytest.approx(Calibration(1.0, -1.0, 30)(shipped), abs=1e-3)


@contextmanager
def endpoint(home: Path) -> Iterator[None]:
    with FakeOpenAI(reply("A", logprobs={"A": 0.7, "B": 0.1, "C": 0.1, "D": 0.1})) as server:
        home.mkdir(exist_ok=True)
        text = f'[model]\nname = "fake"\nbase_url = "{server.base_url}"\n'
        (home / "config.toml").write_text(text, "utf-8")
        yield


def run(*arguments: object) -> tuple[int, Any]:
    result = CliRunner().invoke(app, ["calibrate", *map(str, arguments), "--json"])
    return result.exit_code, json.loads(result.stdout)


def test_the_command_keeps_a_calibration_for_cards(home: Path, deck: Deck) -> None:
    paths = Paths.from_environ({"COACH_HOME": str(home)})
    History(paths.history_file).save(session(deck, [*STRICT, *let_stand(10)]))
    with endpoint(home):
        assert run("--overrides", "--dry-run")[1]["kept"] is False
        assert not paths.calibrations_file.exists()
        code, report = run("--overrides")
    assert (code, report["rubric"], report["answers"], report["slope"]) == (0, "card", 40, 1.0)
    assert report["offset"] > 0
    assert abs(report["after"]["mean_bias"]) < abs(report["before"]["mean_bias"])
    kept = Calibrations(paths.calibrations_file)
    assert kept.of("fake", "card").offset == report["offset"]
    assert kept.of("fake", "exam").answers == 0


def marked(card: Card, number: int) -> dict[str, Any]:
    return {
        "id": f"a{number}",
        "question_id": card.id,
        "lang": "en",
        "question": card.question.en,
        "reference": card.reference.en.strip(),
        "answer": "" if number else card.exemplars[0].answer,
        "score": 0 if number else 1,
        "max_score": 1,
    }


def test_answers_of_a_set_to_cards_count_beside_those_of_the_history(
    home: Path, deck: Deck, tmp_path: Path
) -> None:
    rows = [marked(card, number) for number, card in enumerate(list(deck)[:10])]
    rows.append({**rows[0], "id": "other", "question": "Is it one?"})
    file = tmp_path / "set.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    paths = Paths.from_environ({"COACH_HOME": str(home)})
    History(paths.history_file).save(session(deck, STRICT))
    with endpoint(home):
        code, report = run(file, "--overrides")
        few = run(file, "--overrides", "--limit", "9")
    assert (code, report["from_history"], report["answers"]) == (0, 30, 40)
    assert few[0] == 2
    assert "answers to cards are too few" in few[1]["error"]["message"]


def test_the_command_says_what_is_lacking(home: Path, deck: Deck) -> None:
    with endpoint(home):
        assert [run()[0], run("--overrides")[0]] == [2, 2]
        assert "0 verdicts of fake" in run("--overrides")[1]["error"]["message"]
