"""The grading of one answer: points one by one, then the verdict that follows from them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.document import Passage
from coach.errors import CoachError
from coach.grade import certainty, citing, combine, feedback, opinions, questions
from coach.grade.noanswer import Nothing
from coach.grade.task import Task
from coach.language_model import LanguageModel
from coach.verdict import Grade, KeyPointVerdict, Usage, Verdict

if TYPE_CHECKING:
    from coach.grade.grader import Grader

_MISSED = ("missing", "partial", "contradicted", "unsure")


@dataclass
class Grading:
    """The grading of one answer, started at `start` on the grader's clock."""

    grader: "Grader"
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
        # What is said in the other language is compared with the rubric in that language.
        evidence = self.grader.evidence(self.task.for_answer(self.answer), self.answer)
        wanted = opinions.wanted(evidence.task, model.name)
        opinion: dict[str, float] = {}
        if opinions.MARK in wanted:
            opinion |= self.grader.ask_mark(model, evidence)
        points: list[KeyPointVerdict] = []
        for index, asked in enumerate(self.task.key_points):
            if opinions.POINTS in wanted:
                opinion |= self.grader.ask(model, evidence, index)
            found = replace(self.grader.point(evidence, index, opinion), text=asked.text)
            points.append(self.cited(found))
            yield points[-1]
        follow_up = self.follow_up(model, points)
        if model.remote:
            self.usage = _spent(used, model.usage)
        verdict = self.summed_up(points, follow_up)
        if combine.topicality(evidence.features(0), self.task.rubric) < combine.MISSING:
            told = feedback.elsewhere(self.task, verdict.feedback)
            verdict = replace(verdict, feedback=told)
        yield verdict

    def summed_up(self, points: Sequence[KeyPointVerdict], follow_up: str) -> Verdict:
        """The score that follows from the points, and how sure it is."""
        rubric = self.task.rubric
        score = combine.score_of(self.task.key_points, points)
        if rubric == "exam":
            score = combine.exam_mark(score)
        score = round(self.grader.calibrated(self.model, rubric)(score), 4)
        grade = combine.grade_of(score, self.task.key_points, points)
        sure = certainty.confidence(score, rubric)
        told = feedback.feedback_for(self.task, points, sure >= certainty.UNSURE)
        told = feedback.with_asides(self.task, told, self.answer)
        made = self.verdict(grade, score, points, told, follow_up)
        return replace(made, interval=certainty.interval(score, rubric), confidence=sure)

    def ungraded(self, error: CoachError) -> Verdict:
        """No score and nothing judged: a failed model is no opinion."""
        points = [KeyPointVerdict(p.id, p.text, "unsure", 0.0) for p in self.task.key_points]
        told = feedback.feedback_for_failure(self.task, error.message)
        reason = f"{error.message} {error.hint}".strip()
        verdict = self.verdict("ungraded", None, points, told, "")
        return replace(verdict, ungraded_reason=reason, ungraded_kind=error.kind)

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
        if worst is None or worst.id in self.task.follow_ups or not self.grader.asks_on:
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
