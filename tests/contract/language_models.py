"""Models behind a loopback endpoint, and the three things they may be asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coach.language_model import LanguageModel
from coach.models.endpoint import open_model
from coach.models.store import ModelStore
from coach.settings import ModelSettings
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
