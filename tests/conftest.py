"""Fixtures every test can use: a home of its own, the source documents, a coach made of stand-ins."""

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from coach.app import Coach
from coach.models.store import ModelStore
from coach.paths import Paths
from coach.settings import Settings

ROOT = Path(__file__).resolve().parent.parent

# Read before a fixture clears the environment: the models lie where `make install` put them.
STORE = ModelStore(Paths.from_environ(os.environ).models_dir)

# What runs in the background of a shell ignores Ctrl-C, and so would the programs that tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples in every run of `make test`; `make fuzz` looks further, and elsewhere each time.
hypothesis_settings.register_profile("default", deadline=None, derandomize=True)
hypothesis_settings.register_profile("fuzz", deadline=None, max_examples=20_000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests first: nobody waits for one at the end. Without the extra packages those that need them say so."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    lacking = [name for name in ("torch", "sentence_transformers") if find_spec(name) is None]
    for item in items:
        if lacking and item.get_closest_marker("torch"):
            item.add_marker(pytest.mark.skip(reason=f"not installed: {', '.join(lacking)}"))


class Clock:
    """A clock that moves one second at each look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the developer's keys, endpoints or home."""
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "OPENAI_PROXY",
        "COACH_HOME",
        "LANGSMITH_TRACING",
        "LANGSMITH_GATEWAY",
        "NO_COLOR",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty COACH_HOME."""
    folder = tmp_path / "home"
    monkeypatch.setenv("COACH_HOME", str(folder))
    return folder


@pytest.fixture
def paths(home: Path) -> Paths:
    return Paths.from_environ({"COACH_HOME": str(home)})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def coach(paths: Paths, clock: Clock) -> Iterator[Coach]:
    """A coach whose model is scripted and whose embedder hashes words."""
    from coach.embeddings.hashing import HashingEmbeddings
    from coach.models.scripted import ScriptedChat

    with Coach(
        Settings(),
        paths,
        environ={},
        chat=ScriptedChat(),
        embedder=HashingEmbeddings(),
        clock=clock,
    ) as parts:
        yield parts


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of source documents; skips where it is absent."""
    folder = Path(os.environ.get("COACH_SHARED", ROOT.parent / "shared")) / "sources"
    if not folder.is_dir():
        pytest.skip(f"source documents are absent: {folder} (set COACH_SHARED)")
    return folder
