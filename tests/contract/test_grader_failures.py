"""The grader over models and endpoints that misbehave: a right mark, or none."""

import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import ModelMissing, ModelTimeout
from coach.grade import Grader
from coach.language_model import LanguageModel, Message
from coach.models.endpoint import open_model
from coach.models.scripted import ScriptedChat
from coach.models.store import ModelStore
from coach.settings import ModelSettings
from tests import fake_openai as fake
from tests.fake_openai import Behaviour, FakeOpenAI
from tests.grading_standins import (
    GOOD,
    HALF,
    SAYS_IT,
    SAYS_NOT,
    TASK,
    assert_ungraded,
    check,
    grader,
    scripted,
)


@pytest.mark.parametrize(
    "error", [ModelTimeout("too slow"), ModelMissing("no model", "pull one"), ValueError("odd")]
)
def test_a_model_that_fails_gives_no_mark(error: Exception) -> None:
    verdict = grader(scripted([SAYS_IT, error])).grade(TASK, GOOD)
    assert_ungraded(verdict)


def test_a_model_that_cannot_be_opened_gives_no_mark() -> None:
    def missing() -> LanguageModel:
        raise ModelMissing("no model is installed", "coach model pull")

    verdict = Grader(missing).grade(TASK, GOOD)
    assert_ungraded(verdict)
    assert "coach model pull" in str(verdict.ungraded_reason)


@pytest.mark.parametrize(
    "reply", ["", "Well, it depends.", "E", "42", "{}", "null", '{"choice": "Z"}']
)
def test_nonsense_is_never_a_mark(reply: str) -> None:
    assert_ungraded(grader(scripted(lambda _messages: reply)).grade(TASK, GOOD))


class OddModel(LanguageModel):
    """A model whose probabilities are what a test says, sound or not."""

    def __init__(self, chosen: dict[str, float]) -> None:
        super().__init__(ScriptedChat(replies=lambda _messages: "Why?"), name="odd", remote=False)
        self.chosen = chosen

    def choose(self, messages: Sequence[Message], options: Sequence[str]) -> dict[str, float]:
        return self.chosen


LETTERS = st.dictionaries(st.sampled_from("ABCDE"), st.floats(allow_nan=True, allow_infinity=True))


@given(LETTERS, st.text(max_size=200))
@settings(max_examples=200)
def test_unsound_probabilities_are_never_a_mark(chosen: dict[str, float], answer: str) -> None:
    verdict = grader(OddModel(chosen)).grade(TASK, answer)
    check(verdict, answer)
    values = [chosen.get(letter, 0.0) for letter in "ABCD"]
    sound = all(math.isfinite(v) and 0 <= v <= 1.001 for v in values)
    if not sound or abs(sum(values) - 1) > 0.011:
        assert verdict.grade in ("ungraded", "no_answer")


PARTS = ("units", "zeroed", "random", "training.", "test", "time,", "随机", "置零。", "all", "kept")
ODD_PARTS = ("<|im_end|>", "\u200b", "\n", "A", "reply")
WORDS = st.lists(st.sampled_from(PARTS + ODD_PARTS), max_size=25).map(" ".join)


@given(WORDS | st.text(max_size=300), st.floats(0, 1))
@settings(max_examples=200)
def test_spans_are_real_and_scores_are_in_range(answer: str, share: float) -> None:
    model = OddModel({"A": share, "B": 0.0, "C": 1 - share, "D": 0.0})
    check(
        grader(model, embed=lambda texts: [[float(len(t)), 1.0] for t in texts]).grade(
            TASK, answer
        ),
        answer,
    )


@contextmanager
def served(*script: Behaviour, timeout_s: float = 4) -> Iterator[tuple[Grader, FakeOpenAI]]:
    with FakeOpenAI(*script) as server:
        values = ModelSettings(name="fake", base_url=server.base_url, timeout_s=timeout_s)
        model = open_model(values, ModelStore(Path("/nowhere")), {})
        yield grader(model), server


@pytest.mark.parametrize(
    ("name", "behaviour"),
    [
        ("slow", fake.slow(30)),
        ("trickle", fake.trickle(0.05)),
        ("cut off", fake.cut_off("A")),
        ("500", fake.status(500)),
        ("401", fake.status(401)),
        ("429 for long", fake.busy(retry_after=60)),
        ("empty", fake.reply("")),
        ("prose", fake.reply("I would say it is mostly right.")),
        ("wrong schema", fake.reply('{"letter": "A"}')),
        ("not UTF-8", fake.not_utf8()),
        ("not JSON at all", fake.raw(b"<html>502</html>")),
        ("null", fake.raw(b"null")),
        ("odd logprobs", fake.reply("Z", logprobs={"Z": 0.9, "Y": 0.1})),
    ],
)
def test_an_endpoint_that_misbehaves_gives_no_mark_and_no_hang(
    name: str, behaviour: Behaviour
) -> None:
    started = time.monotonic()
    with served(behaviour, timeout_s=2) as (judge, _):
        verdict = judge.grade(TASK, GOOD)
    assert time.monotonic() - started < 20, name
    assert_ungraded(verdict)
    assert verdict.model == "fake"


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("logprobs", [fake.reply("A", logprobs=SAYS_IT)]),
        ("a letter without logprobs", [fake.reply("A")]),
        ("429, then well", [fake.busy(retry_after=0.1), fake.reply("A", logprobs=SAYS_IT)]),
        ("fenced JSON", [fake.reply('```json\n{"choice": "A"}\n```')]),
        ("response_format refused", [fake.refuse_format('{"choice": "A"}')]),
        ("no logprobs allowed", [fake.refuse("logprobs", otherwise=fake.reply('{"choice": "A"}'))]),
    ],
)
def test_an_endpoint_that_recovers_gives_the_right_mark(name: str, script: list[Behaviour]) -> None:
    with served(*script, timeout_s=10) as (judge, _):
        verdict = judge.grade(TASK, GOOD)
    assert verdict.grade == "correct", (name, verdict.ungraded_reason)
    assert verdict.usage is not None
    check(verdict, GOOD)


def test_a_follow_up_that_fails_does_not_cost_the_mark() -> None:
    behaviour = fake.by_request(
        lambda request: (
            fake.reply("C", logprobs=SAYS_NOT)
            if "<answer>" in request.prompt
            else fake.cut_off("What else")
        )
    )
    with served(behaviour) as (judge, _):
        verdict = judge.grade(TASK, HALF)
    assert verdict.score is not None
    assert verdict.follow_up.endswith(TASK.question)
