"""What the grader is fitted on: the deck's marked exemplars and sets of answers with human marks."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from fitting import Answer

from coach.card import Card
from coach.embeddings.bundled import BundledEmbeddings
from coach.grade.clauses import recall, sentences, tokens
from coach.grade.evidence import Evidence
from coach.grade.opinions import MARK, of_mark
from coach.grade.similarity import centred, dot
from coach.grade.steering import masked
from coach.grade.task import Task
from coach.grade.task_vectors import TaskVectors
from coach.language import LANGS
from eval.datasets import SETS, Sample, read_set

Key = tuple[str, str, int | str, str]
"""Id of a card or an answer, language, an exemplar's number (another's kind, or OF_SET), id of a point (or MARK)."""
Opinions = Mapping[Key, Mapping[str, float]]
HARD = SETS / "hard.jsonl"
"""Right answers in other words, and right words in wrong relations."""
LEFT_OUT_SHARE = 0.7
LEFT_OUT_POINTS = 2
UNUSUAL_SHARE = 0.25
STRANGERS = 12
"""So many answers to other questions are laid beside each reference."""
GOOD = 0.5
OF_SET = -1
"""Stands in the opinions file where the deck has an exemplar's number: the answer is a set's."""


class Kept:
    """The bundled embedder for queries, with a file that remembers what it embedded."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._embed = BundledEmbeddings().embed_queries
        self._known: dict[str, list[float]] = {}
        if path is not None and path.exists():
            with np.load(path) as stored:
                vectors = stored["vectors"].tolist()
                self._known = dict(zip(stored["texts"].tolist(), vectors, strict=True))

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Returns the vectors of texts."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, self._embed(new), strict=True))
        return [self._known[text] for text in texts]

    def save(self) -> None:
        """Stores the vectors, where there is a file for them."""
        if self._path is not None:
            vectors = np.array(list(self._known.values()), dtype=np.float32)
            np.savez(self._path, texts=np.array(list(self._known)), vectors=vectors)


def held_back() -> frozenset[str]:
    """The cards whose marked answers lie in `eval/sets`: they test the grader; one number is fitted on them.

    That is what an answer in another language than its reference gains (`fit_language.py`).
    """
    lines = (SETS / "answers-en.jsonl").read_text("utf-8").splitlines()
    return frozenset(json.loads(line)["question_id"] for line in lines)


@dataclass(frozen=True)
class Marked:
    """An answer to a card of which it is known which points it covers."""

    key: tuple[str, str, int | str]
    answer: str
    covers: frozenset[str]
    score: float | None = None
    share: float = 1.0
    """How much it counts: candidates seldom mean to mislead, and seldom know the reference by heart."""

    @property
    def lang(self) -> str:
        """The language it is in."""
        return self.key[1]


def marked_answers(card: Card) -> Iterator[Marked]:
    """Yields a card's exemplars and references, then its hard answers."""
    points = frozenset(point.id for point in card.key_points)
    for lang in LANGS:
        reference = card.reference[lang].strip()
        yield Marked((card.id, lang, "reference"), reference, points, share=UNUSUAL_SHARE)
        own = [exemplar for exemplar in card.exemplars if exemplar.lang == lang]
        for number, one in enumerate(own):
            key = (card.id, lang, number)
            yield Marked(key, one.answer, frozenset(one.covers), one.score)
    for row in _hard().get(card.id, ()):
        key = (card.id, row["lang"], row["kind"])
        yield Marked(key, row["answer"], frozenset(row["covered"]), share=UNUSUAL_SHARE)


@cache
def _hard() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for line in HARD.read_text("utf-8").splitlines():
        row = json.loads(line)
        found[row["card"]].append(row)
    return found


def of_deck(cards: Sequence[Card], kept: Kept, opinions: Opinions) -> Iterator[Answer]:
    """Yields the answers that the model was asked about, and good exemplars with the sentence on one point cut out.

    Without those a fit would learn that a good answer says everything.
    """
    for card in cards:
        tasks = {lang: Task.from_card(card, lang) for lang in LANGS}
        vectors = {lang: TaskVectors.of(task, kept.embed) for lang, task in tasks.items()}
        for one in marked_answers(card):
            if (*one.key, card.key_points[0].id) not in opinions:
                continue
            task = tasks[one.lang]
            hidden = masked(one.answer, task)
            evidence = Evidence(task, one.answer, hidden, vectors[one.lang], kept.embed)
            ids = [point.id for point in card.key_points]
            kind = "deck" if isinstance(one.key[2], int) else one.key[2]
            made = Answer(
                group=f"{kind} {one.lang}",
                question=card.topic,
                lang=one.lang,
                features=tuple(
                    {**evidence.features(i), **opinions.get((*one.key, id_), {})}
                    for i, id_ in enumerate(ids)
                ),
                weights=tuple(point.weight for point in card.key_points),
                length=len(one.answer),
                covered=tuple(id_ in one.covers for id_ in ids),
                mark=one.score,
                share=one.share,
                key=(*one.key, 1.0),
            )
            yield made
            if one.key[2] == 0:
                yield from _left_out(made, evidence)


def _left_out(made: Answer, evidence: Evidence) -> Iterator[Answer]:
    said = [index for index, covered in enumerate(made.covered) if covered]
    for index in said[:LEFT_OUT_POINTS]:
        rest = _without(evidence, index)
        if rest is not None:
            yield replace(
                made,
                group=f"left out {made.lang}",
                features=(dict(rest.features(index)),),
                weights=(1.0,),
                covered=(False,),
                mark=None,
                share=LEFT_OUT_SHARE,
            )


def _without(evidence: Evidence, index: int) -> Evidence | None:
    """The answer without the sentence that says most of a point; None for a short answer."""
    found = sentences(evidence.masked)
    if len(found) < 3 or evidence.embed is None:
        return None
    vectors = centred(evidence.embed, [piece.text for piece in found])
    wanted = tokens(evidence.task.key_points[index].text)
    point = evidence.vectors.points[index]
    says = [
        recall(wanted, tokens(piece.text)) + dot(vector, point)
        for piece, vector in zip(found, vectors, strict=True)
    ]
    piece = found[says.index(max(says))]
    rest = evidence.answer[: piece.start] + evidence.answer[piece.end :]
    return replace(evidence, answer=rest, masked=masked(rest, evidence.task))


def drawn(path: Path) -> list[list[Sample]]:
    """The answers of each question of a set, shuffled by its id: so many of them are the first ones."""
    by_question: dict[str, list[Sample]] = defaultdict(list)
    for sample in read_set(path):
        by_question[sample.question_id].append(sample)
    found = []
    for question, samples in sorted(by_question.items()):
        own = sorted(samples, key=lambda sample: sample.id)
        random.Random(question).shuffle(own)
        found.append(own)
    return found


def of_set(
    path: Path, per_question: int | None, kept: Kept, opinions: Opinions
) -> Iterator[Answer]:
    """Yields the answers of a marked set, at most so many of each question."""
    for samples in drawn(path):
        task = samples[0].task
        vectors = TaskVectors.of(task, kept.embed)
        for sample in samples[:per_question]:
            if sample.task != task:
                task = sample.task
                vectors = TaskVectors.of(task, kept.embed)
            answer = sample.answer
            evidence = Evidence(task, answer, masked(answer, task), vectors, kept.embed)
            key = (sample.id, sample.lang, OF_SET)
            marked = opinions.get((*key, MARK))
            mark = of_mark(marked) if marked else {}
            yield Answer(
                group=path.stem,
                question=sample.question_id,
                lang=sample.lang,
                features=tuple(
                    {**evidence.features(i), **mark} for i in range(len(task.key_points))
                ),
                weights=tuple(point.weight for point in task.key_points),
                length=len(answer),
                mark=sample.human,
                key=(path.stem, sample.id, sample.max_score),
            )


def of_others(path: Path, per_question: int | None, kept: Kept) -> Iterator[Answer]:
    """Yields, for each question of a set, good answers to its other questions: off its topic, however good."""
    asked = drawn(path)
    draw = random.Random(0)  # a sample, no secret
    for own in asked:
        task = own[0].task
        vectors = TaskVectors.of(task, kept.embed)
        others = [s for o in asked if o is not own for s in o[:per_question] if s.human >= GOOD]
        for sample in draw.sample(others, min(STRANGERS, len(others))):
            text = sample.answer
            evidence = Evidence(task, text, masked(text, task), vectors, kept.embed)
            yield Answer(
                group=path.stem,
                question=own[0].question_id,
                lang=sample.lang,
                features=tuple(evidence.features(i) for i in range(len(task.key_points))),
                weights=tuple(point.weight for point in task.key_points),
                length=len(text),
                mark=0.0,
                key=(path.stem, sample.id, sample.max_score),
            )
