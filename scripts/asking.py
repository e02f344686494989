"""What the embedded model thinks of answers, asked once and kept in a JSONL file."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from fit_rows import OF_SET, Key, drawn

from coach.app import Coach
from coach.card import Card
from coach.grade import Grader
from coach.grade.opinions import MARK
from coach.grade.task import Task
from coach.language import LANGS
from coach.language_model import LanguageModel


def read_opinions(path: Path) -> dict[Key, dict[str, float]]:
    """Returns the probabilities asked so far, by card or answer, language, exemplar and key point."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    found = map(json.loads, lines)
    return {(o["card"], o["lang"], o["ex"], o["kp"]): o["p"] for o in found}


def ask_cards(cards: Sequence[Card], count: int, path: Path) -> None:
    """Asks about the exemplars of cards it was not asked about yet, spread over the deck."""
    asked = {key[0] for key in read_opinions(path)}
    left = [card for card in cards if card.id not in asked]
    _ask(_exemplars(left[:: max(1, len(left) // count)][:count]), path)


def ask_marked(sets: Sequence[Path], count: int, path: Path) -> None:
    """Asks about the first so many answers of each question of marked sets."""
    samples = [sample for file in sets for own in drawn(file) for sample in own[:count]]
    _ask(((s.task, s.answer, (s.id, s.lang, OF_SET)) for s in samples), path)


_Asked = tuple[Task, str, tuple[str, str, int]]


def _exemplars(cards: Sequence[Card]) -> Iterator[_Asked]:
    for card in cards:
        for lang in LANGS:
            own = [exemplar for exemplar in card.exemplars if exemplar.lang == lang]
            for number, exemplar in enumerate(own):
                yield Task.from_card(card, lang), exemplar.answer, (card.id, lang, number)


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
    known: Mapping[Key, Mapping[str, float]],
    key: tuple[str, str, int],
) -> Iterator[tuple[str, Mapping[str, float]]]:
    """What is not known yet: the marks' probabilities where they are asked for, and each point's letters'."""
    evidence = grader.evidence(task, answer)
    if task.rubric == "exam" and (*key, MARK) not in known:
        yield MARK, grader.ask_mark(model, evidence)
    for index, point in enumerate(task.key_points):
        if (*key, point.id) not in known:
            yield point.id, grader.ask(model, evidence, index)
