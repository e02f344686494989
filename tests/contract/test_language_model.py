"""What the coach may ask of a language model, whoever serves it, and what failures become."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from coach.errors import (
    CoachError,
    ModelBusy,
    ModelError,
    ModelMissing,
    ModelReplyError,
    ModelTimeout,
)
from coach.language_model import LanguageModel
from coach.models.endpoint import open_model
from coach.models.scripted import ScriptedChat
from coach.models.store import ModelStore
from coach.settings import ModelSettings
from tests import fake_openai as fake
from tests.fake_openai import Behaviour, FakeOpenAI

ASKED = [("system", "Judge."), ("user", "A or B?")]
SCHEMA = {
    "type": "object",
    "properties": {"grade": {"type": "integer"}},
    "required": ["grade"],
    "additionalProperties": False,
}
GOOD = '{"grade": 3}'


@contextmanager
def served(*script: Behaviour, timeout_s: float = 5) -> Iterator[tuple[LanguageModel, FakeOpenAI]]:
    with FakeOpenAI(*script) as server:
        settings = ModelSettings(name="fake", base_url=server.base_url, timeout_s=timeout_s)
        yield open_model(settings, ModelStore(Path("/nowhere")), {}), server


def ask_choice(model: LanguageModel) -> object:
    return model.choose(ASKED, ["A", "B"])


def ask_object(model: LanguageModel) -> object:
    return model.structured(ASKED, SCHEMA)


def ask_stream(model: LanguageModel) -> object:
    return "".join(model.stream(ASKED, 50))


ASK: dict[str, Callable[[LanguageModel], object]] = {
    "choose": ask_choice,
    "structured": ask_object,
    "stream": ask_stream,
}


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


BROKEN: dict[str, tuple[Behaviour, type[CoachError]]] = {
    "cut off": (fake.cut_off("some words that never end"), ModelReplyError),
    "429": (fake.busy(retry_after=60), ModelBusy),
    "500": (fake.status(500), ModelBusy),
    "401": (fake.status(401), ModelMissing),
    "403": (fake.status(403), ModelMissing),
    "404": (fake.status(404), ModelMissing),
    "400": (fake.status(400), ModelReplyError),
    "silent": (fake.slow(60), ModelTimeout),
    "trickle": (fake.trickle(0.05), ModelTimeout),
    "not UTF-8": (fake.not_utf8(), ModelReplyError),
    "not JSON": (fake.raw(b"<html>Bad gateway</html>"), ModelReplyError),
    "null": (fake.raw(b"null"), ModelReplyError),
    "no choices": (fake.raw(b'{"choices": []}'), ModelReplyError),
    "nothing": (fake.raw(b""), ModelReplyError),
    "error in 200": (fake.raw(b'{"error": {"message": "out of memory"}}'), ModelReplyError),
    "nonsense": (fake.reply(""), ModelReplyError),
}


@pytest.mark.parametrize("ask", ASK.values(), ids=ASK)
@pytest.mark.parametrize(("behaviour", "kind"), BROKEN.values(), ids=BROKEN)
def test_every_failure_ends_in_time_as_one_of_ours(
    behaviour: Behaviour, kind: type[CoachError], ask: Callable[[LanguageModel], object]
) -> None:
    begun = time.monotonic()
    with served(behaviour, timeout_s=1.5) as (model, _), pytest.raises(kind) as caught:
        ask(model)
    assert time.monotonic() - begun < 4
    assert caught.value.message
    assert issubclass(kind, ModelMissing | ModelError)


@pytest.mark.parametrize("name", ["429", "500", "401", "404", "silent", "cut off"])
def test_the_message_names_the_address(name: str) -> None:
    with served(BROKEN[name][0], timeout_s=1) as (model, server):
        with pytest.raises(CoachError) as caught:
            ask_choice(model)
        assert server.base_url in caught.value.message
        assert caught.value.hint


@pytest.mark.parametrize("ask", ASK.values(), ids=ASK)
def test_an_endpoint_that_is_down(ask: Callable[[LanguageModel], object]) -> None:
    with FakeOpenAI() as server:
        address = server.base_url
    settings = ModelSettings(name="fake", base_url=address, timeout_s=5)
    model = open_model(settings, ModelStore(Path("/nowhere")), {})
    with pytest.raises(ModelMissing, match="cannot be reached") as caught:
        ask(model)
    assert address in caught.value.message
    assert "model.base_url" in caught.value.hint


def test_retry_after_is_honoured() -> None:
    begun = time.monotonic()
    with served(fake.busy(1), fake.status(503), fake.reply("A")) as (model, server):
        assert model.choose(ASKED, ["A", "B"])["A"] == 1.0
        assert len(server.chats) == 3
    assert time.monotonic() - begun >= 1.9


def test_retry_after_beyond_the_time_limit_is_not_waited_for() -> None:
    begun = time.monotonic()
    with served(fake.busy(30), timeout_s=2) as (model, server):
        with pytest.raises(ModelBusy) as caught:
            ask_choice(model)
        assert len(server.chats) == 1
    assert time.monotonic() - begun < 1
    assert "30 s" in caught.value.hint


def test_a_stream_that_stops_before_its_finish_reason_is_cut_off() -> None:
    with served(fake.unfinished("one two three")) as (model, _):
        pieces = []
        with pytest.raises(ModelReplyError, match="cut off"):
            pieces.extend(model.stream(ASKED, 50))


@pytest.mark.parametrize(
    ("refused", "rung", "calls"),
    [
        ((), "json_schema", 1),
        (("json_schema",), "json_mode", 2),
        (("json_schema", "json_object"), "prompt", 3),
    ],
)
def test_the_ladder_and_its_memory(refused: tuple[str, ...], rung: str, calls: int) -> None:
    with served(fake.refuse_format(GOOD, refused)) as (model, server):
        assert model.structured(ASKED, SCHEMA) == {"grade": 3}
        assert (model.rung, len(server.chats)) == (rung, calls)
        assert model.structured(ASKED, SCHEMA) == {"grade": 3}
        assert len(server.chats) == calls + 1


def test_a_refusal_that_nothing_helps_against_is_not_remembered() -> None:
    too_long = fake.status(400, "the request exceeds the available context size")
    with served(too_long, too_long, too_long, fake.reply(GOOD)) as (model, _):
        with pytest.raises(ModelReplyError, match="context size"):
            model.structured(ASKED, SCHEMA)
        assert model.rung == "json_schema"
        assert model.structured(ASKED, SCHEMA) == {"grade": 3}


def test_choose_without_logprobs_uses_a_structured_choice_and_remembers() -> None:
    otherwise = fake.reply('{"choice": "B"}')
    with served(fake.refuse("logprobs", otherwise=otherwise)) as (model, server):
        assert model.choose(ASKED, ["A", "B"]) == {"A": 0.0, "B": 1.0}
        assert model.choose(ASKED, ["A", "B"]) == {"A": 0.0, "B": 1.0}
        assert [("logprobs" in request.body) for request in server.chats] == [True, False, False]


def test_a_model_that_thinks_first_is_asked_for_a_structured_choice() -> None:
    def think(request: fake.Request) -> Behaviour:
        if request.body.get("logprobs"):
            return fake.reply("<think>", logprobs={"<think>": 0.99})
        return fake.reply('<think>A? B?</think>{"choice": "A"}')

    with served(fake.by_request(think)) as (model, _):
        assert model.choose(ASKED, ["A", "B"]) == {"A": 1.0, "B": 0.0}


def test_an_endpoint_that_knows_no_temperature() -> None:
    with served(fake.refuse("temperature", otherwise=fake.reply("A"))) as (model, server):
        assert ask_choice(model) == {"A": 1.0, "B": 0.0}
        ask_choice(model)
        assert ["temperature" in r.body for r in server.chats] == [True, False, False]


def test_what_choose_asks_for() -> None:
    with served(fake.reply("A", logprobs={"A": 1.0})) as (model, server):
        ask_choice(model)
    body = server.chats[0].body
    assert (body["max_tokens"], body["temperature"], body["top_logprobs"]) == (1, 0, 20)
    assert body["logprobs"] is True
    assert [m["role"] for m in body["messages"]] == ["system", "user"]


def test_tokens_are_counted_streams_too() -> None:
    with served(fake.reply("A")) as (model, _):
        ask_choice(model)
        ask_stream(model)
        assert (model.usage.prompt_tokens, model.usage.completion_tokens) == (22, 14)


def test_a_remote_model_is_not_warmed_a_local_one_is() -> None:
    with served(fake.reply("A")) as (model, server):
        model.warm(ASKED)
        assert not server.chats
    chat = ScriptedChat(replies=["A"])
    local = LanguageModel(chat, name="scripted", remote=False)
    local.warm(ASKED[:1])
    assert (chat.warmed, chat.history) == ([ASKED[:1]], [])


def test_lone_surrogates_do_not_get_through() -> None:
    with served(fake.reply("a\ud800b")) as (model, _):
        assert ask_stream(model) == "a?b"


def test_a_stream_may_be_left_early() -> None:
    with served(fake.reply("one two three four")) as (model, _):
        assert next(iter(model.stream(ASKED, 50))) == "one "
        assert ask_stream(model) == "one two three four "


class _Collector(BaseHTTPRequestHandler):
    seen: list[str] = []  # noqa: RUF012

    def do_POST(self) -> None:
        self.seen.append(self.path)
        self.send_response(202)
        self.end_headers()

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, *_: object) -> None:
        """Quiet."""


def test_nothing_is_traced_whatever_the_environment_says() -> None:
    collector = ThreadingHTTPServer(("127.0.0.1", 0), _Collector)
    Thread(target=collector.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{collector.server_address[1]}"
    program = """
import sys, time
from pathlib import Path
from coach.models.endpoint import open_model
from coach.models.store import ModelStore
from coach.settings import ModelSettings
model = open_model(ModelSettings(name="fake", base_url=sys.argv[1]), ModelStore(Path("x")), {})
print(model.choose([("user", "A or B?")], ["A", "B"]))
from langchain_core.tracers.langchain import wait_for_all_tracers
wait_for_all_tracers()
time.sleep(1)
"""
    environ = {
        **os.environ,
        "LANGSMITH_TRACING": "true",
        "LANGCHAIN_TRACING_V2": "true",
        "LANGCHAIN_TRACING": "true",
        "LANGSMITH_API_KEY": "lsv2_x",
        "LANGSMITH_ENDPOINT": address,
        "LANGSMITH_GATEWAY": address,
    }
    with FakeOpenAI(fake.reply("A")) as server:
        done = subprocess.run(
            [sys.executable, "-c", program, server.base_url],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert len(server.chats) == 1
    collector.shutdown()
    assert _Collector.seen == []
