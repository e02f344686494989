"""A task, answers to it, and graders over scripted models; what holds of every verdict."""

from coach.grade import Grader, Task
from coach.language_model import LanguageModel, Message
from coach.models.scripted import Reply, ScriptedChat
from coach.verdict import Verdict

TASK = Task.from_reference(
    "What does dropout do?",
    ["Dropout zeroes random units during training. At test time all units are kept switched on."],
    ["Random units are zeroed during training.", "At test time all units are kept."],
    "en",
)
GOOD = "During training random units get zeroed. At test time all the units are kept."
HALF = "During training it zeroes random units, which makes the network robust."
SAYS_IT = {"A": 0.9, "B": 0.05, "C": 0.04, "D": 0.01}
SAYS_NOT = {"A": 0.05, "B": 0.05, "C": 0.85, "D": 0.05}


def scripted(replies: object) -> LanguageModel:
    return LanguageModel(ScriptedChat(replies=replies), name="scripted", remote=False)


def always(letters: dict[str, float]) -> LanguageModel:
    def reply(messages: list[Message]) -> Reply:
        return letters if "<answer>" in messages[-1][1] else "What else happens at test time?"

    return scripted(reply)


def grader(model: LanguageModel, **parts: object) -> Grader:
    return Grader(lambda: model, **parts)  # type: ignore[arg-type]


def assert_ungraded(verdict: Verdict) -> None:
    assert verdict.grade == "ungraded"
    assert verdict.score is None
    assert verdict.ungraded_reason
    assert all(point.verdict == "unsure" for point in verdict.key_points)


def check(verdict: Verdict, answer: str) -> None:
    """What holds for every verdict, whatever was answered."""
    assert (verdict.score is None) == (verdict.grade == "ungraded")
    assert verdict.score is None or 0 <= verdict.score <= 1
    for point in verdict.key_points:
        assert 0 <= point.probability <= 1
        if point.quote is not None:
            assert answer[point.quote.start : point.quote.end] == point.quote.text
        if point.verdict in ("covered", "partial", "contradicted"):
            assert point.quote is not None
        if point.verdict in ("missing", "partial", "contradicted") and verdict.score is not None:
            assert point.citation is not None
        if point.verdict == "unsure":
            assert point.probability == 0
