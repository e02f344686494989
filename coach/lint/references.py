"""Whether the grader finds every key point in a card's own reference, and none in another topic's.

A point missed in the own reference means that the reference does not say it, or that the grader
cannot see it; a point found in a reference on something else means that it says too little.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from coach.card import Card
from coach.grade import Grader, Task, combine
from coach.grade.opinions import leans
from coach.language import LANGS, Lang
from coach.language_model import LanguageModel
from coach.lint.judgements import Judged, Judgement, Judgements
from coach.prompts import prompt

WANTED = 0.97
_CREDITED = ("covered", "partial")


@dataclass(frozen=True)
class Trial:
    """The reference of `other` (the card itself, or one of another topic) graded against a card."""

    path: Path
    card: Card
    lang: Lang
    other: Card

    @property
    def own(self) -> bool:
        """Whether the reference is the card's own, so that every point should be covered."""
        return self.other.id == self.card.id

    @property
    def slot(self) -> str:
        """What there is one judgement of; a newer one takes its place."""
        return f"{self.card.id} {self.lang} {'own' if self.own else 'other'}"

    @property
    def answer(self) -> str:
        """The reference that is graded."""
        return self.other.reference[self.lang]

    def wrong(self, judgement: Judgement) -> list[Judged]:
        """The points that should have come out otherwise."""
        if self.own:
            return [point for point in judgement.points if point.verdict != "covered"]
        return [point for point in judgement.points if point.verdict in _CREDITED]


def trials(cards: Iterable[tuple[Path, Card]], deck: Sequence[Card]) -> list[Trial]:
    """Each card in each language against its own reference and against one of another topic in `deck`."""
    found = []
    for path, card in cards:
        others = [card, *_stranger(card, deck)]
        found += [Trial(path, card, lang, other) for lang in LANGS for other in others]
    return found


class Examiner:
    """Grades references with a grader; what is judged already and unchanged is taken from the file."""

    def __init__(self, grader: Grader, model: LanguageModel, kept: Judgements) -> None:
        self._grader = grader
        self._model = model
        self._kept = kept

    def known(self, trial: Trial) -> Judgement | None:
        """Returns the judgement kept of just these texts, judged by just this grader and model."""
        found = self._kept.get(trial.slot)
        return found if found is not None and found.key == self._key(trial) else None

    def judge(self, trial: Trial) -> Judgement:
        """Grades a reference and keeps the judgement at once; the model is not asked twice."""
        task = Task.from_card(trial.card, trial.lang)
        asked = self._asked(trial)
        if self._grader.nothing(task, trial.answer):
            points = tuple(Judged(point.id, "missing", 0.0) for point in task.key_points)
        else:
            before = self._kept.get(trial.slot)
            same = before is not None and before.asked == asked
            opinions = {p.id: p.opinion for p in before.points} if before and same else {}
            points = tuple(self._points(task, trial.answer, opinions))
        made = Judgement(self._key(trial), asked, trial.slot, trial.other.id, points)
        self._kept.add(made)
        return made

    def _points(
        self, task: Task, answer: str, opinions: Mapping[str, Mapping[str, float] | None]
    ) -> Iterable[Judged]:
        evidence = self._grader.evidence(task, answer)
        for index, point in enumerate(task.key_points):
            opinion = opinions.get(point.id)
            most = combine.highest(evidence.features(index), task.rubric, self._model)
            if most < combine.MISSING:
                # No opinion could raise it: the model need not be asked.
                yield Judged(point.id, "missing", round(most, 4), opinion)
                continue
            if opinion is None:
                asked = self._grader.ask(self._model, evidence, index)
                opinion = {name: round(value, 4) for name, value in asked.items()}
            found = self._grader.point(evidence, index, opinion)
            yield Judged(point.id, found.verdict, found.probability, opinion)

    def _key(self, trial: Trial) -> str:
        return _digest(*self._texts(trial), *_grader_data(trial.lang))

    def _asked(self, trial: Trial) -> str:
        known = _read("leaning.json") if leans(self._model) else ""
        return _digest(*self._texts(trial), prompt("judge", trial.lang), known)

    def _texts(self, trial: Trial) -> tuple[object, ...]:
        task = Task.from_card(trial.card, trial.lang)
        points = [(point.id, point.text) for point in task.key_points]
        texts = (task.question, task.references, points, task.mistakes, trial.answer)
        return texts, trial.lang, self._model.name


def _stranger(card: Card, deck: Sequence[Card]) -> list[Card]:
    """The card of another topic that a hash chooses: a new card moves few of the others' choices."""
    others = [other for other in deck if other.topic != card.topic]
    return sorted(others, key=lambda other: _digest(card.id, other.id))[:1]


def _grader_data(lang: Lang) -> list[str]:
    """What was fitted or written for the grader; a change of its code alone is not seen."""
    return [*map(_read, ("weights.json", "means.json", "leaning.json")), prompt("judge", lang)]


@cache
def _read(name: str) -> str:
    return (files("coach.grade") / name).read_text("utf-8")


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
