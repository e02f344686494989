"""A coach whose slow parts are stand-ins: they say the same thing each time, as slowly as told."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from practice_standins import ScriptedPractice

from coach.app import Coach
from coach.card import Bilingual, Card, FollowUp, KeyPoint
from coach.deck import Deck
from coach.document import Chunk, Locator, Passage
from coach.errors import CoachError, ModelTimeout
from coach.grade.task import Task
from coach.models.choice import Choice
from coach.models.choice import Offer as FoundOffer
from coach.paths import Paths
from coach.settings import Settings, with_value
from coach.verdict import KeyPointVerdict, Quote, Usage, Verdict

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


def passage(text: str, heading: str, document: str = "notes/optimization.en.md") -> Passage:
    return Passage(Chunk(document, Locator(12, 19, heading), "en", text, "section"), 0.8)


MOMENTUM = passage(
    "Adam keeps a running mean of the gradients and one of their squares.\n"
    "Both start at zero, so they are divided by 1 - beta**t in the first steps.",
    "Adam and its bias correction",
)

ADAM = Card(
    id="adam",
    topic="optimization",
    level="mid",
    kind="concept",
    question=Bilingual(
        "How does Adam choose the step of each parameter, and why does it correct its bias?",
        "Adam 如何为每个参数选择步长？为什么需要偏差修正？",
    ),
    reference=Bilingual(
        "Adam divides a running mean of the gradients by the root of a running mean of their "
        "squares. Both means start at zero, so early values are scaled up.",
        "Adam 用梯度的滑动平均除以梯度平方滑动平均的平方根。两者从零开始，因此早期要放大。",
    ),
    key_points=(
        KeyPoint(
            "mean", Bilingual("It keeps a running mean of the gradients", "维护梯度的滑动平均"), 2
        ),
        KeyPoint(
            "square", Bilingual("It divides by the root of the mean square", "除以均方的平方根"), 2
        ),
        KeyPoint(
            "bias", Bilingual("Means that start at zero are corrected", "修正从零开始的平均"), 1
        ),
    ),
    follow_ups=(
        FollowUp(
            "bias",
            Bilingual(
                "What is wrong with the means in the first steps?", "最初几步的平均有什么问题？"
            ),
        ),
    ),
)
DROPOUT = Card(
    id="dropout",
    topic="regularization",
    level="junior",
    kind="concept",
    question=Bilingual("What does dropout do at test time?", "测试时 dropout 怎么做？"),
    reference=Bilingual(
        "Nothing is dropped; activations keep their scale.", "不丢弃，保持激活的尺度。"
    ),
    key_points=(KeyPoint("off", Bilingual("Nothing is dropped at test time", "测试时不丢弃")),),
)
SOFTMAX = Card(
    id="softmax-code",
    topic="losses",
    level="junior",
    kind="code",
    question=Bilingual("Write a softmax that does not overflow.", "写一个不会溢出的 softmax。"),
    reference=Bilingual("Subtract the row's maximum first.", "先减去每行最大值。"),
    key_points=(KeyPoint("max", Bilingual("Subtracts the maximum", "减去最大值")),),
    exercise="softmax",
)
DECK = Deck((SOFTMAX, ADAM, DROPOUT))

GOOD = "It keeps a running mean of the gradients and divides by the root of the mean square."


def points(answer: str) -> tuple[KeyPointVerdict, ...]:
    """Covered, partial and missing, with quotes where the answer has the words."""

    def quote(words: str) -> Quote | None:
        at = answer.find(words)
        return Quote(words, at, at + len(words)) if at >= 0 else None

    return (
        KeyPointVerdict(
            "mean",
            "It keeps a running mean of the gradients",
            "covered",
            0.97,
            quote("running mean of the gradients"),
        ),
        KeyPointVerdict(
            "square",
            "It divides by the root of the mean square",
            "partial",
            0.5,
            quote("root of the mean square"),
            MOMENTUM,
        ),
        KeyPointVerdict(
            "bias", "Means that start at zero are corrected", "missing", 0.04, None, MOMENTUM
        ),
    )


def verdict(answer: str, **changes: Any) -> Verdict:
    """A partial verdict on ADAM that asks the follow-up."""
    given = Verdict(
        card="adam",
        score=0.62,
        grade="partial",
        key_points=points(answer),
        feedback="The step is right; say what happens in the first steps.",
        follow_up="What is wrong with the means in the first steps?",
        grader="keypoints",
        model="scripted",
        elapsed_s=1.5,
        interval=(0.5, 0.75),
        usage=Usage(900, 40),
    )
    return replace(given, **changes)


class ScriptedGrader:
    """Yields what a script says for each answer in turn; an exception in it is raised.

    With `gate` every step waits until the test lets it go.
    """

    def __init__(self) -> None:
        self.scripts: list[Callable[[str], list[Any]]] = []
        self.asked: list[tuple[Task, str]] = []
        self.prepared: list[tuple[Task, str]] = []
        self.gate: threading.Semaphore | None = None

    def judge(self, task: Task, answer: str) -> Iterator[Any]:
        self.asked.append((task, answer))
        script = self.scripts.pop(0) if self.scripts else right
        for step in script(answer):
            if self.gate is not None:
                self.gate.acquire()
            if isinstance(step, Exception):
                raise step
            yield step

    def prepare(self, task: Task, draft: str = "") -> None:
        self.prepared.append((task, draft))


def partly(answer: str) -> list[Any]:
    return [*points(answer), verdict(answer)]


def right(answer: str) -> list[Any]:
    point = KeyPointVerdict("off", "Everything that was asked for", "covered", 0.98)
    return [
        point,
        verdict(
            answer,
            score=1.0,
            grade="correct",
            key_points=(point,),
            feedback="Right.",
            follow_up="",
            interval=None,
        ),
    ]


def dying(answer: str) -> list[Any]:
    return [
        points(answer)[0],
        ModelTimeout("http://127.0.0.1:9/v1 gave no reply in 120 s.", "Is it running?"),
    ]


def unsure(answer: str) -> list[Any]:
    nonsense = verdict(
        answer,
        score=None,
        grade="ungraded",
        key_points=(),
        ungraded_reason="The model replied nonsense.",
        interval=None,
    )
    return [nonsense]


class ScriptedAsker:
    """Streams a fixed answer with one citation; with `gate` every word waits until it is let go."""

    def __init__(self) -> None:
        self.error: CoachError | None = None
        self.answered = True
        self.text = "Adam corrects means that start at zero [1]."
        self.earlier: list[Any] = []
        self.gate: threading.Semaphore | None = None

    def ask(self, question: str, k: int = 5, earlier: Any = None) -> Iterator[Any]:
        from coach.ask import Answer, Citation

        text = self.text
        self.earlier.append(earlier)
        if self.error is not None:
            yield text[:10]
            raise self.error
        if not self.answered:
            yield Answer(question, False, "", (), "scripted", 0.4)
            return
        for word in text.split(" "):
            if self.gate is not None:
                self.gate.acquire()
            yield word + " "
        quote = "Both start at zero"
        yield Answer(question, True, text, (Citation("[1]", MOMENTUM, quote),), "scripted", 1.2)


class ScriptedRetriever:
    """Finds the same passages whatever is looked for."""

    def __init__(self) -> None:
        self.passages = [MOMENTUM]
        self.asked: list[str] = []

    def search(self, query: str, k: int = 5, lang: str = "any") -> list[Passage]:
        self.asked.append(query)
        return self.passages[:k]


class StillIndex:
    """An index that is ready and has nothing to do."""

    def ensure(self, on_progress: Any) -> None:
        """Nothing to build."""

    def status(self) -> Any:
        from coach.index import IndexStatus

        return IndexStatus("ready", "", "hashing", 8, 61, 352, 352, Path("index"), "")


class ScriptedStore:
    """Knows one embedded model, which is installed."""

    def choice(self, values: Any, environ: Any) -> Choice:
        if values.base_url or values.name:
            return Choice("openai", values.name, values.base_url or "https://api.openai.com/v1")
        return Choice("embedded", "scripted-1b")

    def installed(self, name: str) -> bool:
        return True

    def offer(self, environ: Any) -> FoundOffer | None:
        key = environ.get("OPENAI_API_KEY")
        url = environ.get("OPENAI_BASE_URL") or "https://api.openai.com/v1"
        return FoundOffer(url, True) if key else None


class StandInCoach(Coach):
    """A coach whose deck, grader, asker, practice and index are stand-ins; its history is real."""

    deck = DECK  # type: ignore[assignment]
    index = StillIndex()  # type: ignore[assignment]
    models = ScriptedStore()  # type: ignore[assignment]

    def __init__(
        self, paths: Paths, *, environ: dict[str, str] | None = None, **changes: Any
    ) -> None:
        settings = Settings()
        for name, value in {"ui.theme": "coach-dark", **changes}.items():
            settings = with_value(settings, name, value)
        super().__init__(settings, paths, environ=environ, clock=lambda: NOON)
        self.grader = ScriptedGrader()  # type: ignore[assignment]
        self.asker = ScriptedAsker()  # type: ignore[assignment]
        self.retriever = ScriptedRetriever()  # type: ignore[assignment]
        self.practice = ScriptedPractice(paths.history_file.parent / "softmax")  # type: ignore[assignment]
