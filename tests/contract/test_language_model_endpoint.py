"""What an endpoint is asked for, and how the coach comes to terms with what it lacks."""

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from coach.errors import (
    ModelReplyError,
)
from coach.language_model import LanguageModel
from coach.models.scripted import ScriptedChat
from tests import fake_openai as fake
from tests.contract.language_models import ASKED, GOOD, SCHEMA, ask_choice, ask_stream, served
from tests.fake_openai import Behaviour, FakeOpenAI


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
