"""What the coach may ask of a language model, whoever serves it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coach.errors import (
    ModelReplyError,
)
from coach.language_model import LanguageModel
from coach.models.endpoint import open_model
from coach.models.scripted import ScriptedChat
from coach.models.store import ModelStore
from coach.settings import ModelSettings
from tests import fake_openai as fake
from tests.contract.language_models import ASK, ASKED, GOOD, SCHEMA, served
from tests.fake_openai import Behaviour, FakeOpenAI


@pytest.fixture(params=["endpoint", "scripted"])
def make(request: pytest.FixtureRequest) -> Iterator[Callable[..., LanguageModel]]:
    """Makes a model that replies what it is told, behind either kind of chat."""
    servers: list[FakeOpenAI] = []

    def scripted(*replies: str | dict[str, float]) -> LanguageModel:
        return LanguageModel(ScriptedChat(replies=list(replies)), name="scripted", remote=False)

    def endpoint(*replies: str | dict[str, float]) -> LanguageModel:
        script = [
            fake.reply(r) if isinstance(r, str) else fake.reply(max(r, key=r.get), logprobs=r)
            for r in replies
        ]
        server = FakeOpenAI(*script).__enter__()
        servers.append(server)
        settings = ModelSettings(name="fake", base_url=server.base_url, timeout_s=5)
        return open_model(settings, ModelStore(Path("/nowhere")), {})

    yield endpoint if request.param == "endpoint" else scripted
    for server in servers:
        server.__exit__()


def test_choose_shares_out_the_first_token(make: Callable[..., LanguageModel]) -> None:
    model = make({"A": 0.5, " b": 0.2, "B": 0.1, "The": 0.2})
    found = model.choose(ASKED, ["A", "B", "C"])
    assert found == pytest.approx({"A": 0.625, "B": 0.375, "C": 0.0})
    assert model.has_logprobs is True


def test_choose_takes_a_plain_reply_where_no_probabilities_come(
    make: Callable[..., LanguageModel],
) -> None:
    assert make("B").choose(ASKED, ["A", "B"]) == {"A": 0.0, "B": 1.0}


def test_choose_refuses_a_reply_that_is_none_of_the_options(
    make: Callable[..., LanguageModel],
) -> None:
    with pytest.raises(ModelReplyError, match="one of A, B"):
        make({"Sorry": 0.97, "A": 0.02, "B": 0.01}).choose(ASKED, ["A", "B"])


def test_options_that_differ_in_case_only_stay_apart(make: Callable[..., LanguageModel]) -> None:
    found = make({"a": 0.7, "A": 0.3}).choose(ASKED, ["A", "a"])
    assert found == pytest.approx({"A": 0.3, "a": 0.7})


def test_leaning_tells_of_each_word_asked_about_and_of_no_other() -> None:
    chat = ScriptedChat(replies=[{"A": 0.6, "B": 0.3, "The": 0.1}])
    model = LanguageModel(chat, name="scripted", remote=False)
    assert model.lean(ASKED, ["The", "A", "No"]) == {"The": 0.1, "A": 0.6, "No": 0.0}


def test_leaning_needs_a_server_that_tells_of_every_word() -> None:
    with (
        served(fake.reply("A", logprobs={"A": 0.9, "B": 0.1})) as (model, _),
        pytest.raises(ModelReplyError, match="how likely 'A' is"),
    ):
        model.lean(ASKED, ["A", "B"])


def test_chinese_options(make: Callable[..., LanguageModel]) -> None:
    found = make({"是": 0.6, "否": 0.3, "不": 0.1}).choose(ASKED, ["是", "否"])
    assert found == pytest.approx({"是": 2 / 3, "否": 1 / 3})


@pytest.mark.parametrize(
    "text", [GOOD, f"```json\n{GOOD}\n```", f"Here it is:\n{GOOD}\nIs that right?"]
)
def test_structured_finds_the_object(make: Callable[..., LanguageModel], text: str) -> None:
    assert make(text).structured(ASKED, SCHEMA) == {"grade": 3}


def test_structured_repairs_once(make: Callable[..., LanguageModel]) -> None:
    assert make('{"grade": "x"}', GOOD).structured(ASKED, SCHEMA) == {"grade": 3}


def test_the_repair_shows_the_model_its_mistake() -> None:
    def mend(request: fake.Request) -> Behaviour:
        if "response_format" in request.body:
            return fake.status(400, "response_format is not supported")
        return fake.reply(
            GOOD if "breaks the schema at grade" in request.prompt else '{"grade": ""}'
        )

    with served(fake.by_request(mend)) as (model, server):
        assert model.structured(ASKED, SCHEMA) == {"grade": 3}
        roles = [message["role"] for message in server.chats[-1].body["messages"]]
        assert roles == ["system", "user", "assistant", "user"]


def test_structured_gives_up_on_a_wrong_schema(make: Callable[..., LanguageModel]) -> None:
    with pytest.raises(ModelReplyError, match="grade"):
        make(*['{"grade": "good"}'] * 9).structured(ASKED, SCHEMA)


def test_stream_is_whole(make: Callable[..., LanguageModel]) -> None:
    text = "Dropout  removes units.\nEach time 不同。"
    assert "".join(make(text).stream(ASKED, 50)).rstrip() == text


@pytest.mark.parametrize("ask", ASK.values(), ids=ASK)
def test_an_empty_reply_is_an_error(
    make: Callable[..., LanguageModel], ask: Callable[[LanguageModel], object]
) -> None:
    with pytest.raises(ModelReplyError):
        ask(make(*[""] * 9))
