"""Grades an answer key point by key point; code adds up the score."""

import time
from collections.abc import Callable, Iterator, Mapping
from copy import copy

from coach.document import Passage
from coach.errors import CoachError, UsageError
from coach.grade import combine, leaning, opinions, questions, steering
from coach.grade.calibration import AS_SHIPPED, Calibrated
from coach.grade.evidence import Evidence
from coach.grade.grading import Grading
from coach.grade.neighbours import Neighbours
from coach.grade.noanswer import Nothing, nothing
from coach.grade.similarity import Embed
from coach.grade.steering import masked
from coach.grade.task import Task
from coach.grade.task_vectors import TaskVectors
from coach.language_model import LanguageModel
from coach.verdict import KeyPointVerdict, Verdict

Search = Callable[[str, int], list[Passage]]
Mask = Callable[[str, Task], str]
_PASSAGES = 6


class Grader:
    """Grades answers against tasks. May be used from several threads.

    `model` opens the language model when it is first needed. `search` finds passages to cite;
    without it the reference is cited. `embed` gives the vectors the weights were fitted with (the
    bundled model's, for queries, whatever embedder the index uses); without it similarity counts as average.
    `neighbours` are the cards that an answer may be about instead.
    `calibrated` gives what makes scores the marks of a user's own examiners; `clock` gives seconds.
    """

    name = "keypoints"

    def __init__(
        self,
        model: Callable[[], LanguageModel],
        search: Search | None = None,
        embed: Embed | None = None,
        neighbours: Neighbours | None = None,
        *,
        calibrated: Calibrated = lambda *_: AS_SHIPPED,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model = model
        self._search = search
        self._embed = embed
        self._neighbours = neighbours
        self._clock = clock
        self.calibrated = calibrated
        self.asks_on = True
        self._mask: Mask = masked
        self._prepared: tuple[Task, TaskVectors] | None = None

    def undefended(self) -> "Grader":
        """Returns a grader that marks every word of an answer, orders too: what defences cost is measured with it."""
        other = copy(self)
        other._mask = lambda answer, _task: answer
        return other

    def uncalibrated(self) -> "Grader":
        """Returns a grader with the shipped calibration, to whose scores others are fitted; it searches no passages."""
        other = copy(self)
        other._search = None
        other.calibrated = lambda *_: AS_SHIPPED
        return other

    def marking_only(self) -> "Grader":
        """Returns a grader that asks the model for no follow-up questions: nobody reads them in an eval run."""
        other = copy(self)
        other.asks_on = False
        return other

    def grade(self, task: Task, answer: str) -> Verdict:
        """Returns the verdict on an answer; a model that fails makes it "ungraded", never a mark."""
        *_, verdict = self.judge(task, answer)
        assert isinstance(verdict, Verdict)  # noqa: S101  # judge() always ends with one
        return verdict

    def judge(self, task: Task, answer: str) -> Iterator[KeyPointVerdict | Verdict]:
        """Yields each key point as it is judged, and the whole verdict last."""
        run = Grading(self, task, answer, self._clock())
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

    def prepare(self, task: Task, draft: str = "") -> None:
        """Does beforehand what can be done while the candidate still types; `draft` is the answer so far."""
        self.vectors(task)
        model = self._model()
        task = task.for_answer(draft) if draft else task
        shown = questions.shown_answer(self.evidence(task, draft)) if draft else ""
        for prefix in questions.prefixes(task, opinions.wanted(task, model.name), shown):
            model.warm(prefix)

    def nothing(self, task: Task, answer: str) -> Nothing | None:
        """Returns why an answer answers nothing, None where there is something to judge."""
        texts = (*(point.text for point in task.key_points), *task.references)
        kind = nothing(answer, task.question, texts)
        if kind is None and nothing(self._mask(answer, task), task.question, texts) is not None:
            kind = steering.reason(answer, task)
        return kind

    def ask(self, model: LanguageModel, evidence: Evidence, index: int) -> Mapping[str, float]:
        """Returns the features of the model's opinion of one key point."""
        shown = questions.shown_answer(evidence)
        asked = questions.judgement(evidence.task, shown, index)
        if opinions.leans(model):
            return opinions.of_tokens(model.lean(asked, leaning.fitted().tokens))
        return opinions.of_letters(model.choose(asked, opinions.OPTIONS))

    def ask_mark(self, model: LanguageModel, evidence: Evidence) -> Mapping[str, float]:
        """Returns the feature of the model's opinion of the whole answer."""
        shown = questions.shown_answer(evidence)
        asked = questions.marking(evidence.task, shown)
        return opinions.of_mark(model.choose(asked, opinions.MARKS))

    def point(
        self, evidence: Evidence, index: int, opinion: Mapping[str, float]
    ) -> KeyPointVerdict:
        """Judges one key point, without a citation, by the evidence and the model's features.

        Without words of the answer to show, it is unsure and not credited.
        """
        task = evidence.task
        point = task.key_points[index]
        features = {**evidence.features(index), **opinion}
        covered = round(combine.probability(features, task.rubric), 4)
        word = combine.word_for(covered, opinion.get(opinions.AGAINST, 0.0))
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
            kept = (task, TaskVectors.of(task, self._embed, self._neighbours))
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
