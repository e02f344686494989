"""Grades an answer key point by key point; code adds up the score."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace

from coach.document import Passage
from coach.errors import CoachError, UsageError
from coach.grade import citing, combine, feedback, questions, steering
from coach.grade.evidence import Evidence, TaskVectors
from coach.grade.noanswer import Nothing, nothing
from coach.grade.similarity import Embed
from coach.grade.steering import masked
from coach.grade.task import Task
from coach.language_model import LanguageModel
from coach.verdict import Grade, KeyPointVerdict, Usage, Verdict

Search = Callable[[str, int], list[Passage]]
Mask = Callable[[str, Task], str]
_MISSED = ("missing", "partial", "contradicted", "unsure")
_PASSAGES = 6


class Grader:
    """Grades answers against tasks. May be used from several threads.

    `model` opens the language model when it is first needed. `search` finds passages to cite;
    without it the reference is cited. `embed` gives the vectors the weights were fitted with (the
    bundled model's, for queries, whatever embedder the index uses); without it similarity counts as average.
    `clock` gives seconds.
    """

    name = "keypoints"

    def __init__(
        self,
        model: Callable[[], LanguageModel],
        *,
        search: Search | None = None,
        embed: Embed | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model = model
        self._search = search
        self._embed = embed
        self._clock = clock
        self._mask: Mask = masked
        self._prepared: tuple[Task, TaskVectors] | None = None

    def undefended(self) -> "Grader":
        """Returns a grader that marks every word of an answer, orders too: what defences cost is measured with it."""
        other = copy(self)
        other._mask = lambda answer, _task: answer
        return other

    def grade(self, task: Task, answer: str) -> Verdict:
        """Returns the verdict on an answer; a model that fails makes it "ungraded", never a mark."""
        *_, verdict = self.judge(task, answer)
        assert isinstance(verdict, Verdict)  # noqa: S101  # judge() always ends with one
        return verdict

    def judge(self, task: Task, answer: str) -> Iterator[KeyPointVerdict | Verdict]:
        """Yields each key point as it is judged, and the whole verdict last."""
        run = _Run(self, task, answer, self._clock())
        kind = self.nothing(task, answer)
        if kind is not None:
            yield from run.nothing(kind)
            return
        try:
            yield from run.judged()
        except UsageError:
            raise
        except CoachError as error:
            yield run.ungraded(error)

    def prepare(self, task: Task) -> None:
        """Does beforehand what does not depend on the answer, while the candidate still types."""
        self.vectors(task)
        self._model().warm(questions.prefix(task))

    def nothing(self, task: Task, answer: str) -> Nothing | None:
        """Returns why an answer answers nothing, None where there is something to judge."""
        texts = (*(point.text for point in task.key_points), *task.references)
        kind = nothing(answer, task.question, texts)
        if kind is None and nothing(self._mask(answer, task), task.question, texts) is not None:
            kind = steering.reason(answer, task)
        return kind

    def ask(self, model: LanguageModel, evidence: Evidence, index: int) -> Mapping[str, float]:
        """Returns the model's opinion of one key point: the probability of each letter."""
        shown = questions.shown_answer(evidence)
        return model.choose(questions.judgement(evidence.task, shown, index), combine.OPTIONS)

    def point(self, evidence: Evidence, index: int, chosen: Mapping[str, float]) -> KeyPointVerdict:
        """Judges one key point, without a citation, by the evidence and the model's opinion.

        Without words of the answer to show, it is unsure and not credited.
        """
        task = evidence.task
        point = task.key_points[index]
        features = {**evidence.features(index), **combine.opinion(chosen)}
        covered = round(combine.probability(features, task.lang), 4)
        word = combine.word_for(covered, chosen.get("D", 0.0))
        quote = None if word == "missing" else evidence.quote(index)
        if word != "missing" and quote is None:
            word, covered = "unsure", 0.0
        return KeyPointVerdict(point.id, point.text, word, covered, quote)

    def open_model(self) -> LanguageModel:
        """Returns the language model, opening it where it is not open yet."""
        return self._model()

    def vectors(self, task: Task) -> TaskVectors:
        """Returns the task's vectors, those of the last task from memory."""
        kept = self._prepared
        if kept is None or kept[0] != task:
            kept = (task, TaskVectors.of(task, self._embed))
            self._prepared = kept
        return kept[1]

    def evidence(self, task: Task, answer: str) -> Evidence:
        """Lays an answer beside the task, orders to the grader blanked out."""
        return Evidence(task, answer, self._mask(answer, task), self.vectors(task), self._embed)

    def passages(self, task: Task) -> list[Passage]:
        """Returns passages on the task; none where there is no index: the reference is cited then."""
        if self._search is None:
            return []
        try:
            return self._search(task.question, _PASSAGES)
        except CoachError:
            # A mark does not depend on citations: an index that fails costs the wider reading only.
            return []

    def seconds_since(self, start: float) -> float:
        """Seconds on the grader's clock since `start`."""
        return round(self._clock() - start, 3)


@dataclass
class _Run:
    """The grading of one answer, started at `start` on the grader's clock."""

    grader: Grader
    task: Task
    answer: str
    start: float
    model: str = ""
    usage: Usage | None = None
    found: Sequence[Passage] | None = None

    def nothing(self, kind: Nothing) -> Iterator[KeyPointVerdict | Verdict]:
        """Every point missing and cited, score 0; no model is asked."""
        points = [
            self.cited(KeyPointVerdict(point.id, point.text, "missing", 0.0))
            for point in self.task.key_points
        ]
        yield from points
        told = feedback.feedback_for_nothing(self.task, kind)
        yield self.verdict("no_answer", 0.0, points, told, self.own_follow_up(points))

    def judged(self) -> Iterator[KeyPointVerdict | Verdict]:
        """Every point judged by the model and sharpened by the evidence; then the sum."""
        model = self.grader.open_model()
        self.model = model.name
        used = model.usage
        evidence = self.grader.evidence(self.task, self.answer)
        points: list[KeyPointVerdict] = []
        for index in range(len(self.task.key_points)):
            chosen = self.grader.ask(model, evidence, index)
            points.append(self.cited(self.grader.point(evidence, index, chosen)))
            yield points[-1]
        score = combine.score_of(self.task.key_points, points)
        grade = combine.grade_of(score, self.task.key_points, points)
        told = feedback.feedback_for(self.task, points)
        if evidence.masked != self.answer:
            told = feedback.with_asides(self.task, told, self.answer)
        follow_up = self.follow_up(model, points)
        if model.remote:
            self.usage = _spent(used, model.usage)
        yield self.verdict(grade, score, points, told, follow_up)

    def ungraded(self, error: CoachError) -> Verdict:
        """No score and nothing judged: a failed model is no opinion."""
        points = [KeyPointVerdict(p.id, p.text, "unsure", 0.0) for p in self.task.key_points]
        told = feedback.feedback_for_failure(self.task, error.message)
        reason = f"{error.message} {error.hint}".strip()
        return replace(self.verdict("ungraded", None, points, told, ""), ungraded_reason=reason)

    def cited(self, verdict: KeyPointVerdict) -> KeyPointVerdict:
        """Adds to a missed point the passage that states it."""
        if verdict.verdict not in _MISSED:
            return verdict
        if self.found is None:
            self.found = self.grader.passages(self.task)
        point = next(point for point in self.task.key_points if point.id == verdict.id)
        return replace(verdict, citation=citing.best_passage(point, self.task, self.found))

    def own_follow_up(self, points: Sequence[KeyPointVerdict]) -> str:
        """The card's question for the most important gap, else a plain one; empty without a gap."""
        worst = feedback.gap(self.task, points)
        if worst is None:
            return ""
        return self.task.follow_ups.get(worst.id) or feedback.plain_follow_up(self.task)

    def follow_up(self, model: LanguageModel, points: Sequence[KeyPointVerdict]) -> str:
        """As `own_follow_up`, but where the card has none the model is asked for one."""
        worst = feedback.gap(self.task, points)
        if worst is None or worst.id in self.task.follow_ups:
            return self.own_follow_up(points)
        try:
            return questions.ask_follow_up(model, self.task, worst.text) or self.own_follow_up(
                points
            )
        except CoachError:
            # The mark stands already; a plain question is better than losing it.
            return self.own_follow_up(points)

    def verdict(
        self,
        grade: Grade,
        score: float | None,
        points: Sequence[KeyPointVerdict],
        told: str,
        follow_up: str,
    ) -> Verdict:
        """Puts the verdict together."""
        return Verdict(
            card=self.task.card,
            score=None if score is None else round(score, 4),
            grade=grade,
            key_points=tuple(points),
            feedback=told,
            follow_up=follow_up,
            grader=self.grader.name,
            model=self.model,
            elapsed_s=self.grader.seconds_since(self.start),
            usage=self.usage,
        )


def _spent(before: Usage, after: Usage) -> Usage:
    return Usage(
        after.prompt_tokens - before.prompt_tokens,
        after.completion_tokens - before.completion_tokens,
    )
