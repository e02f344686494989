"""What failures of a language model become: one of ours, in time, with the address and what to do."""

import time
from collections.abc import Callable
from pathlib import Path

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
from coach.models.store import ModelStore
from coach.settings import ModelSettings
from tests import fake_openai as fake
from tests.contract.language_models import ASK, ASKED, ask_choice, served
from tests.fake_openai import Behaviour, FakeOpenAI

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
