"""What the embedded model thinks of answers, asked once and kept in a JSONL file."""

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from fit_rows import OF_SET, Key, drawn, marked_answers

from coach.app import Coach
from coach.card import Card
from coach.grade import Grader, leaning, questions
from coach.grade.opinions import MARK, MARKS
from coach.grade.task import Task
from coach.language_model import LanguageModel

Opinions = dict[Key, Any]
"""Logarithms of the probabilities of `leaning`'s tokens; of an exam's MARK each mark's probability."""


def read_opinions(path: Path) -> Opinions:
    """Returns what was asked so far, by card or answer, language, exemplar and key point."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    found = map(json.loads, lines)
    return {(o["card"], o["lang"], o["ex"], o["kp"]): o["p"] for o in found}


def ask_cards(cards: Sequence[Card], count: int, path: Path) -> None:
    """Asks about the marked answers of cards it was not asked about yet, spread over the deck."""
    asked = {key[0] for key in read_opinions(path)}
    left = [card for card in cards if card.id not in asked]
    _ask(_exemplars(left[:: max(1, len(left) // count)][:count]), path)


def ask_marked(sets: Sequence[Path], count: int, path: Path) -> None:
    """Asks about the first so many answers of each question of marked sets."""
    samples = [sample for file in sets for own in drawn(file) for sample in own[:count]]
    _ask(((s.task, s.answer, (s.id, s.lang, OF_SET)) for s in samples), path)


_Asked = tuple[Task, str, tuple[str, str, int | str]]


def _exemplars(cards: Sequence[Card]) -> Iterator[_Asked]:
    for card in cards:
        for one in marked_answers(card):
            yield Task.from_card(card, one.lang), one.answer, one.key


def _ask(answers: Iterator[_Asked], path: Path) -> None:
    known = read_opinions(path)
    with Coach.open(os.environ) as coach, path.open("a", encoding="utf-8") as file:
        model = coach.language_model()
        for task, answer, key in answers:
            for name, chosen in _opinions(coach.grader, model, task, answer, known, key):
                card, lang, number = key
                row = {"card": card, "lang": lang, "ex": number, "kp": name, "p": chosen}
                file.write(json.dumps(row) + "\n")
                file.flush()


def _opinions(
    grader: Grader,
    model: LanguageModel,
    task: Task,
    answer: str,
    known: Opinions,
    key: tuple[str, str, int | str],
) -> Iterator[tuple[str, object]]:
    """What is not known yet: an exam's marks' probabilities, or each point's tokens'."""
    shown = questions.shown_answer(grader.evidence(task, answer))
    if task.rubric == "exam":
        if (*key, MARK) not in known:
            yield MARK, model.choose(questions.marking(task, shown), MARKS)
        return
    for index, point in enumerate(task.key_points):
        if (*key, point.id) not in known:
            likely = model.lean(questions.judgement(task, shown, index), leaning.fitted().tokens)
            yield point.id, np.log(np.maximum(list(likely.values()), 1e-12)).round(2).tolist()
